report-opened = { $scope ->
    [none] eröffnete den Bericht über Zeitraum { $period } für das ganze Programm
   *[other] eröffnete den Bericht über Zeitraum { $period } für { $scope }
}
section-edited = { $was_text ->
    [none] schrieb { $section }{ $city ->
        [none] { "" }
       *[other] { " " }für { $city }
    }: „{ $text }“
   *[other] änderte { $section }{ $city ->
        [none] { "" }
       *[other] { " " }für { $city }
    } von „{ $was_text }“ zu „{ $text }“
}
report-submitted = { $as_of ->
    [none] reichte den Bericht mit den Kennzahlen dieses Moments ein
   *[other] reichte den Bericht mit den Kennzahlen zum Stand von Position { $as_of } ein
}
query-raised = { $about ->
    [none] { $position ->
        [none] stellte eine Frage
       *[other] fragte zu Position { $position }
    }
   *[other] fragte zu { $about }
} ({ $query }{ $due ->
    [none] { "" }
   *[other] , Antwort fällig am { $due }
}): { $text }
query-answered = beantwortete { $query }: { $text }
report-returned = gab den Bericht zurück. Gründe: { $reasons }
report-accepted = { $conditions ->
    [none] nahm den Bericht an
   *[other] nahm den Bericht unter Bedingungen an: { $conditions }
}
report-reopened = öffnete den Bericht wieder. Grund: { $reason }
