## Viele Zeilen auf einmal
many-label = Was mit den gewählten Zeilen geschehen soll
many-chosen = Mit den gewählten
many-go = Weiter
many-pick = { $name } wählen
many-all = Alle Zeilen dieser Seite wählen
many-lede = Jede Zeile wird für sich aufgezeichnet. Eine Zeile, die die Regeln ablehnen, sagt warum; die anderen werden trotzdem aufgezeichnet.
many-which = Für welche
many-none = Keine Zeile ist gewählt. Gehen Sie zurück zur Liste und kreuzen Sie einige an.
many-back = Zurück zur Liste
many-do = { $title }: { $count ->
    [one] eine Zeile
   *[other] { $count } Zeilen
}
many-title = Ergebnis: { $title }
many-done = { $done } von { $count } erledigt.
many-together = Was hier aufgezeichnet wurde, gehört zusammen: Die Ereignisse tragen dieselbe Korrelation.
many-results = Was aus jeder Zeile wurde
many-row = Zeile
many-result = Ergebnis
many-refused = Nicht aufgezeichnet.
many-half = Davor aufgezeichnet:
many-already = Es war schon so; nichts musste aufgezeichnet werden.
actions-ways = Wessen Maßnahmen
actions-all = Alle
actions-mine = Meine
actions-city = Die meiner Stadt
