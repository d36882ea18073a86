//! What the fields of a command may name: subjects that exist, belong to the same programme and can still take part;
//! lists, numbers and amounts within bounds. Each check refuses at the pointer of its field, in words.

use std::collections::BTreeSet;

use koinon_events::action::{Owner, PlanReference};
use koinon_events::person::PersonKind;
use koinon_events::value::{Code, Decimal};
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

use super::context::Context;
use super::document::DocumentStatus;
use super::person::PersonStatus;
use super::{Rejection, city, partnership};

/// The most entries a list in a command may have.
pub const LIST_LIMIT: usize = 500;

/// The most people a count may say.
pub const COUNT_LIMIT: u32 = 10_000;

/// Refuses a list that is longer than any list needs to be.
pub fn bounded<T>(pointer: &str, list: &[T]) -> Result<(), Rejection> {
    if list.len() > LIST_LIMIT {
        return Err(Rejection::unfit(pointer, format!("must have at most {LIST_LIMIT} entries")));
    }
    Ok(())
}

/// Refuses a list that is longer than any list needs to be, or that names the same thing twice.
pub fn check_list<T: Ord>(pointer: &str, list: &[T]) -> Result<(), Rejection> {
    bounded(pointer, list)?;
    let mut seen = BTreeSet::new();
    match list.iter().position(|entry| !seen.insert(entry)) {
        Some(at) => Err(Rejection::unfit(format!("{pointer}/{at}"), "is named twice")),
        None => Ok(()),
    }
}

/// Refuses a list whose entries do not each have a code of their own, found at `pointer/N/field`.
pub fn distinct<'c, C: Ord + std::fmt::Display + 'c>(
    pointer: &str,
    field: &str,
    codes: impl Iterator<Item = &'c C>,
) -> Result<(), Rejection> {
    let mut seen = BTreeSet::new();
    for (at, code) in codes.enumerate() {
        if !seen.insert(code) {
            return Err(Rejection::unfit(format!("{pointer}/{at}/{field}"), format!("{code} stands here twice")));
        }
    }
    Ok(())
}

/// The first of s1, s2, s3 … that is not taken, for what may come without a code.
///
/// # Errors
/// Unfit at `pointer` when very many are taken.
pub fn free_code(pointer: &str, letter: char, is_taken: impl Fn(&Code) -> bool) -> Result<Code, Rejection> {
    (1..=LIST_LIMIT + 1)
        .filter_map(|number| Code::parse(&format!("{letter}{number}")).ok())
        .find(|code| !is_taken(code))
        .ok_or_else(|| Rejection::unfit(pointer, "is required, because there are very many already"))
}

/// Refuses an amount of money below zero.
pub fn amount(pointer: &str, amount: Option<&Decimal>) -> Result<(), Rejection> {
    match amount {
        Some(amount) if amount.millionths() < 0 => Err(Rejection::unfit(pointer, "must not be below zero")),
        _ => Ok(()),
    }
}

/// Refuses a number outside its range.
pub fn check_range(pointer: &str, number: u32, from: u32, to: u32) -> Result<(), Rejection> {
    if (from..=to).contains(&number) {
        return Ok(());
    }
    Err(Rejection::unfit(pointer, format!("must be a whole number from {from} to {to}")))
}

/// Whether a city left the programme or never came in, so that nothing new is planned with it.
pub fn has_left(city: &city::City) -> bool {
    matches!(city.status, city::CityStatus::Withdrawn | city::CityStatus::Rejected)
}

/// The subjects of a list of ids, for `relies_on`.
pub fn subjects<I: Copy + Into<Subject>>(ids: &[I]) -> impl Iterator<Item = Subject> {
    ids.iter().map(|id| (*id).into())
}

/// The person among the subjects a decision on an owner relies on.
pub fn owning_person(owner: &Owner) -> Option<Subject> {
    match owner {
        Owner::Person(person) => Some(person.subject()),
        Owner::Body(_) => None,
    }
}

impl<'a> Context<'a> {
    /// A city of the programme.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none, or it takes part in another programme.
    pub fn city_in(&self, pointer: &str, id: CityId, programme: ProgrammeId) -> Result<&'a city::City, Rejection> {
        let city = self.city(pointer, id)?;
        if city.programme != programme {
            return Err(Rejection::unfit(pointer, "this city takes part in another programme"));
        }
        Ok(city)
    }

    /// Cities of the programme, none of them twice.
    ///
    /// # Errors
    /// Unfit at the first that does not fit.
    pub fn cities_in(&self, pointer: &str, ids: &[CityId], programme: ProgrammeId) -> Result<(), Rejection> {
        each(pointer, ids, |pointer, id| self.city_in(pointer, id, programme).map(drop))
    }

    /// A partnership of the programme.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none, or it belongs to another programme.
    pub fn partnership_in(
        &self,
        pointer: &str,
        id: PartnershipId,
        programme: ProgrammeId,
    ) -> Result<&'a partnership::Partnership, Rejection> {
        let partnership = self.partnership(pointer, id)?;
        if partnership.programme != programme {
            return Err(Rejection::unfit(pointer, "this partnership belongs to another programme"));
        }
        Ok(partnership)
    }

    /// A person who has taken part in the programme, be it only until some day.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none, the person's data are erased, or the person belongs to another programme.
    pub fn person_known_in(&self, pointer: &str, id: PersonId, programme: ProgrammeId) -> Result<(), Rejection> {
        let person = self.person(pointer, id)?;
        if person.programme.is_some_and(|own| own != programme) {
            return Err(Rejection::unfit(pointer, "this person takes part in another programme"));
        }
        not_erased(pointer, person.status)
    }

    /// A person who can take something on in the programme from now on.
    ///
    /// # Errors
    /// As [`Self::person_known_in`], and unfit when the person takes part no more.
    pub fn person_in(&self, pointer: &str, id: PersonId, programme: ProgrammeId) -> Result<(), Rejection> {
        self.person_known_in(pointer, id, programme)?;
        self.available(pointer, id)
    }

    /// An expert who can take something on in the programme from now on.
    ///
    /// # Errors
    /// As [`Self::person_in`], and unfit when the person is of another kind.
    pub fn expert_in(&self, pointer: &str, id: PersonId, programme: ProgrammeId) -> Result<(), Rejection> {
        self.person_in(pointer, id, programme)?;
        if self.person(pointer, id)?.kind != PersonKind::Expert {
            return Err(Rejection::unfit(pointer, "this person is not an expert"));
        }
        Ok(())
    }

    /// Persons who have taken part in the programme, none of them twice.
    ///
    /// # Errors
    /// Unfit at the first that does not fit.
    pub fn persons_known_in(&self, pointer: &str, ids: &[PersonId], programme: ProgrammeId) -> Result<(), Rejection> {
        each(pointer, ids, |pointer, id| self.person_known_in(pointer, id, programme))
    }

    /// A document of the programme that still counts as evidence.
    ///
    /// # Errors
    /// Unfit at `pointer` when there is none, it was withdrawn, or it belongs to another programme.
    pub fn evidence(&self, pointer: &str, id: DocumentId, programme: ProgrammeId) -> Result<(), Rejection> {
        let document = self
            .world
            .document(id)
            .ok_or_else(|| Rejection::unfit(pointer, "no document has this id; register it first"))?;
        if document.programme != programme {
            return Err(Rejection::unfit(pointer, "this document belongs to another programme"));
        }
        if document.status == DocumentStatus::Withdrawn {
            return Err(Rejection::unfit(pointer, "this document was withdrawn, so it is evidence no more"));
        }
        Ok(())
    }

    /// The document of an optional field, as [`Self::evidence`].
    ///
    /// # Errors
    /// As [`Self::evidence`].
    pub fn evidence_if_any(
        &self,
        pointer: &str,
        id: Option<DocumentId>,
        programme: ProgrammeId,
    ) -> Result<(), Rejection> {
        id.map_or(Ok(()), |id| self.evidence(pointer, id, programme))
    }

    /// Checks that a subject of any kind exists and belongs to the programme, or to none.
    pub(super) fn belongs(
        &self,
        pointer: &str,
        subject: impl Into<Subject>,
        programme: ProgrammeId,
    ) -> Result<(), Rejection> {
        let subject = subject.into();
        match self.exists(pointer, subject)?.scope().programme {
            Some(other) if other != programme => {
                Err(Rejection::unfit(pointer, format!("this {} belongs to another programme", subject.kind.word())))
            }
            _ => Ok(()),
        }
    }

    /// Checks that a list names no subject twice and that each belongs to the programme.
    pub(super) fn all_belong<I: Copy + Ord + Into<Subject>>(
        &self,
        pointer: &str,
        ids: &[I],
        programme: ProgrammeId,
    ) -> Result<(), Rejection> {
        each(pointer, ids, |pointer, id| self.belongs(pointer, id, programme))
    }

    /// Checks that documents named as evidence are there and count.
    pub(super) fn evidence_list(&self, documents: &[DocumentId], programme: ProgrammeId) -> Result<(), Rejection> {
        each("/evidence", documents, |pointer, id| self.evidence(pointer, id, programme))
    }

    /// Checks that a city takes part in the programme and has not left it.
    pub(super) fn member(&self, pointer: &str, id: CityId, programme: ProgrammeId) -> Result<(), Rejection> {
        if has_left(self.city_in(pointer, id, programme)?) {
            return Err(Rejection::unfit(pointer, "this city has left the programme or was not taken into it"));
        }
        Ok(())
    }

    /// Checks that a person, of whatever programme, is there and takes part.
    pub(super) fn available(&self, pointer: &str, id: PersonId) -> Result<(), Rejection> {
        let status = self.person(pointer, id)?.status;
        if status == PersonStatus::Inactive {
            return Err(Rejection::unfit(pointer, "this person takes part no more"));
        }
        not_erased(pointer, status)
    }

    /// Checks that an owner who is a person can take something on.
    pub(super) fn owner(&self, pointer: &str, owner: &Owner, programme: ProgrammeId) -> Result<(), Rejection> {
        match owner {
            Owner::Person(person) => self.person_in(pointer, *person, programme),
            Owner::Body(_) => Ok(()),
        }
    }

    /// Checks that the action plan a command carries out was adopted by a partnership of the programme.
    pub(super) fn action_plan(&self, plan: Option<&PlanReference>, programme: ProgrammeId) -> Result<(), Rejection> {
        let Some(plan) = plan else { return Ok(()) };
        let partnership = self.partnership_in("/plan/partnership", plan.partnership, programme)?;
        if !partnership.action_plans.contains_key(&plan.version) {
            let message = format!("the partnership has adopted no version {} of its action plan", plan.version);
            return Err(Rejection::unfit("/plan/version", message));
        }
        Ok(())
    }
}

/// Checks each entry of a list, none of them twice.
fn each<I: Copy + Ord>(
    pointer: &str,
    ids: &[I],
    check: impl Fn(&str, I) -> Result<(), Rejection>,
) -> Result<(), Rejection> {
    check_list(pointer, ids)?;
    ids.iter().enumerate().try_for_each(|(at, id)| check(&format!("{pointer}/{at}"), *id))
}

fn not_erased(pointer: &str, status: PersonStatus) -> Result<(), Rejection> {
    if status == PersonStatus::Erased {
        return Err(Rejection::unfit(pointer, "this person's data were erased"));
    }
    Ok(())
}
