programme-created = 프로그램을 만들었습니다: { $title } ({ $code }), 지원 기관 { $funder }, 위임 기관 { $on_behalf_of }, { $starts_on }–{ $ends_on }
phase-defined = 단계를 정했습니다: ‘{ $name }’, { $from }–{ $to }
theme-defined = { $parent ->
    [none] 주제를 정했습니다: ‘{ $label }’ ({ $code })
   *[other] 주제를 정했습니다: ‘{ $label }’ ({ $code }), 상위 주제 { $parent }
}
strand-defined = { $description ->
    [none] 분야를 정했습니다: { $name }
   *[other] 분야를 정했습니다: { $name }. { $description }
}
indicator-defined = { $target ->
    [none] 지표를 정했습니다: { $code }, { $name }, 목표값 없음
   *[other] { $unit ->
        [none] 지표를 정했습니다: { $code }, { $name }, 목표값 { $target }
       *[other] 지표를 정했습니다: { $code }, { $name }, 목표값 { $target } { $unit }
    }
}
target-revised = { $was_target ->
    [none] 지표의 목표값을 정했습니다: { $indicator }, { $target }. 사유: { $reason }
   *[other] 지표의 목표값을 바꿨습니다: { $indicator }, { $was_target } → { $target }. 사유: { $reason }
}
period-defined = { $due ->
    [none] 제{ $number }기 보고 기간을 정했습니다: { $from }–{ $to }
   *[other] 제{ $number }기 보고 기간을 정했습니다: { $from }–{ $to }, 보고서 기한 { $due }
}
period-defined-final = { $due ->
    [none] 마지막 제{ $number }기 보고 기간을 정했습니다: { $from }–{ $to }
   *[other] 마지막 제{ $number }기 보고 기간을 정했습니다: { $from }–{ $to }, 보고서 기한 { $due }
}
programme-started = { $date ->
    [none] 프로그램을 시작했습니다
   *[other] 프로그램을 시작했습니다({ $date })
}
end-date-changed = 프로그램 종료일을 옮겼습니다: { $was_ends_on } → { $ends_on }. 사유: { $reason }
closing-started = { $date ->
    [none] 프로그램 마무리를 시작했습니다
   *[other] 프로그램 마무리를 시작했습니다({ $date })
}
programme-closed = { $date ->
    [none] 프로그램을 종료했습니다
   *[other] 프로그램을 종료했습니다({ $date })
}
period-reminded = { $number }기 보고서를 알렸습니다. 기한 { $due }
period-reminded-late = { $number }기 보고서를 알렸습니다. 기한 { $due }이(가) 지났습니다
