//! What waits about visits: dates, the host's word, the delegation, attendance and its sheet, learnings, mission notes.

use koinon_events::Role::{Coordinator, Delegate};
use koinon_events::value::Day;

use super::Desk;
use crate::visits::{VisitRow, VisitStatus};

/// Days before a visit by which its host confirms.
pub(crate) const CONFIRMED_BEFORE: i64 = 30;
/// Days before a visit by which the visitors name who comes.
pub(crate) const NAMED_BEFORE: i64 = 14;
/// Days after a visit within which learnings are asked for.
pub(crate) const LEARNINGS_WITHIN: i64 = 14;
/// Days after a visit within which its papers are asked for.
pub(crate) const PAPERS_WITHIN: i64 = 7;

pub(super) fn look(desk: &mut Desk<'_>) {
    for visit in desk.ground.visits() {
        match visit.status {
            VisitStatus::Proposed => proposed(desk, visit),
            VisitStatus::Postponed => postponed(desk, visit),
            VisitStatus::Scheduled | VisitStatus::Confirmed => ahead(desk, visit),
            VisitStatus::UnderWay => under_way(desk, visit),
            VisitStatus::Completed => completed(desk, visit),
            VisitStatus::Closed | VisitStatus::Cancelled => {}
        }
    }
}

fn proposed(desk: &mut Desk<'_>, visit: &VisitRow) {
    let due = visit.begun.recorded.plus_days(CONFIRMED_BEFORE);
    let item = desk.add("schedule-visit", visit.id.subject(), "ScheduleVisit", "id", due, visit.begun.position);
    item.for_roles(&[Coordinator]).in_partnership(visit.partnership);
}

fn postponed(desk: &mut Desk<'_>, visit: &VisitRow) {
    let due = visit.updated.plus_days(CONFIRMED_BEFORE);
    let item = desk.add("new-days", visit.id.subject(), "RescheduleVisit", "visit", due, visit.position);
    item.for_roles(&[Coordinator]).in_partnership(visit.partnership);
}

fn ahead(desk: &mut Desk<'_>, visit: &VisitRow) {
    let (Some(from), today) = (visit.from, desk.ground.day) else { return };
    let since = visit.scheduled.unwrap_or(visit.begun).position;
    if visit.status == VisitStatus::Scheduled {
        let roles = desk.of_city(visit.host_city);
        let due = from.plus_days(-CONFIRMED_BEFORE);
        desk.add("confirm-visit", visit.id.subject(), "ConfirmVisit", "visit", due, since)
            .for_city(visit.host_city, &roles)
            .in_partnership(visit.partnership);
    }
    if !visit.delegation_confirmed {
        for city in &visit.visiting_cities {
            let named = visit.delegates.iter().any(|delegate| delegate.city == Some(*city));
            let (kind, command) =
                if named { ("confirm-delegation", "ConfirmDelegation") } else { ("name-delegation", "InviteDelegate") };
            let roles = desk.of_city(*city);
            let item = desk.add(kind, visit.id.subject(), command, "visit", from.plus_days(-NAMED_BEFORE), since);
            item.for_city(*city, &roles).in_partnership(visit.partnership);
            if command == "InviteDelegate" {
                item.field("city", city.0);
            }
        }
    }
    if from <= today {
        desk.add("start-visit", visit.id.subject(), "StartVisit", "visit", from, since)
            .for_roles(&[Coordinator, Delegate])
            .for_city(visit.host_city, &[])
            .in_partnership(visit.partnership);
    }
}

fn under_way(desk: &mut Desk<'_>, visit: &VisitRow) {
    let due = visit.to.unwrap_or(desk.ground.day);
    let since = visit.scheduled.unwrap_or(visit.begun).position;
    attendance(desk, visit, due, since);
    if due < desk.ground.day {
        desk.add("complete-visit", visit.id.subject(), "CompleteVisit", "visit", due, since)
            .for_roles(&[Coordinator])
            .in_partnership(visit.partnership);
    }
}

fn completed(desk: &mut Desk<'_>, visit: &VisitRow) {
    let Some(completed) = visit.completed else { return };
    let ended = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
    attendance(desk, visit, ended.plus_days(PAPERS_WITHIN), completed.position);
    if visit.learnings.is_empty() {
        let delegates: Vec<_> = visit.delegates.iter().map(|delegate| delegate.person).collect();
        for city in &visit.visiting_cities {
            let roles = desk.of_city(*city);
            let due = visit.learnings_due.unwrap_or_else(|| ended.plus_days(LEARNINGS_WITHIN));
            desk.add("record-learning", visit.id.subject(), "RecordLearning", "origin", due, completed.position)
                .for_city(*city, &roles)
                .for_persons(delegates.iter().copied())
                .in_partnership(visit.partnership);
        }
    }
    for expert in &visit.experts {
        let note = visit.mission_notes.iter().find(|note| note.expert == *expert);
        match note {
            None => {
                let due = ended.plus_days(LEARNINGS_WITHIN);
                desk.add("mission-note", visit.id.subject(), "SubmitMissionNote", "visit", due, completed.position)
                    .field("expert", expert.0)
                    .for_persons([*expert]);
            }
            Some(note) if note.approved.is_none() => {
                let due = note.mark.recorded.plus_days(PAPERS_WITHIN);
                desk.add("approve-note", visit.id.subject(), "ApproveMissionNote", "visit", due, note.mark.position)
                    .field("expert", expert.0)
                    .for_roles(&[Coordinator]);
            }
            Some(_) => {}
        }
    }
    if !visit.learnings.is_empty() && !visit.attendance.is_empty() {
        let due = ended.plus_days(LEARNINGS_WITHIN * 2);
        desk.add("close-visit", visit.id.subject(), "CloseVisit", "visit", due, completed.position)
            .for_roles(&[Coordinator])
            .in_partnership(visit.partnership);
    }
}

/// Who was there, and the signed sheet without which nobody is counted.
fn attendance(desk: &mut Desk<'_>, visit: &VisitRow, due: Day, since: u64) {
    let subject = visit.id.subject();
    if visit.attendance.is_empty() {
        let roles = desk.of_city(visit.host_city);
        desk.add("record-attendance", subject, "RecordAttendance", "visit", due, since)
            .for_city(visit.host_city, &roles)
            .for_roles(&[Coordinator])
            .in_partnership(visit.partnership);
        return;
    }
    let Some(bare) = visit.attendance.iter().find(|sheet| {
        sheet.document.is_none_or(|document| !desk.ground.stands(document))
            && desk.ground.linked_sheet(sheet.mark, subject, &visit.evidence).is_none()
    }) else {
        return;
    };
    let (position, session) = (bare.mark.position, bare.session.clone());
    let roles = desk.of_city(visit.host_city);
    let item = desk.add("attendance-sheet", subject, "RecordAttendance", "visit", due, position);
    item.for_city(visit.host_city, &roles).for_roles(&[Coordinator]).in_partnership(visit.partnership);
    if let Some(session) = session {
        item.field("session", session);
    }
}
