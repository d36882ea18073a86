comment-posted = 댓글을 남겼습니다({ $subject }): { $text }
comment-edited = 댓글을 수정했습니다: ‘{ $was_text }’ → ‘{ $text }’
comment-hidden = 댓글을 숨겼습니다. 사유: { $reason }
discussion-resolved = { $conclusion ->
    [none] 논의를 마무리했습니다
   *[other] 논의를 마무리했습니다: { $conclusion }
}
