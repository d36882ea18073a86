person-invited = { $city ->
    [none] 참여자를 초대했습니다: { $organisation }, { $kind }
   *[other] 참여자를 초대했습니다: { $organisation }, { $kind }, { $city }
}
invitation-accepted = 초대를 수락했습니다
person-updated = 참여자 정보를 변경했습니다{ $personal ->
    [none] {""}
   *[other] ; 새로 입력: { $personal }
}{ $organisation ->
    [none] {""}
   *[other] ; 소속 기관: ‘{ $was_organisation }’ → ‘{ $organisation }’
}{ $city ->
    [none] {""}
   *[other] { $was_city ->
        [none] ; 도시: { $city }
       *[other] ; 도시: { $was_city } → { $city }
    }
}{ $languages ->
    [none] {""}
   *[other] ; 언어: { $was_languages } → { $languages }
}{ $kind ->
    [none] {""}
   *[other] ; 구분: { $was_kind } → { $kind }
}
person-deactivated = { $reason ->
    [none] 참여를 종료했습니다
   *[other] 참여를 종료했습니다. 사유: { $reason }
}
erasure-requested = 개인정보 삭제를 요청했습니다. 사유: { $reason }
erasure-deferred = { $until ->
    [none] 개인정보 삭제를 거절했습니다
   *[other] 개인정보 삭제를 { $until }까지 미뤘습니다
}{ $basis ->
    [none] {""}
   *[other] , 근거: { $basis }
}. 사유: { $reason }
person-erased = 개인정보를 삭제했습니다. 요청 { $request }, 근거: { $basis }
role-granted = { $scope ->
    [none] { $until ->
        [none] 역할을 부여했습니다: { $role }, 모든 프로그램
       *[other] 역할을 부여했습니다: { $role }, 모든 프로그램, { $until }까지
    }
   *[other] { $until ->
        [none] 역할을 부여했습니다: { $role }, { $scope }
       *[other] 역할을 부여했습니다: { $role }, { $scope }, { $until }까지
    }
}
role-revoked = { $scope ->
    [none] 역할을 회수했습니다: { $role }, 모든 프로그램. 사유: { $reason }
   *[other] 역할을 회수했습니다: { $role }, { $scope }. 사유: { $reason }
}
person-reminded = 할 일을 알렸습니다({ $subject }): { $matter }
