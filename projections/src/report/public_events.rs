//! RCO 115: public events across borders jointly organised.

use koinon_events::meeting::MeetingKind;

use super::ground::ONE_COUNTRY;
use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "RCO 115",
    name: "Public events across borders jointly organised",
    unit: "events",
    kind: FigureKind::Output,
    definition: "Public webinars that were delivered and that cities of at least two countries organised. By the day \
                 they were held.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    for meeting in ground.meetings() {
        let Some(presence) = meeting.attendance.as_ref().filter(|_| meeting.status.is_held()) else { continue };
        if meeting.kind != MeetingKind::Webinar || !ground.period.holds(meeting.day()) {
            continue;
        }
        let positions = [presence.mark.position];
        if !meeting.public {
            count.no(meeting.id, positions, "not-public", "it was not public");
        } else if ground.countries(meeting.organisers.iter().copied()).len() < 2 {
            count.no(meeting.id, positions, ONE_COUNTRY, "cities of one country only organised it");
        } else {
            count.yes(meeting.id, positions, Amount::ONE);
        }
    }
    count
}
