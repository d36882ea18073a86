//! The sample programme in a real browser: it opens wide and narrow without errors, its links lead somewhere, one click
//! signs in, a day played in one browser shows in another, and it works without scripts.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use thirtyfour::prelude::*;

use crate::support::Place;
use crate::support::browser::{Browser, Driver};
use crate::support::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_programme_works_in_a_browser() {
    let place = Place::sqlite();
    let server = place.start("demo");
    let driver = Driver::start();
    for width in [1440, 390] {
        opens(&driver, &server, width).await;
    }
    every_link_leads_to_a_page(&driver, &server).await;
    works_without_scripts(&driver, &server).await;
    a_newcomer_comes_from_a_visit_to_its_figure_in_three_clicks(&driver, &server, &place.token("auditor")).await;
    a_day_played_in_one_browser_shows_in_another(&driver, &server).await;
    an_action_is_raised_with_the_keyboard_alone(&driver, &server).await;
    server.stop();
    place.verify();
}

async fn opens(driver: &Driver, server: &Server, width: u32) {
    let browser = driver.open(width, true).await;
    browser.page.goto(server.address()).await.unwrap();
    let title = browser.page.find(By::Css("h1")).await.unwrap().text().await.unwrap();
    assert!(!title.is_empty());
    browser.page.find(By::Css(".sample")).await.expect("the page wears the sample-data notice");
    assert_eq!(browser.errors().await, [""; 0], "at {width}");
    let (window, page) = browser.widths().await;
    assert!(page <= window, "at {width} the page is {page} wide in a window of {window}");
    browser.close().await;
}

/// The addresses of this site that a page links to, without their fragments.
async fn links(browser: &Browser, server: &Server) -> BTreeSet<String> {
    let script = "return [...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location.href).href.split('#')[0])";
    let told: Vec<String> = browser.page.execute(script, Vec::new()).await.unwrap().convert().unwrap();
    told.into_iter().filter_map(|link| link.strip_prefix(server.address()).map(str::to_owned)).collect()
}

async fn every_link_leads_to_a_page(driver: &Driver, server: &Server) {
    let browser = driver.open(1440, true).await;
    browser.page.goto(server.address()).await.unwrap();
    let found = links(&browser, server).await;
    assert!(found.len() > 20, "{found:?}");
    let mut broken = Vec::new();
    for link in &found {
        let reply = server.get(link, "").await;
        if reply.status != 200 {
            broken.push(format!("{link}: {}", reply.status));
        }
    }
    assert!(broken.is_empty(), "links of the dashboard that lead nowhere:\n  {}", broken.join("\n  "));
    browser.close().await;
}

async fn works_without_scripts(driver: &Driver, server: &Server) {
    let browser = driver.open(1440, false).await;
    let page = &browser.page;
    page.goto(server.address()).await.unwrap();
    page.find(By::Css("h1")).await.unwrap();
    assert_eq!(page.find(By::Css("html")).await.unwrap().attr("data-js").await.unwrap(), None);
    page.goto(format!("{}/sign-in", server.address())).await.unwrap();
    page.find(By::Css("ul.people-in button")).await.unwrap().click().await.unwrap();
    page.query(By::Css("a[href='/account']")).wait(PATIENCE, EVERY).first().await.expect("one click signs in");
    page.find(By::Css("form[action='/demo/next-day']")).await.unwrap();
    browser.close().await;
}

/// Clicks the first link to there that can be seen.
async fn click(browser: &Browser, css: &str) {
    for link in browser.page.find_all(By::Css(css)).await.unwrap() {
        if link.is_displayed().await.unwrap() {
            // At once and to the middle: what scrolls smoothly is not there yet when it is clicked.
            let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
            browser.page.execute(scroll, vec![link.to_json().unwrap()]).await.unwrap();
            return link.click().await.unwrap();
        }
    }
    panic!("no link {css} can be seen on {}", browser.page.current_url().await.unwrap());
}

async fn a_newcomer_comes_from_a_visit_to_its_figure_in_three_clicks(driver: &Driver, server: &Server, token: &str) {
    let learnings = server.get("/api/learnings?limit=500", token).await.expect(200).json();
    let origins = learnings["items"].as_array().unwrap().iter().filter_map(|row| row["origin"].as_str());
    let visits: Vec<String> = origins.filter(|origin| origin.starts_with("visit/")).map(str::to_owned).collect();
    let browser = driver.open(1440, true).await;
    browser.page.goto(server.address()).await.unwrap();
    let shown = links(&browser, server).await;
    let known = |visit: &&String| shown.iter().any(|link| link.ends_with(&visit.replace("visit/", "/visits/")));
    let visit = visits.iter().find(known).expect("the first page shows a visit that something was learned on");
    click(&browser, &format!("main a[href='/{}']", visit.replace("visit/", "visits/"))).await;
    click(&browser, "main a[href^='/learnings/']").await;
    let title = browser.page.find(By::Css("h1")).await.unwrap().text().await.unwrap();
    click(&browser, "main a[href^='/audit?figure=learnings']").await;
    let counted = browser.page.find(By::Css("main")).await.unwrap().text().await.unwrap();
    assert!(counted.contains(&title), "the figure's events tell of “{title}”: {counted}");
    browser.close().await;
}

async fn a_day_played_in_one_browser_shows_in_another(driver: &Driver, server: &Server) {
    let (first, second) = tokio::join!(driver.open(1440, true), driver.open(1440, true));
    second.page.goto(server.address()).await.unwrap();
    second.page.query(By::Css("[data-live][hidden]")).wait(PATIENCE, EVERY).first().await.unwrap();
    let page = &first.page;
    page.goto(format!("{}/sign-in?next=/", server.address())).await.unwrap();
    page.find(By::Css("ul.people-in button")).await.unwrap().click().await.unwrap();
    let play = By::Css("form[action='/demo/next-day'] button");
    let play = page.query(play).wait(PATIENCE, EVERY).first().await.expect("one click signs in");
    play.click().await.unwrap();
    let played = Instant::now();
    let shown = By::Css("[data-live]:not([hidden]) [data-live-reload]");
    let shown = second.page.query(shown).wait(PATIENCE, EVERY).first().await.expect("the other browser hears of it");
    assert!(played.elapsed() < Duration::from_secs(5), "it took {:?}", played.elapsed());
    assert!(!shown.text().await.unwrap().is_empty(), "it says how many events are new");
    shown.click().await.unwrap();
    second.page.query(By::Css("[data-live][hidden]")).wait(PATIENCE, EVERY).first().await.unwrap();
    for browser in [first, second] {
        assert_eq!(browser.errors().await, [""; 0]);
        browser.close().await;
    }
}

/// Presses Tab until the element with that id, or the form's own button, has the focus.
async fn tab_to(browser: &Browser, wanted: &str) -> WebElement {
    let script = "const a = document.activeElement; return a.id || (a.matches('form[data-form] button.btn:not([name])') ? 'send' : '')";
    for _ in 0..200 {
        let active = browser.page.active_element().await.unwrap();
        let id: String = browser.page.execute(script, Vec::new()).await.unwrap().convert().unwrap();
        if id == wanted {
            return active;
        }
        active.send_keys(Key::Tab + "").await.unwrap();
    }
    panic!("the keyboard never comes to {wanted}");
}

async fn an_action_is_raised_with_the_keyboard_alone(driver: &Driver, server: &Server) {
    let browser = driver.open(1440, true).await;
    let page = &browser.page;
    page.goto(format!("{}/sign-in?next=/do/RaiseAction", server.address())).await.unwrap();
    page.find(By::Css("ul.people-in button")).await.unwrap().click().await.unwrap();
    page.query(By::Css("form[data-form=RaiseAction]")).wait(PATIENCE, EVERY).first().await.expect("the form opens");
    tab_to(&browser, "send").await.send_keys(Key::Enter + "").await.unwrap();
    let summary = page.query(By::Css("[data-errsum] a[href='#f-text']")).wait(PATIENCE, EVERY).first().await;
    assert!(summary.is_ok(), "what is missing is told first, with a link to it");
    tab_to(&browser, "f-text").await.send_keys("Send the slides of the visit").await.unwrap();
    tab_to(&browser, "send").await.send_keys(Key::Enter + "").await.unwrap();
    let recorded = page.query(By::Css(".note--ok[role=status]")).wait(PATIENCE, EVERY).first().await;
    assert!(recorded.is_ok(), "one comes to what was recorded");
    let title = page.find(By::Css("h1")).await.unwrap().text().await.unwrap();
    assert!(title.contains("Send the slides of the visit"), "{title}");
    browser.close().await;
}
