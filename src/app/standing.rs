//! The standing rules: what follows from what was recorded, as commands of `system/RULE`. A completed visit asks for
//! learnings, a published learning is suggested, a period coming due is reminded of, a city that left lists what is open.
//!
//! Promises: each cause is followed once, for its command carries the cause as its key; what was recorded before a rule
//! was switched on, and work told of quietly, is followed by nothing. A rule refuses to act where the law forbids it.

use std::time::Duration;

use koinon_events::value::{Day, Timestamp};
use koinon_events::{CityId, LearningId, ProgrammeId, Record};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Caller, EventFilter, Failure, Koinon, Order, record_of};
use crate::views::{ListQuery, Moment};

/// Days within which the learnings of a completed visit are expected.
const LEARNINGS_WITHIN: i64 = 14;
/// How long a cause is left alone, in microseconds: whoever made it may be at work on the same subject.
const SETTLED: i64 = 2_000_000;
/// Causes looked at together.
const BATCH: usize = 64;
/// How long the read models may take to reach a cause.
const PATIENCE: Duration = Duration::from_secs(30);

/// One rule: what it is called, and the event that it follows.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// The name its commands are recorded under: `system/NAME`.
    pub name: &'static str,
    /// The event that it follows.
    pub follows: &'static str,
}

/// Every rule that follows an event.
pub const RULES: [Standing; 3] = [
    Standing { name: "learnings-asked", follows: "VisitCompleted" },
    Standing { name: "learning-suggested", follows: "LearningPublished" },
    Standing { name: "open-matters", follows: "CityWithdrawn" },
];

/// The rule that follows the calendar.
const PERIODS: &str = "period-reminder";

impl Koinon {
    /// Where a rule stands; one that was never on begins at the head, so that nothing follows from what was before.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when it cannot be read or kept.
    pub async fn rule_begins(&self, name: &str) -> Result<u64, Failure> {
        let head = self.head().await?.position;
        Ok(self.inner.store.rule_cursor(name, head.cast_signed()).await?.cast_unsigned())
    }

    /// Follows the next causes of a rule after a position; says up to where it has looked.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when something cannot be read or recorded now; nothing is skipped then.
    pub async fn follow_rule(&self, rule: Standing, after: u64) -> Result<u64, Failure> {
        let system = Caller::system(rule.name)?;
        let filter = EventFilter { event_type: Some(rule.follows.to_owned()), ..EventFilter::default() };
        let reading = self.records(&system, &filter, after, BATCH).await?;
        let settled = self.clock().now().micros().saturating_sub(SETTLED);
        for stored in &reading.records {
            let cause = record_of(stored)?;
            if cause.time.micros() > settled {
                return Ok(stored.position - 1);
            }
            if !self.inner.store.is_quiet(cause.correlation).await? {
                self.follow_cause(rule, &system, &cause).await?;
            }
            self.inner.store.move_rule_cursor(rule.name, stored.position.cast_signed()).await?;
        }
        Ok(reading.until)
    }

    async fn follow_cause(&self, rule: Standing, system: &Caller, cause: &Record) -> Result<(), Failure> {
        let (id, day) = (cause.subject.id, cause.time.day());
        let (command, body) = match rule.follows {
            "VisitCompleted" => ("RequestLearnings", json!({ "visit": id, "due": day.plus_days(LEARNINGS_WITHIN) })),
            "LearningPublished" => {
                let Some(programme) = self.programme_at(cause).await? else { return Ok(()) };
                let found = self.views().suggested_to(programme, LearningId(id), day).await?.unwrap_or_default();
                if found.is_empty() {
                    return Ok(());
                }
                ("SuggestLearning", json!({ "learning": id, "cities": found }))
            }
            _ => {
                let Some(programme) = self.programme_at(cause).await? else { return Ok(()) };
                let found = self.views().open_matters(programme, CityId(id), day).await?.unwrap_or_default();
                ("ListOpenMatters", json!({ "city": id, "matters": found }))
            }
        };
        self.give(system, command, body, cause.id.to_string(), Some(cause)).await
    }

    /// The programme of a cause, once the read models have reached it.
    async fn programme_at(&self, cause: &Record) -> Result<Option<ProgrammeId>, Failure> {
        self.views().wait_for(cause.position, PATIENCE).await?;
        Ok(self.scope(cause.subject).await?.and_then(|scope| scope.programme))
    }

    /// Gives a rule's command. What the law forbids, and what was followed before, is nothing to do; what cannot be
    /// recorded now is an error.
    async fn give(
        &self,
        system: &Caller,
        command: &str,
        body: Value,
        key: String,
        cause: Option<&Record>,
    ) -> Result<(), Failure> {
        let order = Order {
            name: command.to_owned(),
            body: body.as_object().cloned().unwrap_or_else(Map::new),
            idempotency_key: Some(key),
            correlation: cause.map(|cause| cause.correlation),
            causation: cause.map(|cause| cause.id),
            ..Order::default()
        };
        match self.execute(system, order).await {
            Ok(_) | Err(Failure::KeyReused) => Ok(()),
            Err(failure @ (Failure::Rule(_) | Failure::Absent | Failure::Unfit(_))) => {
                tracing::info!(command, %failure, "a standing rule has nothing to do");
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    /// Gives the reminders of periods' reports that today asks for.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when something cannot be read or recorded now.
    pub async fn remind_of_periods(&self) -> Result<(), Failure> {
        let now = self.clock().now();
        let since = Timestamp::from_micros(self.inner.store.rule_cursor(PERIODS, now.micros()).await?).day();
        let system = Caller::system(PERIODS)?;
        self.views().wait_for(self.head().await?.position, PATIENCE).await?;
        for programme in self.programmes().await? {
            self.remind_of_periods_of(&system, programme, now.day(), since).await?;
        }
        Ok(())
    }

    async fn remind_of_periods_of(
        &self,
        system: &Caller,
        programme: ProgrammeId,
        today: Day,
        since: Day,
    ) -> Result<(), Failure> {
        for reminder in self.views().period_reminders(programme, today, since).await?.unwrap_or_default() {
            let (number, due, days_left) = (reminder.number, reminder.due, reminder.days_left);
            let body = json!({ "programme": programme, "number": number, "due": due, "days_left": days_left });
            let key = format!("{programme}/{number}/{due}/{days_left}");
            self.give(system, "RemindOfPeriod", body, key, None).await?;
        }
        Ok(())
    }

    async fn programmes(&self) -> Result<Vec<ProgrammeId>, Failure> {
        let id = |row: &bytes::Bytes| serde_json::from_slice::<Value>(row).ok()?["id"].as_str()?.parse().ok();
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let query = ListQuery { limit: Some(500), cursor, ..ListQuery::default() };
            let page = self.views().list("programmes", &query, Moment::Live).await?;
            found.extend(page.items.iter().filter_map(id).map(ProgrammeId));
            cursor = page.next;
            if cursor.is_none() {
                return Ok(found);
            }
        }
    }

    /// Work told of after the fact: no rule follows from commands of this correlation.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when it cannot be kept.
    pub async fn work_quietly(&self, correlation: Uuid) -> Result<(), Failure> {
        Ok(self.inner.store.keep_quiet(correlation).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Start;
    use crate::clock::Clock;

    const PROGRAMME: &str = "01970000-0000-7000-8000-000000000001";
    const PORTO: &str = "01970000-0000-7000-8000-000000000002";
    const DURBAN: &str = "01970000-0000-7000-8000-000000000003";

    /// A service under a clock of its own, told by the system.
    struct Told {
        koinon: Koinon,
        _folder: tempfile::TempDir,
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn city(id: &str, country: &str) -> Value {
        json!({ "id": id, "programme": PROGRAMME, "name": id, "native_name": id, "country": country, "strand": "All",
            "latitude": "41.1", "longitude": "8.6", "population": 1000, "timezone": "UTC", "languages": ["en"] })
    }

    impl Told {
        async fn begin() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let start = Start::within(folder.path());
            let koinon = Koinon::open(&start, Clock::simulated(at("2026-06-01T09:00:00Z"))).await.unwrap();
            let told = Self { koinon, _folder: folder };
            let programme = json!({ "id": PROGRAMME, "code": "icc", "title": { "en": "Cities" }, "funder": "EU",
                "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-06-30" });
            told.done("CreateProgramme", programme, None).await;
            told.done("StartProgramme", json!({ "programme": PROGRAMME }), None).await;
            for (id, country) in [(PORTO, "PT"), (DURBAN, "ZA")] {
                told.done("RegisterCity", city(id, country), None).await;
                told.done("SelectCity", json!({ "city": id }), None).await;
            }
            told
        }

        async fn done(&self, name: &str, body: Value, correlation: Option<Uuid>) {
            let body = body.as_object().unwrap().clone();
            let order = Order { name: name.to_owned(), body, correlation, ..Order::default() };
            let answer = self.koinon.execute(&Caller::system("test").unwrap(), order).await;
            answer.unwrap_or_else(|failure| panic!("{name}: {failure}"));
        }

        async fn a_visit_is_completed(&self, id: &str, correlation: Option<Uuid>) {
            let visit = json!({ "id": id, "programme": PROGRAMME, "kind": "study-visit", "format": "in-person",
                "host_city": PORTO, "visiting_cities": [DURBAN], "from": "2026-05-25", "to": "2026-05-29",
                "themes": [], "objectives": "See the plant" });
            self.done("ScheduleVisit", visit, correlation).await;
            for step in ["ConfirmVisit", "StartVisit", "CompleteVisit"] {
                self.done(step, json!({ "visit": id }), correlation).await;
            }
        }

        async fn count(&self, event: &str) -> usize {
            let filter = EventFilter { event_type: Some(event.to_owned()), ..EventFilter::default() };
            let found = self.koinon.records(&Caller::system("test").unwrap(), &filter, 0, 100).await.unwrap();
            found.records.len()
        }

        fn wait_until(&self, moment: &str) {
            self.koinon.clock().advance_to(at(moment));
        }
    }

    #[tokio::test]
    async fn a_cause_is_followed_once_and_quiet_work_by_nothing() {
        let told = Told::begin().await;
        told.a_visit_is_completed("01970000-0000-7000-8000-000000000010", None).await;
        let begins = told.koinon.rule_begins("learnings-asked").await.unwrap();
        let quiet = Uuid::from_u128(7);
        told.koinon.work_quietly(quiet).await.unwrap();
        told.a_visit_is_completed("01970000-0000-7000-8000-000000000011", Some(quiet)).await;
        told.a_visit_is_completed("01970000-0000-7000-8000-000000000012", None).await;
        let follow = || told.koinon.follow_rule(RULES[0], begins);
        follow().await.unwrap();
        assert_eq!(told.count("LearningsRequested").await, 0, "what was recorded a moment ago is left alone");
        told.wait_until("2026-06-01T09:00:10Z");
        follow().await.unwrap();
        follow().await.unwrap();
        assert_eq!(told.count("LearningsRequested").await, 1, "not what was before, nor quietly told; the rest once");
    }

    #[tokio::test]
    async fn a_period_is_reminded_of_on_its_days_once_each() {
        let told = Told::begin().await;
        let period = json!({ "programme": PROGRAMME, "number": 1, "from": "2026-01-01", "to": "2026-05-31",
            "due": "2026-06-20" });
        told.koinon.remind_of_periods().await.unwrap();
        told.done("DefinePeriod", period, None).await;
        for (day, reminders) in [("05", 0), ("06", 1), ("07", 1), ("17", 2), ("18", 2), ("21", 3), ("30", 3)] {
            told.wait_until(&format!("2026-06-{day}T09:00:00Z"));
            told.koinon.remind_of_periods().await.unwrap();
            told.koinon.remind_of_periods().await.unwrap();
            assert_eq!(told.count("PeriodReminded").await, reminders, "on 2026-06-{day}");
        }
    }
}
