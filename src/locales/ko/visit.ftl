visit-proposed = { $window ->
    [none] { $kind } 제안: { $visitors } → { $host }
   *[other] { $kind } 제안: { $visitors } → { $host }, { $window }
}
visit-scheduled = { $kind } 일정을 정했습니다: { $visitors } → { $host }, { $from }–{ $to }
visit-rescheduled = { $was_from ->
    [none] 방문의 새 날짜를 정했습니다: { $from }–{ $to }. 사유: { $reason }
   *[other] 방문 일정을 옮겼습니다: { $was_from }–{ $was_to } → { $from }–{ $to }. 사유: { $reason }
}
visit-postponed = 방문을 연기했습니다. 사유: { $reason }
visit-cancelled = 방문을 취소했습니다. 사유: { $reason }
visit-confirmed = 주최 도시로서 방문을 확정했습니다
delegate-invited = { $city ->
    [none] 대표단에 초대했습니다: { $person }
   *[other] 대표단에 초대했습니다: { $person } ({ $city })
}
delegate-replaced = { $reason ->
    [none] 대표단원을 교체했습니다: { $from } → { $to }
   *[other] 대표단원을 교체했습니다: { $from } → { $to }. 사유: { $reason }
}
delegate-withdrawn = 대표단에서 제외했습니다: { $person }. 사유: { $reason }
delegation-confirmed = { $was_size ->
    [none] { $size ->
        [none] 대표단을 확정했습니다
       *[other] 대표단을 확정했습니다: { $size }명
    }
   *[other] { $size ->
        [none] 대표단을 다시 확정했습니다. 이전: { $was_size }명
       *[other] 대표단을 다시 확정했습니다: { $was_size }명 → { $size }명
    }
}
expert-assigned = 방문 동행을 요청했습니다: { $expert }
expert-replaced = { $reason ->
    [none] 동행 전문가를 교체했습니다: { $from } → { $to }
   *[other] 동행 전문가를 교체했습니다: { $from } → { $to }. 사유: { $reason }
}
session-added = { $day ->
    [none] 세션을 추가했습니다: ‘{ $title }’, 날짜 미정
   *[other] { $start ->
        [none] 세션을 추가했습니다: ‘{ $title }’, { $day }
       *[other] 세션을 추가했습니다: ‘{ $title }’, { $day } { $start }
    }
}
session-moved = 세션을 옮겼습니다: { $session }{ $day ->
    [none] {""}
   *[other] { $was_day ->
        [none] , { $day }
       *[other] , { $was_day } → { $day }
    }
}{ $hours ->
    [none] {""}
   *[other] { $was_hours ->
        [none] , { $hours }
       *[other] , { $was_hours } → { $hours }
    }
}{ $place ->
    [none] {""}
   *[other] { $was_place ->
        [none] , { $place }
       *[other] , { $was_place } → { $place }
    }
}{ $reason ->
    [none] {""}
   *[other] . 사유: { $reason }
}
session-dropped = 세션을 뺐습니다: { $session }. 사유: { $reason }
itinerary-published = 일정표를 게시했습니다
logistics-recorded = { $was_state ->
    [none] 준비 사항을 기록했습니다: { $kind }, { $state }
   *[other] 준비 사항을 기록했습니다: { $kind }, { $was_state } → { $state }
}{ $due ->
    [none] {""}
   *[other] { $was_due ->
        [none] , 기한 { $due }
       *[other] , 기한 { $was_due } → { $due }
    }
}
visit-started = { $date ->
    [none] 방문을 시작했습니다
   *[other] 방문이 시작된 날을 기록했습니다: { $date }
}
session-held = { $notes ->
    [none] 세션을 열었습니다: { $session }
   *[other] 세션을 열었습니다: { $session }. { $notes }
}
session-skipped = 세션을 생략했습니다: { $session }. 사유: { $reason }
attendance-recorded = 참석을 기록했습니다: { $count }명{ $session ->
    [none] {""}
   *[other] , 세션 { $session }
}{ $document ->
    [none] , 명단 없음
   *[other] , 근거 { $document }
}{ $was_count ->
    [none] {""}
   *[other] . 이전 집계: { $was_count }명
}{ $reason ->
    [none] {""}
   *[other] . 사유: { $reason }
}
visit-completed = { $date ->
    [none] 방문을 완료했습니다
   *[other] 방문이 끝난 날을 기록했습니다: { $date }
}{ $summary ->
    [none] {""}
   *[other] . { $summary }
}
mission-note-submitted = { $was_days ->
    [none] 파견 보고서를 제출했습니다: { $expert }, { $days }일
   *[other] 파견 보고서를 다시 제출했습니다: { $expert }, { $was_days }일 → { $days }일
}
mission-note-approved = 파견 보고서를 승인했습니다: { $expert }
visit-closed = { $learning ->
    [none] 방문을 종료했습니다
   *[other] 방문을 종료했습니다. 학습 사례: { $learning }
}{ $reason ->
    [none] {""}
   *[other] . 사유: { $reason }
}
learnings-requested = { $due }까지 방문의 학습 사례를 요청했습니다
