//! The visit: proposed, scheduled, confirmed, under way, completed, closed; or postponed, or cancelled.
//!
//! A visit that names a partnership needs it formed, kicked off or active. Every step backwards carries its reason.

mod commands;
#[cfg(test)]
mod scenarios;

use koinon_events::value::Day;
use koinon_events::visit::*;
use koinon_events::{CityId, Kind, PartnershipId, PersonId, ProgrammeId, Subject, VisitId};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum VisitStatus {
    /// Wanted, without dates.
    Proposed,
    /// Has dates.
    Scheduled,
    /// The host agreed to the dates.
    Confirmed,
    /// Put off without new dates.
    Postponed,
    /// Going on.
    UnderWay,
    /// Over.
    Completed,
    /// Settled.
    Closed,
    /// Will not take place.
    Cancelled,
}

/// What the rules need to know of a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Its identity.
    pub id: VisitId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its partnership, when of one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: VisitStatus,
    /// The city that receives.
    pub host_city: CityId,
    /// The cities that come.
    pub visiting_cities: Vec<CityId>,
    /// First day and last day, once set.
    pub days: Option<(Day, Day)>,
    /// The experts who accompany it.
    pub experts: Vec<PersonId>,
}

impl Visit {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let mut cities = vec![self.host_city];
        cities.extend(&self.visiting_cities);
        Scope { programme: Some(self.programme), partnership: self.partnership, cities, persons: self.experts.clone() }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Visit>, subject: Subject, event: &VisitEvent) -> Option<Visit> {
    match (state, event) {
        (None, VisitEvent::VisitProposed(proposed)) => Some(Visit {
            id: VisitId(subject.id),
            programme: proposed.programme,
            partnership: proposed.partnership,
            status: VisitStatus::Proposed,
            host_city: proposed.host_city,
            visiting_cities: proposed.visiting_cities.clone(),
            days: None,
            experts: Vec::new(),
        }),
        (None, VisitEvent::VisitScheduled(scheduled)) => Some(Visit {
            id: VisitId(subject.id),
            programme: scheduled.programme,
            partnership: scheduled.partnership,
            status: VisitStatus::Scheduled,
            host_city: scheduled.host_city,
            visiting_cities: scheduled.visiting_cities.clone(),
            days: Some((scheduled.from, scheduled.to)),
            experts: Vec::new(),
        }),
        (state, event) => state.map(|visit| evolve_known(visit, event)),
    }
}

fn evolve_known(mut visit: Visit, event: &VisitEvent) -> Visit {
    match event {
        VisitEvent::VisitScheduled(scheduled) => {
            visit.partnership = scheduled.partnership;
            visit.host_city = scheduled.host_city;
            visit.visiting_cities.clone_from(&scheduled.visiting_cities);
            visit.days = Some((scheduled.from, scheduled.to));
            visit.status = VisitStatus::Scheduled;
        }
        VisitEvent::VisitRescheduled(moved) => {
            visit.days = Some((moved.from, moved.to));
            visit.status = VisitStatus::Scheduled;
        }
        VisitEvent::VisitPostponed(_) => {
            visit.days = None;
            visit.status = VisitStatus::Postponed;
        }
        VisitEvent::VisitCancelled(_) => visit.status = VisitStatus::Cancelled,
        VisitEvent::VisitConfirmed(_) => visit.status = VisitStatus::Confirmed,
        _ => {}
    }
    visit
}

/// The subjects a decision on a visit needs to know.
pub fn relies_on(command: &VisitCommand, _world: &World) -> Vec<Subject> {
    let plan = match command {
        VisitCommand::ProposeVisit(plan) => {
            (plan.programme, plan.partnership, plan.host_city, &plan.visiting_cities, [].as_slice())
        }
        VisitCommand::ScheduleVisit(plan) => {
            (plan.programme, plan.partnership, plan.host_city, &plan.visiting_cities, plan.follows.as_slice())
        }
        _ => return Vec::new(),
    };
    let (programme, partnership, host, visiting, follows) = plan;
    let mut subjects = vec![programme.subject(), host.subject()];
    subjects.extend(partnership.map(Subject::from));
    subjects.extend(visiting.iter().map(|city| city.subject()));
    subjects.extend(follows);
    subjects
}

/// Decides a command on a visit.
///
/// # Errors
/// Unfit fields, or the [`VisitRule`] that forbids it.
pub fn decide(visit: Option<&Visit>, command: &VisitCommand, context: &Context<'_>) -> Decision {
    match (command, visit) {
        (VisitCommand::ProposeVisit(_), Some(visit)) => {
            Err(VisitRule::VisitAlreadyExists { status: visit.status }.into())
        }
        (VisitCommand::ProposeVisit(command), None) => propose(command, context),
        (VisitCommand::ScheduleVisit(command), visit) => schedule(visit, command, context),
        (_, None) => Err(Rejection::Absent),
        (VisitCommand::RescheduleVisit(command), Some(visit)) => reschedule(visit, command),
        (VisitCommand::PostponeVisit(command), Some(visit)) => postpone(visit, command),
        (VisitCommand::CancelVisit(command), Some(visit)) => cancel(visit, command),
        (VisitCommand::ConfirmVisit(_), Some(visit)) => confirm(visit),
    }
}

fn propose(command: &ProposeVisit, context: &Context<'_>) -> Decision {
    check_plan(command.programme, command.partnership, command.host_city, &command.visiting_cities, context)?;
    context.themes("/themes", command.programme, &command.themes)?;
    fact(VisitProposed {
        programme: command.programme,
        partnership: command.partnership,
        kind: command.kind,
        format: command.format,
        host_city: command.host_city,
        visiting_cities: command.visiting_cities.clone(),
        window: command.window,
        themes: command.themes.clone(),
        objectives: command.objectives.clone(),
    })
}

fn schedule(visit: Option<&Visit>, command: &ScheduleVisit, context: &Context<'_>) -> Decision {
    if let Some(visit) = visit.filter(|visit| visit.status != VisitStatus::Proposed) {
        return Err(VisitRule::VisitAlreadyScheduled { status: visit.status }.into());
    }
    check_days(command.from, command.to)?;
    check_plan(command.programme, command.partnership, command.host_city, &command.visiting_cities, context)?;
    context.themes("/themes", command.programme, &command.themes)?;
    for (at, followed) in command.follows.iter().enumerate() {
        let pointer = format!("/follows/{at}");
        if !matches!(followed.kind, Kind::Visit | Kind::Meeting) {
            return Err(Rejection::unfit(pointer, "a visit can follow visits and meetings only"));
        }
        context.exists(&pointer, *followed)?;
    }
    fact(VisitScheduled {
        programme: command.programme,
        partnership: command.partnership,
        kind: command.kind,
        format: command.format,
        host_city: command.host_city,
        visiting_cities: command.visiting_cities.clone(),
        from: command.from,
        to: command.to,
        themes: command.themes.clone(),
        objectives: command.objectives.clone(),
        follows: command.follows.clone(),
    })
}

/// The last day may not lie before the first.
fn check_days(from: Day, to: Day) -> Result<(), Rejection> {
    if to < from {
        return Err(Rejection::unfit("/to", format!("the last day must not be before the first day, {from}")));
    }
    Ok(())
}

/// Host and visitors must be cities of the programme, and the partnership must be at work.
fn check_plan(
    programme: ProgrammeId,
    partnership: Option<PartnershipId>,
    host: CityId,
    visiting: &[CityId],
    context: &Context<'_>,
) -> Result<(), Rejection> {
    context.programme("/programme", programme)?;
    let named = std::iter::once(("/host_city".to_owned(), host))
        .chain(visiting.iter().enumerate().map(|(at, city)| (format!("/visiting_cities/{at}"), *city)));
    for (pointer, id) in named {
        if context.city(&pointer, id)?.programme != programme {
            return Err(Rejection::unfit(pointer, "this city takes part in another programme"));
        }
    }
    if visiting.is_empty() {
        return Err(Rejection::unfit("/visiting_cities", "at least one city must come"));
    }
    if let Some(at) = visiting.iter().position(|city| *city == host) {
        return Err(Rejection::unfit(format!("/visiting_cities/{at}"), "a city cannot visit itself"));
    }
    if let Some(id) = partnership {
        let partnership = context.partnership("/partnership", id)?;
        if partnership.programme != programme {
            return Err(Rejection::unfit("/partnership", "this partnership belongs to another programme"));
        }
        if !partnership.is_working() {
            return Err(VisitRule::PartnershipNotWorking.into());
        }
    }
    Ok(())
}

fn reschedule(visit: &Visit, command: &RescheduleVisit) -> Decision {
    check_days(command.from, command.to)?;
    match visit.status {
        VisitStatus::Scheduled | VisitStatus::Confirmed | VisitStatus::Postponed => fact(VisitRescheduled {
            from: command.from,
            to: command.to,
            was_from: visit.days.map(|days| days.0),
            was_to: visit.days.map(|days| days.1),
            reason: command.reason.clone(),
        }),
        VisitStatus::Proposed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}

fn postpone(visit: &Visit, command: &PostponeVisit) -> Decision {
    match visit.status {
        VisitStatus::Scheduled | VisitStatus::Confirmed => fact(VisitPostponed { reason: command.reason.clone() }),
        VisitStatus::Postponed => Err(VisitRule::VisitAlreadyPostponed.into()),
        VisitStatus::Proposed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}

fn cancel(visit: &Visit, command: &CancelVisit) -> Decision {
    match visit.status {
        VisitStatus::Completed | VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        _ => fact(VisitCancelled { reason: command.reason.clone() }),
    }
}

fn confirm(visit: &Visit) -> Decision {
    match visit.status {
        VisitStatus::Scheduled => fact(VisitConfirmed {}),
        VisitStatus::Confirmed => Err(VisitRule::VisitAlreadyConfirmed.into()),
        VisitStatus::Proposed | VisitStatus::Postponed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}

/// The refusal for a visit that is past being planned.
fn over(status: VisitStatus) -> Rejection {
    match status {
        VisitStatus::Cancelled => VisitRule::VisitAlreadyCancelled.into(),
        VisitStatus::UnderWay => VisitRule::VisitAlreadyUnderWay.into(),
        _ => VisitRule::VisitAlreadyHeld.into(),
    }
}

/// The rules that forbid commands on visits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum VisitRule {
    #[error("There is a visit with this id already; it is {}.", words(*status))]
    VisitAlreadyExists { status: VisitStatus },
    #[error("This visit has its dates already; it is {}. To change them, move it and say why.", words(*status))]
    VisitAlreadyScheduled { status: VisitStatus },
    #[error("The visit's partnership is not formed or no longer at work, so no visit can be planned in it.")]
    PartnershipNotWorking,
    #[error("This visit has no dates yet. Schedule it first.")]
    VisitHasNoDates,
    #[error("This visit is postponed already. Move it to new dates or cancel it.")]
    VisitAlreadyPostponed,
    #[error("The host has confirmed this visit already.")]
    VisitAlreadyConfirmed,
    #[error("This visit was cancelled already, so nothing more can be planned for it.")]
    VisitAlreadyCancelled,
    #[error("This visit is under way already, so its dates stand.")]
    VisitAlreadyUnderWay,
    #[error("This visit has been held already, so its dates stand.")]
    VisitAlreadyHeld,
}

rejections!(VisitRule);

/// The status as people say it.
fn words(status: VisitStatus) -> String {
    let word: &str = status.into();
    word.replace('-', " ")
}
