## 삭제 확인서
receipt = 삭제 확인서
receipt-lede = 무엇이 어떤 요청에 따라 파기되었는지와 그 기록의 증명입니다. 이름이 없으므로 요청과 함께 보관할 수 있습니다.
receipt-person = 사람(기록의 식별자)
receipt-request = 요청
receipt-basis = 법적 근거
receipt-time = 기록 시각
receipt-hash = 기록의 해시
receipt-destroyed = 파기된 것
receipt-not-counted = 이 삭제에서는 수를 세지 않았습니다.
receipt-values = 개인 정보 값과 그 키
receipt-accounts = 계정
receipt-sessions = 세션
receipt-tokens = 종료된 API 토큰
receipt-links = 로그인 링크
receipt-addresses = 개인 달력 주소
receipt-mails = 대기 중이던 메일
receipt-documents = 이름을 가려야 할 문서
receipt-documents-more = 이 사람의 이름이 있는 문서입니다. 이름을 가린 사본으로 대체될 때까지 아무에게도 제공되지 않습니다.
receipt-proof = 증명
receipt-proof-more = 기록이 로그에 있음을 보이는 tlog-proof 파일(C2SP)과 서명된 체크포인트입니다. 검증 키는 /log/key에 있습니다.

## 개인 정보 보관 기간
retention = 개인 정보 보관
retention-lede = 마지막 프로그램이 { $years }년 이상 전에 종료된 사람들입니다. 보는 것만으로는 아무것도 삭제되지 않습니다.
retention-none = 기간이 지난 사람이 없습니다.
retention-who = 사람
retention-programmes = 프로그램
retention-closed = 마지막 종료일
retention-since = 삭제 대상이 된 날
retention-do = 결정
retention-held = { $day }까지 보류
retention-more = 프로그램에 속하지 않거나 모든 프로그램에 대한 역할이 있는 사람은 대상이 되지 않습니다. 기한이 있는 연기는 그날까지 삭제를 보류합니다.
