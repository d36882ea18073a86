//! The vault's key is replaced beside a running server, and a replacement that was cut short leaves every name readable.

use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, P, beginning, middle, send};
use crate::support::server::Server;

on_both_engines!(
    the_vault_key_is_replaced_beside_a_running_server,
    a_replacement_cut_short_leaves_every_name_readable_and_is_finished_later,
);

async fn name(server: &Server, token: &str) -> String {
    let person = server.get(&format!("/api/people/{H}"), token).await.expect(200).json();
    person["name"].as_str().unwrap_or_default().to_owned()
}

fn said(place: &Place, verb: &str) -> String {
    let output = place.run(&["vault", verb]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn generations(place: &Place) -> Vec<String> {
    let text = std::fs::read_to_string(place.folder().join("koinon-vault.key")).unwrap();
    text.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

async fn generation(place: &Place) -> u32 {
    let store = place.open().await;
    let key = store.vault_key(koinon_events::PersonId(H.parse().unwrap())).await.unwrap().unwrap();
    store.close().await;
    key.generation
}

async fn the_vault_key_is_replaced_beside_a_running_server(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let position = send(&server, &coordinator, middle()).await;
    server.get_at("/api/people", &coordinator, position).await.expect(200);
    let before = name(&server, &coordinator).await;
    assert!(before.contains("Thandi"));
    assert!(said(&place, "rotate").contains("generation 2"));
    assert_eq!(generation(&place).await, 2);
    assert_eq!(name(&server, &coordinator).await, before, "the server reads the file anew");
    let renamed = json!({ "person": H, "name": "Thandi Renamed" });
    let position = send(&server, &coordinator, vec![("UpdatePerson", renamed)]).await;
    server.get_at("/api/people", &coordinator, position).await.expect(200);
    assert_eq!(name(&server, &coordinator).await, "Thandi Renamed");
    assert!(said(&place, "rotate").contains("generation 3"));
    assert!(said(&place, "drop-old").starts_with("1 dropped"));
    assert_eq!(generations(&place), ["1", "3"]);
    let later = json!({ "programme": P, "name": "Ada Later", "email": "later@example.org",
        "organisation": "Porto", "languages": ["en"], "kind": "delegate" });
    let position = send(&server, &coordinator, vec![("InvitePerson", later)]).await;
    server.stop();
    let server = place.serve();
    assert_eq!(name(&server, &coordinator).await, "Thandi Renamed");
    let people = server.get_at("/api/people", &coordinator, position).await.expect(200).text();
    assert!(people.contains("Ada Later"), "no key is wrapped with one that was dropped: {people}");
    server.stop();
    place.verify();
}

async fn a_replacement_cut_short_leaves_every_name_readable_and_is_finished_later(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let position = send(&server, &coordinator, middle()).await;
    server.get_at("/api/people", &coordinator, position).await.expect(200);
    let before = name(&server, &coordinator).await;
    server.stop();
    let file = place.folder().join("koinon-vault.key");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{text}2 {}\n", "ab".repeat(32))).unwrap();
    let refused = place.run(&["vault", "drop-old"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("koinon vault rewrap"), "nothing in use is dropped");
    let server = place.serve();
    let later = json!({ "programme": P, "name": "Ada Later", "email": "later@example.org",
        "organisation": "Porto", "languages": ["en"], "kind": "delegate" });
    let position = send(&server, &coordinator, vec![("InvitePerson", later)]).await;
    assert_eq!(name(&server, &coordinator).await, before);
    assert_eq!(generation(&place).await, 1);
    assert!(said(&place, "rewrap").contains("generation 2"));
    assert_eq!(generation(&place).await, 2);
    assert!(said(&place, "rewrap").starts_with("0 persons"));
    let people = server.get_at("/api/people", &coordinator, position).await.expect(200).text();
    assert!(people.contains("Ada Later") && people.contains(&before), "{people}");
}
