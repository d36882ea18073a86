document-registered = 문서를 등록했습니다: ‘{ $title }’ ({ $kind }, { $classification })
evidence-linked = { $position ->
    [none] 문서를 증빙으로 지정했습니다({ $subject }): { $claim }
   *[other] { $subject ->
        [none] 문서를 이벤트 { $position }의 증빙으로 지정했습니다: { $claim }
       *[other] 문서를 이벤트 { $position }의 증빙으로 지정했습니다({ $subject }): { $claim }
    }
}
persons-tagged = 문서에 이름이 나오는 사람을 표시했습니다: { $persons }
evidence-opened = { $until }까지 문서를 열람하도록 했습니다. 목적: { $purpose }
document-withdrawn = 문서를 철회했습니다. 사유: { $reason }
document-redacted = 삭제된 사람의 이름을 가린 사본으로 대체했습니다: { $copy }. 바이트는 삭제되고 해시는 남습니다
