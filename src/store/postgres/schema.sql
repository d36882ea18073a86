-- The log and what moves with it, on PostgreSQL. Columns beside `bytes` only index; nothing is ever decoded here.

CREATE TABLE log (
  position bigint PRIMARY KEY,
  subject text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  time timestamptz NOT NULL,
  command uuid,             -- on the first event of a command
  events integer,           -- and how many events it has
  name text COLLATE "C" NOT NULL,  -- VisitScheduled
  schema integer NOT NULL,         -- 1
  actor text COLLATE "C" NOT NULL,
  programme text COLLATE "C",
  partnership uuid,
  leaf bytea NOT NULL,
  bytes bytea NOT NULL
);
CREATE UNIQUE INDEX log_by_subject ON log (subject, version);
CREATE UNIQUE INDEX log_by_command ON log (command) WHERE command IS NOT NULL;
CREATE INDEX log_by_name ON log (name, position);
CREATE INDEX log_by_actor ON log (actor, position);
CREATE INDEX log_by_programme ON log (programme, position) WHERE programme IS NOT NULL;
CREATE INDEX log_by_partnership ON log (partnership, position) WHERE partnership IS NOT NULL;

CREATE TABLE head (
  single boolean PRIMARY KEY CHECK (single),
  position bigint NOT NULL,
  time timestamptz NOT NULL,
  root bytea NOT NULL,
  frontier bytea NOT NULL
) WITH (fillfactor = 10);

-- Full hash tiles: level 0 are leaf hashes, a hash of level n + 1 is the root of a full tile of level n.
CREATE TABLE tiles (
  level smallint NOT NULL,
  number bigint NOT NULL,
  root bytea NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, number)
);
ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE FUNCTION koinon_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log only grows: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log
  FOR EACH STATEMENT EXECUTE FUNCTION koinon_only_grows();
ALTER TABLE log ENABLE ALWAYS TRIGGER log_only_grows;
CREATE TRIGGER tiles_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON tiles
  FOR EACH STATEMENT EXECUTE FUNCTION koinon_only_grows();
ALTER TABLE tiles ENABLE ALWAYS TRIGGER tiles_only_grow;
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON head
  FOR EACH STATEMENT EXECUTE FUNCTION koinon_only_grows();
ALTER TABLE head ENABLE ALWAYS TRIGGER head_stays;

CREATE FUNCTION koinon_never_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position < OLD.position OR NEW.time < OLD.time THEN
    RAISE EXCEPTION 'the head never goes back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER head_never_back BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION koinon_never_back();
ALTER TABLE head ENABLE ALWAYS TRIGGER head_never_back;

CREATE TABLE answers (
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  created boolean NOT NULL,
  command uuid NOT NULL,
  subject text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  position bigint NOT NULL,
  first bigint,
  last bigint,
  PRIMARY KEY (scope, key)
);

CREATE TABLE claims (
  space text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL,
  PRIMARY KEY (space, name)
);

-- Personal values, outside the log so that they can be destroyed.
CREATE TABLE vault_keys (person uuid PRIMARY KEY, generation bigint NOT NULL, wrapped bytea NOT NULL);
CREATE TABLE vault (commitment text COLLATE "C" PRIMARY KEY, person uuid NOT NULL, ciphertext bytea NOT NULL);
CREATE INDEX vault_by_person ON vault (person);

CREATE TABLE credentials (
  hash bytea PRIMARY KEY,
  token uuid NOT NULL,
  role text NOT NULL,
  scopes text NOT NULL,
  person uuid,
  name text NOT NULL,
  created timestamptz NOT NULL,
  expires timestamptz,
  revoked timestamptz
);
CREATE INDEX credentials_by_token ON credentials (token);

-- Operations: what was refused. Not part of the log.
CREATE TABLE refusals (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  time timestamptz NOT NULL,
  actor text NOT NULL,
  command text NOT NULL,
  subject text,
  rule text NOT NULL,
  correlation uuid NOT NULL
);
