action-raised = legte eine Maßnahme an{ $from ->
    [none] { "" }
   *[other] { " " }(aus { $from })
}{ $plan ->
    [none] { "" }
   *[other] { " " }zum Aktionsplan von { $plan }, Fassung { $version }
}: { $text }{ $owner ->
    [none] { "" }
   *[other] . Zuständig: { $owner }
}{ $city ->
    [none] { "" }
   *[other] . Stadt: { $city }
}{ $due ->
    [none] { "" }
   *[other] . Fällig am { $due }
}
action-reassigned = { $was_owner ->
    [none] übergab die Maßnahme an { $owner }
   *[other] übertrug die Maßnahme von { $was_owner } auf { $owner }
}{ $reason ->
    [none] { "" }
   *[other] . Grund: { $reason }
}
action-due-changed = { $was_due ->
    [none] legte die Frist der Maßnahme auf den { $due } fest. Grund: { $reason }
   *[other] verschob die Frist der Maßnahme vom { $was_due } auf den { $due }. Grund: { $reason }
}
action-completed = { $note ->
    [none] erledigte die Maßnahme
   *[other] erledigte die Maßnahme: { $note }
}
action-verified = { $note ->
    [none] bestätigte, dass die Maßnahme erledigt ist
   *[other] bestätigte, dass die Maßnahme erledigt ist: { $note }
}
action-reopened = öffnete die Maßnahme wieder. Grund: { $reason }
action-dropped = ließ die Maßnahme fallen. Grund: { $reason }
