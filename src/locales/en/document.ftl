document-registered = registered the document “{ $title }” ({ $kind }, { $classification })
evidence-linked = { $position ->
    [none] named the document as evidence about { $subject }: { $claim }
   *[other] { $subject ->
        [none] named the document as evidence for event { $position }: { $claim }
       *[other] named the document as evidence for event { $position } about { $subject }: { $claim }
    }
}
persons-tagged = noted that the document names { $persons }
evidence-opened = opened the document until { $until }. Purpose: { $purpose }
document-withdrawn = withdrew the document. Reason: { $reason }
document-redacted = put a copy without the names of erased persons in its place: { $copy }. Its bytes were deleted; its hash stays
