//! RCO 81: participations in joint actions across borders.

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::value::{Country, Day};
use koinon_events::visit::VisitKind;
use koinon_events::{CityId, PersonId};

use super::ground::{NO_EVIDENCE, ONE_COUNTRY};
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::meetings::{MeetingRow, Presence};
use crate::visits::{Attendance, VisitRow};

pub(super) const RULE: Rule = Rule {
    code: "RCO 81",
    name: "Participations in joint actions across borders",
    unit: "participations",
    kind: FigureKind::Output,
    definition: "Persons present at visits that were completed and meetings that were held, by the attendance recorded, \
                 with its signed sheet as evidence, where cities of at least two countries took part (the host of a \
                 visit does). Who is named on several sheets of one visit counts once; of others, city by city, the \
                 largest number on one sheet counts. Not public events (RCO 115), not training schemes (RCO 85). By \
                 the day the visit ended or the meeting was held.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for visit in ground.visits() {
        of_visit(ground, visit, false, &mut count);
    }
    for meeting in ground.meetings() {
        of_meeting(ground, meeting, false, &mut count);
    }
    count
}

/// Participations in one visit; `training` says which of the two figures asks.
pub(super) fn of_visit(ground: &Ground<'_>, visit: &VisitRow, training: bool, count: &mut Count) {
    let subject = visit.id;
    let held = visit.completed.filter(|_| visit.status.is_held());
    let sheets = visit.attendance.iter().map(|sheet| sheet.mark.position);
    let Some(completed) = held else {
        if !visit.attendance.is_empty() && training == is_training(visit) {
            count.no(subject, sheets, "not-completed", "the visit is not completed");
        }
        return;
    };
    let day = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
    let positions = sheets.chain([completed.position]);
    if !ground.period.holds(day) || (training && !is_training(visit)) {
        return;
    }
    if !training && is_training(visit) {
        return count.no(subject, positions, "training-scheme", "part of a training scheme, counted in RCO 85");
    }
    if visit.attendance.is_empty() {
        return count.no(subject, positions, "no-attendance", "no attendance is recorded yet");
    }
    let linked = |sheet: &Attendance| ground.linked_sheet(sheet.mark, subject.subject(), &visit.evidence);
    let shown: Vec<(&Attendance, Option<u64>)> = visit
        .attendance
        .iter()
        .map(|sheet| (sheet, linked(sheet)))
        .filter(|(sheet, link)| link.is_some() || sheet.document.is_some_and(|document| ground.stands(document)))
        .collect();
    for sheet in &visit.attendance {
        for mark in &sheet.replaces {
            count.no(subject, [mark.position], "corrected", "a later record took its place");
        }
    }
    if shown.is_empty() {
        return count.no(subject, positions, NO_EVIDENCE, "no evidence yet: the attendance has no signed sheet");
    }
    let mut persons: BTreeSet<PersonId> = BTreeSet::new();
    let mut others: BTreeMap<CityId, u32> = BTreeMap::new();
    for (sheet, _) in &shown {
        persons.extend(&sheet.present);
        for (city, number) in &sheet.others {
            let most = others.entry(*city).or_default();
            *most = (*most).max(*number);
        }
    }
    let named: Vec<PersonId> = persons.iter().copied().collect();
    let mut countries = ground.countries(others.keys().copied().chain([visit.host_city]));
    countries.extend(ground.countries_of_persons(&named));
    if countries.len() < 2 {
        return count.no(subject, positions, ONE_COUNTRY, "cities of one country only took part");
    }
    let positions: Vec<u64> = shown
        .iter()
        .flat_map(|(sheet, link)| [Some(sheet.mark.position), *link].into_iter().flatten())
        .chain([completed.position])
        .collect();
    let present = persons.len() as u64 + others.values().map(|number| u64::from(*number)).sum::<u64>();
    count.yes(subject, positions, Amount::from(present));
}

fn is_training(visit: &VisitRow) -> bool {
    visit.kind == VisitKind::Masterclass
}

/// Participations in one meeting; `training` says which of the two figures asks.
pub(super) fn of_meeting(ground: &Ground<'_>, meeting: &MeetingRow, training: bool, count: &mut Count) {
    let Some(presence) = meeting.attendance.as_ref().filter(|_| meeting.status.is_held()) else { return };
    let day: Day = meeting.day();
    let (subject, position) = (meeting.id, presence.mark.position);
    if !ground.period.holds(day) || (training && !meeting.training_scheme) {
        return;
    }
    if !training && meeting.training_scheme {
        return count.no(subject, [position], "training-scheme", "part of a training scheme, counted in RCO 85");
    }
    if meeting.public {
        return count.no(subject, [position], "public-event", "a public event, counted in RCO 115");
    }
    let number = present(presence);
    if number == 0 {
        return count.no(subject, [position], "no-attendance", "no attendance is recorded yet");
    }
    let link = ground.linked_sheet(presence.mark, subject.subject(), &meeting.evidence);
    if link.is_none() && !presence.document.is_some_and(|document| ground.stands(document)) {
        return count.no(subject, [position], NO_EVIDENCE, "no evidence yet: the attendance has no signed sheet");
    }
    if countries(ground, presence).len() < 2 {
        return count.no(subject, [position], ONE_COUNTRY, "cities of one country only took part");
    }
    count.yes(subject, [position].into_iter().chain(link), Amount::from(number));
}

fn present(presence: &Presence) -> u64 {
    let counted = presence.cities.values().chain(presence.countries.values());
    presence.present.len() as u64 + counted.map(|number| u64::from(*number)).sum::<u64>()
}

fn countries(ground: &Ground<'_>, presence: &Presence) -> BTreeSet<Country> {
    let mut countries = ground.countries(presence.cities.keys().copied());
    countries.extend(presence.countries.keys());
    countries.extend(ground.countries_of_persons(&presence.present));
    countries
}
