token-created = erstellte das API-Token „{ $name }“ als { $role }{ $scope ->
    [none] { "" }
   *[other] , beschränkt auf { $scope }
}{ $person ->
    [none] { "" }
   *[other] , handelnd für { $person }
}{ $expires ->
    [none] { "" }
   *[other] , bis { $expires }
}
token-revoked = widerrief das API-Token. Grund: { $reason }
