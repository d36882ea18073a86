//! The published test vectors, whole: `tests/vectors.json`, positives and negatives. A section nobody reads here makes
//! the last test fail.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;
use crate::note::{Checkpoint, Note, Signature, SigningKey, VerifierKey};
use crate::tree::leaf_hash;

/// A tree with the hashes of all its complete subtrees, and roots by the definition in RFC 6962 §2.1.
pub(super) struct Grown {
    levels: Vec<Vec<Hash>>,
}

impl Grown {
    pub(super) fn of(leaves: &[impl AsRef<[u8]>]) -> Self {
        Self::over(&leaves.iter().map(|leaf| leaf_hash(leaf.as_ref())).collect::<Vec<_>>())
    }

    pub(super) fn over(hashes: &[Hash]) -> Self {
        let mut levels = vec![hashes.to_vec()];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let (pairs, _) = last.as_chunks::<2>();
            let next = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
            levels.push(next);
        }
        Self { levels }
    }

    pub(super) fn size(&self) -> u64 {
        self.levels[0].len() as u64
    }

    pub(super) fn leaf(&self, index: u64) -> Hash {
        self.levels[0][index as usize]
    }

    pub(super) fn reader(&self) -> impl Fn(Node) -> Result<Hash, NotProven> {
        |node| self.levels[usize::from(node.level)].get(node.index as usize).copied().ok_or(NotProven)
    }

    pub(super) fn root(&self, size: u64) -> Hash {
        fn defined(leaves: &[Hash]) -> Hash {
            match leaves {
                [] => Sha256::digest(b"").into(),
                [leaf] => *leaf,
                _ => {
                    let split = leaves.len().next_power_of_two() / 2;
                    node_hash(&defined(&leaves[..split]), &defined(&leaves[split..]))
                }
            }
        }
        defined(&self.levels[0][..size as usize])
    }
}

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../tests/vectors.json")).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap().as_bytes();
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap() as u8;
    text.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

fn hash(value: &Value) -> Hash {
    bytes(value).try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    list(value).iter().map(hash).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

fn set_a() -> Grown {
    Grown::of(&list(&vectors()["set_a_ct"]["leaves_hex"]).iter().map(bytes).collect::<Vec<_>>())
}

/// The leaves of set B.
fn set_b_leaves(size: usize) -> Vec<String> {
    (0..size).map(|at| format!("koinon test leaf {at}")).collect()
}

fn checked_inclusion(tree: &Grown, vector: &Value) {
    let (index, size) = (number(&vector["leaf_index"]), number(&vector["tree_size"]));
    let (path, leaf, root) = (hashes(&vector["proof"]), hash(&vector["leaf_hash"]), hash(&vector["root"]));
    assert_eq!(tree.leaf(index), leaf);
    assert_eq!(inclusion(index, size, tree.reader()).unwrap(), path, "leaf {index} of {size}");
    assert_eq!(verify_inclusion(index, &leaf, size, &root, &path), Ok(()), "leaf {index} of {size}");
}

fn checked_consistency(tree: &Grown, vector: &Value) {
    let (old, new) = (number(&vector["old_size"]), number(&vector["new_size"]));
    let (path, old_root, new_root) = (hashes(&vector["proof"]), hash(&vector["old_root"]), hash(&vector["new_root"]));
    assert_eq!((tree.root(old), tree.root(new)), (old_root, new_root));
    assert_eq!(consistency(old, new, tree.reader()).unwrap(), path, "{old} to {new}");
    assert_eq!(verify_consistency(old, &old_root, new, &new_root, &path), Ok(()), "{old} to {new}");
}

#[test]
fn the_reference_tree_of_certificate_transparency_has_the_published_hashes_and_proofs() {
    let vectors = vectors();
    let (set, tree) = (&vectors["set_a_ct"], set_a());
    assert_eq!(hashes(&set["leaf_hashes"]), tree.levels[0]);
    for (size, published) in hashes(&set["roots_by_size"]).iter().enumerate() {
        assert_eq!(root(size as u64, tree.reader()), Ok(*published), "size {size}");
        assert_eq!(tree.root(size as u64), *published, "size {size}");
    }
    list(&set["inclusion_all"]).iter().for_each(|vector| checked_inclusion(&tree, vector));
    list(&set["consistency_all"]).iter().for_each(|vector| checked_consistency(&tree, vector));
}

#[test]
fn a_tree_of_seventy_thousand_leaves_has_the_published_roots_and_proofs() {
    let vectors = vectors();
    let (set, tree) = (&vectors["set_b"], Grown::of(&set_b_leaves(70_000)));
    assert_eq!(tree.leaf(0), hash(&set["leaf_hash_0"]));
    assert_eq!(tree.leaf(999), hash(&set["leaf_hash_999"]));
    for (size, published) in set["roots_by_size"].as_object().unwrap() {
        assert_eq!(root(size.parse().unwrap(), tree.reader()), Ok(hash(published)), "size {size}");
    }
    list(&set["inclusion"]).iter().for_each(|vector| checked_inclusion(&tree, vector));
    list(&set["consistency"]).iter().for_each(|vector| checked_consistency(&tree, vector));
}

#[test]
fn tiles_and_bundles_have_the_published_paths_and_bytes() {
    let vectors = vectors();
    let (set, leaves) = (&vectors["set_b"], set_b_leaves(70_000));
    let tree = Grown::of(&leaves);
    for vector in list(&set["tiles"]) {
        let tile: Tile = text(&vector["path"]).parse().unwrap();
        assert_eq!(text(&vector["go_tlog_path"]), tile.to_string().replacen("tile/", "tile/8/", 1));
        assert!(tile.is_within(number(&vector["tree_size"])));
        let content: Vec<u8> = tile.nodes().flat_map(|node| tree.reader()(node).unwrap()).collect();
        assert_eq!(content.len() as u64, number(&vector["bytes"]));
        assert_eq!(sha256(&content), bytes(&vector["sha256"]), "{tile}");
    }
    for vector in list(&set["entry_bundles"]) {
        let tile: Tile = text(&vector["path"]).parse().unwrap();
        assert_eq!(tile.content, Content::Entries);
        let span = tile.span().unwrap();
        let records = &leaves[span.start as usize..span.end as usize];
        let content = bundle(records.iter().map(String::as_bytes)).unwrap();
        assert_eq!(content.len() as u64, number(&vector["bytes"]));
        assert_eq!(sha256(&content), bytes(&vector["sha256"]), "{tile}");
        assert!(vector.get("hex").is_none_or(|hex| bytes(hex) == content));
        assert!(unbundle(&content).unwrap().iter().eq(&records.iter().map(|leaf| leaf.as_bytes()).collect::<Vec<_>>()));
    }
    for vector in list(&set["tile_path_encoding"]) {
        let (level, n) = (number(&vector["level"]) as u8, number(&vector["n"]));
        let tile = Tile { content: Content::Hashes(level), number: n, width: TILE_WIDTH };
        let entries = Tile { content: Content::Entries, ..tile };
        assert_eq!(
            (tile.to_string(), entries.to_string()),
            (text(&vector["path"]).into(), text(&vector["entries_path"]).into())
        );
        assert_eq!((text(&vector["path"]).parse(), text(&vector["entries_path"]).parse()), (Ok(tile), Ok(entries)));
    }
}

#[test]
fn every_proof_that_must_fail_fails() {
    let vectors = vectors();
    for vector in list(&vectors["negative_proofs"]) {
        let path = hashes(&vector["proof"]);
        let result = match text(&vector["kind"]) {
            "inclusion" => verify_inclusion(
                number(&vector["leaf_index"]),
                &hash(&vector["leaf_hash"]),
                number(&vector["tree_size"]),
                &hash(&vector["root"]),
                &path,
            ),
            "consistency" => verify_consistency(
                number(&vector["old_size"]),
                &hash(&vector["old_root"]),
                number(&vector["new_size"]),
                &hash(&vector["new_root"]),
                &path,
            ),
            kind => panic!("a proof of kind {kind}"),
        };
        assert_eq!(vector["must_fail"], true);
        assert_eq!(result, Err(NotProven), "{}", vector["label"]);
    }
}

fn key(value: &Value) -> VerifierKey {
    text(&value["vkey"]).parse().unwrap()
}

#[test]
fn keys_have_the_published_ids_and_spellings() {
    let vectors = vectors();
    let notes = &vectors["notes"];
    for log in [&notes["log"], &notes["log_rotated"]] {
        let made = SigningKey::new("koinon.example/log", hash(&log["seed_hex"])).unwrap();
        let read = SigningKey::from_secret_text(text(&log["skey"])).unwrap();
        assert_eq!(made.secret_text().as_str(), text(&log["skey"]));
        assert_eq!((made.verifier(), read.verifier()), (key(log), key(log)));
        assert_eq!(made.verifier().to_string(), text(&log["vkey"]));
    }
    assert_eq!(text(&notes["log"]["name_and_origin"]), key(&notes["log"]).name());
    assert_eq!(text(&notes["witness"]["name"]), key(&notes["witness"]).name());
    for holder in [&notes["log"], &notes["witness"]] {
        let spelt = key(holder).to_string();
        assert_eq!(spelt, text(&holder["vkey"]));
        assert_eq!(spelt.split('+').nth(1), holder["key_id_hex"].as_str());
        let public = STANDARD.decode(spelt.splitn(3, '+').last().unwrap()).unwrap();
        assert_eq!(public[1..], bytes(&holder["public_key_hex"]));
        let secret = ed25519_dalek::SigningKey::from_bytes(&hash(&holder["seed_hex"]));
        assert_eq!(secret.verifying_key().to_bytes()[..], public[1..]);
    }
}

#[test]
fn every_valid_note_is_read_and_verified_and_ours_are_made_the_same() {
    let vectors = vectors();
    let notes = &vectors["notes"];
    let signing = |name: &str| SigningKey::from_secret_text(text(&notes[name]["skey"])).unwrap();
    let (log, rotated) = (signing("log"), signing("log_rotated"));
    for vector in list(&notes["valid"]) {
        let label = text(&vector["label"]);
        let note: Note = text(&vector["note"]).parse().unwrap();
        let checkpoint = Checkpoint::parse(text(&vector["note"]), &[key(&notes["log"])]).unwrap();
        assert_eq!(vector["valid_with_vkey"], true);
        assert_eq!((note.text.as_str(), note.to_string().as_str()), (text(&vector["text"]), text(&vector["note"])));
        assert_eq!(checkpoint.to_string(), note.text, "{label}");
        let keys: &[&SigningKey] = if label.contains("rotation") { &[&log, &rotated] } else { &[&log] };
        if label.contains("witness") {
            let known = [key(&notes["log"]), key(&notes["witness"])];
            assert_eq!(note.verify(&known).unwrap().len(), 2);
            assert!(Checkpoint::parse(text(&vector["note"]), &known[1..]).is_err(), "a witness alone is no log");
        } else {
            assert_eq!(checkpoint.sign(keys), text(&vector["note"]), "{label}");
        }
        if label.contains("rotation") {
            assert_eq!(note.verify(&[key(&notes["log"]), key(&notes["log_rotated"])]).unwrap().len(), 2);
        }
    }
    let published = &notes["c2sp_published_example"];
    let note: Note = text(&published["note"]).parse().unwrap();
    assert_eq!(note.verify(&[key(published)]).unwrap(), [&key(published)]);
}

#[test]
fn every_invalid_note_is_refused_for_the_published_reason() {
    let vectors = vectors();
    let notes = &vectors["notes"];
    for vector in list(&notes["invalid"]) {
        let refused =
            text(&vector["note"]).parse::<Note>().and_then(|note| note.verify(&[key(&notes["log"])]).map(drop));
        let reason = match refused.unwrap_err() {
            crate::note::NoteError::Malformed => "malformed note".to_owned(),
            crate::note::NoteError::BadSignature(_) => {
                "invalid signature for key koinon.example/log+3a23edb1".to_owned()
            }
            crate::note::NoteError::Unsigned => "note has no verifiable signatures".to_owned(),
            other => other.to_string(),
        };
        assert_eq!(reason, text(&vector["go_error"]), "{}", vector["label"]);
        assert!(Checkpoint::parse(text(&vector["note"]), &[key(&notes["log"])]).is_err());
    }
}

#[test]
fn published_proof_files_are_read_verified_and_made_the_same() {
    let vectors = vectors();
    let notes = &vectors["notes"];
    let keys = [key(&notes["log"])];
    let tree = Grown::of(&set_b_leaves(1000));

    let published = text(&notes["tlog_proof_leaf767_size1000"]);
    let proof: InclusionProof = published.parse().unwrap();
    let checkpoint = Checkpoint::parse(&proof.checkpoint, &keys).unwrap();
    assert_eq!(proof.verify(&tree.leaf(767), &checkpoint), Ok(()));
    assert_eq!(proof.verify(&tree.leaf(766), &checkpoint), Err(NotProven));
    let path = inclusion(767, 1000, tree.reader()).unwrap();
    assert_eq!(InclusionProof { index: 767, path, checkpoint: proof.checkpoint }.to_string(), published);

    // The records of this set are not published; its form and its checkpoint are all there is to check.
    let published = text(&notes["tlog_proof_setC_event3"]);
    let proof: InclusionProof = published.parse().unwrap();
    let checkpoint = Checkpoint::parse(&proof.checkpoint, &keys).unwrap();
    assert_eq!((proof.index, proof.path.len(), checkpoint.size), (3, 3, 7));
    assert_eq!(inclusion_nodes(3, 7).len(), 4, "three hashes, the last over two complete subtrees");
    assert_eq!((proof.verify(&[0; 32], &checkpoint), proof.to_string().as_str()), (Err(NotProven), published));

    let request = text(&notes["witness_add_checkpoint_request_old512_new1000"]);
    let proof: ConsistencyProof = request.parse().unwrap();
    let checkpoint = Checkpoint::parse(&proof.checkpoint, &keys).unwrap();
    assert_eq!((proof.old, proof.verify(&tree.root(512), &checkpoint)), (512, Ok(())));
    let path = consistency(512, 1000, tree.reader()).unwrap();
    assert_eq!(ConsistencyProof { old: 512, path, checkpoint: proof.checkpoint }.to_string(), request);
}

#[test]
fn a_witness_s_answer_is_its_signature_over_the_checkpoint_and_the_time() {
    let vectors = vectors();
    let notes = &vectors["notes"];
    let request: ConsistencyProof = text(&notes["witness_add_checkpoint_request_old512_new1000"]).parse().unwrap();
    let mut note: Note = request.checkpoint.parse().unwrap();
    let answer: Signature =
        text(&notes["witness_add_checkpoint_response"]).strip_suffix('\n').unwrap().parse().unwrap();
    assert_eq!(answer.bytes[..8], number(&notes["witness"]["time"]).to_be_bytes());
    note.signatures.push(answer);
    let known = [key(&notes["log"]), key(&notes["witness"])];
    assert_eq!(note.verify(&known).unwrap().len(), 2);
    note.signatures[1].bytes[7] ^= 1;
    assert!(note.verify(&known).is_err(), "the time is signed too");
}

#[test]
fn nothing_in_the_vectors_is_left_unread() {
    let vectors = vectors();
    let names = |value: &Value| {
        let mut names: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(names(&vectors), "about negative_proofs notes sealed_fields set_a_ct set_b");
    assert_eq!(names(&vectors["set_a_ct"]), "about consistency_all inclusion_all leaf_hashes leaves_hex roots_by_size");
    assert_eq!(
        names(&vectors["set_b"]),
        "about consistency entry_bundles inclusion leaf_hash_0 leaf_hash_999 roots_by_size tile_path_encoding tiles"
    );
    assert_eq!(
        names(&vectors["notes"]),
        "c2sp_published_example invalid log log_rotated notes_on_reading tlog_proof_leaf767_size1000 \
         tlog_proof_setC_event3 valid witness witness_add_checkpoint_request_old512_new1000 \
         witness_add_checkpoint_response"
    );
    // Sealed fields are tested in src/vault.rs, where they are made and opened.
    assert_eq!(names(&vectors["sealed_fields"]), "about disclosures note report_output_text");
}
