## 거절 기록
refusals = 거절 기록
refusals-lede = 누가 무엇을 어떤 규칙에 따라 거절당했는지 최신순으로 보여 줍니다. 거절된 것은 기록에 남지 않았습니다.
refusals-kept = 항목은 { $days }일 동안 보관합니다.
refusals-none = 거절된 것이 없습니다.
refusals-when = 시각
refusals-who = 사람
refusals-command = 명령
refusals-subject = 대상
refusals-rule = 적용된 규칙
