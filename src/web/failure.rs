//! The one table from what goes wrong to what the client is told: a status, a stable type, words, and the next step.
//!
//! Programs get RFC 9457 `application/problem+json`; a browser that asked for a page gets the same as a page (the
//! refusal travels on the response as an extension, see [`as_page`]). Nothing internal is told to the client: an
//! internal error is logged here, once, under the request's id.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::Failure;
use crate::domain::Finding;
use crate::web::strict::NotABody;

/// A refusal as the rim tells it.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// The last part of the type: `/problems/CODE`.
    pub code: String,
    /// What it is, the same each time.
    pub title: String,
    /// What it is this time, in a sentence.
    pub detail: String,
    /// The fields that do not fit.
    pub findings: Vec<Finding>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal without findings.
    pub fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            title: title.to_owned(),
            detail: detail.into(),
            findings: Vec::new(),
            retry_after: None,
        }
    }

    /// Nobody is signed in.
    pub fn unauthenticated() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not-signed-in",
            "Not signed in",
            "Send a token as “Authorization: Bearer …”, or sign in with a browser.",
        )
    }

    /// There is nothing here, or nothing the caller may see.
    pub fn absent() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "Not found",
            "There is nothing at this address, or nothing that you may see.",
        )
    }

    /// The actor holds as many streams as one may.
    pub fn too_many_streams() -> Self {
        let detail = "This token or session holds 200 streams already. Close one first.";
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-streams", "Too many streams", detail);
        Self { retry_after: Some(5), ..refusal }
    }

    /// Somebody tried too often, and is told when to try again.
    pub fn too_many_tries(seconds: u64) -> Self {
        let detail = "There were too many tries. Wait for a while, then try again.";
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many-tries", "Too many tries", detail);
        Self { retry_after: Some(seconds), ..refusal }
    }

    /// A parameter of the address or a header does not fit.
    pub fn parameter(name: &str, message: impl Into<String>) -> Self {
        Self::unfit(vec![Finding::new(format!("/{name}"), message)])
    }

    /// Fields that do not fit.
    pub fn unfit(findings: Vec<Finding>) -> Self {
        let detail = match findings.as_slice() {
            [one] => format!("{} {}", one.pointer.trim_start_matches('/'), one.message),
            several => format!("{} fields do not fit.", several.len()),
        };
        let title = "Some fields do not fit";
        Self { findings, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "fields-do-not-fit", title, detail.trim()) }
    }

    /// A write from a browser that cannot be shown to come from our own page.
    pub fn foreign_origin() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "foreign-origin",
            "Not from this site",
            "The form was not sent from a page of this site, or has grown old. Open the page again and send it anew.",
        )
    }
}

impl From<NotABody> for Refusal {
    fn from(error: NotABody) -> Self {
        match error {
            NotABody::Malformed { pointer, message } => Self {
                findings: vec![Finding::new(pointer, message.clone())],
                ..Self::new(StatusCode::BAD_REQUEST, "malformed-body", "The body can't be read", message)
            },
            NotABody::Unfit(findings) => Self::unfit(findings),
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        let detail = failure.to_string();
        let plain = |status, code, title| Self::new(status, code, title, detail.clone());
        match failure {
            Failure::UnknownCommand(_) => plain(StatusCode::NOT_FOUND, "unknown-command", "No such command"),
            Failure::Malformed(_) => plain(StatusCode::BAD_REQUEST, "malformed-body", "The body can't be read"),
            Failure::Unfit(findings) => Self::unfit(findings),
            Failure::Absent => Self::absent(),
            Failure::Denied(_) => plain(StatusCode::FORBIDDEN, "not-yours-to-do", "Not yours to do"),
            Failure::Rule(rule) => plain(StatusCode::CONFLICT, rule.code, &words_of(rule.code)),
            Failure::VersionLost { .. } => {
                plain(StatusCode::PRECONDITION_FAILED, "version-lost", "The subject has changed")
            }
            Failure::Contended { .. } => {
                plain(StatusCode::CONFLICT, "changed-meanwhile", "The subject changed meanwhile")
            }
            Failure::KeyReused => {
                plain(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", "The key was used before")
            }
            Failure::TooLarge => plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Failure::Busy => {
                Self { retry_after: Some(1), ..plain(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too much is waiting") }
            }
            Failure::ReadOnly(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "read-only", "The log is only read"),
            Failure::Unavailable(_) => {
                tracing::error!(%detail, "the log can't be reached");
                let said = "The log can't be reached at the moment. Nothing was lost; try again shortly.";
                Self {
                    retry_after: Some(2),
                    ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "log-unavailable", "The log can't be reached", said)
                }
            }
            Failure::NotYet(_) => plain(StatusCode::GATEWAY_TIMEOUT, "not-yet", "Not read up to there yet"),
            Failure::AboveHead { .. } => {
                plain(StatusCode::UNPROCESSABLE_ENTITY, "above-the-head", "Above the head of the log")
            }
            Failure::Internal(_) => {
                tracing::error!(%detail, "a request failed");
                let said = "Something went wrong on our side. Nothing that was recorded is lost.";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", "Something went wrong", said)
            }
        }
    }
}

/// A kebab-case code as a title: `visit-already-held` → "Visit already held".
pub fn words_of(code: &str) -> String {
    let words = code.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut problem = json!({
            "type": format!("/problems/{}", self.code),
            "title": self.title,
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if !self.findings.is_empty() {
            problem["errors"] = json!(self.findings);
        }
        let mut response = Response::new(Body::from(problem.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"koinon\""));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(HeaderName::from_static("retry-after"), HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Rule;

    #[test]
    fn a_rule_is_a_conflict_with_a_type_of_its_own() {
        let rule = Rule { code: "visit-already-cancelled", sentence: "The visit is cancelled.".into() };
        let refusal = Refusal::from(Failure::Rule(rule));
        assert_eq!(refusal.status, StatusCode::CONFLICT);
        assert_eq!(
            (refusal.code.as_str(), refusal.title.as_str()),
            ("visit-already-cancelled", "Visit already cancelled")
        );
    }

    #[test]
    fn an_internal_error_keeps_its_cause_to_itself() {
        let refusal = Refusal::from(Failure::Internal("table vault is gone".into()));
        assert_eq!(refusal.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!refusal.detail.contains("vault"));
    }

    #[test]
    fn what_must_wait_says_how_long() {
        let response = Refusal::from(Failure::Busy).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
}
