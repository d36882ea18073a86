//! What is public: nothing until something is published; then a page and datasets that anybody reads without signing in,
//! and nobody's name in them.

use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, L, P, V, beginning, middle, send};

on_both_engines!(nothing_is_open_until_something_is_published);

async fn nothing_is_open_until_something_is_published(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle()).await;
    for path in ["/open/", "/open/learnings.json", "/open/reports.csv"] {
        assert_eq!(server.get(path, "").await.status, 404, "{path}");
    }
    let expert = place.token_with("expert", &["--person", H]);
    send(&server, &expert, vec![("ValidateLearning", json!({ "learning": L }))]).await;
    let position = send(&server, &coordinator, vec![("PublishLearning", json!({ "learning": L }))]).await;
    server.get_at("/api/learnings", &coordinator, position).await.expect(200);
    let page = server.get("/open/", "").await.expect(200).text();
    assert!(page.contains("Ash is a product") && page.contains("Porto, Portugal"), "{page}");
    let reply = server.get("/open/learnings.json", "").await.expect(200);
    assert_eq!(reply.json()["items"][0]["origin_city"], "Porto");
    assert!(!reply.text().contains(H), "not even who validated it: {}", reply.text());
    assert!(server.get("/open/learnings.csv", "").await.expect(200).text().starts_with("id,"));
    assert_eq!(server.get("/open/people.json", "").await.status, 404);
    assert_eq!(server.get(&format!("/api/visits/{V}"), "").await.status, 401, "all else stays closed");
    let period = json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" });
    let report = json!({ "id": V, "programme": P, "period": 1 });
    let position = send(&server, &coordinator, vec![("DefinePeriod", period), ("OpenReport", report)]).await;
    server.get_at("/api/reports", &coordinator, position).await.expect(200);
    assert_eq!(server.get(&format!("/open/reports/{V}/report.json"), "").await.status, 404, "a draft is nobody's");
}
