## Was alle lesen dürfen
open-title = Offene Daten
open-lede = Was die Städte veröffentlicht haben: was sie voneinander gelernt haben, und die angenommenen Berichte.
open-licence = Veröffentlicht unter CC BY 4.0. Kennzahlen in Berichten nennen die Einträge, die sie zählen; der signierte Prüfpunkt des Protokolls steht unter /log/checkpoint.
