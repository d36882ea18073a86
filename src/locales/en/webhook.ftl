webhook-registered = { $programme ->
    [none] registered a webhook to { $url } for every programme
   *[other] registered a webhook to { $url } for { $programme }
}
webhook-paused = { $reason ->
    [none] paused the webhook
   *[other] paused the webhook. Reason: { $reason }
}
webhook-resumed = resumed the webhook
webhook-secret-rotated = changed the secret that signs what the webhook sends
webhook-removed = { $reason ->
    [none] removed the webhook
   *[other] removed the webhook. Reason: { $reason }
}
