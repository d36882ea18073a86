//! Whether what a command names is there, belongs to the same programme, and keeps within bounds. Shared by the rooms
//! that tie several subjects together.

use std::collections::BTreeSet;

use koinon_events::action::{Owner, PlanReference};
use koinon_events::value::Decimal;
use koinon_events::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

use super::city::CityStatus;
use super::context::Context;
use super::partnership::Partnership;
use super::person::PersonStatus;
use super::rejection::Rejection;

/// The longest list a command may hold.
pub(super) const LONGEST_LIST: usize = 500;

impl<'a> Context<'a> {
    /// Checks that a subject exists and belongs to the programme, or to none.
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

    /// Checks that a list of subjects is bounded, names none twice, and that each belongs to the programme.
    pub(super) fn all_belong<I: Copy + Ord + Into<Subject>>(
        &self,
        pointer: &str,
        ids: &[I],
        programme: ProgrammeId,
    ) -> Result<(), Rejection> {
        bounded(pointer, ids)?;
        let mut seen = BTreeSet::new();
        for (at, id) in ids.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            if !seen.insert(*id) {
                return Err(Rejection::unfit(pointer, "is named twice"));
            }
            self.belongs(&pointer, *id, programme)?;
        }
        Ok(())
    }

    /// Checks that documents named as evidence are there.
    pub(super) fn evidence_list(&self, documents: &[DocumentId], programme: ProgrammeId) -> Result<(), Rejection> {
        self.all_belong("/evidence", documents, programme)?;
        documents.iter().enumerate().try_for_each(|(at, id)| self.evidence(&format!("/evidence/{at}"), *id, programme))
    }

    /// Checks that a city takes part in the programme.
    pub(super) fn member(&self, pointer: &str, id: CityId, programme: ProgrammeId) -> Result<(), Rejection> {
        let city = self.city(pointer, id)?;
        if city.programme != programme {
            return Err(Rejection::unfit(pointer, "this city takes part in another programme"));
        }
        match city.status {
            CityStatus::Withdrawn => Err(Rejection::unfit(pointer, "this city has left the programme")),
            CityStatus::Rejected => Err(Rejection::unfit(pointer, "this city was not taken into the programme")),
            _ => Ok(()),
        }
    }

    /// The partnership a field names, of the same programme.
    pub(super) fn partnership_of(
        &self,
        pointer: &str,
        id: PartnershipId,
        programme: ProgrammeId,
    ) -> Result<&'a Partnership, Rejection> {
        let partnership = self.partnership(pointer, id)?;
        if partnership.programme != programme {
            return Err(Rejection::unfit(pointer, "this partnership belongs to another programme"));
        }
        Ok(partnership)
    }

    /// Checks that a person is there and can be given something to do.
    pub(super) fn available(&self, pointer: &str, id: PersonId) -> Result<(), Rejection> {
        match self.person(pointer, id)?.status {
            PersonStatus::Erased => Err(Rejection::unfit(pointer, "this person's data are erased")),
            PersonStatus::Inactive => Err(Rejection::unfit(pointer, "this person takes part no more")),
            PersonStatus::Invited | PersonStatus::Active => Ok(()),
        }
    }

    /// Checks that an owner who is a person can be one.
    pub(super) fn owner(&self, pointer: &str, owner: &Owner) -> Result<(), Rejection> {
        match owner {
            Owner::Person(person) => self.available(pointer, *person),
            Owner::Body(_) => Ok(()),
        }
    }

    /// Checks that the action plan a command carries out is one of a partnership of the programme.
    pub(super) fn action_plan(&self, plan: Option<&PlanReference>, programme: ProgrammeId) -> Result<(), Rejection> {
        let Some(plan) = plan else { return Ok(()) };
        self.partnership_of("/plan/partnership", plan.partnership, programme)?;
        if plan.version == 0 {
            return Err(Rejection::unfit("/plan/version", "versions of an action plan are counted from 1"));
        }
        Ok(())
    }
}

/// The person among the subjects a decision on an owner relies on.
pub(super) fn owning_person(owner: &Owner) -> Option<Subject> {
    match owner {
        Owner::Person(person) => Some(person.subject()),
        Owner::Body(_) => None,
    }
}

/// A list is no longer than anybody needs.
pub(super) fn bounded<T>(pointer: &str, list: &[T]) -> Result<(), Rejection> {
    if list.len() > LONGEST_LIST {
        return Err(Rejection::unfit(pointer, format!("must hold at most {LONGEST_LIST} entries")));
    }
    Ok(())
}

/// Every entry of a list has a code of its own, found at `pointer/N/field`.
pub(super) fn distinct<'c, C: Ord + std::fmt::Display + 'c>(
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

/// An amount of money is not below zero.
pub(super) fn amount(pointer: &str, amount: Option<&Decimal>) -> Result<(), Rejection> {
    match amount {
        Some(amount) if amount.millionths() < 0 => Err(Rejection::unfit(pointer, "must not be below zero")),
        _ => Ok(()),
    }
}
