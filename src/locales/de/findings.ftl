## Was einem Bericht noch fehlt
findings-title = Was noch fehlt
findings-none = Es fehlt nichts.
findings-more = { $count } weitere
findings-by = kann behoben werden durch { $roles }
findings-mend = Beheben
finding-visit-without-attendance = Es ist keine Anwesenheit erfasst, daher zählt niemand bei { $figure }
finding-meeting-without-attendance = Es ist keine Anwesenheit erfasst, daher zählt niemand bei { $figure }
finding-attendance-without-sheet = Die Anwesenheit ist ohne unterzeichnete Liste erfasst, daher zählt sie nicht bei { $figure }
finding-visit-without-learning = Der Besuch endete am { $name } und hat weder eine Erkenntnis noch eine Begründung dafür
finding-learning-not-validated = Die Erkenntnis wartet seit { $name } Tagen auf eine Fachperson
finding-measurement-without-evidence = Der Wert von „{ $name }“ hat keinen Nachweis
finding-agreement-unsigned = Die Vereinbarung ist nicht unterzeichnet oder ihr Dokument fehlt, daher zählt sie nicht bei { $figure }
finding-city-without-activity = In dieser Stadt geschah im Zeitraum nichts
finding-correction-since = Ereignis { $name } berichtigte etwas nach dem letzten angenommenen Bericht; erwähnen Sie es
finding-empty-section = Der Abschnitt „{ $name }“ ist leer
finding-open-query = Eine Frage ist unbeantwortet: { $name }
finding-figure-below-target = { $figure } liegt unter dem Zielwert ({ $name }), und „Probleme und Abweichungen“ sagt nicht, warum
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
