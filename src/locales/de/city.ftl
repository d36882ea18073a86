city-registered = registrierte { $name } ({ $country }), Strang { $strand }, für { $programme }
city-selected = wählte die Stadt aus
city-put-on-reserve = { $reason ->
    [none] setzte die Stadt auf die Reserveliste
   *[other] setzte die Stadt auf die Reserveliste. Grund: { $reason }
}
city-rejected = lehnte die Stadt ab. Grund: { $reason }
city-activated = machte die Stadt in der Partnerschaft { $partnership } aktiv
city-updated = änderte die Angaben zur Stadt{ $name ->
    [none] {""}
   *[other] ; Name von „{ $was_name }“ zu „{ $name }“
}{ $native_name ->
    [none] {""}
   *[other] ; Eigenname von „{ $was_native_name }“ zu „{ $native_name }“
}{ $strand ->
    [none] {""}
   *[other] ; Strang von „{ $was_strand }“ zu „{ $strand }“
}{ $latitude ->
    [none] {""}
   *[other] ; Breitengrad von { $was_latitude } zu { $latitude }
}{ $longitude ->
    [none] {""}
   *[other] ; Längengrad von { $was_longitude } zu { $longitude }
}{ $population ->
    [none] {""}
   *[other] ; Einwohnerzahl von { $was_population } zu { $population }
}{ $timezone ->
    [none] {""}
   *[other] ; Zeitzone von { $was_timezone } zu { $timezone }
}{ $languages ->
    [none] {""}
   *[other] ; Sprachen von { $was_languages } zu { $languages }
}
body-added = { $type ->
    [none] fügte die Einrichtung { $name } hinzu
   *[other] fügte die Einrichtung { $name } ({ $type }) hinzu
}
coordinator-appointed = { $was_person ->
    [none] übertrug { $person } die Koordination der Stadt
   *[other] übertrug { $person } die Koordination der Stadt, anstelle von { $was_person }
}
need-stated = { $text ->
    [none] nannte einen Bedarf zu { $theme }
   *[other] { $was_text ->
        [none] nannte einen Bedarf zu { $theme }: { $text }
       *[other] änderte den Bedarf zu { $theme } von „{ $was_text }“ zu „{ $text }“
    }
}
offer-stated = { $text ->
    [none] nannte ein Angebot zu { $theme }
   *[other] { $was_text ->
        [none] nannte ein Angebot zu { $theme }: { $text }
       *[other] änderte das Angebot zu { $theme } von „{ $was_text }“ zu „{ $text }“
    }
}
city-withdrawn = zog die Stadt zurück. Grund: { $reason }
open-matters-listed = listete auf, was beim Ausscheiden der Stadt noch offen war: { $matters }
open-matters-none = hielt fest, dass beim Ausscheiden der Stadt nichts offen war
