//! Who was there, ticked on a phone: a large box for everybody expected, a number for the others of each city, the signed
//! sheet, one button. It works without JavaScript, takes a session or the visit as a whole, and never puts a record in the
//! place of one that its sender has not seen.

use axum::extract::multipart::Multipart;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use super::{Visit, session_called};
use crate::app::{Failure, Order};
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::to_sign_in;
use crate::web::form::typed::Typed;
use crate::web::many::why;
use crate::web::papers::{self, Brought};
use crate::web::parts::{count, event_link, subjects};
use crate::web::session::{Session, chance};
use crate::web::shell::page;
use crate::web::sign_in::safe_next;
use crate::web::subjects::page as page_of;

/// What the page says beyond what is ticked.
#[derive(Default)]
struct Told {
    problem: Option<String>,
    /// Whether somebody else recorded the session since the page was opened.
    meanwhile: bool,
}

/// The page.
///
/// # Errors
/// 404 for what is no visit or no session of it.
pub async fn show(State(_): State<Site>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let visit = Visit::open(&asked, &id).await?;
    let mut typed = Typed::default();
    let session = asked.query.text("session").unwrap_or_default();
    typed.suggest("session", session);
    if let Some(next) = asked.query.text("next") {
        typed.suggest("next", safe_next(next));
    }
    if let Some(recorded) = visit.recorded(session) {
        ticked(recorded, &mut typed);
    }
    if asked.query.text("all").is_some() {
        for named in visit.expected(visit.session(session)) {
            let person = named.person.id.to_string();
            if !typed.holds("present", &person) {
                typed.put("present".to_owned(), person);
            }
        }
    }
    respond(&asked, &visit, &typed, StatusCode::OK, &Told::default())
}

/// Fills the page with what is recorded.
fn ticked(recorded: &Value, typed: &mut Typed) {
    for person in recorded["present"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        typed.put("present".to_owned(), person.to_owned());
    }
    for (city, others) in recorded["others"].as_object().into_iter().flatten() {
        typed.suggest(&format!("others.{city}"), others.to_string());
    }
    if let Some(document) = recorded["document"].as_str() {
        typed.suggest("document", document);
    }
}

/// Records who was there, and brings the signed sheet in the same step.
///
/// # Errors
/// 403 from elsewhere, 413 for too large a file; what the rules refuse comes back as it was ticked.
pub async fn enter(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    asked: Asked,
    multipart: Multipart,
) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    let mut brought = papers::receive(&site, &headers, &session, multipart).await?;
    let visit = Visit::open(&asked, &id).await?;
    let mut typed = Typed::new(brought.pairs.clone());
    let body = body_of(&visit, &typed);
    if !body.contains_key("others") && !typed.any("present") {
        let told = Told { problem: Some(asked.locale.t("attendance-nothing")), ..Told::default() };
        return respond(&asked, &visit, &typed, StatusCode::UNPROCESSABLE_ENTITY, &told);
    }
    // What stands there already as it was sent is one's own, sent twice.
    let meanwhile = typed.one("before") != before(&visit, typed.one("session"));
    if meanwhile && !visit.recorded(typed.one("session")).is_some_and(|sheet| says_the_same(sheet, &body)) {
        let told = Told { meanwhile: true, ..Told::default() };
        return respond(&asked, &visit, &typed, StatusCode::CONFLICT, &told);
    }
    match record(&asked, &visit, &mut brought, &mut typed, body).await {
        Ok(position) => {
            let next = match safe_next(typed.one("next")) {
                "/" => page_of(visit.subject),
                next => next.to_owned(),
            };
            let joined = if next.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{next}{joined}seen={position}&done={position}")).into_response())
        }
        Err(failure @ (Failure::Denied(_) | Failure::Absent)) => Err(failure.into()),
        Err(failure) => {
            let status = Refusal::from(failure.clone()).status;
            let told = Told { problem: Some(why(&asked, failure)), ..Told::default() };
            respond(&asked, &visit, &typed, status, &told)
        }
    }
}

/// Registers and brings the sheet where there is one, then records who was there, under one correlation.
async fn record(
    asked: &Asked,
    visit: &Visit,
    brought: &mut Brought,
    typed: &mut Typed,
    mut body: Map<String, Value>,
) -> Result<u64, Failure> {
    let correlation = Some(asked.site.koinon.clock().id());
    if let Some((incoming, media, _)) = brought.file.take() {
        let title = asked.locale.say("attendance-title", &[("visit", Said::Text(&visit.title()))]);
        let paper = json!({
            "programme": visit.row["programme"], "title": title, "kind": "attendance-sheet", "classification": "restricted",
            "city": visit.row["host_city"], "sha256": incoming.sha256, "size": incoming.size, "media_type": media,
        });
        let order = order(
            "RegisterDocument",
            paper.as_object().cloned().unwrap_or_default(),
            step_key(typed, "sheet"),
            correlation,
        );
        let answer = asked.site.koinon.execute(&asked.reader.caller, order).await?;
        incoming.keep(answer.subject.id).await.map_err(|error| Failure::Internal(error.to_string()))?;
        body.insert("document".to_owned(), json!(answer.subject.id));
    }
    if let Some(document) = body.get("document").and_then(Value::as_str).map(str::to_owned) {
        typed.replace("document", document);
    }
    let order = order("RecordAttendance", body, step_key(typed, "present"), correlation);
    Ok(asked.site.koinon.execute(&asked.reader.caller, order).await?.position)
}

/// What makes a step of the form safe to be sent again.
fn step_key(typed: &Typed, step: &str) -> Option<String> {
    Some(format!("{}-{step}", typed.one("key"))).filter(|key| (8..=200).contains(&key.len()))
}

fn order(name: &str, body: Map<String, Value>, key: Option<String>, correlation: Option<uuid::Uuid>) -> Order {
    Order { name: name.to_owned(), body, idempotency_key: key, correlation, ..Order::default() }
}

fn body_of(visit: &Visit, typed: &Typed) -> Map<String, Value> {
    let mut body = Map::new();
    body.insert("visit".to_owned(), json!(visit.subject.id));
    body.insert("present".to_owned(), typed.all("present").map(|person| json!(person)).collect());
    let others: Map<String, Value> = visit
        .cities()
        .into_iter()
        .filter_map(|city| {
            let text = typed.one(&format!("others.{}", city.id)).trim();
            let number = text.parse::<u32>().map_or_else(|_| json!(text), |number| json!(number));
            (!text.is_empty()).then(|| (city.id.to_string(), number))
        })
        .collect();
    if !others.is_empty() {
        body.insert("others".to_owned(), Value::Object(others));
    }
    for field in ["session", "document", "reason"] {
        let text = typed.one(field).trim();
        if !text.is_empty() {
            body.insert(field.to_owned(), json!(text));
        }
    }
    body
}

/// Whether a record says of who was there what is sent.
fn says_the_same(sheet: &Value, body: &Map<String, Value>) -> bool {
    let present = |value: &Value| {
        let mut persons: Vec<String> =
            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        persons.sort_unstable();
        persons
    };
    let nobody = Map::new();
    let others = body.get("others").and_then(Value::as_object).unwrap_or(&nobody);
    body.get("present").map(present).unwrap_or_default() == present(&sheet["present"])
        && sheet["others"].as_object().unwrap_or(&nobody) == others
}

/// The event that recorded a session last, as the page carries it; empty when there is none.
fn before(visit: &Visit, session: &str) -> String {
    let position = visit.recorded(session).and_then(|sheet| sheet["mark"]["position"].as_u64());
    position.map(|position| position.to_string()).unwrap_or_default()
}

fn respond(asked: &Asked, visit: &Visit, typed: &Typed, status: StatusCode, told: &Told) -> Result<Response, Refusal> {
    let locale = asked.locale;
    let code = typed.one("session");
    let chosen = visit.session(code);
    if !code.is_empty() && chosen.is_none() {
        return Err(Refusal::absent());
    }
    let title = locale.t("visit-attendance");
    let main = html! {
        div."wrap pad ticking" {
            @if let Some(problem) = &told.problem {
                div.errsum data-errsum tabindex="-1" { div role="alert" { h2 { (locale.t("form-problem")) } p { (problem) } } }
            }
            @if told.meanwhile { (meanwhile(asked, visit, code)) }
            p."small muted" { (visit.title()) " · " (visit.days(locale)) }
            h1.mt-s { (title) }
            (tabs(asked, visit, code))
            @match asked.reader.session.as_ref().filter(|_| asked.is_now()) {
                Some(session) if visit.has_begun() && visit.may(asked, "RecordAttendance") => (form(asked, visit, typed, session)),
                Some(_) if visit.has_begun() => p."note mt-l" { (locale.t("attendance-not-yours")) },
                None if asked.is_now() && visit.has_begun() => p.mt-l { a href={ "/sign-in?next=" (crate::web::actor::form_urlencoded(&asked.path)) } { (locale.t("form-sign-in")) } },
                _ => p."note mt-l" { (locale.t("attendance-closed")) },
            }
            p.mt-l { a href=(asked.href(&visit.href(&sheet_address(code)))) { (locale.t("attendance-print")) } }
        }
    };
    let mut response = page(asked, &visit.frame(asked, title), &main);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

fn sheet_address(code: &str) -> String {
    if code.is_empty() { "/sheet".to_owned() } else { format!("/sheet?session={code}") }
}

fn meanwhile(asked: &Asked, visit: &Visit, code: &str) -> Markup {
    let locale = asked.locale;
    let Some(sheet) = visit.recorded(code) else { return html! {} };
    let position = sheet["mark"]["position"].as_u64().unwrap_or_default();
    let number = count(usize::try_from(position).unwrap_or(usize::MAX));
    let present = subjects(Kind::Person, &sheet["present"]).len();
    let others: u64 = sheet["others"].as_object().into_iter().flatten().filter_map(|(_, number)| number.as_u64()).sum();
    html! {
        div.errsum data-errsum tabindex="-1" { div role="alert" {
            h2 { (locale.say("attendance-meanwhile", &[("position", Said::Text(&number))])) }
            p { (locale.say("attendance-theirs", &[("present", Said::count(present)), ("others", Said::Text(&others.to_string()))])) " " (event_link(asked, position)) }
            p { (locale.t("attendance-meanwhile-more")) }
        } }
    }
}

/// The visit as a whole and each session, those recorded marked.
fn tabs(asked: &Asked, visit: &Visit, code: &str) -> Markup {
    let locale = asked.locale;
    let link = |session: &str| {
        let address =
            if session.is_empty() { "/attendance".to_owned() } else { format!("/attendance?session={session}") };
        asked.href(&visit.href(&address))
    };
    let mark = |session: &str| {
        visit.recorded(session).map(|_| html! { " " span.small { "(" (locale.t("attendance-now")) ")" } })
    };
    html! {
        nav.tabs aria-label=(locale.t("attendance-for")) { ul {
            li { a href=(link("")) aria-current=[code.is_empty().then_some("page")] { (locale.t("attendance-whole")) @if let Some(mark) = mark("") { (mark) } } }
            @for session in visit.sessions().into_iter().filter(|session| session["status"] != "skipped") {
                @let each = session["session"].as_str().unwrap_or_default();
                li { a href=(link(each)) aria-current=[(each == code).then_some("page")] lang=[session["language"].as_str()] { (session_called(locale, session)) @if let Some(mark) = mark(each) { (mark) } } }
            }
        } }
    }
}

fn form(asked: &Asked, visit: &Visit, typed: &Typed, session: &Session) -> Markup {
    let locale = asked.locale;
    let code = typed.one("session");
    let mut expected = visit.expected(visit.session(code));
    let recorded = visit.recorded(code).map(|sheet| subjects(Kind::Person, &sheet["present"])).unwrap_or_default();
    for person in recorded {
        if !expected.iter().any(|named| named.person == person) {
            expected.push(super::Named { person, city: None });
        }
    }
    html! {
        form.mt-l method="post" action=(asked.here()) enctype="multipart/form-data" novalidate data-form="RecordAttendance" {
            input type="hidden" name="form_token" value=(session.form_token);
            input type="hidden" name="key" value=(chance().unwrap_or_default());
            input type="hidden" name="session" value=(code);
            input type="hidden" name="before" value=(before(visit, code));
            @if typed.any("next") { input type="hidden" name="next" value=(typed.one("next")); }
            @if typed.any("document") { input type="hidden" name="document" value=(typed.one("document")); }
            fieldset."field ticks" {
                legend { (locale.t("attendance-people")) }
                @if expected.is_empty() { p.muted { (locale.t("attendance-nobody")) } }
                @for named in &expected {
                    label.tick {
                        input type="checkbox" name="present" value=(named.person.id) checked[typed.holds("present", &named.person.id.to_string())];
                        span { (visit.names.of(named.person)) @if let Some(city) = named.city { span.hint { (visit.names.of(city)) } } }
                    }
                }
                @if expected.len() > 1 { p { a."btn btn--2" href=(format!("{}?session={code}&all=1", visit.href("/attendance"))) data-tick-all { (locale.t("attendance-all")) } } }
            }
            fieldset.field {
                legend { (locale.t("attendance-others")) }
                p.hint { (locale.t("attendance-others-hint")) }
                div.counts { @for city in visit.cities() {
                    @let name = format!("others.{}", city.id);
                    div.count { label for={ "f-o-" (city.id) } { (visit.names.of(city)) }
                        input."in in--num" id={ "f-o-" (city.id) } name=(name) inputmode="numeric" value=(typed.one(&name)); }
                } }
            }
            div.field {
                label for="f-file" { (locale.t("attendance-file")) " " span."muted small" { (locale.t("form-optional")) } }
                span.hint #f-file-h { (locale.t("attendance-file-hint")) @if typed.any("document") { " " (locale.t("attendance-brought")) } }
                input.in id="f-file" name="file" type="file" accept="application/pdf,image/*" aria-describedby="f-file-h";
            }
            @if !before(visit, code).is_empty() {
                div.field {
                    label for="f-reason" { (locale.t("attendance-reason")) " " span."muted small" { (locale.t("form-optional")) } }
                    input.in id="f-reason" name="reason" value=(typed.one("reason"));
                }
            }
            button."btn btn--wide" { (locale.t("attendance-send")) }
        }
    }
}
