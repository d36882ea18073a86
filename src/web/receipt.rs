//! The receipt of an erasure, for the administrator and for who asked: as JSON, and as a page to print. It names nobody.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use koinon_events::{Kind, PersonId, Subject};
use maud::{Markup, html};
use serde_json::Value;
use uuid::Uuid;

use crate::app::{ErasureReceipt, Failure};
use crate::locale::{Locale, moment};
use crate::web::Site;
use crate::web::actor::Api;
use crate::web::api::{Keep, read_answer, wait_for};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::parts::{event_link, number_of, section};
use crate::web::query::Query;
use crate::web::shell::{Frame, page};

/// The receipt for programs.
///
/// # Errors
/// 404 for who is no administrator and did not ask, and where nobody was erased.
pub async fn receipt(
    State(site): State<Site>,
    api: Api,
    Path(id): Path<Uuid>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    query.only(&[])?;
    wait_for(&site, &headers).await?;
    let receipt = site.koinon.erasure_receipt(&api.caller, PersonId(id)).await?;
    let body = serde_json::to_vec(&receipt).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(read_answer(&headers, "application/json", body.into(), receipt.position, Keep::Nobody))
}

/// The page to print.
///
/// # Errors
/// As [`receipt`].
pub async fn of_page(State(site): State<Site>, Path(id): Path<Uuid>, asked: Asked) -> Result<Response, Refusal> {
    let receipt = site.koinon.erasure_receipt(&asked.reader.caller, PersonId(id)).await?;
    let documents = receipt.documents_to_redact.iter().map(|document| document.subject());
    let names = asked.view.names(documents.clone()).await?;
    let locale = asked.locale;
    let main = html! {
        div.wrap { div.head { h1 { (locale.t("receipt")) } p.lede { (locale.t("receipt-lede")) } } }
        div."wrap pad stack-l" {
            (facts(&asked, &receipt))
            (section("destroyed-h", &locale.t("receipt-destroyed"), &html! {}, &destroyed(locale, &receipt)))
            @if documents.len() > 0 {
                (section("documents-h", &locale.t("receipt-documents"), &html! {}, &html! {
                    p { (locale.t("receipt-documents-more")) }
                    ul.lines { @for document in documents { li {
                        (names.of(document)) " " code { (document.id) }
                    } } }
                }))
            }
            (section("proof-h", &locale.t("receipt-proof"), &html! {}, &html! {
                p { (locale.t("receipt-proof-more")) }
                p { @for line in receipt.inclusion.lines() { code { (line) } br; } }
            }))
        }
    };
    let mut frame = Frame::below(&asked, locale.t("receipt"));
    frame.class = "papered";
    Ok(page(&asked, &frame, &main))
}

fn facts(asked: &Asked, receipt: &ErasureReceipt) -> Markup {
    let locale = asked.locale;
    html! {
        dl.kv {
            dt { (locale.t("receipt-person")) } dd { code { (receipt.person.subject()) } }
            dt { (locale.t("receipt-request")) } dd { (receipt.request) }
            dt { (locale.t("receipt-basis")) } dd { (receipt.basis) }
            dt { (locale.t("receipt-time")) } dd { (moment(locale, receipt.time)) " · " (event_link(asked, receipt.position)) }
            dt { (locale.t("receipt-hash")) } dd { code { (receipt.record_hash) } }
        }
    }
}

fn destroyed(locale: &Locale, receipt: &ErasureReceipt) -> Markup {
    let Some(counts) = receipt.destroyed else { return html! { p { (locale.t("receipt-not-counted")) } } };
    let told = [
        ("values", counts.values),
        ("accounts", counts.accounts),
        ("sessions", counts.sessions),
        ("tokens", counts.tokens),
        ("links", counts.links),
        ("addresses", counts.addresses),
        ("mails", counts.mails),
    ];
    html! { dl.kv { @for (what, count) in told { dt { (locale.t(&format!("receipt-{what}"))) } dd { (number_of(count)) } } } }
}

/// Whether the page of a person offers the receipt to its reader.
pub async fn is_offered(asked: &Asked, subject: Subject, row: &Value) -> bool {
    let is_erased = subject.kind == Kind::Person && row["status"] == "erased" && asked.is_now();
    is_erased && asked.site.koinon.erasure_receipt(&asked.reader.caller, PersonId(subject.id)).await.is_ok()
}
