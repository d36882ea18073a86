-- Signing in: operations, not part of the log. Secrets stand here only hashed or encrypted. Moments are microseconds
-- since 1970, in UTC; 0 is never.

CREATE TABLE IF NOT EXISTS accounts (
  person bytea PRIMARY KEY,
  email bytea NOT NULL,      -- keyed hash of the address
  password text NOT NULL,    -- argon2id
  factor bytea NOT NULL,     -- the second factor's secret under the person's key; empty without one
  step bigint NOT NULL,      -- the last step of it that was used
  changed bigint NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS accounts_by_email ON accounts (email);

CREATE TABLE IF NOT EXISTS recovery_codes (hash bytea PRIMARY KEY, person bytea NOT NULL);
CREATE INDEX IF NOT EXISTS recovery_codes_by_person ON recovery_codes (person);

CREATE TABLE IF NOT EXISTS sign_in_links (
  hash bytea PRIMARY KEY,
  person bytea NOT NULL,
  expires bigint NOT NULL,
  used bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS sign_in_links_by_person ON sign_in_links (person);

CREATE TABLE IF NOT EXISTS sessions (
  hash bytea PRIMARY KEY,
  id bytea NOT NULL,
  person bytea NOT NULL,
  begun bigint NOT NULL,
  seen bigint NOT NULL,
  expires bigint NOT NULL,
  factor bigint NOT NULL     -- 1 when the second factor was shown
);
CREATE INDEX IF NOT EXISTS sessions_by_person ON sessions (person);

-- What happened around signing in; kept for 30 days.
CREATE TABLE IF NOT EXISTS security_log (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  time bigint NOT NULL,
  what text NOT NULL,
  actor text NOT NULL,
  address text NOT NULL,
  detail text NOT NULL
);
CREATE INDEX IF NOT EXISTS security_log_by_time ON security_log (time);
