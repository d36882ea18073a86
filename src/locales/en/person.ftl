person-invited = { $city ->
    [none] invited a person of { $organisation } as { $kind }
   *[other] invited a person of { $organisation } as { $kind } for { $city }
}
invitation-accepted = accepted the invitation
person-updated = changed what is held on the person{ $personal ->
    [none] {""}
   *[other] ; new { $personal }
}{ $organisation ->
    [none] {""}
   *[other] ; organisation from “{ $was_organisation }” to “{ $organisation }”
}{ $city ->
    [none] {""}
   *[other] { $was_city ->
        [none] ; city now { $city }
       *[other] ; city from { $was_city } to { $city }
    }
}{ $languages ->
    [none] {""}
   *[other] ; languages from { $was_languages } to { $languages }
}{ $kind ->
    [none] {""}
   *[other] ; part from { $was_kind } to { $kind }
}
person-deactivated = { $reason ->
    [none] ended the person’s taking part
   *[other] ended the person’s taking part. Reason: { $reason }
}
erasure-requested = asked that the person’s data be erased. Reason: { $reason }
erasure-deferred = { $until ->
    [none] refused to erase the person’s data
   *[other] put the erasure of the person’s data off until { $until }
}{ $basis ->
    [none] {""}
   *[other] , on the basis of { $basis }
}. Reason: { $reason }
person-erased = erased the person’s data, request { $request }, on the basis of { $basis }
role-granted = { $scope ->
    [none] { $until ->
        [none] granted the role { $role } for every programme
       *[other] granted the role { $role } for every programme until { $until }
    }
   *[other] { $until ->
        [none] granted the role { $role } for { $scope }
       *[other] granted the role { $role } for { $scope } until { $until }
    }
}
role-revoked = { $scope ->
    [none] took back the role { $role } for every programme. Reason: { $reason }
   *[other] took back the role { $role } for { $scope }. Reason: { $reason }
}
person-reminded = reminded the person of what waits at { $subject }: { $matter }
