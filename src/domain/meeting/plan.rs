//! Setting, moving and cancelling a meeting.

use chrono::{MappedLocalTime, TimeZone};
use koinon_events::meeting::{MeetingCancelled, MeetingRescheduled, MeetingScheduled};
use koinon_events::value::{LocalMoment, Zone};
use koinon_events::{CityId, Kind};

use super::{CancelMeeting, Meeting, MeetingRule, RescheduleMeeting, ScheduleMeeting};
use crate::domain::belonging::check_list;
use crate::domain::context::Context;
use crate::domain::partnership::PartnershipStatus;
use crate::domain::{Decision, Rejection, fact};

pub(super) fn schedule(meeting: Option<&Meeting>, command: &ScheduleMeeting, context: &Context<'_>) -> Decision {
    if meeting.is_some() {
        return Err(MeetingRule::MeetingAlreadyExists.into());
    }
    let programme = command.programme;
    context.running_programme("/programme", programme)?;
    check_list("/themes", &command.themes)?;
    context.themes("/themes", programme, &command.themes)?;
    context.cities_in("/organisers", &command.organisers, programme)?;
    context.cities_in("/cities", &command.cities, programme)?;
    check_follows(command, context)?;
    check_list("/partnerships", &command.partnerships)?;
    let mut dissolved = false;
    for (at, id) in command.partnerships.iter().enumerate() {
        let partnership = context.partnership_in(&format!("/partnerships/{at}"), *id, programme)?;
        dissolved |= partnership.status == PartnershipStatus::Dissolved;
    }
    let timezone = match command.timezone {
        Some(zone) => zone,
        None => zone_of_first(&command.organisers, context)?,
    };
    check_start(command.start, timezone)?;
    if dissolved {
        return Err(MeetingRule::PartnershipDissolved.into());
    }
    fact(MeetingScheduled {
        programme,
        kind: command.kind,
        title: command.title.clone(),
        partnerships: command.partnerships.clone(),
        open: command.open,
        public: command.public,
        training_scheme: command.training_scheme,
        organisers: command.organisers.clone(),
        cities: command.cities.clone(),
        start: command.start,
        timezone,
        link: command.link.clone(),
        place: command.place.clone(),
        language: command.language.clone(),
        themes: command.themes.clone(),
        description: command.description.clone(),
        follows: command.follows.clone(),
    })
}

fn check_follows(command: &ScheduleMeeting, context: &Context<'_>) -> Result<(), Rejection> {
    check_list("/follows", &command.follows)?;
    for (at, followed) in command.follows.iter().enumerate() {
        let pointer = format!("/follows/{at}");
        if !matches!(followed.kind, Kind::Visit | Kind::Meeting) {
            return Err(Rejection::unfit(pointer, "a meeting can follow visits and meetings only"));
        }
        if context.exists(&pointer, *followed)?.scope().programme != Some(command.programme) {
            return Err(Rejection::unfit(pointer, "this belongs to another programme"));
        }
    }
    Ok(())
}

fn zone_of_first(organisers: &[CityId], context: &Context<'_>) -> Result<Zone, Rejection> {
    let first = organisers.first().ok_or_else(|| {
        Rejection::unfit("/timezone", "is required when no city organises the meeting, such as Europe/Brussels")
    })?;
    Ok(context.city("/organisers/0", *first)?.timezone)
}

/// The start must be a time that the clocks of the zone show: not the hour skipped in spring.
fn check_start(start: LocalMoment, zone: Zone) -> Result<(), Rejection> {
    match zone.0.from_local_datetime(&start.0) {
        MappedLocalTime::None => {
            Err(Rejection::unfit("/start", format!("the clocks in {zone} skip {start} on that day")))
        }
        MappedLocalTime::Single(_) | MappedLocalTime::Ambiguous(..) => Ok(()),
    }
}

pub(super) fn reschedule(meeting: &Meeting, command: &RescheduleMeeting) -> Decision {
    if meeting.is_over() {
        return Err(MeetingRule::MeetingAlreadyHeld.into());
    }
    let timezone = command.timezone.unwrap_or(meeting.timezone);
    check_start(command.start, timezone)?;
    if (command.start, timezone) == (meeting.start, meeting.timezone) {
        return Err(MeetingRule::MeetingAlreadyAtThatTime.into());
    }
    fact(MeetingRescheduled {
        start: command.start,
        timezone,
        was_start: meeting.start,
        was_timezone: meeting.timezone,
        reason: command.reason.clone(),
    })
}

pub(super) fn cancel(meeting: &Meeting, command: &CancelMeeting) -> Decision {
    if meeting.is_over() {
        return Err(MeetingRule::MeetingAlreadyHeld.into());
    }
    fact(MeetingCancelled { reason: command.reason.clone() })
}
