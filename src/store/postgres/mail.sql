-- What follows the log by rule, and what is mailed. Operations, not part of the log. Moments are microseconds since 1970.

-- How far each rule has looked: a position, or for rules that follow the calendar the moment they were switched on.
CREATE TABLE IF NOT EXISTS reactor_cursors (name text COLLATE "C" PRIMARY KEY, reached bigint NOT NULL);

-- Work told of after the fact, by its correlation: no rule follows from it.
CREATE TABLE IF NOT EXISTS quiet_work (correlation bytea PRIMARY KEY);

-- One row a cause. Positions only: what a mail says, and to which address, is read when it is sent.
CREATE TABLE IF NOT EXISTS mails (
  cause text COLLATE "C" PRIMARY KEY,
  person bytea NOT NULL,
  kind text COLLATE "C" NOT NULL,
  after bigint NOT NULL,
  until bigint NOT NULL,
  state text COLLATE "C" NOT NULL,
  attempts bigint NOT NULL,
  due bigint NOT NULL,
  leased bigint NOT NULL,
  made bigint NOT NULL,
  error text NOT NULL
);
CREATE INDEX IF NOT EXISTS mails_waiting ON mails (due) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS mails_by_person ON mails (person);

-- Up to which position each person was told, and when they are told next.
CREATE TABLE IF NOT EXISTS digests (
  person bytea PRIMARY KEY,
  told bigint NOT NULL,
  due bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS digests_by_due ON digests (due);

-- Sign-in links sent by mail: hashed, for one visit, used once.
CREATE TABLE IF NOT EXISTS visit_links (
  hash bytea PRIMARY KEY,
  person bytea NOT NULL,
  visit bytea NOT NULL,
  expires bigint NOT NULL,
  used bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS visit_links_by_person ON visit_links (person);

-- Sessions begun by such a link: what they are limited to.
CREATE TABLE IF NOT EXISTS visit_sessions (
  session bytea PRIMARY KEY,
  person bytea NOT NULL,
  visit bytea NOT NULL
);
CREATE INDEX IF NOT EXISTS visit_sessions_by_person ON visit_sessions (person);
