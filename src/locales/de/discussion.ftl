comment-posted = kommentierte { $subject }: { $text }
comment-edited = änderte Kommentar { $comment } von „{ $was_text }“ zu „{ $text }“
comment-hidden = blendete Kommentar { $comment } aus. Grund: { $reason }
discussion-resolved = { $conclusion ->
    [none] schloss die Diskussion ab
   *[other] schloss die Diskussion ab: { $conclusion }
}
