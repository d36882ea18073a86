//! How a visit's row moves on with what happens.

use koinon_events::value::{Code, Day, Prose};
use koinon_events::visit::*;
use koinon_events::{CityId, PartnershipId, ProgrammeId, VisitId};

use super::{Attendance, Delegate, Logistics, MissionNote, Session, SessionStatus, VisitRow, VisitStatus};
use crate::entry::Entry;
use crate::mark::{Mark, add};

/// What proposing and scheduling have in common.
pub(super) struct Plan<'a> {
    programme: ProgrammeId,
    partnership: Option<PartnershipId>,
    kind: VisitKind,
    format: VisitFormat,
    host_city: CityId,
    visiting_cities: &'a [CityId],
    themes: &'a [Code],
    objectives: Option<&'a Prose>,
    status: VisitStatus,
}

macro_rules! plan_of {
    ($event:ident, $status:ident) => {
        impl<'a> From<&'a $event> for Plan<'a> {
            fn from(event: &'a $event) -> Self {
                Self {
                    programme: event.programme,
                    partnership: event.partnership,
                    kind: event.kind,
                    format: event.format,
                    host_city: event.host_city,
                    visiting_cities: &event.visiting_cities,
                    themes: &event.themes,
                    objectives: event.objectives.as_ref(),
                    status: VisitStatus::$status,
                }
            }
        }
    };
}
plan_of!(VisitProposed, Proposed);
plan_of!(VisitScheduled, Scheduled);

impl VisitRow {
    pub(super) fn begun(id: VisitId, begun: Mark, plan: Plan<'_>) -> Self {
        Self {
            id,
            programme: plan.programme,
            partnership: plan.partnership,
            kind: plan.kind,
            format: plan.format,
            status: plan.status,
            host_city: plan.host_city,
            visiting_cities: plan.visiting_cities.to_vec(),
            window: None,
            from: None,
            to: None,
            themes: plan.themes.to_vec(),
            objectives: plan.objectives.cloned(),
            follows: Vec::new(),
            followed_by: Vec::new(),
            started_on: None,
            ended_on: None,
            reason: None,
            delegates: Vec::new(),
            delegation_confirmed: false,
            delegation_size: None,
            experts: Vec::new(),
            sessions: Vec::new(),
            itinerary_published: false,
            logistics: Vec::new(),
            attendance: Vec::new(),
            summary: None,
            mission_notes: Vec::new(),
            learnings_due: None,
            learnings: Vec::new(),
            actions: Vec::new(),
            discussions: Vec::new(),
            evidence: Vec::new(),
            begun,
            scheduled: None,
            completed: None,
            cancelled: None,
            first_learning: None,
            version: 0,
            position: 0,
            updated: begun.recorded,
        }
    }

    pub(super) fn planned(mut self, plan: Plan<'_>) -> Self {
        self.partnership = plan.partnership;
        self.kind = plan.kind;
        self.format = plan.format;
        self.status = plan.status;
        self.host_city = plan.host_city;
        self.visiting_cities = plan.visiting_cities.to_vec();
        self.themes = plan.themes.to_vec();
        self.objectives = plan.objectives.cloned();
        self
    }

    pub(super) fn set_days(&mut self, from: Day, to: Day) {
        self.from = Some(from);
        self.to = Some(to);
    }

    fn session(&mut self, code: &Code, change: impl FnOnce(&mut Session)) {
        if let Some(session) = self.sessions.iter_mut().find(|session| session.session == *code) {
            change(session);
        }
    }

    pub(super) fn moved_on(&mut self, entry: &Entry, event: &VisitEvent) {
        match event {
            VisitEvent::VisitProposed(_) | VisitEvent::VisitScheduled(_) => {}
            VisitEvent::VisitRescheduled(event) => {
                self.set_days(event.from, event.to);
                self.status = VisitStatus::Scheduled;
                self.scheduled.get_or_insert(Mark::from(entry));
                self.reason = Some(event.reason.clone());
            }
            VisitEvent::VisitPostponed(event) => {
                self.from = None;
                self.to = None;
                self.status = VisitStatus::Postponed;
                self.reason = Some(event.reason.clone());
            }
            VisitEvent::VisitCancelled(event) => {
                self.status = VisitStatus::Cancelled;
                self.cancelled = Some(Mark::from(entry));
                self.reason = Some(event.reason.clone());
            }
            VisitEvent::VisitConfirmed(_) => self.status = VisitStatus::Confirmed,
            VisitEvent::VisitStarted(event) => {
                self.status = VisitStatus::UnderWay;
                self.started_on = event.date.or(self.from);
            }
            VisitEvent::VisitCompleted(event) => {
                self.status = VisitStatus::Completed;
                self.summary.clone_from(&event.summary);
                self.ended_on = event.date.or(self.to);
                self.completed = Some(Mark::from(entry));
            }
            VisitEvent::LearningsRequested(event) => self.learnings_due = Some(event.due),
            VisitEvent::VisitClosed(event) => {
                self.status = VisitStatus::Closed;
                event.learning.into_iter().for_each(|learning| add(&mut self.learnings, learning));
                if event.reason.is_some() {
                    self.reason.clone_from(&event.reason);
                }
            }
            event => self.prepared(entry, event),
        }
    }

    fn prepared(&mut self, entry: &Entry, event: &VisitEvent) {
        match event {
            VisitEvent::DelegateInvited(event) => {
                self.delegates.retain(|delegate| delegate.person != event.person);
                self.delegates.push(Delegate { person: event.person, city: event.city });
            }
            VisitEvent::DelegateReplaced(event) => {
                if let Some(delegate) = self.delegates.iter_mut().find(|delegate| delegate.person == event.from) {
                    delegate.person = event.to;
                }
            }
            VisitEvent::DelegateWithdrawn(event) => {
                self.delegates.retain(|delegate| delegate.person != event.person);
            }
            VisitEvent::DelegationConfirmed(event) => {
                self.delegation_confirmed = true;
                self.delegation_size = event.size;
            }
            VisitEvent::ExpertAssigned(event) => add(&mut self.experts, event.expert),
            VisitEvent::ExpertReplaced(event) => {
                self.experts.retain(|expert| *expert != event.from);
                add(&mut self.experts, event.to);
            }
            VisitEvent::ItineraryPublished(_) => self.itinerary_published = true,
            VisitEvent::LogisticsRecorded(event) => {
                self.logistics.retain(|item| item.kind != event.kind);
                self.logistics.push(Logistics { kind: event.kind.clone(), state: event.state, due: event.due });
            }
            event => self.held(entry, event),
        }
    }

    fn held(&mut self, entry: &Entry, event: &VisitEvent) {
        match event {
            VisitEvent::SessionAdded(event) => self.sessions.push(Session {
                session: event.session.clone(),
                title: event.title.clone(),
                status: SessionStatus::Planned,
                theme: event.theme.clone(),
                body: event.body.clone(),
                place: event.place.clone(),
                day: event.day,
                start: event.start,
                end: event.end,
                speakers: event.speakers.clone(),
                language: event.language.clone(),
                reason: None,
                notes: None,
            }),
            VisitEvent::SessionMoved(event) => self.session(&event.session, |session| {
                session.day = event.day;
                session.start = event.start;
                session.end = event.end;
                session.place.clone_from(&event.place);
                session.reason.clone_from(&event.reason);
            }),
            VisitEvent::SessionDropped(event) => self.session(&event.session, |session| {
                session.status = SessionStatus::Dropped;
                session.reason = Some(event.reason.clone());
            }),
            VisitEvent::SessionHeld(event) => self.session(&event.session, |session| {
                session.status = SessionStatus::Held;
                session.notes.clone_from(&event.notes);
            }),
            VisitEvent::SessionSkipped(event) => self.session(&event.session, |session| {
                session.status = SessionStatus::Skipped;
                session.reason = Some(event.reason.clone());
            }),
            VisitEvent::AttendanceRecorded(event) => {
                let same = |attendance: &&Attendance| attendance.session == event.session;
                let replaces = self.attendance.iter().filter(same);
                let replaces = replaces.flat_map(|sheet| sheet.replaces.iter().copied().chain([sheet.mark])).collect();
                self.attendance.retain(|attendance| attendance.session != event.session);
                self.attendance.push(Attendance {
                    session: event.session.clone(),
                    present: event.present.clone(),
                    others: event.others.clone(),
                    document: event.document,
                    mark: Mark::from(entry),
                    replaces,
                    reason: event.reason.clone(),
                });
            }
            VisitEvent::MissionNoteSubmitted(event) => {
                self.mission_notes.retain(|note| note.expert != event.expert);
                self.mission_notes.push(MissionNote {
                    expert: event.expert,
                    days: event.days.clone(),
                    document: event.document,
                    text: event.text.clone(),
                    mark: Mark::from(entry),
                    approved: None,
                });
            }
            VisitEvent::MissionNoteApproved(event) => {
                let mut notes = self.mission_notes.iter_mut();
                if let Some(note) = notes.find(|note| note.expert == event.expert) {
                    note.approved = Some(Mark::from(entry));
                }
            }
            _ => {}
        }
    }
}
