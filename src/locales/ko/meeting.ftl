meeting-scheduled = { $kind ->
    [webinar] 웨비나
   *[other] { $kind } 회의
} 일정을 정했습니다: ‘{ $title }’, { $day } { $time } ({ $timezone })
meeting-rescheduled = 회의 일정을 옮겼습니다: { $was_day } { $was_time } ({ $was_timezone }) → { $day } { $time } ({ $timezone }){ $reason ->
    [none] {""}
   *[other] . 사유: { $reason }
}
meeting-cancelled = 회의를 취소했습니다. 사유: { $reason }
meeting-held = { $date ->
    [none] 회의를 열었습니다
   *[other] 회의를 열었습니다({ $date })
}{ $count ->
    [0] , 참석 인원 미상
   *[other] , { $count }명 참석
}{ $document ->
    [none] , 참석자 명단 없음
   *[other] , 근거 { $document }
}
presentation-added = 발표를 추가했습니다: ‘{ $title }’{ $speaker ->
    [none] {""}
   *[other] , 발표자 { $speaker }
}{ $city ->
    [none] {""}
   *[other] , 도시 { $city }
}
decision-recorded = 결정 사항을 기록했습니다: { $text }{ $responsible ->
    [none] {""}
   *[other] . 책임자: { $responsible }
}
minutes-published = { $document ->
    [none] 회의록을 게시했습니다: { $text }
   *[other] { $text ->
        [none] 회의록을 게시했습니다, { $document }
       *[other] 회의록을 게시했습니다, { $document }: { $text }
    }
}
recording-published = { $url ->
    [none] 녹화를 예고했습니다. 아직 주소가 없습니다
   *[other] 녹화를 게시했습니다: { $url }
}{ $host ->
    [none] {""}
   *[other] {" "}({ $host })
}
recording-replaced = { $url ->
    [none] 녹화를 내렸습니다: { $was_url }
   *[other] { $was_url ->
        [none] 녹화를 올렸습니다: { $url }
       *[other] 녹화를 옮겼습니다: { $was_url } → { $url }
    }
}. 사유: { $reason }
