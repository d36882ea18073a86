partnership-proposed = proposed a partnership of { $cities } on { $themes }: { $rationale }
partnership-accepted = accepted the partnership for { $city }
partnership-declined = declined the partnership for { $city }. Reason: { $reason }
partnership-formed = formed the partnership of { $cities }
city-added = { $reason ->
    [none] added { $city } to the partnership
   *[other] added { $city } to the partnership. Reason: { $reason }
}
city-removed = took { $city } out of the partnership. Reason: { $reason }
partnership-kicked-off = { $date ->
    [none] kicked off the partnership
   *[other] kicked off the partnership on { $date }
}
topics-agreed = agreed the topics { $themes } (until then { $was_themes })
advisor-assigned = asked { $expert } to advise the partnership
advice-recorded = { $expert ->
    [none] recorded advice on { $about }: { $text }
   *[other] recorded advice of { $expert } on { $about }: { $text }
}
advice-taken = { $reason ->
    [none] took the advice { $advice }
   *[other] took the advice { $advice }. Reason: { $reason }
}
advice-not-taken = { $reason ->
    [none] did not take the advice { $advice }
   *[other] did not take the advice { $advice }. Reason: { $reason }
}
agreement-signed = { $kind ->
    [none] recorded an agreement of { $parties }, signed on { $signed_on }
   *[other] recorded an agreement ({ $kind }) of { $parties }, signed on { $signed_on }
}
agreement-unsigned = { $kind ->
    [none] recorded an agreement of { $parties }, not signed yet
   *[other] recorded an agreement ({ $kind }) of { $parties }, not signed yet
}
action-plan-adopted = { $document ->
    [none] adopted version { $version } of the action plan
   *[other] adopted version { $version } of the action plan, laid down in { $document }
}
partnership-suspended = suspended the partnership. Reason: { $reason }
partnership-resumed = { $reason ->
    [none] resumed the partnership
   *[other] resumed the partnership. Reason: { $reason }
}
partnership-dissolved = dissolved the partnership. Reason: { $reason }
partnership-completed = { $assessment ->
    [none] completed the partnership
   *[other] completed the partnership: { $assessment }
}
continuation-committed = { $until ->
    [none] committed { $bodies } to go on working together
   *[other] committed { $bodies } to go on working together until { $until }
}
