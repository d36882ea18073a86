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
delegate-invited = invited { $person } to the delegation
delegate-replaced = { $reason ->
    [none] replaced { $from } by { $to } in the delegation
   *[other] replaced { $from } by { $to } in the delegation. Reason: { $reason }
}
delegate-withdrawn = took { $person } off the delegation. Reason: { $reason }
delegation-confirmed = { $size ->
    [none] confirmed the delegation
    [one] confirmed the delegation of one person
   *[other] confirmed the delegation of { $size } people
}
expert-assigned = asked { $expert } to accompany the visit
expert-replaced = replaced the accompanying expert { $from } by { $to }. Reason: { $reason }
session-added = added the session “{ $title }” on { $day }
session-moved = moved the session { $session } from { $was_day } to { $day }. Reason: { $reason }
session-dropped = dropped the session { $session }. Reason: { $reason }
itinerary-published = published the itinerary
logistics-recorded = { $due ->
    [none] noted { $kind }: { $state }
   *[other] noted { $kind }: { $state }, due { $due }
}
visit-started = started the visit
session-held = held the session { $session }
session-skipped = skipped the session { $session }. Reason: { $reason }
attendance-recorded = { $count ->
    [one] recorded the attendance of one person
   *[other] recorded the attendance of { $count } people
}
visit-completed = { $summary ->
    [none] completed the visit
   *[other] completed the visit: { $summary }
}
mission-note-submitted = handed in the mission note of { $expert }, { $days } days
mission-note-approved = approved the mission note of { $expert }
visit-closed = { $reason ->
    [none] closed the visit
   *[other] closed the visit. Reason: { $reason }
}
