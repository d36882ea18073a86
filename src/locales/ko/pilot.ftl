pilot-proposed = 시범사업을 제안했습니다: ‘{ $title }’ ({ $cities })
pilot-planned = { $was_start ->
    [none] 시범사업을 계획했습니다: { $start }–{ $end }
   *[other] 시범사업 계획을 바꿨습니다: { $was_start }–{ $was_end } → { $start }–{ $end }
}, 담당 { $owner }{ $was_owner ->
    [none] { "" }
   *[other] { " " }(이전: { $was_owner })
}{ $budget ->
    [none] { $was_budget ->
        [none] { "" }
       *[other] , 예산 없음(이전: { $was_budget } 유로)
    }
   *[other] { $was_budget ->
        [none] , 예산 { $budget } 유로
       *[other] , 예산 { $budget } 유로(이전: { $was_budget } 유로)
    }
}, 이정표 { $milestones }개{ $void ->
    [none] { "" }
   *[other] . 다시 승인할 도시: { $void }
}{ $reason ->
    [none] { "" }
   *[other] . 사유: { $reason }
}
pilot-approved = 시범사업 계획을 승인했습니다: { $city }
pilot-plan-approved = 시범사업 계획의 승인을 마쳤습니다. 모든 도시가 승인했습니다
pilot-launched = 시범사업을 개시했습니다({ $date })
milestone-reached = { $date ->
    [none] 이정표를 달성했습니다: { $milestone }
   *[other] 이정표를 달성했습니다: { $milestone }, { $date }
}{ $note ->
    [none] { "" }
   *[other] . { $note }
}
milestone-slipped = 이정표의 기한을 옮겼습니다: { $milestone }, { $was_due } → { $due }. 사유: { $reason }
measurement-recorded = 지표의 값을 기록했습니다: { $indicator }, { $period }, { $value }
measurement-corrected = 지표의 값을 정정했습니다: { $indicator }, { $period }, { $was_value } → { $value }. 사유: { $reason }
risk-raised = 위험 ‘{ $text }’ (가능성 { $likelihood }/5, 영향 { $impact }/5) 항목을 등록했습니다{ $response ->
    [none] { "" }
   *[other] . 대응: { $response }
}
risk-changed = 위험 { $risk } 항목을 변경했습니다{ $was_likelihood ->
    [none] { "" }
   *[other] , 가능성: { $was_likelihood } → { $likelihood }
}{ $was_impact ->
    [none] { "" }
   *[other] , 영향: { $was_impact } → { $impact }
}{ $was_text ->
    [none] { "" }
   *[other] , 내용: ‘{ $was_text }’ → ‘{ $text }’
}{ $was_response ->
    [none] { $response ->
        [none] { "" }
       *[other] , 대응: ‘{ $response }’
    }
   *[other] , 대응: ‘{ $was_response }’ → ‘{ $response }’
}{ $reason ->
    [none] { "" }
   *[other] . 사유: { $reason }
}
risk-closed = { $reason ->
    [none] 위험 { $risk } 항목을 종료했습니다
   *[other] 위험 { $risk } 항목을 종료했습니다. 사유: { $reason }
}
pilot-paused = 시범사업을 일시 중지했습니다. 사유: { $reason }
pilot-resumed = { $reason ->
    [none] 시범사업을 재개했습니다
   *[other] 시범사업을 재개했습니다. 사유: { $reason }
}
pilot-completed = { $lessons ->
    [none] 시범사업을 완료했습니다: { $results }
   *[other] 시범사업을 완료했습니다: { $results }. 교훈: { $lessons }
}
scale-up-decided = { $document ->
    [none] 시범사업의 확대를 결정했습니다: { $scope }
   *[other] 시범사업의 확대를 결정했습니다: { $scope }. 근거: { $document }
}
not-to-continue-decided = 시범사업을 이어 가지 않기로 결정했습니다. 사유: { $reason }
pilot-stopped = 시범사업을 중지했습니다. 사유: { $reason }
chart-told = { $name }: { $baseline }에서 목표 { $target } { $unit }까지, { $month } { $value }
chart-baseline = 기준값 { $value }
chart-target = 목표 { $value }
