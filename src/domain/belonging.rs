//! What the fields of a command may name: cities, persons, documents and partnerships that exist, belong to the same
//! programme and can still take part. Each check refuses at the pointer of its field, in words.

use std::collections::BTreeSet;

use koinon_events::person::PersonKind;
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

use super::context::Context;
use super::document::DocumentStatus;
use super::person::PersonStatus;
use super::{Rejection, city, partnership};

/// The most entries a list in a command may have.
pub const LIST_LIMIT: usize = 500;

/// The most people a count may say.
pub const COUNT_LIMIT: u32 = 10_000;

/// Refuses a list that is longer than any list needs to be, or that names the same thing twice.
pub fn check_list<T: Ord>(pointer: &str, list: &[T]) -> Result<(), Rejection> {
    if list.len() > LIST_LIMIT {
        return Err(Rejection::unfit(pointer, format!("must have at most {LIST_LIMIT} entries")));
    }
    let mut seen = BTreeSet::new();
    match list.iter().position(|entry| !seen.insert(entry)) {
        Some(at) => Err(Rejection::unfit(format!("{pointer}/{at}"), "is named twice")),
        None => Ok(()),
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
        check_list(pointer, ids)?;
        for (at, id) in ids.iter().enumerate() {
            self.city_in(&format!("{pointer}/{at}"), *id, programme)?;
        }
        Ok(())
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
        if person.status == PersonStatus::Erased {
            return Err(Rejection::unfit(pointer, "this person's data were erased"));
        }
        Ok(())
    }

    /// A person who can take something on in the programme from now on.
    ///
    /// # Errors
    /// As [`Self::person_known_in`], and unfit when the person takes part no more.
    pub fn person_in(&self, pointer: &str, id: PersonId, programme: ProgrammeId) -> Result<(), Rejection> {
        self.person_known_in(pointer, id, programme)?;
        if self.person(pointer, id)?.status == PersonStatus::Inactive {
            return Err(Rejection::unfit(pointer, "this person takes part no more"));
        }
        Ok(())
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
        check_list(pointer, ids)?;
        ids.iter().enumerate().try_for_each(|(at, id)| self.person_known_in(&format!("{pointer}/{at}"), *id, programme))
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
}
