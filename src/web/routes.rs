//! THE SITE MAP: every address there is, and what stands around all of them.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, MatchedPath, Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::timeout::{RequestBodyDeadlineLayer, RequestBodyTimeoutLayer};
use tracing::Instrument;

use crate::app::Failure;
use crate::web::actor::Api;
use crate::web::api::audit as api_audit;
use crate::web::api::inbox as api_inbox;
use crate::web::api::openapi::Parameters;
use crate::web::api::{
    atom, calendar, collections, commands, content, documentation, events, feed, figures, openapi, operations,
    person_export, replay, reports as api_reports, search as api_search, status as api_status,
    webhooks as api_webhooks,
};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::replay as replay_page;
use crate::web::{
    Site, about, activity, assets, audit, calendar_addresses, dashboard, demo, details, findings, form, inbox, kept,
    lists, log, open, papers, reports, search, set_up, sign_in, tables, tongue, troubles, unsubscribe, webhooks,
};
use crate::web::{access_review, accounts, receipt, refusals, retention, security};
use crate::web::{many, paste, quality, visits};

/// The parameters a list takes.
pub const FILTERS: &[&str] =
    &["programme", "partnership", "city", "theme", "status", "kind", "from", "to", "q", "limit", "cursor", "as_of"];

/// One address that is read, as the API's description has it.
pub struct Read {
    /// Its path.
    pub path: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it answers.
    pub summary: &'static str,
    /// What it takes.
    pub parameters: Parameters,
    /// What it answers in.
    pub media: &'static str,
}

const fn read(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    parameters: Parameters,
    media: &'static str,
) -> Read {
    Read { path, name, summary, parameters, media }
}

const JSON: &str = "application/json";
const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ZIP: &str = "application/zip";
const XML: &str = "application/xml";
const HTML: &str = "text/html";
const PDF: &str = "application/pdf";
const ATOM: &str = "application/atom+xml";
const ICALENDAR: &str = "text/calendar";
const TEXT: &str = "text/plain";
const BYTES: &str = "application/octet-stream";

/// Every address that is read, as the API's description has it.
pub const READS: &[Read] = &[
    read("/api/events", "listEvents", "Records of the log, byte for byte", Parameters::Events, JSON),
    read("/api/events/{position}", "readEvent", "One record, byte for byte", Parameters::None, JSON),
    read(
        "/api/feed",
        "feed",
        "Records as they are recorded (Server-Sent Events)",
        Parameters::Feed,
        "text/event-stream",
    ),
    read("/api/feed.atom", "atom", "The newest records in words (Atom)", Parameters::Atom, ATOM),
    read("/api/calendar.ics", "calendar", "Visits, sessions and meetings (iCalendar)", Parameters::Calendar, ICALENDAR),
    read(
        "/api/replay",
        "replay",
        "History in order, paced (Server-Sent Events)",
        Parameters::Replay,
        "text/event-stream",
    ),
    read("/api/search", "search", "Subjects by the words in them", Parameters::Search, JSON),
    read("/api/audit", "audit", "The log in words, with what corrects what", Parameters::Trail, JSON),
    read("/api/audit.csv", "auditTable", "The log in words, as a table", Parameters::Trail, CSV),
    read("/api/audit.xlsx", "auditWorkbook", "The log in words, as a workbook", Parameters::Trail, XLSX),
    read("/api/history/{kind}/{id}", "history", "What happened to one subject, in words", Parameters::History, JSON),
    read(
        "/api/access",
        "access",
        "Who acts in which role, for what, since when, by whom granted",
        Parameters::AsOf,
        JSON,
    ),
    read("/api/access.csv", "accessTable", "The same as a table", Parameters::AsOf, CSV),
    read(
        "/api/security-log",
        "securityLog",
        "Sign-ins, refusals and exports, for administrators",
        Parameters::Security,
        JSON,
    ),
    read("/api/refusals", "refusals", "Refused commands, each with its rule, for auditors", Parameters::Security, JSON),
    read("/api/refusals.csv", "refusalsTable", "The newest of them as a table", Parameters::None, CSV),
    read("/api/dashboard", "dashboard", "A programme at a glance", Parameters::Moment, JSON),
    read("/api/inbox", "inbox", "What waits for whoever asks, each with its command", Parameters::Moment, JSON),
    read("/api/indicators", "indicators", "Each figure with the positions it counts", Parameters::Period, JSON),
    read("/api/status", "status", "How far each read model is, and what it holds back", Parameters::None, JSON),
    read("/api/{collection}", "list", "The subjects of a collection, such as visits", Parameters::List, JSON),
    read("/api/{collection}.csv", "table", "The same list as a table", Parameters::List, CSV),
    read("/api/{collection}.xlsx", "workbook", "The same list as a workbook", Parameters::List, XLSX),
    read("/api/{collection}/{id}", "detail", "One subject, such as a visit", Parameters::AsOf, JSON),
    read(
        "/api/documents/{id}/content",
        "readContent",
        "The bytes of a document, as an attachment",
        Parameters::None,
        BYTES,
    ),
    read("/api/reports/{id}/findings", "findings", "Everything a report still lacks", Parameters::AsOf, JSON),
    read("/api/people/{id}/export", "exportPerson", "Everything that is held on a person", Parameters::None, JSON),
    read("/api/people/{id}/erasure-receipt", "erasureReceipt", "What an erasure destroyed", Parameters::None, JSON),
    read("/api/retention", "retention", "Whose personal data are kept long enough", Parameters::None, JSON),
    read("/api/reports/{id}/report.json", "reportJson", "A periodic report for programs", Parameters::AsOf, JSON),
    read(
        "/api/reports/{id}/report.csv",
        "reportTable",
        "A periodic report's figures as a table",
        Parameters::AsOf,
        CSV,
    ),
    read(
        "/api/reports/{id}/report.pdf",
        "reportDocument",
        "A periodic report to read, print and keep",
        Parameters::AsOf,
        PDF,
    ),
    read("/api/reports/{id}/report.xlsx", "reportWorkbook", "A periodic report as a workbook", Parameters::AsOf, XLSX),
    read(
        "/api/reports/{id}/report.html",
        "reportPage",
        "A periodic report to read on a screen",
        Parameters::AsOf,
        HTML,
    ),
    read(
        "/api/webhooks/{id}/deliveries",
        "deliveries",
        "What a webhook was sent, newest first",
        Parameters::None,
        JSON,
    ),
    read(
        "/api/reports/{id}/report.iati.xml",
        "reportActivities",
        "A report's programme as IATI 2.03 activities",
        Parameters::AsOf,
        XML,
    ),
    read(
        "/api/reports/{id}/bundle.zip",
        "reportBundle",
        "A report with the records it counts, their proofs and the signed checkpoint",
        Parameters::AsOf,
        ZIP,
    ),
    read(
        "/api/reports/{id}/comparison",
        "reportComparison",
        "What changed since a report's last version",
        Parameters::AsOf,
        JSON,
    ),
    read("/log/checkpoint", "checkpoint", "The log's origin, size and root, signed", Parameters::None, TEXT),
    read("/log/key", "verifierKey", "The key that verifies checkpoints", Parameters::None, TEXT),
    read("/log/tile/{level}/{index}", "tile", "Hashes of the log's tree", Parameters::None, BYTES),
    read("/log/tile/entries/{index}", "entries", "Records, each behind its length", Parameters::None, BYTES),
    read("/api/proofs/inclusion", "inclusion", "Proof that a record is in the log", Parameters::Inclusion, TEXT),
    read("/api/proofs/consistency", "consistency", "Proof that the log only grew", Parameters::Consistency, TEXT),
    read("/api/openapi.json", "openapi", "This description", Parameters::None, JSON),
    read("/api/docs", "docs", "A page to try the API", Parameters::None, HTML),
];

/// How long a client may be silent within a request's body.
const BETWEEN: Duration = Duration::from_secs(15);

/// How long a whole body may take: time enough for the largest document on a slow line.
const WHOLE: Duration = Duration::from_secs(600);

/// Every address, with what stands around it.
pub fn routes(site: Site) -> Router {
    let kept = pages().merge(api()).layer(from_fn_with_state(site.clone(), kept::keep));
    let answers = kept.merge(operations()).merge(verifiable_log()).fallback(nowhere);
    // Streams are never compressed, and the room that a compressor would take is theirs for as long as they last.
    guarded(answers, &site)
        .layer(CompressionLayer::new().compress_when(compressible()))
        .merge(guarded(streams(), &site))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(told))
        .with_state(site)
}

fn guarded(router: Router<Site>, site: &Site) -> Router<Site> {
    router
        .method_not_allowed_fallback(not_this_method)
        .layer(from_fn_with_state(site.clone(), troubles::as_page))
        .layer(from_fn(tongue::speak))
        .layer(from_fn_with_state(site.clone(), security::watch))
        .layer(from_fn_with_state(site.clone(), headers))
        .layer(RequestBodyTimeoutLayer::new(BETWEEN))
        .layer(RequestBodyDeadlineLayer::new(WHOLE))
}

fn streams() -> Router<Site> {
    Router::new()
        .route("/api/feed", get(feed::feed))
        .route("/api/replay", get(replay::replay))
        .route("/live", get(dashboard::live))
}

fn pages() -> Router<Site> {
    Router::new()
        .route("/", get(dashboard::overview))
        .route("/activity.atom", get(atom::of_page))
        .route("/calendar.ics", get(calendar::of_page))
        .route("/audit", get(audit::trail))
        .route("/audit.csv", get(tables::trail))
        .route("/audit.xlsx", get(tables::trail))
        .route("/events/{position}", get(audit::event))
        .route("/open/", get(open::page))
        .route("/open/{file}", get(open::dataset))
        .route("/open/reports/{id}/{file}", get(open::report))
        .route("/activity", get(activity::activity))
        .route("/status", get(about::status))
        .route("/accessibility", get(about::accessibility))
        .route("/privacy", get(about::privacy))
        .route("/replay", get(replay_page::replay))
        .route("/search", get(search::search))
        .route("/sign-in", get(sign_in::form).post(sign_in::enter))
        .route("/sign-in/openid", get(accounts::openid::begin))
        .route("/sign-in/openid/answer", get(accounts::openid::answer))
        .route("/sign-in/code", get(accounts::openid::code_form).post(accounts::openid::show_code))
        .route("/sign-in/by-mail", get(accounts::by_mail::form).post(accounts::by_mail::ask))
        .route("/sign-in/link/{secret}", get(accounts::by_mail::offer).post(accounts::by_mail::enter))
        .route("/set-up/{secret}", get(set_up::form).post(set_up::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/account", get(sign_in::account))
        .route("/needs-you", get(inbox::needs_you))
        .route("/needs-you/remind", post(inbox::remind))
        .route("/unsubscribe/{person}/{mark}", get(unsubscribe::offer).post(unsubscribe::end))
        .route("/do/{command}", get(form::show).post(form::enter))
        .route("/account/password", get(accounts::password::form).post(accounts::password::change))
        .route("/account/language", get(accounts::language::form).post(accounts::language::choose))
        .route("/account/second-factor", get(accounts::second_factor::form).post(accounts::second_factor::set_up))
        .route("/account/sessions", get(accounts::sessions::list).post(accounts::sessions::end))
        .route("/invitation/{secret}", get(accounts::invitation::form).post(accounts::invitation::enter))
        .route("/access", get(access_review::review))
        .route("/access.csv", get(access_review::table_of_page))
        .route("/security-log", get(security::log))
        .route("/refusals", get(refusals::log))
        .route("/refusals.csv", get(refusals::table_of_page))
        .route("/people/{id}/sign-in-link", get(accounts::link::offer).post(accounts::link::make))
        .route("/calendar/addresses", get(calendar_addresses::list).post(calendar_addresses::change))
        .route("/calendar/{file}", get(calendar_addresses::calendar))
        .route("/webhooks", get(webhooks::list).post(webhooks::send))
        .route("/language", post(tongue::choose))
        .route("/demo/next-day", post(demo::next_day))
        .route("/problems/{code}", get(troubles::problem))
        .route("/data-quality", get(quality::quality))
        .route("/data-quality.csv", get(quality::table))
        .route("/many", get(many::chosen::show).post(many::chosen::enter))
        .route("/visits/board", get(visits::board::board))
        .route("/visits/calendar", get(visits::calendar::calendar))
        .route("/visits/{id}/itinerary", get(visits::itinerary::itinerary))
        .route("/visits/{id}/checklist", get(visits::checklist::checklist))
        .route("/visits/{id}/sheet", get(visits::sheet::sheet))
        .route(
            "/visits/{id}/attendance",
            get(visits::attendance::show).post(visits::attendance::enter).layer(DefaultBodyLimit::disable()),
        )
        .route("/visits/{id}/paste/{what}", get(paste::show).post(paste::enter))
        .route("/visits/{id}/copy", get(visits::copy::show).post(visits::copy::enter))
        .route("/{collection}", get(list_or_table))
        .route(
            "/documents/{id}/content",
            get(content::give_page).post(papers::bring).layer(DefaultBodyLimit::disable()),
        )
        .route("/documents/new", get(papers::new).post(papers::register).layer(DefaultBodyLimit::disable()))
        .route("/people/{id}/export", get(person_export::of_page))
        .route("/people/{id}/erasure-receipt", get(receipt::of_page))
        .route("/retention", get(retention::show))
        .route("/{collection}/{id}", get(details::detail))
        .route("/reports/{id}/{file}", get(reports::file))
}

/// `/visits` is a page, `/visits.csv` and `/visits.xlsx` are tables.
async fn list_or_table(site: State<Site>, Path(name): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    if tables::is_table(&name) {
        return tables::list(site, Path(name), asked).await;
    }
    lists::list(site, Path(name), asked).await
}

fn api() -> Router<Site> {
    Router::new()
        .route("/api/commands/{command}", post(commands::execute))
        .route("/api/events", get(events::list))
        .route("/api/events/{position}", get(events::one))
        .route("/api/feed.atom", get(atom::feed))
        .route("/api/calendar.ics", get(calendar::calendar))
        .route("/api/search", get(api_search::search))
        .route("/api/status", get(api_status::status))
        .route("/api/dashboard", get(figures::dashboard))
        .route("/api/inbox", get(api_inbox::inbox))
        .route("/api/indicators", get(figures::indicators))
        .route("/api/audit", get(api_audit::list))
        .route("/api/audit.csv", get(api_audit::table))
        .route("/api/audit.xlsx", get(api_audit::workbook))
        .route("/api/access", get(access_review::list))
        .route("/api/access.csv", get(access_review::table))
        .route("/api/security-log", get(security::list))
        .route("/api/refusals", get(refusals::list))
        .route("/api/refusals.csv", get(refusals::table))
        .route("/api/history/{kind}/{id}", get(api_audit::history))
        .route(
            "/api/documents/{id}/content",
            get(content::give).post(content::bring).layer(DefaultBodyLimit::disable()),
        )
        .route("/api/reports/{id}/findings", get(findings::findings))
        .route("/api/people/{id}/export", get(person_export::export))
        .route("/api/people/{id}/erasure-receipt", get(receipt::receipt))
        .route("/api/retention", get(retention::list))
        .route("/api/{collection}", get(collections::list))
        .route("/api/{collection}/{id}", get(collections::detail))
        .route("/api/reports/{id}/{file}", get(api_reports::file))
        .route("/api/webhooks/{id}/deliveries", get(api_webhooks::deliveries))
        .route("/api/webhooks/{id}/deliveries/{position}/send-again", post(api_webhooks::send_again))
        .route("/api/webhooks/{id}/test", post(api_webhooks::test))
        .route("/api/reports/{id}/comparison", get(api_reports::comparison))
        .route("/api/openapi.json", get(openapi::serve))
        .route("/api/docs", get(documentation::page))
}

fn verifiable_log() -> Router<Site> {
    Router::new()
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/key", get(log::key))
        .route("/log/tile/{*path}", get(log::tile))
        .route("/api/proofs/inclusion", get(log::inclusion))
        .route("/api/proofs/consistency", get(log::consistency))
        .route("/events/{position}/proof", get(log::proof_file))
}

fn operations() -> Router<Site> {
    Router::new()
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics))
        .route("/assets/{name}", get(assets::serve))
}

/// What is at no address. Under `/api` who asks is looked at first.
async fn nowhere(State(site): State<Site>, request: Request) -> Result<Refusal, Refusal> {
    known_if_program(&site, request).await?;
    Ok(Refusal::absent())
}

async fn not_this_method(State(site): State<Site>, request: Request) -> Result<Refusal, Refusal> {
    known_if_program(&site, request).await?;
    let detail = "This address takes another method; the Allow header names it.";
    Ok(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Not this method", detail))
}

async fn known_if_program(site: &Site, request: Request) -> Result<(), Refusal> {
    if request.uri().path().starts_with("/api") {
        Api::from_request_parts(&mut request.into_parts().0, site).await?;
    }
    Ok(())
}

/// What is worth compressing: not records a line, whose parts must leave at once, and not what is small.
fn compressible() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new(events::NDJSON))
}

/// The headers of every answer.
async fn headers(State(site): State<Site>, request: Request, next: Next) -> Response {
    const ALWAYS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    let in_pieces = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if in_pieces {
        // It may have come with a length as well, and whoever passed it on may have counted by that: what follows on
        // the same connection could be a part of it.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    for (name, value) in ALWAYS {
        // What sends bytes of others has a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if site.public_url.starts_with("https://") {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// One line a request in the log: what was asked by its route, how it went, how long it took. No query, no header, no
/// body: they may hold what is private.
async fn told(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = request_id(&request);
    let span = tracing::info_span!("request", id, method = %request.method(), route);
    let begun = tokio::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, millis) = (response.status().as_u16(), begun.elapsed().as_millis());
    span.in_scope(|| tracing::info!(status, millis, "answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// The trace the request belongs to, when it says so (W3C `traceparent`); else 16 random bytes.
fn request_id(request: &Request) -> String {
    let trace = request.headers().get("traceparent").and_then(|value| value.to_str().ok());
    let trace = trace.and_then(|value| value.split('-').nth(1));
    if let Some(id) = trace.filter(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return id.to_owned();
    }
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return "unknown".to_owned();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A panic is an internal error like any other.
#[allow(clippy::needless_pass_by_value)]
fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    let cause = cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|cause| (*cause).to_owned()))
        .unwrap_or_else(|| "a panic without words".to_owned());
    Refusal::from(Failure::Internal(cause)).into_response()
}
