//! The checklists of a visit: what its host and those who come have still to see to, each with the day it is due and the
//! form that does it.

use axum::extract::{Path, State};
use axum::response::Response;
use koinon_projections::checklist::{Line, Side, checklist as lines_of};
use koinon_projections::visits::VisitRow;
use maud::{Markup, html};

use super::Visit;
use crate::app::Failure;
use crate::locale::{Said, day};
use crate::web::Site;
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::title_of;
use crate::web::parts::{section, sentence_case, status};
use crate::web::shell::page;

/// The page.
///
/// # Errors
/// 404 for what is no visit.
pub async fn checklist(State(_): State<Site>, Path(id): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let visit = Visit::open(&asked, &id).await?;
    let row: VisitRow = serde_json::from_value(visit.row.clone())
        .map_err(|error| Failure::Internal(format!("a visit's row cannot be read: {error}")))?;
    let lines = lines_of(&row);
    let locale = asked.locale;
    let title = locale.t("visit-checklist");
    let side = |side: Side, key: &str| {
        let of_side: Vec<&Line> = lines.iter().filter(|line| line.side == side).collect();
        let done = of_side.iter().filter(|line| line.done).count();
        let aside = html! { (locale.say("checklist-done", &[("done", Said::count(done)), ("count", Said::count(of_side.len()))])) };
        section(&format!("{key}-h"), &locale.t(key), &aside, &list(&asked, &visit, &of_side))
    };
    let main = html! {
        (crate::web::form::recorded(&asked))
        div.wrap { div.head {
            p.meta { b { (visit.title()) } " · " (status(locale, visit.row["status"].as_str().unwrap_or_default())) " · " (visit.days(locale)) }
            h1 { (title) }
            p.lede { (locale.t("checklist-lede")) }
        } }
        div."wrap pad two" {
            (side(Side::Host, "checklist-host"))
            (side(Side::Visitors, "checklist-visitors"))
        }
    };
    Ok(page(&asked, &visit.frame(&asked, title), &main))
}

fn list(asked: &Asked, visit: &Visit, lines: &[&Line]) -> Markup {
    let locale = asked.locale;
    html! {
        ul."lines checks" { @for line in lines { li.done[line.done] {
            div {
                p {
                    span.mark aria-hidden="true" { (if line.done { "✓" } else { "○" }) } " "
                    span.vh { (locale.t(if line.done { "checklist-is-done" } else { "checklist-is-open" })) ": " }
                    (called(asked, visit, line))
                }
                @if !line.done { p.small { (due(asked, line)) } }
            }
            @if !line.done && visit.may(asked, line.command) {
                a."btn btn--2 btn--s noprint" href=(address(visit, line)) { (title_of(locale, line.command)) span.vh { ": " (called(asked, visit, line)) } }
            }
        } } }
    }
}

fn called(asked: &Asked, visit: &Visit, line: &Line) -> String {
    let locale = asked.locale;
    let city = line.city.map(|city| visit.names.of(city.subject())).unwrap_or_default();
    let state = line.state.map(|state| locale.word(<&str>::from(state))).unwrap_or_default();
    let count = line.name.parse::<i64>().unwrap_or_default();
    let name = sentence_case(&line.name);
    let values = [
        ("name", Said::Text(&name)),
        ("city", Said::Text(&city)),
        ("state", Said::Text(&state)),
        ("count", Said::Number(count)),
    ];
    locale.say(&format!("check-{}", line.code), &values)
}

fn due(asked: &Asked, line: &Line) -> Markup {
    let locale = asked.locale;
    let Some(by) = line.due else { return html! {} };
    let text = day(locale, by);
    if by.days_until(asked.day()) > 0 {
        return html! { (status(locale, "late")) " " (locale.say("inbox-was-due", &[("day", Said::Text(&text))])) };
    }
    html! { (locale.say("inbox-due", &[("day", Said::Text(&text))])) }
}

fn address(visit: &Visit, line: &Line) -> String {
    let next = form_urlencoded(&visit.href("/checklist"));
    match line.command {
        "RecordAttendance" => visit.href("/attendance"),
        "RecordLearning" => format!("/do/RecordLearning?origin={}", form_urlencoded(&visit.subject.to_string())),
        command => {
            let fields: Vec<String> =
                line.fields.iter().map(|(field, value)| format!("&{field}={}", form_urlencoded(value))).collect();
            format!("/do/{command}?visit={}{}&next={next}", visit.subject.id, fields.concat())
        }
    }
}
