//! What a browser is shown when something is refused: what, why, and the way on. Made from the same refusal that a
//! program would be told.

use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};

use crate::locale::{Said, spoken};
use crate::web::Site;
use crate::web::failure::{Refusal, words_of};
use crate::web::shell::outside;

/// Turns a refusal into a page, for browsers that asked for one.
pub async fn as_page(State(_): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_for_programs = path.starts_with("/api") && path != "/api/docs";
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wants_page = !is_for_programs && accept.contains("text/html");
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let response = in_our_words(next.run(request).await, is_read);
    let Some(refusal) = response.extensions().get::<Refusal>().filter(|_| wants_page).cloned() else { return response };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let reference = tracing::Span::current().id().map(|id| id.into_u64().to_string());
    let mut page = Html(markup(&refusal, reference.as_deref()).into_string()).into_response();
    parts.headers.remove(header::CONTENT_TYPE);
    page.headers_mut().extend(parts.headers);
    *page.status_mut() = parts.status;
    page
}

/// What was refused before any of ours looked at it, such as a path that is no id or a form that is none, told as
/// everything else is.
fn in_our_words(response: Response, is_read: bool) -> Response {
    let status = response.status();
    let is_ours = response.extensions().get::<Refusal>().is_some();
    let is_plain =
        response.headers().get(header::CONTENT_TYPE).is_none_or(|media| media.as_bytes().starts_with(b"text/plain"));
    if is_ours || !is_plain || !status.is_client_error() {
        return response;
    }
    let refusal = match status {
        StatusCode::BAD_REQUEST if is_read => Refusal::absent(),
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::new(status, "body-too-large", "The body is too large", "Send less at once.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Refusal::new(status, "not-a-form", "Not a form", "Send the fields as the form of the page does.")
        }
        _ => Refusal::new(
            status,
            "malformed-body",
            "The body can't be read",
            "Send the fields as the form of the page does.",
        ),
    };
    refusal.into_response()
}

fn markup(refusal: &Refusal, reference: Option<&str>) -> Markup {
    let words = spoken();
    let (detail, is_told) = told(refusal);
    let (title, lede) = match refusal.status {
        StatusCode::NOT_FOUND => (words.t("trouble-404"), words.t("trouble-404-more")),
        StatusCode::FORBIDDEN => (words.t("trouble-403"), detail),
        StatusCode::UNAUTHORIZED => (words.t("trouble-401"), words.t("trouble-401-more")),
        StatusCode::CONFLICT => (words.t("trouble-409"), detail),
        status if status.is_server_error() => (words.t("trouble-500"), detail),
        _ => (words.retold(&refusal.title).0, detail),
    };
    let foreign = (!is_told).then_some("en");
    let main = html! {
        div.wrap { div.head {
            p.meta { (refusal.status.as_u16()) " · " code { (refusal.code) } }
            h1 { (title) }
            p.lede lang=[foreign] { (lede) }
        } }
        div."wrap pad stack" {
            @if refusal.findings.len() > 1 || refusal.findings.first().is_some_and(|finding| !refusal.detail.contains(&finding.message)) {
                ul.lines { @for finding in &refusal.findings { li { code { (finding.pointer) } " " (words.retold(&finding.message).0) } } }
            }
            @if refusal.status.is_server_error() && let Some(reference) = reference {
                p.small { (words.say("trouble-reference", &[("reference", Said::Text(reference))])) }
            }
            p {
                @if refusal.status == StatusCode::UNAUTHORIZED { a.btn href="/sign-in" { (words.t("sign-in")) } " " }
                a href="/" { (words.t("trouble-home")) }
            }
        }
    };
    outside(&title, &main)
}

/// What was refused, in the reader's language, and whether it is told in it.
fn told(refusal: &Refusal) -> (String, bool) {
    let words = spoken();
    match refusal.findings.as_slice() {
        [one] if refusal.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let (message, is_told) = words.retold(&one.message);
            (format!("{} {message}", one.pointer.trim_start_matches('/')).trim_start().to_owned(), is_told)
        }
        _ => words.retold(&refusal.detail),
    }
}

/// What a problem's type stands for.
pub async fn problem(Path(code): Path<String>) -> Result<Html<String>, Refusal> {
    let is_code = !code.is_empty()
        && code.len() < 80
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit());
    if !is_code {
        return Err(Refusal::absent());
    }
    let words = spoken();
    let title = words.rule(&code).unwrap_or_else(|| words_of(&code));
    let main = html! {
        div.wrap { div.head { p.meta { code { "/problems/" (code) } } h1 { (title) } p.lede { (words.t("problem-lede")) } } }
        div."wrap pad" { p { a href="/api/docs" { (words.t("foot-api")) } } }
    };
    Ok(Html(outside(&title, &main).into_string()))
}
