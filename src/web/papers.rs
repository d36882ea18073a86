//! Documents brought through a browser: registered and brought in one step, or brought afterwards. The hash is worked
//! out here; nobody types one. What is brought for something is named as evidence of it at once.

use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures::TryStreamExt;
use koinon_events::{DocumentId, Subject};
use maud::{Markup, html};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::app::{Barred, DOCUMENT_BYTES, Failure, Order};
use crate::domain::{Finding, command_schema, command_shape};
use crate::shelf::Incoming;
use crate::web::Site;
use crate::web::actor::is_same_origin;
use crate::web::api::content::{check, keep, paper, refused};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::field::{Field as FormField, fields_of};
use crate::web::form::markup::{Form, id_of, name_of};
use crate::web::form::offers::may_begin;
use crate::web::form::options::Options;
use crate::web::form::typed::{Typed, body_of};
use crate::web::session::{Session, chance};
use crate::web::shell::{Frame, page};
use crate::web::sign_in::safe_next;

/// The most that the texts of a form may hold together, in bytes.
const TEXTS: usize = 1024 * 1024;

/// What the form does not ask: it is worked out from the file.
const WORKED_OUT: &[&str] = &["id", "programme", "sha256", "size", "media_type", "redacts"];

/// What a browser sent: the fields by name, and the file with its media type.
#[derive(Default)]
pub struct Brought {
    /// The fields, in order.
    pub pairs: Vec<(String, String)>,
    /// The file, its media type and its name.
    pub file: Option<(Incoming, String, String)>,
}

impl Brought {
    fn one(&self, name: &str) -> &str {
        self.pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Where a redacted copy is brought: what is known of its form as a query.
pub fn redacted_copy_for(known: &str) -> String {
    format!("/documents/new?{known}")
}

/// Where the sheet of who attended something is brought, and named as its evidence in one step.
pub fn attendance_sheet_for(subject: Subject) -> String {
    format!("/documents/new?kind=attendance-sheet&classification=restricted&subject={subject}")
}

/// The form that registers a document and brings its bytes.
///
/// # Errors
/// 403 for who may register none.
pub async fn new(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else {
        return Ok(Redirect::to("/sign-in?next=%2Fdocuments%2Fnew").into_response());
    };
    if !may_begin(&asked, "RegisterDocument") {
        let detail = "This is for a coordinator, a delegate or an expert. Ask a coordinator of the programme.";
        return Err(Failure::Denied(detail.to_owned()).into());
    }
    let mut typed = Typed::new(asked.query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())));
    typed.suggest("language", asked.locale.tag.clone());
    let own = asked.reader.caller.grants.iter().filter_map(|grant| grant.scope);
    if let Some(city) = own.into_iter().find(|scope| scope.kind == koinon_events::Kind::City) {
        typed.suggest("city", city.id.to_string());
    }
    respond(&asked, &session, &typed, StatusCode::OK, &[]).await
}

/// Registers the document, brings its bytes, and names it as evidence when it was brought for something.
///
/// # Errors
/// 401 without a session, 403 from elsewhere, 413 for too large a file, and what a command meets.
pub async fn register(
    State(site): State<Site>,
    headers: HeaderMap,
    asked: Asked,
    multipart: Multipart,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.clone().ok_or_else(Refusal::unauthenticated)?;
    let mut brought = receive(&site, &headers, &session, multipart).await?;
    let typed = Typed::new(brought.pairs.clone());
    let Some((incoming, media, name)) = brought.file.take() else {
        let findings = vec![Finding::new("/file", "is required")];
        return respond(&asked, &session, &typed, StatusCode::UNPROCESSABLE_ENTITY, &findings).await;
    };
    let mut body = body_of(&fields(), &typed);
    body.entry("title").or_insert_with(|| json!(name));
    let programme = typed.one("programme").to_owned();
    let programme = if programme.is_empty() { programme_id(&asked) } else { programme };
    body.insert("programme".to_owned(), json!(programme));
    body.insert("sha256".to_owned(), json!(incoming.sha256));
    body.insert("size".to_owned(), json!(incoming.size));
    body.insert("media_type".to_owned(), json!(media));
    if typed.any("redacts") {
        body.insert("redacts".to_owned(), json!(typed.one("redacts")));
    }
    let key = Some(brought.one("key").to_owned()).filter(|key| !key.is_empty());
    let correlation = site.koinon.clock().id();
    let order = |name: &str, body: Map<String, Value>, key: Option<String>| Order {
        name: name.to_owned(),
        body,
        idempotency_key: key,
        correlation: Some(correlation),
        ..Order::default()
    };
    let answer = match site.koinon.execute(&asked.reader.caller, order("RegisterDocument", body, key.clone())).await {
        Ok(answer) => answer,
        Err(Failure::Unfit(findings)) => {
            return respond(&asked, &session, &typed, StatusCode::UNPROCESSABLE_ENTITY, &findings).await;
        }
        Err(failure) => return Err(failure.into()),
    };
    incoming.keep(answer.subject.id).await.map_err(refused)?;
    let mut position = answer.position;
    if let Ok(subject) = brought.one("subject").parse::<Subject>() {
        let claim = match brought.one("claim").trim() {
            "" => asked.locale.t("papers-claim"),
            claim => claim.to_owned(),
        };
        let link = json!({ "document": answer.subject.id, "subject": subject, "claim": claim });
        let link = link.as_object().cloned().unwrap_or_default();
        let key = key.map(|key| format!("{key}-link"));
        position = site.koinon.execute(&asked.reader.caller, order("LinkEvidence", link, key)).await?.position;
    }
    let next = match safe_next(brought.one("next")) {
        "/" => format!("/documents/{}", answer.subject.id),
        next => next.to_owned(),
    };
    let joined = if next.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{next}{joined}seen={position}&done={position}")).into_response())
}

/// Brings the bytes of a document that was registered before.
///
/// # Errors
/// As `POST /api/documents/{id}/content`, and 403 from elsewhere.
pub async fn bring(
    State(site): State<Site>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    asked: Asked,
    multipart: Multipart,
) -> Result<Response, Refusal> {
    let session = asked.reader.session.clone().ok_or_else(Refusal::unauthenticated)?;
    let paper = paper(&site, &asked.reader.caller, id).await?;
    check(&site, &asked.reader.caller, &paper).await?;
    let brought = receive(&site, &headers, &session, multipart).await?;
    let (incoming, _, _) = brought.file.ok_or_else(|| Refusal::unfit(vec![Finding::new("/file", "is required")]))?;
    keep(&paper, incoming).await?;
    Ok(Redirect::to(&format!("/documents/{id}")).into_response())
}

/// Reads the parts in order; the form's token comes before the file, so that nobody else's file is taken in.
///
/// # Errors
/// 403 from elsewhere, 413 for too much.
pub async fn receive(
    site: &Site,
    headers: &HeaderMap,
    session: &Session,
    mut multipart: Multipart,
) -> Result<Brought, Refusal> {
    if !is_same_origin(headers) {
        return Err(Refusal::foreign_origin());
    }
    let mut brought = Brought::default();
    let mut sent = 0;
    while let Some(part) = multipart.next_field().await.map_err(|error| broken(&error.to_string()))? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            session.takes_form(headers, brought.one("form_token"))?;
            brought.file = file(site, part).await?;
            continue;
        }
        let text = text(part, TEXTS - sent).await?;
        sent += text.len();
        brought.pairs.push((name, text));
    }
    session.takes_form(headers, brought.one("form_token"))?;
    Ok(brought)
}

/// A text field, read no further than there is room for.
async fn text(mut part: Field<'_>, room: usize) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error.to_string()))? {
        if bytes.len() + chunk.len() > room {
            return Err(Failure::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| broken("a text is not UTF-8"))
}

/// The file, unless none was chosen.
async fn file(site: &Site, part: Field<'_>) -> Result<Option<(Incoming, String, String)>, Refusal> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let media = part.content_type().unwrap_or("application/octet-stream").to_owned();
    let media = media.split(';').next().unwrap_or_default().trim().to_lowercase();
    let incoming = site.koinon.shelf().take_in(part.into_stream(), DOCUMENT_BYTES).await.map_err(refused)?;
    Ok((incoming.size > 0).then_some((incoming, media, name)))
}

fn broken(cause: &str) -> Refusal {
    Failure::Malformed(format!("the form could not be read: {cause}")).into()
}

fn programme_id(asked: &Asked) -> String {
    asked.programme().and_then(|row| row["id"].as_str()).unwrap_or_default().to_owned()
}

fn fields() -> Vec<FormField> {
    let shape = command_shape("RegisterDocument");
    let fields = shape.map(|shape| fields_of(shape.name, command_schema(shape))).unwrap_or_default();
    fields.into_iter().filter(|field| !WORKED_OUT.contains(&field.name.as_str())).collect()
}

async fn respond(
    asked: &Asked,
    session: &Session,
    typed: &Typed,
    status: StatusCode,
    findings: &[Finding],
) -> Result<Response, Refusal> {
    let fields = fields();
    let programme = programme_id(asked);
    let options = Options::gather(asked, &fields, Some(&programme), None).await?;
    let form = Form { asked, command: "RegisterDocument", typed, options: &options, findings, spare: 0 };
    let subject = typed.one("subject").parse::<Subject>().ok();
    let redacts = typed.one("redacts").parse().ok().map(|id| DocumentId(id).subject());
    let about = match subject.or(redacts) {
        Some(subject) => Some(asked.view.names([subject]).await?.of(subject)),
        None => None,
    };
    let locale = asked.locale;
    let main = html! {
        div."wrap cols" { div {
            @if !findings.is_empty() {
                div.errsum data-errsum tabindex="-1" { div role="alert" {
                    h2 { (locale.t("form-problem")) }
                    ul { @for finding in findings {
                        @let field = fields.iter().find(|field| field.name == name_of(&finding.pointer));
                        li { @match field {
                            Some(field) => a href={ "#" (id_of(&field.name)) } { (form.said(field, finding)) },
                            None => a href="#f-file" { (locale.t("papers-file-needed")) },
                        } }
                    } }
                } }
            }
            @if let Some(about) = &about { p."small muted" { (about) } }
            h1.mt-s { (locale.t("papers-new")) }
            p."measure mt-s" { (locale.t("papers-new-lede")) }
            @if redacts.is_some() { p."note note--warn" { (locale.t("papers-redacts")) } }
            form.mt-l method="post" action="/documents/new" enctype="multipart/form-data" novalidate {
                input type="hidden" name="form_token" value=(session.form_token);
                input type="hidden" name="key" value=(chance().unwrap_or_default());
                @for name in ["subject", "claim", "programme", "next", "redacts"] { @if typed.any(name) { input type="hidden" name=(name) value=(typed.one(name)); } }
                (form.fields(&fields))
                (file_field(asked))
                div.row { button.btn { (locale.t("papers-new")) } a."btn btn--2" href="/documents" { (locale.t("form-leave")) } }
            }
        } }
    };
    let list = locale.t("list-documents");
    let mut response = page(asked, &Frame::below_list(asked, list, "/documents", locale.t("papers-new")), &main);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(response)
}

fn file_field(asked: &Asked) -> Markup {
    html! {
        div.field {
            label for="f-file" { (asked.locale.t("papers-file")) }
            span.hint #f-file-h { (asked.locale.t("papers-file-hint")) }
            input.in id="f-file" name="file" type="file" required aria-describedby="f-file-h";
        }
    }
}

/// Why the bytes are given to nobody.
fn told_barred(asked: &Asked, barred: Barred) -> Markup {
    let key = match barred {
        Barred::Erased => "papers-erased",
        Barred::Redacted(_) => "papers-redacted",
    };
    html! {
        p."note note--warn" {
            strong { (asked.locale.t(key)) } " " (asked.locale.t(&format!("{key}-more")))
            @if let Barred::Redacted(copy) = barred { " " a href=(asked.href(&format!("/documents/{}", copy.0))) { (asked.locale.t("papers-redacted-copy")) } }
        }
    }
}

/// What a document's page says of its bytes: get them, or bring them.
///
/// # Errors
/// When the document cannot be read.
pub async fn panel(asked: &Asked, id: Uuid) -> Result<Markup, Refusal> {
    let site = &asked.site;
    let paper = paper(site, &asked.reader.caller, id).await?;
    let locale = asked.locale;
    if let Some(barred) = site.koinon.barred(DocumentId(id)).await? {
        return Ok(told_barred(asked, barred));
    }
    if site.koinon.shelf().holds(id, paper.row["sha256"].as_str().unwrap_or_default()).await {
        return Ok(
            html! { p.do { a."btn btn--2" href={ "/documents/" (id) "/content" } { (locale.t("papers-get")) } } },
        );
    }
    let missing =
        html! { p."note note--warn" { strong { (locale.t("papers-missing")) } (locale.t("papers-missing-more")) } };
    let Some(session) = asked.reader.session.as_ref().filter(|_| asked.is_now()) else { return Ok(missing) };
    if check(site, &asked.reader.caller, &paper).await.is_err() {
        return Ok(missing);
    }
    Ok(html! {
        (missing)
        form.mt-l method="post" action={ "/documents/" (id) "/content" } enctype="multipart/form-data" {
            input type="hidden" name="form_token" value=(session.form_token);
            (file_field(asked))
            button.btn { (locale.t("papers-bring")) }
        }
    })
}
