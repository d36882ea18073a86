//! `/open/`: what everybody may read without signing in, as a page, as JSON and as CSV: learnings once they are published,
//! and reports once they are accepted. Until something is, there is nothing at these addresses.
//!
//! Only named fields leave: cities, words and figures. Nobody's name or identity is among them.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use koinon_events::{Kind, ReportId};
use koinon_projections::reports::ReportRow;
use maud::{Markup, html};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{Caller, Koinon};
use crate::locale::{Said, spoken};
use crate::report::Format;
use crate::views::Moment;
use crate::web::Site;
use crate::web::api::{Keep, csv, read_answer};
use crate::web::asked::in_language;
use crate::web::countries::country;
use crate::web::failure::Refusal;
use crate::web::reads::View;
use crate::web::shell::outside;

/// The licence of what is published.
const LICENCE: &str = "CC-BY-4.0";

/// What is published now.
struct Published {
    view: View,
    learnings: Vec<Value>,
    reports: Vec<Value>,
}

impl Published {
    async fn read(site: &Site) -> Result<Self, Refusal> {
        let view = View::open(site, &Caller::system("open")?, Moment::Live).await?;
        let programmes = view.all("programmes", &[]).await?;
        let title = |row: &Value| {
            let found = programmes.iter().find(|programme| programme["id"] == row["programme"]);
            found.map(|programme| in_language(&programme["title"], "en")).unwrap_or_default()
        };
        let cities = view.all("cities", &[]).await?;
        let city = |id: &Value| {
            let found = cities.iter().find(|city| city["id"] == *id);
            found.map(|city| json!({ "name": city["name"], "country": city["country"] })).unwrap_or_default()
        };
        let learnings = view.all("learnings", &[("status", "published")]).await?;
        let learnings: Vec<Value> = learnings.iter().map(|row| learning(row, &title(row), &city)).collect();
        let reports = view.all("reports", &[("status", "accepted")]).await?;
        let reports = reports.iter().map(|row| {
            let files: Vec<String> = Format::ALL
                .into_iter()
                .map(|format| format!("/open/reports/{}/{}", row["id"].as_str().unwrap_or_default(), format.file()))
                .collect();
            json!({ "id": row["id"], "programme": title(row), "period": row["period"], "scope": row["scope"],
                "accepted": row["accepted"]["recorded"], "files": files })
        });
        Ok(Self { learnings, reports: reports.collect(), view })
    }

    /// Refuses while nothing is published: a stranger learns nothing but that the service exists.
    fn any(self) -> Result<Self, Refusal> {
        if self.learnings.is_empty() && self.reports.is_empty() { Err(Refusal::absent()) } else { Ok(self) }
    }
}

/// The fields of a learning that are everybody's.
fn learning(row: &Value, programme: &str, city: &dyn Fn(&Value) -> Value) -> Value {
    let origin = city(&row["origin_city"]);
    let adoptions = row["adoptions"].as_array().into_iter().flatten();
    let used: Vec<Value> = adoptions
        .filter(|adoption| adoption["status"] == "verified")
        .map(|adoption| city(&adoption["city"])["name"].clone())
        .collect();
    json!({
        "id": row["id"],
        "programme": programme,
        "title": row["title"],
        "what": row["what"],
        "why_it_works": row["why_it_works"],
        "conditions": row["conditions"],
        "cost_order": row["cost_order"],
        "maturity": row["maturity"],
        "origin_city": origin["name"],
        "origin_country": origin["country"],
        "themes": row["themes"],
        "sdg_targets": row["sdg_targets"],
        "language": row["language"],
        "published": row["published"]["recorded"],
        "used_by": used,
        "licence": LICENCE,
    })
}

/// The page.
///
/// # Errors
/// 404 while nothing is published.
pub async fn page(State(site): State<Site>) -> Result<Html<String>, Refusal> {
    let published = Published::read(&site).await?.any()?;
    let words = spoken();
    let main = html! {
        div.wrap { div.head { h1 { (words.t("open-title")) } p.lede { (words.t("open-lede")) } } }
        div."wrap pad stack-l" {
            @if !published.learnings.is_empty() { (learnings(&published)) }
            @if !published.reports.is_empty() { (reports(&published)) }
            p."xs muted" { (words.t("open-licence")) }
        }
    };
    Ok(Html(outside(&words.t("open-title"), &main).into_string()))
}

fn learnings(published: &Published) -> Markup {
    let words = spoken();
    html! {
        section.sec aria-labelledby="l-h" {
            header { h2 #l-h { (words.t("list-learnings")) } p { a href="/open/learnings.json" { "JSON" } " · " a href="/open/learnings.csv" { "CSV" } } }
            @for row in &published.learnings {
                article lang=[row["language"].as_str()] {
                    h3 { (row["title"].as_str().unwrap_or_default()) }
                    p { (row["what"].as_str().unwrap_or_default()) }
                    p.small { (row["why_it_works"].as_str().unwrap_or_default()) " " (row["conditions"].as_str().unwrap_or_default()) }
                    p."small muted" lang="en" {
                        (row["origin_city"].as_str().unwrap_or_default()) ", " (country(row["origin_country"].as_str().unwrap_or_default()))
                    }
                }
            }
        }
    }
}

fn reports(published: &Published) -> Markup {
    let words = spoken();
    html! {
        section.sec aria-labelledby="r-h" {
            header { h2 #r-h { (words.t("list-reports")) } p {} }
            ul.lines { @for row in &published.reports { li {
                (row["programme"].as_str().unwrap_or_default()) ": "
                (words.say("report-number", &[("number", Said::Text(&row["period"].to_string()))]))
                @for file in row["files"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                    " · " a href=(file) { (file.rsplit('.').next().unwrap_or_default().to_uppercase()) }
                }
            } } }
        }
    }
}

/// A dataset: `learnings.json`, `learnings.csv`, `reports.json`, `reports.csv`.
///
/// # Errors
/// 404 for what is no dataset, and while nothing is published.
pub async fn dataset(
    State(site): State<Site>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let published = Published::read(&site).await?.any()?;
    let position = published.view.position;
    let (name, ending) = file.rsplit_once('.').ok_or_else(Refusal::absent)?;
    let rows = match name {
        "learnings" => published.learnings,
        "reports" => published.reports,
        _ => return Err(Refusal::absent()),
    };
    let (media, bytes) = match ending {
        "json" => (
            "application/json",
            json!({ "items": rows, "licence": LICENCE, "position": position }).to_string().into_bytes(),
        ),
        "csv" => ("text/csv; charset=utf-8; header=present", csv::table(&rows, &["id"])),
        _ => return Err(Refusal::absent()),
    };
    Ok(read_answer(&headers, media, bytes.into(), position, Keep::Ask))
}

/// A file of an accepted report.
///
/// # Errors
/// 404 for what is no accepted report, or no file of one.
pub async fn report(
    State(site): State<Site>,
    Path((id, file)): Path<(Uuid, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let format = Format::of_file(&file).ok_or_else(Refusal::absent)?;
    let view = View::open(&site, &Caller::system("open")?, Moment::Live).await?;
    let found = view.row(Kind::Report, id).await?.map(|(row, _)| row);
    let row = found.filter(|row| row["status"] == "accepted").ok_or_else(Refusal::absent)?;
    let row: ReportRow = serde_json::from_value(row).map_err(|_| Refusal::absent())?;
    let position = Koinon::shown_at(&row, None, view.position);
    let bytes = site.koinon.report_file(ReportId(id), position, format).await?;
    let answer = read_answer(&headers, format.media(), bytes, position, Keep::Ask);
    let name = format!("attachment; filename=\"{}\"", format.file());
    Ok(([(axum::http::header::CONTENT_DISPOSITION, name)], answer).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_named_fields_leave() {
        let row = json!({ "id": "1", "title": "Ash", "validated_by": "p", "note": "n", "origin_city": "c", "language": "en",
            "adoptions": [{ "city": "c", "status": "verified", "owner": "Thandi" }, { "city": "d", "status": "started" }] });
        let city = |id: &Value| json!({ "name": format!("City {}", id.as_str().unwrap_or_default()), "country": "PT" });
        let out = learning(&row, "T", &city);
        assert!(out["validated_by"].is_null() && !out.to_string().contains("Thandi"), "{out}");
        assert_eq!(out["used_by"], json!(["City c"]));
    }
}
