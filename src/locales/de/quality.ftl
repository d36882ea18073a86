## Datenqualität
quality = Datenqualität
quality-lede = Was in der Aufzeichnung unvollständig oder auffällig ist, an einem Ort, jeweils mit dem Formular, das es behebt. Nichts davon ist verboten; es zählt nur nicht, oder gibt denen Rätsel auf, die es später lesen.
quality-none = Nichts fehlt, und nichts ist auffällig.
quality-count = { $count ->
    [one] Eine Sache anzusehen
   *[other] { $count } Sachen anzusehen
}
quality-kinds = Was zu beheben ist
quality-all = Alles
quality-kind = Was
quality-number = Wie viele
finding-subject-stale = Seit { $name } Tagen wurde nichts dazu aufgezeichnet
finding-pilot-without-measurement = Vor { $name } Tagen gestartet und noch nicht gemessen
finding-city-without-partnership = Vor { $name } Tagen ausgewählt und noch in keiner Partnerschaft
finding-visit-overdue = Der letzte Tag war { $name }, und niemand hat gesagt, ob der Besuch stattfand
finding-meeting-overdue = Es war für { $name } angesetzt, und niemand hat gesagt, ob es stattfand
finding-person-without-language = Keine Sprache ist eingetragen
finding-person-without-city = Delegierte Person ohne Stadt
finding-invitation-open = Die Einladung wurde innerhalb eines Monats nicht angenommen
finding-probably-twice = Wahrscheinlich doppelt
finding-person-twice = Hat denselben Namen oder dieselbe E-Mail-Adresse wie jemand anderes
quality-visit-without-attendance = Besuche ohne Anwesenheit
quality-meeting-without-attendance = Treffen ohne Anwesenheit
quality-attendance-without-sheet = Anwesenheit ohne unterzeichnete Liste
quality-visit-without-learning = Besuche ohne Erkenntnis
quality-learning-not-validated = Erkenntnisse, die auf eine Fachperson warten
quality-measurement-without-evidence = Messwerte ohne Nachweis
quality-agreement-unsigned = Vereinbarungen ohne Unterschrift oder Dokument
quality-city-without-activity = Städte, in denen nichts geschah
quality-document-without-bytes = Dokumente, deren Datei fehlt
quality-subject-stale = Ohne Neuigkeiten
quality-pilot-without-measurement = Pilotprojekte ohne Messwerte
quality-city-without-partnership = Städte ohne Partnerschaft
quality-visit-overdue = Besuche, deren Tage vorbei sind
quality-meeting-overdue = Treffen, deren Tag vorbei ist
quality-person-without-language = Menschen ohne Sprache
quality-person-without-city = Delegierte ohne Stadt
quality-invitation-open = Offene Einladungen
quality-probably-twice = Wahrscheinlich doppelt
quality-person-twice = Menschen, die dieselben sein können
