//! What anyone can verify without us: checkpoints, tiles and proofs, and that a log which lost records is not written.

use std::fs;

use koinon::note::{Checkpoint, VerifierKey};
use koinon::proof::{ConsistencyProof, InclusionProof, unbundle};
use koinon::tree::{Frontier, Hash, leaf_hash};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, theme};
use crate::support::server::Server;

on_both_engines!(
    every_record_is_proven_to_be_in_the_signed_log,
    a_log_is_proven_to_have_only_grown,
    tiles_give_the_root_of_the_checkpoint,
    a_log_that_contradicts_its_checkpoint_is_not_written
);

/// A log of 300 records or so: more than a tile.
async fn told(place: &Place) -> (Server, String) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    for number in 0..300 {
        let answer = server.order("DefineTheme", &theme(&format!("theme-{number}")), &token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    (server, token)
}

async fn text(server: &Server, path: &str, token: &str) -> String {
    let answer = server.read(path, token).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

/// The checkpoint, as whoever holds only the key verifies it.
async fn checkpoint(server: &Server) -> (Checkpoint, VerifierKey) {
    let key: VerifierKey = text(server, "/log/key", "").await.trim().parse().unwrap();
    let note = text(server, "/log/checkpoint", "").await;
    (Checkpoint::parse(&note, std::slice::from_ref(&key)).unwrap(), key)
}

fn leaves(place: &Place) -> Vec<Hash> {
    place.export().lines().map(|line| leaf_hash(line.as_bytes())).collect()
}

fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier.root()
}

async fn every_record_is_proven_to_be_in_the_signed_log(place: Place) {
    let (server, token) = told(&place).await;
    let leaves = leaves(&place);
    let (_, key) = checkpoint(&server).await;
    for position in [1, 2, 255, 256, 257, leaves.len()] {
        let file = text(&server, &format!("/api/proofs/inclusion?position={position}"), &token).await;
        let proof: InclusionProof = file.parse().unwrap();
        let signed = Checkpoint::parse(&proof.checkpoint, std::slice::from_ref(&key)).unwrap();
        assert_eq!((proof.index, signed.size), (position as u64 - 1, leaves.len() as u64));
        proof.verify(&leaves[position - 1], &signed).unwrap();
        proof.verify(&leaves[position % leaves.len()], &signed).unwrap_err();
    }
    let file = text(&server, "/api/proofs/inclusion?position=7&size=100", &token).await;
    let proof: InclusionProof = file.parse().unwrap();
    let signed = Checkpoint::parse(&proof.checkpoint, &[key]).unwrap();
    assert_eq!((signed.size, signed.root), (100, root(&leaves[..100])));
    proof.verify(&leaves[6], &signed).unwrap();
    for (path, status) in [
        ("/api/proofs/inclusion?position=0", 404),
        ("/api/proofs/inclusion?position=100000", 404),
        ("/api/proofs/inclusion?position=7&size=100000", 422),
        ("/api/proofs/inclusion?position=7&size=6", 422),
        ("/api/proofs/inclusion", 422),
        ("/api/proofs/inclusion?position=seven", 422),
        ("/api/proofs/consistency?from=100000", 422),
    ] {
        assert_eq!(server.read(path, &token).send().await.unwrap().status(), status, "{path}");
    }
    assert_eq!(server.read("/api/proofs/inclusion?position=1", "").send().await.unwrap().status(), 401);
    let delegate = place.token("delegate");
    let mut seen = Vec::new();
    for position in 1..=4 {
        let proof = server.read(&format!("/api/proofs/inclusion?position={position}"), &delegate).send().await.unwrap();
        let record = server.read(&format!("/api/events/{position}"), &delegate).send().await.unwrap();
        assert_eq!(proof.status(), record.status(), "whoever sees record {position} gets its proof, and nobody else");
        seen.push(proof.status().as_u16());
    }
    assert!(seen.contains(&200) && seen.contains(&404), "{seen:?}");
}

async fn a_log_is_proven_to_have_only_grown(place: Place) {
    let (server, token) = told(&place).await;
    let leaves = leaves(&place);
    let (now, _) = checkpoint(&server).await;
    assert_eq!((now.size, now.root), (leaves.len() as u64, root(&leaves)));
    for old in [0, 1, 2, 128, 256, 299, leaves.len()] {
        let file = text(&server, &format!("/api/proofs/consistency?from={old}"), &token).await;
        let proof: ConsistencyProof = file.parse().unwrap();
        proof.verify(&root(&leaves[..old]), &now).unwrap();
        if old > 0 {
            proof.verify(&root(&leaves[1..]), &now).unwrap_err();
        }
    }
}

async fn tiles_give_the_root_of_the_checkpoint(place: Place) {
    let (server, token) = told(&place).await;
    let (now, _) = checkpoint(&server).await;
    let partial = now.size - 256;
    let mut hashes = Vec::new();
    for path in ["/log/tile/0/000".to_owned(), format!("/log/tile/0/001.p/{partial}")] {
        let answer = server.read(&path, "").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(answer.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        hashes.extend(answer.bytes().await.unwrap().chunks(32).map(|hash| Hash::try_from(hash).unwrap()));
    }
    assert_eq!(root(&hashes), now.root);
    let upper = server.read("/log/tile/1/000.p/1", "").send().await.unwrap().bytes().await.unwrap();
    assert_eq!(upper.as_ref(), root(&hashes[..256]));
    let auditor = place.token("auditor");
    let entries = server.read("/log/tile/entries/000", &auditor).send().await.unwrap().bytes().await.unwrap();
    let export = place.export();
    let records: Vec<&[u8]> = export.lines().take(256).map(str::as_bytes).collect();
    assert_eq!(unbundle(&entries).unwrap(), records);
    for (path, token, status) in [
        ("/log/tile/entries/000", "", 401),
        ("/log/tile/0/000.p/256", "", 404),
        ("/log/tile/0/0", "", 404),
        ("/log/tile/0/002", "", 404),
        ("/log/tile/7/000", "", 404),
        ("/log/tile/0/000/", token.as_str(), 404),
    ] {
        assert_eq!(server.read(path, token).send().await.unwrap().status(), status, "{path}");
    }
    let delegate = place.token("delegate");
    assert_eq!(server.read("/log/tile/entries/000", &delegate).send().await.unwrap().status(), 404);
}

/// The key file and its remembered checkpoint stay; the database is one that ends earlier.
async fn a_log_that_contradicts_its_checkpoint_is_not_written(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    drop(server);
    let remembered = place.folder().join("koinon-signing.checkpoint");
    let note = fs::read_to_string(&remembered).expect("the last checkpoint is kept beside the signing key");
    let signed = Checkpoint::parse_unverified(&note).unwrap();
    let secret = fs::read_to_string(place.folder().join("koinon-signing.key")).unwrap();
    let key = koinon::note::SigningKey::from_secret_text(secret.trim()).unwrap();
    let cases = [
        (Checkpoint { size: signed.size + 5, ..signed.clone() }, "old backup"),
        (Checkpoint { root: [7; 32], ..signed.clone() }, "not the ones"),
    ];
    for (known, words) in cases {
        fs::write(&remembered, known.sign(&[&key])).unwrap();
        let server = place.serve();
        let refused = server.order("DefineTheme", &theme("one-more"), &token).send().await.unwrap();
        assert_eq!(refused.status(), 503);
        assert!(refused.headers().contains_key("retry-after"));
        let problem: serde_json::Value = refused.json().await.unwrap();
        assert_eq!(problem["type"], "/problems/log-read-only");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
        assert_eq!(server.read("/readyz", "").send().await.unwrap().status(), 503);
        assert_eq!(server.read("/api/programmes", &token).send().await.unwrap().status(), 200, "it is still read");
        drop(server);
        let kept = Checkpoint::parse_unverified(&fs::read_to_string(&remembered).unwrap()).unwrap();
        assert_eq!(kept, known, "what is remembered is not replaced by what contradicts it");
    }
    fs::write(&remembered, "torn").unwrap();
    let output = place.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("koinon-signing.checkpoint"));
    fs::write(&remembered, note).unwrap();
    let server = place.serve();
    let answer = server.order("DefineTheme", &theme("one-more"), &token).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the right checkpoint lets it go on");
}
