partnership-proposed = 파트너십을 제안했습니다: { $cities }, 주제 { $themes }. { $rationale }
partnership-accepted = 파트너십을 수락했습니다: { $city }
partnership-declined = 파트너십을 거절했습니다: { $city }. 사유: { $reason }
partnership-formed = 파트너십을 결성했습니다: { $cities }
city-added = { $reason ->
    [none] 파트너십에 도시를 추가했습니다: { $city }
   *[other] 파트너십에 도시를 추가했습니다: { $city }. 사유: { $reason }
}
city-removed = 파트너십에서 도시를 제외했습니다: { $city }. 사유: { $reason }
partnership-kicked-off = { $date ->
    [none] 파트너십에 착수했습니다
   *[other] 파트너십에 착수했습니다({ $date })
}
topics-agreed = 주제를 합의했습니다: { $themes } (이전: { $was_themes })
advisor-assigned = 파트너십 자문을 요청했습니다: { $expert }
advice-recorded = { $expert ->
    [none] 자문을 기록했습니다({ $about }): { $text }
   *[other] 자문을 기록했습니다({ $about }, { $expert }): { $text }
}
advice-taken = { $reason ->
    [none] 자문 { $advice } 항목을 수용했습니다
   *[other] 자문 { $advice } 항목을 수용했습니다. 사유: { $reason }
}
advice-not-taken = { $reason ->
    [none] 자문 { $advice } 항목을 수용하지 않았습니다
   *[other] 자문 { $advice } 항목을 수용하지 않았습니다. 사유: { $reason }
}
agreement-signed = { $kind ->
    [none] 협약을 기록했습니다: { $parties }, 서명일 { $signed_on }
   *[other] 협약을 기록했습니다({ $kind }): { $parties }, 서명일 { $signed_on }
}
agreement-unsigned = { $kind ->
    [none] 협약을 기록했습니다: { $parties }, 아직 서명되지 않음
   *[other] 협약을 기록했습니다({ $kind }): { $parties }, 아직 서명되지 않음
}
action-plan-adopted = { $document ->
    [none] 실행계획 제{ $version }판을 채택했습니다
   *[other] 실행계획 제{ $version }판을 채택했습니다. 근거: { $document }
}
partnership-suspended = 파트너십을 보류했습니다. 사유: { $reason }
partnership-resumed = { $reason ->
    [none] 파트너십을 재개했습니다
   *[other] 파트너십을 재개했습니다. 사유: { $reason }
}
partnership-dissolved = 파트너십을 해산했습니다. 사유: { $reason }
partnership-completed = { $assessment ->
    [none] 파트너십을 완료했습니다
   *[other] 파트너십을 완료했습니다: { $assessment }
}
continuation-committed = { $until ->
    [none] 협력을 이어 가기로 한 기관을 기록했습니다: { $bodies }
   *[other] 협력을 이어 가기로 한 기관을 기록했습니다: { $bodies }, { $until }까지
}
