partnership-proposed = schlug eine Partnerschaft von { $cities } zu { $themes } vor: { $rationale }
partnership-accepted = nahm die Partnerschaft für { $city } an
partnership-declined = lehnte die Partnerschaft für { $city } ab. Grund: { $reason }
partnership-formed = gründete die Partnerschaft von { $cities }
city-added = { $reason ->
    [none] nahm { $city } in die Partnerschaft auf
   *[other] nahm { $city } in die Partnerschaft auf. Grund: { $reason }
}
city-removed = nahm { $city } aus der Partnerschaft. Grund: { $reason }
partnership-kicked-off = { $date ->
    [none] eröffnete die Partnerschaft
   *[other] eröffnete die Partnerschaft am { $date }
}
topics-agreed = vereinbarte die Themen { $themes } (bis dahin { $was_themes })
advisor-assigned = bat { $expert }, die Partnerschaft zu beraten
advice-recorded = { $expert ->
    [none] erfasste eine Empfehlung zu { $about }: { $text }
   *[other] erfasste eine Empfehlung von { $expert } zu { $about }: { $text }
}
advice-taken = { $reason ->
    [none] folgte der Empfehlung { $advice }
   *[other] folgte der Empfehlung { $advice }. Grund: { $reason }
}
advice-not-taken = { $reason ->
    [none] folgte der Empfehlung { $advice } nicht
   *[other] folgte der Empfehlung { $advice } nicht. Grund: { $reason }
}
agreement-signed = { $kind ->
    [none] erfasste eine Vereinbarung von { $parties }, unterzeichnet am { $signed_on }
   *[other] erfasste eine Vereinbarung ({ $kind }) von { $parties }, unterzeichnet am { $signed_on }
}
agreement-unsigned = { $kind ->
    [none] erfasste eine Vereinbarung von { $parties }, noch nicht unterzeichnet
   *[other] erfasste eine Vereinbarung ({ $kind }) von { $parties }, noch nicht unterzeichnet
}
action-plan-adopted = { $document ->
    [none] beschloss Fassung { $version } des Aktionsplans
   *[other] beschloss Fassung { $version } des Aktionsplans, festgelegt in { $document }
}
partnership-suspended = setzte die Partnerschaft aus. Grund: { $reason }
partnership-resumed = { $reason ->
    [none] nahm die Partnerschaft wieder auf
   *[other] nahm die Partnerschaft wieder auf. Grund: { $reason }
}
partnership-dissolved = löste die Partnerschaft auf. Grund: { $reason }
partnership-completed = { $assessment ->
    [none] schloss die Partnerschaft ab
   *[other] schloss die Partnerschaft ab: { $assessment }
}
continuation-committed = { $until ->
    [none] hielt fest, dass { $bodies } weiter zusammenarbeiten
   *[other] hielt fest, dass { $bodies } bis { $until } weiter zusammenarbeiten
}
