person-invited = { $city ->
    [none] lud eine Person von { $organisation } ein ({ $kind })
   *[other] lud eine Person von { $organisation } für { $city } ein ({ $kind })
}
invitation-accepted = nahm die Einladung an
person-updated = änderte die Angaben zur Person{ $personal ->
    [none] {""}
   *[other] ; neu: { $personal }
}{ $organisation ->
    [none] {""}
   *[other] ; Organisation von „{ $was_organisation }“ zu „{ $organisation }“
}{ $city ->
    [none] {""}
   *[other] { $was_city ->
        [none] ; Stadt jetzt { $city }
       *[other] ; Stadt von { $was_city } zu { $city }
    }
}{ $languages ->
    [none] {""}
   *[other] ; Sprachen von { $was_languages } zu { $languages }
}{ $kind ->
    [none] {""}
   *[other] ; Aufgabe von { $was_kind } zu { $kind }
}
person-deactivated = { $reason ->
    [none] beendete die Teilnahme der Person
   *[other] beendete die Teilnahme der Person. Grund: { $reason }
}
erasure-requested = beantragte die Löschung der Daten der Person. Grund: { $reason }
erasure-deferred = { $until ->
    [none] lehnte die Löschung der Daten der Person ab
   *[other] schob die Löschung der Daten der Person bis { $until } auf
}{ $basis ->
    [none] {""}
   *[other] , auf Grundlage von { $basis }
}. Grund: { $reason }
person-erased = löschte die Daten der Person, Antrag { $request }, auf Grundlage von { $basis }
role-granted = { $scope ->
    [none] { $until ->
        [none] erteilte die Rolle { $role } für alle Programme
       *[other] erteilte die Rolle { $role } für alle Programme bis { $until }
    }
   *[other] { $until ->
        [none] erteilte die Rolle { $role } für { $scope }
       *[other] erteilte die Rolle { $role } für { $scope } bis { $until }
    }
}
role-revoked = { $scope ->
    [none] entzog die Rolle { $role } für alle Programme. Grund: { $reason }
   *[other] entzog die Rolle { $role } für { $scope }. Grund: { $reason }
}
person-reminded = erinnerte die Person an das, was bei { $subject } wartet: { $matter }
