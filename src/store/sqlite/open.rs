//! Opening the file: what every connection is set to, the schema, and whether the log's end fits together.

use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::super::{Head, StoreError};
use super::read;
use crate::tree::{Frontier, leaf_hash};

/// One file a version, applied in order; never edited once released.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("accounts.sql"),
    include_str!("outward.sql"),
    include_str!("mail.sql"),
    include_str!("identities.sql"),
    include_str!("receipts.sql"),
];
/// "koin": says in the file's header what it is.
const APPLICATION: i64 = 0x6b6f_696e;
/// How long a transaction of another process is waited for.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// The connection that writes.
pub(super) fn writer(path: &str, create: bool) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let connection = connect(path, flags)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(failed)?;
    // Checkpoints are the writer's own, so that a failed one is noticed: SQLite's automatic one swallows errors.
    let pragmas = "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0;
        PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;";
    connection.execute_batch(pragmas).map_err(failed)?;
    let synchronous: i64 = connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).map_err(failed)?;
    if mode != "wal" || synchronous != 2 {
        let reason = format!("durability cannot be had: journal_mode {mode}, synchronous {synchronous}");
        return Err(StoreError::Unavailable(reason));
    }
    Ok(connection)
}

/// A connection that can only read.
pub(super) fn reader(path: &str) -> Result<Connection, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0;").map_err(failed)?;
    Ok(connection)
}

fn connect(path: &str, flags: OpenFlags) -> Result<Connection, StoreError> {
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::Address(format!("sqlite:{path}")));
    }
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(BUSY).map_err(failed)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Brings the schema up to this program's.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed);
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if number("application_id")? == APPLICATION && number("user_version")? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
    let number = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed);
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 =
        transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    if application != APPLICATION && (tables > 0 || found != 0) {
        return Err(StoreError::Foreign);
    }
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for migration in MIGRATIONS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(migration).map_err(failed)?;
    }
    if found == 0 {
        let empty = Frontier::default();
        let head = "INSERT INTO head (single, position, time, root, frontier) VALUES (1, 0, 0, ?1, ?2)";
        transaction.execute(head, (empty.root(), empty.to_bytes())).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(failed)?;
    transaction.pragma_update(None, "user_version", known).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Checks that head, frontier and last record are of one piece, when they must be; `koinon verify` looks at all of them.
pub(super) fn verify_tail(connection: &Connection, sound: bool) -> Result<Head, StoreError> {
    let (head, frontier) = read::head(connection).map_err(failed)?;
    if !sound {
        return Ok(head);
    }
    let last = "SELECT position, leaf, bytes FROM log ORDER BY position DESC LIMIT 1";
    let last = connection
        .query_row(last, [], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, [u8; 32]>(1)?, row.get::<_, Vec<u8>>(2)?)))
        .optional()
        .map_err(failed)?;
    let position = last.as_ref().map_or(0, |(position, ..)| *position);
    if position != head.position || frontier.size() != position || frontier.root() != head.root {
        return Err(StoreError::Corrupt(format!("the head says {}, the last record is {position}", head.position)));
    }
    if last.is_some_and(|(_, leaf, bytes)| leaf_hash(&bytes) != leaf) {
        return Err(StoreError::Corrupt(format!("record {position} does not have the hash it was recorded with")));
    }
    Ok(head)
}

/// What a failure of the engine means to whoever asked.
pub(super) fn failed(error: rusqlite::Error) -> StoreError {
    match (error.sqlite_error_code(), &error) {
        (Some(ErrorCode::NotADatabase), _) => StoreError::Foreign,
        (Some(ErrorCode::DatabaseCorrupt), _) | (None, rusqlite::Error::FromSqlConversionFailure(..)) => {
            StoreError::Corrupt(error.to_string())
        }
        (
            Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch | ErrorCode::AuthorizationForStatementDenied),
            _,
        ) => StoreError::Refused(error.to_string()),
        _ => StoreError::Unavailable(error.to_string()),
    }
}
