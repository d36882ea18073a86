meeting-scheduled = setzte das { $kind ->
    [webinar] Webinar
   *[other] Treffen ({ $kind })
} „{ $title }“ für { $day }, { $time } ({ $timezone }) an
meeting-rescheduled = verlegte das Treffen von { $was_day }, { $was_time } ({ $was_timezone }) auf { $day }, { $time } ({ $timezone }){ $reason ->
    [none] {""}
   *[other] . Grund: { $reason }
}
meeting-cancelled = sagte das Treffen ab. Grund: { $reason }
meeting-held = { $date ->
    [none] führte das Treffen durch
   *[other] führte das Treffen am { $date } durch
}{ $count ->
    [0] , Anwesenheit unbekannt
    [one] , eine Person anwesend
   *[other] , { $count } Personen anwesend
}{ $document ->
    [none] , ohne Anwesenheitsliste
   *[other] , laut { $document }
}
presentation-added = fügte den Vortrag „{ $title }“ hinzu{ $speaker ->
    [none] {""}
   *[other] {" "}von { $speaker }
}{ $city ->
    [none] {""}
   *[other] {" "}aus { $city }
}
decision-recorded = erfasste den Beschluss: { $text }{ $responsible ->
    [none] {""}
   *[other] . Zuständig: { $responsible }
}
minutes-published = { $document ->
    [none] veröffentlichte das Protokoll: { $text }
   *[other] { $text ->
        [none] veröffentlichte das Protokoll, { $document }
       *[other] veröffentlichte das Protokoll, { $document }: { $text }
    }
}
recording-published = { $url ->
    [none] kündigte die Aufzeichnung an; sie hat noch keine Adresse
   *[other] veröffentlichte die Aufzeichnung unter { $url }
}{ $host ->
    [none] {""}
   *[other] {" "}({ $host })
}
recording-replaced = { $url ->
    [none] nahm die Aufzeichnung unter { $was_url } vom Netz
   *[other] { $was_url ->
        [none] stellte die Aufzeichnung unter { $url } bereit
       *[other] verlegte die Aufzeichnung von { $was_url } nach { $url }
    }
}. Grund: { $reason }
