//! The city: how it joins, what it needs and offers, how it leaves.
//!
//! Applied, selected, on reserve or rejected; a selected city becomes active by its first formed partnership; a
//! withdrawn one is out. Its programme and country stay what they were when it was registered.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeMap;

use koinon_events::city::*;
use koinon_events::value::{Code, Country, Language, Latitude, Line, Longitude, Prose, Zone};
use koinon_events::{CityId, PersonId, ProgrammeId, Subject};

pub use commands::*;

use super::context::{Context, World};
use super::person::PersonStatus;
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a city is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum CityStatus {
    /// Asked to take part.
    Applied,
    /// Takes part.
    Selected,
    /// May take part when another leaves.
    Reserve,
    /// Does not take part.
    Rejected,
    /// Takes part and has a partnership.
    Active,
    /// Left.
    Withdrawn,
}

/// What the rules need to know of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct City {
    /// Its identity.
    pub id: CityId,
    /// The programme it takes part in.
    pub programme: ProgrammeId,
    /// How far it is.
    pub status: CityStatus,
    /// Its name.
    pub name: Line,
    /// Its country.
    pub country: Country,
    /// Its time zone.
    pub timezone: Zone,
    /// Its name in its own language.
    pub native_name: Line,
    /// Its strand.
    pub strand: Line,
    /// Degrees north.
    pub latitude: Latitude,
    /// Degrees east.
    pub longitude: Longitude,
    /// How many people live in it.
    pub population: u32,
    /// The languages it works in.
    pub languages: Vec<Language>,
    /// Its bodies by name.
    pub bodies: BTreeMap<Line, Option<BodyType>>,
    /// Who coordinates for it.
    pub coordinator: Option<PersonId>,
    /// What it wants to learn, by theme.
    pub needs: BTreeMap<Code, Option<Prose>>,
    /// What others can learn from it, by theme.
    pub offers: BTreeMap<Code, Option<Prose>>,
    /// Whether what was open when it left is listed.
    pub open_matters_listed: bool,
}

impl City {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: Some(self.programme),
            cities: vec![self.id],
            persons: self.coordinator.into_iter().collect(),
            ..Scope::default()
        }
    }

    /// Whether it takes part: selected, or active in a partnership.
    pub fn takes_part(&self) -> bool {
        matches!(self.status, CityStatus::Selected | CityStatus::Active)
    }
}

/// The state after one more event.
pub fn evolve(state: Option<City>, subject: Subject, event: &CityEvent) -> Option<City> {
    match (state, event) {
        (None, CityEvent::CityRegistered(registered)) => Some(City {
            id: CityId(subject.id),
            programme: registered.programme,
            status: CityStatus::Applied,
            name: registered.name.clone(),
            country: registered.country,
            timezone: registered.timezone,
            native_name: registered.native_name.clone(),
            strand: registered.strand.clone(),
            latitude: registered.latitude.clone(),
            longitude: registered.longitude.clone(),
            population: registered.population,
            languages: registered.languages.clone(),
            bodies: BTreeMap::new(),
            coordinator: None,
            needs: BTreeMap::new(),
            offers: BTreeMap::new(),
            open_matters_listed: false,
        }),
        (state, event) => state.map(|city| evolve_known(city, event)),
    }
}

fn evolve_known(mut city: City, event: &CityEvent) -> City {
    match event {
        CityEvent::CityRegistered(_) => {}
        CityEvent::CitySelected(_) => city.status = CityStatus::Selected,
        CityEvent::CityPutOnReserve(_) => city.status = CityStatus::Reserve,
        CityEvent::CityRejected(_) => city.status = CityStatus::Rejected,
        CityEvent::CityActivated(_) => city.status = CityStatus::Active,
        CityEvent::CityWithdrawn(_) => city.status = CityStatus::Withdrawn,
        CityEvent::OpenMattersListed(_) => city.open_matters_listed = true,
        CityEvent::CityUpdated(update) => apply_update(&mut city, update),
        CityEvent::BodyAdded(body) => {
            city.bodies.insert(body.name.clone(), body.body_type);
        }
        CityEvent::CoordinatorAppointed(appointed) => city.coordinator = Some(appointed.person),
        CityEvent::NeedStated(need) => {
            city.needs.insert(need.theme.clone(), need.text.clone());
        }
        CityEvent::OfferStated(offer) => {
            city.offers.insert(offer.theme.clone(), offer.text.clone());
        }
    }
    city
}

fn apply_update(city: &mut City, update: &CityUpdated) {
    fn replace<T: Clone>(value: &mut T, new: Option<&T>) {
        if let Some(new) = new {
            value.clone_from(new);
        }
    }
    replace(&mut city.name, update.name.as_ref());
    replace(&mut city.native_name, update.native_name.as_ref());
    replace(&mut city.strand, update.strand.as_ref());
    replace(&mut city.latitude, update.latitude.as_ref());
    replace(&mut city.longitude, update.longitude.as_ref());
    replace(&mut city.population, update.population.as_ref());
    replace(&mut city.timezone, update.timezone.as_ref());
    replace(&mut city.languages, update.languages.as_ref());
}

/// The subjects a decision on a city needs to know: its programme, and the person named.
pub fn relies_on(command: &CityCommand, world: &World) -> Vec<Subject> {
    let mut subjects = Vec::new();
    match command {
        CityCommand::RegisterCity(command) => subjects.push(command.programme.subject()),
        CityCommand::AppointCoordinator(command) => subjects.push(command.person.subject()),
        CityCommand::ListOpenMatters(command) => subjects.extend(command.matters.iter().take(MOST_MATTERS)),
        _ => {}
    }
    if let Some(city) = world.city(CityId(command.subject().id)) {
        subjects.push(city.programme.subject());
    }
    subjects
}

/// Decides a command on a city.
///
/// # Errors
/// Unfit fields, or the [`CityRule`] that forbids it.
pub fn decide(city: Option<&City>, command: &CityCommand, context: &Context<'_>) -> Decision {
    use CityCommand as Ask;
    match (command, city) {
        (Ask::RegisterCity(command), None) => register(command, context),
        (_, None) => Err(Rejection::Absent),
        (Ask::RegisterCity(_), Some(city)) => Err(CityRule::CityAlreadyExists { status: city.status }.into()),
        (Ask::SelectCity(_), Some(city)) => select(city, context),
        (Ask::PutOnReserve(command), Some(city)) => put_on_reserve(city, command, context),
        (Ask::RejectCity(command), Some(city)) => reject(city, command, context),
        (Ask::UpdateCity(command), Some(city)) => update(city, command, context),
        (Ask::AddBody(command), Some(city)) => add_body(city, command, context),
        (Ask::AppointCoordinator(command), Some(city)) => appoint_coordinator(city, command, context),
        (Ask::StateNeed(command), Some(city)) => state_need(city, command, context),
        (Ask::StateOffer(command), Some(city)) => state_offer(city, command, context),
        (Ask::WithdrawCity(command), Some(city)) => withdraw(city, command, context),
        (Ask::ListOpenMatters(command), Some(city)) => list_open_matters(city, command, context),
    }
}

/// No city of the list has more inhabitants.
const LARGEST: u32 = 100_000_000;

fn check_population(population: u32) -> Result<(), Rejection> {
    if population > LARGEST {
        return Err(Rejection::unfit("/population", format!("must be at most {LARGEST}")));
    }
    Ok(())
}

fn check_languages(languages: &[Language]) -> Result<(), Rejection> {
    if languages.len() > 40 {
        return Err(Rejection::unfit("/languages", "must hold at most 40 languages"));
    }
    Ok(())
}

fn register(command: &RegisterCity, context: &Context<'_>) -> Decision {
    check_population(command.population)?;
    check_languages(&command.languages)?;
    context.growing_programme("/programme", command.programme)?;
    fact(CityRegistered {
        programme: command.programme,
        name: command.name.clone(),
        native_name: command.native_name.clone(),
        country: command.country,
        strand: command.strand.clone(),
        latitude: command.latitude.clone(),
        longitude: command.longitude.clone(),
        population: command.population,
        timezone: command.timezone,
        languages: command.languages.clone(),
    })
}

fn select(city: &City, context: &Context<'_>) -> Decision {
    match city.status {
        CityStatus::Applied | CityStatus::Reserve => {
            context.growing_programme("", city.programme)?;
            fact(CitySelected {})
        }
        CityStatus::Selected | CityStatus::Active => Err(CityRule::CityAlreadySelected.into()),
        CityStatus::Rejected => Err(CityRule::CityAlreadyRejected.into()),
        CityStatus::Withdrawn => Err(CityRule::CityAlreadyWithdrawn.into()),
    }
}

fn put_on_reserve(city: &City, command: &PutOnReserve, context: &Context<'_>) -> Decision {
    match city.status {
        CityStatus::Applied => {
            context.open_programme("", city.programme)?;
            fact(CityPutOnReserve { reason: command.reason.clone() })
        }
        CityStatus::Reserve => Err(CityRule::CityAlreadyOnReserve.into()),
        CityStatus::Selected | CityStatus::Active => Err(CityRule::CityAlreadySelected.into()),
        CityStatus::Rejected => Err(CityRule::CityAlreadyRejected.into()),
        CityStatus::Withdrawn => Err(CityRule::CityAlreadyWithdrawn.into()),
    }
}

fn reject(city: &City, command: &RejectCity, context: &Context<'_>) -> Decision {
    match city.status {
        CityStatus::Applied | CityStatus::Reserve => {
            context.open_programme("", city.programme)?;
            fact(CityRejected { reason: command.reason.clone() })
        }
        CityStatus::Selected | CityStatus::Active => Err(CityRule::CityAlreadySelected.into()),
        CityStatus::Rejected => Err(CityRule::CityAlreadyRejected.into()),
        CityStatus::Withdrawn => Err(CityRule::CityAlreadyWithdrawn.into()),
    }
}

/// A rejected or withdrawn city is out; a closed programme takes nothing more.
fn still_in(city: &City, context: &Context<'_>) -> Result<(), Rejection> {
    match city.status {
        CityStatus::Rejected => Err(CityRule::CityAlreadyRejected.into()),
        CityStatus::Withdrawn => Err(CityRule::CityAlreadyWithdrawn.into()),
        _ => context.open_programme("", city.programme).map(|_| ()),
    }
}

/// The new value and the old, where a new one is given that differs.
fn changed<T: Clone + PartialEq>(new: Option<&T>, old: &T) -> (Option<T>, Option<T>) {
    match new.filter(|new| *new != old) {
        Some(new) => (Some(new.clone()), Some(old.clone())),
        None => (None, None),
    }
}

fn update(city: &City, command: &UpdateCity, context: &Context<'_>) -> Decision {
    still_in(city, context)?;
    check_population(command.population.unwrap_or_default())?;
    check_languages(command.languages.as_deref().unwrap_or_default())?;
    let (name, was_name) = changed(command.name.as_ref(), &city.name);
    let (native_name, was_native_name) = changed(command.native_name.as_ref(), &city.native_name);
    let (strand, was_strand) = changed(command.strand.as_ref(), &city.strand);
    let (latitude, was_latitude) = changed(command.latitude.as_ref(), &city.latitude);
    let (longitude, was_longitude) = changed(command.longitude.as_ref(), &city.longitude);
    let (population, was_population) = changed(command.population.as_ref(), &city.population);
    let (timezone, was_timezone) = changed(command.timezone.as_ref(), &city.timezone);
    let (languages, was_languages) = changed(command.languages.as_ref(), &city.languages);
    let updated = CityUpdated {
        name,
        was_name,
        native_name,
        was_native_name,
        strand,
        was_strand,
        latitude,
        was_latitude,
        longitude,
        was_longitude,
        population,
        was_population,
        timezone,
        was_timezone,
        languages,
        was_languages,
    };
    if updated == CityUpdated::default() {
        return Err(CityRule::CityAlreadySo.into());
    }
    fact(updated)
}

fn add_body(city: &City, command: &AddBody, context: &Context<'_>) -> Decision {
    let known = |name: &Line| name.as_str().to_lowercase() == command.name.as_str().to_lowercase();
    if city.bodies.keys().any(known) {
        return Err(CityRule::BodyAlreadyAdded { name: command.name.clone() }.into());
    }
    still_in(city, context)?;
    if city.bodies.len() >= 500 {
        return Err(CityRule::TooManyBodies.into());
    }
    fact(BodyAdded { name: command.name.clone(), body_type: command.body_type })
}

fn appoint_coordinator(city: &City, command: &AppointCoordinator, context: &Context<'_>) -> Decision {
    if city.coordinator == Some(command.person) {
        return Err(CityRule::CoordinatorAlreadyAppointed.into());
    }
    still_in(city, context)?;
    let person = context.person("/person", command.person)?;
    if matches!(person.status, PersonStatus::Inactive | PersonStatus::Erased) {
        return Err(CityRule::PersonTakesNoPart.into());
    }
    if person.city.is_some_and(|other| other != city.id) {
        return Err(Rejection::unfit("/person", "this person works for another city"));
    }
    fact(CoordinatorAppointed { person: command.person, was_person: city.coordinator })
}

fn state_need(city: &City, command: &StateNeed, context: &Context<'_>) -> Decision {
    let stated = city.needs.get(&command.theme);
    if stated == Some(&command.text) {
        return Err(CityRule::NeedAlreadyStated.into());
    }
    still_in(city, context)?;
    check_theme(city, &command.theme, context)?;
    let was_text = stated.cloned().flatten();
    fact(NeedStated { theme: command.theme.clone(), text: command.text.clone(), was_text })
}

fn state_offer(city: &City, command: &StateOffer, context: &Context<'_>) -> Decision {
    let stated = city.offers.get(&command.theme);
    if stated == Some(&command.text) {
        return Err(CityRule::OfferAlreadyStated.into());
    }
    still_in(city, context)?;
    check_theme(city, &command.theme, context)?;
    let was_text = stated.cloned().flatten();
    fact(OfferStated { theme: command.theme.clone(), text: command.text.clone(), was_text })
}

fn check_theme(city: &City, theme: &Code, context: &Context<'_>) -> Result<(), Rejection> {
    if context.programme("", city.programme)?.themes.contains_key(theme) {
        return Ok(());
    }
    let message = format!("the programme has no theme {theme}; define it first with DefineTheme");
    Err(Rejection::unfit("/theme", message))
}

fn withdraw(city: &City, command: &WithdrawCity, context: &Context<'_>) -> Decision {
    still_in(city, context)?;
    fact(CityWithdrawn { reason: command.reason.clone() })
}

/// The most that one list of open matters names.
const MOST_MATTERS: usize = 500;

fn list_open_matters(city: &City, command: &ListOpenMatters, context: &Context<'_>) -> Decision {
    if command.matters.len() > MOST_MATTERS {
        return Err(Rejection::unfit("/matters", format!("must hold at most {MOST_MATTERS} subjects")));
    }
    for (at, matter) in command.matters.iter().enumerate() {
        let pointer = format!("/matters/{at}");
        if context.exists(&pointer, *matter)?.scope().programme != Some(city.programme) {
            return Err(Rejection::unfit(pointer, "this belongs to another programme"));
        }
    }
    if city.open_matters_listed {
        return Err(CityRule::OpenMattersAlreadyListed.into());
    }
    if city.status != CityStatus::Withdrawn {
        return Err(CityRule::CityStillTakesPart.into());
    }
    fact(OpenMattersListed { matters: command.matters.clone() })
}

/// The rules that forbid commands on cities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CityRule {
    #[error("There is a city with this id already; it is {}.", words(*status))]
    CityAlreadyExists { status: CityStatus },
    #[error("This city was selected already. To end its taking part, withdraw it and say why.")]
    CityAlreadySelected,
    #[error("This city is on reserve already.")]
    CityAlreadyOnReserve,
    #[error("This city was rejected already, so it takes no part.")]
    CityAlreadyRejected,
    #[error("This city has withdrawn already, so nothing more can be recorded for it.")]
    CityAlreadyWithdrawn,
    #[error("All that is given is known of the city already. Give the fields that change.")]
    CityAlreadySo,
    #[error("The city has the body {name} already.")]
    BodyAlreadyAdded { name: Line },
    #[error("The city has 500 bodies, the most it can have.")]
    TooManyBodies,
    #[error("This person coordinates for the city already.")]
    CoordinatorAlreadyAppointed,
    #[error("This person no longer takes part, so cannot coordinate for the city. Appoint somebody else.")]
    PersonTakesNoPart,
    #[error("The city has stated this need already, in the same words.")]
    NeedAlreadyStated,
    #[error("The city has stated this offer already, in the same words.")]
    OfferAlreadyStated,
    #[error("What was open when the city left is listed already.")]
    OpenMattersAlreadyListed,
    #[error("The city has not left. What is still open is listed when it does.")]
    CityStillTakesPart,
    #[error("A city named here takes no part in the programme: it was not selected, or has left. Select it first.")]
    CityNotSelected,
}

rejections!(CityRule);

/// The status as people say it.
fn words(status: CityStatus) -> &'static str {
    match status {
        CityStatus::Reserve => "on reserve",
        status => status.into(),
    }
}
