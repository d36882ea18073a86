## Was einem Bericht noch fehlt
findings-title = Was noch fehlt
findings-none = Es fehlt nichts.
findings-more = { $count } weitere
findings-by = Wer es beheben kann: { $roles }
findings-mend = Beheben
finding-visit-without-attendance = Es ist keine Anwesenheit erfasst, daher zählt niemand bei { $figure }
finding-meeting-without-attendance = Es ist keine Anwesenheit erfasst, daher zählt niemand bei { $figure }
finding-attendance-without-sheet = Die Anwesenheit ist ohne unterzeichnete Liste erfasst, daher zählt sie nicht bei { $figure }
finding-visit-without-learning = Der Besuch endete am { $name } und hat weder eine Erkenntnis noch eine Begründung dafür
finding-learning-not-validated = Die Erkenntnis wartet seit { $name } Tagen auf eine Fachperson
finding-measurement-without-evidence = Der Wert von „{ $name }“ hat keinen Nachweis
finding-agreement-unsigned = Die Vereinbarung ist nicht unterzeichnet oder ihr Dokument fehlt, daher zählt sie nicht bei { $figure }
finding-city-without-activity = In dieser Stadt geschah im Zeitraum nichts, und niemand nahm sich etwas für sie vor
finding-correction-since = Ereignis { $name } berichtigte etwas nach dem letzten angenommenen Bericht; unter Problemen und Abweichungen ist das Ereignis nicht genannt
finding-empty-section = Der Abschnitt „{ $name }“ ist leer
finding-open-query = Eine Frage ist unbeantwortet: { $name }
finding-figure-below-target = { $figure } liegt unter dem, was der Zielwert bis zum Ende des Zeitraums verlangt (bis dahin / anteilig nach der Zeit / am Ende des Programms: { $name }), und „Probleme und Abweichungen“ sagt nicht, warum
finding-milestone-late = Der Meilenstein „{ $name }“ ist verspätet, und „Probleme und Abweichungen“ erwähnt das Pilotprojekt nicht
finding-document-without-bytes = Die Datei dieses Dokuments wurde nicht beigebracht

## Die Kennzahlen eines Berichts
report-figures = Kennzahlen
report-figures-aside = Jede öffnet die Ereignisse, die sie zählt
report-code = Code
report-figure = Kennzahl
report-value = Wert
report-target = Zielwert
report-behind = Was die Kennzahlen zählen
report-counted = { $counted } gezählt, { $left } geprüft und nicht gezählt
report-rule = Regel, Fassung { $version }
report-not-counted = Geprüft und nicht gezählt
report-more = { $count } weitere

## Die Uhr der Annahme
acceptance-title = Tage zum Entscheiden
acceptance-used = { $used } von { $days } Tagen verbraucht
acceptance-since = eingereicht am { $day }
acceptance-due = Entscheidung fällig am { $day }
acceptance-stopped = angehalten seit { $day } durch { $count ->
    [one] eine offene Rückfrage
   *[other] { $count } offene Rückfragen
}
acceptance-decided = entschieden am { $day }
acceptance-small = { $used } von { $days }
acceptance-small-stopped = { $used } von { $days }, angehalten

## Rückfragen zu einem Bericht
queries-title = Rückfragen
queries-by = Antwort erbeten bis { $day }
queries-answered = Beantwortet durch
queries-met = Beantwortet durch
queries-met-more = Was fehlte, ist aufgezeichnet, und { $figure } zählt es jetzt.
queries-open = Noch keine Antwort
queries-looks-at = Angesehen und nicht gezählt in { $figure }:
queries-answer = Antworten

## Speichern beim Schreiben
autosave-kept = In diesem Browser aufbewahrt; noch nicht aufgezeichnet
autosave-saving = Wird gespeichert …
autosave-saved = Gespeichert um { $time }
autosave-offline = Nicht erreicht: in diesem Browser aufbewahrt und gesendet, sobald das Netz wieder da ist
autosave-signed-out = Sie sind abgemeldet: in diesem Browser aufbewahrt. Melden Sie sich in einem anderen Fenster wieder an und schreiben Sie weiter
autosave-conflict = Jemand hat diesen Abschnitt inzwischen geändert. Nichts von Ihnen ist verloren: Speichern Sie, und beide Fassungen werden gezeigt
autosave-refused = Dies konnte nicht gespeichert werden; drücken Sie die Schaltfläche, um zu sehen, warum
