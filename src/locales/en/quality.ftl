## Data quality
quality = Data quality
quality-lede = What is incomplete or odd in the record, in one place, each with the form that mends it. Nothing here is forbidden; it only does not count, or puzzles whoever reads it later.
quality-none = Nothing is missing, and nothing is odd.
quality-count = { $count ->
    [one] One thing to look at
   *[other] { $count } things to look at
}
quality-kinds = What there is to mend
quality-all = Everything
quality-kind = What
quality-number = How many
finding-subject-stale = Nothing was recorded of it for { $name } days
finding-pilot-without-measurement = Launched { $name } days ago and not measured yet
finding-city-without-partnership = Selected { $name } days ago and in no partnership yet
finding-visit-overdue = Its last day was { $name }, and nobody said whether it took place
finding-meeting-overdue = It was due on { $name }, and nobody said whether it took place
finding-person-without-language = No language is on record
finding-person-without-city = A delegate without a city
finding-invitation-open = The invitation was not accepted within a month
finding-probably-twice = Probably there twice
finding-person-twice = Has the same name or e-mail address as somebody else
quality-visit-without-attendance = Visits without attendance
quality-meeting-without-attendance = Meetings without attendance
quality-attendance-without-sheet = Attendance without a signed sheet
quality-visit-without-learning = Visits without a learning
quality-learning-not-validated = Learnings that wait for an expert
quality-measurement-without-evidence = Measurements without evidence
quality-agreement-unsigned = Agreements without signature or document
quality-city-without-activity = Cities in which nothing happened
quality-document-without-bytes = Documents whose file is missing
quality-subject-stale = Without any news
quality-pilot-without-measurement = Pilots without measurements
quality-city-without-partnership = Cities without a partnership
quality-visit-overdue = Visits whose days are past
quality-meeting-overdue = Meetings whose day is past
quality-person-without-language = People without a language
quality-person-without-city = Delegates without a city
quality-invitation-open = Open invitations
quality-probably-twice = Probably there twice
quality-person-twice = People who may be the same
