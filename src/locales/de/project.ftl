project-proposed = { $title ->
    [none] schlug ein Kooperationsprojekt von { $partnership } vor: { $objective }
   *[other] schlug das Kooperationsprojekt „{ $title }“ von { $partnership } vor: { $objective }
}{ $funding ->
    [none] { "" }
   *[other] . Gesuchte Mittel: { $funding } Euro
}
project-agreed = erfasste die Vereinbarung des Kooperationsprojekts{ $agreed_on ->
    [none] { "" }
   *[other] { " " }vom { $agreed_on }
}{ $document ->
    [none] { "" }
   *[other] , laut { $document }
}
deliverable-added = fügte das Arbeitsergebnis „{ $title }“ hinzu, fällig am { $due }
deliverable-delivered = lieferte { $deliverable }{ $delivered_on ->
    [none] { "" }
   *[other] { " " }am { $delivered_on }
}{ $document ->
    [none] { "" }
   *[other] : { $document }
}
project-activated = nahm die Arbeit am Kooperationsprojekt mit dem ersten Arbeitsergebnis auf
funding-recorded = { $source ->
    [none] vermerkte den Stand der Finanzierung: { $outcome }
   *[other] vermerkte den Stand der Finanzierung durch { $source }: { $outcome }
}{ $amount ->
    [none] { "" }
   *[other] , { $amount } Euro
}
project-completed = schloss das Kooperationsprojekt ab: { $results }
project-stopped = brach das Kooperationsprojekt ab. Grund: { $reason }
