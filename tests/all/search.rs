//! Search over real HTTP: in any script, without accents, by the beginning of the last word, best first, and never more
//! than one may see; the index follows the rows and is made anew with them.

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, C1, C3, L, P, S, T};
use crate::support::server::Server;

on_both_engines!(
    a_city_is_found_by_every_form_of_its_name,
    texts_are_found_by_words_and_the_best_comes_first,
    what_one_may_not_see_is_not_found,
    a_rebuilt_read_model_is_searched_like_before,
);

async fn found(server: &Server, token: &str, query: &str) -> Vec<Value> {
    let reply = server.get(&format!("/api/search?{query}"), token).await.expect(200).json();
    reply["items"].as_array().unwrap().clone()
}

fn ids(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["id"].as_str().unwrap()).collect()
}

async fn told(place: &Place) -> (Server, String) {
    let token = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &token, bodies::beginning()).await;
    let mut athens = bodies::city(C3, "Athens", "GR", "Europe/Athens");
    athens["native_name"] = json!("Αθήνα");
    server.command("RegisterCity", &athens, &token).await.expect(201);
    let position = bodies::send(&server, &token, bodies::middle()).await;
    server.get_at("/api/cities", &token, position).await.expect(200);
    (server, token)
}

async fn a_city_is_found_by_every_form_of_its_name(place: Place) {
    let (server, token) = told(&place).await;
    for words in ["Athens", "athe", "Αθήνα", "αθηνα", "ΑΘΉΝΑ", "Athina", "athin"] {
        assert_eq!(ids(&found(&server, &token, &format!("q={words}&kind=city")).await), [C3], "{words}");
    }
    assert_eq!(found(&server, &token, "q=thens+nowhere").await, [Value::Null; 0]);
    server.get("/api/search?q=+", &token).await.refuses(422, "fields-do-not-fit");
    server.get("/api/search?q=ash&as_of=3", &token).await.refuses(422, "fields-do-not-fit");
}

async fn texts_are_found_by_words_and_the_best_comes_first(place: Place) {
    let (server, token) = told(&place).await;
    let items = found(&server, &token, "q=ash").await;
    assert!(ids(&items).contains(&L) && ids(&items).contains(&T), "{items:?}");
    assert!(items[0]["title"].as_str().unwrap().contains("Ash"), "what is called so comes first: {items:?}");
    let one = found(&server, &token, "q=bottom+as").await;
    assert_eq!(ids(&one), [L], "every word, the last by its beginning");
    assert_eq!(one[0]["snippet"], "Bottom ash becomes road base");
    assert_eq!(found(&server, &token, "q=ash&limit=1").await.len(), 1, "the limit is over the whole answer");
    assert_eq!(ids(&found(&server, &token, "q=both+run").await), [S]);
    let revised = json!({ "learning": L, "what": "Slag becomes road base" });
    let position =
        server.command("ReviseLearning", &revised, &token).await.expect(200).json()["position"].as_u64().unwrap();
    server.get_at("/api/learnings", &token, position).await.expect(200);
    assert_eq!(found(&server, &token, "q=bottom").await, [Value::Null; 0], "the index follows the rows");
    assert_eq!(ids(&found(&server, &token, "q=slag").await), [L]);
}

async fn what_one_may_not_see_is_not_found(place: Place) {
    let (server, token) = told(&place).await;
    let scope = format!("city/{C3}");
    let delegate = place.token_with("delegate", &["--scope", &scope]);
    assert_eq!(found(&server, &delegate, "q=ash").await, [Value::Null; 0]);
    assert_eq!(
        ids(&found(&server, &delegate, &format!("q=porto&programme={P}")).await),
        [C1],
        "cities are open to all"
    );
    assert_eq!(found(&server, &token, "q=thandi").await, [Value::Null; 0], "a person is not found among other things");
}

async fn a_rebuilt_read_model_is_searched_like_before(place: Place) {
    let (server, token) = told(&place).await;
    let before = found(&server, &token, "q=road").await;
    assert!(!before.is_empty());
    for _ in 0..2 {
        let output = place.run(&["rebuild"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(found(&server, &token, "q=road").await, before);
    }
    server.command("RetractLearning", &json!({ "learning": L, "reason": "Wrong" }), &token).await.expect(200);
    assert!(found(&server, &token, "q=bottom").await.len() == 1, "what is retracted is still found, as such");
}
