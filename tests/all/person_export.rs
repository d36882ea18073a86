//! Everything that is held on a person: for the person and for a coordinator, for nobody else; after the erasure it holds
//! no personal value.

use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, P, beginning, middle, send};
use crate::support::server::Server;

on_both_engines!(a_person_is_given_all_that_is_held_on_them);

const D: &str = "01970000-0000-7000-8000-0000000000d1";

/// The value that was wrong is gone from the vault, and the past is told with the right one.
async fn what_was_put_right_is_held_no_more(place: &Place, server: &Server, coordinator: &str, before: u64) {
    let export = place.export();
    let commitment = |event: &str, field: &str| {
        let line = export.lines().find(|line| line.contains(event) && line.contains(H)).unwrap();
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["data"][field]["sealed"].as_str().unwrap().to_owned()
    };
    let asked = [
        commitment("koinon.PersonInvited.v1", "name"),
        commitment("koinon.PersonInvited.v1", "email"),
        commitment("koinon.PersonUpdated.v1", "name"),
    ];
    let store = place.open().await;
    let held = store.vault_entries(&asked).await.unwrap();
    store.close().await;
    let mut held: Vec<&str> = held.iter().map(|entry| entry.commitment.as_str()).collect();
    let mut expected = [asked[1].as_str(), asked[2].as_str()];
    held.sort_unstable();
    expected.sort_unstable();
    assert_eq!(held, expected, "what was put right is held no more");
    for address in [format!("/api/people/{H}?as_of={before}"), format!("/api/people?as_of={before}")] {
        let past = server.get(&address, coordinator).await.expect(200).text();
        assert!(past.contains("Thandi Renamed") && past.contains("thandi@example.org"), "{past}");
        assert!(!past.contains("Thandi Example"), "{past}");
    }
    let audit = server.get(&format!("/api/audit?as_of={before}"), coordinator).await;
    assert!(!audit.text().contains("Thandi Example"), "{}", audit.text());
}

async fn a_person_is_given_all_that_is_held_on_them(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle()).await;
    let paper = json!({ "id": D, "programme": P, "title": "Sheet", "kind": "attendance-sheet", "classification": "restricted",
        "sha256": "0".repeat(64), "size": 1, "media_type": "text/plain" });
    let before = send(&server, &coordinator, vec![("RegisterDocument", paper)]).await;
    let renamed = json!({ "person": H, "name": "Thandi Renamed" });
    let tagged = json!({ "document": D, "persons": [H] });
    let position = send(&server, &coordinator, vec![("TagPersons", tagged), ("UpdatePerson", renamed)]).await;
    let own = place.token_with("delegate", &["--person", H]);
    let address = format!("/api/people/{H}/export");
    for token in [&own, &coordinator] {
        let reply = server.get_at(&address, token, position).await.expect(200);
        assert_eq!(reply.header("cache-control"), "no-store");
        let held = reply.json();
        assert_eq!(held["person"]["name"], "Thandi Renamed");
        let values: Vec<&str> =
            held["values"].as_array().unwrap().iter().map(|value| value["value"].as_str().unwrap()).collect();
        assert_eq!(values, ["thandi@example.org", "Thandi Renamed"], "what was put right is held no more");
        assert_eq!((&held["documents"][0]["id"], &held["documents"][0]["title"]), (&json!(D), &json!("Sheet")));
        assert_eq!(held["tokens"][0]["name"], "delegate");
        assert!(!reply.text().contains(&own), "no secret is in it");
        let records = held["records"].as_array().unwrap();
        assert!(records.iter().any(|record| record["type"] == "PersonInvited" && record["as"] == "subject"));
        assert!(records.iter().any(|record| record["type"] == "TokenCreated" && record["as"] == "named"));
    }
    what_was_put_right_is_held_no_more(&place, &server, &coordinator, before).await;
    for role in ["auditor", "officer", "expert", "administrator"] {
        assert_eq!(server.get(&address, &place.token(role)).await.status, 404, "{role}");
    }
    let erased = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    let position = send(&server, &administrator, vec![("ErasePerson", erased)]).await;
    let reply = server.get_at(&address, &coordinator, position).await.expect(200);
    assert!(!reply.text().contains("Thandi") && reply.json()["values"] == json!([]), "{}", reply.text());
}
