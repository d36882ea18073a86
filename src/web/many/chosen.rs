//! `/many`: what somebody does with several rows of a list. The list offers what is worth doing with its kind; here the
//! rows stand once more with what the command still asks, and one button does it for all of them.
//!
//! It works without JavaScript: the boxes in the list belong to a form that asks for this page.

use axum::extract::{Form as Sent, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::json;
use uuid::Uuid;

use super::{DENIED, Row, give, results};
use crate::app::Failure;
use crate::domain::{CommandShape, command_schema, command_shape};
use crate::locale::Said;
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::form::field::{Field, fields_of};
use crate::web::form::markup::Form;
use crate::web::form::offers::may_begin;
use crate::web::form::options::Options;
use crate::web::form::typed::{Typed, body_of};
use crate::web::form::{received, title_of, to_sign_in};
use crate::web::session::{Session, chance};
use crate::web::shell::{Frame, page};
use crate::web::subjects::{collection_of, page as page_of};

/// The most rows done at once: a page of a list holds no more.
const MOST: usize = 500;

/// What can be done with many subjects of a kind.
fn acts(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Action => &["CompleteAction", "ReassignAction", "ChangeDue", "VerifyAction", "DropAction"],
        Kind::Learning => &["ValidateLearning", "PublishLearning", "ReturnLearning"],
        Kind::City => &["SelectCity", "PutOnReserve", "RejectCity"],
        Kind::Visit => &["ConfirmVisit", "PublishItinerary", "ConfirmDelegation", "RecordLogistics", "PostponeVisit"],
        Kind::Partnership => &["AgreeTopics", "AssignAdvisor"],
        _ => &[],
    }
}

/// Those of them that the reader may give.
fn may(asked: &Asked, kind: Kind) -> Vec<&'static str> {
    let acting = asked.is_now() && asked.reader.session.is_some();
    acts(kind).iter().copied().filter(|command| acting && may_begin(asked, command)).collect()
}

/// Whether the rows of a list can be chosen by its reader.
pub fn can_choose(asked: &Asked, kind: Kind) -> bool {
    !may(asked, kind).is_empty()
}

/// The form that the boxes of a list belong to.
pub fn bar(asked: &Asked, kind: Kind) -> Markup {
    let locale = asked.locale;
    html! {
        form."many noprint" id="many" action="/many" method="get" aria-label=(locale.t("many-label")) {
            label for="many-do" { (locale.t("many-chosen")) }
            select.in id="many-do" name="do" { @for command in may(asked, kind) { option value=(command) { (title_of(locale, command)) } } }
            button."btn btn--2" { (locale.t("many-go")) }
        }
    }
}

/// The box of one row.
pub fn pick(asked: &Asked, subject: Subject, name: &str) -> Markup {
    html! {
        label.pick {
            input type="checkbox" name="of" value=(subject.id) form="many";
            span.vh { (asked.locale.say("many-pick", &[("name", Said::Text(name))])) }
        }
    }
}

/// What the page stands on.
struct Sheet<'a> {
    asked: &'a Asked,
    session: &'a Session,
    shape: &'static CommandShape,
    kind: Kind,
    fields: Vec<Field>,
    typed: Typed,
}

impl<'a> Sheet<'a> {
    fn open(asked: &'a Asked, session: &'a Session, typed: Typed) -> Result<Self, Refusal> {
        let shape = command_shape(typed.one("do")).ok_or_else(Refusal::absent)?;
        let kind = shape.noun.to_lowercase().parse::<Kind>().map_err(|_| Refusal::absent())?;
        if !acts(kind).contains(&shape.name) {
            return Err(Refusal::absent());
        }
        if !may_begin(asked, shape.name) {
            return Err(Failure::Denied(DENIED.to_owned()).into());
        }
        let fields = fields_of(shape.name, command_schema(shape));
        let fields = fields.into_iter().filter(|field| field.name != shape.subject_field).collect();
        Ok(Self { asked, session, shape, kind, fields, typed })
    }

    /// The subjects chosen, in the order of the list.
    fn subjects(&self) -> Vec<Subject> {
        let ids = self.typed.all("of").filter_map(|id| id.parse::<Uuid>().ok());
        let mut subjects: Vec<Subject> = ids.map(|id| Subject { kind: self.kind, id }).collect();
        let mut seen = std::collections::HashSet::new();
        subjects.retain(|subject| seen.insert(*subject));
        subjects.truncate(MOST);
        subjects
    }

    fn frame(&self) -> Frame {
        let collection = collection_of(self.kind);
        let list = self.asked.locale.t(&format!("list-{collection}"));
        Frame::below_list(self.asked, list, &format!("/{collection}"), title_of(self.asked.locale, self.shape.name))
    }

    async fn respond(&self, status: StatusCode, problem: Option<String>) -> Result<Response, Refusal> {
        let (asked, locale) = (self.asked, self.asked.locale);
        let subjects = self.subjects();
        let names = asked.view.names(subjects.iter().copied()).await?;
        let programme = asked.programme().and_then(|row| row["id"].as_str());
        let options = Options::gather(asked, &self.fields, programme, None).await?;
        let form =
            Form { asked, command: self.shape.name, typed: &self.typed, options: &options, findings: &[], spare: 1 };
        let title = title_of(locale, self.shape.name);
        let list = format!("/{}", collection_of(self.kind));
        let main = html! {
            div."wrap cols" { div {
                @if let Some(problem) = &problem {
                    div.errsum data-errsum tabindex="-1" { div role="alert" { h2 { (locale.t("form-problem")) } p { (problem) } } }
                }
                h1.mt-s { (title) }
                p."measure mt-s" { (locale.t("many-lede")) }
                @if subjects.is_empty() {
                    p.mt-l { (locale.t("many-none")) }
                    p.mt-l { a.btn href=(list) { (locale.t("many-back")) } }
                } @else {
                    form.mt-l method="post" action=(asked.here()) novalidate data-form=(self.shape.name) {
                        input type="hidden" name="form_token" value=(self.session.form_token);
                        input type="hidden" name="key" value=(chance().unwrap_or_default());
                        input type="hidden" name="do" value=(self.shape.name);
                        fieldset.field {
                            legend { (locale.t("many-which")) }
                            @for subject in &subjects { label.check {
                                input type="checkbox" name="of" value=(subject.id) checked; " " span { (names.of(*subject)) }
                            } }
                        }
                        (form.fields(&self.fields))
                        div.row {
                            button.btn { (locale.say("many-do", &[("title", Said::Text(&title)), ("count", Said::count(subjects.len()))])) }
                            a."btn btn--2" href=(list) { (locale.t("form-leave")) }
                        }
                    }
                }
            } }
        };
        let mut response = page(asked, &self.frame(), &main);
        *response.status_mut() = status;
        Ok(response)
    }
}

/// The rows once more, with what the command still asks.
///
/// # Errors
/// 404 for what cannot be done with many; 403 for who may not.
pub async fn show(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    let pairs: Vec<(String, String)> =
        asked.query.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    Sheet::open(&asked, &session, Typed::new(pairs))?.respond(StatusCode::OK, None).await
}

/// Does it for each of the rows.
///
/// # Errors
/// 403 from elsewhere, 404 for what cannot be done with many.
pub async fn enter(
    State(_): State<Site>,
    headers: HeaderMap,
    asked: Asked,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let Some((session, typed)) = received(&asked, &headers, pairs)? else { return Ok(to_sign_in(&asked)) };
    let sheet = Sheet::open(&asked, &session, typed)?;
    let locale = asked.locale;
    let subjects = sheet.subjects();
    let body = body_of(&sheet.fields, &sheet.typed);
    let missing = sheet.fields.iter().find(|field| field.required && !body.contains_key(&field.key));
    if let Some(field) = missing {
        let form = Form {
            asked: &asked,
            command: sheet.shape.name,
            typed: &sheet.typed,
            options: &Options::default(),
            findings: &[],
            spare: 0,
        };
        let problem = locale.say("form-required", &[("field", Said::Text(&form.label(field)))]);
        return sheet.respond(StatusCode::UNPROCESSABLE_ENTITY, Some(problem)).await;
    }
    let names = asked.view.names(subjects.iter().copied()).await?;
    let rows = subjects.iter().map(|subject| {
        let mut body = body.clone();
        body.insert(sheet.shape.subject_field.to_owned(), json!(subject.id));
        Row { about: names.of(*subject), href: Some(page_of(*subject)), commands: vec![(sheet.shape.name, body)] }
    });
    let came = give(&asked, sheet.typed.one("key"), rows.collect()).await;
    let list = format!("/{}", collection_of(sheet.kind));
    Ok(results(&asked, sheet.frame(), &came, (&list, &locale.t("many-back"))))
}
