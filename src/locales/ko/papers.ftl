## 문서와 파일
papers-new = 문서 추가
papers-new-lede = 파일을 고르거나 서명된 명단을 촬영하십시오. 파일의 지문이 기록되므로 변경되지 않았음을 누구나 확인할 수 있습니다.
papers-file = 파일
papers-file-hint = PDF, 사진 또는 50 MiB 이하의 다른 파일
papers-file-needed = 파일을 고르십시오
papers-claim = 서명된 명단
papers-get = 파일 내려받기
papers-bring = 파일 제출
papers-missing = 파일이 아직 없습니다.
papers-missing-more = 파일의 지문은 기록되어 있습니다. 지문과 일치하는 파일을 제출하십시오.
form-RegisterDocument-city = 문서를 낸 도시
papers-erased = 아무에게도 제공되지 않습니다.
papers-erased-more = 이 문서에는 삭제된 사람의 이름이 있습니다. 코디네이터가 그 이름을 가린 사본으로 대체합니다.
papers-redacted = 사본으로 대체되었습니다.
papers-redacted-more = 삭제된 사람의 이름이 있어 파일을 삭제했습니다. 문서가 증빙하는 내용은 그대로 유효합니다.
papers-redacted-copy = 사본 열기
papers-redacts = 사본이 위 문서를 대체합니다. 그 문서의 파일은 즉시 완전히 삭제됩니다. 사본을 준비해 두십시오.
