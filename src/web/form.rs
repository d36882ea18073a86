//! `/do/{Command}`: every command as a form. It is shown with what is known filled in; sent, it goes the same way as a
//! program's command; what is refused comes back with every word that was typed, and why.
//!
//! Without JavaScript it is complete. A form sent twice does its work once, since it carries an idempotency key. Nobody
//! types an id.

pub mod allowed;
mod autosave;
mod conflict;
pub mod field;
pub mod markup;
pub mod offers;
pub mod options;
mod prefill;
pub mod typed;

use axum::extract::{Form as Sent, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use koinon_events::{Kind, Subject};
use maud::{Markup, html};
use serde_json::{Map, Value};

use self::field::{Field, Input, fields_of};
use self::markup::{Form, id_of, name_of};
use self::options::Options;
use self::prefill::Ground;
use self::typed::{Typed, body_of};
use crate::access::{self, Denied};
use crate::app::{Answer, Failure, Order};
use crate::domain::{CommandShape, Finding, command_schema, command_shape, example_body, parse};
use crate::locale::{Locale, Said, number};
use crate::web::Site;
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::details::as_a_title;
use crate::web::failure::Refusal;
use crate::web::parts::{event_link, sentence_case};
use crate::web::session::{Session, chance};
use crate::web::shell::{Frame, page};
use crate::web::sign_in::safe_next;
use crate::web::subjects::{collection_of, has_page, page as page_of};

/// Names in a form that are not the command's.
const RESERVED: &[&str] = &["form_token", "key", "more", "next", "version", "as_of", "seen", "done", "like"];

/// How many empty rows a list ends with, at first and when more are asked for.
const SPARE: usize = 2;

/// Verbs whose commands put new values in the place of old ones: they are only taken on what was seen.
const OVERWRITING: &[&str] = &["Update", "Revise", "Reschedule", "Change", "Move", "Edit", "Slip", "Plan", "Correct"];

/// Verbs whose commands leave as it is what they leave out.
const PARTIAL: &[&str] = &["Update", "Revise", "ChangeRisk", "Move"];

/// What a command is called on its form and where it is offered.
pub fn title_of(locale: &Locale, command: &str) -> String {
    let key = format!("do-{command}");
    if locale.has(&key) {
        return locale.t(&key);
    }
    let words = command.chars().fold(String::new(), |mut words, letter| {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        words
    });
    sentence_case(&words)
}

/// One command's form, with everything it stands on.
struct Sheet<'a> {
    asked: &'a Asked,
    session: &'a Session,
    shape: &'static CommandShape,
    fields: Vec<Field>,
    ground: Ground,
    typed: Typed,
}

/// What came back from sending it.
#[derive(Default)]
struct Outcome {
    findings: Vec<Finding>,
    /// A sentence that belongs to no field.
    refused: Option<String>,
    /// What happened meanwhile.
    conflict: Option<Markup>,
    /// How many empty rows were asked for beyond the usual.
    spare: usize,
}

/// The form.
///
/// # Errors
/// 404 for what is no command or no subject; 403 with whom to ask for who may not give it.
pub async fn show(State(_): State<Site>, Path(command): Path<String>, asked: Asked) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    let typed = Typed::new(
        asked
            .query
            .pairs()
            .filter(|(name, _)| !RESERVED.contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    let mut sheet = Sheet::open(&asked, &session, &command, typed).await?;
    prefill::prefill(&asked, sheet.shape, &sheet.fields, &sheet.ground, &mut sheet.typed).await?;
    sheet.check_may().await?;
    sheet.respond(StatusCode::OK, &Outcome::default()).await
}

/// Sends the form.
///
/// # Errors
/// 403 from elsewhere, and what a command meets that no typing can mend.
pub async fn enter(
    State(site): State<Site>,
    Path(command): Path<String>,
    headers: HeaderMap,
    asked: Asked,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(to_sign_in(&asked)) };
    let sent = Typed::new(pairs.iter().filter(|(name, _)| RESERVED.contains(&name.as_str())).cloned());
    session.takes_form(&headers, sent.one("form_token"))?;
    let typed = Typed::new(pairs.into_iter().filter(|(name, _)| !RESERVED.contains(&name.as_str())));
    let mut sheet = Sheet::open(&asked, &session, &command, typed).await?;
    if sent.any("more") {
        let outcome = Outcome { spare: SPARE, ..Outcome::default() };
        return sheet.respond(StatusCode::OK, &outcome).await;
    }
    let order = sheet.order(&sent);
    let span = tracing::info_span!("command", name = sheet.shape.name);
    let executed =
        tracing::Instrument::instrument(site.koinon.execute(&asked.reader.caller, order.clone()), span).await;
    match executed {
        Ok(answer) => Ok(sheet.done(&answer, &order.body, sent.one("next"))),
        Err(Failure::Unfit(findings)) => {
            let outcome = Outcome { findings, ..Outcome::default() };
            sheet.respond(StatusCode::UNPROCESSABLE_ENTITY, &outcome).await
        }
        Err(Failure::VersionLost { .. } | Failure::Contended { .. }) => {
            let seen = order.if_match.unwrap_or_default();
            let conflict = conflict::between(&mut sheet, seen, &order.body).await?;
            let outcome = Outcome { conflict: Some(conflict), ..Outcome::default() };
            sheet.respond(StatusCode::CONFLICT, &outcome).await
        }
        Err(failure @ (Failure::Denied(_) | Failure::Absent | Failure::UnknownCommand(_))) => Err(failure.into()),
        Err(failure) => {
            let refusal = Refusal::from(failure);
            let outcome = Outcome { refused: Some(asked.locale.retold(&refusal.detail).0), ..Outcome::default() };
            sheet.respond(refusal.status, &outcome).await
        }
    }
}

/// What a signed-in reader sent from a form of ours; `None` when they are not signed in any more.
///
/// # Errors
/// 403 when it was sent from elsewhere.
pub fn received(
    asked: &Asked,
    headers: &HeaderMap,
    pairs: Vec<(String, String)>,
) -> Result<Option<(Session, Typed)>, Refusal> {
    let Some(session) = asked.reader.session.clone() else { return Ok(None) };
    let typed = Typed::new(pairs);
    session.takes_form(headers, typed.one("form_token"))?;
    Ok(Some((session, typed)))
}

/// To the sign-in page, and back to this address afterwards; what was typed is kept by the browser until then.
pub fn to_sign_in(asked: &Asked) -> Response {
    Redirect::to(&format!("/sign-in?next={}", form_urlencoded(&asked.here()))).into_response()
}

/// What is said on the page one comes to after sending a form.
pub fn recorded(asked: &Asked) -> Markup {
    let position = asked.query.text("done").and_then(|text| text.parse::<u64>().ok());
    html! {
        @if let Some(position) = position.filter(|position| asked.is_now() && *position <= asked.view.position) {
            div.wrap { p."note note--ok mt-l" role="status" {
                strong { (asked.locale.t("form-recorded")) } (event_link(asked, position))
            } }
        }
    }
}

impl<'a> Sheet<'a> {
    async fn open(asked: &'a Asked, session: &'a Session, command: &str, typed: Typed) -> Result<Self, Refusal> {
        let shape = command_shape(command).ok_or_else(Refusal::absent)?;
        let fields = fields_of(shape.name, command_schema(shape));
        let ground = prefill::ground(asked, shape, &typed).await?;
        Ok(Self { asked, session, shape, fields, ground, typed })
    }

    /// Refuses the form to who may not give the command.
    async fn check_may(&self) -> Result<(), Refusal> {
        let mut body = example_body(self.shape);
        body.extend(body_of(&self.fields, &self.typed));
        let field = self.shape.subject_field.to_owned();
        body.entry(field).or_insert_with(|| Value::String(uuid::Uuid::nil().to_string()));
        let Ok(command) = parse(self.shape, &Value::Object(body)) else { return Ok(()) };
        let (caller, today) = (&self.asked.reader.caller, self.asked.view.today);
        let denied = match self.ground.subject {
            Some(subject) => {
                let scope = self.asked.view.scope(subject).await?.unwrap_or_default();
                access::may(&command, &scope, &caller.grants, &caller.actor, today)
            }
            None => access::may_somewhere(&command, &caller.grants, &caller.actor, today),
        };
        let chooses_city = self.fields.iter().any(|field| field.key == "city") && !self.typed.any("city");
        match denied {
            Err(Denied::Scope) if chooses_city => Ok(()),
            Err(denied) => Err(Failure::Denied(denied.to_string()).into()),
            Ok(()) => Ok(()),
        }
    }

    fn overwrites(&self) -> bool {
        OVERWRITING.iter().any(|verb| self.shape.name.starts_with(verb))
    }

    fn order(&self, sent: &Typed) -> Order {
        let mut body = body_of(&self.fields, &self.typed);
        if let Some(row) =
            self.ground.row.as_ref().filter(|_| PARTIAL.iter().any(|verb| self.shape.name.starts_with(verb)))
        {
            let optional = |key: &str| self.fields.iter().any(|field| field.key == key && !field.required);
            body.retain(|key, value| !optional(key) || row[key] != *value);
        }
        let version = sent.one("version").parse().ok();
        Order {
            name: self.shape.name.to_owned(),
            body,
            idempotency_key: Some(sent.one("key").to_owned()).filter(|key| (1..=200).contains(&key.len())),
            if_match: version.filter(|_| self.ground.subject.is_some() && self.overwrites()),
            correlation: None,
            causation: None,
        }
    }

    /// Goes on to where the reader sees what was recorded; a secret is shown first.
    fn done(&self, answer: &Answer, body: &Map<String, Value>, next: &str) -> Response {
        if let Some(secret) = &answer.secret {
            return self.secret(answer, secret);
        }
        let about = body.get("subject").and_then(Value::as_str).and_then(|text| text.parse::<Subject>().ok());
        let shown = Some(answer.subject).filter(|subject| has_page(subject.kind)).or(about);
        let path = match (safe_next(next), shown) {
            (next, _) if next != "/" => next.to_owned(),
            (_, Some(subject)) if has_page(subject.kind) => page_of(subject),
            _ => "/".to_owned(),
        };
        let joined = if path.contains('?') { '&' } else { '?' };
        let position = answer.position;
        Redirect::to(&format!("{path}{joined}seen={position}&done={position}")).into_response()
    }

    fn secret(&self, answer: &Answer, secret: &str) -> Response {
        let locale = self.asked.locale;
        let position = number(i64::try_from(answer.position).unwrap_or(i64::MAX));
        let main = html! {
            div.wrap { div.head {
                p.meta { (locale.say("event-number", &[("number", Said::Text(&position))])) }
                h1 { (locale.t("form-secret")) }
                p.lede { (locale.t("form-secret-more")) }
            } }
            div."wrap pad stack" { p { code { (secret) } } p { a.btn href="/" { (locale.t("trouble-home")) } } }
        };
        let mut response = page(self.asked, &Frame::below(self.asked, locale.t("form-secret")), &main);
        response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        response
    }

    /// Fields that stand fixed above the form: the subject, and the programme where there is only one.
    fn is_fixed(&self, field: &Field) -> bool {
        if field.name == self.shape.subject_field {
            let is_of_page = matches!(self.shape.noun, "Following" | "Discussion");
            return self.ground.subject.is_some() || self.shape.creates || is_of_page;
        }
        field.key == "programme" && self.asked.programmes.len() == 1 && self.typed.any(&field.name)
    }

    async fn respond(&self, status: StatusCode, outcome: &Outcome) -> Result<Response, Refusal> {
        let programme = Some(self.typed.one("programme")).filter(|text| !text.is_empty()).map(str::to_owned);
        let of_row = self.ground.row.as_ref().and_then(|row| row["programme"].as_str()).map(str::to_owned);
        let programme = programme.or(of_row);
        let options = Options::gather(self.asked, &self.fields, programme.as_deref(), self.ground.row.clone()).await?;
        let title = title_of(self.asked.locale, self.shape.name);
        let main = self.markup(&title, &options, outcome).await?;
        let failed = status != StatusCode::OK;
        let shown = if failed { format!("{} {title}", self.asked.locale.t("form-error")) } else { title.clone() };
        let mut frame = self.frame(&title).await?;
        frame.title = shown;
        let mut response = page(self.asked, &frame, &main);
        *response.status_mut() = status;
        response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        Ok(response)
    }

    async fn subject_name(&self) -> Result<Option<(Subject, String)>, Refusal> {
        let Some(subject) = self.ground.subject else { return Ok(None) };
        let names = self.asked.view.names([subject]).await?;
        let name = match (&self.ground.row, subject.kind) {
            (Some(row), Kind::Report) => {
                self.asked.locale.say("report-number", &[("number", Said::Text(&row["period"].to_string()))])
            }
            _ => as_a_title(&names.of(subject)),
        };
        Ok(Some((subject, name)))
    }

    async fn frame(&self, title: &str) -> Result<Frame, Refusal> {
        let kind = self.shape.noun.to_lowercase().parse::<Kind>().ok().filter(|kind| has_page(*kind));
        let Some(kind) = kind else { return Ok(Frame::below(self.asked, title)) };
        let collection = collection_of(kind);
        let list = self.asked.locale.t(&format!("list-{collection}"));
        let mut frame = Frame::below_list(self.asked, list, &format!("/{collection}"), title);
        if let Some((subject, name)) = self.subject_name().await? {
            frame.crumbs.insert(2, (name, Some(page_of(subject))));
        }
        Ok(frame)
    }

    async fn markup(&self, title: &str, options: &Options, outcome: &Outcome) -> Result<Markup, Refusal> {
        let locale = self.asked.locale;
        let findings = &outcome.findings;
        let form = Form {
            asked: self.asked,
            command: self.shape.name,
            typed: &self.typed,
            options,
            findings,
            spare: SPARE + outcome.spare,
        };
        let (fixed, asked): (Vec<&Field>, Vec<&Field>) = self.fields.iter().partition(|field| self.is_fixed(field));
        let asked: Vec<Field> = asked.into_iter().cloned().collect();
        let subject = self.subject_name().await?;
        let version = self.ground.row.as_ref().map(|row| row["version"].to_string());
        let back = subject.as_ref().map_or_else(|| "/".to_owned(), |(subject, _)| page_of(*subject));
        let description = command_schema(self.shape)["description"].as_str().unwrap_or_default();
        let lede = format!("do-{}-lede", self.shape.name);
        let lede = if locale.has(&lede) { locale.t(&lede) } else { description.to_owned() };
        Ok(html! {
            div."wrap cols" {
                div {
                    (self.summary(&form, outcome))
                    @if let Some((_, name)) = &subject { p."small muted" { (name) } }
                    h1.mt-s { (title) }
                    @if !lede.is_empty() { p."measure mt-s" { (lede) } }
                    @if let Some(conflict) = &outcome.conflict { (conflict) }
                    form.mt-l method="post" action=(self.asked.here()) novalidate data-form=(self.shape.name) {
                        input type="hidden" name="form_token" value=(self.session.form_token);
                        input type="hidden" name="key" value=(chance().unwrap_or_default());
                        @if let Some(next) = self.asked.query.text("next") { input type="hidden" name="next" value=(safe_next(next)); }
                        @if let Some(version) = &version { input type="hidden" name="version" value=(version); }
                        @for field in fixed { @if self.typed.any(&field.name) { input type="hidden" name=(field.name) value=(self.typed.one(&field.name)); } }
                        (form.fields(&asked))
                        @if self.shape.name == "EditSection" && outcome.conflict.is_none() { (autosave::note(locale)) }
                        div.row {
                            button.btn { (if outcome.conflict.is_some() { locale.t("form-use-mine") } else { title.to_owned() }) }
                            a."btn btn--2" href=(back) { (locale.t(if outcome.conflict.is_some() { "form-keep-theirs" } else { "form-leave" })) }
                        }
                    }
                }
                aside.stack-l aria-label=(locale.t("form-aside")) {
                    section.sec aria-labelledby="w-h" {
                        header { h2 #w-h { (locale.t("form-what-happens")) } }
                        p.small { (locale.t("form-what-happens-more")) }
                    }
                }
            }
        })
    }

    /// Everything that stands in the way, at the top, each with a link to its field.
    fn summary(&self, form: &Form<'_>, outcome: &Outcome) -> Markup {
        if outcome.findings.is_empty() && outcome.refused.is_none() {
            return html! {};
        }
        html! {
            div.errsum data-errsum tabindex="-1" { div role="alert" {
                h2 { (self.asked.locale.t("form-problem")) }
                ul {
                    @if let Some(sentence) = &outcome.refused { li { (sentence) } }
                    @for finding in &outcome.findings {
                        @match self.found(&self.fields, finding) {
                            Some(field) => li { a href={ "#" (id_of(&field.name)) } { (form.said(&field, finding)) } },
                            None => li { (sentence_case(&self.asked.locale.retold(&finding.message).0)) },
                        }
                    }
                }
            } }
        }
    }

    /// The field a finding is about.
    fn found(&self, fields: &[Field], finding: &Finding) -> Option<Field> {
        let name = name_of(&finding.pointer);
        let field = fields.iter().find(|field| name == field.name || name.starts_with(&format!("{}.", field.name)))?;
        match &field.input {
            Input::Group(fields) if name != field.name => self.found(fields, finding),
            Input::Rows(fields) if name != field.name => {
                let index = name.strip_prefix(&format!("{}.", field.name))?.split('.').next()?.parse().ok()?;
                let row = typed::row_of(fields, &field.name, index);
                self.found(&row, finding).or_else(|| Some(field.clone()))
            }
            _ => Some(field.clone()),
        }
    }
}
