-- What goes out of the house: private calendar addresses and what webhooks were sent. Operations, not part of the log.
CREATE TABLE IF NOT EXISTS calendar_addresses (
  id uuid PRIMARY KEY,
  hash bytea NOT NULL UNIQUE,
  person uuid NOT NULL,
  created bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS calendar_addresses_by_person ON calendar_addresses (person);

-- How far each webhook has been looked through.
CREATE TABLE IF NOT EXISTS webhook_cursors (webhook uuid PRIMARY KEY, position bigint NOT NULL);

-- Positions only: a record is read from the log when it is sent. Moments are microseconds since 1970.
CREATE TABLE IF NOT EXISTS deliveries (
  webhook uuid NOT NULL,
  position bigint NOT NULL,
  subject text COLLATE "C" NOT NULL,
  state text NOT NULL,
  attempts bigint NOT NULL,
  due bigint NOT NULL,
  leased bigint NOT NULL,
  status bigint,
  error text,
  PRIMARY KEY (webhook, position)
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (webhook, subject, position) WHERE state = 'waiting';
