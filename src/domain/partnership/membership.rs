//! Who is in a partnership: proposed, accepted, declined, added, taken out. Always two cities of two countries.

use std::collections::BTreeSet;

use koinon_events::city::CityActivated;
use koinon_events::partnership::*;
use koinon_events::value::Code;
use koinon_events::{CityId, PartnershipId, ProgrammeId};

use super::{
    AcceptPartnership, AddCity, DeclinePartnership, Partnership, PartnershipCommand, PartnershipRule,
    PartnershipStatus, ProposePartnership, RemoveCity, not_at_work,
};
use crate::domain::city::{City, CityRule, CityStatus};
use crate::domain::context::Context;
use crate::domain::{Decision, Fact, Rejection, fact};

/// The most cities a partnership can have.
const MOST_CITIES: usize = 50;

/// Whether the command is about who is in the partnership, so that it needs to know all of its cities.
pub(super) fn concerns(command: &PartnershipCommand) -> bool {
    matches!(
        command,
        PartnershipCommand::AcceptPartnership(_) | PartnershipCommand::AddCity(_) | PartnershipCommand::RemoveCity(_)
    )
}

pub(super) fn propose(command: &ProposePartnership, context: &Context<'_>) -> Decision {
    if command.cities.len() > MOST_CITIES {
        return Err(Rejection::unfit("/cities", format!("must be at most {MOST_CITIES} cities")));
    }
    context.growing_programme("/programme", command.programme)?;
    let mut countries = BTreeSet::new();
    for (at, id) in command.cities.iter().enumerate() {
        let pointer = format!("/cities/{at}");
        if command.cities[..at].contains(id) {
            return Err(Rejection::unfit(pointer, "this city is named twice"));
        }
        countries.insert(city_of(&pointer, *id, command.programme, context)?.country);
    }
    if countries.len() < 2 {
        return Err(Rejection::unfit("/cities", "a partnership needs at least two cities of at least two countries"));
    }
    check_themes(&command.themes, command.programme, context)?;
    for id in &command.cities {
        takes_part(*id, context)?;
    }
    fact(PartnershipProposed {
        programme: command.programme,
        cities: command.cities.clone(),
        themes: command.themes.clone(),
        rationale: command.rationale.clone(),
    })
}

/// Every theme named is one of the programme's, and few enough are named.
pub(super) fn check_themes(themes: &[Code], programme: ProgrammeId, context: &Context<'_>) -> Result<(), Rejection> {
    if themes.len() > 100 {
        return Err(Rejection::unfit("/themes", "must be at most 100 themes"));
    }
    context.themes("/themes", programme, themes)
}

/// The city, which must be one of the programme's.
fn city_of<'a>(
    pointer: &str,
    id: CityId,
    programme: ProgrammeId,
    context: &Context<'a>,
) -> Result<&'a City, Rejection> {
    let city = context.city(pointer, id)?;
    if city.programme != programme {
        return Err(Rejection::unfit(pointer, "this city takes part in another programme"));
    }
    Ok(city)
}

/// A city must be selected or active to work in a partnership.
fn takes_part(id: CityId, context: &Context<'_>) -> Result<(), Rejection> {
    match context.world.city(id) {
        Some(city) if city.takes_part() => Ok(()),
        _ => Err(CityRule::CityNotSelected.into()),
    }
}

pub(super) fn accept(partnership: &Partnership, command: &AcceptPartnership, context: &Context<'_>) -> Decision {
    is_in(partnership, command.city)?;
    if partnership.accepted.contains(&command.city) {
        return Err(PartnershipRule::PartnershipAlreadyAccepted.into());
    }
    still_proposed(partnership, context)?;
    takes_part(command.city, context)?;
    let mut facts = vec![PartnershipAccepted { city: command.city }.into()];
    let waiting = partnership.cities.iter().any(|id| *id != command.city && !partnership.accepted.contains(id));
    if !waiting {
        facts.extend(form(partnership.id, &partnership.cities, context));
    }
    Ok(facts)
}

/// The partnership stands, and its selected cities become active by it.
fn form(id: PartnershipId, cities: &[CityId], context: &Context<'_>) -> Vec<Fact> {
    let mut facts = vec![Fact::from(PartnershipFormed { cities: cities.to_vec() })];
    facts.extend(cities.iter().filter_map(|city| activate(id, *city, context)));
    facts
}

fn activate(partnership: PartnershipId, city: CityId, context: &Context<'_>) -> Option<Fact> {
    let selected = context.world.city(city).is_some_and(|city| city.status == CityStatus::Selected);
    selected.then(|| Fact::on(city, CityActivated { partnership }))
}

pub(super) fn decline(partnership: &Partnership, command: &DeclinePartnership, context: &Context<'_>) -> Decision {
    is_in(partnership, command.city)?;
    if partnership.declined.contains(&command.city) {
        return Err(PartnershipRule::PartnershipAlreadyDeclined.into());
    }
    still_proposed(partnership, context)?;
    fact(PartnershipDeclined { city: command.city, reason: command.reason.clone() })
}

/// The city named must be one of the partnership's.
fn is_in(partnership: &Partnership, city: CityId) -> Result<(), Rejection> {
    if partnership.cities.contains(&city) {
        return Ok(());
    }
    if partnership.removed.contains(&city) {
        return Err(PartnershipRule::CityAlreadyRemoved.into());
    }
    Err(Rejection::unfit("/city", "this city is not one of the partnership's"))
}

fn still_proposed(partnership: &Partnership, context: &Context<'_>) -> Result<(), Rejection> {
    match partnership.status {
        PartnershipStatus::Proposed => context.open_programme("", partnership.programme).map(|_| ()),
        PartnershipStatus::Suspended => Err(PartnershipRule::PartnershipAlreadyFormed.into()),
        status => Err(not_at_work(status)),
    }
}

/// Who is in it can change until it is over.
fn not_over(partnership: &Partnership, context: &Context<'_>) -> Result<(), Rejection> {
    match partnership.status {
        PartnershipStatus::Completed | PartnershipStatus::Dissolved => Err(not_at_work(partnership.status)),
        _ => context.open_programme("", partnership.programme).map(|_| ()),
    }
}

pub(super) fn add_city(partnership: &Partnership, command: &AddCity, context: &Context<'_>) -> Decision {
    if partnership.cities.contains(&command.city) {
        return Err(PartnershipRule::CityAlreadyInPartnership.into());
    }
    not_over(partnership, context)?;
    city_of("/city", command.city, partnership.programme, context)?;
    takes_part(command.city, context)?;
    if partnership.cities.len() >= MOST_CITIES {
        return Err(PartnershipRule::PartnershipFull.into());
    }
    let mut facts = vec![CityAdded { city: command.city, reason: command.reason.clone() }.into()];
    if partnership.status != PartnershipStatus::Proposed {
        facts.extend(activate(partnership.id, command.city, context));
    }
    Ok(facts)
}

pub(super) fn remove_city(partnership: &Partnership, command: &RemoveCity, context: &Context<'_>) -> Decision {
    is_in(partnership, command.city)?;
    not_over(partnership, context)?;
    let rest: Vec<CityId> = partnership.cities.iter().copied().filter(|city| *city != command.city).collect();
    let countries: BTreeSet<_> =
        rest.iter().filter_map(|city| context.world.city(*city)).map(|city| city.country).collect();
    if countries.len() < 2 {
        return Err(PartnershipRule::PartnershipNeedsTwoCountries.into());
    }
    let mut facts = vec![CityRemoved { city: command.city, reason: command.reason.clone() }.into()];
    let accepted_by_all = rest.iter().all(|city| partnership.accepted.contains(city));
    if partnership.status == PartnershipStatus::Proposed && accepted_by_all {
        facts.extend(form(partnership.id, &rest, context));
    }
    Ok(facts)
}
