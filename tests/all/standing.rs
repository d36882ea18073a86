//! The standing rules, from outside: what follows is recorded once, by the rule, with its cause, however many nodes look
//! on; nothing follows from what was before, and nothing from a visit that is only planned.

use futures::StreamExt;
use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, C3, L, P, S, V, beginning, city, send};
use crate::support::server::Server;

on_both_engines!(what_follows_is_recorded_once_with_its_cause_and_nothing_follows_from_before);

/// Waits until a record of that type stands in the log after a position.
pub async fn recorded(server: &Server, token: &str, after: u64, event: &str) -> Value {
    let path = format!("/api/feed?after={after}&type={event}");
    let mut stream = server.read(&path, token).send().await.unwrap().bytes_stream();
    let mut text = String::new();
    let patience = std::time::Duration::from_secs(60);
    let found = tokio::time::timeout(patience, async {
        while let Some(part) = stream.next().await {
            text.push_str(&String::from_utf8_lossy(&part.unwrap()));
            if let Some((_, rest)) = text.split_once("data:")
                && let Some((data, _)) = rest.split_once('\n')
            {
                return serde_json::from_str(data.trim()).unwrap();
            }
        }
        panic!("the feed ended")
    });
    found.await.unwrap_or_else(|_| panic!("{event} was not recorded"))
}

/// Everything the rules recorded.
async fn by_rules(server: &Server, token: &str) -> Vec<Value> {
    let mut events = server.events(0, token).await;
    events.retain(|event| {
        event["actor"].as_str().is_some_and(|actor| actor.starts_with("system/"))
            && event["subject"]
                .as_str()
                .is_some_and(|subject| !subject.starts_with("log/") && !subject.starts_with("token/"))
    });
    events
}

fn visit() -> Value {
    json!({ "id": V, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person", "host_city": C1,
        "visiting_cities": [C2], "from": "2026-06-13", "to": "2026-06-17", "themes": ["waste-to-energy"],
        "objectives": "See the plant at work" })
}

async fn what_follows_is_recorded_once_with_its_cause_and_nothing_follows_from_before(place: Place) {
    let (coordinator, expert) = (place.token("coordinator"), place.token("expert"));
    let (first, second) = (place.serve(), place.serve());
    send(&first, &coordinator, beginning()).await;
    let ulm = vec![
        ("RegisterCity", city(C3, "Ulm", "DE", "Europe/Berlin")),
        ("SelectCity", json!({ "city": C3 })),
        ("StateNeed", json!({ "city": C3, "theme": "waste-to-energy" })),
        ("ScheduleVisit", visit()),
        ("ConfirmVisit", json!({ "visit": V })),
        ("StartVisit", json!({ "visit": V })),
    ];
    let begun = send(&second, &coordinator, ulm).await;
    send(&second, &coordinator, vec![("CompleteVisit", json!({ "visit": V }))]).await;
    let asked = recorded(&first, &coordinator, begun, "LearningsRequested").await;
    assert_eq!((&asked["actor"], &asked["subject"]), (&json!("system/learnings-asked"), &json!(format!("visit/{V}"))));
    let completed = first.events(begun, &coordinator).await.remove(0);
    assert_eq!(asked["causation"], completed["id"]);
    let day: chrono::NaiveDate = completed["time"].as_str().unwrap()[..10].parse().unwrap();
    assert_eq!(asked["data"]["due"], (day + chrono::Days::new(14)).to_string());

    let ines = "01970000-0000-7000-8000-0000000000e1";
    let invited = json!({ "id": ines, "programme": P, "name": "Inês", "email": "ines@example.org",
        "organisation": "Institute", "languages": ["pt"], "kind": "expert" });
    let learning = json!({ "id": L, "programme": P, "title": "Ash is a product", "what": "Road base",
        "why_it_works": "…", "conditions": "…", "cost_order": "medium", "maturity": "proven", "origin_city": C1,
        "origin": format!("visit/{V}"), "learned_by": [C2], "themes": ["waste-to-energy"], "language": "en" });
    send(&first, &coordinator, vec![("InvitePerson", invited), ("RecordLearning", learning)]).await;
    send(&first, &expert, vec![("ValidateLearning", json!({ "learning": L, "expert": ines }))]).await;
    send(&second, &coordinator, vec![("PublishLearning", json!({ "learning": L }))]).await;
    let suggested = recorded(&second, &coordinator, begun, "LearningSuggested").await;
    assert_eq!(suggested["data"]["cities"], json!([C3]), "not where it comes from, nor who learned it there");
    assert_eq!(suggested["actor"], "system/learning-suggested");
    answers(&place, &first, suggested["position"].as_u64().unwrap()).await;

    send(&first, &coordinator, vec![("WithdrawCity", json!({ "city": C2, "reason": "Elections" }))]).await;
    let listed = recorded(&second, &coordinator, begun, "OpenMattersListed").await;
    assert_eq!(listed["data"]["matters"], json!([format!("partnership/{S}"), format!("visit/{V}")]));
    let events = by_rules(&first, &coordinator).await;
    assert_eq!(events.len(), 3, "each once, and nothing else: {events:#?}");

    first.stop();
    second.stop();
    // What the rules have seen is theirs; a restart gives nothing again.
    let again = place.serve();
    let code = "later";
    let theme = json!({ "programme": P, "code": code, "label": { "en": code }, "sdg_targets": [] });
    send(&again, &coordinator, vec![("DefineTheme", theme)]).await;
    let need = json!({ "city": C3, "theme": code });
    let position = send(&again, &coordinator, vec![("StateNeed", need)]).await;
    recorded(&again, &coordinator, position - 1, "NeedStated").await;
    assert_eq!(by_rules(&again, &coordinator).await.len(), 3);
    again.stop();
    place.verify();
}

/// The suggestion waits for the city's delegate, who says no, with the reason.
async fn answers(place: &Place, server: &Server, position: u64) {
    let scope = format!("city/{C3}");
    let ulm = place.token_with("delegate", &["--scope", &scope]);
    let waits = |inbox: &Value| {
        let items = inbox["items"].as_array().unwrap().clone();
        items.into_iter().find(|item| item["kind"] == "answer-suggestion")
    };
    let inbox = server.get_at("/api/inbox", &ulm, position).await.expect(200).json();
    let item = waits(&inbox).unwrap_or_else(|| panic!("{inbox}"));
    assert_eq!((&item["command"], &item["fields"]["city"]), (&json!("ExpressInterest"), &json!(C3)));
    let declined = json!({ "learning": L, "city": C3, "reason": "No plant" });
    let position = send(server, &ulm, vec![("DeclineLearning", declined)]).await;
    let inbox = server.get_at("/api/inbox", &ulm, position).await.expect(200).json();
    assert_eq!(waits(&inbox), None);
}
