subject-followed = 구독을 시작했습니다: { $subject }
subject-unfollowed = 구독을 그만두었습니다: { $subject }
digest-set = { $was_digest ->
    [none] 알림 주기를 정했습니다: { $digest }
   *[other] 알림 주기를 바꿨습니다: { $was_digest } → { $digest }
}
