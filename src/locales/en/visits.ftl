## Papers and lists of a visit
visit-papers = Papers of this visit
visit-itinerary = Itinerary
visit-checklist = Checklists
visit-sheet = Attendance sheet to print
visit-attendance = Who was there
visit-clone = Schedule a visit like this one
visit-copy = Copy an itinerary here
tongues-label = Languages of this paper
tongues-beside = Beside English:
tongues-none = nothing
tongues-print = Print

## The attendance sheet on paper
sheet-lede = Print it, let everybody sign, then bring a picture of it where you record who was there. Each session has a sheet of its own.
sheet-title = Attendance sheet
sheet-visit = Visit
sheet-host = Host
sheet-days = Days
sheet-session = Session
sheet-whole = The visit as a whole
sheet-funder = Funded by
sheet-statement = With my signature I confirm that I took part. The sheet is kept as evidence for the funder and shown to auditors only.
sheet-name = Name
sheet-organisation = Organisation
sheet-city = City
sheet-signature = Signature
sheet-foot = Prefilled from the record after event { $position }

## The itinerary on paper
itinerary-draft = A draft: the itinerary is not published yet.
itinerary-empty = No session is planned yet.
itinerary-no-day = Day still open
itinerary-time = Time
itinerary-what = What
itinerary-where = Where
itinerary-who = With
itinerary-people = Who comes
itinerary-expert = accompanying expert
itinerary-arranged = What is arranged
itinerary-state = State
itinerary-due = Due

## Who was there, ticked on a phone
attendance-lede = Tick who is here, write how many others came from each city, and send. It can be recorded again; what was recorded before stays in the history.
attendance-for = For which session
attendance-whole = Whole visit
attendance-now = recorded
attendance-people = Expected
attendance-nobody = Nobody is named for this visit yet. Others can be counted below.
attendance-all = Tick everybody
attendance-others = Others, by city
attendance-others-hint = People who are not named above. Leave empty where there were none.
attendance-file = The signed sheet
attendance-file-hint = A picture or a PDF, at most 50 MiB. It can also be brought later; without it nobody is counted.
attendance-brought = The sheet is brought already.
attendance-reason = Why it is recorded anew
attendance-send = Record who was there
attendance-meanwhile = Somebody recorded this meanwhile, in event { $position }
attendance-meanwhile-more = Nothing of yours is lost. Send again if yours is right: it is then recorded on top of theirs.
attendance-theirs = There now: { $present } by name, { $others } others.
attendance-closed = Who was there can be recorded once the visit has begun, until it is closed.
attendance-not-yours = Recording who was there is for those who take part, and for coordinators. Ask the host or a coordinator.
attendance-nothing = Tick somebody, or write how many others came.
attendance-print = Print the sheet
attendance-title = { $visit }: signed attendance sheet

## The checklists
checklist-lede = What host and visitors have still to see to. A line is ticked once its event is on record.
checklist-host = For the host
checklist-visitors = For those who come
checklist-done = { $done } of { $count } done
checklist-is-done = Done
checklist-is-open = Open
check-host-confirms = The host confirms the visit
check-sessions = Sessions are planned
check-session-time = “{ $name }” has no day or no time
check-session-place = “{ $name }” has no place
check-itinerary = The itinerary is published
check-delegation-named = { $city } names who comes ({ $count } so far)
check-delegation-confirmed = The delegation is confirmed
check-expert = An expert accompanies the visit
check-arranged = { $name }: { $state }
check-not-arranged = { $name }: nobody noted how far it is
check-attendance = Who was there is recorded
check-learnings = What was learnt is recorded

## Ways to look at the visits
visits-ways = Ways to look at the visits
visits-list = List
visits-board = Board
visits-board-lede = Every visit by how far it is. Each opens its own page.
visits-calendar = Calendar
board-proposed = Without dates
board-scheduled = Scheduled
board-confirmed = Confirmed
board-under-way = Under way
board-completed = Completed
board-closed = Closed
board-empty = None at present.
board-no-days = No dates yet
calendar-months = Months
calendar-month = Month
calendar-today = today
calendar-until = until { $day }
calendar-as-list = The month as a list
calendar-empty = Nothing takes place in this month.

## An itinerary taken over
copy-lede = Choose a visit, then the sessions to take over. Days move along with the first day; place and speakers come along when the host is the same.
copy-none = No other visit has sessions that you can see.
copy-sessions = { $count ->
    [one] one session
   *[other] { $count } sessions
}
copy-from = From which visit
copy-show = Show its sessions
copy-caption = Sessions of { $visit }
copy-take = Take over
copy-day = Day here
copy-begins = Begins
copy-ends = Ends
copy-do = Add the sessions ticked
