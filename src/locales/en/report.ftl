report-opened = { $scope ->
    [none] opened the report on period { $period } for the whole programme
   *[other] opened the report on period { $period } for { $scope }
}
section-edited = { $was_text ->
    [none] wrote { $section }{ $city ->
        [none] { "" }
       *[other] { " " }for { $city }
    }: “{ $text }”
   *[other] changed { $section }{ $city ->
        [none] { "" }
       *[other] { " " }for { $city }
    } from “{ $was_text }” to “{ $text }”
}
report-submitted = { $as_of ->
    [none] submitted the report with the figures of this moment
   *[other] submitted the report with the figures as of position { $as_of }
}
query-raised = { $about ->
    [none] { $position ->
        [none] asked a question
       *[other] asked about position { $position }
    }
   *[other] asked about { $about }
} ({ $query }{ $due ->
    [none] { "" }
   *[other] , answer due { $due }
}): { $text }
query-answered = answered { $query }: { $text }
report-returned = returned the report. Reasons: { $reasons }
report-accepted = { $conditions ->
    [none] accepted the report
   *[other] accepted the report on conditions: { $conditions }
}
report-reopened = reopened the report. Reason: { $reason }
