//! Whether and when a visit takes place: proposing, scheduling, moving, postponing, cancelling, confirming.

use koinon_events::value::Day;
use koinon_events::visit::{
    VisitCancelled, VisitConfirmed, VisitPostponed, VisitProposed, VisitRescheduled, VisitScheduled,
};
use koinon_events::{CityId, Kind, PartnershipId, ProgrammeId, Subject};

use super::rules::over;
use super::{CancelVisit, PostponeVisit, ProposeVisit, RescheduleVisit, ScheduleVisit, Visit, VisitRule, VisitStatus};
use crate::domain::belonging::{check_list, has_left, subjects};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// The subjects a plan names.
pub(super) fn relies_on(
    programme: ProgrammeId,
    partnership: Option<PartnershipId>,
    host: CityId,
    visiting: &[CityId],
) -> Vec<Subject> {
    let mut named = vec![programme.subject(), host.subject()];
    named.extend(partnership.map(Subject::from));
    named.extend(subjects(visiting));
    named
}

pub(super) fn propose(visit: Option<&Visit>, command: &ProposeVisit, context: &Context<'_>) -> Decision {
    if let Some(visit) = visit {
        return Err(VisitRule::VisitAlreadyExists { status: visit.status }.into());
    }
    check_plan(command.programme, command.partnership, command.host_city, &command.visiting_cities, context)?;
    check_list("/themes", &command.themes)?;
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

pub(super) fn schedule(visit: Option<&Visit>, command: &ScheduleVisit, context: &Context<'_>) -> Decision {
    if let Some(visit) = visit.filter(|visit| visit.status != VisitStatus::Proposed) {
        return Err(VisitRule::VisitAlreadyScheduled { status: visit.status }.into());
    }
    check_days(command.from, command.to)?;
    check_plan(command.programme, command.partnership, command.host_city, &command.visiting_cities, context)?;
    check_list("/themes", &command.themes)?;
    context.themes("/themes", command.programme, &command.themes)?;
    check_list("/follows", &command.follows)?;
    for (at, followed) in command.follows.iter().enumerate() {
        let pointer = format!("/follows/{at}");
        if !matches!(followed.kind, Kind::Visit | Kind::Meeting) {
            return Err(Rejection::unfit(pointer, "a visit can follow visits and meetings only"));
        }
        if context.exists(&pointer, *followed)?.scope().programme != Some(command.programme) {
            return Err(Rejection::unfit(pointer, "this belongs to another programme"));
        }
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
        objectives: Some(command.objectives.clone()),
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

/// Host and visitors must be cities of the programme that take part, and the partnership must be at work.
fn check_plan(
    programme: ProgrammeId,
    partnership: Option<PartnershipId>,
    host: CityId,
    visiting: &[CityId],
    context: &Context<'_>,
) -> Result<(), Rejection> {
    context.running_programme("/programme", programme)?;
    context.city_in("/host_city", host, programme)?;
    context.cities_in("/visiting_cities", visiting, programme)?;
    if visiting.is_empty() {
        return Err(Rejection::unfit("/visiting_cities", "at least one city must come"));
    }
    if let Some(at) = visiting.iter().position(|city| *city == host) {
        return Err(Rejection::unfit(format!("/visiting_cities/{at}"), "a city cannot visit itself"));
    }
    if let Some(id) = partnership
        && !context.partnership_in("/partnership", id, programme)?.is_working()
    {
        return Err(VisitRule::PartnershipNotWorking.into());
    }
    let mut cities = std::iter::once(&host).chain(visiting);
    if cities.any(|city| context.world.city(*city).is_some_and(has_left)) {
        return Err(VisitRule::CityNotTakingPart.into());
    }
    Ok(())
}

pub(super) fn reschedule(visit: &Visit, command: &RescheduleVisit) -> Decision {
    check_days(command.from, command.to)?;
    match visit.status {
        _ if visit.days == Some((command.from, command.to)) && is_planned(visit.status) => {
            Err(VisitRule::VisitAlreadyOnTheseDays.into())
        }
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

fn is_planned(status: VisitStatus) -> bool {
    matches!(status, VisitStatus::Scheduled | VisitStatus::Confirmed)
}

pub(super) fn postpone(visit: &Visit, command: &PostponeVisit) -> Decision {
    match visit.status {
        VisitStatus::Scheduled | VisitStatus::Confirmed => fact(VisitPostponed { reason: command.reason.clone() }),
        VisitStatus::Postponed => Err(VisitRule::VisitAlreadyPostponed.into()),
        VisitStatus::Proposed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}

pub(super) fn cancel(visit: &Visit, command: &CancelVisit) -> Decision {
    match visit.status {
        VisitStatus::Completed | VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        _ => fact(VisitCancelled { reason: command.reason.clone() }),
    }
}

pub(super) fn confirm(visit: &Visit) -> Decision {
    match visit.status {
        VisitStatus::Scheduled => fact(VisitConfirmed {}),
        VisitStatus::Confirmed => Err(VisitRule::VisitAlreadyConfirmed.into()),
        VisitStatus::Proposed | VisitStatus::Postponed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}
