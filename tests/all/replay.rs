//! The replay's page over the sample programme: at twenty moments of its history, taken by chance, map, figures and story are
//! what any other page says as of that moment; with a script the slider goes to them in a browser.

use std::time::Duration;

use proptest::prelude::Rng;
use scraper::{Html, Selector};
use thirtyfour::prelude::*;

use crate::support::Place;
use crate::support::browser::Driver;
use crate::support::chance::chance;
use crate::support::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn every_moment_of_the_replay_is_what_the_pages_say_as_of_it() {
    let place = Place::sqlite();
    let token_place = &place;
    let server = place.start("demo");
    let token = token_place.token("coordinator");
    let head = server.get("/api/visits", &token).await.expect(200).json()["position"].as_u64().unwrap();
    let mut chance = chance();
    for _ in 0..20 {
        let position = 60 + chance.next_u64() % (head - 59);
        let replay = page(&server, &format!("/replay?as_of={position}")).await;
        let overview = page(&server, &format!("/?as_of={position}")).await;
        for what in ["ul.figs", "svg.world"] {
            // Before the first city there is no map, on either page.
            assert_eq!(found(&replay, what), found(&overview, what), "{what} as of {position}");
        }
        let audit = server.get(&format!("/api/audit?after={}&limit=1&as_of={position}", position - 1), &token).await;
        let told = audit.expect(200).json()["items"][0]["position"].as_u64();
        let story = inner(&replay, ".story p.small");
        assert!(story.contains(&format!("/events/{}?", told.unwrap())), "as of {position}: {story}");
    }
    let driver = Driver::start();
    let browser = driver.open(1440, true).await;
    browser.page.goto(format!("{}/replay", server.address())).await.unwrap();
    let slide = "const s = document.getElementById('scrub'); s.value = 250; s.dispatchEvent(new Event('input'));";
    browser.page.execute(slide, Vec::new()).await.unwrap();
    let past =
        browser.page.query(By::Css(".past-flag")).wait(PATIENCE, EVERY).first().await.expect("the past is shown");
    assert!(!past.text().await.unwrap().is_empty());
    let address = browser.page.current_url().await.unwrap().to_string();
    assert!(address.contains("as_of=2022-06-08"), "the address can be shared: {address}");
    assert_eq!(browser.errors().await, [""; 0]);
    browser.close().await;
    server.stop();
}

async fn page(server: &Server, path: &str) -> Html {
    Html::parse_document(&server.get(path, "").await.expect(200).text())
}

fn found(html: &Html, selector: &str) -> Option<String> {
    html.select(&Selector::parse(selector).unwrap()).next().map(|element| element.inner_html())
}

fn inner(html: &Html, selector: &str) -> String {
    found(html, selector).unwrap_or_else(|| panic!("no {selector}"))
}
