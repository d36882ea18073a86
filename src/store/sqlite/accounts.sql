-- Signing in: operations, not part of the log. Secrets stand here only hashed or encrypted. Moments are microseconds
-- since 1970, in UTC; 0 is never.

CREATE TABLE IF NOT EXISTS accounts (
  person BLOB PRIMARY KEY,
  email BLOB NOT NULL,      -- keyed hash of the address
  password TEXT NOT NULL,   -- argon2id
  factor BLOB NOT NULL,     -- the second factor's secret under the person's key; empty without one
  step INTEGER NOT NULL,    -- the last step of it that was used
  changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS accounts_by_email ON accounts (email);

CREATE TABLE IF NOT EXISTS recovery_codes (hash BLOB PRIMARY KEY, person BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS recovery_codes_by_person ON recovery_codes (person);

CREATE TABLE IF NOT EXISTS sign_in_links (
  hash BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sign_in_links_by_person ON sign_in_links (person);

CREATE TABLE IF NOT EXISTS sessions (
  hash BLOB PRIMARY KEY,
  id BLOB NOT NULL,
  person BLOB NOT NULL,
  begun INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  factor INTEGER NOT NULL   -- 1 when the second factor was shown
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_by_person ON sessions (person);

-- What happened around signing in; kept for 30 days.
CREATE TABLE IF NOT EXISTS security_log (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  what TEXT NOT NULL,
  actor TEXT NOT NULL,
  address TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS security_log_by_time ON security_log (time);
