## Beleg einer Löschung
receipt = Löschbeleg
receipt-lede = Was vernichtet wurde, auf welchen Antrag, und der Beweis, dass es aufgezeichnet ist. Er nennt niemanden und kann zum Antrag gelegt werden.
receipt-person = Person, nach ihrer Kennung im Protokoll
receipt-request = Antrag
receipt-basis = Rechtsgrundlage
receipt-time = Aufgezeichnet
receipt-hash = Hash der Aufzeichnung
receipt-destroyed = Was vernichtet wurde
receipt-not-counted = Bei dieser Löschung wurde nicht gezählt.
receipt-values = Personenbezogene Angaben samt ihrem Schlüssel
receipt-accounts = Konten
receipt-sessions = Sitzungen
receipt-tokens = Beendete API-Token
receipt-links = Anmeldelinks
receipt-addresses = Private Kalenderadressen
receipt-mails = Wartende E-Mails
receipt-documents = Zu schwärzende Dokumente
receipt-documents-more = Sie nennen die Person. Niemand erhält sie, bis eine Kopie ohne den Namen an ihre Stelle tritt.
receipt-proof = Beweis
receipt-proof-more = Dass die Aufzeichnung im Protokoll steht, als tlog-proof-Datei (C2SP) mit dem signierten Checkpoint; den Prüfschlüssel gibt /log/key.

## Wie lange personenbezogene Daten aufbewahrt werden
retention = Aufbewahrung personenbezogener Daten
retention-lede = Personen, deren letztes Programm vor mindestens { $years } Jahren abgeschlossen wurde. Das Ansehen löscht nichts.
retention-none = Niemandes Frist ist abgelaufen.
retention-who = Wer
retention-programmes = Programme
retention-closed = Letztes abgeschlossen
retention-since = Fällig seit
retention-do = Entscheiden
retention-held = zurückgehalten bis { $day }
retention-more = Wer zu keinem Programm gehört oder eine Rolle für alle hat, wird nie fällig. Ein Aufschub mit letztem Tag hält eine Person bis dahin zurück.
