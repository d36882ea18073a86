//! Nothing typed is lost, in a real browser: a session that ended, a page left and opened again; and who was there is
//! ticked on a phone with the keyboard alone, also without scripts.

use std::time::Duration;

use thirtyfour::prelude::*;

use crate::support::Place;
use crate::support::browser::{Browser, Driver};
use crate::support::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_outlives_the_session_and_who_was_there_is_ticked_on_a_phone() {
    let place = Place::sqlite();
    let server = place.start("demo");
    let driver = Driver::start();
    what_was_typed_is_there_after_signing_in_again(&driver, &server).await;
    who_was_there_is_ticked_with_the_keyboard_alone(&driver, &server).await;
    rows_are_chosen_and_done_without_scripts(&driver, &server).await;
    server.stop();
    place.verify();
}

/// Signs in as the first person of the sample, a coordinator, and opens an address.
async fn open(browser: &Browser, server: &Server, address: &str) {
    let next = address.replace('?', "%3F").replace('&', "%26").replace('=', "%3D");
    browser.page.goto(format!("{}/sign-in?next={next}", server.address())).await.unwrap();
    enter(browser).await;
}

async fn enter(browser: &Browser) {
    let button = browser.page.query(By::Css("ul.people-in button")).wait(PATIENCE, EVERY).first().await.unwrap();
    button.send_keys(Key::Enter + "").await.unwrap();
}

/// Presses Enter on a button: it is where the keyboard is, wherever the page has scrolled to.
async fn press(browser: &Browser, css: &str) {
    there(browser, css).await.send_keys(Key::Enter + "").await.unwrap();
}

async fn there(browser: &Browser, css: &str) -> WebElement {
    let found = browser.page.query(By::Css(css)).wait(PATIENCE, EVERY).first().await;
    match found {
        Ok(found) => found,
        Err(error) => panic!("no {css}: {error}: {}", browser.page.source().await.unwrap()),
    }
}

async fn what_was_typed_is_there_after_signing_in_again(driver: &Driver, server: &Server) {
    let browser = driver.open(1440, true).await;
    open(&browser, server, "/do/RaiseAction?due=2023-03-01").await;
    there(&browser, "#f-text").await.send_keys("Bring the maps of both plants").await.unwrap();
    browser.page.delete_all_cookies().await.unwrap();
    press(&browser, "form[data-form] button.btn:not([name])").await;
    enter(&browser).await;
    let kept = there(&browser, "#f-text").await.value().await.unwrap();
    assert_eq!(kept.as_deref(), Some("Bring the maps of both plants"), "a lost session loses nothing typed");
    assert_eq!(there(&browser, "#f-due").await.value().await.unwrap().as_deref(), Some("2023-03-01"));
    browser.page.goto(server.address()).await.unwrap();
    browser.page.goto(format!("{}/do/RaiseAction?due=2023-03-01", server.address())).await.unwrap();
    let kept = there(&browser, "#f-text").await.value().await.unwrap();
    assert_eq!(kept.as_deref(), Some("Bring the maps of both plants"), "a page left loses nothing typed");
    press(&browser, "form[data-form] button.btn:not([name])").await;
    there(&browser, ".note--ok[role=status]").await;
    browser.page.goto(format!("{}/do/RaiseAction?due=2023-03-01", server.address())).await.unwrap();
    let empty = there(&browser, "#f-text").await.value().await.unwrap();
    assert_eq!(empty.as_deref(), Some(""), "what was recorded is no draft any more");
    browser.close().await;
}

/// Presses Tab until what a script picks out has the focus.
async fn tab_to(browser: &Browser, css: &str) -> WebElement {
    let script = format!("return document.activeElement.matches(`{css}`)");
    for _ in 0..120 {
        let active = browser.page.active_element().await.unwrap();
        if browser.page.execute(&script, Vec::new()).await.unwrap().convert::<bool>().unwrap() {
            return active;
        }
        browser.page.action_chain().send_keys(Key::Tab + "").perform().await.unwrap();
    }
    panic!("the keyboard never comes to {css}");
}

/// The first visit of that status.
async fn visit(browser: &Browser, server: &Server, status: &str) -> String {
    browser.page.goto(format!("{}/visits?status={status}", server.address())).await.unwrap();
    there(browser, "tbody th a[href^='/visits/']").await.attr("href").await.unwrap().unwrap()
}

async fn who_was_there_is_ticked_with_the_keyboard_alone(driver: &Driver, server: &Server) {
    let browser = driver.open(390, true).await;
    open(&browser, server, "/visits").await;
    there(&browser, "a[href='/account']").await;
    let visit = visit(&browser, server, "under-way").await;
    browser.page.goto(format!("{}{visit}/attendance", server.address())).await.unwrap();
    let (window, width) = browser.widths().await;
    assert!(width <= window, "the page is {width} wide in a window of {window}");
    let tall: Vec<f64> = browser
        .page
        .execute("return [...document.querySelectorAll('.tick, .ticking .btn--wide, .ticking .count .in')].map(e => e.getBoundingClientRect().height)", Vec::new())
        .await
        .unwrap()
        .convert()
        .unwrap();
    assert!(tall.len() > 2 && tall.iter().all(|height| *height >= 44.0), "what a thumb hits is large: {tall:?}");
    tab_to(&browser, "input[name=present]").await.send_keys(" ").await.unwrap();
    tab_to(&browser, "input[name^='others.']").await.send_keys(Key::Backspace + "3").await.unwrap();
    tab_to(&browser, "form[data-form] .btn--wide").await.send_keys(Key::Enter + "").await.unwrap();
    there(&browser, ".note--ok[role=status]").await;
    assert_eq!(browser.errors().await, [""; 0]);
    browser.close().await;
}

async fn rows_are_chosen_and_done_without_scripts(driver: &Driver, server: &Server) {
    let browser = driver.open(1440, false).await;
    open(&browser, server, "/actions?status=open").await;
    there(&browser, "form#many").await;
    for each in browser.page.find_all(By::Css("tbody .pick input")).await.unwrap().into_iter().take(2) {
        each.send_keys(" ").await.unwrap();
    }
    press(&browser, "form#many button").await;
    press(&browser, "form[data-form=CompleteAction] button.btn").await;
    let told = there(&browser, ".note[role=status]").await.text().await.unwrap();
    assert!(told.contains("2 of 2 done"), "{told}");
    browser.close().await;
}
