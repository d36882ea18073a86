//! Everything that is held on a person: for the person and for a coordinator, for nobody else; after the erasure it holds
//! no personal value.

use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, beginning, middle, send};

on_both_engines!(a_person_is_given_all_that_is_held_on_them);

async fn a_person_is_given_all_that_is_held_on_them(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle()).await;
    let renamed = json!({ "person": H, "name": "Thandi Renamed" });
    let position = send(&server, &coordinator, vec![("UpdatePerson", renamed)]).await;
    let made = place.run(&["token", "create", "--name", "phone", "--role", "delegate", "--person", H]);
    let own = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    let address = format!("/api/people/{H}/export");
    for token in [&own, &coordinator] {
        let reply = server.get_at(&address, token, position).await.expect(200);
        assert_eq!(reply.header("cache-control"), "no-store");
        let held = reply.json();
        assert_eq!(held["person"]["name"], "Thandi Renamed");
        let values: Vec<&str> =
            held["values"].as_array().unwrap().iter().map(|value| value["value"].as_str().unwrap()).collect();
        assert_eq!(values, ["thandi@example.org", "Thandi Example", "Thandi Renamed"], "also what was held before");
        assert_eq!(held["tokens"][0]["name"], "phone");
        assert!(!reply.text().contains(&own), "no secret is in it");
        let records = held["records"].as_array().unwrap();
        assert!(records.iter().any(|record| record["type"] == "PersonInvited" && record["as"] == "subject"));
        assert!(records.iter().any(|record| record["type"] == "TokenCreated" && record["as"] == "named"));
    }
    for role in ["auditor", "officer", "expert", "administrator"] {
        assert_eq!(server.get(&address, &place.token(role)).await.status, 404, "{role}");
    }
    let erased = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    let position = send(&server, &administrator, vec![("ErasePerson", erased)]).await;
    let reply = server.get_at(&address, &coordinator, position).await.expect(200);
    assert!(!reply.text().contains("Thandi") && reply.json()["values"] == json!([]), "{}", reply.text());
}
