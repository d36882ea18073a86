## Die erste Administration
set-up = Koinon einrichten
set-up-lede = Sie sind die erste Person. Geben Sie an, wer diese Installation betreut; Sie übernehmen ihre Administration. Diese Seite funktioniert nur einmal.
set-up-name = Ihr Name
set-up-email = Ihre E-Mail-Adresse
set-up-organisation = Wo Sie arbeiten
set-up-do = Administration übernehmen
set-up-unfit = Bitte berichtigen Sie:
set-up-password = Passwort festlegen
set-up-done = Sie haben die Administration übernommen
set-up-token = Sie sind angemeldet. Bewahren Sie dieses Token sicher auf: Damit melden Sie sich das nächste Mal an, und es wird nur jetzt angezeigt.
