-- What each erasure destroyed, counted: nobody's name, nobody's value. Kept as long as the log.
CREATE TABLE IF NOT EXISTS erasure_receipts (
  person bytea PRIMARY KEY,
  position bigint NOT NULL,
  personal_values bigint NOT NULL,
  accounts bigint NOT NULL,
  sessions bigint NOT NULL,
  tokens bigint NOT NULL,
  links bigint NOT NULL,
  addresses bigint NOT NULL,
  mails bigint NOT NULL
);
