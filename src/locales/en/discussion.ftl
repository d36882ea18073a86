comment-posted = commented on { $subject }: { $text }
comment-edited = changed comment { $comment } from “{ $was_text }” to “{ $text }”
comment-hidden = hid comment { $comment }. Reason: { $reason }
discussion-resolved = { $conclusion ->
    [none] settled the discussion
   *[other] settled the discussion: { $conclusion }
}
