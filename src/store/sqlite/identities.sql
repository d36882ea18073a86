-- Who signs in with which identity at an identity provider: keyed hashes. Operations, not part of the log.
CREATE TABLE IF NOT EXISTS identities (
  hash BLOB PRIMARY KEY,      -- of the issuer and its name for the person
  issuer BLOB NOT NULL,       -- of the issuer
  person BLOB NOT NULL,
  linked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS identities_by_person ON identities (person, issuer);

-- Refusals are swept out after 30 days.
CREATE INDEX IF NOT EXISTS refusals_by_time ON refusals (time);
