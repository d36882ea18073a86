//! A report's whole way, by officer and coordinator in two browsers, through the links and forms of its page: written, handed
//! in, asked about, answered, returned with reasons, handed in again with a comparison, accepted with conditions, reopened.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::report_story::{sign_in, wait_for};
use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{P, beginning, send};
use crate::support::browser::{Browser, Driver};
use crate::support::server::Server;

on_both_engines!(officer_and_coordinator_bring_a_report_from_draft_to_accepted_and_back);

const R: &str = "01970000-0000-7000-8000-0000000000f2";

/// Somebody at their browser.
struct At<'a> {
    browser: Browser,
    server: &'a Server,
}

impl At<'_> {
    /// Opens the report's page and there the form of a command, fills its fields, and sends it.
    async fn give(&self, link: &str, fields: &[(&str, &str)]) {
        self.give_about(link, "", fields).await;
    }

    /// The same, with more of the form filled in.
    async fn give_about(&self, link: &str, about: &str, fields: &[(&str, &str)]) {
        let page = &self.browser.page;
        self.look().await;
        let address = wait_for(&self.browser, &format!("a[href^='/do/{link}']")).await.attr("href").await.unwrap();
        page.goto(format!("{}{}{about}", self.server.address(), address.unwrap())).await.unwrap();
        for (name, text) in fields {
            let field = wait_for(&self.browser, name).await;
            field.clear().await.unwrap();
            field.send_keys(*text).await.unwrap();
        }
        let send = "form[data-form] button.btn:not([name])";
        wait_for(&self.browser, send).await.send_keys(Key::Enter + "").await.unwrap();
        wait_for(&self.browser, ".note--ok[role=status]").await;
    }

    /// What the report's page says now.
    async fn look(&self) -> String {
        self.browser.page.goto(format!("{}/reports/{R}", self.server.address())).await.unwrap();
        wait_for(&self.browser, "main").await.text().await.unwrap()
    }

    async fn sees(&self, words: &[&str]) {
        let page = self.look().await;
        let missing: Vec<_> = words.iter().filter(|words| !page.contains(**words)).collect();
        assert!(missing.is_empty(), "{missing:?} in: {page}");
    }

    async fn may_not(&self, command: &str) {
        self.look().await;
        let offered = self.browser.page.find_all(By::Css(format!("a[href^='/do/{command}']"))).await.unwrap();
        assert!(offered.is_empty(), "{command} is offered");
    }
}

async fn status(server: &Server, token: &str) -> String {
    let row = server.get(&format!("/api/reports/{R}"), token).await.expect(200).json();
    row["status"].as_str().unwrap().to_owned()
}

async fn officer_and_coordinator_bring_a_report_from_draft_to_accepted_and_back(place: Place) {
    let (coordinator, officer) = (place.token("coordinator"), place.token("officer"));
    let server = place.serve();
    let period = json!({ "programme": P, "number": 1, "from": "2026-01-01", "to": "2026-06-30" });
    let opened = json!({ "id": R, "programme": P, "period": 1 });
    let mut steps = beginning();
    steps.extend([("DefinePeriod", period), ("OpenReport", opened)]);
    let begun = send(&server, &coordinator, steps).await;
    server.get_at("/api/reports", &officer, begun).await.expect(200);
    let driver = Driver::start();
    let (one, other) = tokio::join!(driver.open(1440, true), driver.open(1440, true));
    sign_in(&one, &server, &coordinator, "/").await;
    sign_in(&other, &server, &officer, "/").await;
    let (writes, decides) = (At { browser: one, server: &server }, At { browser: other, server: &server });

    writes.give(&format!("EditSection?report={R}&section=highlights"), &[("#f-text", "Two cities met.")]).await;
    decides.may_not("ReturnReport").await;
    writes.give("SubmitReport", &[]).await;
    assert_eq!(status(&server, &officer).await, "submitted");
    writes.may_not("AcceptReport").await;

    decides.give_about("RaiseQuery", "&section=highlights", &[("#f-text", "Where did they meet?")]).await;
    writes.sees(&["Where did they meet?", "Days for deciding"]).await;
    writes.give("AnswerQuery", &[("#f-text", "In Porto.")]).await;
    decides.sees(&["Answered by", "In Porto."]).await;

    decides.give("ReturnReport", &[("#f-reasons", "Say it in the report too.")]).await;
    assert_eq!(status(&server, &officer).await, "returned");
    writes.sees(&["Say it in the report too."]).await;
    writes
        .give(&format!("EditSection?report={R}&section=highlights"), &[("#f-text", "Two cities met in Porto.")])
        .await;
    writes.give("SubmitReport", &[]).await;
    decides.sees(&["What changed since the last version", "Say it in the report too."]).await;
    let added = wait_for(&decides.browser, "#changed-h ~ * ins, section[aria-labelledby=changed-h] ins").await;
    assert!(added.text().await.unwrap().contains("Porto"), "the words that were added are shown");

    decides.give("AcceptReport", &[("#f-conditions", "Send the minutes by July.")]).await;
    assert_eq!(status(&server, &officer).await, "accepted");
    writes.sees(&["Send the minutes by July."]).await;
    writes.may_not("EditSection").await;
    decides.give("ReopenReport", &[("#f-reason", "The minutes say otherwise.")]).await;
    assert_eq!(status(&server, &officer).await, "reopened");
    writes.sees(&["The minutes say otherwise."]).await;
    writes.give(&format!("EditSection?report={R}&section=activities"), &[("#f-text", "The minutes were read.")]).await;

    let told: Vec<Value> = server.events(begun, &coordinator).await;
    let mine = told.iter().filter(|record| record["subject"] == format!("report/{R}"));
    let types: Vec<&str> = mine.map(|record| record["type"].as_str().unwrap()).collect();
    let expected = [
        "SectionEdited",
        "ReportSubmitted",
        "QueryRaised",
        "QueryAnswered",
        "ReportReturned",
        "SectionEdited",
        "ReportSubmitted",
        "ReportAccepted",
        "ReportReopened",
        "SectionEdited",
    ];
    assert_eq!(types, expected.map(|name| format!("koinon.{name}.v1")));
    for at in [writes, decides] {
        assert_eq!(at.browser.errors().await, [""; 0]);
        at.browser.close().await;
    }
    server.stop();
    place.verify();
}
