//! The questions asked about a report on its page, each opening what it is about, and the clock that they stop.
//!
//! A question about a figure lists what the figure looked at and does not count. What the record has come to hold since
//! the question was asked answers it by itself: the page names that event, and nobody types a number. The answer in words
//! stays the coordinator's.

use std::collections::BTreeMap;

use koinon_events::Subject;
use koinon_projections::report::{Figure, counted_since};
use koinon_projections::reports::{Query, ReportRow};
use maud::{Markup, html};

use crate::locale::{Said, day};
use crate::web::asked::Asked;
use crate::web::assets;
use crate::web::failure::Refusal;
use crate::web::form::offers::may_begin;
use crate::web::parts::{event_link, section, sentence_case, subject_link};
use crate::web::report_figures::anchor;

/// How many subjects a question lists.
const LISTED: usize = 12;

/// How many days for deciding are used, since when, and what stops the clock; nothing before the report is handed in.
pub fn clock(asked: &Asked, row: &ReportRow) -> Markup {
    let Some(clock) = row.acceptance(asked.day()) else { return html! {} };
    let locale = asked.locale;
    let say = |key: &str, on| locale.say(key, &[("day", Said::Text(&day(locale, on)))]);
    let used = [("used", Said::Number(clock.days_used)), ("days", Said::Number(clock.days))];
    let content = html! {
        p {
            strong { (locale.say("acceptance-used", &used)) } " · " (say("acceptance-since", clock.since))
            @if let Some(due) = clock.due { " · " (say("acceptance-due", due)) }
            @if let Some(decided) = clock.decided { " · " (say("acceptance-decided", decided)) }
        }
        @if let Some(since) = clock.stopped_since {
            p."note note--warn" {
                (sentence_case(&locale.say("acceptance-stopped", &[("day", Said::Text(&day(locale, since))), ("count", Said::count(clock.stopped_by.len()))]))) ": "
                @for (index, query) in clock.stopped_by.iter().enumerate() { @if index > 0 { ", " } a href={ "#query-" (query) } { (query) } }
            }
        }
    };
    section("acceptance-h", &locale.t("acceptance-title"), &html! {}, &content)
}

/// The section; nothing where nothing was asked.
///
/// # Errors
/// When the log cannot be read up to the report's position.
pub async fn queries(asked: &Asked, row: &ReportRow, position: u64) -> Result<Markup, Refusal> {
    // Where the figures of a draft are shown they follow the record while one looks.
    let follows = html! { script src=(assets::address("report.js")) defer {} };
    if row.queries.is_empty() {
        return Ok(follows);
    }
    let locale = asked.locale;
    let mut lines = Vec::with_capacity(row.queries.len());
    for query in row.queries.iter().rev() {
        lines.push(line(asked, row, query, position).await?);
    }
    let content = html! { ul.lines { @for each in &lines { (each) } } };
    let open = row.queries.iter().filter(|query| query.answered.is_none()).count();
    let aside = html! { (crate::web::parts::count(open)) };
    Ok(html! {
        (follows)
        div data-fresh="queries" { (section("queries-h", &locale.t("queries-title"), &aside, &content)) }
    })
}

/// The figure a question is about, as it was then and as it is at the position shown.
struct Looked {
    now: Figure,
    since: BTreeMap<Subject, u64>,
}

async fn looked(asked: &Asked, row: &ReportRow, query: &Query, position: u64) -> Result<Option<Looked>, Refusal> {
    let Some(code) = &query.figure else { return Ok(None) };
    let same = |figure: &&Figure| koinon_projections::report::same(&figure.code, code.as_str());
    // A question is about what was handed in; the record may have gone on before it was asked.
    let handed_in = row.submissions.iter().rev().find(|each| each.submitted.position < query.asked.position);
    let then = handed_in.map_or(query.asked.position, |each| each.as_of);
    let koinon = &asked.site.koinon;
    let (then, now) = (koinon.report(row.id, then).await, koinon.report(row.id, position).await);
    let (Ok(then), Ok(now)) = (then, now) else { return Ok(None) };
    let (then, now) = (&then.document.figures.figures, &now.document.figures.figures);
    let (Some(then), Some(now)) = (then.iter().find(same), now.iter().find(same)) else { return Ok(None) };
    Ok(Some(Looked { since: counted_since(then, now), now: now.clone() }))
}

async fn line(asked: &Asked, row: &ReportRow, query: &Query, position: u64) -> Result<Markup, Refusal> {
    let locale = asked.locale;
    let looked = if query.answered.is_some() { None } else { looked(asked, row, query, position).await? };
    let since = looked.iter().flat_map(|looked| looked.since.keys().copied());
    let left = looked.iter().flat_map(|looked| &looked.now.not_counted).take(LISTED);
    let left: Vec<_> = left.collect();
    let names = asked.view.names(left.iter().map(|left| left.subject).chain(since)).await?;
    let met: Vec<u64> = looked.iter().flat_map(|looked| looked.since.values().copied()).collect();
    let may_answer =
        query.answered.is_none() && asked.is_now() && asked.reader.session.is_some() && may_begin(asked, "AnswerQuery");
    let shown_by = met.iter().max().map(|position| format!("&position={position}")).unwrap_or_default();
    Ok(html! {
        li id={ "query-" (query.query) } { div {
            p { b { (about(query)) } " · " (query.text) }
            p."small muted" {
                (query.query) " · " (event_link(asked, query.asked.position))
                @if let Some(due) = query.due { " · " (locale.say("queries-by", &[("day", Said::Text(&day(locale, due)))])) }
            }
            @match (&query.answered, met.as_slice()) {
                (Some(answered), _) => {
                    p { strong { (locale.t("queries-answered")) " " (event_link(asked, answered.position)) } ": " (query.answer.as_ref().map(ToString::to_string).unwrap_or_default())
                        @if let Some(shown) = query.shown_by { " · " (event_link(asked, shown)) } }
                }
                (None, [_, ..]) => {
                    p data-met { strong { (locale.t("queries-met")) @for position in &met { " " (event_link(asked, *position)) } } ". "
                        (locale.say("queries-met-more", &[("figure", Said::Text(query.figure.as_ref().map_or("", |code| code.as_str())))])) }
                }
                (None, []) => p."small muted" { (locale.t("queries-open")) },
            }
            @if !left.is_empty() {
                p.small { (locale.say("queries-looks-at", &[("figure", Said::Text(query.figure.as_ref().map_or("", |code| code.as_str())))])) }
                ul.lines data-left { @for left in &left { li { (subject_link(asked, &names, left.subject)) ": " (left.why) } } }
            }
            @if may_answer {
                a."btn btn--2 btn--s" href={ "/do/AnswerQuery?report=" (row.id) "&query=" (query.query) (shown_by) } { (locale.t("queries-answer")) span.vh { ": " (query.text) } }
            }
        } }
    })
}

/// What a question is about, as a link to it.
fn about(query: &Query) -> Markup {
    if let Some(code) = &query.figure {
        return html! { a href={ "#" (anchor(code.as_str())) } { (code) } };
    }
    if let Some(position) = query.about {
        return html! { a href={ "/events/" (position) } { (position) } };
    }
    let section = query.section.map(<&'static str>::from).unwrap_or_default();
    html! { (sentence_case(&crate::locale::spoken().word(section))) }
}
