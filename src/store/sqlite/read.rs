//! What is read from the file, each as one index search. Bytes are handed on as they lie there.

use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension, Result, Row, params_from_iter};
use uuid::Uuid;

use super::super::page::Page;
use super::super::tiles::{TILE, Tiler, open_tiles};
use super::super::{Answer, Credential, Filter, Head, Refusal, Stored, VaultEntry, VaultKey};
use crate::tree::{Frontier, Hash};

/// A value that cannot be what was once written.
fn damaged(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Null, Box::new(error))
}

fn moment(row: &Row<'_>, column: usize) -> Result<Timestamp> {
    row.get(column).map(Timestamp::from_micros)
}

fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}

fn subject(row: &Row<'_>, column: usize) -> Result<Subject> {
    row.get_ref(column)?.as_str()?.parse().map_err(|error| damaged(column, error))
}

/// The head and the frontier beside it.
pub(super) fn head(connection: &Connection) -> Result<(Head, Frontier)> {
    let sql = "SELECT position, time, root, frontier FROM head";
    connection.prepare_cached(sql)?.query_row([], |row| {
        let head = Head { position: row.get(0)?, time: moment(row, 1)?, root: row.get(2)? };
        let frontier = Frontier::from_bytes(row.get_ref(3)?.as_blob()?).map_err(|error| damaged(3, error))?;
        Ok((head, frontier))
    })
}

fn page(connection: &Connection, sql: &str, values: &[Value], expected: usize) -> Result<Vec<Stored>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut page = Page::with_capacity(expected);
    while let Some(row) = rows.next()? {
        page.push(row.get(0)?, row.get_ref(1)?.as_blob()?);
    }
    Ok(page.records())
}

fn number(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

pub(super) fn records(connection: &Connection, after: u64, until: u64) -> Result<Vec<Stored>> {
    let sql = "SELECT position, bytes FROM log WHERE position > ?1 AND position <= ?2 ORDER BY position";
    let expected = usize::try_from(until.saturating_sub(after)).unwrap_or(usize::MAX);
    page(connection, sql, &[number(after), number(until)], expected)
}

pub(super) fn select(connection: &Connection, filter: &Filter, after: u64, limit: usize) -> Result<Vec<Stored>> {
    let before_since = filter.since.map(|since| Timestamp::from_micros(since.micros() - 1));
    let after = after.max(before_since.map_or(Ok(0), |time| position_at(connection, time))?);
    let until = filter.until.map_or(Ok(u64::MAX), |time| position_at(connection, time))?;
    let (sql, values) = selection(filter, after, until, limit);
    page(connection, &sql, &values, limit.min(256))
}

/// The statement for a filter: only the parts that are given, so that each finds its index.
fn selection(filter: &Filter, after: u64, until: u64, limit: usize) -> (String, Vec<Value>) {
    let mut sql = "SELECT position, bytes FROM log WHERE position > ? AND position <= ?".to_owned();
    let mut values = vec![number(after), number(until.min(filter.upto.unwrap_or(u64::MAX)))];
    let mut and = |condition: &str, value: Value| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.push(value);
    };
    if let Some(programme) = &filter.programme {
        and("programme = ?", Value::Text(programme.clone()));
    }
    if let Some(partnership) = filter.partnership {
        and("partnership = ?", Value::Blob(partnership.as_bytes().to_vec()));
    }
    if let Some(actor) = &filter.actor {
        and("actor = ?", Value::Text(actor.clone()));
    }
    if let Some((name, version)) = filter.event_name() {
        and("name = ?", Value::Text(name));
        if let Some(version) = version {
            and("schema = ?", Value::Integer(version.into()));
        }
    }
    if let Some(addresses) = filter.addresses() {
        and("subject IN (SELECT value FROM json_each(?))", list(&addresses));
    }
    if let Some(positions) = &filter.positions {
        and("position IN (SELECT value FROM json_each(?))", list(positions));
    }
    sql.push_str(" ORDER BY position LIMIT ?");
    values.push(number(limit as u64));
    (sql, values)
}

fn list<T: serde::Serialize>(items: &[T]) -> Value {
    Value::Text(serde_json::json!(items).to_string())
}

const OF_SUBJECT: &str = "SELECT position, bytes FROM log WHERE subject = ?1 ORDER BY version";
const VERSION: &str = "SELECT max(version) FROM log WHERE subject = ?1";
const OF_SUBJECTS: &str =
    "SELECT position, bytes FROM log WHERE subject IN (SELECT value FROM json_each(?1)) ORDER BY position";

pub(super) fn subjects(connection: &Connection, subjects: &[Subject]) -> Result<Vec<Stored>> {
    match subjects {
        [] => Ok(Vec::new()),
        [one] => page(connection, OF_SUBJECT, &[Value::Text(one.to_string())], 16),
        many => {
            let addresses: Vec<String> = many.iter().map(ToString::to_string).collect();
            page(connection, OF_SUBJECTS, &[list(&addresses)], 16 * many.len())
        }
    }
}

pub(super) fn version(connection: &Connection, subject: Subject) -> Result<u64> {
    let version: Option<u64> =
        connection.prepare_cached(VERSION)?.query_row([subject.to_string()], |row| row.get(0))?;
    Ok(version.unwrap_or(0))
}

/// Time never goes back along the log, so a moment is found by halving: no index on time is needed.
const POSITION_AT: &str = "WITH RECURSIVE half (low, high) AS (
    SELECT 0, position FROM head
    UNION ALL
    SELECT iif(log.time <= ?1, log.position, low), iif(log.time <= ?1, high, log.position - 1)
    FROM half JOIN log ON log.position = (low + high + 1) / 2 WHERE low < high)
  SELECT low FROM half WHERE low >= high";

pub(super) fn position_at(connection: &Connection, time: Timestamp) -> Result<u64> {
    connection.prepare_cached(POSITION_AT)?.query_row([time.micros()], |row| row.get(0))
}

const TILES: &str = "SELECT number, hashes FROM tiles WHERE level = ?1 AND number BETWEEN ?2 AND ?3 ORDER BY number";
const LEAVES: &str = "SELECT leaf FROM log WHERE position > ?1 AND position <= ?2 ORDER BY position";
const ROOTS: &str = "SELECT root FROM tiles WHERE level = ?1 AND number >= ?2 AND number < ?3 ORDER BY number";

/// Hashes of a level: from full tiles where there are, the rest one by one.
pub(super) fn hashes(connection: &Connection, level: u8, from: u64, count: usize) -> Result<Vec<Hash>> {
    let end = from.saturating_add(count as u64);
    let mut found: Vec<Hash> = Vec::new();
    if count > 0 {
        let mut statement = connection.prepare_cached(TILES)?;
        let mut rows = statement.query((level, from / TILE, (end - 1) / TILE))?;
        while let Some(row) = rows.next()? {
            let start = row.get::<_, u64>(0)? * TILE;
            let (hashes, _) = row.get_ref(1)?.as_blob()?.as_chunks::<32>();
            let within = from.max(start)..end.min(start + TILE);
            found.extend_from_slice(&hashes[(within.start - start) as usize..(within.end - start) as usize]);
        }
    }
    let rest = from + found.len() as u64;
    if rest < end {
        let (sql, level) = if level == 0 { (LEAVES, None) } else { (ROOTS, Some(level - 1)) };
        let mut values: Vec<Value> = level.map(|level| Value::Integer(level.into())).into_iter().collect();
        values.extend([number(rest), number(end)]);
        let mut statement = connection.prepare_cached(sql)?;
        let hashes = statement.query_map(params_from_iter(values), |row| row.get::<_, Hash>(0))?;
        found.extend(hashes.collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// The tiler of a log of that size, from what is kept.
pub(super) fn tiler(connection: &Connection, size: u64) -> Result<Tiler> {
    let open = open_tiles(size).into_iter().map(|(level, from, count)| hashes(connection, level, from, count));
    Ok(Tiler::at(size, open.collect::<Result<_>>()?))
}

const ANSWER: &str = "SELECT body, created, command, subject, version, position, first, last
    FROM answers WHERE scope = ?1 AND key = ?2";

pub(super) fn answer(connection: &Connection, scope: &str, key: &str) -> Result<Option<Answer>> {
    let mut statement = connection.prepare_cached(ANSWER)?;
    let answer = statement.query_row((scope, key), |row| {
        Ok(Answer {
            body: row.get(0)?,
            created: row.get(1)?,
            command: uuid(row, 2)?,
            subject: subject(row, 3)?,
            version: row.get(4)?,
            position: row.get(5)?,
            first: row.get(6)?,
            last: row.get(7)?,
        })
    });
    answer.optional()
}

const COMMAND: &str = "SELECT f.position, f.events, f.subject, f.version = 1,
      (SELECT max(version) FROM log WHERE subject = f.subject AND position < f.position + f.events)
    FROM log f WHERE f.command = ?1";

/// What a command was answered, told by its events.
pub(super) fn command(connection: &Connection, command: Uuid) -> Result<Option<Answer>> {
    let mut statement = connection.prepare_cached(COMMAND)?;
    let answer = statement.query_row([command.as_bytes()], |row| {
        let (first, events): (u64, u64) = (row.get(0)?, row.get(1)?);
        let last = first + events - 1;
        Ok(Answer {
            body: [0; 32],
            created: row.get(3)?,
            command,
            subject: subject(row, 2)?,
            version: row.get(4)?,
            position: last,
            first: Some(first),
            last: Some(last),
        })
    });
    answer.optional()
}

pub(super) fn claim(connection: &Connection, space: &str, name: &str) -> Result<Option<Subject>> {
    let sql = "SELECT owner FROM claims WHERE space = ?1 AND name = ?2";
    connection.prepare_cached(sql)?.query_row((space, name), |row| subject(row, 0)).optional()
}

pub(super) fn credential(connection: &Connection, hash: [u8; 32]) -> Result<Option<Credential>> {
    let sql = "SELECT token, role, scopes, person, name, created, expires, revoked FROM credentials WHERE hash = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let credential = statement.query_row([hash.as_slice()], |row| {
        Ok(Credential {
            hash,
            token: uuid(row, 0)?,
            role: row.get(1)?,
            scopes: serde_json::from_str(row.get_ref(2)?.as_str()?).map_err(|error| damaged(2, error))?,
            person: row.get::<_, Option<[u8; 16]>>(3)?.map(|id| PersonId(Uuid::from_bytes(id))),
            name: row.get(4)?,
            created: moment(row, 5)?,
            expires: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_micros),
            revoked: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_micros),
        })
    });
    credential.optional()
}

pub(super) fn vault_key(connection: &Connection, person: PersonId) -> Result<Option<VaultKey>> {
    let sql = "SELECT generation, wrapped FROM vault_keys WHERE person = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let key = statement
        .query_row([person.0.as_bytes()], |row| Ok(VaultKey { generation: row.get(0)?, wrapped: row.get(1)? }));
    key.optional()
}

const VAULT: &str = "SELECT vault.person, commitment, ciphertext, generation, wrapped
    FROM vault JOIN vault_keys ON vault_keys.person = vault.person
    WHERE commitment IN (SELECT value FROM json_each(?1))";

pub(super) fn vault_entries(connection: &Connection, commitments: &[String]) -> Result<Vec<VaultEntry>> {
    let mut statement = connection.prepare_cached(VAULT)?;
    let entries = statement.query_map([list(commitments)], |row| {
        let key = VaultKey { generation: row.get(3)?, wrapped: row.get(4)? };
        let person = PersonId(uuid(row, 0)?);
        Ok(VaultEntry { person, commitment: row.get(1)?, ciphertext: row.get(2)?, key: Some(key) })
    })?;
    entries.collect()
}

pub(super) fn refusals(connection: &Connection, after: u64, limit: usize) -> Result<Vec<(u64, Refusal)>> {
    let sql = "SELECT number, time, actor, command, subject, rule, correlation
        FROM refusals WHERE number > ?1 ORDER BY number LIMIT ?2";
    refusals_of(connection, sql, after, limit)
}

pub(super) fn latest_refusals(connection: &Connection, below: u64, limit: usize) -> Result<Vec<(u64, Refusal)>> {
    let sql = "SELECT number, time, actor, command, subject, rule, correlation
        FROM refusals WHERE number < ?1 ORDER BY number DESC LIMIT ?2";
    refusals_of(connection, sql, below, limit)
}

fn refusals_of(connection: &Connection, sql: &str, from: u64, limit: usize) -> Result<Vec<(u64, Refusal)>> {
    let mut statement = connection.prepare_cached(sql)?;
    let refusals = statement.query_map([number(from), number(limit as u64)], |row| {
        let refusal = Refusal {
            time: moment(row, 1)?,
            actor: row.get(2)?,
            command: row.get(3)?,
            subject: row.get::<_, Option<String>>(4)?.map(|_| subject(row, 4)).transpose()?,
            rule: row.get(5)?,
            correlation: uuid(row, 6)?,
        };
        Ok((row.get(0)?, refusal))
    })?;
    refusals.collect()
}
