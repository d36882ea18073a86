//! "Play the next day": the demo issues what history has next as real commands, and goes back to a page that shows it.

use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use crate::web::Site;
use crate::web::actor::session;
use crate::web::failure::Refusal;
use crate::web::sign_in::{Signed, safe_next};

/// Plays the next day of history.
///
/// # Errors
/// 404 where there is no demo; 401 without a session; 403 for a form from elsewhere; what the commands meet.
pub async fn next_day(
    State(site): State<Site>,
    headers: HeaderMap,
    Form(form): Form<Signed>,
) -> Result<Response, Refusal> {
    let demo = site.demo.as_ref().ok_or_else(Refusal::absent)?;
    let session = session(&site, &headers).ok_or_else(Refusal::unauthenticated)?;
    session.takes_form(&headers, &form.form_token)?;
    let played = (demo.next_day)().await?;
    let next = safe_next(&form.next);
    let joined = if next.contains('?') { '&' } else { '?' };
    Ok(Redirect::to(&format!("{next}{joined}seen={}", played.position)).into_response())
}
