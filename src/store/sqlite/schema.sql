-- The log and what moves with it, on SQLite. Columns beside `bytes` only index; nothing is ever decoded here.
-- Moments are microseconds since 1970, in UTC.

CREATE TABLE log (
  position INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  time INTEGER NOT NULL,
  command BLOB,             -- on the first event of a command
  events INTEGER,           -- and how many events it has
  name TEXT NOT NULL,       -- VisitScheduled
  schema INTEGER NOT NULL,  -- 1
  actor TEXT NOT NULL,
  programme TEXT,
  partnership BLOB,
  leaf BLOB NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX log_by_subject ON log (subject, version);
CREATE UNIQUE INDEX log_by_command ON log (command) WHERE command IS NOT NULL;
CREATE INDEX log_by_name ON log (name);
CREATE INDEX log_by_actor ON log (actor);
CREATE INDEX log_by_programme ON log (programme) WHERE programme IS NOT NULL;
CREATE INDEX log_by_partnership ON log (partnership) WHERE partnership IS NOT NULL;

CREATE TRIGGER log_no_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
-- INSERT OR REPLACE removes rows without the trigger above: a row is let in only where nothing is yet.
CREATE TRIGGER log_next_position BEFORE INSERT ON log
  WHEN NEW.position IS NOT 1 + coalesce((SELECT max(position) FROM log), 0)
  BEGIN SELECT RAISE(ABORT, 'positions have no gap and no repeat'); END;
CREATE TRIGGER log_next_version BEFORE INSERT ON log
  WHEN NEW.version IS NOT 1 + coalesce((SELECT max(version) FROM log WHERE subject = NEW.subject), 0)
  BEGIN SELECT RAISE(ABORT, 'versions have no gap and no repeat'); END;
CREATE TRIGGER log_one_command BEFORE INSERT ON log
  WHEN NEW.command IS NOT NULL AND EXISTS (SELECT 1 FROM log WHERE command = NEW.command)
  BEGIN SELECT RAISE(ABORT, 'a command appears once'); END;

CREATE TABLE head (
  single INTEGER PRIMARY KEY CHECK (single = 1),
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  root BLOB NOT NULL,
  frontier BLOB NOT NULL
) STRICT;
CREATE TRIGGER head_no_insert BEFORE INSERT ON head WHEN EXISTS (SELECT 1 FROM head)
  BEGIN SELECT RAISE(ABORT, 'the log has one head'); END;
CREATE TRIGGER head_no_delete BEFORE DELETE ON head BEGIN SELECT RAISE(ABORT, 'the log has one head'); END;
CREATE TRIGGER head_no_return BEFORE UPDATE ON head WHEN NEW.position < OLD.position OR NEW.time < OLD.time
  BEGIN SELECT RAISE(ABORT, 'the head never goes back'); END;

-- Full hash tiles: level 0 are leaf hashes, a hash of level n + 1 is the root of a full tile of level n.
CREATE TABLE tiles (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  root BLOB NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT;
CREATE TRIGGER tiles_no_update BEFORE UPDATE ON tiles BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER tiles_no_delete BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER tiles_no_replace BEFORE INSERT ON tiles
  WHEN EXISTS (SELECT 1 FROM tiles WHERE level = NEW.level AND number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

CREATE TABLE answers (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  body BLOB NOT NULL,
  created INTEGER NOT NULL,
  command BLOB NOT NULL,
  subject TEXT NOT NULL,
  version INTEGER NOT NULL,
  position INTEGER NOT NULL,
  first INTEGER,
  last INTEGER,
  PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE claims (
  space TEXT NOT NULL,
  name TEXT NOT NULL,
  owner TEXT NOT NULL,
  PRIMARY KEY (space, name)
) STRICT, WITHOUT ROWID;

-- Personal values, outside the log so that they can be destroyed.
CREATE TABLE vault_keys (person BLOB PRIMARY KEY, generation INTEGER NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE vault (commitment TEXT PRIMARY KEY, person BLOB NOT NULL, ciphertext BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX vault_by_person ON vault (person);

CREATE TABLE credentials (
  hash BLOB PRIMARY KEY,
  token BLOB NOT NULL,
  role TEXT NOT NULL,
  scopes TEXT NOT NULL,
  person BLOB,
  name TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX credentials_by_token ON credentials (token);

-- Operations: what was refused. Not part of the log.
CREATE TABLE refusals (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  actor TEXT NOT NULL,
  command TEXT NOT NULL,
  subject TEXT,
  rule TEXT NOT NULL,
  correlation BLOB NOT NULL
) STRICT;
