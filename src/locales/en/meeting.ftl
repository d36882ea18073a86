meeting-scheduled = scheduled the { $kind ->
    [webinar] webinar
   *[other] { $kind } meeting
} “{ $title }” for { $day }, { $time } ({ $timezone })
meeting-rescheduled = moved the meeting from { $was_day }, { $was_time } ({ $was_timezone }) to { $day }, { $time } ({ $timezone }){ $reason ->
    [none] {""}
   *[other] . Reason: { $reason }
}
meeting-cancelled = cancelled the meeting. Reason: { $reason }
meeting-held = { $date ->
    [none] held the meeting
   *[other] held the meeting on { $date }
}{ $count ->
    [0] , attendance not known
    [one] , one person present
   *[other] , { $count } people present
}{ $document ->
    [none] , without an attendance list
   *[other] , by { $document }
}
presentation-added = added the presentation “{ $title }”{ $speaker ->
    [none] {""}
   *[other] {" "}by { $speaker }
}{ $city ->
    [none] {""}
   *[other] {" "}from { $city }
}
decision-recorded = recorded the decision: { $text }{ $responsible ->
    [none] {""}
   *[other] . In charge: { $responsible }
}
minutes-published = { $document ->
    [none] published the minutes: { $text }
   *[other] { $text ->
        [none] published the minutes, { $document }
       *[other] published the minutes, { $document }: { $text }
    }
}
recording-published = { $url ->
    [none] announced the recording; it has no address yet
   *[other] published the recording at { $url }
}{ $host ->
    [none] {""}
   *[other] {" "}({ $host })
}
recording-replaced = { $url ->
    [none] took the recording at { $was_url } down
   *[other] { $was_url ->
        [none] put the recording at { $url }
       *[other] moved the recording from { $was_url } to { $url }
    }
}. Reason: { $reason }
