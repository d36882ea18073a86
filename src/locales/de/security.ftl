## Überprüfung der Zugänge
access = Wer was darf
access-lede = Jede gültige Rolle, die Sie sehen dürfen: wer sie hat, wofür, seit wann und wer sie erteilt hat.
access-none = Es gibt keine gültige Rolle, die Sie sehen dürfen.
access-who = Wer
access-role = Rolle
access-scope = Für
access-since = Seit
access-until = Bis
access-by = Erteilt von
access-token = Token
access-everything = Alles

## Sicherheitsprotokoll
security = Sicherheitsprotokoll
security-lede = Anmeldungen, Links, Ablehnungen und entnommene Dateien, das Neueste zuerst.
security-kept = Einträge werden { $days } Tage aufbewahrt.
security-none = Bisher ist nichts geschehen.
security-when = Wann
security-what = Was
security-who = Wer
security-address = Netzadresse
security-detail = Über
security-signed-in = Angemeldet
security-sign-in-refused = Anmeldung abgelehnt
security-link-made = Anmeldelink erstellt
security-link-used = Anmeldelink benutzt
security-password-changed = Passwort geändert
security-password-change-refused = Änderung des Passworts abgelehnt
security-second-factor-set-up = Zweiter Faktor eingerichtet
security-second-factor-taken-away = Zweiter Faktor entfernt
security-sessions-ended = Sitzungen beendet
security-denied = Nicht erlaubt
security-set-up = Erste Administration eingerichtet
security-exported = Datei entnommen
