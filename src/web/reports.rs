//! What the page of a periodic report has beside its fields: what is still missing, what changed since it was last
//! handed in, and its files, each at the position the report shows.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_projections::reports::{ReportRow, ReportStatus, SECTIONS};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::app::{Failure, Koinon};
use crate::locale::{Said, number};
use crate::report::{Format, bundle, frozen};
use crate::web::Site;
use crate::web::api::reports::{answer, compared, versions};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::offers::may_begin;
use crate::web::parts::{event_link, nothing, section, sentence_case, subject_link};
use crate::web::report_figures::figures;
use crate::web::report_queries::{clock, queries};

/// A file of a report, for those who read pages.
///
/// # Errors
/// 404 for what is no report, or no file of one.
pub async fn file(
    State(_): State<Site>,
    Path((id, file)): Path<(String, String)>,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&asked.view, &id, &file, &headers).await
}

/// The sections of a report's page.
///
/// # Errors
/// When the log cannot be read up to the report's position.
pub async fn sections(asked: &Asked, id: Uuid, row: &Value) -> Result<Markup, Refusal> {
    let row: ReportRow = serde_json::from_value(row.clone())
        .map_err(|error| Failure::Internal(format!("report {id} cannot be read: {error}")))?;
    let at = (!asked.is_now()).then_some(asked.view.position);
    let position = Koinon::shown_at(&row, at, asked.view.position);
    let figures = figures(asked, &row, position).await?;
    let changed = if frozen(&row).is_some() {
        changed(asked, &row).await?
    } else {
        html! {}
    };
    let queries = queries(asked, &row, asked.view.position).await?;
    Ok(
        html! { (clock(asked, &row)) (queries) (writing(asked, &row)) (figures) (changed) (files(asked, id, &row, position)) },
    )
}

/// What changed since the report was last handed in; nothing when it was handed in once.
async fn changed(asked: &Asked, row: &ReportRow) -> Result<Markup, Refusal> {
    let locale = asked.locale;
    let Some(versions) = versions(row, asked.view.position) else { return Ok(html! {}) };
    let found = compared(&asked.view, row, &versions).await?;
    let names =
        asked.view.names(found.figures.iter().flat_map(|figure| &figure.reasons).map(|each| each.subject)).await?;
    let links = |positions: &BTreeSet<u64>| html! { @for position in positions { " " (event_link(asked, *position)) } };
    let content = html! {
        @if let Some(reasons) = &versions.reasons {
            p { (locale.say("report-changed-because", &[("reasons", Said::Text(reasons))])) }
        }
        @if found.sections.is_empty() && found.figures.is_empty() { (nothing(&locale.t("report-nothing-changed"))) }
        ul.lines {
            @for figure in &found.figures {
                li {
                    b { (figure.code) } ": " (figure.old) " → " (figure.new)
                    @if !figure.entered.is_empty() { " · " (locale.t("report-entered")) (links(&figure.entered)) }
                    @if !figure.left.is_empty() { " · " (locale.t("report-left")) (links(&figure.left)) }
                    @for reason in &figure.reasons {
                        br; (subject_link(asked, &names, reason.subject)) ": "
                        @match (reason.counts, &reason.why) {
                            (true, Some(why)) => (locale.say("report-counts-now", &[("why", Said::Text(why))])),
                            (true, None) => (locale.t("report-counts-new")),
                            (false, Some(why)) => (locale.say("report-counts-no-more", &[("why", Said::Text(why))])),
                            (false, None) => (locale.t("report-counts-gone")),
                        }
                    }
                }
            }
            @for section in &found.sections {
                li {
                    b { (sentence_case(&<&'static str>::from(section.section).replace('-', " "))) } ": "
                    @if !section.added.is_empty() { ins { (section.added.join(" ")) } " " }
                    @if !section.removed.is_empty() { del { (section.removed.join(" ")) } }
                }
            }
        }
    };
    Ok(section("changed-h", &locale.t("report-changed"), &html! {}, &content))
}

/// The report's texts to write on, while it may be written and by whom it may.
fn writing(asked: &Asked, row: &ReportRow) -> Markup {
    let open = matches!(row.status, ReportStatus::Draft | ReportStatus::Returned | ReportStatus::Reopened);
    if !open || !asked.is_now() || asked.reader.session.is_none() || !may_begin(asked, "EditSection") {
        return html! {};
    }
    let locale = asked.locale;
    let content = html! {
        ul."lines waiting" { @for section in SECTIONS {
            @let word: &'static str = section.into();
            @let written = row.sections.iter().find(|text| text.section == section && text.city.is_none());
            li {
                div {
                    p { b { (sentence_case(&locale.word(word))) } }
                    p."small muted" { @match written {
                        Some(text) => (event_link(asked, text.mark.position)),
                        None => (locale.t("report-not-written")),
                    } }
                }
                a."btn btn--2 btn--s" href={ "/do/EditSection?report=" (row.id) "&section=" (word) } {
                    (locale.t("report-write")) span.vh { ": " (locale.word(word)) }
                }
            }
        } }
    };
    section("writing-h", &locale.t("report-writing"), &html! {}, &content)
}

fn files(asked: &Asked, id: Uuid, row: &ReportRow, position: u64) -> Markup {
    let locale = asked.locale;
    let content = html! {
        ul.lines { @for format in Format::ALL {
            li {
                a href=(asked.href(&format!("/reports/{id}/{}", format.file()))) download=(format.file()) {
                    (locale.t(&format!("report-file-{}", format.name())))
                }
                @if let Some(size) = asked.site.koinon.report_size(row.id, position, format) {
                    " · " span.muted { (locale.say("report-file-size", &[("size", Said::Text(&kilobytes(size)))])) }
                }
            }
        }
            @if asked.site.koinon.reads_whole_log(&asked.view.caller) {
                li {
                    a href=(asked.href(&format!("/reports/{id}/{}", bundle::FILE))) download=(bundle::FILE) {
                        (locale.t("report-file-bundle"))
                    }
                }
            }
        }
    };
    let aside = locale
        .say("report-files-of", &[("position", Said::Text(&number(i64::try_from(position).unwrap_or(i64::MAX))))]);
    section("files-h", &locale.t("report-files"), &html! { (aside) }, &content)
}

/// A size in kilobytes, at least one.
fn kilobytes(size: usize) -> String {
    number(i64::try_from(size.div_ceil(1000)).unwrap_or(i64::MAX))
}
