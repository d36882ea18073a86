## Many rows at once
many-label = What to do with the rows chosen
many-chosen = With those chosen
many-go = Go on
many-pick = Choose { $name }
many-all = Choose all rows of this page
many-lede = Each row is recorded for itself. A row that the rules refuse says why; the others are recorded all the same.
many-which = For which
many-none = No row is chosen. Go back to the list and tick some.
many-back = Back to the list
many-do = { $title }: { $count ->
    [one] one row
   *[other] { $count } rows
}
many-title = Result: { $title }
many-done = { $done } of { $count } done.
many-together = What was recorded here belongs together: the events carry the same correlation.
many-results = What became of each row
many-row = Row
many-result = Result
many-refused = Not recorded.
many-half = Recorded before that:
many-already = It stood so already; nothing had to be recorded.

## Whose actions
actions-ways = Whose actions
actions-all = Everybody’s
actions-mine = Mine
actions-city = My city’s
