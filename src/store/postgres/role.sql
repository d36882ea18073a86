-- What the service may do. The log it may read and add to, nothing more; the read models it makes are its own.
DO $$ BEGIN
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO koinon_service', current_schema());
END $$;
GRANT SELECT, INSERT ON log, tiles, answers, claims TO koinon_service;
GRANT SELECT, UPDATE ON head TO koinon_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON vault, vault_keys TO koinon_service;
GRANT SELECT, INSERT, UPDATE ON credentials TO koinon_service;
GRANT SELECT, INSERT, DELETE ON refusals TO koinon_service;
GRANT SELECT, INSERT, DELETE ON calendar_addresses, identities TO koinon_service;
GRANT SELECT, INSERT, UPDATE ON webhook_cursors, deliveries TO koinon_service;
GRANT SELECT, INSERT ON erasure_receipts TO koinon_service;
GRANT SELECT ON koinon_schema TO koinon_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON accounts, recovery_codes, sign_in_links, sessions TO koinon_service;
GRANT SELECT, INSERT, DELETE ON security_log TO koinon_service;
GRANT SELECT, INSERT, UPDATE ON reactor_cursors TO koinon_service;
GRANT SELECT, INSERT ON quiet_work TO koinon_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON mails, digests, visit_links, visit_sessions TO koinon_service;
