//! The learning: recorded, validated, published, and in the end superseded or retracted; and its adoption by cities.
//!
//! Only a published learning is taken up by other cities. A city does not adopt what was learned from itself. Each city
//! has its own way: interested, committed, started, verified; or declined, or abandoned.

mod adoption;
mod commands;
#[cfg(test)]
mod scenarios;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::learning::*;
use koinon_events::{CityId, Kind, LearningId, PartnershipId, ProgrammeId, Subject, VisitId};

pub use commands::*;

use super::belonging::{check_list, subjects};
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Fact, Rejection, fact};

/// How far a learning is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum LearningStatus {
    /// Written down.
    Recorded,
    /// An expert found it sound.
    Validated,
    /// Every city may use it.
    Published,
    /// Another learning holds it now.
    Superseded,
    /// Stands no more.
    Retracted,
}

/// How far one city is with a learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum AdoptionStatus {
    /// Wants to know more.
    Interested,
    /// Said that it is not for it.
    Declined,
    /// Decided to use it.
    Committed,
    /// Puts it into practice.
    Started,
    /// Has laid it down.
    Verified,
    /// Gave it up.
    Abandoned,
}

/// What the rules need to know of a learning.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    /// Its identity.
    pub id: LearningId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The partnership of its origin.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: LearningStatus,
    /// Whether it went back to its authors and waits for them.
    pub is_returned: bool,
    /// What it says, with every revision so far.
    pub content: LearningRecorded,
    /// The learnings it took the place of.
    pub consolidated: BTreeSet<LearningId>,
    /// The learning that took its place.
    pub superseded_by: Option<LearningId>,
    /// The cities it was suggested to.
    pub suggested: BTreeSet<CityId>,
    /// How far each city is with it.
    pub adoptions: BTreeMap<CityId, AdoptionStatus>,
}

impl Learning {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let origin = self.content.origin_city;
        let mut cities = vec![origin];
        cities.extend(self.content.learned_by.iter().filter(|city| **city != origin));
        let came_from = self.content.origin;
        Scope {
            programme: Some(self.programme),
            partnerships: self.partnership.into_iter().collect(),
            visit: (came_from.kind == Kind::Visit).then_some(VisitId(came_from.id)),
            cities,
            onlookers: self.adoptions.keys().copied().collect(),
            is_published: self.status == LearningStatus::Published,
            ..Scope::default()
        }
    }

    /// Whether it can still change.
    pub fn stands(&self) -> bool {
        !matches!(self.status, LearningStatus::Superseded | LearningStatus::Retracted)
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Learning>, subject: Subject, event: &LearningEvent) -> Option<Learning> {
    if let (None, LearningEvent::LearningRecorded(recorded)) = (&state, event) {
        return Some(Learning {
            id: LearningId(subject.id),
            programme: recorded.programme,
            partnership: recorded.partnership,
            status: LearningStatus::Recorded,
            is_returned: false,
            content: recorded.clone(),
            consolidated: BTreeSet::new(),
            superseded_by: None,
            suggested: BTreeSet::new(),
            adoptions: BTreeMap::new(),
        });
    }
    state.map(|learning| evolve_known(learning, event))
}

fn evolve_known(mut learning: Learning, event: &LearningEvent) -> Learning {
    match event {
        LearningEvent::LearningRecorded(_) => {}
        LearningEvent::LearningsConsolidated(consolidated) => learning.consolidated.extend(&consolidated.from),
        LearningEvent::LearningRevised(revised) => {
            text::apply(&mut learning.content, revised);
            learning.is_returned = false;
        }
        LearningEvent::LearningValidated(_) => {
            learning.status = LearningStatus::Validated;
            learning.is_returned = false;
        }
        LearningEvent::LearningReturned(_) => {
            learning.status = LearningStatus::Recorded;
            learning.is_returned = true;
        }
        LearningEvent::LearningPublished(_) => learning.status = LearningStatus::Published,
        LearningEvent::LearningSuperseded(superseded) => {
            learning.status = LearningStatus::Superseded;
            learning.superseded_by = Some(superseded.by);
        }
        LearningEvent::LearningRetracted(_) => learning.status = LearningStatus::Retracted,
        LearningEvent::LearningSuggested(it) => learning.suggested.extend(&it.cities),
        LearningEvent::InterestExpressed(it) => adopt(&mut learning, it.city, AdoptionStatus::Interested),
        LearningEvent::LearningDeclined(it) => adopt(&mut learning, it.city, AdoptionStatus::Declined),
        LearningEvent::AdoptionCommitted(it) => adopt(&mut learning, it.city, AdoptionStatus::Committed),
        LearningEvent::AdoptionStarted(it) => adopt(&mut learning, it.city, AdoptionStatus::Started),
        LearningEvent::AdoptionVerified(it) => adopt(&mut learning, it.city, AdoptionStatus::Verified),
        LearningEvent::AdoptionAbandoned(it) => adopt(&mut learning, it.city, AdoptionStatus::Abandoned),
    }
    learning
}

fn adopt(learning: &mut Learning, city: CityId, status: AdoptionStatus) {
    learning.adoptions.insert(city, status);
}

/// The subjects a decision on a learning needs to know.
pub fn relies_on(command: &LearningCommand, world: &World) -> Vec<Subject> {
    let mut named: Vec<Subject> = match command {
        LearningCommand::RecordLearning(command) => {
            let mut named = vec![command.programme.subject(), command.origin_city.subject(), command.origin];
            named.extend(subjects(&command.learned_by));
            named
        }
        LearningCommand::ValidateLearning(command) => command.expert.map(Subject::from).into_iter().collect(),
        LearningCommand::ConsolidateLearnings(command) => {
            subjects(&command.from).chain(command.at_meeting.map(Subject::from)).collect()
        }
        LearningCommand::SuggestLearning(command) => subjects(&command.cities).collect(),
        LearningCommand::ExpressInterest(command) => vec![command.city.subject()],
        LearningCommand::DeclineLearning(command) => vec![command.city.subject()],
        LearningCommand::CommitAdoption(command) => vec![command.city.subject()],
        LearningCommand::StartAdoption(command) => vec![command.city.subject()],
        LearningCommand::VerifyAdoption(command) => vec![command.city.subject(), command.document.subject()],
        LearningCommand::AbandonAdoption(command) => vec![command.city.subject()],
        LearningCommand::ReviseLearning(_)
        | LearningCommand::ReturnLearning(_)
        | LearningCommand::PublishLearning(_)
        | LearningCommand::RetractLearning(_) => Vec::new(),
    };
    let learning = world.learning(LearningId(command.subject().id));
    named.extend(learning.map(|learning| learning.programme.subject()));
    named
}

/// Decides a command on a learning.
///
/// # Errors
/// Unfit fields, or the [`LearningRule`] that forbids it.
pub fn decide(learning: Option<&Learning>, command: &LearningCommand, context: &Context<'_>) -> Decision {
    if let LearningCommand::RecordLearning(command) = command {
        return text::record(learning, command, context);
    }
    let learning = learning.ok_or(Rejection::Absent)?;
    context.running_programme("", learning.programme)?;
    match command {
        LearningCommand::RecordLearning(command) => text::record(Some(learning), command, context),
        LearningCommand::ReviseLearning(command) => text::revise(learning, command, context),
        LearningCommand::ValidateLearning(command) => validate(learning, command, context),
        LearningCommand::ReturnLearning(command) => send_back(learning, command),
        LearningCommand::PublishLearning(_) => publish(learning),
        LearningCommand::ConsolidateLearnings(command) => consolidate(learning, command, context),
        LearningCommand::RetractLearning(command) => {
            check_stands(learning)?;
            fact(LearningRetracted { reason: command.reason.clone() })
        }
        LearningCommand::SuggestLearning(command) => adoption::suggest(learning, command, context),
        LearningCommand::ExpressInterest(command) => adoption::express_interest(learning, command, context),
        LearningCommand::DeclineLearning(command) => adoption::decline(learning, command, context),
        LearningCommand::CommitAdoption(command) => adoption::commit(learning, command, context),
        LearningCommand::StartAdoption(command) => adoption::start(learning, command, context),
        LearningCommand::VerifyAdoption(command) => adoption::verify(learning, command, context),
        LearningCommand::AbandonAdoption(command) => adoption::abandon(learning, command, context),
    }
}

fn check_stands(learning: &Learning) -> Result<(), Rejection> {
    match learning.status {
        LearningStatus::Superseded => Err(LearningRule::LearningAlreadySuperseded.into()),
        LearningStatus::Retracted => Err(LearningRule::LearningAlreadyRetracted.into()),
        LearningStatus::Recorded | LearningStatus::Validated | LearningStatus::Published => Ok(()),
    }
}

fn validate(learning: &Learning, command: &ValidateLearning, context: &Context<'_>) -> Decision {
    check_stands(learning)?;
    if learning.status != LearningStatus::Recorded {
        return Err(LearningRule::LearningAlreadyValidated.into());
    }
    let expert = match (command.expert, context.actor) {
        (Some(expert), _) => {
            context.expert_in("/expert", expert, learning.programme)?;
            expert
        }
        (None, koinon_events::Actor::Person(person)) => *person,
        (None, _) => return Err(Rejection::unfit("/expert", "is required unless the expert asks in person")),
    };
    fact(LearningValidated { expert, note: command.note.clone() })
}

fn send_back(learning: &Learning, command: &ReturnLearning) -> Decision {
    check_stands(learning)?;
    match learning.status {
        LearningStatus::Published => Err(LearningRule::LearningAlreadyPublished.into()),
        _ if learning.is_returned => Err(LearningRule::LearningAlreadyReturned.into()),
        _ => fact(LearningReturned { reason: command.reason.clone() }),
    }
}

fn publish(learning: &Learning) -> Decision {
    check_stands(learning)?;
    match learning.status {
        LearningStatus::Validated => fact(LearningPublished {}),
        LearningStatus::Recorded => Err(LearningRule::LearningNotValidated.into()),
        _ => Err(LearningRule::LearningAlreadyPublished.into()),
    }
}

fn consolidate(learning: &Learning, command: &ConsolidateLearnings, context: &Context<'_>) -> Decision {
    check_list("/from", &command.from)?;
    if command.from.is_empty() {
        return Err(Rejection::unfit("/from", "name at least one learning that this one takes the place of"));
    }
    let mut taken = Vec::new();
    for (at, id) in command.from.iter().enumerate() {
        let pointer = format!("/from/{at}");
        if *id == command.into {
            return Err(Rejection::unfit(pointer, "a learning cannot take its own place"));
        }
        let other =
            context.world.learning(*id).ok_or_else(|| Rejection::unfit(&*pointer, "no learning has this id"))?;
        if other.programme != learning.programme {
            return Err(Rejection::unfit(pointer, "this learning belongs to another programme"));
        }
        taken.push(other);
    }
    if let Some(meeting) = command.at_meeting
        && context.exists("/at_meeting", meeting)?.scope().programme != Some(learning.programme)
    {
        return Err(Rejection::unfit("/at_meeting", "this meeting belongs to another programme"));
    }
    check_stands(learning)?;
    if command.from.iter().all(|id| learning.consolidated.contains(id)) {
        return Err(LearningRule::LearningsAlreadyConsolidated.into());
    }
    let mut facts: Vec<Fact> =
        vec![LearningsConsolidated { from: command.from.clone(), at_meeting: command.at_meeting }.into()];
    for other in taken.into_iter().filter(|other| other.superseded_by != Some(command.into)) {
        check_stands(other)?;
        if other.status != LearningStatus::Published {
            return Err(LearningRule::LearningNotPublished.into());
        }
        facts.push(Fact::on(other.id, LearningSuperseded { by: command.into, at_meeting: command.at_meeting }));
    }
    Ok(facts)
}

/// The rules that forbid commands on learnings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LearningRule {
    #[error("There is a learning with this id already. To change its text, revise it.")]
    LearningAlreadyExists,
    #[error("The learning reads so already.")]
    LearningAlreadyReadsSo,
    #[error("This learning was validated already.")]
    LearningAlreadyValidated,
    #[error("This learning is not validated yet. An expert validates it first.")]
    LearningNotValidated,
    #[error("This learning went back to its authors already; they have not revised it since.")]
    LearningAlreadyReturned,
    #[error("This learning is published already. Retract it if it no longer stands.")]
    LearningAlreadyPublished,
    #[error("This learning is not published, so cities cannot take it up and no other takes its place.")]
    LearningNotPublished,
    #[error("Another learning has taken the place of this one already. Use that one.")]
    LearningAlreadySuperseded,
    #[error("This learning took the place of these learnings already.")]
    LearningsAlreadyConsolidated,
    #[error("This learning was retracted already, so nothing more follows from it.")]
    LearningAlreadyRetracted,
    #[error("The learning was suggested to these cities already.")]
    LearningAlreadySuggested,
    #[error("This city does not take part now, so it takes up no learning.")]
    CityNotTakingPart,
    #[error("The city has expressed its interest already.")]
    InterestAlreadyExpressed,
    #[error("The city has not expressed its interest yet. It does so first.")]
    InterestNotExpressed,
    #[error("The city has said already that the learning is not for it.")]
    LearningAlreadyDeclined,
    #[error("The city has committed itself to use the learning already.")]
    AdoptionAlreadyCommitted,
    #[error("The city has not committed itself to use the learning. It does so first.")]
    AdoptionNotCommitted,
    #[error("The city has started to use the learning already.")]
    AdoptionAlreadyStarted,
    #[error("The city has not started to use the learning. It does so first.")]
    AdoptionNotStarted,
    #[error("The city's use of the learning is verified already.")]
    AdoptionAlreadyVerified,
    #[error("The city has given the learning up already. It may express its interest again.")]
    AdoptionAlreadyAbandoned,
}

rejections!(LearningRule);
