subject-followed = folgt nun { $subject }
subject-unfollowed = folgt { $subject } nicht mehr
digest-set = { $was_digest ->
    [none] wählte die Benachrichtigung: { $digest }
   *[other] änderte die Benachrichtigung von { $was_digest } zu { $digest }
}
