## Was an andere Programme gesendet wird
webhooks = Webhooks
webhooks-lede = Ein Webhook sendet jeden neuen Eintrag an ein anderes Programm. Was misslingt, wird etwa einen Tag lang wiederholt und dann aufgegeben.
webhooks-none = Es gibt keinen Webhook, den Sie ändern dürfen.
webhooks-register = Webhook registrieren
webhooks-counts = Von den neuesten Zustellungen: { $sent } gesendet, { $waiting } wartend, { $dead } aufgegeben.
webhooks-test = Test senden
webhooks-pausewebhook = Anhalten
webhooks-resumewebhook = Fortsetzen
webhooks-rotatewebhooksecret = Geheimnis wechseln
webhooks-removewebhook = Entfernen
webhooks-event = Ereignis { $position }
webhooks-waiting = wird erneut versucht.
webhooks-dead = wurde aufgegeben.
webhooks-tried = { $count ->
    [one] Einmal versucht:
   *[other] { $count }-mal versucht:
}
webhooks-again = Erneut senden
