log-created = began the log { $origin }
signing-key-rotated = changed the key that signs checkpoints from { $from } to { $to }
