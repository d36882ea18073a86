## What is sent to other programs
webhooks = Webhooks
webhooks-lede = A webhook sends each new record to another program. What fails is tried again for about a day, and then given up.
webhooks-none = There is no webhook that you may change.
webhooks-register = Register a webhook
webhooks-counts = Of the newest deliveries: { $sent } sent, { $waiting } waiting, { $dead } given up.
webhooks-test = Send a test
webhooks-pausewebhook = Pause
webhooks-resumewebhook = Resume
webhooks-rotatewebhooksecret = Change the secret
webhooks-removewebhook = Remove
webhooks-event = Event { $position }
webhooks-waiting = is tried again.
webhooks-dead = was given up.
webhooks-tried = { $count ->
    [one] Tried once:
   *[other] Tried { $count } times:
}
webhooks-again = Send again
