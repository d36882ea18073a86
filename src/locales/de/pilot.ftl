pilot-proposed = schlug das Pilotprojekt „{ $title }“ in { $cities } vor
pilot-planned = { $was_start ->
    [none] plante das Pilotprojekt für { $start }–{ $end }
   *[other] ersetzte den Plan des Pilotprojekts, von { $was_start }–{ $was_end } zu { $start }–{ $end }
}, zuständig { $owner }{ $was_owner ->
    [none] { "" }
   *[other] { " " }anstelle von { $was_owner }
}{ $budget ->
    [none] { $was_budget ->
        [none] { "" }
       *[other] , kein Budget anstelle von { $was_budget } Euro
    }
   *[other] { $was_budget ->
        [none] , Budget { $budget } Euro
       *[other] , Budget { $budget } Euro anstelle von { $was_budget } Euro
    }
}, { $milestones ->
    [one] ein Meilenstein
   *[other] { $milestones } Meilensteine
}{ $void ->
    [none] { "" }
   *[other] . Neu zu genehmigen durch { $void }
}{ $reason ->
    [none] { "" }
   *[other] . Grund: { $reason }
}
pilot-approved = genehmigte den Plan des Pilotprojekts für { $city }
pilot-plan-approved = schloss die Genehmigung des Plans ab: Alle Städte haben ihn genehmigt
pilot-launched = startete das Pilotprojekt am { $date }
milestone-reached = { $date ->
    [none] erreichte den Meilenstein { $milestone }
   *[other] erreichte den Meilenstein { $milestone } am { $date }
}{ $note ->
    [none] { "" }
   *[other] : { $note }
}
milestone-slipped = verschob den Meilenstein { $milestone } vom { $was_due } auf den { $due }. Grund: { $reason }
measurement-recorded = erfasste { $value } für den Indikator { $indicator } im Zeitraum { $period }
measurement-corrected = berichtigte den Indikator { $indicator } im Zeitraum { $period } von { $was_value } auf { $value }. Grund: { $reason }
risk-raised = meldete ein Risiko: { $text } (Wahrscheinlichkeit { $likelihood } von 5, Auswirkung { $impact } von 5){ $response ->
    [none] { "" }
   *[other] . Gegenmaßnahme: { $response }
}
risk-changed = änderte das Risiko { $risk }{ $was_likelihood ->
    [none] { "" }
   *[other] , Wahrscheinlichkeit von { $was_likelihood } zu { $likelihood }
}{ $was_impact ->
    [none] { "" }
   *[other] , Auswirkung von { $was_impact } zu { $impact }
}{ $was_text ->
    [none] { "" }
   *[other] , Text von „{ $was_text }“ zu „{ $text }“
}{ $was_response ->
    [none] { $response ->
        [none] { "" }
       *[other] , Gegenmaßnahme: „{ $response }“
    }
   *[other] , Gegenmaßnahme von „{ $was_response }“ zu „{ $response }“
}{ $reason ->
    [none] { "" }
   *[other] . Grund: { $reason }
}
risk-closed = { $reason ->
    [none] schloss das Risiko { $risk }
   *[other] schloss das Risiko { $risk }. Grund: { $reason }
}
pilot-paused = unterbrach das Pilotprojekt. Grund: { $reason }
pilot-resumed = { $reason ->
    [none] setzte das Pilotprojekt fort
   *[other] setzte das Pilotprojekt fort. Grund: { $reason }
}
pilot-completed = { $lessons ->
    [none] schloss das Pilotprojekt ab: { $results }
   *[other] schloss das Pilotprojekt ab: { $results }. Lehren: { $lessons }
}
scale-up-decided = { $document ->
    [none] beschloss, das Pilotprojekt auszuweiten: { $scope }
   *[other] beschloss, das Pilotprojekt auszuweiten: { $scope }, laut { $document }
}
not-to-continue-decided = beschloss, das Erprobte nicht fortzusetzen. Grund: { $reason }
pilot-stopped = brach das Pilotprojekt ab. Grund: { $reason }
chart-told = { $name }: von { $baseline } auf { $target } { $unit } zu; { $value } im { $month }
chart-baseline = Ausgangswert { $value }
chart-target = Zielwert { $value }
