## What a report still lacks
findings-title = What is still missing
findings-none = Nothing is missing.
findings-more = { $count } more
findings-by = may be mended by { $roles }
findings-mend = Mend it
finding-visit-without-attendance = Nobody is recorded as present, so nobody counts in { $figure }
finding-meeting-without-attendance = Nobody is recorded as present, so nobody counts in { $figure }
finding-attendance-without-sheet = People are recorded as present without a signed sheet, so they do not count in { $figure }
finding-visit-without-learning = The visit ended on { $name } and has no learning and no reason for that
finding-learning-not-validated = The learning has waited { $name } days for an expert
finding-measurement-without-evidence = The value of “{ $name }” has no evidence
finding-agreement-unsigned = The agreement is not signed, or its document is missing, so it does not count in { $figure }
finding-city-without-activity = Nothing happened in this city in the period
finding-correction-since = Event { $name } corrected something after the last accepted report; say so
finding-empty-section = The section “{ $name }” is empty
finding-open-query = A question has no answer: { $name }
finding-figure-below-target = { $figure } is below its target ({ $name }) and problems and deviations do not say why
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
