//! Many rows at once: each row becomes its own command or two, all under one correlation, and each has a result of its
//! own. A row that is refused says why and holds up no other; what is sent twice is done once.

pub mod chosen;

use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::app::{Failure, Order};
use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::lists::label;
use crate::web::parts::{event_link, sentence_case};
use crate::web::shell::{Frame, page};

/// One row to be done.
pub struct Row {
    /// What it is about, in words.
    pub about: String,
    /// The page of what it is about.
    pub href: Option<String>,
    /// The commands it takes, in order, each with its fields; the first that is refused ends the row.
    pub commands: Vec<(&'static str, Map<String, Value>)>,
}

/// What became of a row.
pub struct Came {
    /// What it was about.
    about: String,
    href: Option<String>,
    /// The position of its last event; none when the row was refused before any.
    pub position: Option<u64>,
    /// Why it was refused.
    pub refused: Option<String>,
    /// Whether nothing had to be recorded, since it stood so already.
    already: bool,
}

/// Gives every row's commands under one correlation. The key makes each row's commands safe to be sent again.
pub async fn give(asked: &Asked, key: &str, rows: Vec<Row>) -> Vec<Came> {
    let correlation = asked.site.koinon.clock().id();
    let mut all = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let mut came = Came { about: row.about, href: row.href, position: None, refused: None, already: true };
        for (name, body) in row.commands {
            let order = Order {
                name: name.to_owned(),
                idempotency_key: row_key(key, index, name, &body),
                body,
                correlation: Some(correlation),
                ..Order::default()
            };
            match asked.site.koinon.execute(&asked.reader.caller, order).await {
                Ok(answer) => {
                    came.already &= answer.events.is_empty();
                    came.position = Some(answer.position);
                }
                Err(failure) => {
                    came.refused = Some(why(asked, failure));
                    break;
                }
            }
        }
        all.push(came);
    }
    all
}

/// What is said to whom no row of a list is theirs to change.
pub const DENIED: &str = "This is not yours to do. Ask a coordinator of the programme.";

/// The form's key, the row and what it says: the same row sent again is the same, another one is another.
fn row_key(key: &str, index: usize, name: &str, body: &Map<String, Value>) -> Option<String> {
    let said = Value::Object(body.clone()).to_string();
    let hash = Sha256::digest(format!("{name} {said}").as_bytes());
    let hash: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{key}-{index}-{hash}")).filter(|whole| !key.is_empty() && whole.len() <= 200)
}

/// A refusal in one sentence.
pub fn why(asked: &Asked, failure: Failure) -> String {
    let refusal = Refusal::from(failure);
    let told: Vec<String> = refusal
        .findings
        .iter()
        .map(|finding| {
            let field = finding.pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
            let name = if field.is_empty() { String::new() } else { format!("{}: ", label(asked, field)) };
            format!("{name}{}", asked.locale.retold(&finding.message).0)
        })
        .collect();
    if told.is_empty() { sentence_case(&asked.locale.retold(&refusal.detail).0) } else { told.join("; ") }
}

/// What became of each row, as a page; `onward` is where the reader goes on, with what it is called.
pub fn results(asked: &Asked, mut frame: Frame, came: &[Came], onward: (&str, &str)) -> Response {
    let locale = asked.locale;
    let done = came.iter().filter(|row| row.refused.is_none()).count();
    let last = came.iter().filter_map(|row| row.position).max();
    let seen = last.map(|position| format!("{}seen={position}", if onward.0.contains('?') { '&' } else { '?' }));
    let title = frame.title.clone();
    frame.title = locale.say("many-title", &[("title", Said::Text(&title))]);
    let main = html! {
        div.wrap { div.head {
            h1 { (title) }
            p class={ "note mt-l " (if done == came.len() { "note--ok" } else { "note--warn" }) } role="status" {
                strong { (locale.say("many-done", &[("done", Said::count(done)), ("count", Said::count(came.len()))])) }
                (locale.t("many-together"))
            }
        } }
        div."wrap pad" data-recorded {
            table."tbl tbl--cards" role="table" {
                caption.vh { (locale.t("many-results")) }
                thead role="rowgroup" { tr role="row" {
                    th scope="col" role="columnheader" { (locale.t("many-row")) }
                    th scope="col" role="columnheader" { (locale.t("many-result")) }
                } }
                tbody role="rowgroup" { @for row in came { tr role="row" data-refused[row.refused.is_some()] {
                    th scope="row" role="rowheader" { @match &row.href { Some(href) => a href=(href) { (row.about) }, None => (row.about) } }
                    td role="cell" data-l=(locale.t("many-result")) { (result(asked, row)) }
                } } }
            }
            p.mt-l { a.btn href={ (onward.0) (seen.unwrap_or_default()) } { (onward.1) } }
        }
    };
    let mut response = page(asked, &frame, &main);
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn result(asked: &Asked, row: &Came) -> Markup {
    let locale = asked.locale;
    html! {
        @if let Some(why) = &row.refused {
            strong { (locale.t("many-refused")) } " " (why)
            @if let Some(position) = row.position { " " (locale.t("many-half")) " " (event_link(asked, position)) }
        } @else if row.already {
            (locale.t("many-already"))
        } @else if let Some(position) = row.position {
            (locale.t("form-recorded")) " " (event_link(asked, position))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_row_sent_again_has_the_key_it_had_and_another_row_has_another() {
        let body = |due: &str| json!({ "due": due }).as_object().cloned().unwrap_or_default();
        let key = |index, due| row_key("k", index, "ChangeDue", &body(due));
        assert_eq!(key(0, "2022-06-13"), key(0, "2022-06-13"));
        assert_ne!(key(0, "2022-06-13"), key(0, "2022-06-14"));
        assert_ne!(key(0, "2022-06-13"), key(1, "2022-06-13"));
        assert_eq!(row_key("", 0, "ChangeDue", &body("2022-06-13")), None);
    }
}
