//! What the page of a periodic report has beside its fields: its files, each at the position the report shows.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_projections::reports::ReportRow;
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::app::Koinon;
use crate::locale::{Said, number};
use crate::report::Format;
use crate::web::Site;
use crate::web::api::reports::answer;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::section;
use crate::web::report_figures::figures;

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
    let Ok(row) = serde_json::from_value::<ReportRow>(row.clone()) else { return Ok(html! {}) };
    let at = (!asked.is_now()).then_some(asked.view.position);
    let position = Koinon::shown_at(&row, at, asked.view.position);
    let figures = figures(asked, &row, position).await?;
    Ok(html! { (figures) (files(asked, id, &row, position)) })
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
        } }
    };
    let aside = locale
        .say("report-files-of", &[("position", Said::Text(&number(i64::try_from(position).unwrap_or(i64::MAX))))]);
    section("files-h", &locale.t("report-files"), &html! { (aside) }, &content)
}

/// A size in kilobytes, at least one.
fn kilobytes(size: usize) -> String {
    number(i64::try_from(size.div_ceil(1000)).unwrap_or(i64::MAX))
}
