comment-posted = commented on { $subject }: { $text }
comment-edited = changed a comment from “{ $was_text }” to “{ $text }”
comment-hidden = hid a comment. Reason: { $reason }
discussion-resolved = { $conclusion ->
    [none] settled the discussion
   *[other] settled the discussion: { $conclusion }
}
