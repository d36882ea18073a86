//! What moves with the log beside it: personal values, API tokens, refusals.

use koinon::store::{Append, AppendError, Credential, CredentialChange, Refusal, Store, VaultEntry, VaultKey};
use koinon_events::{PersonId, Subject};
use serde_json::json;

use super::on_both_engines;
use super::story::{confirm, id, second, sound_log, visit};
use crate::support::Place;

on_both_engines!(
    values_are_kept_with_their_append_and_forgotten_with_another,
    a_refused_append_keeps_no_value,
    a_person_has_one_key,
    a_token_works_once_made_until_revoked,
    refusals_are_kept_in_order,
);

fn entry(person: PersonId, commitment: &str, key: Option<u8>) -> VaultEntry {
    let key = key.map(|byte| VaultKey { generation: 1, wrapped: vec![byte; 60] });
    VaultEntry { person, commitment: commitment.to_owned(), ciphertext: b"ciphertext-of-a-name".to_vec(), key }
}

async fn values_are_kept_with_their_append_and_forgotten_with_another(place: Place) {
    let store = place.open().await;
    let (one, other) = (PersonId(id()), PersonId(id()));
    let vault = vec![entry(one, "a", Some(1)), entry(one, "b", None), entry(other, "c", Some(2))];
    store.append(Append { vault, ..confirm(&[(one.subject(), 0)], second(1)) }).await.unwrap();
    assert_eq!(store.vault_key(one).await.unwrap().unwrap().wrapped, [1; 60]);
    let asked = ["a", "b", "c", "d"].map(str::to_owned);
    let mut held = store.vault_entries(&asked).await.unwrap();
    held.sort_by(|left, right| left.commitment.cmp(&right.commitment));
    assert_eq!(held, [entry(one, "a", Some(1)), entry(one, "b", Some(1)), entry(other, "c", Some(2))]);
    store.append(Append { forget: vec![one], ..confirm(&[(one.subject(), 1)], second(2)) }).await.unwrap();
    assert_eq!(store.vault_key(one).await.unwrap(), None);
    assert_eq!(store.vault_entries(&asked).await.unwrap(), [entry(other, "c", Some(2))]);
    assert_eq!(sound_log(&store).await.len(), 2);
    nothing_lies_in_the_files(&place, store).await;
}

/// After forgetting the last person, no byte of a value is left in the database or its write-ahead log.
async fn nothing_lies_in_the_files(place: &Place, store: Store) {
    let person = PersonId(id());
    let mut secret = entry(person, "s", Some(9));
    secret.ciphertext = b"to be destroyed".repeat(20);
    store.append(Append { vault: vec![secret], ..confirm(&[(visit(), 0)], second(3)) }).await.unwrap();
    store.append(Append { forget: vec![person], ..confirm(&[(visit(), 0)], second(4)) }).await.unwrap();
    store.writable().await.unwrap();
    store.close().await;
    let Some(file) = place.file() else { return };
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(format!("{file}{suffix}")).unwrap_or_default();
        assert!(!bytes.windows(15).any(|window| window == b"to be destroyed"), "found in {suffix:?}");
    }
}

async fn a_refused_append_keeps_no_value(place: Place) {
    let store = place.open().await;
    let person = PersonId(id());
    let refused = Append { vault: vec![entry(person, "a", Some(1))], ..confirm(&[(person.subject(), 7)], second(1)) };
    assert!(store.append(refused).await.is_err());
    assert_eq!(store.vault_key(person).await.unwrap(), None);
    let doubled = Append {
        vault: vec![entry(person, "x", Some(1)), entry(person, "x", None)],
        ..confirm(&[(visit(), 0)], second(1))
    };
    let (doubled, neighbour) = tokio::join!(store.append(doubled), store.append(confirm(&[(visit(), 0)], second(1))));
    assert!(matches!(doubled, Err(AppendError::Unavailable(_))), "{doubled:?}");
    assert_eq!(neighbour.unwrap().position, 1);
    assert_eq!(sound_log(&store).await.len(), 1);
}

async fn a_person_has_one_key(place: Place) {
    let store = place.open().await;
    let person = PersonId(id());
    let keep = |commitment: &str, key| Append {
        vault: vec![entry(person, commitment, key)],
        ..confirm(&[(visit(), 0)], second(1))
    };
    let (first, second) = tokio::join!(store.append(keep("a", Some(1))), store.append(keep("b", Some(2))));
    assert_eq!(u8::from(first.is_ok()) + u8::from(second.is_ok()), 1);
    assert!(matches!(first.and(second), Err(AppendError::Taken { space: "vault-key", .. })));
    store.append(keep("c", None)).await.unwrap();
}

async fn a_token_works_once_made_until_revoked(place: Place) {
    let store = place.open().await;
    let token = Credential {
        hash: [5; 32],
        token: id(),
        role: "auditor".to_owned(),
        scopes: json!(["programme/x"]),
        person: Some(PersonId(id())),
        name: "nightly".to_owned(),
        created: second(1),
        expires: Some(second(100)),
        revoked: None,
    };
    let subject = Subject { kind: koinon_events::Kind::Token, id: token.token };
    let change = |change| vec![change];
    let made = change(CredentialChange::Insert(token.clone()));
    store.append(Append { credentials: made, ..confirm(&[(subject, 0)], second(1)) }).await.unwrap();
    assert_eq!(place.open().await.credential([5; 32]).await.unwrap(), Some(token.clone()), "on every node at once");
    assert_eq!(store.credential([6; 32]).await.unwrap(), None);
    let revoked = change(CredentialChange::Revoke { token: token.token, time: second(9) });
    store.append(Append { credentials: revoked, ..confirm(&[(subject, 1)], second(9)) }).await.unwrap();
    assert_eq!(store.credential([5; 32]).await.unwrap().unwrap().revoked, Some(second(9)));
}

async fn refusals_are_kept_in_order(place: Place) {
    let store = place.open().await;
    let refusal = |rule: &str, subject| Refusal {
        time: second(1),
        actor: "person/a".to_owned(),
        command: "CancelVisit".to_owned(),
        subject,
        rule: rule.to_owned(),
        correlation: id(),
    };
    let refusals = [refusal("visit-already-cancelled", Some(visit())), refusal("not-yours", None)];
    refusals.iter().for_each(|refusal| store.refuse(refusal.clone()));
    store.clone().close().await;
    let store = place.open().await;
    let kept = store.refusals(0, 10).await.unwrap();
    assert_eq!(kept.iter().map(|(_, refusal)| refusal.clone()).collect::<Vec<_>>(), refusals);
    assert_eq!(store.refusals(kept[0].0, 10).await.unwrap().len(), 1);
    assert_eq!(store.head().await.unwrap().position, 0, "a refusal is no event");
}
