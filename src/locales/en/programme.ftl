programme-created = set up the programme { $title } ({ $code }), funded by { $funder } on behalf of { $on_behalf_of }, { $starts_on } to { $ends_on }
phase-defined = named the phase “{ $name }”, { $from } to { $to }
theme-defined = { $parent ->
    [none] defined the theme “{ $label }” ({ $code })
   *[other] defined the theme “{ $label }” ({ $code }) under { $parent }
}
strand-defined = { $description ->
    [none] defined the strand { $name }
   *[other] defined the strand { $name }: { $description }
}
indicator-defined = { $target ->
    [none] defined the indicator { $code }, { $name }, without a target
   *[other] { $unit ->
        [none] defined the indicator { $code }, { $name }, with the target { $target }
       *[other] defined the indicator { $code }, { $name }, with the target { $target } { $unit }
    }
}
target-revised = { $was_target ->
    [none] set the target of { $indicator } to { $target }. Reason: { $reason }
   *[other] changed the target of { $indicator } from { $was_target } to { $target }. Reason: { $reason }
}
period-defined = { $due ->
    [none] set reporting period { $number }, { $from } to { $to }
   *[other] set reporting period { $number }, { $from } to { $to }, its report due on { $due }
}
period-defined-final = { $due ->
    [none] set the final reporting period { $number }, { $from } to { $to }
   *[other] set the final reporting period { $number }, { $from } to { $to }, its report due on { $due }
}
programme-started = { $date ->
    [none] started the programme
   *[other] started the programme on { $date }
}
end-date-changed = moved the end of the programme from { $was_ends_on } to { $ends_on }. Reason: { $reason }
closing-started = { $date ->
    [none] began to close the programme
   *[other] began to close the programme on { $date }
}
programme-closed = { $date ->
    [none] closed the programme
   *[other] closed the programme on { $date }
}
period-reminded = reminded of the report of period { $number }, due on { $due }
period-reminded-late = reminded of the report of period { $number }, which was due on { $due }
