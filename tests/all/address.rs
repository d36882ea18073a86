//! The address that somebody signs in with: with it goes the way in, so it is not everybody's to change.

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{P, create};
use crate::support::server::Server;

on_both_engines!(only_an_administrator_changes_the_address_of_who_has_a_weighty_role);

/// A person of the programme with a role; gives the id.
async fn somebody(server: &Server, administrator: &str, coordinator: &str, role: &str) -> String {
    let number: u32 = role.bytes().map(u32::from).sum();
    let id = format!("01970000-0000-7000-8000-{number:012x}");
    let body = json!({ "id": id, "programme": P, "name": "Ada Example", "email": format!("{role}@example.org"),
        "organisation": "Office", "languages": ["en"], "kind": "delegate" });
    server.command("InvitePerson", &body, coordinator).await.expect(201);
    let grant = json!({ "person": id, "grant": "one", "role": role, "scope": format!("programme/{P}") });
    server.command("GrantRole", &grant, administrator).await.expect(200);
    id
}

/// A token that acts as a person.
fn token_as(place: &Place, person: &str, role: &str) -> String {
    place.token_with(role, &["--person", person])
}

fn address(person: &str, address: &str) -> Value {
    json!({ "person": person, "email": address })
}

async fn only_an_administrator_changes_the_address_of_who_has_a_weighty_role(place: Place) {
    let [coordinator, administrator] = ["coordinator", "administrator"].map(|role| place.token(role));
    let server = place.serve();
    create(&server, &coordinator).await;
    for role in ["coordinator", "administrator", "officer", "auditor"] {
        let person = somebody(&server, &administrator, &coordinator, role).await;
        let own = token_as(&place, &person, role);
        let refused = async |token: &str| {
            let answer = server.command("UpdatePerson", &address(&person, "mine@example.org"), token).await;
            let told = answer.expect(403).json();
            assert!(told["detail"].as_str().unwrap().contains("Only an administrator changes"), "{role}: {told}");
        };
        refused(&coordinator).await;
        if role != "administrator" {
            refused(&own).await;
        }
        let same =
            json!({ "person": person, "email": format!("{}@Example.org", role.to_uppercase()), "phone": "+351 1" });
        server.command("UpdatePerson", &same, &coordinator).await.expect(200);
        let moved = address(&person, &format!("new-{role}@example.org"));
        server.command("UpdatePerson", &moved, &administrator).await.expect(200);

        let ended = json!({ "person": person, "grant": "one", "reason": "Left the office" });
        server.command("RevokeRole", &ended, &administrator).await.expect(200);
        server.command("UpdatePerson", &address(&person, "later@example.org"), &coordinator).await.expect(200);
    }
    let delegate = somebody(&server, &administrator, &coordinator, "delegate").await;
    server.command("UpdatePerson", &address(&delegate, "new@example.org"), &coordinator).await.expect(200);
}
