//! What a decision stands on beside the subject itself: who asks, what day it is, the other subjects relied on, and the
//! seal for personal values.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use koinon_events::value::{Code, Day};
use koinon_events::{Actor, CityId, Disclosure, PartnershipId, PersonId, ProgrammeId, Sealed, Subject, seal};
use sha2::{Digest, Sha256};

use super::programme::{Programme, ProgrammeRule, ProgrammeStatus};
use super::rejection::Rejection;
use super::state::State;
use super::{city, partnership, person};

/// The states of the subjects a decision relies on. What was asked for and does not exist is known to be absent.
#[derive(Debug, Clone, Default)]
pub struct World {
    states: HashMap<Subject, Option<Arc<State>>>,
}

impl World {
    /// Puts a subject's state (or its absence) into the world.
    pub fn insert(&mut self, subject: Subject, state: Option<Arc<State>>) {
        self.states.insert(subject, state);
    }

    /// Whether the subject was looked up, be it there or not.
    pub fn knows(&self, subject: Subject) -> bool {
        self.states.contains_key(&subject)
    }

    /// The state of a subject that exists.
    pub fn state(&self, subject: Subject) -> Option<&State> {
        self.states.get(&subject).and_then(Option::as_deref)
    }
}

/// Seals personal values with salts drawn from the chance that came with the command, and keeps what opens them.
#[derive(Debug)]
pub struct Sealer {
    chance: [u8; 32],
    disclosures: RefCell<Vec<Disclosure>>,
}

impl Sealer {
    /// A sealer for one command, from 32 random bytes.
    pub fn new(chance: [u8; 32]) -> Self {
        Self { chance, disclosures: RefCell::default() }
    }

    /// Seals the value that will stand at `pointer` in the event's data.
    pub fn seal(&self, pointer: &str, value: &str) -> Sealed {
        let mut disclosures = self.disclosures.borrow_mut();
        let digest = Sha256::new()
            .chain_update(self.chance)
            .chain_update(disclosures.len().to_be_bytes())
            .chain_update(pointer.as_bytes())
            .finalize();
        let mut salt = [0; 16];
        salt.copy_from_slice(&digest[..16]);
        let (sealed, disclosure) = seal(salt, pointer, value);
        disclosures.push(disclosure);
        sealed
    }

    /// What opens the values sealed so far.
    pub fn into_disclosures(self) -> Vec<Disclosure> {
        self.disclosures.into_inner()
    }
}

/// What a decision stands on beside its subject.
#[derive(Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: &'a Actor,
    /// The UTC date of the command.
    pub today: Day,
    /// The other subjects, as far as [`super::relies_on`] named them.
    pub world: &'a World,
    /// Seals personal values.
    pub sealer: &'a Sealer,
}

impl<'a> Context<'a> {
    /// The programme that a field names.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none.
    pub fn programme(&self, pointer: &str, id: ProgrammeId) -> Result<&'a Programme, Rejection> {
        self.world.programme(id).ok_or_else(|| Rejection::unfit(pointer, "no programme has this id"))
    }

    /// The programme that a field names, as long as it is not closed.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none; the rule `programme-closed` when it is over.
    pub fn open_programme(&self, pointer: &str, id: ProgrammeId) -> Result<&'a Programme, Rejection> {
        let programme = self.programme(pointer, id)?;
        match programme.status {
            ProgrammeStatus::Closed => Err(ProgrammeRule::ProgrammeClosed.into()),
            _ => Ok(programme),
        }
    }

    /// The programme that a field names, as long as new cities and partnerships may enter it.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none; `programme-closing` or `programme-closed` when its end has come.
    pub fn growing_programme(&self, pointer: &str, id: ProgrammeId) -> Result<&'a Programme, Rejection> {
        let programme = self.open_programme(pointer, id)?;
        match programme.status {
            ProgrammeStatus::Closing => Err(ProgrammeRule::ProgrammeClosing.into()),
            _ => Ok(programme),
        }
    }

    /// The programme that a field names, as long as it is at work: visits, meetings and pilots need it so.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none; `programme-not-running` before its start, `programme-closed` after its end.
    pub fn running_programme(&self, pointer: &str, id: ProgrammeId) -> Result<&'a Programme, Rejection> {
        let programme = self.open_programme(pointer, id)?;
        match programme.status {
            ProgrammeStatus::Draft => Err(ProgrammeRule::ProgrammeNotRunning.into()),
            _ => Ok(programme),
        }
    }

    /// The city that a field names.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none.
    pub fn city(&self, pointer: &str, id: CityId) -> Result<&'a city::City, Rejection> {
        self.world.city(id).ok_or_else(|| Rejection::unfit(pointer, "no city has this id"))
    }

    /// The partnership that a field names.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none.
    pub fn partnership(&self, pointer: &str, id: PartnershipId) -> Result<&'a partnership::Partnership, Rejection> {
        self.world.partnership(id).ok_or_else(|| Rejection::unfit(pointer, "no partnership has this id"))
    }

    /// The person that a field names.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none.
    pub fn person(&self, pointer: &str, id: PersonId) -> Result<&'a person::Person, Rejection> {
        self.world.person(id).ok_or_else(|| Rejection::unfit(pointer, "no person has this id"))
    }

    /// Checks that a subject a field names exists, whatever its kind.
    ///
    /// # Errors
    /// Unfit at `pointer` when it does not.
    pub fn exists(&self, pointer: &str, subject: impl Into<Subject>) -> Result<&'a State, Rejection> {
        let subject = subject.into();
        self.world
            .state(subject)
            .ok_or_else(|| Rejection::unfit(pointer, format!("no {} has this id", subject.kind.word())))
    }

    /// Checks that the programme has defined every theme named at `pointer`.
    ///
    /// # Errors
    /// Unfit at the first unknown theme.
    pub fn themes(&self, pointer: &str, programme: ProgrammeId, themes: &[Code]) -> Result<(), Rejection> {
        let defined = &self.programme("/programme", programme)?.themes;
        match themes.iter().position(|theme| !defined.contains_key(theme)) {
            Some(at) => Err(Rejection::unfit(
                format!("{pointer}/{at}"),
                format!("the programme has no theme {}; define it first with DefineTheme", themes[at]),
            )),
            None => Ok(()),
        }
    }
}
