//! Rows pasted from a spreadsheet into a visit: its sessions, its delegation, who was there. First one sees what each row
//! would do and what stands in its way, column by column; then the rows that are right are sent, all under one correlation,
//! each with a result of its own. Nothing is written by looking.

mod lines;
mod people;
mod table;

use axum::extract::{Form as Sent, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use maud::{Markup, html};

use self::lines::{Line, What};
use crate::app::Failure;
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::typed::Typed;
use crate::web::form::{received, to_sign_in};
use crate::web::many::{DENIED, Row, give, results};
use crate::web::session::{Session, chance};
use crate::web::shell::page;
use crate::web::visits::Visit;

/// Where to paste.
///
/// # Errors
/// 404 for what is no visit or cannot be pasted; 403 for who may not record it.
pub async fn show(
    State(_): State<Site>,
    Path((id, what)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    let (visit, what) = allowed(&asked, &id, &what).await?;
    Ok(respond(&asked, &visit, what, &session, &Typed::default(), None))
}

/// Shows what the rows would do, or sends those that are right.
///
/// # Errors
/// 403 from elsewhere and for who may not record it.
pub async fn enter(
    State(_): State<Site>,
    Path((id, what)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let Some((session, typed)) = received(&asked, &headers, pairs)? else { return Ok(to_sign_in(&asked)) };
    let (visit, what) = allowed(&asked, &id, &what).await?;
    let lines = lines::read(&asked, &visit, what, &typed).await?;
    if typed.one("go") != "send" {
        return Ok(respond(&asked, &visit, what, &session, &typed, Some(&lines)));
    }
    let rows: Vec<Row> = lines
        .into_iter()
        .filter(|line| line.is_sent(&typed))
        .map(|line| Row { about: line.about, href: None, commands: line.commands })
        .collect();
    if rows.is_empty() {
        return Ok(respond(&asked, &visit, what, &session, &typed, Some(&[])));
    }
    let came = give(&asked, typed.one("key"), rows).await;
    let frame = visit.frame(&asked, asked.locale.t(what.title()));
    Ok(results(&asked, frame, &came, (&visit.href(""), &visit.title())))
}

async fn allowed(asked: &Asked, id: &str, what: &str) -> Result<(Visit, What), Refusal> {
    let what = What::of(what).ok_or_else(Refusal::absent)?;
    let visit = Visit::open(asked, id).await?;
    if visit.may(asked, what.command()) {
        return Ok((visit, what));
    }
    Err(Failure::Denied(DENIED.to_owned()).into())
}

fn respond(
    asked: &Asked,
    visit: &Visit,
    what: What,
    session: &Session,
    typed: &Typed,
    lines: Option<&[Line]>,
) -> Response {
    let locale = asked.locale;
    let title = locale.t(what.title());
    let columns: Vec<String> =
        what.columns().iter().map(|column| locale.t(&format!("paste-column-{column}"))).collect();
    let main = html! {
        div."wrap pad stack-l" {
            div { p."small muted" { (visit.title()) " · " (visit.days(locale)) } h1.mt-s { (title) } p."measure mt-s" { (locale.t("paste-lede")) } }
            form method="post" action=(asked.path) data-form=(what.command()) {
                input type="hidden" name="form_token" value=(session.form_token);
                input type="hidden" name="key" value=(chance().unwrap_or_default());
                div."field field--wide" {
                    label for="rows" { (locale.t("paste-rows")) }
                    span.hint #rows-h { (locale.say("paste-rows-hint", &[("columns", Said::Text(&columns.join(" · ")))])) " " (locale.t(what.hint())) }
                    textarea.in.mono id="rows" name="rows" rows="10" required aria-describedby="rows-h" { (typed.one("rows")) }
                }
                @if let Some(lines) = lines { (preview(asked, lines, typed)) }
                div.row {
                    @if lines.is_some_and(|lines| lines.iter().any(Line::could_be_sent)) {
                        button.btn name="go" value="send" { (locale.t("paste-send")) }
                        button."btn btn--2" name="go" value="look" { (locale.t("paste-again")) }
                    } @else {
                        button.btn name="go" value="look" { (locale.t("paste-look")) }
                    }
                    a."btn btn--2" href=(visit.href("")) { (locale.t("form-leave")) }
                }
            }
        }
    };
    let mut response = page(asked, &visit.frame(asked, title), &main);
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

fn preview(asked: &Asked, lines: &[Line], typed: &Typed) -> Markup {
    let locale = asked.locale;
    let right = lines.iter().filter(|line| line.findings.is_empty() && line.invites.is_none()).count();
    let told = [("right", Said::count(right)), ("count", Said::count(lines.len()))];
    html! {
        section.sec aria-labelledby="preview" data-errsum tabindex="-1" {
            header { h2 id="preview" { (locale.t("paste-preview")) } p role="status" { (locale.say("paste-found", &told)) } }
            @if lines.is_empty() { p { (locale.t("paste-nothing")) } } @else {
                table."tbl tbl--cards mb" role="table" {
                    caption.vh { (locale.t("paste-preview")) }
                    thead role="rowgroup" { tr role="row" {
                        th scope="col" role="columnheader" { (locale.t("paste-line")) }
                        th scope="col" role="columnheader" { (locale.t("many-row")) }
                        th scope="col" role="columnheader" { (locale.t("paste-does")) }
                        th scope="col" role="columnheader" { (locale.t("paste-stands")) }
                    } }
                    tbody role="rowgroup" { @for line in lines { tr role="row" {
                        td.n role="cell" data-l=(locale.t("paste-line")) { (line.number) }
                        th scope="row" role="rowheader" { (line.about) }
                        td role="cell" data-l=(locale.t("paste-does")) {
                            @if let Some(id) = &line.invites {
                                @let name = format!("invite.{}", line.number);
                                input type="hidden" name={ "id." (line.number) } value=(id);
                                label.check { input type="checkbox" name=(name) value="yes" checked[typed.any(&name)]; " " span { (locale.t("paste-invite")) } }
                            } @else if line.findings.is_empty() { (line.does) } @else { span.muted { (locale.t("paste-left")) } }
                        }
                        td role="cell" data-l=(locale.t("paste-stands")) {
                            @for (column, finding) in &line.findings { p { strong { (locale.t(&format!("paste-column-{column}"))) ": " } (finding) } }
                            @if let Some(note) = &line.note { p { (note) } }
                        }
                    } } }
                }
            }
        }
    }
}
