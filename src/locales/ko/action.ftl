action-raised = 후속 조치를 등록했습니다{ $from ->
    [none] { "" }
   *[other] { " " }(출처: { $from })
}{ $plan ->
    [none] { "" }
   *[other] { " " }(실행계획: { $plan }, 제{ $version }판)
}: { $text }{ $owner ->
    [none] { "" }
   *[other] . 담당: { $owner }
}{ $city ->
    [none] { "" }
   *[other] . 도시: { $city }
}{ $due ->
    [none] { "" }
   *[other] . 기한: { $due }
}
action-reassigned = { $was_owner ->
    [none] 후속 조치의 담당을 정했습니다: { $owner }
   *[other] 후속 조치의 담당을 바꿨습니다: { $was_owner } → { $owner }
}{ $reason ->
    [none] { "" }
   *[other] . 사유: { $reason }
}
action-due-changed = { $was_due ->
    [none] 후속 조치의 기한을 정했습니다: { $due }. 사유: { $reason }
   *[other] 후속 조치의 기한을 바꿨습니다: { $was_due } → { $due }. 사유: { $reason }
}
action-completed = { $note ->
    [none] 후속 조치를 완료했습니다
   *[other] 후속 조치를 완료했습니다: { $note }
}
action-verified = { $note ->
    [none] 후속 조치의 이행을 확인했습니다
   *[other] 후속 조치의 이행을 확인했습니다: { $note }
}
action-reopened = 후속 조치를 다시 열었습니다. 사유: { $reason }
action-dropped = 후속 조치를 중단했습니다. 사유: { $reason }
