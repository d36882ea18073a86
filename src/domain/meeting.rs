//! The meeting: scheduled, held, minuted; a webinar: scheduled, delivered, recorded; or cancelled.
//!
//! A webinar's recording may be announced before it has an address. Who came is recorded when the meeting is held.

mod commands;
mod outcome;
mod plan;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeSet;

use koinon_events::meeting::*;
use koinon_events::value::{LocalMoment, Prose, WebAddress, Zone};
use koinon_events::{CityId, MeetingId, PartnershipId, PersonId, ProgrammeId, Subject};

pub use commands::*;

use super::belonging::subjects;
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection};

/// How far a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum MeetingStatus {
    /// Has its time.
    Scheduled,
    /// Took place.
    Held,
    /// Its minutes are published.
    Minuted,
    /// A webinar that took place.
    Delivered,
    /// A webinar whose recording is published or announced.
    Recorded,
    /// Will not take place.
    Cancelled,
}

/// What the rules need to know of a meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Its identity.
    pub id: MeetingId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The partnerships it is held for.
    pub partnerships: Vec<PartnershipId>,
    /// What it is for.
    pub kind: MeetingKind,
    /// How far it is.
    pub status: MeetingStatus,
    /// The cities that organise it.
    pub organisers: Vec<CityId>,
    /// The cities it is held for, beside those of its partnerships.
    pub cities: Vec<CityId>,
    /// The cities that people came from.
    pub attending: Vec<CityId>,
    /// Persons who spoke, took something on or were there.
    pub named: BTreeSet<PersonId>,
    /// When it starts.
    pub start: LocalMoment,
    /// The zone of the start.
    pub timezone: Zone,
    /// The presentations so far.
    pub presentations: Vec<PresentationAdded>,
    /// The decisions so far.
    pub decisions: Vec<Prose>,
    /// Whether the minutes are published.
    pub has_minutes: bool,
    /// The recording's address; `Some(None)` while it is only announced.
    pub recording: Option<Option<WebAddress>>,
}

impl Meeting {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let mut cities = self.organisers.clone();
        cities.extend(self.cities.iter().filter(|city| !self.organisers.contains(city)));
        Scope {
            programme: Some(self.programme),
            partnerships: self.partnerships.clone(),
            cities,
            onlookers: self.attending.clone(),
            persons: self.named.iter().copied().collect(),
            ..Scope::default()
        }
    }

    /// Whether it took place.
    pub fn is_over(&self) -> bool {
        !matches!(self.status, MeetingStatus::Scheduled | MeetingStatus::Cancelled)
    }

    /// The status it has once it took place.
    fn held(&self) -> MeetingStatus {
        match self.kind {
            MeetingKind::Webinar => MeetingStatus::Delivered,
            _ => MeetingStatus::Held,
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Meeting>, subject: Subject, event: &MeetingEvent) -> Option<Meeting> {
    if let (None, MeetingEvent::MeetingScheduled(scheduled)) = (&state, event) {
        return Some(Meeting {
            id: MeetingId(subject.id),
            programme: scheduled.programme,
            partnerships: scheduled.partnerships.clone(),
            kind: scheduled.kind,
            status: MeetingStatus::Scheduled,
            organisers: scheduled.organisers.clone(),
            cities: scheduled.cities.clone(),
            attending: Vec::new(),
            named: BTreeSet::new(),
            start: scheduled.start,
            timezone: scheduled.timezone,
            presentations: Vec::new(),
            decisions: Vec::new(),
            has_minutes: false,
            recording: None,
        });
    }
    state.map(|meeting| evolve_known(meeting, event))
}

fn evolve_known(mut meeting: Meeting, event: &MeetingEvent) -> Meeting {
    match event {
        MeetingEvent::MeetingScheduled(_) => {}
        MeetingEvent::MeetingRescheduled(moved) => {
            meeting.start = moved.start;
            meeting.timezone = moved.timezone;
        }
        MeetingEvent::MeetingCancelled(_) => meeting.status = MeetingStatus::Cancelled,
        MeetingEvent::MeetingHeld(held) => {
            meeting.status = meeting.held();
            meeting.attending = held.cities.keys().copied().collect();
            meeting.named.extend(&held.present);
        }
        MeetingEvent::PresentationAdded(added) => {
            meeting.named.extend(added.speaker);
            meeting.presentations.push(added.clone());
        }
        MeetingEvent::DecisionRecorded(decided) => {
            meeting.named.extend(decided.responsible);
            meeting.decisions.push(decided.text.clone());
        }
        MeetingEvent::MinutesPublished(_) => {
            meeting.has_minutes = true;
            if meeting.status == MeetingStatus::Held {
                meeting.status = MeetingStatus::Minuted;
            }
        }
        MeetingEvent::RecordingPublished(published) => {
            meeting.recording = Some(published.url.clone());
            meeting.status = MeetingStatus::Recorded;
        }
        MeetingEvent::RecordingReplaced(replaced) => meeting.recording = Some(replaced.url.clone()),
    }
    meeting
}

/// The subjects a decision on a meeting needs to know.
pub fn relies_on(command: &MeetingCommand, world: &World) -> Vec<Subject> {
    let mut named: Vec<Subject> = Vec::new();
    match command {
        MeetingCommand::ScheduleMeeting(command) => {
            named.push(command.programme.subject());
            named.extend(subjects(&command.partnerships));
            named.extend(subjects(&command.organisers));
            named.extend(subjects(&command.cities));
            named.extend(&command.follows);
        }
        MeetingCommand::HoldMeeting(command) => {
            named.extend(subjects(&command.present));
            named.extend(command.cities.keys().map(|city| city.subject()));
            named.extend(command.document.map(Subject::from));
        }
        MeetingCommand::AddPresentation(command) => {
            named.extend(command.speaker.map(Subject::from));
            named.extend(command.city.map(Subject::from));
            named.extend(command.document.map(Subject::from));
        }
        MeetingCommand::RecordDecision(command) => named.extend(command.responsible.map(Subject::from)),
        MeetingCommand::PublishMinutes(command) => named.extend(command.document.map(Subject::from)),
        MeetingCommand::PublishRecording(command) => named.extend(command.transcript.map(Subject::from)),
        MeetingCommand::RescheduleMeeting(_)
        | MeetingCommand::CancelMeeting(_)
        | MeetingCommand::ReplaceRecording(_) => {}
    }
    let meeting = world.meeting(MeetingId(command.subject().id));
    named.extend(meeting.map(|meeting| meeting.programme.subject()));
    named
}

/// Decides a command on a meeting.
///
/// # Errors
/// Unfit fields, or the [`MeetingRule`] that forbids it.
pub fn decide(meeting: Option<&Meeting>, command: &MeetingCommand, context: &Context<'_>) -> Decision {
    if let MeetingCommand::ScheduleMeeting(command) = command {
        return plan::schedule(meeting, command, context);
    }
    let meeting = meeting.ok_or(Rejection::Absent)?;
    context.running_programme("", meeting.programme)?;
    if meeting.status == MeetingStatus::Cancelled {
        return Err(MeetingRule::MeetingAlreadyCancelled.into());
    }
    match command {
        MeetingCommand::ScheduleMeeting(command) => plan::schedule(Some(meeting), command, context),
        MeetingCommand::RescheduleMeeting(command) => plan::reschedule(meeting, command),
        MeetingCommand::CancelMeeting(command) => plan::cancel(meeting, command),
        MeetingCommand::HoldMeeting(command) => outcome::hold(meeting, command, context),
        MeetingCommand::AddPresentation(command) => outcome::add_presentation(meeting, command, context),
        MeetingCommand::RecordDecision(command) => outcome::record_decision(meeting, command, context),
        MeetingCommand::PublishMinutes(command) => outcome::publish_minutes(meeting, command, context),
        MeetingCommand::PublishRecording(command) => outcome::publish_recording(meeting, command, context),
        MeetingCommand::ReplaceRecording(command) => outcome::replace_recording(meeting, command),
    }
}

/// The rules that forbid commands on meetings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum MeetingRule {
    #[error("There is a meeting with this id already. To change its time, move it.")]
    MeetingAlreadyExists,
    #[error("This meeting was cancelled already, so nothing more is recorded for it.")]
    MeetingAlreadyCancelled,
    #[error("This meeting has been held already, so its time and attendance stand.")]
    MeetingAlreadyHeld,
    #[error("This meeting starts at that time already.")]
    MeetingAlreadyAtThatTime,
    #[error("This meeting has not been held yet. Record that it was held first.")]
    MeetingNotHeld,
    #[error("One of the partnerships was dissolved, so no meeting is planned for it.")]
    PartnershipDissolved,
    #[error("This presentation is part of the meeting already.")]
    PresentationAlreadyAdded,
    #[error("The meeting has recorded this decision already.")]
    DecisionAlreadyRecorded,
    #[error("The minutes of this meeting are published already.")]
    MinutesAlreadyPublished,
    #[error("Only a webinar has a recording; this meeting is of another kind.")]
    NotAWebinar,
    #[error("The recording is published already. To change its address, replace it and say why.")]
    RecordingAlreadyPublished,
    #[error("The recording is at this address already.")]
    RecordingAlreadyThere,
    #[error("There is no recording yet. Publish or announce it first.")]
    RecordingNotPublished,
}

rejections!(MeetingRule);
