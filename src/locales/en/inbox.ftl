## Needs you: what waits, for whom, until when
menu-needs-you = Needs you
inbox-lede = { $count ->
    [0] Nothing waits for you.
    [one] One thing waits for you. It leaves this list once it is recorded.
   *[other] { $count } things wait for you. Each leaves this list once it is recorded.
}
inbox-nothing = When a visit, a learning, a pilot or a report needs you, it stands here with the day it is due.
inbox-late = Late
inbox-soon = Within a week
inbox-later = Later
inbox-due = due { $day }
inbox-was-due = was due { $day }
inbox-schedule-visit = Give the proposed visit its days
inbox-new-days = Give the postponed visit new days
inbox-confirm-visit = Confirm the visit for { $city }
inbox-name-delegation = Name who comes from { $city }
inbox-confirm-delegation = Confirm the delegation of { $city }
inbox-start-visit = Say whether the visit began
inbox-complete-visit = Complete the visit
inbox-record-attendance = Record who was there
inbox-attendance-sheet = Add the signed attendance sheet: without it nobody is counted
inbox-record-learning = Record what { $city } learned
inbox-mission-note = Hand in your mission note
inbox-approve-note = Approve the mission note
inbox-close-visit = Close the visit
inbox-accept-partnership = Accept the partnership for { $city }, or decline it
inbox-kick-off = Record the first meeting of the partnership
inbox-answer-advice = Answer the advice “{ $name }”
inbox-do-action = Do what was agreed
inbox-verify-action = Verify that it was done
inbox-accept-invitation = Accept your invitation
inbox-decide-erasure = Decide on a request for erasure
inbox-validate-learning = Say whether the learning is sound
inbox-publish-learning = Publish the validated learning
inbox-commit-adoption = Decide whether { $city } uses the learning
inbox-start-adoption = Say when { $city } began to use it
inbox-verify-adoption = Add the document by which { $city } laid it down
inbox-plan-pilot = Plan the pilot
inbox-approve-pilot = Approve the plan for { $city }
inbox-launch-pilot = Launch the pilot
inbox-decide-pilot = Decide whether the pilot is scaled up
inbox-complete-pilot = Complete the pilot
inbox-milestone = Record the milestone “{ $name }”, or move it
inbox-measurement = Record a first value of “{ $name }”
inbox-measurement-evidence = Add what shows the value of “{ $name }”
inbox-deliverable = Record the delivery of “{ $name }”
inbox-open-report = Begin the report on period { $name }
inbox-write-section = Write the section “{ $name }”
inbox-submit-report = Hand in the report
inbox-answer-query = Answer the question: { $name }
inbox-decide-report = Accept the report, or return it
needs-you = Needs you
needs-you-lede = What waits for you, by the day it is due. A line is gone as soon as it is done.
needs-you-not-acting = Nothing can wait for you: you read here and do not act. Sign in as somebody who acts to see what waits for them.
needs-you-nothing = Nothing waits for you.
needs-you-late = Late
needs-you-week = This week
needs-you-later = Later
needs-you-due = Due on { $day }

## Sentences
inbox-accept-partnership = Say whether { $city } accepts the partnership { $subject }
inbox-approve-pilot = Approve the plan of “{ $subject }” for { $city }
inbox-complete-action = Do this and say so: { $name }
inbox-confirm-visit = Confirm the days of { $subject } for { $city }
inbox-name-delegation = Name who comes from { $city }: { $subject }
inbox-confirm-delegation = Say that the delegation of { $city } is complete: { $subject }
inbox-complete-visit = Complete the visit { $subject }
inbox-record-attendance = Sign off who was there: { $subject }
inbox-add-sheet = Add the signed attendance sheet: without it nobody is counted. { $subject }
inbox-record-learning = Record what was learned: { $subject }
inbox-validate-learning = Validate the learning “{ $subject }”, or return it
inbox-decide-report = Accept or return the report on period { $name }
inbox-answer-query = Answer the question on the report: { $name }
inbox-open-report = Open the report on period { $name }
inbox-submit-report = Hand in the report on period { $name }
inbox-write-section = Write “{ $name }” for the report: { $subject }

## Buttons
do-accept-partnership = Accept
do-approve-pilot = Approve
do-complete-action = Done
do-confirm-visit = Confirm
do-name-delegation = Invite
do-confirm-delegation = Confirm
do-complete-visit = Complete
do-record-attendance = Record
do-add-sheet = Add
do-record-learning = Record
do-validate-learning = Validate
do-decide-report = Accept
do-answer-query = Answer
do-open-report = Open
do-submit-report = Hand in
do-write-section = Write
