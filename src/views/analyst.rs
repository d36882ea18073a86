//! The rights of `koinon_analyst`, who reads the read models in PostgreSQL with tools of their own: these tables, and
//! nothing else of the database.

/// Lets the analyst read a table, where there is such a role that may not yet.
pub(super) fn may_read(table: &str) -> String {
    format!(
        "DO $$ BEGIN
           IF EXISTS (SELECT FROM pg_roles
                      WHERE rolname = 'koinon_analyst' AND NOT has_table_privilege(oid, '{table}', 'SELECT')) THEN
             GRANT SELECT ON {table} TO koinon_analyst;
           END IF;
         END $$"
    )
}
