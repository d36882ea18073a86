## Für Sie: was wartet, auf wen, bis wann
menu-needs-you = Für Sie
inbox-lede = { $count ->
    [0] Nichts wartet auf Sie.
    [one] Eine Aufgabe wartet auf Sie. Sie verlässt diese Liste, sobald sie erfasst ist.
   *[other] { $count } Aufgaben warten auf Sie. Jede verlässt diese Liste, sobald sie erfasst ist.
}
inbox-nothing = Wenn ein Besuch, eine Erkenntnis, ein Pilotprojekt oder ein Bericht Sie braucht, steht es hier mit dem Tag der Fälligkeit.
inbox-late = Verspätet
inbox-soon = Innerhalb einer Woche
inbox-later = Später
inbox-due = fällig am { $day }
inbox-was-due = war fällig am { $day }
inbox-schedule-visit = Den vorgeschlagenen Besuch terminieren
inbox-new-days = Dem verschobenen Besuch neue Tage geben
inbox-confirm-visit = Den Besuch für { $city } bestätigen
inbox-name-delegation = Angeben, wer aus { $city } kommt
inbox-confirm-delegation = Die Delegation von { $city } bestätigen
inbox-start-visit = Angeben, ob der Besuch begonnen hat
inbox-complete-visit = Den Besuch abschließen
inbox-record-attendance = Erfassen, wer da war
inbox-attendance-sheet = Die unterzeichnete Anwesenheitsliste hinzufügen: ohne sie zählt niemand
inbox-record-learning = Erfassen, was { $city } gelernt hat
inbox-mission-note = Ihren Missionsbericht einreichen
inbox-approve-note = Den Missionsbericht genehmigen
inbox-close-visit = Den Besuch schließen
inbox-accept-partnership = Die Partnerschaft für { $city } annehmen oder ablehnen
inbox-kick-off = Das erste Treffen der Partnerschaft erfassen
inbox-answer-advice = Die Empfehlung „{ $name }“ beantworten
inbox-do-action = Das Vereinbarte erledigen
inbox-verify-action = Bestätigen, dass es erledigt ist
inbox-accept-invitation = Ihre Einladung annehmen
inbox-decide-erasure = Über einen Löschantrag entscheiden
inbox-validate-learning = Angeben, ob die Erkenntnis trägt
inbox-publish-learning = Die validierte Erkenntnis veröffentlichen
inbox-commit-adoption = Entscheiden, ob { $city } die Erkenntnis nutzt
inbox-start-adoption = Angeben, wann { $city } mit der Nutzung begann
inbox-verify-adoption = Das Dokument hinzufügen, mit dem { $city } es festgelegt hat
inbox-plan-pilot = Das Pilotprojekt planen
inbox-approve-pilot = Den Plan für { $city } genehmigen
inbox-launch-pilot = Das Pilotprojekt starten
inbox-decide-pilot = Entscheiden, ob das Pilotprojekt ausgeweitet wird
inbox-complete-pilot = Das Pilotprojekt abschließen
inbox-milestone = Den Meilenstein „{ $name }“ erfassen oder verschieben
inbox-measurement = Einen ersten Wert von „{ $name }“ erfassen
inbox-measurement-evidence = Den Nachweis für den Wert von „{ $name }“ hinzufügen
inbox-deliverable = Die Lieferung von „{ $name }“ erfassen
inbox-open-report = Den Bericht über Zeitraum { $name } beginnen
inbox-write-section = Den Abschnitt „{ $name }“ schreiben
inbox-submit-report = Den Bericht einreichen
inbox-answer-query = Die Frage beantworten: { $name }
inbox-redact-document = Das Dokument durch eine Kopie ohne den Namen einer gelöschten Person ersetzen
inbox-decide-report = Den Bericht annehmen oder zurückgeben
inbox-answer-suggestion = Sagen Sie, ob die Erkenntnis für { $city } von Interesse ist
inbox-others = Wartet auf andere
inbox-remind = Erinnern
inbox-reminded = Erinnert. Jede Person erhält eine E-Mail, wo E-Mail eingerichtet ist.
inbox-decline = Nichts für uns
