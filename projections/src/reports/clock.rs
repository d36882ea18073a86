//! The acceptance clock: how many of the days for deciding on a report are used. A pure reading of its submissions and
//! queries on a day.
//!
//! It begins when the report is handed in, stands still while any query is open, and ends when the report is returned or
//! accepted. Handed in again, it begins anew. A day counts from its beginning: a query asked on a day stops the clock on
//! that day, and its answer starts it again on the day of the answer.

use koinon_events::value::{Code, Day};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{Query, ReportRow};

/// Days within which a report that was handed in is decided on, not counting those on which a query was open.
///
/// Agreements differ. Thirty days is the shorter of the periods in use for interim reports; it is the same for every
/// programme here.
pub const DECIDED_WITHIN: i64 = 30;

/// The acceptance clock on a day.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptanceClock {
    /// The day on which the report was handed in.
    pub since: Day,
    /// Days used until then.
    pub days_used: i64,
    /// Days there are.
    pub days: i64,
    /// The day by which a decision is due when nothing stops the clock any more; absent while it stands or has ended.
    pub due: Option<Day>,
    /// The open queries that stop it.
    pub stopped_by: Vec<Code>,
    /// The day since which it stands; absent while it runs.
    pub stopped_since: Option<Day>,
    /// The day on which the report was decided on; the clock has ended then.
    pub decided: Option<Day>,
}

impl ReportRow {
    /// The acceptance clock on a day; `None` before the report was ever handed in.
    pub fn acceptance(&self, day: Day) -> Option<AcceptanceClock> {
        let last = self.submissions.last()?;
        let since = last.submitted.recorded;
        let decided = last.decided.map(|mark| mark.recorded);
        let end = decided.unwrap_or(day).max(since);
        let asked_before_end = |query: &&Query| match last.decided {
            Some(decided) => query.asked.position < decided.position,
            None => true,
        };
        let stops: Vec<&Query> = self.queries.iter().filter(asked_before_end).collect();
        let days_used = since.days_until(end) - stopped(&stops, since, end);
        let open = stops.iter().filter(|query| query.answered.is_none() && decided.is_none());
        let stopped_since = open.clone().map(|query| query.asked.recorded.max(since)).min();
        let due = (decided.is_none() && stopped_since.is_none()).then(|| end.plus_days(DECIDED_WITHIN - days_used));
        Some(AcceptanceClock {
            since,
            days_used,
            days: DECIDED_WITHIN,
            due,
            stopped_by: open.map(|query| query.query.clone()).collect(),
            stopped_since,
            decided,
        })
    }
}

/// Days between two on which any of the queries was open; days that several stopped count once.
fn stopped(queries: &[&Query], since: Day, end: Day) -> i64 {
    let mut spans: Vec<(Day, Day)> = queries
        .iter()
        .map(|query| (query.asked.recorded.max(since), query.answered.map_or(end, |mark| mark.recorded).min(end)))
        .filter(|(from, to)| from < to)
        .collect();
    spans.sort_unstable();
    let (mut days, mut reached) = (0, since);
    for (from, to) in spans {
        let from = from.max(reached);
        days += from.days_until(to).max(0);
        reached = reached.max(to);
    }
    days
}

#[cfg(test)]
mod tests {
    use koinon_events::value::Day;
    use koinon_events::{ProgrammeId, ReportId};
    use serde_json::{Value, json};

    use super::AcceptanceClock;
    use crate::story::{Story, id, story};

    const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
    const REPORT: ReportId = ReportId(id(50));

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn at(story: &Story, on: &str) -> Option<AcceptanceClock> {
        story.told().tables.reports.get(REPORT.0).unwrap().acceptance(day(on))
    }

    fn opened() -> Story {
        let scope = json!({"programme": PROGRAMME, "period": 1, "scope": {"kind": "programme"}});
        story().on("2022-05-01").happened(REPORT, "ReportOpened", scope)
    }

    fn submitted(story: Story, on: &str) -> Story {
        story.on(on).happened(
            REPORT,
            "ReportSubmitted",
            json!({"submitted_by": "person/01970000-0000-7000-8000-000000000099"}),
        )
    }

    fn asked(story: Story, on: &str, query: &str) -> Story {
        story.on(on).happened(
            REPORT,
            "QueryRaised",
            json!({"query": query, "figure": "RCO 81", "text": "Where is the sheet?"}),
        )
    }

    fn answered(story: Story, on: &str, query: &str) -> Story {
        let answer: Value = json!({"query": query, "text": "Here it is."});
        story.on(on).happened(REPORT, "QueryAnswered", answer)
    }

    #[test]
    fn it_does_not_run_before_the_report_is_handed_in() {
        assert_eq!(at(&opened(), "2022-06-01"), None);
    }

    #[test]
    fn it_counts_the_days_since_the_report_was_handed_in() {
        let clock = at(&submitted(opened(), "2022-06-01"), "2022-06-11").unwrap();
        assert_eq!((clock.days_used, clock.days, clock.due), (10, 30, Some(day("2022-07-01"))));
        assert!(clock.stopped_by.is_empty());
    }

    #[test]
    fn it_stands_still_while_a_query_is_open_and_says_which() {
        let story = asked(submitted(opened(), "2022-06-01"), "2022-06-05", "q1");
        let clock = at(&story, "2022-06-20").unwrap();
        assert_eq!((clock.days_used, clock.due, clock.stopped_since), (4, None, Some(day("2022-06-05"))));
        assert_eq!(clock.stopped_by.iter().map(ToString::to_string).collect::<Vec<_>>(), ["q1"]);
    }

    #[test]
    fn it_goes_on_with_the_answer_and_days_that_two_queries_stopped_count_once() {
        let story = asked(submitted(opened(), "2022-06-01"), "2022-06-05", "q1");
        let story = asked(story, "2022-06-07", "q2");
        let story = answered(answered(story, "2022-06-09", "q1"), "2022-06-11", "q2");
        let clock = at(&story, "2022-06-15").unwrap();
        assert_eq!((clock.days_used, clock.due, clock.stopped_since), (8, Some(day("2022-07-07")), None));
    }

    #[test]
    fn it_ends_when_the_report_is_decided_and_begins_anew_when_it_is_handed_in_again() {
        let returned = json!({"reasons": "The sheet is missing."});
        let story = asked(submitted(opened(), "2022-06-01"), "2022-06-05", "q1");
        let story = story.on("2022-06-08").happened(REPORT, "ReportReturned", returned);
        let clock = at(&story, "2022-08-01").unwrap();
        assert_eq!((clock.days_used, clock.decided, clock.due), (4, Some(day("2022-06-08")), None));
        let again = submitted(answered(story, "2022-06-20", "q1"), "2022-06-22");
        let clock = at(&again, "2022-06-25").unwrap();
        assert_eq!((clock.since, clock.days_used), (day("2022-06-22"), 3));
    }
}
