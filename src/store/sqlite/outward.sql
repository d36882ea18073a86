-- What goes out of the house: private calendar addresses and what webhooks were sent. Operations, not part of the log.
CREATE TABLE IF NOT EXISTS calendar_addresses (
  id BLOB PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  person BLOB NOT NULL,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS calendar_addresses_by_person ON calendar_addresses (person);

-- How far each webhook has been looked through.
CREATE TABLE IF NOT EXISTS webhook_cursors (webhook BLOB PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Positions only: a record is read from the log when it is sent.
CREATE TABLE IF NOT EXISTS deliveries (
  webhook BLOB NOT NULL,
  position INTEGER NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  leased INTEGER NOT NULL,
  status INTEGER,
  error TEXT,
  PRIMARY KEY (webhook, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (webhook, subject, position) WHERE state = 'waiting';
