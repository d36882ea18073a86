//! What is written in the append transaction: the head locked in a statement of its own, everything the batch names
//! read in one more, then all records in one INSERT. A round trip for each, whatever the size of the batch.

use std::collections::HashMap;

use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::{Executor, Row as _};

use super::super::batch::{Asked, Batch, Effect, Known, Row, decide};
use super::super::filter::event_name;
use super::super::tiles::Tiler;
use super::super::{Append, Credential, CredentialChange, Refusal, StoreError};
use super::open::failed;
use super::read;

type Result<T> = std::result::Result<T, StoreError>;

/// Begins and takes the lock. READ COMMITTED, so that what is read next is read after the lock was had.
pub(super) const LOCK: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT position, time, root, frontier FROM head FOR UPDATE";

/// Locks the head, decides the batch and writes it; what is left is to commit. A log shorter than it is known to have
/// been is that of a standby that took over without everything: nothing may follow on it.
pub(super) async fn batch<'a>(
    connection: &mut PgConnection,
    tiler: &mut Option<Tiler>,
    appends: &'a [Append],
    known_head: u64,
) -> Result<Batch<'a>> {
    let row = sqlx::raw_sql(LOCK).fetch_one(&mut *connection).await.map_err(failed)?;
    let (head, frontier) = read::head_row(&row)?;
    if head.position < known_head {
        let lost = format!("the log has {} records where it had {known_head}; nothing is written to it", head.position);
        return Err(StoreError::Corrupt(lost));
    }
    let known = known(&mut *connection, Known::at(head.position, head.time, frontier), &Asked::by(appends)).await?;
    let mut current = match tiler.take() {
        Some(tiler) if tiler.size() == head.position => tiler,
        _ => read::tiler(&mut *connection, head.position).await?,
    };
    let batch = decide(known, &mut current, appends);
    for tile in &batch.tiles {
        let sql = "INSERT INTO tiles (level, number, root, hashes) VALUES ($1, $2, $3, $4)";
        let query = sqlx::query(sql).bind(i16::from(tile.level)).bind(tile.number.cast_signed());
        query.bind(tile.root).bind(&tile.hashes).execute(&mut *connection).await.map_err(failed)?;
    }
    for each in &batch.effects {
        effect(&mut *connection, each).await?;
    }
    if !batch.rows.is_empty() {
        records(&mut *connection, &batch).await?;
    }
    *tiler = Some(current);
    Ok(batch)
}

const NAMED: &str = "SELECT asked.number, (SELECT version FROM log WHERE subject = asked.subject
      ORDER BY version DESC LIMIT 1)
    FROM unnest($1::text[]) WITH ORDINALITY AS asked (subject, number)
  UNION ALL
    SELECT -asked.number, (SELECT position FROM log WHERE command = asked.command)
    FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (command, number)";

/// Everything the log knows of what the batch names.
async fn known(connection: &mut PgConnection, mut known: Known, asked: &Asked<'_>) -> Result<Known> {
    let addresses: Vec<String> = asked.subjects.iter().map(ToString::to_string).collect();
    let named = sqlx::query(NAMED).bind(addresses).bind(&asked.commands);
    for row in named.fetch_all(&mut *connection).await.map_err(failed)? {
        let number: i64 = row.try_get(0).map_err(failed)?;
        let found: Option<i64> = row.try_get(1).map_err(failed)?;
        let index = usize::try_from(number.unsigned_abs() - 1).unwrap_or(usize::MAX);
        match found {
            Some(version) if number > 0 => {
                known.versions.insert(asked.subjects[index], version.cast_unsigned());
            }
            Some(_) => {
                let command = asked.commands[index];
                let answer = read::command(&mut *connection, command).await?;
                known.commands.extend(answer.map(|answer| (command, answer)));
            }
            None => {}
        }
    }
    if !asked.keys.is_empty() {
        let (scopes, keys): (Vec<&str>, Vec<&str>) =
            asked.keys.iter().map(|k| (k.scope.as_str(), k.key.as_str())).unzip();
        known.answers = read::answers(&mut *connection, &scopes, &keys).await?.into_iter().collect();
    }
    if !asked.claims.is_empty() {
        let (spaces, names): (Vec<&str>, Vec<&str>) = asked.claims.iter().map(|c| (c.space, c.name.as_str())).unzip();
        known.claims = read::claims(&mut *connection, &spaces, &names).await?.into_iter().collect();
    }
    if !asked.persons.is_empty() {
        let persons: Vec<_> = asked.persons.iter().map(|person| person.0).collect();
        known.vault_keys = read::vault_keys(connection, &persons).await?.into_iter().collect::<HashMap<_, _>>();
    }
    Ok(known)
}

const RECORDS: &str = "WITH recorded AS (
    INSERT INTO log (position, subject, version, time, command, events, name, schema, actor, programme, partnership, leaf, bytes)
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[], $5::uuid[], $6::integer[], $7::text[],
      $8::integer[], $9::text[], $10::text[], $11::uuid[], $12::bytea[], $13::bytea[])
  ), moved AS (
    UPDATE head SET position = $14, time = $15, root = $16, frontier = $17
  ) SELECT pg_notify('koinon', $14::text)";

/// All records in one INSERT, the head moved and the others woken by the same statement.
async fn records(connection: &mut PgConnection, batch: &Batch<'_>) -> Result<()> {
    fn column<'r, 'a: 'r, T>(batch: &'r Batch<'a>, value: impl Fn(&'r Row<'a>) -> T) -> Vec<T> {
        batch.rows.iter().map(value).collect()
    }
    let (names, schemas): (Vec<String>, Vec<i32>) = batch.rows.iter().map(|row| name(row)).unzip();
    let query = sqlx::query(RECORDS)
        .bind(column(batch, |row| row.position.cast_signed()))
        .bind(column(batch, |row| row.event.subject.to_string()))
        .bind(column(batch, |row| row.version.cast_signed()))
        .bind(column(batch, |row| row.time.moment()))
        .bind(column(batch, |row| row.command.map(|(command, _)| command)))
        .bind(column(batch, |row| row.command.map(|(_, events)| events.cast_signed())))
        .bind(names)
        .bind(schemas)
        .bind(column(batch, |row| row.event.actor.as_str()))
        .bind(column(batch, |row| row.event.programme.as_deref()))
        .bind(column(batch, |row| row.event.partnership))
        .bind(column(batch, |row| row.leaf.as_slice()))
        .bind(column(batch, |row| row.bytes.as_ref()))
        .bind(batch.position.cast_signed())
        .bind(batch.time.moment())
        .bind(batch.frontier.root())
        .bind(batch.frontier.to_bytes());
    connection.execute(query).await.map(drop).map_err(failed)
}

fn name(row: &Row<'_>) -> (String, i32) {
    let (name, schema) = event_name(&row.event.event_type);
    (name, schema.unwrap_or(1).cast_signed())
}

async fn effect(connection: &mut PgConnection, effect: &Effect<'_>) -> Result<()> {
    let query = match effect {
        Effect::Answer(key, answer) => {
            let sql =
                "INSERT INTO answers (scope, key, body, created, command, subject, version, position, first, last)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
            sqlx::query(sql)
                .bind(&key.scope)
                .bind(&key.key)
                .bind(answer.body)
                .bind(answer.created)
                .bind(answer.command)
                .bind(answer.subject.to_string())
                .bind(answer.version.cast_signed())
                .bind(answer.position.cast_signed())
                .bind(answer.first.map(u64::cast_signed))
                .bind(answer.last.map(u64::cast_signed))
        }
        Effect::Claim(claim) => sqlx::query("INSERT INTO claims (space, name, owner) VALUES ($1, $2, $3)")
            .bind(claim.space)
            .bind(&claim.name)
            .bind(claim.owner.to_string()),
        Effect::Vault(entry) => {
            if let Some(key) = &entry.key {
                let sql = "INSERT INTO vault_keys (person, generation, wrapped) VALUES ($1, $2, $3)
                    ON CONFLICT DO NOTHING";
                let query = sqlx::query(sql).bind(entry.person.0).bind(i64::from(key.generation)).bind(&key.wrapped);
                connection.execute(query).await.map_err(failed)?;
            }
            sqlx::query("INSERT INTO vault (commitment, person, ciphertext) VALUES ($1, $2, $3)")
                .bind(&entry.commitment)
                .bind(entry.person.0)
                .bind(&entry.ciphertext)
        }
        Effect::Forget(person) => return forget(connection, *person).await,
        Effect::Credential(CredentialChange::Insert(new)) => credential(new),
        Effect::Credential(CredentialChange::Revoke { token, time }) => {
            sqlx::query("UPDATE credentials SET revoked = $2 WHERE token = $1 AND revoked IS NULL")
                .bind(*token)
                .bind(time.moment())
        }
    };
    connection.execute(query).await.map(drop).map_err(failed)
}

async fn forget(connection: &mut PgConnection, person: PersonId) -> Result<()> {
    for sql in ["DELETE FROM vault WHERE person = $1", "DELETE FROM vault_keys WHERE person = $1"] {
        connection.execute(sqlx::query(sql).bind(person.0)).await.map_err(failed)?;
    }
    for sql in [
        "DELETE FROM accounts WHERE person = $1",
        "DELETE FROM recovery_codes WHERE person = $1",
        "DELETE FROM sign_in_links WHERE person = $1",
        "DELETE FROM sessions WHERE person = $1",
        "DELETE FROM mails WHERE person = $1",
        "DELETE FROM digests WHERE person = $1",
        "DELETE FROM visit_links WHERE person = $1",
        "DELETE FROM visit_sessions WHERE person = $1",
    ] {
        connection.execute(sqlx::query(sql).bind(person.0.as_bytes().as_slice())).await.map_err(failed)?;
    }
    Ok(())
}

fn credential(new: &Credential) -> sqlx::query::Query<'_, sqlx::Postgres, sqlx::postgres::PgArguments> {
    let sql = "INSERT INTO credentials (hash, token, role, scopes, person, name, created, expires, revoked)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(sql)
        .bind(new.hash)
        .bind(new.token)
        .bind(&new.role)
        .bind(new.scopes.to_string())
        .bind(new.person.map(|person| person.0))
        .bind(&new.name)
        .bind(new.created.moment())
        .bind(new.expires.map(Timestamp::moment))
        .bind(new.revoked.map(Timestamp::moment))
}

const REFUSALS: &str = "INSERT INTO refusals (time, actor, command, subject, rule, correlation)
    SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[])";

pub(super) async fn refusals(connection: &mut PgConnection, refusals: &[Refusal]) -> Result<()> {
    fn column<'r, T>(refusals: &'r [Refusal], value: impl Fn(&'r Refusal) -> T) -> Vec<T> {
        refusals.iter().map(value).collect()
    }
    let query = sqlx::query(REFUSALS)
        .bind(column(refusals, |each| each.time.moment()))
        .bind(column(refusals, |each| each.actor.as_str()))
        .bind(column(refusals, |each| each.command.as_str()))
        .bind(column(refusals, |each| each.subject.map(|subject| subject.to_string())))
        .bind(column(refusals, |each| each.rule.as_str()))
        .bind(column(refusals, |each| each.correlation));
    connection.execute(query).await.map(drop).map_err(failed)
}
