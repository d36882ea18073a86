//! What is told without proof: participations, measurements and agreements; and what was corrected since the report
//! before this one.

use super::{Draft, Finding, Mender};

/// The figure that counts participations.
const PARTICIPATIONS: &str = "RCO 81";
/// The figure that counts organisations.
const ORGANISATIONS: &str = "RCO 87";

pub(super) fn look(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    visits(draft, found);
    meetings(draft, found);
    measurements(draft, found);
    agreements(draft, found);
}

fn visits(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let ground = &draft.ground;
    for visit in ground.visits() {
        let Some(completed) = visit.completed.filter(|_| visit.status.is_held()) else { continue };
        let last = visit.ended_on.or(visit.to).unwrap_or(completed.recorded);
        for sheet in visit.attendance.iter().filter(|sheet| is_new(draft, &sheet.replaces, sheet.mark.position)) {
            let what = format!(
                "The attendance of a visit that ended on {last} was corrected since the report before this one. Say so in the texts."
            );
            let href = format!("/events/{}", sheet.mark.position);
            found.push(
                Finding::new("corrected-since-last-report", visit.id, Mender::Coordinator, href, what)
                    .of_figure(PARTICIPATIONS),
            );
        }
        if !draft.holds(last) {
            continue;
        }
        let sheets = &visit.attendance;
        if sheets.is_empty() {
            let what = format!("The visit that ended on {last} has no attendance, so that nobody is counted.");
            let href = format!("/do/RecordAttendance?visit={}", visit.id);
            found.push(
                Finding::new("participations-without-attendance", visit.id, Mender::Delegate, href, what)
                    .of_figure(PARTICIPATIONS),
            );
            continue;
        }
        let subject = koinon_events::Subject::from(visit.id);
        let shown = sheets.iter().any(|sheet| {
            sheet.document.is_some_and(|document| ground.stands(document))
                || ground.linked_sheet(sheet.mark, subject, &visit.evidence).is_some()
        });
        if let Some(sheet) = sheets.first().filter(|_| !shown) {
            let what = format!(
                "The attendance of the visit that ended on {last} has no signed sheet, so that it is not counted."
            );
            let href = format!("/do/LinkEvidence?position={}&subject={subject}", sheet.mark.position);
            found.push(
                Finding::new("participations-without-evidence", visit.id, Mender::Delegate, href, what)
                    .of_figure(PARTICIPATIONS),
            );
        }
    }
}

/// Whether it took the place of another since the report before this one.
fn is_new<T>(draft: &Draft<'_>, replaces: &[T], position: u64) -> bool {
    !replaces.is_empty() && draft.before.is_some_and(|before| position > before)
}

fn meetings(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    let ground = &draft.ground;
    for meeting in ground.meetings().into_iter().filter(|row| row.status.is_held() && draft.holds(row.day())) {
        let day = meeting.day();
        let subject = koinon_events::Subject::from(meeting.id);
        let present = meeting.attendance.as_ref().filter(|presence| {
            !presence.present.is_empty() || !presence.cities.is_empty() || !presence.countries.is_empty()
        });
        let Some(presence) = present else {
            let what = format!("The meeting of {day} has no attendance, so that nobody is counted.");
            let href = format!("/meetings/{}", meeting.id);
            found.push(
                Finding::new("participations-without-attendance", subject, Mender::Coordinator, href, what)
                    .of_figure(PARTICIPATIONS),
            );
            continue;
        };
        let shown = presence.document.is_some_and(|document| ground.stands(document))
            || ground.linked_sheet(presence.mark, subject, &meeting.evidence).is_some();
        if !shown && !meeting.public {
            let what =
                format!("The attendance of the meeting of {day} has no signed sheet, so that it is not counted.");
            let href = format!("/do/LinkEvidence?position={}&subject={subject}", presence.mark.position);
            found.push(
                Finding::new("participations-without-evidence", subject, Mender::Coordinator, href, what)
                    .of_figure(PARTICIPATIONS),
            );
        }
    }
}

fn measurements(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    for pilot in draft.ground.pilots() {
        for indicator in &pilot.indicators {
            for measured in &indicator.measurements {
                let (month, position) = (measured.period, measured.mark.position);
                if measured.reason.is_some() && draft.before.is_some_and(|before| position > before) {
                    let what = format!(
                        "The value of “{}” for {month} was corrected since the report before this one. Say so in the texts.",
                        indicator.name
                    );
                    let href = format!("/events/{position}");
                    found.push(Finding::new("corrected-since-last-report", pilot.id, Mender::Coordinator, href, what));
                }
                let within = month >= draft.from.month() && month <= draft.to.month();
                let linked = draft.ground.linked_sheet(measured.mark, pilot.id.into(), &[]).is_some();
                if within && !linked && !draft.ground.any_stands(&measured.evidence) {
                    let what = format!("The value of “{}” for {month} has no evidence.", indicator.name);
                    let href = format!("/do/LinkEvidence?position={position}&subject=pilot/{}", pilot.id);
                    found.push(Finding::new("measurement-without-evidence", pilot.id, Mender::Delegate, href, what));
                }
            }
        }
    }
}

fn agreements(draft: &Draft<'_>, found: &mut Vec<Finding>) {
    for partnership in draft.ground.partnerships().into_iter().filter(|row| row.formed.is_some()) {
        for agreement in &partnership.agreements {
            let day = agreement.mark.recorded;
            if agreement.signed_on.is_some() || day > draft.to {
                continue;
            }
            let what = format!("An agreement of {day} is told but not signed, so that its bodies are not counted.");
            let href = format!("/do/SignAgreement?partnership={}", partnership.id);
            found.push(
                Finding::new("agreement-unsigned", partnership.id, Mender::Coordinator, href, what)
                    .of_figure(ORGANISATIONS),
            );
        }
    }
}
