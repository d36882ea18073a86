## Every page
tagline = The shared, verifiable record of cities working together
skip = Skip to main content
title-past = As of { $day }: { $title }
search = Search
search-label = Search cities, visits, learnings, pilots, or go to an event by its number
search-hint = City, visit, event number
search-title = Search: { $words }
search-nothing = Nothing carries these words. Try fewer, or a name without its accents.
menu = Main
menu-overview = Overview
menu-partnerships = Partnerships
menu-visits = Visits
menu-pilots = Pilots
menu-learnings = Learnings
menu-cities = Cities
menu-reports = Reports
menu-audit = Audit trail
breadcrumb = Breadcrumb
pages = Pages
pages-next = Next page
yes = yes
no = no
foot-label = Footer
foot-what = keeps the record of cooperation between cities. Nothing in it is overwritten: a mistake is corrected by a later event, and both stay.
foot-sources = Land outline: Natural Earth, public domain. Coordinates of cities: GeoNames, CC BY 4.0.
foot-record = How the record is kept
foot-programmes = Programmes
foot-people = People
foot-documents = Documents
foot-api = Try the API

## The demo
sample-data = Sample data.
sample-data-more = A programme told from public sources, with invented people and illustrative figures.
demo-next-day = Play the next day
demo-sign-in = Sign in to play the next day

## The moment shown
strip-label = Moment shown
strip-now = Now
strip-past = You are looking at the past
strip-after-event = after event
strip-moment = { $day } { $year }, { $time } UTC
strip-earlier = See an earlier moment (UTC)
strip-earlier-short = See an earlier moment
strip-show = Show
strip-return = Return to now
live-reload = 1 newer event. Show|# newer events. Show
date-range = { $from } to { $to }

## Signing in
sign-in = Sign in
sign-out = Sign out
sign-in-lede = With your e-mail address and password, or with a token.
sign-in-demo = The people of the sample are invented. Choose one to act as.
sign-in-token = Token
sign-in-hint = An administrator makes one with “koinon token create”.
sign-in-failed = This token is not known, or has ended. Check that it is complete, or ask for a new one.
account = Your account
account-may = What you may do
account-until = until { $day }

## The overview
dash-title = Programme overview
dash-programme = Programme
dash-for = for { $who }
dash-headline = { $count ->
    [0] No city has joined yet
    [one] One city at the start
   *[other] { $count } cities learning from each other
}
dash-lede-now = Delegations are in { $hosts } today.
dash-lede-held = { $count ->
    [one] One visit has taken place.
   *[other] { $count } visits have taken place.
}
dash-lede-coming = { $count ->
    [one] One more is to come.
   *[other] { $count } more are to come.
}
dash-lede-nothing = No visit has been held yet.
dash-aside = What needs you, and activity
dash-empty = Nothing is recorded yet
dash-empty-more = A coordinator begins with the programme: CreateProgramme, then cities and partnerships. What is recorded shows here at once.
dash-figures = Key figures
dash-map = Who works with whom
dash-map-yellow = Yellow: visit under way today
dash-visits = Visits, { $from } to { $to }
dash-visits-none = Visits
dash-visits-caption = Visits by partnership, { $from } to { $to }. Each bar is a link to the visit.
dash-visits-all = { $count ->
    [one] The one visit
   *[other] All { $count } visits as a list
}
dash-pilots = Pilots by stage
dash-pilots-all = { $count ->
    [0] No pilot yet
    [one] The one pilot
   *[other] All { $count } pilots
}
dash-learnings = Learnings by theme
dash-learnings-all = Read the learnings
dash-learnings-caption = { $count ->
    [one] One learning.
   *[other] { $count } learnings.
} A learning is counted once, under its main theme.
dash-needs = Needs somebody
dash-activity = Activity
figure-cities = { $count ->
    [one] city
   *[other] cities
}
figure-cities-of = { $europe } in Europe, { $elsewhere } elsewhere
figure-partnerships = { $count ->
    [one] partnership
   *[other] partnerships
}
figure-partnerships-of = { $active } active, { $done } completed
figure-visits = { $count ->
    [one] visit
   *[other] visits
}
figure-visits-of = { $done } held, { $now } under way
figure-learnings = { $count ->
    [one] learning
   *[other] learnings
}
figure-learnings-of = { $visits } from visits, { $meetings } from meetings
figure-projects = { $count ->
    [one] cooperation project
   *[other] cooperation projects
}
figure-projects-of = { $active } active, { $done } completed
figure-pilots = { $count ->
    [one] pilot
   *[other] pilots
}
figure-pilots-of = { $launched } running, { $done } finished
events-count = { $count ->
    [0] no events yet
    [one] 1 event
   *[other] { $count } events
}
events-behind = behind “{ $name }”
map-title = World map: cities, each joined to its partners. The same information is in the table of visits below.
map-europe = Europe, enlarged
map-partnership = Partnership
map-now = Visit under way
map-empty = Cities show here once they are selected.
visit-in = in { $host }
visits-without-partnership = Without a partnership
visits-empty = No visit has dates yet. A coordinator schedules the first.
legend-planned = Planned
legend-confirmed = Confirmed
legend-now = Under way
legend-done = Held
legend-today = Today, { $day }
stage-proposed = Proposed
stage-planned = In preparation
stage-approved = Approved
stage-launched = Launched
stage-evaluated = Evaluated
stage-empty = None at this stage.
pilot-measured = { $value } of { $target } { $unit }
theme-none = Without a theme
rule-month = Month { $month } of { $total }
rule-before = Before the first month
rule-after = The months are over
needs-nothing = Nothing waits for anybody.
needs-of = { $shown } of { $total }
need-confirm = Confirm the visit in { $host }
need-start = Say whether the visit began
need-complete = Complete the visit
need-learning = Record what was learned
need-new-days = Give the visit new days
need-approve = Approve the plan ({ $cities })
need-report = Answer the returned report { $number }
days-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
feed-live = Live. Times are UTC.
feed-utc = Times are UTC.
feed-reload = Reload for newer events.
feed-pause = Pause
feed-go-on = Go on
feed-show-one = Show 1 new event
feed-show-many = Show # new events
feed-all = All { $count } events in the audit trail
day-today = Today, { $day }
day-yesterday = Yesterday, { $day }

## Lists
filter-label = Filter
filter-words = Words
filter-status = Status
filter-any = Any
filter-go = Filter
filter-clear = Clear
filter-since = From
filter-until = To
filter-type = Kind of event
filter-any-type = All kinds
filter-anybody = Anybody
filter-actor = Who
rows-count = { $count ->
    [0] Nothing fits
    [one] One entry
   *[other] { $count } entries
}
rows-theme = on { $theme }
column-status = Status
column-theme = Theme
column-bar = Bar
column-learnings = Learnings
column-partnership = Partnership
column-visits = Visits by month
column-event = Event
column-when = When (UTC)
column-who = Who
column-what = What
column-on = On what
column-why = Why
column-period = Period
column-value = Value
column-evidence = Evidence
list-programmes = Programmes
list-programmes-lede = What is funded, for whom, and until when.
list-programmes-empty = No programme yet. A coordinator creates the first.
list-cities = Cities
list-cities-lede = Who takes part, who asked to, and who left.
list-cities-empty = No city fits. Cities are registered by a coordinator.
list-partnerships = Partnerships
list-partnerships-lede = Cities of two or more countries that agreed to work together.
list-partnerships-empty = No partnership fits. A coordinator proposes one, and every city accepts it.
list-people = People
list-people-lede = Who works in the programme. Names show to those who may know them.
list-people-empty = Nobody fits, or nobody whom you may see.
list-visits = Visits
list-visits-lede = Study visits, expert missions, return visits and masterclasses, in either direction.
list-visits-empty = No visit fits. A coordinator or a city schedules one.
list-meetings = Meetings
list-meetings-lede = Kick-offs, bilateral and thematic meetings, and webinars.
list-meetings-empty = No meeting fits.
list-learnings = Learnings
list-learnings-lede = What was learned, why it works, and what it takes to use it elsewhere.
list-learnings-empty = No learning fits. Delegates record them during and after a visit.
list-projects = Cooperation projects
list-projects-lede = What partners agreed to work on together.
list-projects-empty = No cooperation project fits.
list-pilots = Pilots
list-pilots-lede = Learnings tried out in a city, from the first idea to the decision to go on.
list-pilots-empty = No pilot fits. Pilots grow from learnings and cooperation projects.
list-actions = Actions
list-actions-lede = What somebody took up, and by when.
list-actions-empty = No action fits.
list-documents = Documents
list-documents-lede = What is registered as evidence, by its hash.
list-documents-empty = No document fits.
list-reports = Reports
list-reports-lede = What was told to the funder, frozen at a position of the record.
list-reports-empty = No report is open yet. A coordinator opens one for a period.

## One subject
detail-aside = History
detail-facts = What is recorded
detail-history = History
detail-version = Version { $version }
detail-counts-in = Counted in the figure “{ $figure }”: see its events
report-number = Report for period { $number }
sessions-local = Times are local to the host city.
indicator-from-to = from { $baseline } to { $target } { $unit }
no-evidence = no evidence yet
not-measured = Not measured yet.
called-erased = erased person
called-unnamed = a person
called-role-of = { $role } of { $city }
actor-system = Koinon

## The audit trail
audit-title = { $count ->
    [one] One event, and nothing overwritten
   *[other] { $count } events, nothing overwritten
}
audit-figure = { $count ->
    [one] the event behind “{ $figure }”
   *[other] the { $count } events behind “{ $figure }”
}
audit-lede = Who did what, when and why. A mistake is corrected by a later event, and both stay.
audit-events = Events
event-inside = The record
audit-caption = Events, newest first. The number in the first column opens the event.
audit-newest = newest first
audit-empty = No event fits. Widen the filter.
audit-range = Events { $first } to { $last }
audit-older = Older: { $last } and before
audit-show = , show the event
atom-title = Koinon: what happened
audit-corrects = corrects
audit-recorded = What was recorded
audit-data-of = Data of event { $position }
audit-intact = Is it intact?
audit-check = Not checked on this page. “koinon verify” recomputes every hash and names the first record that does not match.
audit-hash = Leaf hash
audit-version = Version
proof-title = The log this event is in
proof-log = The log
proof-origin = Name of the log
proof-size = Events in the log
proof-root = Root hash
proof-file = Download the proof that this event is in the log
proof-checkpoint = The signed checkpoint
proof-more = The proof holds the signed checkpoint. Anyone can check it, without this site, with the key of the log.
audit-history = All that happened to this subject
events-shown = { $count ->
    [0] No event
    [one] 1 event
   *[other] { $count } events
}
event-number = event { $number }
event-title = Event { $number }
event-before = The event before
event-after = The event after
event-unknown = recorded something that this version cannot read
reason-ending = Reason: { $reason }

## When something goes wrong
trouble-home = Go to the overview
trouble-404 = There is nothing here
trouble-404-more = The address may be mistyped, or it is something that you may not see. The overview leads to everything that you may.
trouble-403 = This is not yours to do
trouble-401 = Sign in first
trouble-401-more = This page is for people who are signed in.
trouble-409 = This cannot be done as things stand
trouble-500 = Something went wrong on our side
trouble-reference = Tell the people who run this: reference { $reference }.
problem-lede = This is the type of a refusal. The answer that pointed here says in “detail” what it was that time, and what to do.
detail-export = Everything that is held on this person (JSON)
report-files = Files
report-files-of = The record up to position { $position }
report-file-pdf = Document to read, print and keep (PDF/A)
report-file-xlsx = Workbook (XLSX)
report-file-csv = Figures as a table (CSV)
report-file-json = Everything, for programs (JSON)
report-file-html = Page to read on a screen (HTML)
report-file-iati = Activities for publication (IATI 2.03)
report-file-bundle = Report with its evidence, to be checked by anyone (ZIP)
report-file-size = { $size } kB
report-missing = What is still missing
report-nothing-missing = Nothing that the program can find.
report-mender-coordinator = A coordinator can mend it.
report-mender-delegate = A delegate of a city can mend it.
report-mender-expert = An expert can mend it.
report-mend = Mend it
report-changed = What changed since the last version
report-nothing-changed = Nothing changed.
report-changed-because = It was returned because: { $reasons }
report-entered = counted now:
report-left = no longer counted:
report-writing = What people write
report-write = Write
report-not-written = Nothing yet
report-counts-now = counts now; before: { $why }
report-counts-new = is new
report-counts-no-more = counts no more: { $why }
report-counts-gone = is not looked at any more
said-conclusion = What came of it:
said-hidden = Hidden from view. Reason: { $reason }
said-changed = changed since
