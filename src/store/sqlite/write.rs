//! What is written in the append transaction: what the batch asks is looked up, decided, and put down.

use rusqlite::{Connection, Result};

use super::super::batch::{Asked, Batch, Effect, Known, Row, decide};
use super::super::filter::event_name;
use super::super::tiles::Tiler;
use super::super::{Append, Credential, CredentialChange, Refusal};
use super::{forget, read};

/// Decides the batch against the log as it stands and writes it, inside the transaction that holds the write lock.
pub(super) fn batch<'a>(
    transaction: &Connection,
    tiler: &mut Option<Tiler>,
    appends: &'a [Append],
) -> Result<Batch<'a>> {
    let known = known(transaction, &Asked::by(appends))?;
    let mut current = match tiler.take() {
        Some(tiler) if tiler.size() == known.position => tiler,
        _ => read::tiler(transaction, known.position)?,
    };
    let batch = decide(known, &mut current, appends);
    let mut insert = transaction.prepare_cached(RECORD)?;
    for row in &batch.rows {
        record(&mut insert, row)?;
    }
    for tile in &batch.tiles {
        let sql = "INSERT INTO tiles (level, number, root, hashes) VALUES (?1, ?2, ?3, ?4)";
        transaction.prepare_cached(sql)?.execute((tile.level, tile.number, tile.root, &tile.hashes))?;
    }
    for each in &batch.effects {
        effect(transaction, each)?;
    }
    if !batch.rows.is_empty() {
        let sql = "UPDATE head SET position = ?1, time = ?2, root = ?3, frontier = ?4";
        let (root, frontier) = (batch.frontier.root(), batch.frontier.to_bytes());
        transaction.prepare_cached(sql)?.execute((batch.position, batch.time.micros(), root, frontier))?;
    }
    *tiler = Some(current);
    Ok(batch)
}

/// Everything the log knows of what the batch names.
fn known(transaction: &Connection, asked: &Asked<'_>) -> Result<Known> {
    let (head, frontier) = read::head(transaction)?;
    let mut known = Known::at(head.position, head.time, frontier);
    for subject in &asked.subjects {
        known.versions.insert(*subject, read::version(transaction, *subject)?);
    }
    for command in &asked.commands {
        known.commands.extend(read::command(transaction, *command)?.map(|answer| (*command, answer)));
    }
    for key in &asked.keys {
        let answer = read::answer(transaction, &key.scope, &key.key)?;
        known.answers.extend(answer.map(|answer| ((key.scope.clone(), key.key.clone()), answer)));
    }
    for claim in &asked.claims {
        let owner = read::claim(transaction, claim.space, &claim.name)?;
        known.claims.extend(owner.map(|owner| ((claim.space.to_owned(), claim.name.clone()), owner)));
    }
    for person in &asked.persons {
        known.vault_keys.extend(read::vault_key(transaction, *person)?.map(|key| (*person, key)));
    }
    Ok(known)
}

const RECORD: &str = "INSERT INTO log
    (position, subject, version, time, command, events, name, schema, actor, programme, partnership, leaf, bytes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

fn record(insert: &mut rusqlite::Statement<'_>, row: &Row<'_>) -> Result<()> {
    let (name, schema) = event_name(&row.event.event_type);
    insert.execute((
        row.position,
        row.event.subject.to_string(),
        row.version,
        row.time.micros(),
        row.command.as_ref().map(|(command, _)| command.as_bytes().as_slice()),
        row.command.map(|(_, events)| events),
        name,
        schema.unwrap_or(1),
        &row.event.actor,
        &row.event.programme,
        row.event.partnership.as_ref().map(|id| id.as_bytes().as_slice()),
        row.leaf,
        row.bytes.as_ref(),
    ))?;
    Ok(())
}

fn effect(transaction: &Connection, effect: &Effect<'_>) -> Result<()> {
    match effect {
        Effect::Answer(key, answer) => {
            let sql =
                "INSERT INTO answers (scope, key, body, created, command, subject, version, position, first, last)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
            transaction.prepare_cached(sql)?.execute((
                &key.scope,
                &key.key,
                answer.body,
                answer.created,
                answer.command.as_bytes(),
                answer.subject.to_string(),
                answer.version,
                answer.position,
                answer.first,
                answer.last,
            ))?;
        }
        Effect::Claim(claim) => {
            let sql = "INSERT INTO claims (space, name, owner) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(sql)?.execute((claim.space, &claim.name, claim.owner.to_string()))?;
        }
        Effect::Vault(entry) => {
            let person = entry.person.0.as_bytes();
            if let Some(key) = &entry.key {
                let sql = "INSERT INTO vault_keys (person, generation, wrapped) VALUES (?1, ?2, ?3)
                    ON CONFLICT DO NOTHING";
                transaction.prepare_cached(sql)?.execute((person, key.generation, &key.wrapped))?;
            }
            let sql = "INSERT INTO vault (commitment, person, ciphertext) VALUES (?1, ?2, ?3)";
            transaction.prepare_cached(sql)?.execute((&entry.commitment, person, &entry.ciphertext))?;
        }
        Effect::Supersede(commitment) => {
            transaction.prepare_cached("DELETE FROM vault WHERE commitment = ?1")?.execute([commitment])?;
        }
        Effect::Forget(each) => forget::forget(transaction, each)?,
        Effect::Credential(CredentialChange::Insert(new)) => credential(transaction, new)?,
        Effect::Credential(CredentialChange::Revoke { token, time }) => {
            let sql = "UPDATE credentials SET revoked = ?2 WHERE token = ?1 AND revoked IS NULL";
            transaction.prepare_cached(sql)?.execute((token.as_bytes(), time.micros()))?;
        }
    }
    Ok(())
}

/// Sweeps out what is older than refusals are kept.
pub(super) fn sweep_refusals(transaction: &Connection, newest: &[Refusal]) -> Result<()> {
    let Some(now) = newest.iter().map(|refusal| refusal.time).max() else { return Ok(()) };
    let oldest = now.micros().saturating_sub(super::super::REFUSALS_KEPT);
    transaction.prepare_cached("DELETE FROM refusals WHERE time < ?1")?.execute([oldest])?;
    Ok(())
}

fn credential(transaction: &Connection, new: &Credential) -> Result<()> {
    let sql = "INSERT INTO credentials (hash, token, role, scopes, person, name, created, expires, revoked)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    transaction.prepare_cached(sql)?.execute((
        new.hash,
        new.token.as_bytes(),
        &new.role,
        new.scopes.to_string(),
        new.person.as_ref().map(|person| person.0.as_bytes().as_slice()),
        &new.name,
        new.created.micros(),
        new.expires.map(|time| time.micros()),
        new.revoked.map(|time| time.micros()),
    ))?;
    Ok(())
}

pub(super) fn refusal(transaction: &Connection, refusal: &Refusal) -> Result<()> {
    let sql = "INSERT INTO refusals (time, actor, command, subject, rule, correlation) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    transaction.prepare_cached(sql)?.execute((
        refusal.time.micros(),
        &refusal.actor,
        &refusal.command,
        refusal.subject.map(|subject| subject.to_string()),
        &refusal.rule,
        refusal.correlation.as_bytes(),
    ))?;
    Ok(())
}
