action-raised = raised an action{ $from ->
    [none] { "" }
   *[other] { " " }from { $from }
}{ $plan ->
    [none] { "" }
   *[other] { " " }of the action plan of { $plan }, version { $version }
}: { $text }{ $owner ->
    [none] { "" }
   *[other] . Owner: { $owner }
}{ $city ->
    [none] { "" }
   *[other] . City: { $city }
}{ $due ->
    [none] { "" }
   *[other] . Due { $due }
}
action-reassigned = { $was_owner ->
    [none] gave the action to { $owner }
   *[other] moved the action from { $was_owner } to { $owner }
}{ $reason ->
    [none] { "" }
   *[other] . Reason: { $reason }
}
action-due-changed = { $was_due ->
    [none] set the action's due day to { $due }. Reason: { $reason }
   *[other] moved the action's due day from { $was_due } to { $due }. Reason: { $reason }
}
action-completed = { $note ->
    [none] completed the action
   *[other] completed the action: { $note }
}
action-verified = { $note ->
    [none] verified that the action was done
   *[other] verified that the action was done: { $note }
}
action-reopened = reopened the action. Reason: { $reason }
action-dropped = dropped the action. Reason: { $reason }
