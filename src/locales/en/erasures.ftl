## Receipt of an erasure
receipt = Receipt of an erasure
receipt-lede = What was destroyed, on which request, and the proof that it is on record. It names nobody, so that it can be filed with the request.
receipt-person = Person, by the id in the log
receipt-request = Request
receipt-basis = Legal basis
receipt-time = Recorded
receipt-hash = Hash of the record
receipt-destroyed = What was destroyed
receipt-not-counted = It was not counted when this erasure was made.
receipt-values = Personal values, with the key to them
receipt-accounts = Accounts
receipt-sessions = Sessions
receipt-tokens = API tokens ended
receipt-links = Sign-in links
receipt-addresses = Private calendar addresses
receipt-mails = Mails that waited
receipt-documents = Documents to redact
receipt-documents-more = They name the person. They are given to nobody until a copy without the name takes their place.
receipt-proof = Proof
receipt-proof-more = That the record is in the log, as a tlog-proof file (C2SP) with the signed checkpoint; /log/key has the key that verifies it.

## How long personal data are kept
retention = Retention of personal data
retention-lede = People whose last programme was closed at least { $years } years ago. Nothing is erased by looking.
retention-none = Nobody’s time is over.
retention-who = Who
retention-programmes = Programmes
retention-closed = Last one closed
retention-since = Due since
retention-do = Decide
retention-held = held until { $day }
retention-more = Who belongs to no programme, or acts in a role for all of them, is never due. A deferral with a last day holds a person until then.
