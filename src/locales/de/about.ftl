## Aktivität
foot-activity = Aktivität
activity-lede = Was erfasst wurde, das Neueste zuerst. Jede Zeile ist ein Ereignis; nichts wird je entfernt.

## Systemstatus
foot-status = Systemstatus
status-well = Das Protokoll nimmt Befehle an, und jede Seite zeigt seinen neuesten Stand.
status-ill = Etwas braucht die Personen, die diesen Dienst betreiben.
status-log = Das Protokoll
status-events = { $count } Ereignisse
status-writable = Nimmt Befehle an
status-origin = Ursprung
status-checkpoint = Signierter Prüfpunkt
status-models = Lesemodelle
status-model = Lesemodell
status-upto = Bis Ereignis
status-behind = Rückstand
status-stopped = Zustand
status-runs = folgt dem Protokoll
status-none-parked = Kein Gegenstand wird zurückgehalten.

## Erklärung zur Barrierefreiheit
foot-accessibility = Erklärung zur Barrierefreiheit
accessibility-lede = Alle, die teilnehmen, müssen diesen Dienst nutzen können. Unser Ziel ist WCAG 2.2, Stufe AA (EN 301 549).
accessibility-how-title = Wie er gemacht ist
accessibility-how = Jede Seite ist so gemacht, dass sie ohne Skripte, nur mit der Tastatur, hell und dunkel und auf einem schmalen Telefon funktioniert.
    Zu Diagrammen und Karten steht dieselbe Information in Worten oder in einer Tabelle daneben. Farbe sagt nie allein etwas aus. Neues verschiebt nie, was Sie gerade lesen.
accessibility-known-title = Was noch nicht gut ist
accessibility-known = Kalender in Datumsfeldern folgen der Sprache Ihres Browsers, nicht der Seite.
    Hochgeladene Dokumente sind so barrierefrei, wie sie erstellt wurden.
    Texte, die Personen schreiben, behalten ihre Sprache und werden nicht übersetzt.
accessibility-checked-title = Wie geprüft wurde
accessibility-checked = Mit Tests in einem Browser, einer davon nur mit der Tastatur, und durch Ansehen der Seiten auf breiten und schmalen Bildschirmen.
    Noch nicht geprüft: eine Vergrößerung von 400 %, ein vollständiger Lauf eines automatischen Prüfprogramms und die Nutzung durch Personen, die auf einen Screenreader angewiesen sind.
accessibility-tell-title = Sagen Sie es uns
accessibility-tell = Wenn Sie etwas am Teilnehmen hindert, wenden Sie sich an die Koordination Ihres Programms. Sie erhalten innerhalb von zwei Wochen eine Antwort.

## Datenschutz
foot-privacy = Datenschutz
privacy-lede = Was dieser Dienst über Personen speichert und was Sie verlangen können (DSGVO, Verordnung (EU) 2018/1725).
privacy-what-title = Was gespeichert wird
privacy-what = Ihr Name, Ihre E-Mail-Adresse und Telefonnummer, Ihre Arbeitsstelle, Ihre Sprachen, die Rolle, in der Sie handeln, und was Sie erfasst oder woran Sie teilgenommen haben.
    Keine Nachverfolgung: Ein Cookie hält Sie angemeldet, ein weiteres merkt sich die gewählte Sprache, und nichts wird von anderen Websites geladen.
privacy-where-title = Wo es gespeichert wird
privacy-where = Namen, Adressen und Telefonnummern liegen verschlüsselt in einem Tresor, unter einem Schlüssel für jede Person. Das Protokoll selbst enthält nur einen versiegelten Platzhalter, der nichts verrät.
privacy-who-title = Wer es sehen darf
privacy-who = Die Koordination Ihres Programms, die Administration und alle, die mit Ihnen arbeiten: die Delegation Ihrer Stadt und die Personen Ihrer Besuche. Die GD REGIO und die Prüfstellen sehen Rollen und Anzahlen, keine Namen.
privacy-long-title = Wie lange
privacy-long = So lange, wie die Unterlagen des Programms aufbewahrt werden müssen (fünf Jahre nach Zahlung des Restbetrags, Verordnung 2024/2509, Artikel 133), sofern Sie nicht früher die Löschung verlangen und nichts sie verbietet.
privacy-rights-title = Was Sie verlangen können
privacy-rights = Auf Ihrer eigenen Seite erhalten Sie alles, was über Sie gespeichert ist, und ein Formular für die Löschung. Eine Löschung vernichtet Ihren Schlüssel: Ihr Name steht dann nirgends mehr, während Zahlen und Nachweise bleiben, wie sie waren.
    Sie können auch Berichtigungen verlangen und sich bei Ihrer Datenschutzbehörde oder dem Europäischen Datenschutzbeauftragten beschweren.
