//! The command path: parse, load, may you, decide, append. One command, one transaction, one or more events.
//!
//! Whoever loses a race decides again on what is there now; whoever named a version is told that it was lost. A command
//! repeated on its own outcome answers with no events (`repeat.rs`).

use std::sync::Arc;

use bytes::Bytes;
use koinon_events::value::Code;
use koinon_events::{Actor, Draft, Kind, PersonId, Role, Subject};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::load::{Deed, Ground, Loaded};
use super::{Caller, Failure, Koinon, scope};
use crate::access;
use crate::domain::{self, Command, CommandShape, Context, Fact, Rejection, Scope, Sealer, State, World};
use crate::store::{AnswerKey, Append, AppendError, Appended, NewEvent};

/// How often a command is decided again when others were faster.
const TRIES: usize = 5;

/// A command as it arrives.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// `ScheduleVisit`.
    pub name: String,
    /// Its fields.
    pub body: Map<String, Value>,
    /// The caller's key for safe repeats.
    pub idempotency_key: Option<String>,
    /// The version the caller has seen.
    pub if_match: Option<u64>,
    /// What this command belongs to, when part of something larger.
    pub correlation: Option<Uuid>,
    /// The event that caused it, for standing rules.
    pub causation: Option<Uuid>,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The subject.
    pub subject: Subject,
    /// The subject's version now.
    pub version: u64,
    /// The position of the command's last event; of the subject's last event when it had none.
    pub position: u64,
    /// Whether the subject is new.
    pub created: bool,
    /// The records, byte for byte.
    pub events: Vec<Bytes>,
    /// A secret made by the command, shown this once and kept nowhere.
    pub secret: Option<String>,
}

/// A command understood: what stays the same however often it is decided.
pub(super) struct Asked<'a> {
    pub(super) caller: &'a Caller,
    pub(super) command: Command,
    /// Whether the subject's id was made here and now, so that nobody can know it yet.
    pub(super) made: bool,
    pub(super) id: Uuid,
    pub(super) chance: [u8; 32],
    pub(super) order: &'a Order,
    pub(super) key: Option<([u8; 32], String)>,
}

/// What one decision came to.
enum Outcome {
    /// These facts follow.
    Facts(Vec<Fact>, Sealer),
    /// It was done before.
    Repeat,
    /// It is refused.
    Refused(Rejection),
}

impl Koinon {
    /// Executes a command for a caller.
    ///
    /// # Errors
    /// Every [`Failure`] a command can meet; a refused command leaves no event.
    pub async fn execute(&self, caller: &Caller, order: Order) -> Result<Answer, Failure> {
        let started = std::time::Instant::now();
        let answer = self.run(caller, &order).await;
        let outcome = match &answer {
            Ok(_) => "done",
            Err(Failure::Unavailable(_) | Failure::ReadOnly(_) | Failure::Internal(_) | Failure::Busy) => "failed",
            Err(_) => "refused",
        };
        let name = domain::command_shape(&order.name).map_or("unknown", |shape| shape.name);
        metrics::histogram!("koinon_command_seconds", "command" => name, "outcome" => outcome)
            .record(started.elapsed().as_secs_f64());
        if answer.is_ok() && name == "UpdatePerson" {
            self.address_changed(&order).await;
        }
        if answer.is_ok() {
            self.clear_after(&order).await;
        }
        if let Err(failure) = &answer {
            self.note_refusal(caller, &order, failure);
        }
        answer
    }

    async fn run(&self, caller: &Caller, order: &Order) -> Result<Answer, Failure> {
        self.inner.seal.trusted()?;
        let shape = domain::command_shape(&order.name).ok_or_else(|| Failure::UnknownCommand(order.name.clone()))?;
        let key = order.idempotency_key.as_ref().map(|key| (self.body_hash(order), key.clone()));
        let (body, made) = self.completed(shape, caller, order);
        let command = domain::parse(shape, &body).map_err(Failure::Unfit)?;
        let (id, chance) = (self.inner.clock.id(), self.inner.clock.chance());
        let asked = Asked { caller, command, made, id, chance, order, key };
        let (mut lost, mut turn) = (None, None);
        for attempt in 0..TRIES {
            if attempt > 0 && turn.is_none() {
                turn = Some(self.inner.turns.of(asked.command.subject()).await);
            }
            match self.attempt(shape, &asked, attempt > 0).await {
                Err(Failure::VersionLost { subject, expected, actual })
                    if order.if_match.is_none() || subject != asked.command.subject() =>
                {
                    tracing::debug!(%subject, expected, actual, "decided again: the subject moved");
                    lost = Some(subject);
                }
                answer => return answer,
            }
        }
        Err(Failure::Contended { subject: lost.unwrap_or_else(|| asked.command.subject()) })
    }

    /// The body with the new subject's id filled in: made, or the person's own for what a person has one of. A creating
    /// command may name an existing subject by its noun.
    fn completed(&self, shape: &CommandShape, caller: &Caller, order: &Order) -> (Value, bool) {
        let (mut body, mut is_made) = (order.body.clone(), false);
        let noun = shape.noun.to_lowercase();
        if shape.creates && !body.contains_key(shape.subject_field) {
            let own = match (&caller.actor, noun.as_str()) {
                (Actor::Person(person), "following") => Some(person.0),
                _ => None,
            };
            let made = || {
                is_made = own.is_none();
                Value::String(own.unwrap_or_else(|| self.inner.clock.id()).to_string())
            };
            let id = body.remove(&noun).unwrap_or_else(made);
            body.insert(shape.subject_field.to_owned(), id);
        }
        (Value::Object(body), is_made)
    }

    async fn attempt(&self, shape: &CommandShape, asked: &Asked<'_>, fresh: bool) -> Result<Answer, Failure> {
        let mut ground = self.ground(&asked.command, asked.made, fresh).await?;
        self.hide_unseen(asked, &mut ground);
        let subject = asked.command.subject();
        let state = ground.loaded.get(&subject).and_then(|loaded| loaded.state.clone());
        if state.is_none() && !shape.creates {
            return if fresh { Err(Failure::Absent) } else { Box::pin(self.attempt(shape, asked, true)).await };
        }
        if state.as_ref().is_some_and(|state| !self.sees(asked, &state.scope())) {
            // What is known here may be older than what another node recorded.
            return if fresh { Err(Failure::Absent) } else { Box::pin(self.attempt(shape, asked, true)).await };
        }
        let scope = match &state {
            Some(state) => state.scope(),
            None => scope::named(&asked.order.body, &ground.world),
        };
        let may =
            access::may(&asked.command, &scope, &asked.caller.grants, &asked.caller.actor, self.inner.clock.today())
                .and_then(|()| self.may_hand_out(asked, &ground));
        let may = match may {
            Ok(()) => self.may_change_address(asked, &ground).await?,
            denied => denied,
        };
        if let Err(denied) = may {
            let again = !fresh && state.is_some();
            return if again {
                Box::pin(self.attempt(shape, asked, true)).await
            } else {
                Err(Failure::Denied(denied.to_string()))
            };
        }
        if let Some(known) = self.known_answer(asked).await? {
            return Ok(known);
        }
        let version = ground.loaded.get(&subject).map_or(0, |loaded| loaded.version);
        if let Some(expected) = asked.order.if_match.filter(|expected| *expected != version) {
            if !fresh {
                return Box::pin(self.attempt(shape, asked, true)).await;
            }
            return Err(Failure::VersionLost { subject, expected, actual: version });
        }
        match self.decide(asked, &ground).await? {
            Outcome::Facts(facts, sealer) => self.append(asked, &mut ground, facts, sealer).await,
            Outcome::Repeat | Outcome::Refused(_) if !fresh => Box::pin(self.attempt(shape, asked, true)).await,
            Outcome::Repeat => self.repeated(asked, version).await,
            Outcome::Refused(rejection) => Err(rejection.into()),
        }
    }

    /// Whether the caller may see the command's subject. What one may not see is not there; what one may see but not do
    /// says why.
    fn sees(&self, asked: &Asked<'_>, scope: &Scope) -> bool {
        let (kind, today) = (asked.command.subject().kind, self.inner.clock.today());
        access::may_read(scope, kind, &asked.caller.grants, &asked.caller.actor, today)
    }

    /// What the caller names but may not see is not there for the decision. Persons and documents are: whoever
    /// assigns somebody, or names a paper as evidence, need not see more of them. Administrators give roles and tokens for what they do not see.
    fn hide_unseen(&self, asked: &Asked<'_>, ground: &mut Ground) {
        let (caller, today) = (asked.caller, self.inner.clock.today());
        let keeps = access::acts(&[Role::Administrator], &Scope::default(), None, &caller.grants, today);
        if keeps || access::reads_whole_log(&caller.grants, &caller.actor, today) {
            return;
        }
        let sent = Value::Object(asked.order.body.clone()).to_string();
        let own = asked.command.subject();
        let subjects: Vec<Subject> = ground.loaded.keys().copied().filter(|subject| *subject != own).collect();
        for subject in subjects.into_iter().filter(|subject| !matches!(subject.kind, Kind::Person | Kind::Document)) {
            let Some(scope) = ground.world.state(subject).map(State::scope) else { continue };
            let sees = access::may_read(&scope, subject.kind, &caller.grants, &caller.actor, today);
            if !sees && sent.contains(&subject.id.to_string()) {
                ground.world.insert(subject, None);
            }
        }
    }

    /// Roles are given and taken back only by those whose own reaches as far.
    fn may_hand_out(&self, asked: &Asked<'_>, ground: &Ground) -> Result<(), access::Denied> {
        let Command::Person(command) = &asked.command else { return Ok(()) };
        if matches!(asked.caller.actor, Actor::System(_)) {
            return Ok(());
        }
        let (today, person) = (self.inner.clock.today(), ground.world.person(PersonId(command.subject().id)));
        for (role, scope) in domain::person::handed_out(command, person) {
            let world = &ground.world;
            let programme = scope.and_then(|scope| world.state(scope)).and_then(|state| state.scope().programme);
            access::may_hand_out(role, scope, programme, &asked.caller.grants, today)?;
        }
        Ok(())
    }

    async fn decide(&self, asked: &Asked<'_>, ground: &Ground) -> Result<Outcome, Failure> {
        let subject = asked.command.subject();
        let loaded = ground.loaded.get(&subject).cloned().unwrap_or_default();
        if let Some(last) = loaded.last.as_ref().filter(|_| !always_new(&asked.command)) {
            let own = last.actor == asked.caller.actor.to_string();
            if own && self.repeats(asked, &ground.world, last).await? {
                return Ok(Outcome::Repeat);
            }
        }
        let (decision, sealer) = self.decide_on(asked, &ground.world, loaded.state.as_deref());
        match decision {
            Ok(facts) => Ok(Outcome::Facts(facts, sealer)),
            Err(Rejection::Rule(rule)) if rule.may_be_a_repeat() && self.did_before(asked, ground).await? => {
                Ok(Outcome::Repeat)
            }
            Err(rejection) => Ok(Outcome::Refused(rejection)),
        }
    }

    /// Decides the command on a state of its subject.
    pub(super) fn decide_on(
        &self,
        asked: &Asked<'_>,
        world: &World,
        state: Option<&State>,
    ) -> (domain::Decision, Sealer) {
        let sealer = Sealer::new(asked.chance);
        let context = Context { actor: &asked.caller.actor, today: self.inner.clock.today(), world, sealer: &sealer };
        let decision = domain::decide(state, &asked.command, &context);
        (decision, sealer)
    }

    async fn append(
        &self,
        asked: &Asked<'_>,
        ground: &mut Ground,
        facts: Vec<Fact>,
        sealer: Sealer,
    ) -> Result<Answer, Failure> {
        let subject = asked.command.subject();
        let others: Vec<Subject> =
            facts.iter().filter_map(|fact| fact.subject).filter(|other| !ground.world.knows(*other)).collect();
        self.load(ground, &others, false).await?;
        let mut append = Append::new(asked.id, self.inner.clock.now());
        let mut after = ground.loaded.clone();
        for fact in &facts {
            let target = fact.subject.unwrap_or(subject);
            let entry = after.entry(target).or_default();
            let before = entry.state.take();
            let state = State::evolve(before.clone().map(Arc::unwrap_or_clone), target, &fact.event);
            let scope = state.as_ref().map(State::scope).unwrap_or_default();
            append.events.push(self.new_event(asked, target, fact, &scope, ground).await?);
            note_deed(entry, asked, before, fact, state);
        }
        append.expected = ground.versions();
        let created = ground.loaded.get(&subject).is_none_or(|loaded| loaded.version == 0) && !facts.is_empty();
        append.key = asked.key.as_ref().map(|(body, key)| AnswerKey {
            scope: asked.caller.actor.to_string(),
            key: key.clone(),
            body: *body,
            created,
            subject,
        });
        let secret = self.effects(asked, &mut append, sealer).await?;
        let erased = append.forget.clone();
        self.note_decided(&erased, asked.id)?;
        let done = self.inner.store.append(append).await;
        self.note_outcome(&erased, asked.id, &done);
        match done {
            Ok(appended) => Ok(self.acknowledge(asked, after, appended, created, secret)),
            Err(AppendError::Known(answer)) => self.same_answer(&answer).await,
            Err(error) => {
                ground.loaded.keys().for_each(|subject| self.inner.cache.forget(*subject));
                Err(error.into())
            }
        }
    }

    async fn new_event(
        &self,
        asked: &Asked<'_>,
        subject: Subject,
        fact: &Fact,
        scope: &Scope,
        ground: &mut Ground,
    ) -> Result<NewEvent, Failure> {
        let programme = self.programme_code(asked, scope, ground).await?;
        let draft = Draft {
            id: self.inner.clock.id(),
            actor: asked.caller.actor.clone(),
            causation: asked.order.causation,
            command: asked.id,
            correlation: asked.order.correlation.unwrap_or(asked.id),
            subject,
            programme: programme.clone(),
            partnership: scope.partnership(),
            event: fact.event.clone(),
        };
        let template = draft.template().map_err(|error| match error {
            koinon_events::RecordError::TooLarge { .. } => Failure::TooLarge,
            other => Failure::Internal(other.to_string()),
        })?;
        Ok(NewEvent {
            subject,
            template,
            event_type: fact.event.stored_type(),
            actor: asked.caller.actor.to_string(),
            programme: programme.map(|code| code.to_string()),
            partnership: scope.partnership().map(|id| id.0),
        })
    }

    /// The code of the programme a subject belongs to; a programme being created brings its own.
    async fn programme_code(
        &self,
        asked: &Asked<'_>,
        scope: &Scope,
        ground: &mut Ground,
    ) -> Result<Option<Code>, Failure> {
        let Some(id) = scope.programme else { return Ok(None) };
        if let Command::Programme(domain::programme::ProgrammeCommand::CreateProgramme(command)) = &asked.command {
            return Ok(Some(command.code.clone()));
        }
        if !ground.world.knows(id.subject()) {
            self.load(ground, &[id.subject()], false).await?;
        }
        Ok(ground.world.programme(id).map(|programme| programme.code.clone()))
    }

    fn acknowledge(
        &self,
        asked: &Asked<'_>,
        after: std::collections::HashMap<Subject, Loaded>,
        appended: Appended,
        created: bool,
        secret: Option<String>,
    ) -> Answer {
        let subject = asked.command.subject();
        let version = after.get(&subject).map_or(0, |loaded| loaded.version);
        for (subject, loaded) in after {
            self.inner.cache.put(subject, loaded);
        }
        let position = appended.events.last().map_or(appended.position, |(position, _, _)| *position);
        let events = appended.events.into_iter().map(|(_, _, bytes)| bytes).collect();
        Answer { subject, version, position, created, events, secret }
    }
}

/// Whether giving the command twice is meant as twice: a new secret is another secret.
fn always_new(command: &Command) -> bool {
    matches!(command, Command::Webhook(domain::webhook::WebhookCommand::RotateWebhookSecret(_)))
}

/// Moves a subject one fact on, keeping what the command did to it.
fn note_deed(entry: &mut Loaded, asked: &Asked<'_>, before: Option<Arc<State>>, fact: &Fact, after: Option<State>) {
    entry.version += 1;
    entry.state = after.map(Arc::new);
    let mut deed = match entry.last.take().filter(|deed| deed.command == asked.id) {
        Some(deed) => Arc::unwrap_or_clone(deed),
        None => {
            Deed { command: asked.id, position: 0, actor: asked.caller.actor.to_string(), before, events: Vec::new() }
        }
    };
    deed.events.push(fact.event.clone());
    entry.last = Some(Arc::new(deed));
}
