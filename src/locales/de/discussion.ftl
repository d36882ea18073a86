comment-posted = kommentierte { $subject }: { $text }
comment-edited = änderte einen Kommentar von „{ $was_text }“ zu „{ $text }“
comment-hidden = blendete einen Kommentar aus. Grund: { $reason }
discussion-resolved = { $conclusion ->
    [none] schloss die Diskussion ab
   *[other] schloss die Diskussion ab: { $conclusion }
}
