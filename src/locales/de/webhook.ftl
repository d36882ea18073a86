webhook-registered = { $programme ->
    [none] registrierte einen Webhook an { $url } für alle Programme
   *[other] registrierte einen Webhook an { $url } für { $programme }
}
webhook-paused = { $reason ->
    [none] hielt den Webhook an
   *[other] hielt den Webhook an. Grund: { $reason }
}
webhook-resumed = setzte den Webhook fort
webhook-secret-rotated = wechselte das Geheimnis, das die Sendungen des Webhooks signiert
webhook-removed = { $reason ->
    [none] entfernte den Webhook
   *[other] entfernte den Webhook. Grund: { $reason }
}
