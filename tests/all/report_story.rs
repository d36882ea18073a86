//! A question about a figure, from the officer who asks to the city that holds the sheet, in real browsers: the figure
//! rises because something happened, and nobody types a number. And a section that is saved while it is written.

use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, P, S, V, beginning, middle, send};
use crate::support::browser::{Browser, Driver};
use crate::support::server::Server;

on_both_engines!(
    a_question_leads_to_a_signed_sheet_and_the_figure_rises,
    a_section_is_saved_while_it_is_written_and_nothing_is_lost
);

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(20);
const R: &str = "01970000-0000-7000-8000-0000000000f2";
const GUEST: &str = "01970000-0000-7000-8000-0000000000f4";

pub async fn sign_in(browser: &Browser, server: &Server, token: &str, next: &str) {
    let page = &browser.page;
    page.goto(format!("{}/sign-in?next={next}", server.address())).await.unwrap();
    let field = page.find(By::Css("input[name=token]")).await.unwrap();
    field.send_keys(token).await.unwrap();
    field.send_keys(Key::Enter + "").await.unwrap();
    page.query(By::Css("a[href='/account']")).wait(PATIENCE, EVERY).first().await.expect("the token signs in");
}

pub async fn wait_for(browser: &Browser, css: &str) -> WebElement {
    let found = browser.page.query(By::Css(css.to_owned())).wait(PATIENCE, EVERY).first().await;
    match found {
        Ok(found) => found,
        Err(_) => {
            let (address, page) =
                (browser.page.current_url().await.unwrap(), browser.page.find(By::Css("body")).await.unwrap());
            panic!("{css} is not there on {address}: {}", page.text().await.unwrap())
        }
    }
}

/// Fills a text of a command's form and sends it.
async fn give(browser: &Browser, server: &Server, form: &str, field: &str, text: &str) {
    browser.page.goto(format!("{}/do/{form}", server.address())).await.unwrap();
    wait_for(browser, field).await.send_keys(text).await.unwrap();
    wait_for(browser, "form[data-form] button.btn:not([name])").await.send_keys(Key::Enter + "").await.unwrap();
    wait_for(browser, ".note--ok[role=status]").await;
}

async fn figure(browser: &Browser) -> String {
    let cell = wait_for(browser, "td[data-figure='RCO 81'] a").await;
    cell.text().await.unwrap()
}

/// A visit that two persons attended, without their signed sheet, in a report that was handed in.
async fn handed_in(server: &Server, coordinator: &str) -> u64 {
    send(server, coordinator, beginning()).await;
    let guest = json!({ "id": GUEST, "programme": P, "name": "Rui Example", "email": "rui@example.org",
        "organisation": "Municipality of Porto", "city": C1, "languages": ["pt"], "kind": "delegate" });
    let visit = json!({ "id": V, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person",
        "host_city": C1, "visiting_cities": [C2], "from": "2026-06-13", "to": "2026-06-17",
        "themes": ["waste-to-energy"], "objectives": "See the plant at work" });
    let write = |section: &str| ("EditSection", json!({ "report": R, "section": section, "text": "One visit." }));
    let steps = vec![
        middle().swap_remove(0),
        ("InvitePerson", guest),
        ("DefinePeriod", json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" })),
        ("ScheduleVisit", visit),
        ("ConfirmVisit", json!({ "visit": V })),
        ("StartVisit", json!({ "visit": V, "date": "2026-06-13" })),
        ("RecordAttendance", json!({ "visit": V, "present": [H, GUEST] })),
        ("CompleteVisit", json!({ "visit": V, "date": "2026-06-17" })),
        ("OpenReport", json!({ "id": R, "programme": P, "period": 1 })),
        write("highlights"),
        ("SubmitReport", json!({ "report": R })),
    ];
    send(server, coordinator, steps).await
}

fn host(place: &Place) -> String {
    let scope = format!("city/{C1}");
    place.token_with("delegate", &["--scope", &scope])
}

async fn a_question_leads_to_a_signed_sheet_and_the_figure_rises(place: Place) {
    let (coordinator, officer) = (place.token("coordinator"), place.token("officer"));
    let server = place.serve();
    let position = handed_in(&server, &coordinator).await;
    server.get_at("/api/reports", &officer, position).await.expect(200);
    let host_token = host(&place);
    let driver = Driver::start();
    let (officer_at, host_at) = tokio::join!(driver.open(1440, true), driver.open(390, true));

    sign_in(&officer_at, &server, &officer, "/").await;
    let question = format!("RaiseQuery?report={R}&figure=RCO%2081&next=%2Freports%2F{R}");
    give(&officer_at, &server, &question, "#f-text", "Why is the visit to Porto not counted?").await;
    assert_eq!(figure(&officer_at).await, "0", "nobody counts without the sheet");
    let left = officer_at.page.find_all(By::Css("[data-left] a")).await.unwrap();
    assert_eq!(left.len(), 1, "one visit was not counted");
    left[0].send_keys(Key::Enter + "").await.unwrap();
    let title = wait_for(&officer_at, "h1").await.text().await.unwrap();
    assert_eq!(
        officer_at.page.current_url().await.unwrap().path(),
        format!("/visits/{V}"),
        "the question opens {title}"
    );
    officer_at.page.back().await.unwrap();
    let clock = server.get(&format!("/api/reports/{R}"), &officer).await.expect(200).json()["acceptance"].clone();
    assert_eq!(clock["stopped_by"], json!(["q1"]), "an open question stops the clock: {clock}");
    let back = format!("ReturnReport?report={R}&next=%2Freports%2F{R}");
    give(&officer_at, &server, &back, "#f-reasons", "The sheet of the visit to Porto is missing.").await;
    assert_eq!(figure(&officer_at).await, "0");

    let sheet = place.folder().join("sheet.pdf");
    std::fs::write(&sheet, b"%PDF-1.4 signed by both").unwrap();
    sign_in(&host_at, &server, &host_token, "/needs-you").await;
    let bring = wait_for(&host_at, "ul.waiting a[href^='/documents/new']").await;
    bring.click().await.unwrap();
    wait_for(&host_at, "#f-file").await.send_keys(sheet.display().to_string()).await.unwrap();
    wait_for(&host_at, "#f-title").await.send_keys("Signed sheet").await.unwrap();
    let (window, wide) = host_at.widths().await;
    assert!(wide <= window, "the form is {wide} wide in a window of {window}");
    let send = By::Css("form[action='/documents/new'] button.btn");
    let send = host_at.page.query(send).wait(PATIENCE, EVERY).and_displayed().first().await.unwrap();
    send.send_keys(Key::Enter + "").await.unwrap();
    wait_for(&host_at, ".note--ok[role=status]").await;
    let risen = |cell: WebElement| async move { Ok(cell.text().await.is_ok_and(|text| text == "2")) };
    let cell = officer_at.page.query(By::Css("td[data-figure='RCO 81'] a")).with_filter(risen);
    cell.wait(PATIENCE, EVERY).first().await.expect("the draft's figure rises by those who were ticked");

    wait_for(&officer_at, "[data-met] a").await;
    // Both at once: the page may put newer figures in place at any moment.
    let script = "return [document.querySelector('[data-met]').innerText, document.querySelector('[data-met] a').getAttribute('href')]";
    let read = officer_at.page.execute(script, Vec::new()).await.unwrap();
    let [told, met]: [String; 2] = read.convert().unwrap();
    assert!(told.starts_with("Answered by "), "{told}");
    let named: u64 = met.rsplit('/').next().unwrap().parse().unwrap();
    let mut records = server.events(position, &coordinator).await;
    // Who signs in, and what follows by rule from the visit, is not of this story.
    let beside = ["koinon.TokenCreated.v1", "koinon.LearningsRequested.v1"];
    records.retain(|record| !beside.contains(&record["type"].as_str().unwrap()));
    let types: Vec<&str> = records.iter().map(|record| record["type"].as_str().unwrap()).collect();
    let expected = ["QueryRaised", "ReportReturned", "DocumentRegistered", "EvidenceLinked"];
    assert_eq!(types, expected.map(|name| format!("koinon.{name}.v1")), "nothing else was recorded, and no number");
    let linked = &records[3];
    assert_eq!(linked["position"], named, "the question is answered by the event that linked the sheet");
    let nothing = "ul.waiting a[href^='/documents/new']";
    host_at.page.goto(format!("{}/needs-you", server.address())).await.unwrap();
    assert!(host_at.page.find(By::Css(nothing)).await.is_err(), "what waited is done");
    for browser in [officer_at, host_at] {
        assert_eq!(browser.errors().await, [""; 0]);
        browser.close().await;
    }
    server.stop();
    place.verify();
}

async fn is_told(browser: &Browser, state: &str) {
    wait_for(browser, &format!("[data-autosave][data-state={state}]")).await;
}

async fn write(browser: &Browser, text: &str) {
    let field = wait_for(browser, "#f-text").await;
    field.send_keys(text).await.unwrap();
    field.send_keys(Key::Tab + "").await.unwrap();
}

async fn said(server: &Server, token: &str) -> Vec<Value> {
    let records = server.events(0, token).await;
    let edited = records.into_iter().filter(|record| record["type"] == "koinon.SectionEdited.v1");
    edited.map(|record| record["data"]["text"].clone()).collect()
}

async fn a_section_is_saved_while_it_is_written_and_nothing_is_lost(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    let period = json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" });
    let steps = vec![("DefinePeriod", period), ("OpenReport", json!({ "id": R, "programme": P, "period": 1 }))];
    send(&server, &coordinator, steps).await;
    let driver = Driver::start();
    let browser = driver.open(390, true).await;
    let form = format!("/do/EditSection?report={R}&section=highlights");
    sign_in(&browser, &server, &coordinator, "/").await;
    browser.page.goto(format!("{}{form}", server.address())).await.unwrap();
    write(&browser, "One").await;
    is_told(&browser, "saved").await;
    assert_eq!(said(&server, &coordinator).await, ["One"], "leaving the field saves, as one record");

    let elsewhere = json!({ "report": R, "section": "activities", "text": "A visit" });
    send(&server, &coordinator, vec![("EditSection", elsewhere)]).await;
    write(&browser, " visit").await;
    is_told(&browser, "saved").await;
    let records = said(&server, &coordinator).await;
    assert_eq!(records, ["One", "A visit", "One visit"], "who writes elsewhere in the report is in nobody's way");

    browser.page.delete_all_cookies().await.unwrap();
    write(&browser, " took place").await;
    is_told(&browser, "signedOut").await;
    sign_in(&browser, &server, &coordinator, "/").await;
    browser.page.goto(format!("{}{form}", server.address())).await.unwrap();
    let kept = wait_for(&browser, "#f-text").await.value().await.unwrap().unwrap();
    assert_eq!(kept, "One visit took place", "what was written is there again");

    let theirs = json!({ "report": R, "section": "highlights", "text": "Theirs" });
    send(&server, &coordinator, vec![("EditSection", theirs)]).await;
    write(&browser, ".").await;
    is_told(&browser, "conflict").await;
    assert_eq!(said(&server, &coordinator).await.last().unwrap(), "Theirs", "nothing is overwritten unseen");
    wait_for(&browser, "form[data-form] button.btn:not([name])").await.send_keys(Key::Enter + "").await.unwrap();
    let both = wait_for(&browser, "table.tbl").await.text().await.unwrap();
    assert!(both.contains("Theirs") && both.contains("One visit took place."), "{both}");
    browser.close().await;
    server.stop();
}
