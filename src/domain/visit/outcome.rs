//! What came of a visit: its sessions, who was present, the experts' notes, and its end.

use koinon_events::value::Decimal;
use koinon_events::visit::{
    AttendanceRecorded, LearningsRequested, MissionNoteApproved, MissionNoteSubmitted, SessionHeld, SessionSkipped,
    VisitClosed, VisitCompleted, VisitEvent, VisitStarted,
};

use super::itinerary::planned;
use super::rules::{check_begun, over};
use super::{
    ApproveMissionNote, Attendance, CloseVisit, CompleteVisit, HoldSession, MissionNote, RecordAttendance,
    RequestLearnings, SessionStatus, SkipSession, StartVisit, SubmitMissionNote, Visit, VisitRule, VisitStatus,
};
use crate::domain::belonging::{COUNT_LIMIT, check_range};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// A mission is not longer than a leap year, in millionths of a day.
const DAYS_LIMIT: i128 = 366_000_000;

/// The visit after an event about what came of it.
pub(super) fn apply(visit: &mut Visit, event: &VisitEvent) {
    match event {
        VisitEvent::SessionHeld(held) => {
            if let Some(session) = visit.sessions.get_mut(&held.session) {
                session.status = SessionStatus::Held;
            }
        }
        VisitEvent::SessionSkipped(skipped) => {
            if let Some(session) = visit.sessions.get_mut(&skipped.session) {
                session.status = SessionStatus::Skipped;
            }
        }
        VisitEvent::AttendanceRecorded(recorded) => {
            let attendance = Attendance {
                present: recorded.present.clone(),
                others: recorded.others.clone(),
                document: recorded.document,
            };
            visit.attendance.insert(recorded.session.clone(), attendance);
        }
        VisitEvent::MissionNoteSubmitted(submitted) => {
            let note = MissionNote {
                days: submitted.days.clone(),
                document: submitted.document,
                text: submitted.text.clone(),
                is_approved: false,
            };
            visit.notes.insert(submitted.expert, note);
        }
        VisitEvent::MissionNoteApproved(approved) => {
            if let Some(note) = visit.notes.get_mut(&approved.expert) {
                note.is_approved = true;
            }
        }
        _ => {}
    }
}

pub(super) fn start(visit: &Visit, command: &StartVisit) -> Decision {
    match visit.status {
        VisitStatus::Scheduled | VisitStatus::Confirmed => fact(VisitStarted { date: command.date }),
        VisitStatus::Proposed | VisitStatus::Postponed => Err(VisitRule::VisitHasNoDates.into()),
        status => Err(over(status)),
    }
}

pub(super) fn hold_session(visit: &Visit, command: &HoldSession) -> Decision {
    check_begun(visit)?;
    planned(visit, &command.session)?;
    fact(SessionHeld { session: command.session.clone(), notes: command.notes.clone() })
}

pub(super) fn skip_session(visit: &Visit, command: &SkipSession) -> Decision {
    check_begun(visit)?;
    planned(visit, &command.session)?;
    fact(SessionSkipped { session: command.session.clone(), reason: command.reason.clone() })
}

pub(super) fn record_attendance(visit: &Visit, command: &RecordAttendance, context: &Context<'_>) -> Decision {
    if command.present.is_empty() && command.others.is_empty() {
        return Err(Rejection::unfit("/present", "say who was present: persons, or how many others from each city"));
    }
    context.persons_known_in("/present", &command.present, visit.programme)?;
    for (city, count) in &command.others {
        let pointer = format!("/others/{city}");
        if !visit.concerns(*city) {
            return Err(Rejection::unfit(pointer, "this city neither receives nor comes"));
        }
        check_range(&pointer, *count, 0, COUNT_LIMIT)?;
    }
    context.evidence_if_any("/document", command.document, visit.programme)?;
    check_begun(visit)?;
    if let Some(id) = &command.session {
        match visit.sessions.get(id).map(|session| session.status) {
            None => return Err(Rejection::unfit("/session", format!("the itinerary has no session {id}"))),
            Some(SessionStatus::Dropped) => return Err(VisitRule::SessionAlreadyDropped.into()),
            Some(SessionStatus::Skipped) => return Err(VisitRule::SessionAlreadySkipped.into()),
            Some(SessionStatus::Planned | SessionStatus::Held) => {}
        }
    }
    let recorded =
        Attendance { present: command.present.clone(), others: command.others.clone(), document: command.document };
    let earlier = visit.attendance.get(&command.session);
    if earlier == Some(&recorded) {
        return Err(VisitRule::AttendanceAlreadyRecorded.into());
    }
    fact(AttendanceRecorded {
        session: command.session.clone(),
        present: recorded.present,
        others: recorded.others,
        document: recorded.document,
        was_count: earlier.map(Attendance::count),
        reason: command.reason.clone(),
    })
}

pub(super) fn complete(visit: &Visit, command: &CompleteVisit) -> Decision {
    match visit.status {
        VisitStatus::UnderWay => fact(VisitCompleted { summary: command.summary.clone(), date: command.date }),
        VisitStatus::Completed | VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        VisitStatus::Proposed | VisitStatus::Scheduled | VisitStatus::Confirmed | VisitStatus::Postponed => {
            Err(VisitRule::VisitNotUnderWay.into())
        }
    }
}

pub(super) fn submit_note(visit: &Visit, command: &SubmitMissionNote, context: &Context<'_>) -> Decision {
    check_mission_days(&command.days)?;
    context.evidence_if_any("/document", command.document, visit.programme)?;
    check_begun(visit)?;
    if !visit.experts.contains(&command.expert) && !visit.former_experts.contains(&command.expert) {
        return Err(VisitRule::ExpertNotAssigned.into());
    }
    let earlier = visit.notes.get(&command.expert);
    if earlier.is_some_and(|note| note.is_approved) {
        return Err(VisitRule::MissionNoteAlreadyApproved.into());
    }
    if earlier
        .is_some_and(|note| (&note.days, note.document, &note.text) == (&command.days, command.document, &command.text))
    {
        return Err(VisitRule::MissionNoteAlreadySubmitted.into());
    }
    fact(MissionNoteSubmitted {
        expert: command.expert,
        days: command.days.clone(),
        document: command.document,
        text: command.text.clone(),
        was_days: earlier.map(|note| note.days.clone()),
    })
}

fn check_mission_days(days: &Decimal) -> Result<(), Rejection> {
    if (1..=DAYS_LIMIT).contains(&days.millionths()) {
        return Ok(());
    }
    Err(Rejection::unfit("/days", "must be more than 0 and at most 366"))
}

pub(super) fn approve_note(visit: &Visit, command: &ApproveMissionNote) -> Decision {
    check_begun(visit)?;
    match visit.notes.get(&command.expert) {
        None => Err(VisitRule::MissionNoteNotSubmitted.into()),
        Some(note) if note.is_approved => Err(VisitRule::MissionNoteAlreadyApproved.into()),
        Some(_) => fact(MissionNoteApproved { expert: command.expert }),
    }
}

pub(super) fn close(visit: &Visit, command: &CloseVisit, context: &Context<'_>) -> Decision {
    if let Some(id) = command.learning {
        let learning =
            context.world.learning(id).ok_or_else(|| Rejection::unfit("/learning", "no learning has this id"))?;
        if learning.content.origin != visit.id.subject() {
            return Err(Rejection::unfit("/learning", "this learning did not come from this visit"));
        }
    }
    match visit.status {
        VisitStatus::Completed => {}
        VisitStatus::Closed | VisitStatus::Cancelled => return Err(over(visit.status)),
        _ => return Err(VisitRule::VisitNotCompleted.into()),
    }
    if command.reason.is_none() && !visit.has_attendance_sheet() {
        return Err(VisitRule::AttendanceNotRecorded.into());
    }
    if command.reason.is_none() && command.learning.is_none() {
        return Err(VisitRule::LearningNotNamed.into());
    }
    fact(VisitClosed { learning: command.learning, reason: command.reason.clone() })
}

pub(super) fn request_learnings(visit: &Visit, command: &RequestLearnings) -> Decision {
    if visit.learnings_due == Some(command.due) {
        return Err(VisitRule::LearningsAlreadyRequested.into());
    }
    match visit.status {
        VisitStatus::Completed => fact(LearningsRequested { due: command.due }),
        VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        _ => Err(VisitRule::VisitNotCompleted.into()),
    }
}
