//! The partnership: cities of two or more countries that agree to work together.
//!
//! Proposed, formed by its last acceptance, kicked off, active by its agreed topics, completed; suspended for a while,
//! or dissolved. A city that declines leaves it proposed: the city may still accept, or be taken out, and then the
//! acceptances of the others form it. A city added once it is formed is in at once, for adding it records what was
//! agreed. What is done in it (advice, agreements, plans) is decided in `work.rs`, who is in it in `membership.rs`.

mod commands;
mod membership;
#[cfg(test)]
mod scenarios;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::partnership::*;
use koinon_events::value::{Code, Line, Prose};
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a partnership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum PartnershipStatus {
    /// Waits for its cities' word.
    Proposed,
    /// Every city accepted.
    Formed,
    /// Met for the first time.
    KickedOff,
    /// Agreed its topics.
    Active,
    /// Did what it set out to do.
    Completed,
    /// Rests.
    Suspended,
    /// Ended before its time.
    Dissolved,
}

/// What the rules need to know of a partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct Partnership {
    /// Its identity.
    pub id: PartnershipId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: PartnershipStatus,
    /// Its cities.
    pub cities: Vec<CityId>,
    /// Codes of its themes: the proposed ones, then the agreed.
    pub themes: Vec<Code>,
    /// The cities that accepted.
    pub accepted: BTreeSet<CityId>,
    /// The cities whose last word was no.
    pub declined: BTreeSet<CityId>,
    /// The cities taken out of it.
    pub removed: BTreeSet<CityId>,
    /// Whether the cities met for the first time.
    pub kicked_off: bool,
    /// Where it was before it was suspended.
    pub before_suspension: Option<PartnershipStatus>,
    /// The experts who advise it.
    pub advisors: Vec<PersonId>,
    /// Advice given, by id.
    pub advice: BTreeMap<Code, Advice>,
    /// Agreements of its bodies.
    pub agreements: Vec<AgreementSigned>,
    /// Versions of its action plan, with the paper where there is one.
    pub action_plans: BTreeMap<u32, Option<DocumentId>>,
    /// What goes on beyond the programme.
    pub continuations: Vec<ContinuationCommitted>,
}

/// One advice and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// What it is about.
    pub subject: Line,
    /// What was advised.
    pub text: Prose,
    /// Who gave it, when another recorded it.
    pub expert: Option<PersonId>,
    /// Whether it was taken, once answered.
    pub taken: Option<bool>,
}

impl Partnership {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: Some(self.programme),
            partnerships: vec![self.id],
            cities: self.cities.clone(),
            persons: self.advisors.clone(),
            ..Scope::default()
        }
    }

    /// Whether visits, meetings and pilots can be planned in it.
    pub fn is_working(&self) -> bool {
        matches!(self.status, PartnershipStatus::Formed | PartnershipStatus::KickedOff | PartnershipStatus::Active)
    }

    /// The bodies that signed an agreement in it.
    pub fn bodies(&self) -> impl Iterator<Item = &Party> {
        self.agreements.iter().flat_map(|agreement| &agreement.parties)
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Partnership>, subject: Subject, event: &PartnershipEvent) -> Option<Partnership> {
    match (state, event) {
        (None, PartnershipEvent::PartnershipProposed(proposed)) => Some(Partnership {
            id: PartnershipId(subject.id),
            programme: proposed.programme,
            status: PartnershipStatus::Proposed,
            cities: proposed.cities.clone(),
            themes: proposed.themes.clone(),
            accepted: BTreeSet::new(),
            declined: BTreeSet::new(),
            removed: BTreeSet::new(),
            kicked_off: false,
            before_suspension: None,
            advisors: Vec::new(),
            advice: BTreeMap::new(),
            agreements: Vec::new(),
            action_plans: BTreeMap::new(),
            continuations: Vec::new(),
        }),
        (state, event) => state.map(|partnership| evolve_known(partnership, event)),
    }
}

fn evolve_known(mut partnership: Partnership, event: &PartnershipEvent) -> Partnership {
    use PartnershipEvent as Event;
    match event {
        Event::PartnershipProposed(_) => {}
        Event::PartnershipAccepted(accepted) => {
            partnership.declined.remove(&accepted.city);
            partnership.accepted.insert(accepted.city);
        }
        Event::PartnershipDeclined(declined) => {
            partnership.accepted.remove(&declined.city);
            partnership.declined.insert(declined.city);
        }
        Event::PartnershipFormed(_) => partnership.status = PartnershipStatus::Formed,
        Event::CityAdded(added) => {
            partnership.cities.push(added.city);
            partnership.removed.remove(&added.city);
        }
        Event::CityRemoved(removed) => {
            partnership.cities.retain(|city| *city != removed.city);
            partnership.accepted.remove(&removed.city);
            partnership.declined.remove(&removed.city);
            partnership.removed.insert(removed.city);
        }
        Event::PartnershipKickedOff(_) => {
            partnership.kicked_off = true;
            partnership.status = PartnershipStatus::KickedOff;
        }
        Event::TopicsAgreed(agreed) => {
            partnership.themes.clone_from(&agreed.themes);
            partnership.status = PartnershipStatus::Active;
        }
        Event::PartnershipSuspended(_) => {
            partnership.before_suspension = Some(partnership.status);
            partnership.status = PartnershipStatus::Suspended;
        }
        Event::PartnershipResumed(_) => {
            partnership.status = partnership.before_suspension.take().unwrap_or(PartnershipStatus::Active);
        }
        Event::PartnershipDissolved(_) => partnership.status = PartnershipStatus::Dissolved,
        Event::PartnershipCompleted(_) => partnership.status = PartnershipStatus::Completed,
        Event::AdvisorAssigned(_)
        | Event::AdviceRecorded(_)
        | Event::AdviceAnswered(_)
        | Event::AgreementSigned(_)
        | Event::ActionPlanAdopted(_)
        | Event::ContinuationCommitted(_) => work::evolve(&mut partnership, event),
    }
    partnership
}

/// The subjects a decision on a partnership needs to know: its programme and its cities, which may become active by
/// it, and the persons and papers named.
pub fn relies_on(command: &PartnershipCommand, world: &World) -> Vec<Subject> {
    use PartnershipCommand as Ask;
    let mut subjects = Vec::new();
    if let Some(partnership) = world.partnership(PartnershipId(command.subject().id)) {
        subjects.push(partnership.programme.subject());
        if membership::concerns(command) {
            subjects.extend(partnership.cities.iter().map(|city| city.subject()));
        }
    }
    match command {
        Ask::ProposePartnership(command) => {
            subjects.push(command.programme.subject());
            subjects.extend(command.cities.iter().map(|city| city.subject()));
        }
        Ask::AddCity(command) => subjects.push(command.city.subject()),
        Ask::AssignAdvisor(command) => subjects.push(command.expert.subject()),
        Ask::SignAgreement(command) => {
            subjects.extend(command.parties.iter().map(|party| party.city.subject()));
            subjects.extend(command.document.map(Subject::from));
        }
        Ask::AdoptActionPlan(command) => subjects.extend(command.document.map(Subject::from)),
        Ask::CommitContinuation(command) => {
            subjects.extend(command.bodies.iter().map(|party| party.city.subject()));
            subjects.extend(command.document.map(Subject::from));
        }
        _ => {}
    }
    subjects
}

/// Decides a command on a partnership.
///
/// # Errors
/// Unfit fields, or the [`PartnershipRule`] that forbids it.
pub fn decide(partnership: Option<&Partnership>, command: &PartnershipCommand, context: &Context<'_>) -> Decision {
    use PartnershipCommand as Ask;
    match (command, partnership) {
        (Ask::ProposePartnership(command), None) => membership::propose(command, context),
        (_, None) => Err(Rejection::Absent),
        (Ask::ProposePartnership(_), Some(partnership)) => {
            Err(PartnershipRule::PartnershipAlreadyExists { status: partnership.status }.into())
        }
        (Ask::AcceptPartnership(command), Some(partnership)) => membership::accept(partnership, command, context),
        (Ask::DeclinePartnership(command), Some(partnership)) => membership::decline(partnership, command, context),
        (Ask::AddCity(command), Some(partnership)) => membership::add_city(partnership, command, context),
        (Ask::RemoveCity(command), Some(partnership)) => membership::remove_city(partnership, command, context),
        (Ask::KickOffPartnership(command), Some(partnership)) => kick_off(partnership, command, context),
        (Ask::AgreeTopics(command), Some(partnership)) => agree_topics(partnership, command, context),
        (Ask::SuspendPartnership(command), Some(partnership)) => suspend(partnership, command, context),
        (Ask::ResumePartnership(command), Some(partnership)) => resume(partnership, command, context),
        (Ask::DissolvePartnership(command), Some(partnership)) => dissolve(partnership, command, context),
        (Ask::CompletePartnership(command), Some(partnership)) => complete(partnership, command, context),
        (Ask::AssignAdvisor(command), Some(partnership)) => work::assign_advisor(partnership, command, context),
        (Ask::RecordAdvice(command), Some(partnership)) => work::record_advice(partnership, command, context),
        (Ask::AnswerAdvice(command), Some(partnership)) => work::answer_advice(partnership, command, context),
        (Ask::SignAgreement(command), Some(partnership)) => work::sign_agreement(partnership, command, context),
        (Ask::AdoptActionPlan(command), Some(partnership)) => work::adopt_action_plan(partnership, command, context),
        (Ask::CommitContinuation(command), Some(partnership)) => {
            work::commit_continuation(partnership, command, context)
        }
    }
}

/// The partnership must be formed and at work, in a programme that is not closed.
fn at_work(partnership: &Partnership, context: &Context<'_>) -> Result<(), Rejection> {
    match partnership.status {
        PartnershipStatus::Formed | PartnershipStatus::KickedOff | PartnershipStatus::Active => {
            context.open_programme("", partnership.programme).map(|_| ())
        }
        status => Err(not_at_work(status)),
    }
}

/// Why a partnership of that status is not at work.
fn not_at_work(status: PartnershipStatus) -> Rejection {
    match status {
        PartnershipStatus::Proposed => PartnershipRule::PartnershipNotFormed.into(),
        PartnershipStatus::Suspended => PartnershipRule::PartnershipAlreadySuspended.into(),
        PartnershipStatus::Completed => PartnershipRule::PartnershipAlreadyCompleted.into(),
        PartnershipStatus::Dissolved => PartnershipRule::PartnershipAlreadyDissolved.into(),
        _ => PartnershipRule::PartnershipAlreadyFormed.into(),
    }
}

fn kick_off(partnership: &Partnership, command: &KickOffPartnership, context: &Context<'_>) -> Decision {
    if partnership.kicked_off {
        return Err(PartnershipRule::PartnershipAlreadyKickedOff.into());
    }
    at_work(partnership, context)?;
    if partnership.status == PartnershipStatus::Active {
        return Err(PartnershipRule::TopicsAlreadyAgreed.into());
    }
    fact(PartnershipKickedOff { date: command.date })
}

fn agree_topics(partnership: &Partnership, command: &AgreeTopics, context: &Context<'_>) -> Decision {
    at_work(partnership, context)?;
    let themes = if command.themes.is_empty() { &partnership.themes } else { &command.themes };
    if partnership.status == PartnershipStatus::Active && *themes == partnership.themes {
        return Err(PartnershipRule::TopicsAlreadyAgreed.into());
    }
    if themes.is_empty() {
        return Err(Rejection::unfit("/themes", "name at least one theme, since none was proposed"));
    }
    membership::check_themes(themes, partnership.programme, context)?;
    fact(TopicsAgreed { themes: themes.clone(), was_themes: partnership.themes.clone() })
}

fn suspend(partnership: &Partnership, command: &SuspendPartnership, context: &Context<'_>) -> Decision {
    at_work(partnership, context)?;
    fact(PartnershipSuspended { reason: command.reason.clone() })
}

fn resume(partnership: &Partnership, command: &ResumePartnership, context: &Context<'_>) -> Decision {
    match partnership.status {
        PartnershipStatus::Suspended => {
            context.open_programme("", partnership.programme)?;
            fact(PartnershipResumed { reason: command.reason.clone() })
        }
        status if partnership.is_working() => Err(PartnershipRule::PartnershipAlreadyAtWork { status }.into()),
        status => Err(not_at_work(status)),
    }
}

fn dissolve(partnership: &Partnership, command: &DissolvePartnership, context: &Context<'_>) -> Decision {
    match partnership.status {
        PartnershipStatus::Completed | PartnershipStatus::Dissolved => Err(not_at_work(partnership.status)),
        _ => {
            context.open_programme("", partnership.programme)?;
            fact(PartnershipDissolved { reason: command.reason.clone() })
        }
    }
}

fn complete(partnership: &Partnership, command: &CompletePartnership, context: &Context<'_>) -> Decision {
    at_work(partnership, context)?;
    if partnership.status != PartnershipStatus::Active {
        return Err(PartnershipRule::PartnershipNotActive.into());
    }
    fact(PartnershipCompleted { self_assessment: command.self_assessment.clone() })
}

/// The rules that forbid commands on partnerships.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PartnershipRule {
    #[error("There is a partnership with this id already; it is {}.", words(*status))]
    PartnershipAlreadyExists { status: PartnershipStatus },
    #[error("This city has accepted the partnership already.")]
    PartnershipAlreadyAccepted,
    #[error("This city has declined the partnership already. It may still accept, or be taken out.")]
    PartnershipAlreadyDeclined,
    #[error(
        "The partnership was formed already. A city leaves a formed partnership by being taken out, with the reason."
    )]
    PartnershipAlreadyFormed,
    #[error("This city is in the partnership already.")]
    CityAlreadyInPartnership,
    #[error("This city was taken out of the partnership already.")]
    CityAlreadyRemoved,
    #[error(
        "Without this city the partnership would no longer have two cities of two countries. Add another first, or dissolve it."
    )]
    PartnershipNeedsTwoCountries,
    #[error("The partnership was kicked off already.")]
    PartnershipAlreadyKickedOff,
    #[error("The cities have agreed these topics already, and the partnership is active.")]
    TopicsAlreadyAgreed,
    #[error("The partnership is not formed yet: a city has still to accept.")]
    PartnershipNotFormed,
    #[error("The partnership is not active yet. Agree its topics first.")]
    PartnershipNotActive,
    #[error("The partnership is suspended already. Resume it first.")]
    PartnershipAlreadySuspended,
    #[error("The partnership is at work already; it is {}.", words(*status))]
    PartnershipAlreadyAtWork { status: PartnershipStatus },
    #[error("The partnership was completed already.")]
    PartnershipAlreadyCompleted,
    #[error("The partnership was dissolved already, so nothing more can be done in it.")]
    PartnershipAlreadyDissolved,
    #[error("This expert advises the partnership already.")]
    AdvisorAlreadyAssigned,
    #[error("This person no longer takes part, so cannot advise. Ask somebody else.")]
    AdvisorTakesNoPart,
    #[error("The advice {advice} was recorded already.")]
    AdviceAlreadyRecorded { advice: Code },
    #[error("The advice {advice} was answered already.")]
    AdviceAlreadyAnswered { advice: Code },
    #[error("This agreement was recorded already.")]
    AgreementAlreadySigned,
    #[error("Version {version} of the action plan was adopted already. Adopt the next version.")]
    ActionPlanAlreadyAdopted { version: u32 },
    #[error("This continuation was committed already.")]
    ContinuationAlreadyCommitted,
    #[error("The partnership holds as much of this as it can: 500 entries.")]
    PartnershipFull,
}

rejections!(PartnershipRule);

/// The status as people say it.
fn words(status: PartnershipStatus) -> String {
    let word: &str = status.into();
    word.replace('-', " ")
}
