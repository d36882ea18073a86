//! All visits by how far they are: a column for each state, in the order of a life. One sees what is stuck.

use axum::extract::State;
use axum::response::Response;
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::month;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{count, day_in, day_range, nothing, subject_link};
use crate::web::reads::{Names, subject_in};
use crate::web::shell::{Frame, page};

/// The columns, each with the statuses in it.
const COLUMNS: &[(&str, &[&str])] = &[
    ("proposed", &["proposed", "postponed"]),
    ("scheduled", &["scheduled"]),
    ("confirmed", &["confirmed"]),
    ("under-way", &["under-way"]),
    ("completed", &["completed"]),
    ("closed", &["closed", "cancelled"]),
];

/// The ways to look at the visits of a programme, on each of their pages.
pub fn ways(asked: &Asked, here: &str) -> Markup {
    let locale = asked.locale;
    let kept = |path: &str| asked.href(path);
    let ways = [
        ("", "visits-list", "/visits"),
        ("board", "visits-board", "/visits/board"),
        ("calendar", "visits-calendar", "/visits/calendar"),
    ];
    html! {
        nav."tabs noprint" aria-label=(locale.t("visits-ways")) { ul {
            @for (name, key, address) in ways { li { a href=(kept(address)) aria-current=[(name == here).then_some("page")] { (locale.t(key)) } } }
        } }
    }
}

/// The page.
///
/// # Errors
/// When the visits cannot be read.
pub async fn board(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let rows = asked.view.all("visits", &asked.programme_filter()).await?;
    let subjects: Vec<Subject> = rows.iter().filter_map(|row| subject_in(Kind::Visit, &row["id"])).collect();
    let names = asked.view.names(subjects).await?;
    let locale = asked.locale;
    let title = locale.t("visits-board");
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (asked.programme_title().unwrap_or_default()) } }
            h1 { (title) }
            p.lede { (locale.t("visits-board-lede")) }
            (ways(&asked, "board"))
        } }
        div."wrap pad" { ol.board {
            @for (state, statuses) in COLUMNS {
                @let of_state: Vec<&Value> = rows.iter().filter(|row| statuses.contains(&row["status"].as_str().unwrap_or_default())).collect();
                li data-live[*state == "under-way"] {
                    h2 { (locale.t(&format!("board-{state}"))) " " b { (count(of_state.len())) } }
                    @if of_state.is_empty() { (nothing(&locale.t("board-empty"))) }
                    ul { @for row in of_state { li { (card(&asked, &names, row)) } } }
                }
            }
        } }
    };
    let frame = Frame::below_list(&asked, locale.t("list-visits"), "/visits", title);
    Ok(page(&asked, &frame, &main))
}

fn card(asked: &Asked, names: &Names, row: &Value) -> Markup {
    let locale = asked.locale;
    let days = day_range(locale, day_in(&row["from"]), day_in(&row["to"]));
    let window = row["window"].as_str().and_then(|text| text.parse().ok()).map(|window| month(locale, window));
    let when = if days.is_empty() { window.unwrap_or_else(|| locale.t("board-no-days")) } else { days };
    let aside = matches!(row["status"].as_str(), Some("postponed" | "cancelled"));
    html! {
        @if let Some(subject) = subject_in(Kind::Visit, &row["id"]) { (subject_link(asked, names, subject)) }
        small { (when) @if aside { " · " (locale.word(row["status"].as_str().unwrap_or_default())) } }
    }
}
