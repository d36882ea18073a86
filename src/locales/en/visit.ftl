visit-proposed = { $window ->
    [none] proposed a { $kind } of { $visitors } to { $host }
   *[other] proposed a { $kind } of { $visitors } to { $host } in { $window }
}
visit-scheduled = scheduled a { $kind } of { $visitors } to { $host }, { $from } to { $to }
visit-rescheduled = { $was_from ->
    [none] set new days for the visit, { $from } to { $to }. Reason: { $reason }
   *[other] moved the visit from { $was_from }–{ $was_to } to { $from }–{ $to }. Reason: { $reason }
}
visit-postponed = put the visit off. Reason: { $reason }
visit-cancelled = cancelled the visit. Reason: { $reason }
visit-confirmed = confirmed the visit for the host
delegate-invited = { $city ->
    [none] invited { $person } to the delegation
   *[other] invited { $person } to the delegation for { $city }
}
delegate-replaced = { $reason ->
    [none] replaced { $from } by { $to } in the delegation
   *[other] replaced { $from } by { $to } in the delegation. Reason: { $reason }
}
delegate-withdrawn = took { $person } off the delegation. Reason: { $reason }
delegation-confirmed = { $was_size ->
    [none] { $size ->
        [none] confirmed the delegation
        [one] confirmed the delegation of one person
       *[other] confirmed the delegation of { $size } people
    }
   *[other] { $size ->
        [none] confirmed the delegation anew; it was { $was_size } people
       *[other] confirmed the delegation anew, { $size } people instead of { $was_size }
    }
}
expert-assigned = asked { $expert } to accompany the visit
expert-replaced = { $reason ->
    [none] replaced the accompanying expert { $from } by { $to }
   *[other] replaced the accompanying expert { $from } by { $to }. Reason: { $reason }
}
session-added = { $day ->
    [none] added the session “{ $title }”, its day still open
   *[other] { $start ->
        [none] added the session “{ $title }” on { $day }
       *[other] added the session “{ $title }” on { $day } at { $start }
    }
}
session-moved = moved the session { $session }{ $day ->
    [none] {""}
   *[other] { $was_day ->
        [none] , now { $day }
       *[other] , from { $was_day } to { $day }
    }
}{ $hours ->
    [none] {""}
   *[other] { $was_hours ->
        [none] , now { $hours }
       *[other] , from { $was_hours } to { $hours }
    }
}{ $place ->
    [none] {""}
   *[other] { $was_place ->
        [none] , now { $place }
       *[other] , from { $was_place } to { $place }
    }
}{ $reason ->
    [none] {""}
   *[other] . Reason: { $reason }
}
session-dropped = dropped the session { $session }. Reason: { $reason }
itinerary-published = published the itinerary
logistics-recorded = { $was_state ->
    [none] noted { $kind }: { $state }
   *[other] noted { $kind }: { $state }, until now { $was_state }
}{ $due ->
    [none] {""}
   *[other] { $was_due ->
        [none] , due { $due }
       *[other] , due { $due } instead of { $was_due }
    }
}
visit-started = { $date ->
    [none] started the visit
   *[other] said that the visit started on { $date }
}
session-held = { $notes ->
    [none] held the session { $session }
   *[other] held the session { $session }: { $notes }
}
session-skipped = skipped the session { $session }. Reason: { $reason }
attendance-recorded = { $count ->
    [one] recorded the attendance of one person
   *[other] recorded the attendance of { $count } people
}{ $session ->
    [none] {""}
   *[other] {" "}at the session { $session }
}{ $document ->
    [none] , without a sheet
   *[other] , by { $document }
}{ $was_count ->
    [none] {""}
   *[other] ; until now { $was_count } were counted
}{ $reason ->
    [none] {""}
   *[other] . Reason: { $reason }
}
visit-completed = { $date ->
    [none] completed the visit
   *[other] said that the visit ended on { $date }
}{ $summary ->
    [none] {""}
   *[other] : { $summary }
}
mission-note-submitted = { $was_days ->
    [none] handed in the mission note of { $expert }, { $days } days
   *[other] handed in the mission note of { $expert } anew, { $days } days instead of { $was_days }
}
mission-note-approved = approved the mission note of { $expert }
visit-closed = { $learning ->
    [none] closed the visit
   *[other] closed the visit with the learning { $learning }
}{ $reason ->
    [none] {""}
   *[other] . Reason: { $reason }
}
learnings-requested = asked for the learnings of the visit by { $due }
