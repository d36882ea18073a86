token-created = API 토큰을 만들었습니다: ‘{ $name }’, 역할 { $role }{ $scope ->
    [none] { "" }
   *[other] , 범위 { $scope }
}{ $person ->
    [none] { "" }
   *[other] , 대리 대상 { $person }
}{ $expires ->
    [none] { "" }
   *[other] , { $expires }까지
}
token-revoked = API 토큰을 해지했습니다. 사유: { $reason }
