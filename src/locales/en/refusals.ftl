## Refusals on record
refusals = Refusals
refusals-lede = Who was refused what, and by which rule, newest first. Nothing of it was recorded.
refusals-kept = Entries are kept for { $days } days.
refusals-none = Nothing was refused.
refusals-when = When
refusals-who = Who
refusals-command = Command
refusals-subject = On
refusals-rule = By which rule
