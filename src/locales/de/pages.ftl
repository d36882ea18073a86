## Jede Seite
tagline = Das gemeinsame, überprüfbare Protokoll der Zusammenarbeit von Städten
skip = Zum Hauptinhalt springen
title-past = Stand { $day }: { $title }
search = Suchen
search-label = Städte, Besuche, Erkenntnisse oder Pilotprojekte suchen, oder mit der Nummer zu einem Ereignis gehen
search-hint = Stadt, Besuch, Ereignisnummer
search-title = Suche: { $words }
search-nothing = Nichts enthält diese Wörter. Versuchen Sie es mit weniger Wörtern oder einem Namen ohne Akzente.
menu = Hauptmenü
menu-overview = Überblick
menu-partnerships = Partnerschaften
menu-visits = Besuche
menu-pilots = Pilotprojekte
menu-learnings = Erkenntnisse
menu-cities = Städte
menu-reports = Berichte
menu-audit = Prüfpfad
breadcrumb = Brotkrümelnavigation
pages = Seiten
pages-next = Nächste Seite
yes = ja
no = nein
foot-label = Fußzeile
foot-what = führt das Protokoll der Zusammenarbeit zwischen Städten. Nichts darin wird überschrieben: Ein Fehler wird durch ein späteres Ereignis berichtigt, und beide bleiben.
foot-sources = Landumrisse: Natural Earth, gemeinfrei. Koordinaten der Städte: GeoNames, CC BY 4.0.
foot-record = Wie das Protokoll geführt wird
foot-programmes = Programme
foot-people = Personen
foot-documents = Dokumente
foot-api = API ausprobieren

## Die Vorführung
sample-data = Beispieldaten.
sample-data-more = Ein Programm nach öffentlichen Quellen, mit erfundenen Personen und beispielhaften Zahlen.
demo-next-day = Nächsten Tag abspielen
demo-sign-in = Anmelden, um den nächsten Tag abzuspielen

## Der gezeigte Zeitpunkt
strip-label = Gezeigter Zeitpunkt
strip-now = Jetzt
strip-past = Sie sehen die Vergangenheit
strip-after-event = nach Ereignis
strip-moment = { $day } { $year }, { $time } UTC
strip-earlier = Früheren Zeitpunkt ansehen (UTC)
strip-earlier-short = Früheren Zeitpunkt ansehen
strip-show = Anzeigen
strip-return = Zurück zu jetzt
live-reload = 1 neueres Ereignis. Anzeigen|# neuere Ereignisse. Anzeigen
date-range = { $from } bis { $to }

## Anmelden
sign-in = Anmelden
sign-out = Abmelden
sign-in-lede = Mit E-Mail-Adresse und Passwort oder mit einem Token.
sign-in-demo = Die Personen des Beispiels sind erfunden. Wählen Sie eine, als die Sie handeln.
sign-in-token = Token
sign-in-hint = Die Administration erstellt eines mit „koinon token create“.
sign-in-failed = Dieses Token ist nicht bekannt oder abgelaufen. Prüfen Sie, ob es vollständig ist, oder bitten Sie um ein neues.
account = Ihr Konto
account-may = Was Sie dürfen
account-until = bis { $day }

## Der Überblick
dash-title = Programmüberblick
dash-programme = Programm
dash-for = für { $who }
dash-headline = { $count ->
    [0] Noch keine Stadt ist dabei
    [one] Eine Stadt am Anfang
   *[other] { $count } Städte lernen voneinander
}
dash-lede-now = Delegationen sind heute in { $hosts }.
dash-lede-held = { $count ->
    [one] Ein Besuch hat stattgefunden.
   *[other] { $count } Besuche haben stattgefunden.
}
dash-lede-coming = { $count ->
    [one] Einer kommt noch.
   *[other] { $count } kommen noch.
}
dash-lede-nothing = Es hat noch kein Besuch stattgefunden.
dash-aside = Was Sie braucht, und Aktivität
dash-empty = Es ist noch nichts erfasst
dash-empty-more = Die Koordination beginnt mit dem Programm: CreateProgramme, dann Städte und Partnerschaften. Was erfasst wird, erscheint hier sofort.
dash-figures = Kennzahlen
dash-map = Wer mit wem arbeitet
dash-map-yellow = Gelb: Besuch findet heute statt
dash-visits = Besuche, { $from } bis { $to }
dash-visits-none = Besuche
dash-visits-caption = Besuche nach Partnerschaft, { $from } bis { $to }. Jeder Balken ist ein Link zum Besuch.
dash-visits-all = { $count ->
    [one] Der eine Besuch
   *[other] Alle { $count } Besuche als Liste
}
dash-pilots = Pilotprojekte nach Stand
dash-pilots-all = { $count ->
    [0] Noch kein Pilotprojekt
    [one] Das eine Pilotprojekt
   *[other] Alle { $count } Pilotprojekte
}
dash-learnings = Erkenntnisse nach Thema
dash-learnings-all = Erkenntnisse lesen
dash-learnings-caption = { $count ->
    [one] Eine Erkenntnis.
   *[other] { $count } Erkenntnisse.
} Eine Erkenntnis zählt einmal, unter ihrem Hauptthema.
dash-needs = Wartet auf jemanden
dash-activity = Aktivität
figure-cities = { $count ->
    [one] Stadt
   *[other] Städte
}
figure-cities-of = { $europe } in Europa, { $elsewhere } anderswo
figure-partnerships = { $count ->
    [one] Partner­schaft
   *[other] Partner­schaften
}
figure-partnerships-of = { $active } aktiv, { $done } abgeschlossen
figure-visits = { $count ->
    [one] Besuch
   *[other] Besuche
}
figure-visits-of = { $done } durchgeführt, { $now } im Gange
figure-learnings = { $count ->
    [one] Erkenntnis
   *[other] Erkenntnisse
}
figure-learnings-of = { $visits } aus Besuchen, { $meetings } aus Treffen
figure-projects = { $count ->
    [one] Kooperations­projekt
   *[other] Kooperations­projekte
}
figure-projects-of = { $active } aktiv, { $done } abgeschlossen
figure-pilots = { $count ->
    [one] Pilot­projekt
   *[other] Pilot­projekte
}
figure-pilots-of = { $launched } laufend, { $done } beendet
events-count = { $count ->
    [0] noch keine Ereignisse
    [one] 1 Ereignis
   *[other] { $count } Ereignisse
}
events-behind = hinter „{ $name }“
map-title = Weltkarte: Städte, jede mit ihren Partnern verbunden. Dieselbe Information steht in der Tabelle der Besuche darunter.
map-europe = Europa, vergrößert
map-partnership = Partnerschaft
map-now = Besuch im Gange
map-empty = Städte erscheinen hier, sobald sie ausgewählt sind.
visit-in = in { $host }
visits-without-partnership = Ohne Partnerschaft
visits-empty = Noch hat kein Besuch einen Termin. Die Koordination setzt den ersten an.
legend-planned = Geplant
legend-confirmed = Bestätigt
legend-now = Im Gange
legend-done = Durchgeführt
legend-today = Heute, { $day }
stage-proposed = Vorgeschlagen
stage-planned = In Vorbereitung
stage-approved = Genehmigt
stage-launched = Gestartet
stage-evaluated = Ausgewertet
stage-empty = Keines auf diesem Stand.
pilot-measured = { $value } von { $target } { $unit }
theme-none = Ohne Thema
rule-month = Monat { $month } von { $total }
rule-before = Vor dem ersten Monat
rule-after = Die Monate sind vorbei
needs-nothing = Nichts wartet auf jemanden.
needs-of = { $shown } von { $total }
need-confirm = Den Besuch in { $host } bestätigen
need-start = Angeben, ob der Besuch begonnen hat
need-complete = Den Besuch abschließen
need-learning = Erfassen, was gelernt wurde
need-new-days = Dem Besuch neue Tage geben
need-approve = Den Plan genehmigen ({ $cities })
need-report = Den zurückgegebenen Bericht { $number } beantworten
days-late = { $days ->
    [one] 1 Tag verspätet
   *[other] { $days } Tage verspätet
}
feed-live = Live. Zeiten in UTC.
feed-utc = Zeiten in UTC.
feed-reload = Für neuere Ereignisse neu laden.
feed-pause = Anhalten
feed-go-on = Fortsetzen
feed-show-one = 1 neues Ereignis anzeigen
feed-show-many = # neue Ereignisse anzeigen
feed-all = Alle { $count } Ereignisse im Prüfpfad
day-today = Heute, { $day }
day-yesterday = Gestern, { $day }

## Listen
filter-label = Filter
filter-words = Wörter
filter-status = Status
filter-any = Alle
filter-go = Filtern
filter-clear = Zurücksetzen
filter-since = Von
filter-until = Bis
filter-type = Art des Ereignisses
filter-any-type = Alle Arten
filter-anybody = Alle
filter-actor = Wer
rows-count = { $count ->
    [0] Nichts passt
    [one] Ein Eintrag
   *[other] { $count } Einträge
}
rows-theme = zu { $theme }
column-status = Status
column-theme = Thema
column-bar = Balken
column-learnings = Erkenntnisse
column-partnership = Partnerschaft
column-visits = Besuche nach Monat
column-event = Ereignis
column-when = Wann (UTC)
column-who = Wer
column-what = Was
column-on = Wozu
column-why = Warum
column-period = Zeitraum
column-value = Wert
column-evidence = Nachweis
list-programmes = Programme
list-programmes-lede = Was finanziert wird, für wen und bis wann.
list-programmes-empty = Noch kein Programm. Die Koordination legt das erste an.
list-cities = Städte
list-cities-lede = Wer teilnimmt, wer darum gebeten hat und wer gegangen ist.
list-cities-empty = Keine Stadt passt. Städte werden von der Koordination registriert.
list-partnerships = Partnerschaften
list-partnerships-lede = Städte aus zwei oder mehr Ländern, die vereinbart haben zusammenzuarbeiten.
list-partnerships-empty = Keine Partnerschaft passt. Die Koordination schlägt eine vor, und jede Stadt nimmt sie an.
list-people = Personen
list-people-lede = Wer im Programm arbeitet. Namen sehen nur, wer sie kennen darf.
list-people-empty = Niemand passt, oder niemand, den Sie sehen dürfen.
list-visits = Besuche
list-visits-lede = Studienbesuche, Fachmissionen, Gegenbesuche und Meisterklassen, in beiden Richtungen.
list-visits-empty = Kein Besuch passt. Die Koordination oder eine Stadt setzt einen an.
list-meetings = Treffen
list-meetings-lede = Auftakttreffen, bilaterale und thematische Treffen und Webinare.
list-meetings-empty = Kein Treffen passt.
list-learnings = Erkenntnisse
list-learnings-lede = Was gelernt wurde, warum es funktioniert und was es braucht, um es anderswo zu nutzen.
list-learnings-empty = Keine Erkenntnis passt. Delegierte erfassen sie während und nach einem Besuch.
list-projects = Kooperationsprojekte
list-projects-lede = Woran die Partner gemeinsam zu arbeiten vereinbart haben.
list-projects-empty = Kein Kooperationsprojekt passt.
list-pilots = Pilotprojekte
list-pilots-lede = Erkenntnisse, in einer Stadt erprobt, von der ersten Idee bis zum Beschluss weiterzumachen.
list-pilots-empty = Kein Pilotprojekt passt. Pilotprojekte gehen aus Erkenntnissen und Kooperationsprojekten hervor.
list-actions = Maßnahmen
list-actions-lede = Was jemand übernommen hat, und bis wann.
list-actions-empty = Keine Maßnahme passt.
list-documents = Dokumente
list-documents-lede = Was als Nachweis registriert ist, mit seinem Hashwert.
list-documents-empty = Kein Dokument passt.
list-reports = Berichte
list-reports-lede = Was der fördernden Stelle berichtet wurde, eingefroren an einer Position des Protokolls.
list-reports-empty = Noch ist kein Bericht eröffnet. Die Koordination eröffnet einen für einen Zeitraum.

## Ein Gegenstand
detail-aside = Verlauf
detail-facts = Was erfasst ist
detail-history = Verlauf
detail-version = Fassung { $version }
detail-counts-in = Zählt in der Kennzahl „{ $figure }“: ihre Ereignisse ansehen
report-number = Bericht über Zeitraum { $number }
sessions-local = Zeiten sind Ortszeiten der gastgebenden Stadt.
indicator-from-to = von { $baseline } auf { $target } { $unit }
no-evidence = noch kein Nachweis
not-measured = Noch nicht gemessen.
called-erased = gelöschte Person
called-unnamed = eine Person
called-role-of = { $role } von { $city }
actor-system = Koinon

## Der Prüfpfad
audit-title = { $count ->
    [one] Ein Ereignis, und nichts überschrieben
   *[other] { $count } Ereignisse, nichts überschrieben
}
audit-figure = { $count ->
    [one] das Ereignis hinter „{ $figure }“
   *[other] die { $count } Ereignisse hinter „{ $figure }“
}
audit-lede = Wer was wann und warum getan hat. Ein Fehler wird durch ein späteres Ereignis berichtigt, und beide bleiben.
audit-events = Ereignisse
audit-caption = Ereignisse, das Neueste zuerst. Die Nummer in der ersten Spalte öffnet das Ereignis.
audit-newest = das Neueste zuerst
audit-empty = Kein Ereignis passt. Erweitern Sie den Filter.
audit-range = Ereignisse { $first } bis { $last }
audit-older = Ältere: { $last } und davor
audit-show = , Ereignis anzeigen
atom-title = Koinon: was geschehen ist
audit-corrects = berichtigt
audit-recorded = Was erfasst wurde
audit-data-of = Daten von Ereignis { $position }
audit-intact = Ist es unversehrt?
audit-check = Auf dieser Seite nicht geprüft. „koinon verify“ berechnet jeden Hashwert neu und nennt den ersten Eintrag, der nicht stimmt.
audit-hash = Blatt-Hashwert
audit-version = Fassung
proof-title = Das Protokoll, in dem dieses Ereignis steht
proof-log = Das Protokoll
proof-origin = Name des Protokolls
proof-size = Ereignisse im Protokoll
proof-root = Wurzel-Hashwert
proof-file = Nachweis herunterladen, dass dieses Ereignis im Protokoll steht
proof-checkpoint = Der signierte Prüfpunkt
proof-more = Der Nachweis enthält den signierten Prüfpunkt. Alle können ihn ohne diese Website mit dem Schlüssel des Protokolls prüfen.
audit-history = Alles, was zu diesem Gegenstand geschah
events-shown = { $count ->
    [0] Kein Ereignis
    [one] 1 Ereignis
   *[other] { $count } Ereignisse
}
event-number = Ereignis { $number }
event-title = Ereignis { $number }
event-before = Das Ereignis davor
event-after = Das Ereignis danach
event-unknown = erfasste etwas, das diese Version nicht lesen kann
reason-ending = Grund: { $reason }

## Wenn etwas nicht gelingt
trouble-home = Zum Überblick
trouble-404 = Hier ist nichts
trouble-404-more = Vielleicht ist die Adresse vertippt, oder es ist etwas, das Sie nicht sehen dürfen. Der Überblick führt zu allem, was Sie sehen dürfen.
trouble-403 = Dazu sind Sie nicht berechtigt
trouble-401 = Melden Sie sich zuerst an
trouble-401-more = Diese Seite ist für angemeldete Personen.
trouble-409 = So, wie es steht, geht das nicht
trouble-500 = Bei uns ist etwas schiefgegangen
trouble-reference = Nennen Sie den Betreibenden die Kennung { $reference }.
problem-lede = Dies ist die Art einer Ablehnung. Die Antwort, die hierher verwies, sagt in „detail“, was es in dem Fall war und was zu tun ist.
detail-export = Alles, was über diese Person gespeichert ist (JSON)
report-files = Dateien
report-files-of = Das Protokoll bis Position { $position }
report-file-xlsx = Arbeitsmappe (XLSX)
report-file-csv = Kennzahlen als Tabelle (CSV)
report-file-json = Alles, für Programme (JSON)
report-file-html = Seite zum Lesen und Drucken (HTML)
report-file-iati = Aktivitäten zur Veröffentlichung (IATI 2.03)
report-file-bundle = Bericht mit seinen Nachweisen, für alle prüfbar (ZIP)
report-file-size = { $size } kB
report-missing = Was noch fehlt
report-nothing-missing = Nichts, was das Programm finden kann.
report-mender-coordinator = Die Koordination kann es beheben.
report-mender-delegate = Delegierte einer Stadt können es beheben.
report-mender-expert = Eine Fachperson kann es beheben.
report-mend = Beheben
report-changed = Was sich seit der letzten Fassung geändert hat
report-nothing-changed = Nichts hat sich geändert.
report-changed-because = Zurückgegeben wurde er aus diesen Gründen: { $reasons }
report-entered = jetzt gezählt:
report-left = nicht mehr gezählt:
event-inside = Die Aufzeichnung
report-file-pdf = Dokument zum Lesen, Drucken und Aufbewahren (PDF/A)
report-writing = Was Menschen schreiben
report-write = Schreiben
report-not-written = Noch nichts
report-counts-now = zählt jetzt; zuvor: { $why }
report-counts-new = ist neu
report-counts-no-more = zählt nicht mehr: { $why }
report-counts-gone = wird nicht mehr angesehen
said-conclusion = Ergebnis:
said-hidden = Ausgeblendet. Grund: { $reason }
said-changed = seitdem geändert
