-- What each erasure destroyed, counted: nobody's name, nobody's value. Kept as long as the log.
CREATE TABLE IF NOT EXISTS erasure_receipts (
  person BLOB PRIMARY KEY,
  position INTEGER NOT NULL,
  personal_values INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  sessions INTEGER NOT NULL,
  tokens INTEGER NOT NULL,
  links INTEGER NOT NULL,
  addresses INTEGER NOT NULL,
  mails INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
