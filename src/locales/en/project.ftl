project-proposed = { $title ->
    [none] proposed a cooperation project of { $partnership }: { $objective }
   *[other] proposed the cooperation project “{ $title }” of { $partnership }: { $objective }
}{ $funding ->
    [none] { "" }
   *[other] . Funds sought: { $funding } euro
}
project-agreed = recorded that the cooperation project was agreed{ $agreed_on ->
    [none] { "" }
   *[other] { " " }on { $agreed_on }
}{ $document ->
    [none] { "" }
   *[other] , as { $document } says
}
deliverable-added = added the deliverable “{ $title }”, due { $due }
deliverable-delivered = delivered { $deliverable }{ $delivered_on ->
    [none] { "" }
   *[other] { " " }on { $delivered_on }
}{ $document ->
    [none] { "" }
   *[other] : { $document }
}
project-activated = put the cooperation project to work with its first deliverable
funding-recorded = { $source ->
    [none] noted the funding as { $outcome }
   *[other] noted the funding from { $source } as { $outcome }
}{ $amount ->
    [none] { "" }
   *[other] : { $amount } euro
}
project-completed = completed the cooperation project: { $results }
project-stopped = stopped the cooperation project. Reason: { $reason }
