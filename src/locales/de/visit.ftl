visit-proposed = { $window ->
    [none] schlug einen Besuch ({ $kind }) von { $visitors } in { $host } vor
   *[other] schlug einen Besuch ({ $kind }) von { $visitors } in { $host } für { $window } vor
}
visit-scheduled = setzte einen Besuch ({ $kind }) von { $visitors } in { $host } an, { $from } bis { $to }
visit-rescheduled = { $was_from ->
    [none] legte neue Tage für den Besuch fest, { $from } bis { $to }. Grund: { $reason }
   *[other] verlegte den Besuch von { $was_from }–{ $was_to } auf { $from }–{ $to }. Grund: { $reason }
}
visit-postponed = verschob den Besuch auf unbestimmte Zeit. Grund: { $reason }
visit-cancelled = sagte den Besuch ab. Grund: { $reason }
visit-confirmed = bestätigte den Besuch für die gastgebende Stadt
delegate-invited = { $city ->
    [none] lud { $person } in die Delegation ein
   *[other] lud { $person } für { $city } in die Delegation ein
}
delegate-replaced = { $reason ->
    [none] ersetzte { $from } in der Delegation durch { $to }
   *[other] ersetzte { $from } in der Delegation durch { $to }. Grund: { $reason }
}
delegate-withdrawn = nahm { $person } aus der Delegation. Grund: { $reason }
delegation-confirmed = { $was_size ->
    [none] { $size ->
        [none] bestätigte die Delegation
        [one] bestätigte die Delegation von einer Person
       *[other] bestätigte die Delegation von { $size } Personen
    }
   *[other] { $size ->
        [none] bestätigte die Delegation neu; es waren { $was_size } Personen
       *[other] bestätigte die Delegation neu, { $size } Personen anstelle von { $was_size }
    }
}
expert-assigned = bat { $expert }, den Besuch zu begleiten
expert-replaced = { $reason ->
    [none] ersetzte die begleitende Fachperson { $from } durch { $to }
   *[other] ersetzte die begleitende Fachperson { $from } durch { $to }. Grund: { $reason }
}
session-added = { $day ->
    [none] fügte den Programmpunkt „{ $title }“ hinzu, der Tag ist noch offen
   *[other] { $start ->
        [none] fügte den Programmpunkt „{ $title }“ am { $day } hinzu
       *[other] fügte den Programmpunkt „{ $title }“ am { $day } um { $start } hinzu
    }
}
session-moved = verlegte den Programmpunkt { $session }{ $day ->
    [none] {""}
   *[other] { $was_day ->
        [none] , jetzt { $day }
       *[other] , von { $was_day } auf { $day }
    }
}{ $hours ->
    [none] {""}
   *[other] { $was_hours ->
        [none] , jetzt { $hours }
       *[other] , von { $was_hours } auf { $hours }
    }
}{ $place ->
    [none] {""}
   *[other] { $was_place ->
        [none] , jetzt { $place }
       *[other] , von { $was_place } nach { $place }
    }
}{ $reason ->
    [none] {""}
   *[other] . Grund: { $reason }
}
session-dropped = strich den Programmpunkt { $session }. Grund: { $reason }
itinerary-published = veröffentlichte das Besuchsprogramm
logistics-recorded = { $was_state ->
    [none] vermerkte { $kind }: { $state }
   *[other] vermerkte { $kind }: { $state }, bisher { $was_state }
}{ $due ->
    [none] {""}
   *[other] { $was_due ->
        [none] , fällig am { $due }
       *[other] , fällig am { $due } anstelle von { $was_due }
    }
}
visit-started = { $date ->
    [none] begann den Besuch
   *[other] gab an, dass der Besuch am { $date } begann
}
session-held = { $notes ->
    [none] führte den Programmpunkt { $session } durch
   *[other] führte den Programmpunkt { $session } durch: { $notes }
}
session-skipped = ließ den Programmpunkt { $session } aus. Grund: { $reason }
attendance-recorded = { $count ->
    [one] erfasste die Anwesenheit von einer Person
   *[other] erfasste die Anwesenheit von { $count } Personen
}{ $session ->
    [none] {""}
   *[other] {" "}beim Programmpunkt { $session }
}{ $document ->
    [none] , ohne Liste
   *[other] , laut { $document }
}{ $was_count ->
    [none] {""}
   *[other] ; bisher waren { $was_count } gezählt
}{ $reason ->
    [none] {""}
   *[other] . Grund: { $reason }
}
visit-completed = { $date ->
    [none] schloss den Besuch ab
   *[other] gab an, dass der Besuch am { $date } endete
}{ $summary ->
    [none] {""}
   *[other] : { $summary }
}
mission-note-submitted = { $was_days ->
    [none] reichte den Missionsbericht von { $expert } ein, { $days } Tage
   *[other] reichte den Missionsbericht von { $expert } neu ein, { $days } Tage anstelle von { $was_days }
}
mission-note-approved = genehmigte den Missionsbericht von { $expert }
visit-closed = { $learning ->
    [none] schloss den Besuch
   *[other] schloss den Besuch mit der Erkenntnis { $learning }
}{ $reason ->
    [none] {""}
   *[other] . Grund: { $reason }
}
learnings-requested = bat bis { $due } um die Erkenntnisse aus dem Besuch
