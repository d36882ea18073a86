//! What rooms that tie several subjects together ask of them: that they are there and of the same programme, who can
//! own something, which action plan is carried out. Beside [`super::belonging`], for subjects of any kind.

use std::collections::BTreeSet;

use koinon_events::action::{Owner, PlanReference};
use koinon_events::value::Decimal;
use koinon_events::{CityId, DocumentId, PersonId, ProgrammeId, Subject};

use super::belonging::{LIST_LIMIT, check_list, has_left};
use super::context::Context;
use super::person::PersonStatus;
use super::rejection::Rejection;

impl Context<'_> {
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
        check_list(pointer, ids)?;
        ids.iter().enumerate().try_for_each(|(at, id)| self.belongs(&format!("{pointer}/{at}"), *id, programme))
    }

    /// Checks that documents named as evidence are there and count.
    pub(super) fn evidence_list(&self, documents: &[DocumentId], programme: ProgrammeId) -> Result<(), Rejection> {
        check_list("/evidence", documents)?;
        documents.iter().enumerate().try_for_each(|(at, id)| self.evidence(&format!("/evidence/{at}"), *id, programme))
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
        match self.person(pointer, id)?.status {
            PersonStatus::Erased => Err(Rejection::unfit(pointer, "this person's data were erased")),
            PersonStatus::Inactive => Err(Rejection::unfit(pointer, "this person takes part no more")),
            PersonStatus::Invited | PersonStatus::Active => Ok(()),
        }
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

/// The person among the subjects a decision on an owner relies on.
pub(super) fn owning_person(owner: &Owner) -> Option<Subject> {
    match owner {
        Owner::Person(person) => Some(person.subject()),
        Owner::Body(_) => None,
    }
}

/// A list is no longer than anybody needs.
pub(super) fn bounded<T>(pointer: &str, list: &[T]) -> Result<(), Rejection> {
    if list.len() > LIST_LIMIT {
        return Err(Rejection::unfit(pointer, format!("must have at most {LIST_LIMIT} entries")));
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
