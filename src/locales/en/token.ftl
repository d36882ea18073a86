token-created = created the API token “{ $name }” as { $role }{ $scope ->
    [none] { "" }
   *[other] , limited to { $scope }
}{ $person ->
    [none] { "" }
   *[other] , acting as { $person }
}{ $expires ->
    [none] { "" }
   *[other] , until { $expires }
}
token-revoked = revoked the API token. Reason: { $reason }
