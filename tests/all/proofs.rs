//! The verifiable log from outside: what the public key, a checkpoint, tiles and proofs show to somebody who trusts
//! nothing else; who may have which proof; and a log that is not the one that was signed.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use koinon::note::{Checkpoint, SigningKey, VerifierKey};
use koinon::proof::{ConsistencyProof, InclusionProof, unbundle};
use koinon::tree::{Hash, leaf_hash, root_of};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies;
use crate::support::server::{Reply, Server};

on_both_engines!(
    the_public_key_verifies_the_checkpoint_and_the_tiles_hash_to_its_root,
    every_record_is_proven_to_be_in_the_log_and_the_log_to_have_only_grown,
    who_may_not_see_a_record_gets_no_proof_of_it,
    a_log_that_lost_what_was_signed_is_only_read,
    a_checkpoint_of_another_history_makes_the_log_read_only,
    an_export_is_verified_against_a_checkpoint,
    the_page_of_an_event_leads_to_its_proof,
    the_same_size_with_another_root_stops_the_process,
);

/// A place with some history.
async fn told(place: &Place) -> (Server, String, u64) {
    let token = place.token("coordinator");
    let server = place.serve();
    let position = bodies::send(&server, &token, bodies::beginning()).await;
    (server, token, position)
}

async fn key(server: &Server) -> VerifierKey {
    server.get("/log/key", "").await.expect(200).text().trim_end().parse().unwrap()
}

async fn checkpoint(server: &Server) -> Checkpoint {
    let note = server.get("/log/checkpoint", "").await.expect(200);
    assert!(note.header("content-type").starts_with("text/plain"));
    Checkpoint::parse(&note.text(), &[key(server).await]).unwrap()
}

/// Where the last signed checkpoint is remembered.
fn remembered(place: &Place) -> PathBuf {
    match place.file() {
        Some(file) => format!("{file}.checkpoint").into(),
        None => place.folder().join(format!("{}.checkpoint", place.url.rsplit('/').next().unwrap())),
    }
}

async fn the_public_key_verifies_the_checkpoint_and_the_tiles_hash_to_its_root(place: Place) {
    let (server, token, head) = told(&place).await;
    let signed = checkpoint(&server).await;
    assert_eq!(signed.size, head);
    assert!(signed.origin.ends_with("/log"));
    let tile = server.get(&format!("/log/tile/0/000.p/{head}"), "").await.expect(200);
    assert_eq!(tile.header("content-type"), "application/octet-stream");
    assert!(tile.header("cache-control").contains("immutable"));
    let hashes: Vec<Hash> = tile.bytes.as_chunks::<32>().0.to_vec();
    assert_eq!(root_of(&hashes), signed.root);
    let entries = server.get(&format!("/log/tile/entries/000.p/{head}"), &token).await.expect(200);
    let records = unbundle(&entries.bytes).unwrap();
    assert_eq!(records.iter().map(|record| leaf_hash(record)).collect::<Vec<_>>(), hashes);
    let export = place.export();
    assert_eq!(records, export.split_terminator('\n').map(str::as_bytes).collect::<Vec<_>>());
    for none in ["0/000", "1/000", "0/0", "0/000.p/0", "0/001.p/1", "64/000", "x", "0/000.p/257", "-1/000.p/1"] {
        server.get(&format!("/log/tile/{none}"), "").await.refuses(404, "not-found");
    }
    server.get(&format!("/log/tile/0/000.p/{}", head + 1), "").await.refuses(404, "not-found");
    server.stop();
}

async fn every_record_is_proven_to_be_in_the_log_and_the_log_to_have_only_grown(place: Place) {
    let (server, token, middle) = told(&place).await;
    let (key, before) = (key(&server).await, checkpoint(&server).await);
    let head = bodies::send(&server, &token, bodies::middle()).await;
    let export = place.export();
    for (index, line) in export.split_terminator('\n').enumerate() {
        let position = index as u64 + 1;
        let sizes = if position <= middle { format!("&size={middle}") } else { String::new() };
        for size in ["", &sizes] {
            let path = format!("/api/proofs/inclusion?position={position}{size}");
            let proof: InclusionProof = server.get(&path, &token).await.expect(200).text().parse().unwrap();
            let signed = Checkpoint::parse(&proof.checkpoint, std::slice::from_ref(&key)).unwrap();
            assert_eq!(signed.size, if size.is_empty() { head } else { middle });
            assert_eq!(proof.verify(&leaf_hash(line.as_bytes()), &signed), Ok(()), "{path}");
            assert!(proof.verify(&leaf_hash(b"another"), &signed).is_err());
        }
    }
    let proof = server.get(&format!("/api/proofs/consistency?from={middle}"), &token).await.expect(200);
    let proof: ConsistencyProof = proof.text().parse().unwrap();
    let signed = Checkpoint::parse(&proof.checkpoint, &[key]).unwrap();
    assert_eq!(proof.verify(&before.root, &signed), Ok(()));
    assert!(proof.verify(&[7; 32], &signed).is_err());
    for from in [0, head] {
        let proof = server.get(&format!("/api/proofs/consistency?from={from}"), &token).await.expect(200);
        assert!(proof.text().parse::<ConsistencyProof>().unwrap().path.is_empty());
    }
    let above = head + 1;
    server.get(&format!("/api/proofs/consistency?from={above}"), &token).await.refuses(422, "above-the-head");
    server.get(&format!("/api/proofs/inclusion?position=1&size={above}"), &token).await.refuses(422, "above-the-head");
    for unfit in
        ["inclusion", "inclusion?position=x", "inclusion?position=2&size=1", "consistency", "consistency?from=-1"]
    {
        server.get(&format!("/api/proofs/{unfit}"), &token).await.refuses(422, "fields-do-not-fit");
    }
    server.stop();
}

async fn who_may_not_see_a_record_gets_no_proof_of_it(place: Place) {
    let (server, token, head) = told(&place).await;
    let admin = place.token("administrator");
    let above = head + 100;
    for (position, bearer) in [(0, &token), (above, &token), (head, &admin)] {
        let path = format!("/api/proofs/inclusion?position={position}");
        server.get(&path, bearer).await.refuses(404, "not-found");
    }
    server.get("/api/proofs/inclusion?position=1", &admin).await.expect(200);
    server.get("/api/proofs/inclusion?position=1", "").await.refuses(401, "not-signed-in");
    server.get("/log/tile/entries/000.p/1", "").await.refuses(401, "not-signed-in");
    server.get("/log/tile/entries/000.p/1", &admin).await.refuses(404, "not-found");
    server.stop();
}

/// What a log that is only read does and does not do.
async fn is_only_read(place: &Place, token: &str, why: &str) {
    let server = place.serve();
    let visit = bodies::middle().remove(0);
    let refused = server.command(visit.0, &visit.1, token).await.refuses(503, "read-only");
    assert!(refused.text().contains(why), "{}", refused.text());
    let ready = server.get("/readyz", "").await.expect(503);
    assert!(ready.text().contains(why), "{}", ready.text());
    server.get("/log/checkpoint", "").await.refuses(503, "read-only");
    server.get("/api/events", token).await.expect(200);
    server.stop();
}

async fn a_log_that_lost_what_was_signed_is_only_read(place: Place) {
    let (server, token, head) = told(&place).await;
    server.stop();
    let file = remembered(&place);
    let true_one = fs::read_to_string(&file).unwrap();
    let known = Checkpoint::parse_unverified(&true_one).unwrap();
    assert_eq!(known.size, head, "what stood at the end is remembered");
    let key = fs::read_to_string(place.folder().join("koinon-signing.key")).unwrap();
    let key = SigningKey::from_secret_text(key.trim_end()).unwrap();
    fs::write(&file, Checkpoint { size: head + 3, ..known }.sign(&[&key])).unwrap();
    is_only_read(&place, &token, "old backup").await;
    fs::write(&file, "torn").unwrap();
    is_only_read(&place, &token, "cannot be trusted").await;
    assert_eq!(fs::read_to_string(&file).unwrap(), "torn", "it is left as it is");
    fs::write(&file, true_one).unwrap();
    let server = place.serve();
    server.get("/readyz", "").await.expect(200);
    server.stop();
}

async fn a_checkpoint_of_another_history_makes_the_log_read_only(place: Place) {
    let (server, token, _) = told(&place).await;
    let known = checkpoint(&server).await;
    server.stop();
    let key = fs::read_to_string(place.folder().join("koinon-signing.key")).unwrap();
    let key = SigningKey::from_secret_text(key.trim_end()).unwrap();
    let sign = |checkpoint: Checkpoint| {
        fs::write(place.folder().join("trusted"), checkpoint.sign(&[&key])).unwrap();
    };
    fs::write(place.folder().join("koinon.toml"), "trusted_checkpoint = 'trusted'\n").unwrap();
    sign(Checkpoint { root: [7; 32], ..known.clone() });
    is_only_read(&place, &token, "another history").await;
    sign(known);
    let server = place.serve();
    server.get("/readyz", "").await.expect(200);
    server.stop();
}

async fn an_export_is_verified_against_a_checkpoint(place: Place) {
    let (server, ..) = told(&place).await;
    let [note, key] = [server.get("/log/checkpoint", "").await.text(), server.get("/log/key", "").await.text()];
    server.stop();
    let put = |name: &str, text: &str| fs::write(place.folder().join(name), text).unwrap();
    let export = place.export();
    put("checkpoint.txt", &note);
    let verified = |what: &[&str]| {
        let against = ["--checkpoint", "checkpoint.txt", "--key", key.trim_end()];
        let output = place.run(&[&["verify"], what, &against].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    put("log.ndjson", &export);
    for what in [&["log.ndjson"][..], &[]] {
        assert_eq!(verified(what).0, Some(0), "{}", verified(what).1);
    }
    let kept = export.lines().count() - 2;
    put("log.ndjson", &export.split_inclusive('\n').take(kept).collect::<String>());
    let (code, said) = verified(&["log.ndjson"]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("record {} is missing", kept + 1)), "{said}");
    put("log.ndjson", &export);
    put("checkpoint.txt", &note.replacen("/log\n", "/lag\n", 1));
    let (code, said) = verified(&["log.ndjson"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("not signed by this key"), "{said}");
    put("checkpoint.txt", &note);
    put("log.ndjson", &export.replacen("Test programme", "Test programne", 1));
    let (code, said) = verified(&["log.ndjson"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("NOT VERIFIED"), "{said}");
}

async fn the_page_of_an_event_leads_to_its_proof(place: Place) {
    let (server, token, head) = told(&place).await;
    let stays = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = stays.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(format!("token={token}&next=%2F"));
    let entered = Reply::to(form).await.expect(303);
    let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    let signed = checkpoint(&server).await;
    let root = signed.to_string().lines().last().unwrap().to_owned();
    let link = format!("/events/{head}/proof");
    for (page, wanted) in
        [(format!("/events/{head}"), vec![&*link, &*root, &*signed.origin]), ("/audit".to_owned(), vec![&*root])]
    {
        let page = Reply::to(server.read(&page, "").header("cookie", &cookie)).await.expect(200).text();
        assert!(wanted.iter().all(|wanted| page.contains(wanted)), "{wanted:?}");
    }
    let file = Reply::to(server.read(&link, "").header("cookie", &cookie)).await.expect(200);
    assert!(file.header("content-disposition").contains("attachment"));
    let told = server.get(&format!("/api/proofs/inclusion?position={head}"), &token).await.expect(200);
    assert_eq!(file.text(), told.text());
    server.stop();
}

async fn the_same_size_with_another_root_stops_the_process(place: Place) {
    let (server, ..) = told(&place).await;
    checkpoint(&server).await;
    let zeros = if place.file().is_some() { "zeroblob(32)" } else { "decode(repeat('00', 32), 'hex')" };
    place.execute(&format!("UPDATE head SET root = {zeros}")).await.unwrap();
    assert!(server.read("/log/checkpoint", "").send().await.is_err(), "nothing is signed");
    assert!(!server.gone_within(Duration::from_secs(10)).success());
}
