learning-recorded = erfasste die Erkenntnis „{ $title }“ aus { $origin_city }, { $origin }
learning-revised = überarbeitete die Erkenntnis{ $title ->
    [none] {""}
   *[other] ; Titel: „{ $was_title }“ → „{ $title }“
}{ $what ->
    [none] {""}
   *[other] ; was getan wird: „{ $was_what }“ → „{ $what }“
}{ $why_it_works ->
    [none] {""}
   *[other] ; warum es funktioniert: „{ $was_why_it_works }“ → „{ $why_it_works }“
}{ $conditions ->
    [none] {""}
   *[other] ; Voraussetzungen: „{ $was_conditions }“ → „{ $conditions }“
}{ $cost_order ->
    [none] {""}
   *[other] ; Kosten: { $was_cost_order } → { $cost_order }
}{ $maturity ->
    [none] {""}
   *[other] ; Reife: { $was_maturity } → { $maturity }
}{ $themes ->
    [none] {""}
   *[other] ; Themen: { $was_themes } → { $themes }
}{ $sdg_targets ->
    [none] {""}
   *[other] ; SDG-Zielvorgaben: { $was_sdg_targets } → { $sdg_targets }
}{ $reason ->
    [none] {""}
   *[other] . Grund: { $reason }
}
learning-validated = { $note ->
    [none] validierte die Erkenntnis; Fachperson: { $expert }
   *[other] validierte die Erkenntnis; Fachperson: { $expert }. Anmerkung: { $note }
}
learning-returned = gab die Erkenntnis an ihre Verfassenden zurück. Grund: { $reason }
learning-published = veröffentlichte die Erkenntnis für alle Städte
learnings-consolidated = { $at_meeting ->
    [none] führte { $from } in dieser Erkenntnis zusammen
   *[other] führte { $from } in dieser Erkenntnis zusammen, beschlossen bei { $at_meeting }
}
learning-superseded = { $at_meeting ->
    [none] ersetzte diese Erkenntnis durch { $by }
   *[other] ersetzte diese Erkenntnis durch { $by }, beschlossen bei { $at_meeting }
}
learning-retracted = zog die Erkenntnis zurück. Grund: { $reason }
interest-expressed = vermerkte das Interesse von { $city }
learning-declined = vermerkte, dass die Erkenntnis für { $city } nicht passt. Grund: { $reason }
adoption-committed = vermerkte, dass { $city } die Erkenntnis nutzen will; zuständig: { $owner }. Anpassung: { $adaptation }
adoption-started = { $date ->
    [none] vermerkte, dass { $city } mit der Umsetzung der Erkenntnis begonnen hat
   *[other] vermerkte, dass { $city } am { $date } mit der Umsetzung der Erkenntnis begann
}
adoption-verified = bestätigte, dass { $city } die Erkenntnis nutzt, laut { $document }
adoption-abandoned = vermerkte, dass { $city } die Nutzung der Erkenntnis aufgegeben hat. Grund: { $reason }
learning-suggested = schlug die Erkenntnis { $cities } vor
