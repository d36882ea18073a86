//! What a report still lacks, on its page and as `/api/reports/{id}/findings`: everything at once, each with who may mend
//! it and the form that does. Bytes of documents lie beside the log, so what lacks them is added here.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Kind, ProgrammeId, ReportId, Role, Subject};
use koinon_projections::findings::Finding;
use koinon_projections::report::FIGURES;
use maud::{Markup, html};
use serde_json::{Value, json};

use crate::app::Failure;
use crate::locale::{Locale, Said, day, spoken};
use crate::web::Site;
use crate::web::actor::{Api, form_urlencoded};
use crate::web::api::reports::shown;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::offers::may_begin;
use crate::web::papers::attendance_sheet_for;
use crate::web::parts::{count, nothing, section, sentence_case};
use crate::web::query::Query;
use crate::web::reads::{Names, View};
use crate::web::subjects::{location, page};

/// How many are shown before the reader asks for the rest.
const SHOWN: usize = 12;

/// One finding as its reader is told it.
pub struct Told {
    /// The finding.
    pub finding: Finding,
    /// What it is, in a plain sentence.
    pub what: String,
    /// What it is about.
    pub about: String,
    /// The address of the form that mends it.
    pub mend: String,
}

/// What a report still lacks, for a program.
///
/// # Errors
/// 404 for what is no report; 422 for a moment that is not there.
pub async fn findings(
    State(site): State<Site>,
    api: Api,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&["as_of"])?;
    wait_for(&site, &headers).await?;
    let view = View::open(&site, &api.caller, query.moment()?).await?;
    let row = shown(&view, &id).await?.row;
    let (told, position) = found(&view, row.id, row.programme).await?;
    let items: Vec<Value> = told.iter().map(json_of).collect();
    let body = json!({ "items": items, "position": position }).to_string();
    Ok(read_answer(&headers, "application/json", body.into_bytes().into(), position, Keep::Nobody))
}

fn json_of(told: &Told) -> Value {
    let fields: serde_json::Map<String, Value> =
        told.finding.fields.iter().map(|(field, value)| (field.clone(), json!(value))).collect();
    json!({
        "code": told.finding.code,
        "what": told.what,
        "subject": told.finding.subject,
        "subject_title": told.about,
        "href": location(told.finding.subject),
        "figure": told.finding.figure,
        "command": told.finding.command,
        "fields": fields,
        "do": told.mend,
        "roles": told.finding.roles,
    })
}

async fn found(view: &View, report: ReportId, programme: ProgrammeId) -> Result<(Vec<Told>, u64), Refusal> {
    let views = view.site.koinon.views();
    let found = views.findings(programme, report, view.at, view.day).await.map_err(Failure::from)?;
    let found = found.ok_or_else(Refusal::absent)?;
    let mut findings = found.value;
    if view.is_now() {
        findings.extend(without_bytes(view, programme).await?);
    }
    let names = view.names(findings.iter().map(|finding| finding.subject)).await?;
    findings.retain(|finding| names.may_open(finding.subject));
    let words = spoken();
    Ok((findings.into_iter().map(|finding| told(words, &names, finding)).collect(), found.position))
}

/// Documents that are registered and whose bytes were not brought.
///
/// # Errors
/// When the documents cannot be read.
pub async fn without_bytes(view: &View, programme: ProgrammeId) -> Result<Vec<Finding>, Refusal> {
    let rows = view.all("documents", &[("programme", &programme.0.to_string()), ("status", "registered")]).await?;
    let mut lacking = Vec::new();
    for row in rows {
        let Some(id) = row["id"].as_str().and_then(|id| id.parse().ok()) else { continue };
        // What a redacted copy took the place of has no bytes for good.
        if !row["copy"].is_null() {
            continue;
        }
        if !view.site.koinon.shelf().holds(id, row["sha256"].as_str().unwrap_or_default()).await {
            lacking.push(Finding {
                code: "document-without-bytes".to_owned(),
                subject: Subject { kind: Kind::Document, id },
                name: String::new(),
                figure: None,
                command: String::new(),
                fields: Vec::new(),
                roles: vec![Role::Coordinator, Role::Delegate, Role::Expert],
            });
        }
    }
    Ok(lacking)
}

/// A finding as its reader is told it.
pub fn told(words: &Locale, names: &Names, finding: Finding) -> Told {
    let name = match finding.name.parse() {
        Ok(named) => day(words, named),
        Err(_) if finding.code == "empty-section" => words.word(&finding.name),
        Err(_) => finding.name.clone(),
    };
    let figure = finding.figure.as_deref().map(figure_called).unwrap_or_default();
    let about = names.of(finding.subject);
    let values = [("name", Said::Text(&name)), ("figure", Said::Text(&figure)), ("subject", Said::Text(&about))];
    let what = words.say(&format!("finding-{}", finding.code), &values);
    let fields: Vec<String> =
        finding.fields.iter().map(|(field, value)| format!("{field}={}", form_urlencoded(value))).collect();
    let mend = match finding.code.as_str() {
        "attendance-without-sheet" => attendance_sheet_for(finding.subject),
        "visit-without-attendance" => format!("{}/attendance", page(finding.subject)),
        "document-without-bytes" => page(finding.subject),
        _ => format!("/do/{}?{}", finding.command, fields.join("&")),
    };
    Told { what, about, mend, finding }
}

/// A figure by its code, or by its name where the code is only ours.
fn figure_called(code: &str) -> String {
    let own = FIGURES.iter().find(|figure| figure.code == code && !code.starts_with("RC"));
    own.map_or(code, |figure| figure.name).to_owned()
}

/// The section of a report's page; absent once the report was accepted.
///
/// # Errors
/// When the read models cannot be read.
pub async fn missing(asked: &Asked, row: &Value) -> Result<Markup, Refusal> {
    let id = |field: &str| row[field].as_str().and_then(|id| id.parse().ok());
    let (Some(report), Some(programme)) = (id("id"), id("programme")) else { return Ok(html! {}) };
    if row["status"] == "accepted" {
        return Ok(html! {});
    }
    let (told, _) = found(&asked.view, ReportId(report), ProgrammeId(programme)).await?;
    let words = asked.locale;
    let (first, rest) = told.split_at(told.len().min(SHOWN));
    let content = html! {
        @if told.is_empty() { (nothing(&words.t("findings-none"))) }
        ul."lines waiting" { @for each in first { (line(asked, each)) } }
        @if !rest.is_empty() {
            details { summary { (words.say("findings-more", &[("count", Said::count(rest.len()))])) } ul."lines waiting" { @for each in rest { (line(asked, each)) } } }
        }
    };
    let aside = html! { (count(told.len())) };
    Ok(section("findings-h", &words.t("findings-title"), &aside, &content))
}

/// One finding as a line of a list.
pub fn line(asked: &Asked, told: &Told) -> Markup {
    let words = asked.locale;
    let roles: Vec<String> = told.finding.roles.iter().map(|role| words.word(&format!("a-{role}"))).collect();
    let mends = asked.is_now()
        && asked.reader.session.is_some()
        && (told.finding.command.is_empty() || may_begin(asked, &told.finding.command));
    html! {
        li {
            div {
                p { (told.what) }
                p.small { a href=(asked.href(&page(told.finding.subject))) { (told.about) } }
                p."small muted" { (words.say("findings-by", &[("roles", Said::Text(&words.choice(&roles)))])) }
            }
            @if mends { a."btn btn--2 btn--s" href=(told.mend) { (sentence_case(&words.t("findings-mend"))) span.vh { ": " (told.what) } } }
        }
    }
}
