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
inbox-answer-suggestion = Say whether the learning is of interest to { $city }
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
inbox-redact-document = Replace the document by a copy without the name of somebody who was erased
inbox-decide-report = Accept the report, or return it
