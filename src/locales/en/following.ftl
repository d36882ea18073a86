subject-followed = began to follow { $subject }
subject-unfollowed = stopped following { $subject }
digest-set = { $was_digest ->
    [none] chose to be told: { $digest }
   *[other] changed how often to be told from { $was_digest } to { $digest }
}
