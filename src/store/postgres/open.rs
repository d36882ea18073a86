//! Opening the database: the schema made or migrated by whoever owns it, then every connection in the service's role.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection, Executor, PgConnection, Row};

use super::super::{Head, Options, StoreError};
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
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// Where the database is, and whether connections there act as `koinon_service`.
#[derive(Clone)]
pub(super) struct Address {
    pub options: PgConnectOptions,
    pub service: bool,
}

impl Address {
    /// What every connection is told first: a node that hangs must not hold the log.
    fn settings(&self, statement_timeout: &str) -> String {
        let role = if self.service { "SET ROLE koinon_service;" } else { "" };
        format!(
            "SET synchronous_commit = on; SET jit = off; SET lock_timeout = '5s'; SET statement_timeout = '{statement_timeout}';
             SET idle_in_transaction_session_timeout = '10s'; SET client_min_messages = warning; {role}"
        )
    }

    /// A connection for the writer, which always goes by index: its plans are kept from when the log was empty.
    pub async fn writer(&self) -> Result<PgConnection, sqlx::Error> {
        let mut connection = connect(&self.options).await?;
        let settings = format!("{} SET enable_seqscan = off;", self.settings("10s"));
        connection.execute(sqlx::AssertSqlSafe(settings)).await?;
        Ok(connection)
    }

    pub fn pool(&self, options: &Options) -> PgPool {
        let settings = self.settings("60s");
        PgPoolOptions::new()
            .max_connections(u32::try_from(options.readers.max(2)).unwrap_or(u32::MAX))
            .acquire_timeout(CONNECT)
            .after_connect(move |connection, _| {
                let settings = sqlx::AssertSqlSafe(settings.clone());
                Box::pin(async move { connection.execute(settings).await.map(drop) })
            })
            .connect_lazy_with(self.options.clone())
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let connecting = PgConnection::connect_with(options);
    tokio::time::timeout(CONNECT, connecting).await.map_err(|_| sqlx::Error::PoolTimedOut)?
}

/// Makes or migrates the schema and finds out which role can be taken.
pub(super) async fn prepare(url: &str) -> Result<Address, StoreError> {
    let options = PgConnectOptions::from_str(url).map_err(|_| StoreError::Address("postgres://…".to_owned()))?;
    let options = options.application_name("koinon");
    let mut connection = connect(&options).await.map_err(failed)?;
    migrate(&mut connection).await?;
    let service = service_role(&mut connection).await.map_err(failed)?;
    if !service {
        tracing::warn!("the role koinon_service cannot be made; only triggers keep the log from being changed");
    }
    analyst_role(&mut connection).await.map_err(failed)?;
    // What could not be said goodbye to is closed by dropping it.
    let _ = connection.close().await;
    Ok(Address { options, service })
}

async fn migrate(connection: &mut PgConnection) -> Result<(), StoreError> {
    let mut transaction = connection.begin().await.map_err(failed)?;
    let lock = "SELECT pg_advisory_xact_lock(7740561859)";
    transaction.execute(lock).await.map_err(failed)?;
    let tables = "SELECT to_regclass('koinon_schema') IS NOT NULL, to_regclass('log') IS NOT NULL";
    let tables = transaction.fetch_one(tables).await.map_err(failed)?;
    let found: i64 = match (tables.try_get(0).map_err(failed)?, tables.try_get(1).map_err(failed)?) {
        (true, _) => {
            let version = "SELECT max(version) FROM koinon_schema";
            transaction.fetch_one(version).await.and_then(|row| row.try_get(0)).map_err(failed)?
        }
        (false, true) => return Err(StoreError::Foreign),
        (false, false) => {
            let sql = "CREATE TABLE koinon_schema (version bigint PRIMARY KEY)";
            transaction.execute(sql).await.map_err(failed)?;
            0
        }
    };
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (version, migration) in (1_i64..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute(*migration).await.map_err(failed)?;
        let sql = "INSERT INTO koinon_schema VALUES ($1)";
        sqlx::query(sql).bind(version).execute(&mut *transaction).await.map_err(failed)?;
    }
    if found == 0 {
        let empty = Frontier::default();
        let sql = "INSERT INTO head VALUES (true, 0, 'epoch', $1, $2)";
        let head = sqlx::query(sql).bind(empty.root()).bind(empty.to_bytes());
        head.execute(&mut *transaction).await.map_err(failed)?;
    }
    transaction.commit().await.map_err(failed)
}

const MAKE_ROLE: &str = "DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'koinon_service') THEN CREATE ROLE koinon_service NOLOGIN; END IF;
    IF NOT pg_has_role('koinon_service', 'MEMBER') THEN EXECUTE format('GRANT koinon_service TO %I', current_user); END IF;
  EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL;
  END $$";

/// Whether connections can act as `koinon_service`, which is made where it can be.
async fn service_role(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    connection.execute(MAKE_ROLE).await?;
    let member =
        "SELECT coalesce(bool_or(pg_has_role(oid, 'MEMBER')), false) FROM pg_roles WHERE rolname = 'koinon_service'";
    if !connection.fetch_one(member).await?.try_get::<bool, _>(0)? {
        return Ok(false);
    }
    let mut transaction = connection.begin().await?;
    transaction.execute("SELECT pg_advisory_xact_lock(7740561859)").await?;
    if let Err(error) = transaction.execute(include_str!("role.sql")).await {
        tracing::debug!(%error, "the rights of koinon_service could not be set; an owner of the tables has to");
        transaction.rollback().await?;
    } else {
        transaction.commit().await?;
    }
    let may = "SELECT has_table_privilege('koinon_service', 'log', 'INSERT')";
    connection.fetch_one(may).await?.try_get(0)
}

/// Makes the role of those who read the read models with tools of their own, where it can be made.
async fn analyst_role(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    transaction.execute("SELECT pg_advisory_xact_lock(7740561859)").await?;
    transaction.execute(include_str!("analyst.sql")).await?;
    transaction.commit().await
}

/// Checks that head, frontier and last record are of one piece, when they must be; `koinon verify` looks at all of them.
pub(super) async fn verify_tail(pool: &PgPool, sound: bool) -> Result<Head, StoreError> {
    let mut snapshot = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map_err(failed)?;
    let row = snapshot.fetch_one(read::HEAD).await.map_err(failed)?;
    let (head, frontier) = read::head_row(&row)?;
    if !sound {
        return Ok(head);
    }
    let last = "SELECT position, leaf, bytes FROM log ORDER BY position DESC LIMIT 1";
    let last = sqlx::query(last).fetch_optional(&mut *snapshot).await.map_err(failed)?;
    let position = last.as_ref().map_or(Ok(0), |row| row.try_get::<i64, _>(0)).map_err(failed)?.cast_unsigned();
    if position != head.position || frontier.size() != position || frontier.root() != head.root {
        return Err(StoreError::Corrupt(format!("the head says {}, the last record is {position}", head.position)));
    }
    if let Some(row) = last {
        let (leaf, bytes): (&[u8], &[u8]) = (row.try_get(1).map_err(failed)?, row.try_get(2).map_err(failed)?);
        if leaf_hash(bytes).as_slice() != leaf {
            let reason = format!("record {position} does not have the hash it was recorded with");
            return Err(StoreError::Corrupt(reason));
        }
    }
    Ok(head)
}

/// What a failure of the engine means to whoever asked.
pub(in crate::store) fn failed(error: sqlx::Error) -> StoreError {
    match &error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
        sqlx::Error::Database(refusal) if refusal.code().is_some_and(|code| about_the_statement(&code)) => {
            StoreError::Refused(error.to_string())
        }
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Whether SQLSTATE speaks of the statement and not of the state of the server: data, constraints, rights, triggers.
fn about_the_statement(code: &str) -> bool {
    ["22", "23", "42", "54", "P0"].iter().any(|class| code.starts_with(class))
}
