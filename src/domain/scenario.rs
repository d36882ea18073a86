//! Given, when, then: how every decider is told and tested. A scenario is also the place where the repeat law can be
//! seen: what a command decided is what a repeat of it is compared with.

pub mod pair;
pub mod stage;
pub mod states;

use std::collections::HashMap;
use std::sync::Arc;

use koinon_events::{Actor, Event, PersonId, Subject};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Command, Context, Decision, Fact, Rejection, Sealer, State, World, command_shape, decide, parse, relies_on,
};

/// A small stable id for scenarios: the same number is the same subject.
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// What has happened so far, and what is asked now.
#[derive(Default)]
pub struct Scenario {
    states: HashMap<Subject, State>,
    actor: Option<Actor>,
    decision: Option<Decision>,
}

/// Nothing has happened yet.
pub fn given() -> Scenario {
    Scenario::default()
}

impl Scenario {
    /// A state that the story starts from, for subjects of other rooms.
    pub fn state(mut self, subject: impl Into<Subject>, state: State) -> Self {
        self.states.insert(subject.into(), state);
        self
    }

    /// Something happened.
    #[allow(dead_code)]
    pub fn happened(mut self, subject: impl Into<Subject>, event: impl Into<Event>) -> Self {
        self.apply(subject.into(), &event.into());
        self
    }

    fn apply(&mut self, subject: Subject, event: &Event) {
        let state = State::evolve(self.states.remove(&subject), subject, event);
        if let Some(state) = state {
            self.states.insert(subject, state);
        }
    }

    /// Somebody did something, and it was allowed: its facts become part of what happened.
    pub fn done(mut self, name: &str, body: Value) -> Self {
        let command = read(name, &body);
        let facts = self.decide(&command).unwrap_or_else(|refusal| panic!("{name} was refused: {refusal:?}"));
        for fact in facts {
            self.apply(fact.subject.unwrap_or(command.subject()), &fact.event);
        }
        self
    }

    /// From now on this one acts, not the somebody of all stories.
    pub fn acting(mut self, actor: Actor) -> Self {
        self.actor = Some(actor);
        self
    }

    /// Somebody asks for something.
    pub fn when(mut self, name: &str, body: Value) -> Self {
        let decision = self.decide(&read(name, &body));
        self.decision = Some(decision);
        self
    }

    fn decide(&self, command: &Command) -> Decision {
        let mut world = World::default();
        let look_up = |world: &mut World, subject: Subject| {
            world.insert(subject, self.states.get(&subject).cloned().map(Arc::new));
        };
        look_up(&mut world, command.subject());
        loop {
            let missing: Vec<Subject> =
                relies_on(command, &world).into_iter().filter(|subject| !world.knows(*subject)).collect();
            if missing.is_empty() {
                break;
            }
            missing.into_iter().for_each(|subject| look_up(&mut world, subject));
        }
        let sealer = Sealer::new([7; 32]);
        let somebody = Actor::Person(PersonId(id(999)));
        let context = Context {
            actor: self.actor.as_ref().unwrap_or(&somebody),
            today: "2022-06-15".parse().unwrap(),
            world: &world,
            sealer: &sealer,
        };
        decide(self.states.get(&command.subject()), command, &context)
    }

    /// What was decided, as it is.
    pub fn decided(self) -> Decision {
        self.decision.unwrap()
    }

    /// These facts follow, in this order; `None` is the command's own subject.
    pub fn then(self, expected: impl IntoIterator<Item = Event>) {
        let facts: Vec<Event> =
            self.decision.unwrap().expect("the command was refused").into_iter().map(|fact| fact.event).collect();
        assert_eq!(facts, expected.into_iter().collect::<Vec<_>>());
    }

    /// These facts follow, with the subjects they belong to.
    #[allow(dead_code)]
    pub fn then_facts(self, expected: impl IntoIterator<Item = Fact>) {
        assert_eq!(self.decision.unwrap().unwrap(), expected.into_iter().collect::<Vec<_>>());
    }

    /// It is allowed, whatever follows.
    pub fn then_accepted(self) {
        self.decision.unwrap().expect("the command was refused");
    }

    /// A rule forbids it.
    pub fn then_refused(self, code: &str) {
        match self.decision.unwrap() {
            Err(Rejection::Rule(rule)) => assert_eq!(rule.code, code),
            other => panic!("expected the rule {code}, got {other:?}"),
        }
    }

    /// A field does not fit.
    pub fn then_unfit(self, pointer: &str) {
        match self.decision.unwrap() {
            Err(Rejection::Unfit(findings)) => assert_eq!(findings[0].pointer, pointer, "{findings:?}"),
            other => panic!("expected {pointer} not to fit, got {other:?}"),
        }
    }
}

fn read(name: &str, body: &Value) -> Command {
    let shape = command_shape(name).unwrap_or_else(|| panic!("there is no command {name}"));
    parse(shape, body).unwrap_or_else(|findings| panic!("{name} does not fit: {findings:?}"))
}
