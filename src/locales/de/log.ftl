log-created = begann das Protokoll { $origin }
signing-key-rotated = wechselte den Schlüssel, der Prüfpunkte signiert, von { $from } zu { $to }
