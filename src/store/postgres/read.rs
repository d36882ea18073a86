//! What is read from the database, each as one index search. Pages come as a few hundred records joined into one row,
//! since a row a record costs the driver more than the database.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use koinon_events::value::Timestamp;
use koinon_events::{PersonId, Subject};
use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::super::page::{Page, split};
use super::super::tiles::{TILE, Tiler, open_tiles};
use super::super::{Answer, Credential, Filter, Head, Refusal, StoreError, Stored, VaultEntry, VaultKey};
use super::open::failed;
use crate::tree::{Frontier, Hash};

type Result<T> = std::result::Result<T, StoreError>;

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn number(row: &PgRow, column: usize) -> Result<u64> {
    row.try_get::<i64, _>(column).map(i64::cast_unsigned).map_err(failed)
}

fn moment(row: &PgRow, column: usize) -> Result<Timestamp> {
    row.try_get::<DateTime<Utc>, _>(column).map(Timestamp::new).map_err(failed)
}

fn get<'r, T: sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres>>(row: &'r PgRow, column: usize) -> Result<T> {
    row.try_get(column).map_err(failed)
}

fn hash(bytes: &[u8]) -> Result<Hash> {
    bytes.try_into().map_err(|_| StoreError::Corrupt("a kept hash is not 32 bytes".to_owned()))
}

fn subject(text: &str) -> Result<Subject> {
    text.parse().map_err(|_| StoreError::Corrupt(format!("{text:?} is kept as a subject")))
}

fn addresses(subjects: &[Subject]) -> Vec<String> {
    subjects.iter().map(ToString::to_string).collect()
}

pub(super) const HEAD: &str = "SELECT position, time, root, frontier FROM head";

pub(super) fn head_row(row: &PgRow) -> Result<(Head, Frontier)> {
    let head = Head { position: number(row, 0)?, time: moment(row, 1)?, root: hash(&get::<Vec<u8>>(row, 2)?)? };
    let frontier =
        Frontier::from_bytes(&get::<Vec<u8>>(row, 3)?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
    Ok((head, frontier))
}

pub(super) async fn head(connection: &mut PgConnection) -> Result<Head> {
    let row = sqlx::query(HEAD).fetch_one(connection).await.map_err(failed)?;
    head_row(&row).map(|(head, _)| head)
}

/// Each 256 records are joined by themselves: joined by a grouping of the range, all its bytes would be sorted first. The
/// range is given whole, without a LIMIT: a plan kept for any numbers would sort all that lies above `after`.
const RECORDS: &str = "SELECT first, count, joined
    FROM generate_series($1::bigint, least($2, (SELECT coalesce(max(position), 0) FROM log)) - 1, 256) AS part(after),
      LATERAL (SELECT min(position) AS first, count(*) AS count, string_agg(bytes, '\\x0a'::bytea ORDER BY position) AS joined
               FROM log WHERE position > after AND position <= least(after + 256, $2)) AS records
    WHERE count > 0";
const RECORDS_SINGLY: &str = "SELECT position, bytes FROM log WHERE position > $1 AND position <= $2 ORDER BY position";

pub(super) async fn records(connection: &mut PgConnection, after: u64, until: u64) -> Result<Vec<Stored>> {
    let page = |sql| sqlx::query(sql).bind(signed(after)).bind(signed(until));
    let rows = page(RECORDS).fetch_all(&mut *connection).await.map_err(failed)?;
    let mut parts = rows.iter().map(|row| Ok((number(row, 0)?, row))).collect::<Result<Vec<_>>>()?;
    // Nothing promises that the parts come in their order, and to sort them there would be to sort all their bytes.
    parts.sort_by_key(|(first, _)| *first);
    let mut records = Vec::new();
    for (first, row) in parts {
        let joined = Bytes::from(get::<Vec<u8>>(row, 2)?);
        let count = usize::try_from(number(row, 1)?).unwrap_or(usize::MAX);
        match split(first, count, joined) {
            Some(split) => records.extend(split),
            None => return page(RECORDS_SINGLY).fetch_all(connection).await.map_err(failed).and_then(singly),
        }
    }
    Ok(records)
}

fn singly(rows: Vec<PgRow>) -> Result<Vec<Stored>> {
    let mut page = Page::with_capacity(rows.len());
    for row in &rows {
        page.push(number(row, 0)?, get::<&[u8]>(row, 1)?);
    }
    Ok(page.records())
}

pub(super) async fn select(
    connection: &mut PgConnection,
    filter: &Filter,
    after: u64,
    limit: usize,
) -> Result<Vec<Stored>> {
    let mut after = after;
    let mut until = filter.upto.unwrap_or(u64::MAX);
    if let Some(since) = filter.since {
        let before = Timestamp::from_micros(since.micros() - 1);
        after = after.max(position_at(&mut *connection, before).await?);
    }
    if let Some(time) = filter.until {
        until = until.min(position_at(&mut *connection, time).await?);
    }
    let mut query = selection(filter, after, until, limit);
    // Planned for these very values: a plan kept for any of them would sort what a whole programme has.
    let query = query.build().persistent(false);
    singly(query.fetch_all(connection).await.map_err(failed)?)
}

/// The statement for a filter: only the parts that are given, so that each finds its index.
fn selection(filter: &Filter, after: u64, until: u64, limit: usize) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT position, bytes FROM log WHERE position > ");
    query.push_bind(signed(after)).push(" AND position <= ").push_bind(signed(until));
    if let Some(programme) = &filter.programme {
        query.push(" AND programme = ").push_bind(programme.clone());
    }
    if let Some(partnership) = filter.partnership {
        query.push(" AND partnership = ").push_bind(partnership);
    }
    if let Some(actor) = &filter.actor {
        query.push(" AND actor = ").push_bind(actor.clone());
    }
    if let Some((name, version)) = filter.event_name() {
        query.push(" AND name = ").push_bind(name);
        if let Some(version) = version {
            query.push(" AND schema = ").push_bind(i64::from(version));
        }
    }
    if let Some(addresses) = filter.addresses() {
        query.push(" AND subject = ANY(").push_bind(addresses).push(")");
    }
    if let Some(positions) = &filter.positions {
        let positions: Vec<i64> = positions.iter().map(|position| signed(*position)).collect();
        query.push(" AND position = ANY(").push_bind(positions).push(")");
    }
    query.push(" ORDER BY position LIMIT ").push_bind(signed(limit as u64));
    query
}

const OF_SUBJECT: &str = "SELECT position, bytes FROM log WHERE subject = $1 ORDER BY version";
const OF_SUBJECTS: &str = "SELECT position, bytes FROM log WHERE subject = ANY($1) ORDER BY position";

pub(super) async fn subjects(connection: &mut PgConnection, subjects: &[Subject]) -> Result<Vec<Stored>> {
    let query = match subjects {
        [] => return Ok(Vec::new()),
        [one] => sqlx::query(OF_SUBJECT).bind(one.to_string()),
        many => sqlx::query(OF_SUBJECTS).bind(addresses(many)),
    };
    singly(query.fetch_all(connection).await.map_err(failed)?)
}

const VERSIONS: &str = "SELECT coalesce((SELECT version FROM log WHERE subject = asked.subject
      ORDER BY version DESC LIMIT 1), 0)
    FROM unnest($1::text[]) WITH ORDINALITY AS asked (subject, number) ORDER BY number";

pub(super) async fn versions(connection: &mut PgConnection, subjects: &[Subject]) -> Result<Vec<u64>> {
    let rows = sqlx::query(VERSIONS).bind(addresses(subjects)).fetch_all(connection).await.map_err(failed)?;
    rows.iter().map(|row| number(row, 0)).collect()
}

/// Time never goes back along the log, so a moment is found by halving: no index on time is needed.
const POSITION_AT: &str = "WITH RECURSIVE half (low, high) AS (
    SELECT 0::bigint, position FROM head
    UNION ALL
    SELECT CASE WHEN log.time <= $1 THEN log.position ELSE low END,
           CASE WHEN log.time <= $1 THEN high ELSE log.position - 1 END
    FROM half JOIN log ON log.position = (low + high + 1) / 2 WHERE low < high)
  SELECT low FROM half WHERE low >= high";

pub(super) async fn position_at(connection: &mut PgConnection, time: Timestamp) -> Result<u64> {
    let row = sqlx::query(POSITION_AT).bind(time.moment()).fetch_one(connection).await.map_err(failed)?;
    number(&row, 0)
}

const TILES: &str = "SELECT number, hashes FROM tiles WHERE level = $1 AND number BETWEEN $2 AND $3 ORDER BY number";
const LEAVES: &str = "SELECT leaf FROM log WHERE position > $1 AND position <= $2 ORDER BY position";
const ROOTS: &str = "SELECT root FROM tiles WHERE number >= $1 AND number < $2 AND level = $3 ORDER BY number";

/// Hashes of a level: from full tiles where there are, the rest one by one.
pub(super) async fn hashes(connection: &mut PgConnection, level: u8, from: u64, count: usize) -> Result<Vec<Hash>> {
    let end = from.saturating_add(count as u64);
    let mut found: Vec<Hash> = Vec::new();
    if count == 0 {
        return Ok(found);
    }
    let tiles = sqlx::query(TILES).bind(i16::from(level)).bind(signed(from / TILE)).bind(signed((end - 1) / TILE));
    for row in tiles.fetch_all(&mut *connection).await.map_err(failed)? {
        let start = number(&row, 0)? * TILE;
        let (hashes, _) = get::<&[u8]>(&row, 1)?.as_chunks::<32>();
        let within = from.max(start)..end.min(start + TILE);
        found.extend_from_slice(&hashes[(within.start - start) as usize..(within.end - start) as usize]);
    }
    let rest = from + found.len() as u64;
    if rest < end {
        let query = sqlx::query(if level == 0 { LEAVES } else { ROOTS }).bind(signed(rest)).bind(signed(end));
        let query = if level == 0 { query } else { query.bind(i16::from(level - 1)) };
        for row in query.fetch_all(connection).await.map_err(failed)? {
            found.push(hash(get::<&[u8]>(&row, 0)?)?);
        }
    }
    Ok(found)
}

/// The tiler of a log of that size, from what is kept.
pub(super) async fn tiler(connection: &mut PgConnection, size: u64) -> Result<Tiler> {
    let mut open = Vec::new();
    for (level, from, count) in open_tiles(size) {
        open.push(hashes(&mut *connection, level, from, count).await?);
    }
    Ok(Tiler::at(size, open))
}

const ANSWERS: &str = "SELECT a.scope, a.key, body, created, command, subject, version, position, first, last
    FROM unnest($1::text[], $2::text[]) AS asked (scope, key) JOIN answers a USING (scope, key)";

/// The kept answers of these scopes and keys.
pub(super) async fn answers(
    connection: &mut PgConnection,
    scopes: &[&str],
    keys: &[&str],
) -> Result<Vec<((String, String), Answer)>> {
    let rows = sqlx::query(ANSWERS).bind(scopes).bind(keys).fetch_all(connection).await.map_err(failed)?;
    let answer = |row: &PgRow| {
        let answer = Answer {
            body: hash(get::<&[u8]>(row, 2)?)?,
            created: get(row, 3)?,
            command: get(row, 4)?,
            subject: subject(get(row, 5)?)?,
            version: number(row, 6)?,
            position: number(row, 7)?,
            first: get::<Option<i64>>(row, 8)?.map(i64::cast_unsigned),
            last: get::<Option<i64>>(row, 9)?.map(i64::cast_unsigned),
        };
        Ok(((get(row, 0)?, get(row, 1)?), answer))
    };
    rows.iter().map(answer).collect()
}

const COMMAND: &str = "SELECT f.position, f.events, f.subject, f.version = 1,
      (SELECT max(version) FROM log WHERE subject = f.subject AND position < f.position + f.events)
    FROM log f WHERE f.command = $1";

/// What a command was answered, told by its events.
pub(super) async fn command(connection: &mut PgConnection, command: Uuid) -> Result<Option<Answer>> {
    let row = sqlx::query(COMMAND).bind(command).fetch_optional(connection).await.map_err(failed)?;
    let answer = |row: PgRow| {
        let (first, events) = (number(&row, 0)?, get::<i32>(&row, 1)?);
        let last = first + u64::from(events.cast_unsigned()) - 1;
        Ok(Answer {
            body: [0; 32],
            created: get(&row, 3)?,
            command,
            subject: subject(get(&row, 2)?)?,
            version: number(&row, 4)?,
            position: last,
            first: Some(first),
            last: Some(last),
        })
    };
    row.map(answer).transpose()
}

const CLAIMS: &str = "SELECT c.space, c.name, owner
    FROM unnest($1::text[], $2::text[]) AS asked (space, name) JOIN claims c USING (space, name)";

/// Who holds these names.
pub(super) async fn claims(
    connection: &mut PgConnection,
    spaces: &[&str],
    names: &[&str],
) -> Result<Vec<((String, String), Subject)>> {
    let rows = sqlx::query(CLAIMS).bind(spaces).bind(names).fetch_all(connection).await.map_err(failed)?;
    rows.iter().map(|row| Ok(((get(row, 0)?, get(row, 1)?), subject(get(row, 2)?)?))).collect()
}

pub(super) async fn credential(connection: &mut PgConnection, hash: [u8; 32]) -> Result<Option<Credential>> {
    let sql = "SELECT token, role, scopes, person, name, created, expires, revoked FROM credentials WHERE hash = $1";
    let row = sqlx::query(sql).bind(hash).fetch_optional(connection).await.map_err(failed)?;
    let credential = |row: PgRow| {
        Ok(Credential {
            hash,
            token: get(&row, 0)?,
            role: get(&row, 1)?,
            scopes: serde_json::from_str(get(&row, 2)?).map_err(|error| StoreError::Corrupt(error.to_string()))?,
            person: get::<Option<Uuid>>(&row, 3)?.map(PersonId),
            name: get(&row, 4)?,
            created: moment(&row, 5)?,
            expires: get::<Option<DateTime<Utc>>>(&row, 6)?.map(Timestamp::new),
            revoked: get::<Option<DateTime<Utc>>>(&row, 7)?.map(Timestamp::new),
        })
    };
    row.map(credential).transpose()
}

fn generation(row: &PgRow, column: usize) -> Result<u32> {
    u32::try_from(number(row, column)?).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// The wrapped keys of these persons.
pub(super) async fn vault_keys(connection: &mut PgConnection, persons: &[Uuid]) -> Result<Vec<(PersonId, VaultKey)>> {
    let sql = "SELECT person, generation, wrapped FROM vault_keys WHERE person = ANY($1)";
    let rows = sqlx::query(sql).bind(persons).fetch_all(connection).await.map_err(failed)?;
    let key =
        |row: &PgRow| Ok((PersonId(get(row, 0)?), VaultKey { generation: generation(row, 1)?, wrapped: get(row, 2)? }));
    rows.iter().map(key).collect()
}

const VAULT: &str = "SELECT person, commitment, ciphertext, generation, wrapped
    FROM vault JOIN vault_keys USING (person) WHERE commitment = ANY($1)";

pub(super) async fn vault_entries(connection: &mut PgConnection, commitments: &[String]) -> Result<Vec<VaultEntry>> {
    let rows = sqlx::query(VAULT).bind(commitments).fetch_all(connection).await.map_err(failed)?;
    let entry = |row: &PgRow| {
        let key = VaultKey { generation: generation(row, 3)?, wrapped: get(row, 4)? };
        let person = PersonId(get(row, 0)?);
        Ok(VaultEntry { person, commitment: get(row, 1)?, ciphertext: get(row, 2)?, key: Some(key) })
    };
    rows.iter().map(entry).collect()
}

pub(super) async fn refusals(connection: &mut PgConnection, after: u64, limit: usize) -> Result<Vec<(u64, Refusal)>> {
    let sql = "SELECT number, time, actor, command, subject, rule, correlation
        FROM refusals WHERE number > $1 ORDER BY number LIMIT $2";
    refusals_of(connection, sql, after, limit).await
}

pub(super) async fn latest_refusals(
    connection: &mut PgConnection,
    below: u64,
    limit: usize,
) -> Result<Vec<(u64, Refusal)>> {
    let sql = "SELECT number, time, actor, command, subject, rule, correlation
        FROM refusals WHERE number < $1 ORDER BY number DESC LIMIT $2";
    refusals_of(connection, sql, below, limit).await
}

async fn refusals_of(
    connection: &mut PgConnection,
    sql: &'static str,
    from: u64,
    limit: usize,
) -> Result<Vec<(u64, Refusal)>> {
    let query = sqlx::query(sql).bind(signed(from)).bind(signed(limit as u64));
    let refusal = |row: &PgRow| {
        let refusal = Refusal {
            time: moment(row, 1)?,
            actor: get(row, 2)?,
            command: get(row, 3)?,
            subject: get::<Option<&str>>(row, 4)?.map(subject).transpose()?,
            rule: get(row, 5)?,
            correlation: get(row, 6)?,
        };
        Ok((number(row, 0)?, refusal))
    };
    query.fetch_all(connection).await.map_err(failed)?.iter().map(refusal).collect()
}
