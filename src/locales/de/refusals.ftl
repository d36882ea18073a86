## Ablehnungen zum Nachlesen
refusals = Ablehnungen
refusals-lede = Wem was abgelehnt wurde und nach welcher Regel, das Neueste zuerst. Nichts davon wurde aufgezeichnet.
refusals-kept = Einträge werden { $days } Tage aufbewahrt.
refusals-none = Es wurde nichts abgelehnt.
refusals-when = Wann
refusals-who = Wer
refusals-command = Befehl
refusals-subject = Worauf
refusals-rule = Nach welcher Regel
