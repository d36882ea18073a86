//! The figures of a report on its page: value, target, definition, and behind each one the events it counts, and those
//! it looked at and did not count, with the cause. No number here was typed by anybody.

use koinon_events::Subject;
use koinon_projections::report::Figure;
use koinon_projections::reports::ReportRow;
use maud::{Markup, html};

use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{event_link, section, subject_link};
use crate::web::reads::Names;

/// How many subjects a figure lists before it says how many more there are.
const LISTED: usize = 60;

/// The section.
///
/// # Errors
/// When the log cannot be read up to the report's position.
pub async fn figures(asked: &Asked, row: &ReportRow, position: u64) -> Result<Markup, Refusal> {
    let Ok(composed) = asked.site.koinon.report(row.id, position).await else { return Ok(html! {}) };
    let figures = &composed.document.figures.figures;
    let named = figures.iter().flat_map(|figure| {
        let counted = figure.counted.iter().take(LISTED).map(|counted| counted.subject);
        counted.chain(figure.not_counted.iter().take(LISTED).map(|left| left.subject))
    });
    let named: Vec<Subject> = named.collect();
    let names = asked.view.names(named).await?;
    let locale = asked.locale;
    let content = html! {
        table."tbl tbl--cards ind" role="table" {
            caption.vh { (locale.t("report-figures")) }
            thead role="rowgroup" { tr role="row" {
                @for (key, class) in [("report-code", None), ("report-figure", None), ("report-value", Some("n")), ("report-target", Some("n"))] { th class=[class] scope="col" role="columnheader" { (locale.t(key)) } }
            } }
            tbody role="rowgroup" { @for figure in figures { (line(asked, figure)) } }
        }
        h3.mt-l { (locale.t("report-behind")) }
        @for figure in figures { (behind(asked, &names, figure)) }
    };
    let aside = html! { (locale.t("report-figures-aside")) };
    let follows =
        html! { div data-fresh="figures" { (section("figures-h", &locale.t("report-figures"), &aside, &content)) } };
    Ok(follows)
}

/// Where a figure's events are listed on the page.
pub fn anchor(code: &str) -> String {
    format!("figure-{}", code.to_lowercase().replace(' ', "-"))
}

fn line(asked: &Asked, figure: &Figure) -> Markup {
    let locale = asked.locale;
    let label: &'static str = figure.label.into();
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { @if figure.code.starts_with("RC") { (figure.code) } small { (locale.retold(&label.replace('-', " ")).0) } }
            td role="cell" data-l=(locale.t("report-figure")) { (locale.retold(&figure.name).0) }
            td."n strong" role="cell" data-figure=(figure.code) data-l=(locale.t("report-value")) { a href={ "#" (anchor(&figure.code)) } { (figure.value) } " " small { (locale.retold(&figure.unit).0) } }
            td.n role="cell" data-l=(locale.t("report-target")) { @if let Some(target) = &figure.target { (target) } }
        }
    }
}

fn behind(asked: &Asked, names: &Names, figure: &Figure) -> Markup {
    let locale = asked.locale;
    let counts = [("counted", Said::count(figure.counted.len())), ("left", Said::count(figure.not_counted.len()))];
    html! {
        details.behind id=(anchor(&figure.code)) {
            summary { @if figure.code.starts_with("RC") { b { (figure.code) } " " } (locale.retold(&figure.name).0) ": " (locale.say("report-counted", &counts)) }
            p.small { span lang="en" { (figure.definition) } " (" (locale.say("report-rule", &[("version", Said::Text(&figure.rule.to_string()))])) ")" }
            ul.lines {
                @for counted in figure.counted.iter().take(LISTED) {
                    li { (subject_link(asked, names, counted.subject)) ": " b { (counted.amount) } " · " (events(asked, &counted.positions)) }
                }
                @if figure.counted.len() > LISTED { li.muted { (locale.say("report-more", &[("count", Said::count(figure.counted.len() - LISTED))])) } }
            }
            @if !figure.not_counted.is_empty() {
                p.small { b { (locale.t("report-not-counted")) } }
                ul.lines {
                    @for left in figure.not_counted.iter().take(LISTED) {
                        li { (subject_link(asked, names, left.subject)) ": " (locale.retold(&left.why).0) " · " (events(asked, &left.positions)) }
                    }
                    @if figure.not_counted.len() > LISTED { li.muted { (locale.say("report-more", &[("count", Said::count(figure.not_counted.len() - LISTED))])) } }
                }
            }
        }
    }
}

fn events(asked: &Asked, positions: &[u64]) -> Markup {
    html! { @for (index, position) in positions.iter().enumerate() { @if index > 0 { ", " } (event_link(asked, *position)) } }
}
