project-proposed = { $title ->
    [none] 협력 사업을 제안했습니다({ $partnership }): { $objective }
   *[other] 협력 사업 ‘{ $title }’ 제안서를 냈습니다({ $partnership }): { $objective }
}{ $funding ->
    [none] { "" }
   *[other] . 필요 재원: { $funding } 유로
}
project-agreed = 협력 사업의 합의를 기록했습니다{ $agreed_on ->
    [none] { "" }
   *[other] , 합의일 { $agreed_on }
}{ $document ->
    [none] { "" }
   *[other] , 근거 { $document }
}
deliverable-added = 성과물을 추가했습니다: ‘{ $title }’, 기한 { $due }
deliverable-delivered = 성과물을 제출했습니다: { $deliverable }{ $delivered_on ->
    [none] { "" }
   *[other] , { $delivered_on }
}{ $document ->
    [none] { "" }
   *[other] , { $document }
}
project-activated = 첫 성과물과 함께 협력 사업을 시작했습니다
funding-recorded = { $source ->
    [none] 재원의 상태를 기록했습니다: { $outcome }
   *[other] 재원의 상태를 기록했습니다: { $source }, { $outcome }
}{ $amount ->
    [none] { "" }
   *[other] , { $amount } 유로
}
project-completed = 협력 사업을 완료했습니다: { $results }
project-stopped = 협력 사업을 중지했습니다. 사유: { $reason }
