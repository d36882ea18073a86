learning-recorded = recorded the learning “{ $title }” from { $origin_city }, { $origin }
learning-revised = revised the learning{ $title ->
    [none] {""}
   *[other] ; title: “{ $was_title }” → “{ $title }”
}{ $what ->
    [none] {""}
   *[other] ; what is done: “{ $was_what }” → “{ $what }”
}{ $why_it_works ->
    [none] {""}
   *[other] ; why it works: “{ $was_why_it_works }” → “{ $why_it_works }”
}{ $conditions ->
    [none] {""}
   *[other] ; conditions: “{ $was_conditions }” → “{ $conditions }”
}{ $cost_order ->
    [none] {""}
   *[other] ; cost: { $was_cost_order } → { $cost_order }
}{ $maturity ->
    [none] {""}
   *[other] ; maturity: { $was_maturity } → { $maturity }
}{ $themes ->
    [none] {""}
   *[other] ; themes: { $was_themes } → { $themes }
}{ $sdg_targets ->
    [none] {""}
   *[other] ; SDG targets: { $was_sdg_targets } → { $sdg_targets }
}{ $reason ->
    [none] {""}
   *[other] . Reason: { $reason }
}
learning-validated = { $note ->
    [none] validated the learning; expert: { $expert }
   *[other] validated the learning; expert: { $expert }. Note: { $note }
}
learning-returned = sent the learning back to its authors. Reason: { $reason }
learning-published = published the learning to all cities
learnings-consolidated = { $at_meeting ->
    [none] brought { $from } together in this learning
   *[other] brought { $from } together in this learning, decided at { $at_meeting }
}
learning-superseded = { $at_meeting ->
    [none] let { $by } take the place of this learning
   *[other] let { $by } take the place of this learning, decided at { $at_meeting }
}
learning-retracted = retracted the learning. Reason: { $reason }
interest-expressed = noted that { $city } is interested
learning-declined = noted that the learning is not for { $city }. Reason: { $reason }
adoption-committed = noted that { $city } has decided to use the learning; in charge: { $owner }. Adaptation: { $adaptation }
adoption-started = { $date ->
    [none] noted that { $city } has begun to put the learning into practice
   *[other] noted that { $city } began to put the learning into practice on { $date }
}
adoption-verified = verified that { $city } uses the learning, by { $document }
adoption-abandoned = noted that { $city } has given up using the learning. Reason: { $reason }
learning-suggested = suggested the learning to { $cities }
