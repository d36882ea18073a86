//! What somebody can do with a subject: the steps that its life-cycle has next, then everything else that may be
//! recorded of it. The table only says what is worth offering; the law decides, and says why when it refuses.

use koinon_events::{CityId, Kind, Subject};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::title_of;
use crate::access;
use crate::domain::{Scope, command_shape, example_body, parse};
use crate::web::actor::form_urlencoded;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;

/// A command offered at a subject while it has one of these statuses; at any status when none is named.
struct Offer {
    command: &'static str,
    /// The field that takes the subject.
    field: &'static str,
    statuses: &'static [&'static str],
}

const fn offer(command: &'static str, field: &'static str, statuses: &'static [&'static str]) -> Offer {
    Offer { command, field, statuses }
}

/// The next steps of a kind, and what else can be recorded.
struct Offers {
    steps: &'static [Offer],
    more: &'static [Offer],
}

const PLANNED: &[&str] = &["scheduled", "confirmed"];
const AHEAD: &[&str] = &["proposed", "scheduled", "confirmed", "postponed"];
const PLANNABLE: &[&str] = &["proposed", "scheduled", "confirmed", "postponed", "under-way"];
const BEGUN: &[&str] = &["under-way", "completed"];

const VISIT: Offers = Offers {
    steps: &[
        offer("ScheduleVisit", "id", &["proposed"]),
        offer("ConfirmVisit", "visit", &["scheduled"]),
        offer("StartVisit", "visit", &["confirmed"]),
        offer("RecordAttendance", "visit", BEGUN),
        offer("CompleteVisit", "visit", &["under-way"]),
        offer("RecordLearning", "origin", &["under-way", "completed", "closed"]),
        offer("CloseVisit", "visit", &["completed"]),
        offer("RescheduleVisit", "visit", &["postponed"]),
    ],
    more: &[
        offer("InviteDelegate", "visit", PLANNABLE),
        offer("ReplaceDelegate", "visit", PLANNABLE),
        offer("WithdrawDelegate", "visit", PLANNABLE),
        offer("ConfirmDelegation", "visit", PLANNABLE),
        offer("AssignExpert", "visit", PLANNABLE),
        offer("ReplaceExpert", "visit", PLANNABLE),
        offer("AddSession", "visit", PLANNABLE),
        offer("MoveSession", "visit", PLANNABLE),
        offer("DropSession", "visit", PLANNABLE),
        offer("PublishItinerary", "visit", PLANNABLE),
        offer("RecordLogistics", "visit", PLANNABLE),
        offer("HoldSession", "visit", BEGUN),
        offer("SkipSession", "visit", BEGUN),
        offer("SubmitMissionNote", "visit", BEGUN),
        offer("ApproveMissionNote", "visit", &["under-way", "completed", "closed"]),
        offer("RequestLearnings", "visit", &["completed"]),
        offer("RaiseAction", "from", &[]),
        offer("RescheduleVisit", "visit", PLANNED),
        offer("PostponeVisit", "visit", AHEAD),
        offer("CancelVisit", "visit", PLANNABLE),
    ],
};

const MEETING: Offers = Offers {
    steps: &[
        offer("HoldMeeting", "meeting", &["scheduled"]),
        offer("PublishMinutes", "meeting", &["held"]),
        offer("PublishRecording", "meeting", &["delivered"]),
        offer("RecordLearning", "origin", &["held", "minuted", "delivered", "recorded"]),
    ],
    more: &[
        offer("AddPresentation", "meeting", &["scheduled", "held", "minuted", "delivered", "recorded"]),
        offer("RecordDecision", "meeting", &["held", "minuted", "delivered", "recorded"]),
        offer("ReplaceRecording", "meeting", &["recorded"]),
        offer("RaiseAction", "from", &[]),
        offer("RescheduleMeeting", "meeting", &["scheduled"]),
        offer("CancelMeeting", "meeting", &["scheduled"]),
    ],
};

const LEARNING: Offers = Offers {
    steps: &[
        offer("ValidateLearning", "learning", &["recorded"]),
        offer("ReturnLearning", "learning", &["recorded", "validated"]),
        offer("PublishLearning", "learning", &["validated"]),
        offer("ExpressInterest", "learning", &["published"]),
        offer("CommitAdoption", "learning", &["published", "superseded"]),
        offer("StartAdoption", "learning", &["published", "superseded"]),
        offer("VerifyAdoption", "learning", &["published", "superseded"]),
        offer("ProposePilot", "from_learnings", &["published"]),
    ],
    more: &[
        offer("ReviseLearning", "learning", &["recorded", "validated", "published"]),
        offer("SuggestLearning", "learning", &["published"]),
        offer("DeclineLearning", "learning", &["published"]),
        offer("AbandonAdoption", "learning", &["published", "superseded"]),
        offer("ConsolidateLearnings", "into", &["recorded", "validated", "published"]),
        offer("RetractLearning", "learning", &["recorded", "validated", "published"]),
    ],
};

const PARTNERSHIP: Offers = Offers {
    steps: &[
        offer("AcceptPartnership", "partnership", &["proposed"]),
        offer("KickOffPartnership", "partnership", &["formed"]),
        offer("AgreeTopics", "partnership", &["kicked-off"]),
        offer("ScheduleVisit", "partnership", &["formed", "kicked-off", "active"]),
        offer("ScheduleMeeting", "partnerships", &["formed", "kicked-off", "active"]),
        offer("ProposeProject", "partnership", &["formed", "kicked-off", "active"]),
        offer("ProposePilot", "partnership", &["formed", "kicked-off", "active"]),
        offer("ResumePartnership", "partnership", &["suspended"]),
    ],
    more: &[
        offer("DeclinePartnership", "partnership", &["proposed"]),
        offer("ProposeVisit", "partnership", &["formed", "kicked-off", "active"]),
        offer("AssignAdvisor", "partnership", &["formed", "kicked-off", "active"]),
        offer("RecordAdvice", "partnership", &["formed", "kicked-off", "active"]),
        offer("AnswerAdvice", "partnership", &["formed", "kicked-off", "active"]),
        offer("SignAgreement", "partnership", &["formed", "kicked-off", "active"]),
        offer("AdoptActionPlan", "partnership", &["formed", "kicked-off", "active"]),
        offer("AddCity", "partnership", &["proposed", "formed", "kicked-off", "active"]),
        offer("RemoveCity", "partnership", &["proposed", "formed", "kicked-off", "active"]),
        offer("CompletePartnership", "partnership", &["active"]),
        offer("CommitContinuation", "partnership", &["active", "completed"]),
        offer("SuspendPartnership", "partnership", &["formed", "kicked-off", "active"]),
        offer("DissolvePartnership", "partnership", &["formed", "kicked-off", "active", "suspended"]),
    ],
};

const PILOT_ALIVE: &[&str] = &["proposed", "planned", "approved", "launched", "paused"];
const AT_WORK: &[&str] = &["launched", "paused"];

const PILOT: Offers = Offers {
    steps: &[
        offer("PlanPilot", "pilot", &["proposed"]),
        offer("ApprovePilot", "pilot", &["planned"]),
        offer("LaunchPilot", "pilot", &["approved"]),
        offer("RecordMeasurement", "pilot", AT_WORK),
        offer("ReachMilestone", "pilot", AT_WORK),
        offer("ResumePilot", "pilot", &["paused"]),
        offer("CompletePilot", "pilot", &["launched"]),
        offer("DecideScaleUp", "pilot", &["completed"]),
        offer("DecideNotToContinue", "pilot", &["completed"]),
    ],
    more: &[
        offer("PlanPilot", "pilot", &["planned", "approved"]),
        offer("SlipMilestone", "pilot", AT_WORK),
        offer("CorrectMeasurement", "pilot", &["launched", "paused", "completed"]),
        offer("RaiseRisk", "pilot", PILOT_ALIVE),
        offer("ChangeRisk", "pilot", PILOT_ALIVE),
        offer("CloseRisk", "pilot", PILOT_ALIVE),
        offer("RaiseAction", "from", &[]),
        offer("PausePilot", "pilot", &["launched"]),
        offer("StopPilot", "pilot", PILOT_ALIVE),
    ],
};

const PROJECT: Offers = Offers {
    steps: &[
        offer("AgreeProject", "project", &["idea"]),
        offer("DeliverDeliverable", "project", &["agreed", "active"]),
        offer("CompleteProject", "project", &["active"]),
        offer("ProposePilot", "project", &["agreed", "active", "completed"]),
    ],
    more: &[
        offer("AddDeliverable", "project", &["agreed", "active"]),
        offer("RecordFunding", "project", &["idea", "agreed", "active", "completed"]),
        offer("StopProject", "project", &["idea", "agreed", "active"]),
    ],
};

const ACTION: Offers = Offers {
    steps: &[
        offer("CompleteAction", "action", &["open"]),
        offer("VerifyAction", "action", &["done"]),
        offer("ReopenAction", "action", &["done", "verified", "dropped"]),
    ],
    more: &[
        offer("ReassignAction", "action", &["open"]),
        offer("ChangeDue", "action", &["open"]),
        offer("DropAction", "action", &["open"]),
    ],
};

const CITY: Offers = Offers {
    steps: &[
        offer("SelectCity", "city", &["applied", "reserve"]),
        offer("PutOnReserve", "city", &["applied"]),
        offer("StateNeed", "city", &["applied", "selected", "active"]),
        offer("StateOffer", "city", &["applied", "selected", "active"]),
        offer("ProposePartnership", "cities", &["selected", "active"]),
    ],
    more: &[
        offer("UpdateCity", "city", &["applied", "reserve", "selected", "active"]),
        offer("AddBody", "city", &["applied", "reserve", "selected", "active"]),
        offer("AppointCoordinator", "city", &["applied", "reserve", "selected", "active"]),
        offer("InvitePerson", "city", &["selected", "active"]),
        offer("RejectCity", "city", &["applied", "reserve"]),
        offer("ListOpenMatters", "city", &["withdrawn"]),
        offer("WithdrawCity", "city", &["applied", "reserve", "selected", "active"]),
    ],
};

const TAKING_PART: &[&str] = &["invited", "active"];

const PERSON: Offers = Offers {
    steps: &[
        offer("AcceptInvitation", "person", &["invited"]),
        offer("GrantRole", "person", TAKING_PART),
        offer("UpdatePerson", "person", TAKING_PART),
    ],
    more: &[
        offer("RevokeRole", "person", TAKING_PART),
        offer("RemindPerson", "person", TAKING_PART),
        offer("DeactivatePerson", "person", TAKING_PART),
        offer("RequestErasure", "person", &["invited", "active", "inactive"]),
        offer("DeferErasure", "person", &["invited", "active", "inactive"]),
        offer("ErasePerson", "person", &["invited", "active", "inactive"]),
    ],
};

const DOCUMENT: Offers = Offers {
    steps: &[offer("LinkEvidence", "document", &["registered"])],
    more: &[
        offer("TagPersons", "document", &["registered"]),
        offer("OpenEvidence", "document", &["registered"]),
        offer("WithdrawDocument", "document", &["registered"]),
    ],
};

const WRITABLE: &[&str] = &["draft", "returned", "reopened"];

const REPORT: Offers = Offers {
    steps: &[
        offer("EditSection", "report", WRITABLE),
        offer("SubmitReport", "report", WRITABLE),
        offer("RaiseQuery", "report", &["submitted"]),
        offer("AnswerQuery", "report", &["submitted", "returned"]),
        offer("AcceptReport", "report", &["submitted"]),
        offer("ReturnReport", "report", &["submitted"]),
    ],
    more: &[offer("ReopenReport", "report", &["accepted"])],
};

const PROGRAMME: Offers = Offers {
    steps: &[
        offer("StartProgramme", "programme", &["draft"]),
        offer("OpenReport", "programme", &["running", "closing"]),
        offer("InvitePerson", "programme", &["draft", "running", "closing"]),
        offer("RegisterCity", "programme", &["draft", "running"]),
        offer("ProposePartnership", "programme", &["running"]),
        offer("ScheduleMeeting", "programme", &["running", "closing"]),
    ],
    more: &[
        offer("DefinePhase", "programme", &["draft", "running"]),
        offer("DefineTheme", "programme", &["draft", "running"]),
        offer("DefineStrand", "programme", &["draft", "running"]),
        offer("DefineIndicator", "programme", &["draft", "running"]),
        offer("ReviseTarget", "programme", &["draft", "running"]),
        offer("DefinePeriod", "programme", &["draft", "running"]),
        offer("RemindOfPeriod", "programme", &["running", "closing"]),
        offer("ChangeEndDate", "programme", &["draft", "running"]),
        offer("StartClosing", "programme", &["running"]),
        offer("CloseProgramme", "programme", &["closing"]),
    ],
};

fn offers(kind: Kind) -> Option<&'static Offers> {
    Some(match kind {
        Kind::Programme => &PROGRAMME,
        Kind::City => &CITY,
        Kind::Partnership => &PARTNERSHIP,
        Kind::Person => &PERSON,
        Kind::Visit => &VISIT,
        Kind::Meeting => &MEETING,
        Kind::Learning => &LEARNING,
        Kind::Project => &PROJECT,
        Kind::Pilot => &PILOT,
        Kind::Action => &ACTION,
        Kind::Document => &DOCUMENT,
        Kind::Report => &REPORT,
        _ => return None,
    })
}

/// What begins a subject of a kind.
pub fn beginning(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Programme => &["CreateProgramme"],
        Kind::City => &["RegisterCity"],
        Kind::Partnership => &["ProposePartnership"],
        Kind::Person => &["InvitePerson"],
        Kind::Visit => &["ScheduleVisit", "ProposeVisit"],
        Kind::Meeting => &["ScheduleMeeting"],
        Kind::Learning => &["RecordLearning"],
        Kind::Project => &["ProposeProject"],
        Kind::Pilot => &["ProposePilot"],
        Kind::Action => &["RaiseAction"],
        Kind::Document => &["RegisterDocument"],
        Kind::Report => &["OpenReport"],
        _ => &[],
    }
}

/// The panel "What you can do" of a subject's page; nothing in the past, or for who may do nothing.
///
/// # Errors
/// When the subject's place cannot be read.
pub async fn panel(asked: &Asked, subject: Subject, row: &Value) -> Result<Markup, Refusal> {
    let Some(offers) = offers(subject.kind).filter(|_| asked.is_now()) else { return Ok(html! {}) };
    if asked.reader.session.is_none() {
        return Ok(sign_in_first(asked));
    }
    let scope = asked.view.scope(subject).await?.unwrap_or_default();
    let status = row["status"].as_str().unwrap_or_default();
    let links = |offers: &'static [Offer]| -> Vec<(String, String)> {
        offers
            .iter()
            .filter(|offer| offer.statuses.is_empty() || offer.statuses.contains(&status))
            .filter_map(|offer| Some((title_of(asked.locale, offer.command), address(asked, offer, subject, &scope)?)))
            .collect()
    };
    let (steps, more) = (links(offers.steps), links(offers.more));
    let watch = format!("/do/FollowSubject?subject={subject}");
    let comment = format!("/do/PostComment?subject={subject}");
    let follows = may_begin(asked, "FollowSubject").then(|| (title_of(asked.locale, "FollowSubject"), watch));
    let comments = may_begin(asked, "PostComment").then(|| (title_of(asked.locale, "PostComment"), comment));
    let more: Vec<(String, String)> = more.into_iter().chain(comments).chain(follows).collect();
    if steps.is_empty() && more.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        section."do noprint" aria-labelledby="do-h" {
            h2.vh #do-h { (asked.locale.t("form-can")) }
            @if !steps.is_empty() {
                p.row { @for (index, (title, address)) in steps.iter().enumerate() {
                    a class={ "btn" @if index > 0 { " btn--2" } } href=(address) { (title) }
                } }
            }
            @if !more.is_empty() {
                details.do-more {
                    summary { (asked.locale.t("form-more")) }
                    ul.do-list { @for (title, address) in &more { li { a href=(address) { (title) } } } }
                }
            }
        }
    })
}

fn sign_in_first(asked: &Asked) -> Markup {
    let address = format!("/sign-in?next={}", form_urlencoded(&asked.path));
    html! { p."do small noprint" { a href=(address) { (asked.locale.t("form-sign-in")) } } }
}

/// The links of a list's page to what begins a subject of its kind.
pub fn beginnings(asked: &Asked, kind: Kind) -> Markup {
    let wanted = asked.is_now() && asked.reader.session.is_some();
    let commands: Vec<&str> =
        beginning(kind).iter().copied().filter(|command| wanted && may_begin(asked, command)).collect();
    let kept = ["partnership", "city", "theme", "programme"];
    let known: Vec<String> = asked
        .query
        .pairs()
        .filter(|(name, _)| kept.contains(name))
        .map(|(name, value)| format!("{}={}", form_urlencoded(name), form_urlencoded(value)))
        .collect();
    let known = if known.is_empty() { String::new() } else { format!("?{}", known.join("&")) };
    html! {
        @if !commands.is_empty() {
            p.actions.row { @for (index, command) in commands.iter().enumerate() {
                @let address = if *command == "RegisterDocument" { "/documents/new".to_owned() } else { format!("/do/{command}{known}") };
                a class={ "btn" @if index > 0 { " btn--2" } } href=(address) { (title_of(asked.locale, command)) }
                " "
            } }
        }
    }
}

/// Whether the reader has a role that may give the command at all.
pub fn may_begin(asked: &Asked, command: &str) -> bool {
    let Some(shape) = command_shape(command) else { return false };
    let body = with_id(shape.subject_field, example_body(shape), asked);
    let Ok(command) = parse(shape, &body) else { return false };
    let caller = &asked.reader.caller;
    access::may_somewhere(&command, &caller.grants, &caller.actor, asked.view.today).is_ok()
}

/// A body with its subject's id: the reader's own for what a person has one of.
fn with_id(field: &str, mut body: serde_json::Map<String, Value>, asked: &Asked) -> Value {
    if !body.contains_key(field) {
        let own = match &asked.reader.caller.actor {
            koinon_events::Actor::Person(person) => person.0,
            _ => uuid::Uuid::nil(),
        };
        body.insert(field.to_owned(), json!(own));
    }
    Value::Object(body)
}

/// The address of an offer's form, if the reader may give the command at this subject.
fn address(asked: &Asked, offer: &Offer, subject: Subject, scope: &Scope) -> Option<String> {
    let shape = command_shape(offer.command)?;
    let is_own = offer.field == shape.subject_field;
    let value =
        if is_own || !matches!(offer.field, "origin" | "from") { subject.id.to_string() } else { subject.to_string() };
    let link = format!("/do/{}?{}={value}", offer.command, offer.field);
    if !is_own {
        return may_begin(asked, offer.command).then_some(link);
    }
    let mut body = example_body(shape);
    body.insert(offer.field.to_owned(), json!(subject.id));
    let may = |body: &serde_json::Map<String, Value>| {
        let command = parse(shape, &Value::Object(body.clone())).ok()?;
        let caller = &asked.reader.caller;
        access::may(&command, scope, &caller.grants, &caller.actor, asked.view.today).ok()
    };
    if may(&body).is_some() {
        // Who was there is ticked on a page of its own.
        let ticked = (offer.command == "RecordAttendance").then(|| format!("/visits/{}/attendance", subject.id));
        return Some(ticked.unwrap_or(link));
    }
    // A command that acts for one city is offered for a city the reader acts for.
    let city = scope.cities.iter().copied().find(|CityId(city)| {
        body.insert("city".to_owned(), json!(city));
        may(&body).is_some()
    })?;
    Some(format!("{link}&city={}", city.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: &[Kind] = &[
        Kind::Programme,
        Kind::City,
        Kind::Partnership,
        Kind::Person,
        Kind::Visit,
        Kind::Meeting,
        Kind::Learning,
        Kind::Project,
        Kind::Pilot,
        Kind::Action,
        Kind::Document,
        Kind::Report,
    ];

    #[test]
    fn every_offer_is_a_command_with_that_field() {
        for kind in KINDS {
            let offers = offers(*kind).unwrap();
            for offer in offers.steps.iter().chain(offers.more) {
                let shape = command_shape(offer.command).unwrap_or_else(|| panic!("{} is no command", offer.command));
                let schema = crate::domain::command_schema(shape);
                assert!(schema["properties"][offer.field].is_object(), "{} has no {}", offer.command, offer.field);
            }
        }
    }

    #[test]
    fn every_command_on_a_subject_with_a_page_is_offered_somewhere() {
        let offered: Vec<&str> = KINDS
            .iter()
            .flat_map(|kind| {
                let offers = offers(*kind).unwrap();
                offers
                    .steps
                    .iter()
                    .chain(offers.more)
                    .map(|offer| offer.command)
                    .chain(beginning(*kind).iter().copied())
            })
            .collect();
        for shape in crate::domain::command_shapes() {
            let elsewhere = matches!(shape.noun, "Webhook" | "Token" | "Following" | "Discussion");
            assert!(elsewhere || offered.contains(&shape.name), "{} is offered nowhere", shape.name);
        }
    }
}
