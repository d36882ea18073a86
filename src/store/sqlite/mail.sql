-- What follows the log by rule, and what is mailed. Operations, not part of the log. Moments are microseconds since 1970.

-- How far each rule has looked: a position, or for rules that follow the calendar the moment they were switched on.
CREATE TABLE IF NOT EXISTS reactor_cursors (name TEXT PRIMARY KEY, reached INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Work told of after the fact, by its correlation: no rule follows from it.
CREATE TABLE IF NOT EXISTS quiet_work (correlation BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- One row a cause. Positions only: what a mail says, and to which address, is read when it is sent.
CREATE TABLE IF NOT EXISTS mails (
  cause TEXT PRIMARY KEY,
  person BLOB NOT NULL,
  kind TEXT NOT NULL,
  after INTEGER NOT NULL,
  until INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  leased INTEGER NOT NULL,
  made INTEGER NOT NULL,
  error TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mails_waiting ON mails (due) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS mails_by_person ON mails (person);

-- Up to which position each person was told, and when they are told next.
CREATE TABLE IF NOT EXISTS digests (
  person BLOB PRIMARY KEY,
  told INTEGER NOT NULL,
  due INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS digests_by_due ON digests (due);

-- Sign-in links sent by mail: hashed, for one visit, used once.
CREATE TABLE IF NOT EXISTS visit_links (
  hash BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  visit BLOB NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS visit_links_by_person ON visit_links (person);

-- Sessions begun by such a link: what they are limited to.
CREATE TABLE IF NOT EXISTS visit_sessions (
  session BLOB PRIMARY KEY,
  person BLOB NOT NULL,
  visit BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS visit_sessions_by_person ON visit_sessions (person);
