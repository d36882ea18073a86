//! `/data-quality`: what is incomplete or odd across the programmes the reader sees, each with who may mend it and the form
//! that does; also as CSV, and as of any moment. The rules are the readings'; what lies outside the log (bytes that were
//! not brought) or is sealed in it (names) is looked at here, by who may.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Kind, ProgrammeId, Role, Subject};
use koinon_projections::findings::Finding;
use koinon_projections::plain;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::app::Failure;
use crate::locale::Said;
use crate::web::Site;
use crate::web::api::collections::attached;
use crate::web::api::{Keep, csv, read_answer};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::findings::{Told, line, told, without_bytes};
use crate::web::parts::{count, nothing, section};
use crate::web::reads::{View, subject_in};
use crate::web::shell::{Frame, page};
use crate::web::subjects::page as page_of;

/// How many of a kind are shown at first.
const SHOWN: usize = 25;

/// Everything found, in the programme the address names or in all of them.
async fn found(asked: &Asked) -> Result<Vec<Told>, Refusal> {
    let view = &asked.view;
    let named = asked.query.text("programme");
    let mut findings: Vec<Finding> = Vec::new();
    for row in
        asked.programmes.iter().filter(|row| named.is_none_or(|named| row["id"] == named || row["code"] == named))
    {
        let Some(programme) = row["id"].as_str().and_then(|id| id.parse().ok()).map(ProgrammeId) else { continue };
        let read = view.site.koinon.views().quality(programme, view.at, view.day).await.map_err(Failure::from)?;
        findings.extend(read.map(|read| read.value).unwrap_or_default());
        if view.is_now() {
            findings.extend(without_bytes(view, programme).await?);
        }
    }
    findings.extend(people_twice(view).await?);
    let names = view.names(findings.iter().map(|finding| finding.subject)).await?;
    findings.retain(|finding| names.may_open(finding.subject));
    Ok(findings.into_iter().map(|finding| told(asked.locale, &names, finding)).collect())
}

/// People with the name or the e-mail address of somebody before them, among those whose names the reader may know.
async fn people_twice(view: &View) -> Result<Vec<Finding>, Refusal> {
    let rows = view.all("people", &[]).await?;
    let taking_part = rows.iter().filter(|row| matches!(row["status"].as_str(), Some("invited" | "active")));
    let mut seen: BTreeMap<String, Subject> = BTreeMap::new();
    let mut found = Vec::new();
    for row in taking_part {
        let Some(subject) = subject_in(Kind::Person, &row["id"]) else { continue };
        let known =
            ["name", "email"].map(|field| row[field].as_str().map(|text| format!("{field} {}", plain(text.trim()))));
        let known: Vec<String> = known.into_iter().flatten().collect();
        if known.iter().any(|key| seen.contains_key(key)) {
            found.push(Finding {
                code: "person-twice".to_owned(),
                subject,
                name: String::new(),
                figure: None,
                command: "DeactivatePerson".to_owned(),
                fields: vec![("person".to_owned(), subject.id.to_string())],
                roles: vec![Role::Administrator, Role::Coordinator],
            });
        }
        known.into_iter().for_each(|key| {
            seen.entry(key).or_insert(subject);
        });
    }
    Ok(found)
}

/// The page.
///
/// # Errors
/// When the read models cannot be read.
pub async fn quality(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let all = found(&asked).await?;
    let mut kinds: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    all.iter().for_each(|each| kinds.entry(each.finding.code.as_str()).or_default().push(each));
    let chosen = asked.query.text("code");
    let locale = asked.locale;
    let title = locale.t("quality");
    let csv = match asked.query.with("seen", None) {
        query if query.is_empty() => "/data-quality.csv".to_owned(),
        query => format!("/data-quality.csv?{query}"),
    };
    let main = html! {
        (crate::web::form::recorded(&asked))
        div.wrap { div.head {
            h1 { (title) }
            p.lede { (locale.t("quality-lede")) }
        } }
        div."wrap cols" {
            div.stack-l {
                div.resbar {
                    p role="status" { b { (locale.say("quality-count", &[("count", Said::count(all.len()))])) } }
                    div."row exp" { a."btn btn--s btn--2" href=(csv) { "CSV" } }
                }
                @if all.is_empty() { (nothing(&locale.t("quality-none"))) }
                @for (code, found) in kinds.iter().filter(|(code, _)| chosen.is_none_or(|chosen| chosen == **code)) {
                    (of_kind(&asked, code, found))
                }
            }
            aside.stack-l aria-label=(locale.t("quality-kinds")) { (counts(&asked, &kinds, all.len())) }
        }
    };
    Ok(page(&asked, &Frame::below(&asked, title), &main))
}

fn of_kind(asked: &Asked, code: &str, found: &[&Told]) -> Markup {
    let locale = asked.locale;
    let (first, rest) = found.split_at(found.len().min(SHOWN));
    let content = html! {
        ul."lines waiting" { @for each in first { (line(asked, each)) } }
        @if !rest.is_empty() {
            details { summary { (locale.say("findings-more", &[("count", Said::count(rest.len()))])) } ul."lines waiting" { @for each in rest { (line(asked, each)) } } }
        }
    };
    section(&format!("q-{code}"), &locale.t(&format!("quality-{code}")), &html! { (count(found.len())) }, &content)
}

fn counts(asked: &Asked, kinds: &BTreeMap<&str, Vec<&Told>>, all: usize) -> Markup {
    let locale = asked.locale;
    let link = |code: Option<&str>| match asked.query.with("code", code) {
        query if query.is_empty() => "/data-quality".to_owned(),
        query => format!("/data-quality?{query}"),
    };
    let content = html! {
        table.bars {
            caption.vh { (locale.t("quality-kinds")) }
            thead { tr { th scope="col" { (locale.t("quality-kind")) } th scope="col" { (locale.t("quality-number")) } } }
            tbody {
                @for (code, found) in kinds { tr { th scope="row" { a href=(link(Some(code))) { (locale.t(&format!("quality-{code}"))) } } td { (count(found.len())) } } }
                tr { th scope="row" { a href=(link(None)) { (locale.t("quality-all")) } } td { (count(all)) } }
            }
        }
    };
    section("q-kinds", &locale.t("quality-kinds"), &html! {}, &content)
}

/// The same as a table.
///
/// # Errors
/// When the read models cannot be read.
pub async fn table(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let chosen = asked.query.text("code");
    let all = found(&asked).await?;
    let rows: Vec<Value> = all
        .iter()
        .filter(|each| chosen.is_none_or(|chosen| chosen == each.finding.code))
        .map(|each| {
            let roles: Vec<String> =
                each.finding.roles.iter().map(|role| asked.locale.word(&format!("a-{role}"))).collect();
            json!({
                "code": each.finding.code, "what": each.what, "subject": each.finding.subject,
                "subject_title": each.about, "page": page_of(each.finding.subject), "mend": each.mend,
                "who_may": asked.locale.list(&roles),
            })
        })
        .collect();
    let bytes = csv::table(&rows, &["code", "what", "subject", "subject_title", "page", "mend", "who_may"]);
    let media = "text/csv; charset=utf-8; header=present";
    let response = read_answer(&HeaderMap::new(), media, bytes.into(), asked.view.position, Keep::Nobody);
    Ok(attached(response, "data-quality.csv"))
}
