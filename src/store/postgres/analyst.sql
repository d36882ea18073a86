-- Who reads the read models with tools of their own, made where it can be. It sees no log, no vault and no credentials;
-- which tables it may read is said where they are made.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'koinon_analyst') THEN CREATE ROLE koinon_analyst NOLOGIN; END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO koinon_analyst', current_schema());
EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
END $$;
