## What a report still lacks
findings-title = What is still missing
findings-none = Nothing is missing.
findings-more = { $count } more
findings-by = Who can mend it: { $roles }
findings-mend = Mend it
finding-visit-without-attendance = Nobody is recorded as present, so nobody counts in { $figure }
finding-meeting-without-attendance = Nobody is recorded as present, so nobody counts in { $figure }
finding-attendance-without-sheet = People are recorded as present without a signed sheet, so they do not count in { $figure }
finding-visit-without-learning = The visit ended on { $name } and has no learning and no reason for that
finding-learning-not-validated = The learning has waited { $name } days for an expert
finding-measurement-without-evidence = The value of “{ $name }” has no evidence
finding-agreement-unsigned = The agreement is not signed, or its document is missing, so it does not count in { $figure }
finding-city-without-activity = Nothing happened in this city in the period, and nobody took up anything for it
finding-correction-since = Event { $name } corrected something after the last accepted report; problems and deviations do not name the event
finding-empty-section = The section “{ $name }” is empty
finding-open-query = A question has no answer: { $name }
finding-figure-below-target = { $figure } is below what its target asks for by the end of the period (until then / in proportion to the time / at the programme’s end: { $name }), and problems and deviations do not say why
finding-milestone-late = The milestone “{ $name }” is late and problems and deviations do not mention the pilot
finding-document-without-bytes = The file of this document was not brought

## The figures of a report
report-figures = Figures
report-figures-aside = Each opens the events it counts
report-code = Code
report-figure = Figure
report-value = Value
report-target = Target
report-behind = What the figures count
report-counted = { $counted } counted, { $left } looked at and not counted
report-rule = rule version { $version }
report-not-counted = Looked at and not counted
report-more = { $count } more

## The acceptance clock
acceptance-title = Days for deciding
acceptance-used = { $used } of { $days } days used
acceptance-since = handed in on { $day }
acceptance-due = decision due by { $day }
acceptance-stopped = stopped since { $day } by { $count ->
    [one] an open question
   *[other] { $count } open questions
}
acceptance-decided = decided on { $day }
acceptance-small = { $used } of { $days }
acceptance-small-stopped = { $used } of { $days }, stopped

## Questions about a report
queries-title = Questions
queries-by = Answer asked for by { $day }
queries-answered = Answered by
queries-met = Answered by
queries-met-more = What was missing is on the record, and { $figure } counts it now.
queries-open = No answer yet
queries-looks-at = Looked at and not counted in { $figure }:
queries-answer = Answer

## Saving while writing
autosave-kept = Kept in this browser; not yet on the record
autosave-saving = Saving …
autosave-saved = Saved at { $time }
autosave-offline = Not reached: kept in this browser, and sent once the network is back
autosave-signed-out = You are signed out: kept in this browser. Sign in again in another window, then write on
autosave-conflict = Somebody else changed this section meanwhile. Nothing of yours is lost: save, and both are shown
autosave-refused = This could not be saved; press the button to see why
