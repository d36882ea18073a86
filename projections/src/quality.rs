//! What is incomplete or odd in a programme's record on a day, whatever report it belongs to: a pure reading of the read
//! models. Where a rule is a report's finding or the dashboard's “what is missing” already, it is the same rule; here stand
//! only those that nobody else asks: what went stale, what should have happened, what is there twice.
//!
//! Persons' names are sealed, so that the same person twice is found by who may open them, not here.

use std::collections::BTreeSet;

use koinon_events::Role::{Administrator, Coordinator, Delegate, Expert};
use koinon_events::person::PersonKind;
use koinon_events::value::Day;
use koinon_events::{Kind, ProgrammeId, Subject};

use crate::column::plain;
use crate::dashboard::missing::missing;
use crate::documents::DocumentStatus;
use crate::findings::{Finding, of_record};
use crate::learnings::LearningStatus;
use crate::meetings::MeetingStatus;
use crate::models::Tables;
use crate::people::PersonStatus;
use crate::report::{Ground, Period};
use crate::visits::VisitStatus;

/// Days after which an invitation that nobody accepted is odd.
const ACCEPTED_WITHIN: i64 = 30;

/// Everything incomplete or odd, sorted by what it is; `None` when there is no such programme.
pub fn quality(tables: &Tables, programme: ProgrammeId, day: Day) -> Option<Vec<Finding>> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let mut found = of_record(tables, programme, day)?;
    found.extend(stale(&ground, tables));
    found.extend(overdue(&ground));
    found.extend(people(tables, programme, day));
    found.extend(twice(&ground));
    found.sort_by(|one, other| (&one.code, one.subject, &one.name).cmp(&(&other.code, other.subject, &other.name)));
    found.dedup();
    Some(found)
}

/// What the dashboard misses and no report asks for: news, first measurements, a partner.
fn stale(ground: &Ground<'_>, tables: &Tables) -> Vec<Finding> {
    let missing = missing(ground).into_iter().filter_map(|missing| {
        let subject = missing.subject;
        let days = missing.since.days_until(ground.day);
        let mut finding = match (missing.what.as_str(), subject.kind) {
            ("news", Kind::Visit) => {
                let proposed = tables.visits.get(subject.id).is_some_and(|row| row.status == VisitStatus::Proposed);
                let (command, field) = if proposed { ("ScheduleVisit", "id") } else { ("RescheduleVisit", "visit") };
                Finding::new("subject-stale", subject, command, field, &[Coordinator, Delegate])
            }
            ("news", _) => Finding::new("subject-stale", subject, "RaiseAction", "from", &[Coordinator, Delegate]),
            ("measurement", _) => Finding::new(
                "pilot-without-measurement",
                subject,
                "RecordMeasurement",
                "pilot",
                &[Coordinator, Delegate],
            ),
            ("partnership", _) => {
                Finding::new("city-without-partnership", subject, "ProposePartnership", "cities", &[Coordinator])
            }
            _ => return None,
        };
        finding.named(days);
        Some(finding)
    });
    missing.collect()
}

/// What should have taken place by now and nobody said whether it did.
fn overdue(ground: &Ground<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for visit in ground.visits() {
        let Some(to) = visit.to.filter(|to| *to < ground.day) else { continue };
        let command = match visit.status {
            VisitStatus::Scheduled | VisitStatus::Confirmed => "StartVisit",
            VisitStatus::UnderWay => "CompleteVisit",
            _ => continue,
        };
        let mut finding = Finding::new("visit-overdue", visit.id.subject(), command, "visit", &[Coordinator, Delegate]);
        finding.named(to);
        found.push(finding);
    }
    for meeting in ground.meetings() {
        if meeting.status == MeetingStatus::Scheduled && meeting.start.day() < ground.day {
            let subject = meeting.id.subject();
            let mut finding =
                Finding::new("meeting-overdue", subject, "HoldMeeting", "meeting", &[Coordinator, Delegate]);
            finding.named(meeting.start.day());
            found.push(finding);
        }
    }
    found
}

/// People of whom something is missing that others need to work with them.
fn people(tables: &Tables, programme: ProgrammeId, day: Day) -> Vec<Finding> {
    let mut found = Vec::new();
    let taking_part = |status| matches!(status, PersonStatus::Invited | PersonStatus::Active);
    let rows = tables.people.rows().map(|(_, row)| row).filter(|row| row.programme == Some(programme));
    for person in rows.filter(|person| taking_part(person.status)) {
        let subject = person.id.subject();
        let mut add = |code, command| {
            found.push(Finding::new(code, subject, command, "person", &[Coordinator, Administrator, Delegate]));
        };
        if person.languages.is_empty() {
            add("person-without-language", "UpdatePerson");
        }
        if person.kind == PersonKind::Delegate && person.city.is_none() {
            add("person-without-city", "UpdatePerson");
        }
        if person.status == PersonStatus::Invited && person.begun.recorded.days_until(day) >= ACCEPTED_WITHIN {
            add("invitation-open", "DeactivatePerson");
        }
    }
    found
}

/// What is there more than once: the first stands, each further one is told.
fn twice(ground: &Ground<'_>) -> Vec<Finding> {
    let cities = ground
        .cities()
        .into_iter()
        .filter(|city| city.takes_part())
        .map(|city| (format!("{} {}", plain(&city.name.to_string()), city.country), city.id.subject()));
    let visits =
        ground.visits().into_iter().filter(|visit| visit.status != VisitStatus::Cancelled && visit.from.is_some());
    let visits = visits.map(|visit| {
        (
            format!("{:?} {:?} {:?} {:?}", visit.host_city, visit.visiting_cities, visit.from, visit.to),
            visit.id.subject(),
        )
    });
    let alive = |status| !matches!(status, LearningStatus::Superseded | LearningStatus::Retracted);
    let learnings = ground.learnings().into_iter().filter(|learning| alive(learning.status)).map(|learning| {
        (format!("{} {:?}", plain(&learning.title.to_string()), learning.origin_city), learning.id.subject())
    });
    let documents = ground.documents().into_iter().filter(|document| document.status == DocumentStatus::Registered);
    let documents = documents.map(|document| (document.sha256.to_string(), document.id.subject()));
    let (mut found, mend) = (
        Vec::new(),
        [
            ("UpdateCity", "city", &[Coordinator][..]),
            ("CancelVisit", "visit", &[Coordinator, Delegate][..]),
            ("RetractLearning", "learning", &[Coordinator][..]),
            ("WithdrawDocument", "document", &[Coordinator, Delegate, Expert][..]),
        ],
    );
    let kinds: [Vec<(String, Subject)>; 4] =
        [cities.collect(), visits.collect(), learnings.collect(), documents.collect()];
    for (subjects, (command, field, roles)) in kinds.into_iter().zip(mend) {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (key, subject) in subjects {
            if !seen.insert(key) {
                found.push(Finding::new("probably-twice", subject, command, field, roles));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use koinon_events::{CityId, LearningId, PersonId, VisitId};
    use serde_json::{Value, json};

    use super::*;
    use crate::story::{Story, id, story};

    const PROGRAMME: ProgrammeId = ProgrammeId(id(1));

    fn visit() -> Value {
        json!({"programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": id(2),
               "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17", "themes": [], "objectives": "See it",
               "follows": []})
    }

    fn programme() -> Story {
        let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                             "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
        story().happened(PROGRAMME, "ProgrammeCreated", created)
    }

    fn codes(story: &Story, day: &str) -> Vec<String> {
        let found = quality(&story.told().tables, PROGRAMME, day.parse().unwrap()).unwrap();
        found.into_iter().map(|finding| format!("{} {}", finding.code, finding.name).trim().to_owned()).collect()
    }

    #[test]
    fn a_record_without_gaps_lacks_nothing() {
        assert!(codes(&programme(), "2022-06-20").is_empty());
    }

    #[test]
    fn a_visit_whose_days_are_past_waits_for_a_word_of_what_became_of_it() {
        let story = programme().happened(VisitId(id(10)), "VisitScheduled", visit());
        assert!(codes(&story, "2022-06-17").is_empty(), "it lasts until that day");
        assert_eq!(codes(&story, "2022-06-18"), ["visit-overdue 2022-06-17"]);
        let held = story
            .on("2022-06-17")
            .happened(VisitId(id(10)), "VisitStarted", json!({"date": "2022-06-13"}))
            .happened(VisitId(id(10)), "VisitCompleted", json!({"date": "2022-06-17"}));
        assert_eq!(codes(&held, "2022-06-18"), ["visit-without-attendance", "visit-without-learning 2022-06-17"]);
    }

    #[test]
    fn what_is_there_twice_is_told_once_and_the_first_stands() {
        let twice = programme().happened(VisitId(id(10)), "VisitScheduled", visit()).happened(
            VisitId(id(11)),
            "VisitScheduled",
            visit(),
        );
        let found = quality(&twice.told().tables, PROGRAMME, "2022-06-10".parse().unwrap()).unwrap();
        assert_eq!(
            found.iter().map(|each| (each.code.as_str(), each.subject)).collect::<Vec<_>>(),
            [("probably-twice", VisitId(id(11)).subject())]
        );
    }

    #[test]
    fn a_learning_told_twice_in_other_letters_is_probably_the_same() {
        let learning = |title: &str| {
            json!({"programme": PROGRAMME, "title": title, "what": "w", "why_it_works": "y",
            "conditions": "c", "cost_order": "medium", "maturity": "proven", "origin_city": CityId(id(2)),
            "origin": VisitId(id(10)).subject(), "themes": [], "language": "en", "learned_by": []})
        };
        let story = programme()
            .on("2022-06-20")
            .happened(LearningId(id(70)), "LearningRecorded", learning("Málaga's ash"))
            .happened(LearningId(id(71)), "LearningRecorded", learning("MALAGA'S ASH"));
        assert_eq!(codes(&story, "2022-06-21"), ["probably-twice"]);
    }

    #[test]
    fn people_without_a_language_or_a_city_and_open_invitations_are_told() {
        let invited = json!({"name": {"sealed": "A"}, "email": {"sealed": "B"}, "organisation": "Works", "programme": PROGRAMME,
                             "languages": [], "kind": "delegate"});
        let story = programme().on("2022-04-04").happened(PersonId(id(30)), "PersonInvited", invited);
        assert_eq!(codes(&story, "2022-04-05"), ["person-without-city", "person-without-language"]);
        assert!(codes(&story, "2022-05-04").contains(&"invitation-open".to_owned()));
    }
}
