## Dokumente und ihre Dateien
papers-new = Dokument hinzufügen
papers-new-lede = Wählen Sie die Datei, oder fotografieren Sie die unterzeichnete Liste. Ihr Fingerabdruck kommt in das Protokoll, damit alle prüfen können, dass sie nicht geändert wurde.
papers-file = Die Datei
papers-file-hint = Ein PDF, ein Bild oder eine andere Datei von höchstens 50 MiB
papers-file-needed = Wählen Sie die Datei
papers-claim = Die unterzeichnete Liste
papers-get = Datei herunterladen
papers-bring = Datei beibringen
papers-missing = Die Datei ist noch nicht hier.
papers-missing-more = Ihr Fingerabdruck ist erfasst. Bringen Sie die Datei bei, die dazu passt.
form-RegisterDocument-city = Die Stadt, aus der es kommt
papers-erased = Wird niemandem gegeben.
papers-erased-more = Das Dokument nennt eine gelöschte Person. Die Koordination setzt eine Kopie ohne diesen Namen an seine Stelle.
papers-redacted = Durch eine Kopie ersetzt.
papers-redacted-more = Die Datei wurde gelöscht, weil sie eine gelöschte Person nannte. Was sie belegt, gilt weiter.
papers-redacted-copy = Kopie öffnen
papers-redacts = Die Kopie tritt an die Stelle des oben genannten Dokuments. Dessen Datei wird sofort und endgültig gelöscht; halten Sie die Kopie bereit.
