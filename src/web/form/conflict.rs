//! Two people on one form: what the other one changed meanwhile, in sentences, and both versions side by side. Nothing
//! is overwritten unseen, and nothing that was typed is lost.

use koinon_events::Subject;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{Sheet, prefill};
use crate::app::{EventFilter, Failure};
use crate::locale::Said;
use crate::views::Moment;
use crate::web::failure::Refusal;
use crate::web::fields::{subjects_in, value_of};
use crate::web::parts::{event_link, sentence_case};
use crate::web::reads::{View, wait_until};
use crate::web::told::{newest, tell};

/// How many events the page tells at most.
const MOST: usize = 20;

/// Brings the sheet up to what is there now, and tells what happened since version `seen`.
///
/// # Errors
/// When the log or the read models cannot be read.
pub(super) async fn between(sheet: &mut Sheet<'_>, seen: u64, mine: &Map<String, Value>) -> Result<Markup, Refusal> {
    let asked = sheet.asked;
    let site = &asked.site;
    let head = site.koinon.head().await?.position;
    wait_until(site, head, std::time::Duration::from_secs(5)).await?;
    sheet.ground = prefill::ground(asked, sheet.shape, &sheet.typed).await?;
    let (Some(subject), Some(mut row)) = (sheet.ground.subject, sheet.ground.row.clone()) else {
        return Err(Failure::Absent.into());
    };
    let view = View::open(site, &asked.reader.caller, Moment::Live).await?;
    let filter = EventFilter { subject: Some(subject), ..EventFilter::default() };
    let records = newest(&view, &filter, view.position, MOST).await?;
    let told = tell(&view, &records).await?;
    if sheet.shape.name == "EditSection"
        && let Some(text) = prefill::section_in(&row, &sheet.typed).map(|said| said["text"].clone())
    {
        row["text"] = text;
    }
    let locale = asked.locale;
    let differing: Vec<(&String, &Value, &Value)> = mine
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "reason" | "note"))
        .filter_map(|(key, value)| row.get(key).filter(|now| *now != value).map(|now| (key, now, value)))
        .collect();
    let named: Vec<Subject> = differing
        .iter()
        .flat_map(|(key, now, mine)| subjects_in(key, now).into_iter().chain(subjects_in(key, mine)))
        .collect();
    let names = view.names(named).await?;
    Ok(html! {
        div.errsum data-errsum tabindex="-1" { div role="alert" {
            h2 { (locale.t("form-conflict")) }
            p { (locale.t("form-conflict-more")) }
        } }
        ol.hist {
            @for told in told.iter().filter(|told| told.version > seen) {
                li { (sentence_case(&told.who)) " " (told.sentence) " · " (event_link(asked, told.position)) }
            }
        }
        @if !differing.is_empty() {
            table.tbl {
                caption { (locale.t("form-both")) }
                thead { tr {
                    th scope="col" { (locale.t("form-field")) }
                    th scope="col" { (locale.say("form-theirs", &[("version", Said::Text(&row["version"].to_string()))])) }
                    th scope="col" { (locale.t("form-mine")) }
                } }
                tbody { @for (key, now, mine) in &differing { tr {
                    th scope="row" { (crate::web::lists::label(asked, key)) }
                    td { (value_of(asked, &names, key, now)) }
                    td { (value_of(asked, &names, key, mine)) }
                } } }
            }
        }
    })
}
