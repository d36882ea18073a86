//! The rehearsal: the whole story through the deciders, without a service. What passes here is accepted by the law; what
//! the story promises to show is looked for in the states it ends with.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use koinon_events::value::Timestamp;
use koinon_events::{Actor, Event, Kind, PersonId, Subject};

use super::history::rows;
use super::{LEFT_OUT, PEOPLE, SET_UP, Step, before, next_day, papers, person_id, stops_at, story, told};
use crate::access::{self, Grant};
use crate::domain::learning::AdoptionStatus;
use crate::domain::{Command, Context, Decision, Sealer, State, World, command_shape, decide, parse, relies_on};

/// What is known after some steps.
#[derive(Default)]
pub struct Stage {
    /// The state of every subject.
    pub states: HashMap<Subject, State>,
    /// What was decided, in order.
    pub facts: Vec<Decided>,
}

/// One fact of the story.
pub struct Decided {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub actor: Actor,
    /// To what.
    pub subject: Subject,
    /// What happened.
    pub event: Event,
}

impl Stage {
    /// Plays the steps; stops at the first that is refused, saying which.
    pub fn play(steps: &[Step]) -> Self {
        let mut stage = Self::default();
        for step in steps {
            stage.give(step);
        }
        stage
    }

    fn give(&mut self, step: &Step) {
        let told = format!("{} at {} by {} (row {:?})", step.command, step.at, step.as_whom, step.from_row);
        let shape = command_shape(step.command).unwrap_or_else(|| panic!("there is no command {told}"));
        let command = parse(shape, &step.body).unwrap_or_else(|found| panic!("{told} does not fit: {found:?}"));
        let world = self.world(&command);
        self.may(step, &command, &world, &told);
        let facts =
            self.decide(step, &command, &world).unwrap_or_else(|refusal| panic!("{told} is refused: {refusal:?}"));
        for fact in facts {
            let subject = fact.subject.unwrap_or(command.subject());
            let state = State::evolve(self.states.remove(&subject), subject, &fact.event);
            self.states.extend(state.map(|state| (subject, state)));
            self.facts.push(Decided { at: step.at, actor: actor(step), subject, event: fact.event });
        }
    }

    fn world(&self, command: &Command) -> World {
        let mut world = World::default();
        let mut wanted = vec![command.subject()];
        while !wanted.is_empty() {
            for subject in wanted {
                world.insert(subject, self.states.get(&subject).cloned().map(Arc::new));
            }
            wanted = relies_on(command, &world).into_iter().filter(|subject| !world.knows(*subject)).collect();
        }
        world
    }

    fn decide(&self, step: &Step, command: &Command, world: &World) -> Decision {
        let (actor, sealer) = (actor(step), Sealer::new([7; 32]));
        let context = Context { actor: &actor, today: step.at.day(), world, sealer: &sealer };
        decide(self.states.get(&command.subject()), command, &context)
    }

    /// The sample persons act within their roles.
    fn may(&self, step: &Step, command: &Command, world: &World, told: &str) {
        let actor = actor(step);
        let grants: Vec<Grant> = match &actor {
            Actor::Person(person) => match self.states.get(&person.subject()) {
                Some(State::Person(person)) => {
                    let held = person.grants.values().filter(|grant| grant.holds_on(step.at.day()));
                    held.map(|grant| Grant::new(grant.role, grant.scope, grant.until)).collect()
                }
                _ => panic!("{told}: nobody invited them"),
            },
            _ => Vec::new(),
        };
        let scope = match self.states.get(&command.subject()) {
            Some(state) => state.scope(),
            None => crate::app::scope::named(step.body.as_object().unwrap(), world),
        };
        if let Err(denied) = access::may(command, &scope, &grants, &actor, step.at.day()) {
            panic!("{told} is denied: {denied}");
        }
    }

    /// How many subjects of a kind have each status.
    pub fn statuses(&self, kind: Kind) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for status in
            self.states.iter().filter(|(subject, _)| subject.kind == kind).filter_map(|(_, state)| status(state))
        {
            *counts.entry(status).or_default() += 1;
        }
        counts
    }

    fn times(&self, event: &str) -> usize {
        self.facts.iter().filter(|fact| fact.event.name() == event).count()
    }
}

fn actor(step: &Step) -> Actor {
    if step.as_whom == SET_UP {
        Actor::System(serde_json::from_value("set-up".into()).unwrap())
    } else {
        Actor::Person(PersonId(person_id(step.as_whom)))
    }
}

fn status(state: &State) -> Option<&'static str> {
    Some(match state {
        State::Programme(it) => it.status.into(),
        State::City(it) => it.status.into(),
        State::Partnership(it) => it.status.into(),
        State::Person(it) => it.status.into(),
        State::Visit(it) => it.status.into(),
        State::Meeting(it) => it.status.into(),
        State::Learning(it) => it.status.into(),
        State::Document(it) => it.status.into(),
        State::Project(it) => it.status.into(),
        State::Pilot(it) => it.status.into(),
        State::Action(it) => it.status.into(),
        State::Report(it) => it.status.into(),
        _ => return None,
    })
}

fn shows(stage: &Stage, kind: Kind, expected: &[(&str, usize)]) {
    assert_eq!(stage.statuses(kind), expected.iter().copied().collect(), "{kind:?}");
}

#[test]
fn every_step_of_the_story_is_accepted() {
    let stage = Stage::play(&story());
    assert_eq!(stage.statuses(Kind::Programme), [("closed", 1)].into());
}

#[test]
fn every_row_is_told_or_left_out_with_its_cause() {
    let told: BTreeSet<u32> = story().iter().filter_map(|step| step.from_row).collect();
    for row in rows() {
        let left_out = LEFT_OUT.iter().any(|(number, cause)| *number == row.number && !cause.is_empty());
        assert!(told.contains(&row.number) != left_out, "row {} is neither told nor left out, or both", row.number);
    }
}

#[test]
fn facts_stand_in_the_order_in_which_they_were_decided() {
    let stage = Stage::play(&before());
    assert!(stage.facts.is_sorted_by_key(|fact| fact.at));
    let erased = stage.facts.iter().find(|fact| fact.event.name() == "PersonErased").unwrap();
    assert_eq!(erased.subject.id, person_id("delegate-halifax-2"));
    assert_eq!(erased.actor, Actor::Person(PersonId(person_id("administrator"))));
}

#[test]
fn steps_stand_in_time_order_within_the_programme_and_have_keys_of_their_own() {
    let story = story();
    assert!(story.is_sorted_by_key(|step| step.at));
    assert!(story.first().is_some_and(|step| step.at.day().to_string() == "2021-10-01"));
    assert_eq!(story.iter().map(|step| &step.key).collect::<BTreeSet<_>>().len(), story.len());
    assert!(story.iter().all(|step| step.as_whom == SET_UP || PEOPLE.iter().any(|person| person.key == step.as_whom)));
}

#[test]
fn the_clock_stops_on_14_february_and_the_next_day_is_the_15th() {
    let before = before();
    assert_eq!(before.last().map(|step| step.from_row), Some(Some(226)));
    assert_eq!(stops_at().day().to_string(), "2023-02-14");
    let mut day = stops_at().day();
    let (mut steps, mut days) = (before.len(), Vec::new());
    while let Some(first) = next_day(day).first() {
        day = first.at.day();
        days.push(day.to_string());
        steps += next_day(day.plus_days(-1)).len();
    }
    assert_eq!(steps, story().len());
    assert_eq!(days.first().map(String::as_str), Some("2023-02-15"));
}

#[test]
fn where_the_clock_stops_every_kind_shows_its_ends() {
    let stage = Stage::play(&before());
    shows(&stage, Kind::Programme, &[("running", 1)]);
    shows(&stage, Kind::City, &[("active", 28), ("applied", 1), ("rejected", 1), ("reserve", 1), ("withdrawn", 1)]);
    shows(
        &stage,
        Kind::Partnership,
        &[("active", 13), ("completed", 1), ("dissolved", 1), ("kicked-off", 1), ("proposed", 2), ("suspended", 1)],
    );
    shows(
        &stage,
        Kind::Visit,
        &[
            ("cancelled", 1),
            ("closed", 10),
            ("completed", 6),
            ("confirmed", 1),
            ("postponed", 1),
            ("proposed", 1),
            ("under-way", 1),
        ],
    );
    shows(
        &stage,
        Kind::Pilot,
        &[
            ("approved", 1),
            ("completed", 1),
            ("launched", 3),
            ("not-continued", 1),
            ("paused", 1),
            ("planned", 1),
            ("proposed", 1),
            ("scaled-up", 2),
            ("stopped", 1),
        ],
    );
    shows(&stage, Kind::Project, &[("active", 1), ("completed", 1), ("idea", 1), ("stopped", 1)]);
    shows(&stage, Kind::Action, &[("done", 2), ("dropped", 1), ("open", 4), ("verified", 2)]);
    shows(&stage, Kind::Report, &[("accepted", 2), ("draft", 1), ("reopened", 1)]);
    let learnings = [("published", 12), ("recorded", 2), ("retracted", 1), ("superseded", 1), ("validated", 1)];
    shows(&stage, Kind::Learning, &learnings);
    for (kind, ends) in [
        (Kind::Meeting, &["scheduled", "held", "minuted", "delivered", "recorded", "cancelled"][..]),
        (Kind::Person, &["active", "inactive", "erased"]),
        (Kind::Document, &["registered", "withdrawn"]),
    ] {
        assert_eq!(
            stage.statuses(kind).into_keys().collect::<BTreeSet<_>>(),
            ends.iter().copied().collect(),
            "{kind:?}"
        );
    }
}

#[test]
fn adoptions_come_in_every_state() {
    let stage = Stage::play(&before());
    let adoptions = stage.states.values().filter_map(|state| match state {
        State::Learning(learning) => Some(learning.adoptions.values()),
        _ => None,
    });
    let found: BTreeSet<&str> = adoptions.flatten().map(|status: &AdoptionStatus| (*status).into()).collect();
    assert_eq!(found, ["abandoned", "declined", "interested", "started", "verified"].into());
}

#[test]
fn the_programme_of_the_text_is_there() {
    let stage = Stage::play(&before());
    assert_eq!(stage.times("VisitScheduled"), 20);
    assert_eq!(stage.times("ThemeDefined"), 26);
    let directions = [
        ("v01", "ethekwini", "porto"),
        ("v02", "capetown", "hamburg"),
        ("v03", "incheon", "berlin"),
        ("v04", "gwangju", "athens"),
        ("v05", "singapore", "milan"),
        ("v06", "frankfurt", "toronto"),
        ("v07", "utrecht", "stjohns"),
        ("v08", "fuenlabrada", "halifax"),
    ];
    for (key, guest, host) in directions {
        let subject = super::address("visit", key).parse().unwrap();
        let Some(State::Visit(visit)) = stage.states.get(&subject) else { panic!("{key}") };
        assert_eq!(
            (visit.host_city.to_string(), visit.visiting_cities[0].to_string()),
            (super::city(host), super::city(guest))
        );
        assert!(!visit.experts.is_empty(), "{key}");
    }
    let webinar = super::address("meeting", "webinar-ua").parse().unwrap();
    assert!(matches!(stage.states.get(&webinar), Some(State::Meeting(meeting)) if meeting.recording == Some(None)));
}

#[test]
fn every_registered_paper_has_its_bytes_and_none_twice() {
    let registered = story().iter().filter(|step| step.command == "RegisterDocument").count();
    let documents: BTreeSet<_> = papers().iter().map(|paper| paper.document).collect();
    assert_eq!((documents.len(), papers().len()), (registered, registered));
}

#[test]
fn the_mapping_in_the_docs_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/SAMPLE.md");
    if std::env::var_os("KOINON_WRITE").is_some() {
        std::fs::write(path, told()).unwrap();
    }
    let is_current = std::fs::read_to_string(path).unwrap() == told();
    assert!(is_current, "write it anew: KOINON_WRITE=1 cargo test --lib sample");
}

#[test]
fn every_figure_is_expected_above_zero_with_something_looked_at_and_not_counted() {
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected-figures.csv")).unwrap();
    let lines: Vec<(String, f64, String, u32, u32, String)> =
        csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect::<Result<_, _>>().unwrap();
    let figures = lines.iter().filter(|line| line.0.starts_with("RC"));
    let codes: Vec<&str> = figures.clone().map(|line| line.0.as_str()).collect();
    let expected =
        ["RCO 81", "RCO 83", "RCO 84", "RCO 85", "RCO 87", "RCO 115", "RCO 116", "RCR 79", "RCR 84", "RCR 104"];
    assert_eq!(codes, expected);
    for (code, value, _, counted, not_counted, derived) in figures {
        assert!(*value > 0.0 && *counted > 0 && *not_counted > 0 && derived.contains("Not counted"), "{code}");
    }
    assert!(lines.iter().all(|line| line.1 > 0.0));
}
