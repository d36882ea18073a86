//! Random appends against a model of the log that fits on a page.

use std::collections::HashMap;

use koinon::store::{Append, AppendError, Claim, Store};
use koinon_events::Subject;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::on_both_engines;
use super::story::{confirm, keyed, second, sound_log, visit};
use crate::support::Place;

on_both_engines!(random_appends_do_what_the_model_says);

/// One append to try, by small numbers so that they meet.
#[derive(Debug, Clone)]
struct Try {
    writes: Vec<(usize, i8)>,
    key: Option<(u8, u8)>,
    claim: Option<(u8, usize)>,
    seconds: i64,
}

fn tries() -> impl Strategy<Value = Vec<Vec<Try>>> {
    let writes = proptest::collection::vec((0..4_usize, prop_oneof![9 => Just(0_i8), 1 => -1..=1_i8]), 0..3);
    let key = proptest::option::weighted(0.3, (0..4_u8, 0..2_u8));
    let claim = proptest::option::weighted(0.3, (0..3_u8, 0..4_usize));
    let one =
        (writes, key, claim, 0..50_i64).prop_map(|(writes, key, claim, seconds)| Try { writes, key, claim, seconds });
    proptest::collection::vec(proptest::collection::vec(one, 1..6), 1..8)
}

#[derive(Default)]
struct Model {
    position: u64,
    time: i64,
    versions: HashMap<Subject, u64>,
    keys: HashMap<u8, (u8, u64)>,
    claims: HashMap<u8, Subject>,
}

#[derive(Debug, PartialEq)]
enum Said {
    Recorded(u64),
    Known(u64),
    KeyUsed,
    Conflict,
    Taken,
}

impl Model {
    fn append(&mut self, subjects: &[Subject], attempt: &Try, expected: &[(Subject, u64)]) -> Said {
        if let Some((body, position)) = attempt.key.and_then(|(key, _)| self.keys.get(&key)) {
            return if Some(*body) == attempt.key.map(|(_, body)| body) {
                Said::Known(*position)
            } else {
                Said::KeyUsed
            };
        }
        if expected.iter().any(|(subject, version)| self.versions.get(subject).copied().unwrap_or(0) != *version) {
            return Said::Conflict;
        }
        if let Some((name, owner)) = attempt.claim {
            let owner = subjects[owner];
            if *self.claims.get(&name).unwrap_or(&owner) != owner {
                return Said::Taken;
            }
            self.claims.insert(name, owner);
        }
        for (subject, _) in &attempt.writes {
            self.position += 1;
            self.time = self.time.max(attempt.seconds);
            *self.versions.entry(subjects[*subject]).or_default() += 1;
        }
        if let Some((key, body)) = attempt.key {
            self.keys.insert(key, (body, self.position));
        }
        Said::Recorded(self.position)
    }
}

fn said(outcome: Result<koinon::store::Appended, AppendError>) -> Said {
    match outcome {
        Ok(appended) => Said::Recorded(appended.position),
        Err(AppendError::Known(answer)) => Said::Known(answer.position),
        Err(AppendError::KeyUsed) => Said::KeyUsed,
        Err(AppendError::Conflict { .. }) => Said::Conflict,
        Err(AppendError::Taken { .. }) => Said::Taken,
        Err(other) => panic!("{other}"),
    }
}

async fn random_appends_do_what_the_model_says(place: Place) {
    let store = place.open().await;
    let mut runner = TestRunner::new(Config { cases: 1, ..Config::default() });
    for _ in 0..25 {
        let rounds = tries().new_tree(&mut runner).unwrap().current();
        story(&store, &rounds).await;
    }
    sound_log(&store).await;
}

/// Rounds of appends sent together; the model takes them in the order sent.
async fn story(store: &Store, rounds: &[Vec<Try>]) {
    let head = store.head().await.unwrap();
    let base = (head.time.micros() - second(0).micros()) / 1_000_000;
    let mut model = Model { position: head.position, time: base.max(0), ..Model::default() };
    let subjects: Vec<Subject> = (0..4).map(|_| visit()).collect();
    let name = |name: u8| format!("{name}-{}", subjects[0]);
    for round in rounds {
        let mut expectations = Vec::new();
        let appends = round.iter().map(|attempt| {
            let expected: Vec<(Subject, u64)> = attempt
                .writes
                .iter()
                .map(|(subject, off)| {
                    let version = model.versions.get(&subjects[*subject]).copied().unwrap_or(0);
                    (subjects[*subject], version.saturating_add_signed((*off).into()))
                })
                .collect();
            expectations.push(expected.clone());
            let mut append = Append { expected: expected.clone(), ..confirm(&expected, second(attempt.seconds)) };
            if let Some((name_number, owner)) = attempt.claim {
                append.claims.push(Claim { space: "code", name: name(name_number), owner: subjects[owner] });
            }
            match attempt.key {
                Some((key, body)) => keyed(append, &name(key), body),
                None => append,
            }
        });
        let appends: Vec<Append> = appends.collect();
        let outcomes = futures::future::join_all(appends.into_iter().map(|append| store.append(append))).await;
        for ((attempt, expected), outcome) in round.iter().zip(&expectations).zip(outcomes) {
            assert_eq!(said(outcome), model.append(&subjects, attempt, expected), "{attempt:?}");
        }
    }
    let head = store.head().await.unwrap();
    assert_eq!(head.position, model.position);
    if head.position > 0 {
        assert_eq!(head.time, second(model.time));
    }
    let versions = store.versions(&subjects).await.unwrap();
    assert_eq!(versions, subjects.iter().map(|s| model.versions.get(s).copied().unwrap_or(0)).collect::<Vec<_>>());
}
