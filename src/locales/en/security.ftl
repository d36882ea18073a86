## Access review
access = Who may do what
access-lede = Every role in force that you may see: who holds it, for what, since when, and who granted it.
access-none = There is no role in force that you may see.
access-who = Who
access-role = Role
access-scope = For
access-since = Since
access-until = Until
access-by = Granted by
access-token = Token
access-everything = Everything

## Security log
security = Security log
security-lede = Sign-ins, links, refusals and files taken out, newest first.
security-kept = Entries are kept for { $days } days.
security-none = Nothing has happened yet.
security-when = When
security-what = What
security-who = Who
security-address = Network address
security-detail = About
security-signed-in = Signed in
security-sign-in-refused = Sign-in refused
security-link-made = Sign-in link made
security-link-used = Sign-in link used
security-password-changed = Password changed
security-password-change-refused = Password change refused
security-second-factor-set-up = Second factor set up
security-second-factor-taken-away = Second factor taken away
security-sessions-ended = Sessions ended
security-denied = Not allowed
security-set-up = First administrator set up
security-exported = File taken out
security-identity-linked = Identity at a provider linked
security-identity-unlinked = Identity at a provider forgotten
security-vault-key-rotated = Vault key replaced
