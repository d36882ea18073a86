programme-created = richtete das Programm { $title } ({ $code }) ein, finanziert von { $funder } im Auftrag von { $on_behalf_of }, { $starts_on } bis { $ends_on }
phase-defined = benannte die Phase „{ $name }“, { $from } bis { $to }
theme-defined = { $parent ->
    [none] legte das Thema „{ $label }“ ({ $code }) fest
   *[other] legte das Thema „{ $label }“ ({ $code }) unter { $parent } fest
}
strand-defined = { $description ->
    [none] legte den Strang { $name } fest
   *[other] legte den Strang { $name } fest: { $description }
}
indicator-defined = { $target ->
    [none] legte den Indikator { $code }, { $name }, ohne Zielwert fest
   *[other] { $unit ->
        [none] legte den Indikator { $code }, { $name }, mit dem Zielwert { $target } fest
       *[other] legte den Indikator { $code }, { $name }, mit dem Zielwert { $target } { $unit } fest
    }
}
target-revised = { $was_target ->
    [none] setzte den Zielwert von { $indicator } auf { $target }. Grund: { $reason }
   *[other] änderte den Zielwert von { $indicator } von { $was_target } auf { $target }. Grund: { $reason }
}
period-defined = { $due ->
    [none] legte Berichtszeitraum { $number } fest, { $from } bis { $to }
   *[other] legte Berichtszeitraum { $number } fest, { $from } bis { $to }, Bericht fällig am { $due }
}
period-defined-final = { $due ->
    [none] legte den letzten Berichtszeitraum { $number } fest, { $from } bis { $to }
   *[other] legte den letzten Berichtszeitraum { $number } fest, { $from } bis { $to }, Bericht fällig am { $due }
}
programme-started = { $date ->
    [none] startete das Programm
   *[other] startete das Programm am { $date }
}
end-date-changed = verlegte das Ende des Programms vom { $was_ends_on } auf den { $ends_on }. Grund: { $reason }
closing-started = { $date ->
    [none] begann mit dem Abschluss des Programms
   *[other] begann am { $date } mit dem Abschluss des Programms
}
programme-closed = { $date ->
    [none] schloss das Programm
   *[other] schloss das Programm am { $date }
}
period-reminded = erinnerte an den Bericht zum Zeitraum { $number }, fällig am { $due }
period-reminded-late = erinnerte an den Bericht zum Zeitraum { $number }, der am { $due } fällig war
