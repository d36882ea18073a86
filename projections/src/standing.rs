//! What the standing rules read: whom a published learning is suggested to, what a city that left leaves open, and which
//! periods are due for a reminder. Pure readings of the rows of one programme; nothing is remembered here.

use std::collections::BTreeSet;

use koinon_events::value::{Code, Day};
use koinon_events::{CityId, LearningId, ProgrammeId, Subject};

use crate::actions::ActionStatus;
use crate::cities::CityRow;
use crate::learnings::{AdoptionStatus, LearningRow, LearningStatus};
use crate::meetings::MeetingStatus;
use crate::models::Tables;
use crate::partnerships::{PartnershipRow, PartnershipStatus};
use crate::pilots::PilotStatus;
use crate::report::{Ground, Period};
use crate::reports::ReportStatus;
use crate::visits::{VisitRow, VisitStatus};

/// Days before the due day of a period's report on which it is reminded of; -1 is the day after.
pub const REMINDED: [i32; 3] = [14, 3, -1];
/// Days after its day within which a reminder is still given, after the service was down.
const LATE_BY: i64 = 7;
/// Days after its end by which a period without a due day is reported.
const REPORTED_WITHIN: i64 = 30;

/// A reminder to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// The period's number.
    pub number: u32,
    /// When its report is due.
    pub due: Day,
    /// Days until then, as planned: one of [`REMINDED`].
    pub days_left: i32,
}

/// The cities that a published learning is suggested to: those that take part and state a need on one of its themes,
/// or share one in what they offer or in a partnership at work; not the one it comes from, not those that learned it
/// there, and none that has answered.
pub fn suggested_to(tables: &Tables, programme: ProgrammeId, learning: LearningId, day: Day) -> Option<Vec<CityId>> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let row = tables.learnings.get(learning.0).filter(|row| row.status == LearningStatus::Published)?;
    let partnerships = ground.partnerships();
    let cities = ground.cities();
    let meant = cities.iter().filter(|city| is_new_to(row, city) && themes_of(city, &partnerships, row));
    Some(meant.map(|city| city.id).collect())
}

fn is_new_to(learning: &LearningRow, city: &CityRow) -> bool {
    let answered = learning.adoptions.iter().any(|adoption| adoption.city == city.id);
    city.takes_part() && city.id != learning.origin_city && !learning.learned_by.contains(&city.id) && !answered
}

/// Whether the city has to do with a theme of the learning.
fn themes_of(city: &CityRow, partnerships: &[&PartnershipRow], learning: &LearningRow) -> bool {
    let said = city.needs.iter().map(|need| &need.theme).chain(city.offers.iter().map(|offer| &offer.theme));
    let at_work = partnerships.iter().filter(|each| each.cities.contains(&city.id) && !is_over(each.status));
    let themes: BTreeSet<&Code> = said.chain(at_work.flat_map(|partnership| &partnership.themes)).collect();
    learning.themes.iter().any(|theme| themes.contains(theme))
}

fn is_over(status: PartnershipStatus) -> bool {
    matches!(status, PartnershipStatus::Completed | PartnershipStatus::Dissolved)
}

/// What a city has a part in that is not at its end: partnerships, visits, meetings, projects, pilots, actions, learnings.
pub fn open_matters(tables: &Tables, programme: ProgrammeId, city: CityId, day: Day) -> Option<Vec<Subject>> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let partnerships = ground.partnerships();
    let own: BTreeSet<_> =
        partnerships.iter().filter(|each| each.cities.contains(&city)).map(|partnership| partnership.id).collect();
    let mut open: Vec<Subject> = partnerships
        .iter()
        .filter(|each| own.contains(&each.id) && !is_over(each.status))
        .map(|partnership| partnership.id.subject())
        .collect();
    let visits = ground.visits().into_iter();
    let visits = visits.filter(|visit| !matches!(visit.status, VisitStatus::Closed | VisitStatus::Cancelled));
    let has_part = |visit: &&VisitRow| visit.host_city == city || visit.visiting_cities.contains(&city);
    open.extend(visits.filter(has_part).map(|visit| visit.id.subject()));
    open.extend(ground.meetings().into_iter().filter_map(|meeting| {
        let has_part = meeting.cities.contains(&city) || meeting.partnerships.iter().any(|each| own.contains(each));
        (has_part && meeting.status == MeetingStatus::Scheduled).then(|| meeting.id.subject())
    }));
    open.extend(tables.projects.rows().filter_map(|(_, project)| {
        let is_open = project.programme == programme && project.ended.is_none();
        (is_open && own.contains(&project.partnership)).then(|| project.id.subject())
    }));
    open.extend(ground.pilots().into_iter().filter_map(|pilot| {
        let over = [PilotStatus::ScaledUp, PilotStatus::NotContinued, PilotStatus::Stopped];
        (pilot.cities.contains(&city) && !over.contains(&pilot.status)).then(|| pilot.id.subject())
    }));
    let actions = ground.actions().into_iter().filter(|action| action.status == ActionStatus::Open);
    open.extend(actions.filter(|action| action.city == Some(city)).map(|action| action.id.subject()));
    open.extend(ground.learnings().into_iter().filter_map(|learning| {
        let under_way = [AdoptionStatus::Interested, AdoptionStatus::Committed, AdoptionStatus::Started];
        let adopts =
            |adoption: &crate::learnings::Adoption| adoption.city == city && under_way.contains(&adoption.status);
        learning.adoptions.iter().any(adopts).then(|| learning.id.subject())
    }));
    Some(open)
}

/// The reminders of periods' reports that a day asks for: of each period the last that has come, unless its report was
/// handed in, or the day it stands for lies before `since` or more than a week back.
pub fn reminders(tables: &Tables, programme: ProgrammeId, day: Day, since: Day) -> Vec<Reminder> {
    let Some(row) = tables.programmes.get(programme.0) else { return Vec::new() };
    let handed_in = |number: u32| {
        tables.reports.rows().any(|(_, report)| {
            report.programme == programme
                && report.period == number
                && matches!(report.status, ReportStatus::Submitted | ReportStatus::Accepted)
        })
    };
    let mut found = Vec::new();
    for period in row.periods.iter().filter(|period| !handed_in(period.number)) {
        let due = period.due.unwrap_or_else(|| period.to.plus_days(REPORTED_WITHIN));
        let come = REMINDED.into_iter().rfind(|days_left| due.plus_days(-i64::from(*days_left)) <= day);
        let Some(days_left) = come else { continue };
        let its_day = due.plus_days(-i64::from(days_left));
        if its_day >= since && day <= its_day.plus_days(LATE_BY) {
            found.push(Reminder { number: period.number, due, days_left });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use koinon_events::{PartnershipId, VisitId};
    use serde_json::json;

    use super::*;
    use crate::story::{Story, id, story};

    const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
    const PORTO: CityId = CityId(id(2));
    const DURBAN: CityId = CityId(id(3));
    const ULM: CityId = CityId(id(4));
    const BUSAN: CityId = CityId(id(5));
    const ASH: LearningId = LearningId(id(70));
    const VISIT: VisitId = VisitId(id(10));
    const PAIR: PartnershipId = PartnershipId(id(20));

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn four_cities() -> Story {
        let city = |name: &str| {
            json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": "PT", "strand": "Europe",
                   "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
        };
        let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU",
                             "on_behalf_of": "DG REGIO", "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
        let mut told = story().on("2022-04-10").happened(PROGRAMME, "ProgrammeCreated", created);
        for (id, name) in [(PORTO, "Porto"), (DURBAN, "Durban"), (ULM, "Ulm"), (BUSAN, "Busan")] {
            told = told.happened(id, "CityRegistered", city(name)).happened(id, "CitySelected", json!({}));
        }
        let visit = json!({"programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": PORTO,
                           "visiting_cities": [DURBAN], "from": "2022-06-13", "to": "2022-06-17", "themes": [],
                           "objectives": "See it", "follows": []});
        told.happened(VISIT, "VisitScheduled", visit)
    }

    #[test]
    fn a_learning_is_suggested_to_who_needs_it_or_shares_its_theme_and_has_not_learned_it_there() {
        let learning = json!({"programme": PROGRAMME, "title": "Ash", "what": "w", "why_it_works": "y",
                              "conditions": "c", "cost_order": "medium", "maturity": "proven", "origin_city": PORTO,
                              "origin": VISIT.subject(), "themes": ["ash"], "language": "en", "learned_by": [DURBAN]});
        let need = json!({"theme": "ash"});
        let told = four_cities()
            .happened(PORTO, "OfferStated", need.clone())
            .happened(DURBAN, "NeedStated", need.clone())
            .happened(ULM, "NeedStated", need)
            .happened(ASH, "LearningRecorded", learning);
        let tables = |story: &Story| suggested_to(&story.told().tables, PROGRAMME, ASH, day("2022-07-01"));
        assert_eq!(tables(&told), None, "not published yet");
        let told = told.happened(ASH, "LearningPublished", json!({}));
        assert_eq!(tables(&told), Some(vec![ULM]));
        let declined = told.happened(ASH, "LearningDeclined", json!({"city": ULM, "reason": "No plant"}));
        assert_eq!(tables(&declined), Some(vec![]));
    }

    #[test]
    fn a_city_that_left_leaves_open_what_it_has_a_part_in() {
        let pair = json!({"programme": PROGRAMME, "cities": [PORTO, DURBAN], "themes": [], "rationale": "Ash"});
        let told = four_cities().happened(PAIR, "PartnershipProposed", pair);
        let open = |story: &Story, city| open_matters(&story.told().tables, PROGRAMME, city, day("2022-07-01"));
        assert_eq!(open(&told, DURBAN), Some(vec![PAIR.subject(), VISIT.subject()]));
        assert_eq!(open(&told, ULM), Some(vec![]));
        let told = told.happened(VISIT, "VisitCancelled", json!({"reason": "Floods"}));
        assert_eq!(open(&told, DURBAN), Some(vec![PAIR.subject()]));
    }

    #[test]
    fn a_period_is_reminded_of_two_weeks_and_three_days_before_and_the_day_after() {
        let period =
            json!({"number": 1, "from": "2022-01-01", "to": "2022-06-30", "due": "2022-07-31", "final": false});
        let told = four_cities().happened(PROGRAMME, "PeriodDefined", period);
        let since = day("2022-04-10");
        let left = |on: &str, since| {
            let found = reminders(&told.told().tables, PROGRAMME, day(on), since);
            found.iter().map(|reminder| reminder.days_left).collect::<Vec<_>>()
        };
        assert_eq!(left("2022-07-16", since), [0; 0]);
        assert_eq!(left("2022-07-17", since), [14]);
        assert_eq!(left("2022-07-28", since), [3]);
        assert_eq!(left("2022-08-01", since), [-1]);
        assert_eq!(left("2022-08-08", since), [-1], "a week late is not too late");
        assert_eq!(left("2022-08-09", since), [0; 0]);
        assert_eq!(left("2022-08-01", day("2022-08-02")), [0; 0], "nothing from before the rule was switched on");
    }
}
