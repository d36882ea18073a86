//! What a visit still needs, for its host and for those who come: a pure reading of its row. Each line says whether it is
//! done, by when it should be, and which command does it. The days are those by which the same things wait in the inbox.

use koinon_events::CityId;
use koinon_events::value::Day;
use koinon_events::visit::{LogisticsState, VisitFormat};

use crate::inbox::visits::{CONFIRMED_BEFORE, LEARNINGS_WITHIN, NAMED_BEFORE, PAPERS_WITHIN};
use crate::visits::{SessionStatus, VisitRow, VisitStatus};

/// Days before a visit by which its itinerary is given to all who take part.
const PUBLISHED_BEFORE: i64 = 7;

/// What travellers see to themselves; everything else is the host's.
const OF_VISITORS: [&str; 5] = ["travel", "visa", "insurance", "hotel", "flight"];

/// What has to be thought of before people travel, even where nobody wrote it down yet.
const ALWAYS_ASKED: [&str; 2] = ["travel", "hotel"];

/// Whose it is to see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The city that receives.
    Host,
    /// The cities that come.
    Visitors,
}

/// One line of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Whose it is.
    pub side: Side,
    /// What, as a code: `host-confirms`.
    pub code: &'static str,
    /// What of it, in its own words; empty when the code says it all.
    pub name: String,
    /// The city it is about, when about one.
    pub city: Option<CityId>,
    /// Whether it is done.
    pub done: bool,
    /// How far it is, where it is more than done or not.
    pub state: Option<LogisticsState>,
    /// The day it should be done by.
    pub due: Option<Day>,
    /// The command that does it.
    pub command: &'static str,
    /// What is known of the command's fields beside the visit.
    pub fields: Vec<(&'static str, String)>,
}

/// Everything a visit needs, in the order it comes up.
pub fn checklist(visit: &VisitRow) -> Vec<Line> {
    let mut list = List { visit, lines: Vec::new() };
    list.plan();
    list.delegation();
    list.arranged();
    if matches!(visit.status, VisitStatus::UnderWay | VisitStatus::Completed | VisitStatus::Closed) {
        list.outcome();
    }
    list.lines
}

struct List<'a> {
    visit: &'a VisitRow,
    lines: Vec<Line>,
}

impl List<'_> {
    fn add(
        &mut self,
        side: Side,
        code: &'static str,
        done: bool,
        due: Option<Day>,
        command: &'static str,
    ) -> &mut Line {
        let fields = Vec::new();
        self.lines.push(Line { side, code, name: String::new(), city: None, done, state: None, due, command, fields });
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }

    fn before(&self, days: i64) -> Option<Day> {
        self.visit.from.map(|from| from.plus_days(-days))
    }

    fn after(&self, days: i64) -> Option<Day> {
        self.visit.ended_on.or(self.visit.to).map(|to| to.plus_days(days))
    }

    fn plan(&mut self) {
        let visit = self.visit;
        let agreed = !matches!(visit.status, VisitStatus::Proposed | VisitStatus::Scheduled | VisitStatus::Postponed);
        self.add(Side::Host, "host-confirms", agreed, self.before(CONFIRMED_BEFORE), "ConfirmVisit");
        let sessions: Vec<_> =
            visit.sessions.iter().filter(|session| session.status != SessionStatus::Dropped).collect();
        self.add(Side::Host, "sessions", !sessions.is_empty(), self.before(NAMED_BEFORE), "AddSession");
        for session in sessions.iter().filter(|session| session.status == SessionStatus::Planned) {
            let code = session.session.to_string();
            if session.day.is_none() || session.start.is_none() {
                let due = self.before(PUBLISHED_BEFORE);
                let line = self.add(Side::Host, "session-time", false, due, "MoveSession");
                line.name = session.title.to_string();
                line.fields.push(("session", code.clone()));
            }
            if session.place.is_none() && session.body.is_none() {
                let due = self.before(PUBLISHED_BEFORE);
                let line = self.add(Side::Host, "session-place", false, due, "MoveSession");
                line.name = session.title.to_string();
                line.fields.push(("session", code));
            }
        }
        let due = self.before(PUBLISHED_BEFORE);
        self.add(Side::Host, "itinerary", visit.itinerary_published, due, "PublishItinerary");
    }

    fn delegation(&mut self) {
        let visit = self.visit;
        for city in &visit.visiting_cities {
            let named = visit.delegates.iter().filter(|delegate| delegate.city == Some(*city)).count();
            let due = self.before(NAMED_BEFORE);
            let line = self.add(Side::Visitors, "delegation-named", named > 0, due, "InviteDelegate");
            line.city = Some(*city);
            line.name = named.to_string();
            line.fields.push(("city", city.0.to_string()));
        }
        let due = self.before(NAMED_BEFORE);
        self.add(Side::Visitors, "delegation-confirmed", visit.delegation_confirmed, due, "ConfirmDelegation");
        let due = self.before(NAMED_BEFORE);
        self.add(Side::Visitors, "expert", !visit.experts.is_empty(), due, "AssignExpert");
    }

    fn arranged(&mut self) {
        for item in &self.visit.logistics {
            let kind = item.kind.to_string();
            let side = if is_of_visitors(&kind) { Side::Visitors } else { Side::Host };
            let done = matches!(item.state, LogisticsState::Settled | LogisticsState::NotNeeded);
            let due = item.due.or_else(|| self.before(PUBLISHED_BEFORE));
            let line = self.add(side, "arranged", done, due, "RecordLogistics");
            line.state = Some(item.state);
            line.fields.push(("kind", kind.clone()));
            line.name = kind;
        }
        let travels = self.visit.format == VisitFormat::InPerson;
        for kind in ALWAYS_ASKED.into_iter().filter(|_| travels) {
            if !self.visit.logistics.iter().any(|item| item.kind.to_string().to_lowercase().contains(kind)) {
                let due = self.before(PUBLISHED_BEFORE);
                let line = self.add(Side::Visitors, "not-arranged", false, due, "RecordLogistics");
                kind.clone_into(&mut line.name);
                line.fields.push(("kind", kind.to_owned()));
            }
        }
    }

    fn outcome(&mut self) {
        let visit = self.visit;
        let due = self.after(PAPERS_WITHIN);
        self.add(Side::Host, "attendance", !visit.attendance.is_empty(), due, "RecordAttendance");
        let due = self.after(LEARNINGS_WITHIN);
        self.add(Side::Visitors, "learnings", !visit.learnings.is_empty(), due, "RecordLearning");
    }
}

fn is_of_visitors(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    OF_VISITORS.iter().any(|word| kind.contains(word))
}

#[cfg(test)]
mod tests {
    use koinon_events::VisitId;
    use serde_json::json;

    use super::*;
    use crate::story::{Story, id, story};

    const VISIT: VisitId = VisitId(id(10));

    fn scheduled() -> Story {
        let plan = json!({"programme": id(1), "kind": "study-visit", "format": "in-person", "host_city": id(2),
                          "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17", "themes": [],
                          "objectives": "See it", "follows": []});
        story().happened(VISIT, "VisitScheduled", plan)
    }

    fn lines(story: &Story) -> Vec<Line> {
        let memory = story.told();
        checklist(memory.tables.visits.get(VISIT.0).unwrap())
    }

    fn open(story: &Story, side: Side) -> Vec<String> {
        let lines = lines(story).into_iter().filter(|line| line.side == side && !line.done);
        lines.map(|line| [line.code, &line.name].join(" ").trim().to_owned()).collect()
    }

    #[test]
    fn a_visit_that_was_just_scheduled_needs_everything() {
        let story = scheduled();
        assert_eq!(open(&story, Side::Host), ["host-confirms", "sessions", "itinerary"]);
        let visitors =
            ["delegation-named 0", "delegation-confirmed", "expert", "not-arranged travel", "not-arranged hotel"];
        assert_eq!(open(&story, Side::Visitors), visitors);
        assert_eq!(lines(&story)[0].due.unwrap().to_string(), "2022-05-14", "a month before");
    }

    #[test]
    fn what_is_done_is_ticked_and_what_is_arranged_says_how_far_it_is() {
        let session = json!({"session": "s1", "title": "The plant", "day": "2022-06-13", "speakers": []});
        let story = scheduled()
            .happened(VISIT, "VisitConfirmed", json!({}))
            .happened(VISIT, "SessionAdded", session)
            .happened(VISIT, "LogisticsRecorded", json!({"kind": "Visa letters", "state": "requested"}))
            .happened(VISIT, "LogisticsRecorded", json!({"kind": "interpreting", "state": "settled"}));
        assert_eq!(open(&story, Side::Host), ["session-time The plant", "session-place The plant", "itinerary"]);
        assert!(open(&story, Side::Visitors).contains(&"arranged Visa letters".to_owned()));
        let settled = lines(&story).into_iter().find(|line| line.name == "interpreting").unwrap();
        assert!(settled.done && settled.side == Side::Host);
    }

    #[test]
    fn attendance_and_learnings_are_asked_for_once_it_began() {
        let began = scheduled().happened(VISIT, "VisitStarted", json!({}));
        assert!(open(&began, Side::Host).contains(&"attendance".to_owned()));
        assert!(open(&began, Side::Visitors).contains(&"learnings".to_owned()));
        assert!(!open(&scheduled(), Side::Host).contains(&"attendance".to_owned()));
    }
}
