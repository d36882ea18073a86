//! What the visitors will see, and what has to be arranged for it.

use koinon_events::value::{Code, Day, LocalTime};
use koinon_events::visit::{
    ItineraryPublished, LogisticsRecorded, SessionAdded, SessionDropped, SessionMoved, VisitEvent,
};

use super::rules::check_plannable;
use super::{AddSession, DropSession, MoveSession, RecordLogistics, Session, SessionStatus, Visit, VisitRule};
use crate::domain::belonging::{LIST_LIMIT, free_code};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

/// The visit after an event about its itinerary or logistics.
pub(super) fn apply(visit: &mut Visit, event: &VisitEvent) {
    match event {
        VisitEvent::SessionAdded(added) => {
            let session = Session {
                title: added.title.clone(),
                day: added.day,
                start: added.start,
                end: added.end,
                place: added.place.clone(),
                status: SessionStatus::Planned,
            };
            visit.sessions.insert(added.session.clone(), session);
            visit.is_itinerary_published = false;
        }
        VisitEvent::SessionMoved(moved) => {
            if let Some(session) = visit.sessions.get_mut(&moved.session) {
                session.day = moved.day;
                session.start = moved.start;
                session.end = moved.end;
                session.place.clone_from(&moved.place);
            }
            visit.is_itinerary_published = false;
        }
        VisitEvent::SessionDropped(dropped) => {
            if let Some(session) = visit.sessions.get_mut(&dropped.session) {
                session.status = SessionStatus::Dropped;
            }
            visit.is_itinerary_published = false;
        }
        VisitEvent::ItineraryPublished(_) => visit.is_itinerary_published = true,
        VisitEvent::LogisticsRecorded(recorded) => {
            visit.logistics.insert(recorded.kind.clone(), (recorded.state, recorded.due));
        }
        _ => {}
    }
}

pub(super) fn add_session(visit: &Visit, command: &AddSession, context: &Context<'_>) -> Decision {
    check_day(visit, command.day)?;
    check_hours(command.start, command.end)?;
    if let Some(theme) = &command.theme
        && !context.programme("", visit.programme)?.themes.contains_key(theme)
    {
        return Err(Rejection::unfit("/theme", "the programme has no such theme; define it first with DefineTheme"));
    }
    context.persons_known_in("/speakers", &command.speakers, visit.programme)?;
    check_plannable(visit)?;
    if visit.sessions.len() >= LIST_LIMIT {
        return Err(Rejection::unfit("", format!("an itinerary has at most {LIST_LIMIT} sessions")));
    }
    let same = |session: &Session| {
        session.status != SessionStatus::Dropped
            && (&session.title, session.day, session.start) == (&command.title, command.day, command.start)
    };
    let taken = match &command.session {
        Some(id) => visit.sessions.contains_key(id),
        None => visit.sessions.values().any(same),
    };
    if taken {
        return Err(VisitRule::SessionAlreadyExists.into());
    }
    fact(SessionAdded {
        session: command
            .session
            .clone()
            .map_or_else(|| free_code("/session", 's', |code| visit.sessions.contains_key(code)), Ok)?,
        title: command.title.clone(),
        theme: command.theme.clone(),
        body: command.body.clone(),
        place: command.place.clone(),
        day: command.day,
        start: command.start,
        end: command.end,
        speakers: command.speakers.clone(),
        language: command.language.clone(),
    })
}

/// A session lies within the days of its visit, as far as these are known.
fn check_day(visit: &Visit, day: Option<Day>) -> Result<(), Rejection> {
    match (visit.days, day) {
        (Some((from, to)), Some(day)) if !(from..=to).contains(&day) => {
            Err(Rejection::unfit("/day", format!("the visit lasts from {from} to {to}")))
        }
        _ => Ok(()),
    }
}

fn check_hours(start: Option<LocalTime>, end: Option<LocalTime>) -> Result<(), Rejection> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            Err(Rejection::unfit("/end", format!("a session does not end before it starts, at {start}")))
        }
        _ => Ok(()),
    }
}

/// The session of that id, when it is still to come.
pub(super) fn planned<'a>(visit: &'a Visit, id: &Code) -> Result<&'a Session, Rejection> {
    let session = visit
        .sessions
        .get(id)
        .ok_or_else(|| Rejection::unfit("/session", format!("the itinerary has no session {id}")))?;
    match session.status {
        SessionStatus::Planned => Ok(session),
        SessionStatus::Dropped => Err(VisitRule::SessionAlreadyDropped.into()),
        SessionStatus::Held => Err(VisitRule::SessionAlreadyHeld.into()),
        SessionStatus::Skipped => Err(VisitRule::SessionAlreadySkipped.into()),
    }
}

pub(super) fn move_session(visit: &Visit, command: &MoveSession) -> Decision {
    if command.day.is_none() && command.start.is_none() && command.end.is_none() && command.place.is_none() {
        return Err(Rejection::unfit("", "say where the session moves: day, start, end or place"));
    }
    check_day(visit, command.day)?;
    check_plannable(visit)?;
    let session = planned(visit, &command.session)?;
    let moved = Session {
        day: command.day.or(session.day),
        start: command.start.or(session.start),
        end: command.end.or(session.end),
        place: command.place.clone().or_else(|| session.place.clone()),
        ..session.clone()
    };
    check_hours(moved.start, moved.end)?;
    if moved == *session {
        return Err(VisitRule::SessionAlreadyThere.into());
    }
    fact(SessionMoved {
        session: command.session.clone(),
        day: moved.day,
        start: moved.start,
        end: moved.end,
        place: moved.place,
        was_day: session.day,
        was_start: session.start,
        was_end: session.end,
        was_place: session.place.clone(),
        reason: command.reason.clone(),
    })
}

pub(super) fn drop_session(visit: &Visit, command: &DropSession) -> Decision {
    check_plannable(visit)?;
    planned(visit, &command.session)?;
    fact(SessionDropped { session: command.session.clone(), reason: command.reason.clone() })
}

pub(super) fn publish(visit: &Visit) -> Decision {
    check_plannable(visit)?;
    if visit.is_itinerary_published {
        return Err(VisitRule::ItineraryAlreadyPublished.into());
    }
    if visit.sessions.values().all(|session| session.status == SessionStatus::Dropped) {
        return Err(VisitRule::ItineraryIsEmpty.into());
    }
    fact(ItineraryPublished {})
}

pub(super) fn record_logistics(visit: &Visit, command: &RecordLogistics) -> Decision {
    check_plannable(visit)?;
    let was = visit.logistics.get(&command.kind).copied();
    if was.is_none() && visit.logistics.len() >= LIST_LIMIT {
        return Err(Rejection::unfit("/kind", format!("at most {LIST_LIMIT} things are noted for a visit")));
    }
    let due = command.due.or(was.and_then(|(_, due)| due));
    if was == Some((command.state, due)) {
        return Err(VisitRule::LogisticsAlreadyRecorded.into());
    }
    fact(LogisticsRecorded {
        kind: command.kind.clone(),
        state: command.state,
        due,
        was_state: was.map(|(state, _)| state),
        was_due: was.and_then(|(_, due)| due),
    })
}
