//! What happened lately, in sentences, newest first: all of it, or only what concerns a city, a partnership, a subject or
//! one kind of event. An open page of everything learns of more as it happens; without a script, on reload.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::dashboard::activity::section;
use crate::web::failure::Refusal;
use crate::web::query::EVENT_FILTERS;
use crate::web::reads::Names;
use crate::web::shell::{Frame, page};

/// How many events the page shows.
const SHOWN: usize = 80;

/// The page.
///
/// # Errors
/// 422 for filters that do not fit.
pub async fn activity(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let filter = asked.view.event_filter(&asked.query).await?;
    let filtered = asked.query.pairs().any(|(name, _)| EVENT_FILTERS.contains(&name));
    let feed = section(&asked, &filter, SHOWN, asked.is_now() && !filtered).await?;
    let cities = asked.view.all("cities", &asked.programme_filter()).await?;
    let wanted = cities.iter().flat_map(|row| crate::web::parts::subjects(koinon_events::Kind::City, &row["id"]));
    let names = asked.view.names(wanted).await?;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head {
            p.meta { b { (asked.programme_title().unwrap_or_default()) } }
            h1 { (locale.t("foot-activity")) }
            p.lede { (locale.t("activity-lede")) }
        } }
        div."wrap pad stack-l" { (filters(&asked, &cities, &names)) (feed) p.small { a href="/activity.atom" { "Atom" } } }
    };
    Ok(page(&asked, &Frame::below(&asked, locale.t("foot-activity")), &main))
}

fn filters(asked: &Asked, cities: &[serde_json::Value], names: &Names) -> Markup {
    let locale = asked.locale;
    let chosen = asked.query.text("city").unwrap_or_default();
    let mut choices: Vec<(String, String)> = cities
        .iter()
        .flat_map(|row| crate::web::parts::subjects(koinon_events::Kind::City, &row["id"]))
        .map(|city| (city.id.to_string(), names.of(city)))
        .collect();
    choices.sort_by_key(|(_, name)| name.to_lowercase());
    html! {
        form.filters action="/activity" method="get" aria-label=(locale.t("filter-label")) {
            @if let Some(as_of) = asked.query.text("as_of") { input type="hidden" name="as_of" value=(as_of); }
            div {
                label for="f-city" { (locale.word("title-city")) }
                select.in id="f-city" name="city" {
                    option value="" { (locale.t("filter-any")) }
                    @for (id, name) in &choices { option value=(id) selected[id == chosen] { (name) } }
                }
            }
            div.go { button.btn { (locale.t("filter-go")) } a href=(asked.href("/activity")) { (locale.t("filter-clear")) } }
        }
    }
}
