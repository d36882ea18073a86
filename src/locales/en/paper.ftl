## The periodic report as a document to read, print and keep (PDF). It is written in English alone.
paper-kind = Periodic report
paper-subtitle = Report on period { $period }, { $from } to { $to }
paper-title = { $programme }: report on period { $period }
paper-description = What the record of the programme shows at position { $size } of its log.
paper-foot = { $title } · position { $size } of the log { $origin }
paper-page = Page { "{page}" } of { "{pages}" }
paper-link = Leads to page
paper-attachment = The whole report as data: every figure, what it counts, and the texts.
paper-sample = Sample data. People, figures and papers are invented; only the names and places of the cities are real.
paper-boxes = Some letters of this report are not in the fonts of this document and stand as □. Copying or reading them aloud gives the letters themselves, and so does the attached data.
paper-contents = Contents
paper-events = { $count ->
    [one] event { $positions }
   *[other] events { $positions }
}
paper-events-more = events { $positions } and { $count } more
paper-on-page = , page
paper-more = { $count } more in the attached data.

paper-fact-programme = Programme
paper-fact-funder = Funded by
paper-fact-behalf = On behalf of
paper-fact-implementing = Carried out by
paper-fact-contract = Contract
paper-fact-period = Period
paper-fact-scope = About
paper-fact-status = At this position
paper-fact-log = Log
paper-fact-size = Position
paper-fact-root = Root over all records up to there
paper-fact-id = Report
paper-scope-programme = the whole programme
paper-scope-strand = the cities of the strand { $name } alone
paper-scope-city = { $name } alone
paper-scope-partnership = the partnership { $name } alone
paper-status-draft = in writing; what was decided on it stands in later records
paper-status-submitted = handed in
paper-status-returned = returned, to be mended
paper-status-accepted = accepted
paper-status-reopened = opened again after it was accepted

paper-summary = Summary
paper-summary-lede = Every figure below was counted from the log at position { $size }; nobody typed a number. The small signs lead to the events that a figure counts. Figures that are nothing and have no target are left to the table of indicators.
paper-summary-table = Figures with their values and targets
paper-figure = Figure
paper-value = Value
paper-target = Target
paper-unit = Unit
paper-share = Reached
paper-towards = How far the figures with a target are
paper-towards-told = Bars of value against target: { $list }.
paper-towards-one = { $name } { $value } of { $target }

paper-indicators = Indicators
paper-indicators-lede = The codes of common indicators (Interreg) are used on the ground named here. What each counts, and what it looked at and did not count, stands under “{ $behind }”.
paper-indicators-table = Every indicator with its value, target, ground and rule
paper-code = Code
paper-indicator = Indicator
paper-ground = Code used
paper-rule = Rule
paper-counted = Counted
paper-not-counted = Not counted
paper-targets = Targets of the programme
paper-baseline = Baseline
paper-elsewhere = counted elsewhere

paper-sections = In the programme’s words
paper-sections-none = Nothing is written yet.
paper-section-of = { $section }: { $city }
paper-section-record = Written in record { $position }.

paper-map = Who works with whom
paper-map-lede = { $cities ->
    [one] One city takes part
   *[other] { $cities } cities take part
}, in { $ties ->
    [one] one pair
   *[other] { $ties } pairs
} that work together.
paper-map-told = Map of the world with an inset of Europe. Cities: { $cities }. Pairs: { $ties }.
paper-map-none = No city takes part yet.

paper-visits = Visits and expert days
paper-visits-table = Visits that fell into the period
paper-visits-none = No visit fell into the period.
paper-visit = Visit
paper-days = Days
paper-status = Status
paper-learnings-count = Learnings
paper-record = Record
paper-expert-days = Expert days
paper-expert-days-lede = Experts worked { $value } days on visits, by mission notes that were approved in the period.
paper-expert-days-table = Expert days by visit
paper-expert-days-none = No mission note was approved in the period.

paper-learnings = Learnings
paper-learnings-table = Learnings that were validated or published in the period
paper-learnings-none = No learning was validated or published in the period.
paper-learning = Learning
paper-origin = From

paper-pilots = Pilots
paper-pilots-none = No pilot was at work in the period.
paper-pilot-about = { $cities }. Status: { $status }. Record { $position }.
paper-pilot-told = Bars from baseline to target, with the last value measured: { $list }.
paper-pilot-one = { $name } in { $unit }, baseline { $baseline }, target { $target }, { $actual }
paper-pilot-table = What the pilot is measured by
paper-measured = Measured
paper-actual = Actual
paper-not-measured = not measured yet
paper-legend-baseline = Baseline
paper-legend-actual = Actual
paper-legend-target = Target

paper-decisions = Questions and decisions
paper-decisions-lede = What the record holds up to position { $size }. A decision on this very version can only stand after it.
paper-decisions-none = Up to this position the report was not handed in, and nothing was asked.
paper-handed-in = Handed in
paper-handed-in-table = Each time the report was handed in, and what was decided
paper-handed-in-on = Handed in on
paper-shows = Shows position
paper-decided = Decided
paper-decided-returned = Returned on { $day }: { $reasons }
paper-decided-on = Decided on { $day }
paper-decided-not = Not decided yet
paper-conditions = Accepted on conditions: { $conditions }
paper-questions = Questions
paper-questions-table = Questions asked about the report, and their answers
paper-question = Question
paper-asked = Asked
paper-answer = Answer
paper-answered = { $text } ({ $day }, record { $position })
paper-answer-due = Not answered yet; due { $day }
paper-answer-none = Not answered yet

paper-corrections = Corrections
paper-corrections-lede = What was corrected after the last accepted report of the programme was frozen.
paper-corrections-none = Nothing that the last accepted report counted was corrected since.
paper-corrections-table = Corrections since the last accepted report
paper-what = What
paper-why = Why
paper-corrects = Replaces

paper-behind = What the figures count
paper-behind-rule = { $definition } Rule version { $version }.
paper-behind-value = Value: { $value } ({ $unit }).
paper-behind-counted-table = What { $name } counts
paper-behind-left-table = What { $name } looked at and does not count
paper-behind-nothing = It counts nothing in this period.
paper-amount = Amount
paper-in-events = Events
paper-parts = Shares

paper-evidence = Annex: evidence
paper-evidence-lede = Documents that show what is counted. Whoever holds a document can compute its SHA-256 and compare.
paper-evidence-none = No document shows what is counted yet.
paper-evidence-table = Documents with their hashes
paper-document = Document
paper-bytes = Bytes
paper-hash = SHA-256

paper-check = How to check this report
paper-check-1 = The log can only grow. The root { $root } is the head of the Merkle tree (RFC 6962) over its first { $size } records; a signed checkpoint of the log with this size carries the same root.
paper-check-2 = Whoever holds these records, from a database or an export, computes this document anew, byte for byte: koinon report { $report } --as-of { $size } --format pdf -o DIR.
paper-check-3 = The evidence bundle (--format bundle) holds the exact bytes of every record named here, the proof that it is in the log, the checkpoint, the key, and a guide that needs no program of ours.
paper-check-4 = The same report as data lies in this document as { $file }. Its figures are those printed here.
paper-check-5 = What no log can prove is that an entry is true, or that nothing was left out.
