pilot-proposed = proposed the pilot “{ $title }” in { $cities }
pilot-planned = { $was_start ->
    [none] planned the pilot for { $start }–{ $end }
   *[other] replaced the pilot's plan, from { $was_start }–{ $was_end } to { $start }–{ $end }
}, owner { $owner }{ $was_owner ->
    [none] { "" }
   *[other] { " " }instead of { $was_owner }
}{ $budget ->
    [none] { $was_budget ->
        [none] { "" }
       *[other] , no budget instead of { $was_budget } euro
    }
   *[other] { $was_budget ->
        [none] , budget { $budget } euro
       *[other] , budget { $budget } euro instead of { $was_budget } euro
    }
}, { $milestones ->
    [one] one milestone
   *[other] { $milestones } milestones
}{ $void ->
    [none] { "" }
   *[other] . To be approved anew by { $void }
}{ $reason ->
    [none] { "" }
   *[other] . Reason: { $reason }
}
pilot-approved = approved the pilot's plan for { $city }
pilot-plan-approved = closed the approval of the pilot's plan: every city has approved it
pilot-launched = launched the pilot on { $date }
milestone-reached = { $date ->
    [none] reached the milestone { $milestone }
   *[other] reached the milestone { $milestone } on { $date }
}{ $note ->
    [none] { "" }
   *[other] : { $note }
}
milestone-slipped = moved the milestone { $milestone } from { $was_due } to { $due }. Reason: { $reason }
measurement-recorded = recorded { $value } for the indicator { $indicator } in { $period }
measurement-corrected = corrected the indicator { $indicator } in { $period } from { $was_value } to { $value }. Reason: { $reason }
risk-raised = raised a risk: { $text } (likelihood { $likelihood } of 5, impact { $impact } of 5){ $response ->
    [none] { "" }
   *[other] . Response: { $response }
}
risk-changed = changed the risk { $risk }{ $was_likelihood ->
    [none] { "" }
   *[other] , likelihood from { $was_likelihood } to { $likelihood }
}{ $was_impact ->
    [none] { "" }
   *[other] , impact from { $was_impact } to { $impact }
}{ $was_text ->
    [none] { "" }
   *[other] , text from “{ $was_text }” to “{ $text }”
}{ $was_response ->
    [none] { $response ->
        [none] { "" }
       *[other] , response: “{ $response }”
    }
   *[other] , response from “{ $was_response }” to “{ $response }”
}{ $reason ->
    [none] { "" }
   *[other] . Reason: { $reason }
}
risk-closed = { $reason ->
    [none] closed the risk { $risk }
   *[other] closed the risk { $risk }. Reason: { $reason }
}
pilot-paused = paused the pilot. Reason: { $reason }
pilot-resumed = { $reason ->
    [none] resumed the pilot
   *[other] resumed the pilot. Reason: { $reason }
}
pilot-completed = { $lessons ->
    [none] completed the pilot: { $results }
   *[other] completed the pilot: { $results }. Lessons: { $lessons }
}
scale-up-decided = { $document ->
    [none] decided to scale the pilot up: { $scope }
   *[other] decided to scale the pilot up: { $scope }, as { $document } says
}
not-to-continue-decided = decided not to continue what was tried. Reason: { $reason }
pilot-stopped = stopped the pilot. Reason: { $reason }

## The chart of an indicator
chart-told = { $name }: from { $baseline } towards { $target } { $unit }; { $value } in { $month }
chart-baseline = Baseline { $value }
chart-target = Target { $value }
