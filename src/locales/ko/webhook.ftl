webhook-registered = { $programme ->
    [none] 웹훅을 등록했습니다: { $url }, 모든 프로그램
   *[other] 웹훅을 등록했습니다: { $url }, { $programme }
}
webhook-paused = { $reason ->
    [none] 웹훅을 일시 중지했습니다
   *[other] 웹훅을 일시 중지했습니다. 사유: { $reason }
}
webhook-resumed = 웹훅을 재개했습니다
webhook-secret-rotated = 웹훅 전송에 서명하는 비밀 값을 교체했습니다
webhook-removed = { $reason ->
    [none] 웹훅을 제거했습니다
   *[other] 웹훅을 제거했습니다. 사유: { $reason }
}
