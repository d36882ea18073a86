## Tabellen zum Mitnehmen
table-cut = Diese Tabelle enthält nur die neuesten { $count } Ereignisse. Grenzen Sie die Suche ein, oder lesen Sie alle Seite für Seite unter /api/audit.
