//! Scripts in texts that people wrote, opened in a real browser on every page that shows them. They are text there: no
//! element comes of them, nothing runs, and the browser has nothing to refuse.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::support::Place;
use crate::support::browser::Driver;
use crate::support::world::World;

/// Each ends one kind of place that a text may stand in, and then would run.
const SCRIPTS: [&str; 3] = [
    "<img src=x onerror=document.title='owned'>\"'><script>document.title='owned'</script>",
    "</title></textarea></script><svg onload=document.title='owned'>{{7*7}}",
    "\" autofocus onfocus=document.title='owned' x=\"<a href=javascript:document.title='owned'>",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_script_in_a_text_stays_text_on_every_page() {
    let place = Place::sqlite();
    let world = World::marked(&place, SCRIPTS).await;
    let (chief, own) = (world.by("chief"), &world.parts[0]);
    let link = json!({ "meeting": own.id("meeting"), "title": SCRIPTS[0] });
    world.server.command("AddPresentation", &link, chief).await.expect(200);
    let bad =
        json!({ "id": own.id("webhook"), "meeting": own.id("meeting"), "url": "javascript:document.title='owned'" });
    assert!(world.server.command("PublishRecording", &bad, chief).await.status.is_client_error());
    let seat = world.seat("chief").await;
    let (name, value) = seat.cookie.split_once('=').unwrap();
    let driver = Driver::start();
    let browser = driver.open(1440, true).await;
    browser.page.goto(format!("{}/sign-in", world.server.address())).await.unwrap();
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    browser.page.add_cookie(cookie).await.unwrap();
    browser.errors().await;
    for page in pages(&world) {
        browser.page.goto(format!("{}{page}", world.server.address())).await.unwrap();
        let script = "return [document.title, document.querySelectorAll('img[src=\"x\"], svg[onload], [onerror], [onfocus], a[href^=\"javascript:\"], script:not([src])').length]";
        let found = browser.page.execute(script, Vec::new()).await.unwrap();
        let (title, elements): (String, i64) = found.convert().unwrap();
        assert!(title != "owned" && elements == 0, "{page}: {title} with {elements} elements of an attacker");
        let errors = browser.errors().await;
        let refused: Vec<_> = errors
            .iter()
            .filter(|error| error.contains("Content Security Policy") || error.contains("Refused"))
            .collect();
        assert!(refused.is_empty(), "{page}: only the policy stopped it: {refused:?}");
    }
    browser.close().await;
    world.server.stop();
}

fn pages(world: &World) -> Vec<String> {
    let mut pages: Vec<String> = [
        "/",
        "/visits",
        "/cities",
        "/partnerships",
        "/people",
        "/meetings",
        "/learnings",
        "/projects",
        "/pilots",
        "/actions",
        "/documents",
        "/reports",
        "/programmes",
        "/audit",
        "/activity",
        "/needs-you",
        "/access",
        "/webhooks",
        "/replay",
        "/search?q=owned",
        "/do/ScheduleVisit",
        "/do/RecordLearning",
        "/api/docs",
    ]
    .map(str::to_owned)
    .to_vec();
    let own = &world.parts[0];
    for (collection, name) in [
        ("programmes", "programme"),
        ("cities", "host"),
        ("partnerships", "partnership"),
        ("people", "person"),
        ("visits", "visit"),
        ("meetings", "meeting"),
        ("learnings", "learning"),
        ("projects", "project"),
        ("pilots", "pilot"),
        ("actions", "action"),
        ("documents", "document"),
        ("reports", "report"),
    ] {
        pages.push(format!("/{collection}/{}", own.id(name)));
    }
    let script: String = SCRIPTS[0].bytes().map(|byte| format!("%{byte:02X}")).collect();
    for place in [
        "/search?q=",
        "/visits?status=",
        "/sign-in?next=",
        "/do/ScheduleVisit?objectives=",
        "/problems/",
        "/events/",
        "/audit?type=",
    ] {
        pages.push(format!("{place}{script}"));
    }
    pages.push(format!("/do/RescheduleVisit?visit={}", own.id("visit")));
    pages.extend((10..=60).step_by(7).map(|position| format!("/events/{position}")));
    pages
}
