//! What waits for whom: it stands in the inbox with its command, is gone once that command was given, waits for nobody
//! else, and can be asked for as of before.

use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{beginning, middle, send};
use crate::support::server::Server;

on_both_engines!(an_item_waits_for_those_it_concerns_until_it_is_done);

fn kinds(inbox: &Value) -> Vec<String> {
    inbox["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

async fn inbox(server: &Server, token: &str, position: u64) -> Value {
    server.get_at("/api/inbox", token, position).await.expect(200).json()
}

/// A delegate's token for one city.
fn delegate(place: &Place, city: &str) -> String {
    let scope = format!("city/{city}");
    place.token_with("delegate", &["--scope", &scope])
}

async fn an_item_waits_for_those_it_concerns_until_it_is_done(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    assert_eq!(server.get("/api/inbox", "").await.status, 401);
    send(&server, &coordinator, beginning()).await;
    let position = send(&server, &coordinator, middle()).await;
    let partnership = &server.get_at("/api/partnerships", &coordinator, position).await.json()["items"][0];
    let cities: Vec<String> =
        partnership["cities"].as_array().unwrap().iter().map(|city| city.as_str().unwrap().to_owned()).collect();
    let (host, visitors) = (delegate(&place, &cities[0]), delegate(&place, &cities[1]));
    let body = serde_json::json!({
        "programme": partnership["programme"], "partnership": partnership["id"], "kind": "study-visit",
        "format": "in-person", "host_city": cities[0], "visiting_cities": [cities[1]], "from": "2026-09-07",
        "to": "2026-09-09", "themes": partnership["themes"], "objectives": "See it",
    });
    let scheduled = server.command("ScheduleVisit", &body, &coordinator).await.expect(201).json();
    let (visit, position) = (scheduled["id"].as_str().unwrap().to_owned(), scheduled["position"].as_u64().unwrap());

    let at_host = inbox(&server, &host, position).await;
    let confirm = at_host["items"].as_array().unwrap().iter().find(|item| item["kind"] == "confirm-visit").unwrap();
    assert_eq!(confirm["command"], "ConfirmVisit");
    assert_eq!(confirm["fields"]["visit"], visit.as_str());
    assert_eq!((confirm["due"].as_str(), confirm["since"].as_u64()), (Some("2026-08-08"), Some(position)));
    assert!(!kinds(&at_host).contains(&"name-delegation".to_owned()), "that waits for the visitors");
    let at_visitors = inbox(&server, &visitors, position).await;
    assert!(kinds(&at_visitors).contains(&"name-delegation".to_owned()), "{at_visitors}");
    assert!(!kinds(&at_visitors).contains(&"confirm-visit".to_owned()), "that waits for the host");

    let confirmed = server.command("ConfirmVisit", &confirm["fields"], &host).await.expect(200).json();
    let later = inbox(&server, &host, confirmed["position"].as_u64().unwrap()).await;
    assert!(!kinds(&later).contains(&"confirm-visit".to_owned()), "done is done");
    let before = server.get(&format!("/api/inbox?as_of={position}"), &host).await.expect(200).json();
    assert_eq!(before, at_host, "what waited then");
}
