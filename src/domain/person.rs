//! The person: invited, at work, inactive, erased; and the roles the person holds.
//!
//! Names, e-mail addresses and phones enter facts only sealed. Nobody grants themselves a role. An erased person is
//! out for good. Whether a personal value is a new one cannot be seen here, for the values lie outside.

mod commands;
mod roles;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeMap;

use koinon_events::person::*;
use koinon_events::value::{Code, Day, Language, Line};
use koinon_events::{CityId, PersonId, ProgrammeId, Sealed, Subject};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum PersonStatus {
    /// Has an invitation.
    Invited,
    /// Takes part.
    Active,
    /// Takes part no more.
    Inactive,
    /// All personal values are destroyed.
    Erased,
}

/// What the rules need to know of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The person's identity.
    pub id: PersonId,
    /// The programme the person is invited to, when to one.
    pub programme: Option<ProgrammeId>,
    /// The city the person works for, when for one.
    pub city: Option<CityId>,
    /// How far the person is.
    pub status: PersonStatus,
    /// What the person takes part as.
    pub kind: PersonKind,
    /// Where the person works.
    pub organisation: Line,
    /// The languages the person speaks.
    pub languages: Vec<Language>,
    /// The sealed values as they stand; none once erased.
    pub sealed: Option<Personal>,
    /// Whether an erasure was asked for and not decided.
    pub erasure_requested: bool,
    /// Whether the last word on an erasure was to defer it.
    pub erasure_deferred: bool,
    /// The last day until which it was put off: a hold.
    pub held_until: Option<Day>,
    /// Every grant ever given, by id.
    pub grants: BTreeMap<Code, Grant>,
    /// When the person was last reminded of a matter of a subject.
    pub reminders: BTreeMap<(Subject, Code), Day>,
}

/// The personal values of a person, sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Personal {
    /// Name.
    pub name: Sealed,
    /// E-mail address.
    pub email: Sealed,
    /// Phone number.
    pub phone: Option<Sealed>,
}

/// One role granted to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// What it holds for; every programme when absent.
    pub scope: Option<Subject>,
    /// Its last day, if it ends.
    pub until: Option<Day>,
    /// Whether it was taken back.
    pub revoked: bool,
}

impl Grant {
    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Day) -> bool {
        !self.revoked && self.until.is_none_or(|until| day <= until)
    }
}

impl Person {
    /// What the person belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: self.programme,
            cities: self.city.into_iter().collect(),
            persons: vec![self.id],
            ..Scope::default()
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Person>, subject: Subject, event: &PersonEvent) -> Option<Person> {
    match (state, event) {
        (None, PersonEvent::PersonInvited(invited)) => Some(Person {
            id: PersonId(subject.id),
            programme: invited.programme,
            city: invited.city,
            status: PersonStatus::Invited,
            kind: invited.kind,
            organisation: invited.organisation.clone(),
            languages: invited.languages.clone(),
            sealed: Some(Personal {
                name: invited.name.clone(),
                email: invited.email.clone(),
                phone: invited.phone.clone(),
            }),
            erasure_requested: false,
            erasure_deferred: false,
            held_until: None,
            grants: BTreeMap::new(),
            reminders: BTreeMap::new(),
        }),
        (state, event) => state.map(|person| evolve_known(person, event)),
    }
}

fn evolve_known(mut person: Person, event: &PersonEvent) -> Person {
    match event {
        PersonEvent::PersonInvited(_) => {}
        PersonEvent::InvitationAccepted(_) => person.status = PersonStatus::Active,
        PersonEvent::PersonUpdated(update) => apply_update(&mut person, update),
        PersonEvent::PersonDeactivated(_) => person.status = PersonStatus::Inactive,
        PersonEvent::ErasureRequested(_) => person.erasure_requested = true,
        PersonEvent::ErasureDeferred(deferred) => {
            person.erasure_requested = false;
            person.erasure_deferred = true;
            person.held_until = deferred.until;
        }
        PersonEvent::PersonErased(_) => {
            person.status = PersonStatus::Erased;
            person.erasure_requested = false;
            person.sealed = None;
            person.grants.values_mut().for_each(|grant| grant.revoked = true);
        }
        PersonEvent::PersonReminded(reminded) => {
            person.reminders.insert((reminded.subject, reminded.matter.clone()), reminded.on);
        }
        PersonEvent::RoleGranted(granted) => {
            let grant = Grant { role: granted.role, scope: granted.scope, until: granted.until, revoked: false };
            person.grants.insert(granted.grant.clone(), grant);
        }
        PersonEvent::RoleRevoked(revoked) => {
            if let Some(grant) = person.grants.get_mut(&revoked.grant) {
                grant.revoked = true;
            }
        }
    }
    person
}

fn apply_update(person: &mut Person, update: &PersonUpdated) {
    if let Some(personal) = &mut person.sealed {
        if let Some(name) = &update.name {
            personal.name = name.clone();
        }
        if let Some(email) = &update.email {
            personal.email = email.clone();
        }
        if update.phone.is_some() {
            personal.phone.clone_from(&update.phone);
        }
    }
    if let Some(organisation) = &update.organisation {
        person.organisation = organisation.clone();
    }
    if let Some(languages) = &update.languages {
        person.languages.clone_from(languages);
    }
    person.city = update.city.or(person.city);
    person.kind = update.kind.unwrap_or(person.kind);
}

/// The subjects a decision on a person needs to know: the programme and city, and what a role is granted for.
pub fn relies_on(command: &PersonCommand, world: &World) -> Vec<Subject> {
    let (programme, city, scope) = match command {
        PersonCommand::InvitePerson(command) => (command.programme, command.city, None),
        PersonCommand::UpdatePerson(command) => (None, command.city, None),
        PersonCommand::GrantRole(command) => (None, None, command.scope),
        PersonCommand::RevokeRole(given) => {
            let held = handed_out(command, world.person(given.person));
            return held.into_iter().filter_map(|(_, scope)| scope).collect();
        }
        PersonCommand::RemindPerson(command) => return vec![command.subject],
        _ => return Vec::new(),
    };
    let of_city = city.and_then(|city| world.city(city)).map(|city| city.programme);
    [
        programme.map(Subject::from),
        of_city.map(Subject::from),
        city.map(Subject::from),
        scope.filter(|scope| roles::can_be_scope(*scope)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The roles that a command gives or takes back, each with what it holds for.
pub fn handed_out(command: &PersonCommand, person: Option<&Person>) -> Vec<(Role, Option<Subject>)> {
    match command {
        PersonCommand::GrantRole(command) => vec![(command.role, command.scope)],
        PersonCommand::RevokeRole(command) => {
            let named = person.into_iter().flat_map(|person| roles::named(person, command));
            named.map(|(_, grant)| (grant.role, grant.scope)).collect()
        }
        _ => Vec::new(),
    }
}

/// Decides a command on a person.
///
/// # Errors
/// Unfit fields, or the [`PersonRule`] that forbids it.
pub fn decide(person: Option<&Person>, command: &PersonCommand, context: &Context<'_>) -> Decision {
    use PersonCommand as Ask;
    match (command, person) {
        (Ask::InvitePerson(command), None) => invite(command, context),
        (_, None) => Err(Rejection::Absent),
        (Ask::InvitePerson(_), Some(person)) => Err(PersonRule::PersonAlreadyExists { status: person.status }.into()),
        (_, Some(person)) if person.status == PersonStatus::Erased => Err(PersonRule::PersonAlreadyErased.into()),
        (Ask::AcceptInvitation(_), Some(person)) => accept(person),
        (Ask::UpdatePerson(command), Some(person)) => update(person, command, context),
        (Ask::DeactivatePerson(command), Some(person)) => deactivate(person, command),
        (Ask::RequestErasure(command), Some(person)) => request_erasure(person, command),
        (Ask::DeferErasure(command), Some(person)) => defer_erasure(person, command),
        (Ask::ErasePerson(command), Some(_)) => {
            fact(PersonErased { basis: command.basis.clone(), request: command.request.clone() })
        }
        (Ask::RemindPerson(command), Some(person)) => remind(person, command, context),
        (Ask::GrantRole(command), Some(person)) => roles::grant(person, command, context),
        (Ask::RevokeRole(command), Some(person)) => roles::revoke(person, command),
    }
}

fn check_languages(languages: &[Language]) -> Result<(), Rejection> {
    if languages.len() > 40 {
        return Err(Rejection::unfit("/languages", "must hold at most 40 languages"));
    }
    Ok(())
}

fn invite(command: &InvitePerson, context: &Context<'_>) -> Decision {
    check_languages(&command.languages)?;
    let city = command.city.map(|city| context.city("/city", city)).transpose()?;
    let programme = command.programme.or(city.map(|city| city.programme));
    if let Some(programme) = programme {
        context.open_programme("/programme", programme)?;
    }
    if city.is_some_and(|city| Some(city.programme) != programme) {
        return Err(Rejection::unfit("/city", "this city takes part in another programme"));
    }
    fact(PersonInvited {
        name: context.sealer.seal("/name", command.name.as_str()),
        email: context.sealer.seal("/email", command.email.as_str()),
        phone: command.phone.as_ref().map(|phone| context.sealer.seal("/phone", phone.as_str())),
        organisation: command.organisation.clone(),
        programme,
        city: command.city,
        languages: command.languages.clone(),
        kind: command.kind,
    })
}

fn accept(person: &Person) -> Decision {
    match person.status {
        PersonStatus::Invited => fact(InvitationAccepted {}),
        PersonStatus::Active => Err(PersonRule::InvitationAlreadyAccepted.into()),
        PersonStatus::Inactive | PersonStatus::Erased => Err(PersonRule::PersonAlreadyInactive.into()),
    }
}

fn update(person: &Person, command: &UpdatePerson, context: &Context<'_>) -> Decision {
    check_languages(command.languages.as_deref().unwrap_or_default())?;
    let city = command.city.filter(|city| person.city != Some(*city));
    if let Some(city) = city {
        let city = context.city("/city", city)?;
        if person.programme.is_some_and(|programme| programme != city.programme) {
            return Err(Rejection::unfit("/city", "this city takes part in another programme"));
        }
    }
    let organisation = command.organisation.clone().filter(|organisation| *organisation != person.organisation);
    let languages = command.languages.clone().filter(|languages| *languages != person.languages);
    let kind = command.kind.filter(|kind| *kind != person.kind);
    let nothing_personal = command.name.is_none() && command.email.is_none() && command.phone.is_none();
    if nothing_personal && city.is_none() && organisation.is_none() && languages.is_none() && kind.is_none() {
        return Err(PersonRule::PersonAlreadySo.into());
    }
    fact(PersonUpdated {
        name: command.name.as_ref().map(|name| context.sealer.seal("/name", name.as_str())),
        email: command.email.as_ref().map(|email| context.sealer.seal("/email", email.as_str())),
        phone: command.phone.as_ref().map(|phone| context.sealer.seal("/phone", phone.as_str())),
        was_organisation: organisation.is_some().then(|| person.organisation.clone()),
        organisation,
        was_city: city.and(person.city),
        city,
        was_languages: languages.is_some().then(|| person.languages.clone()),
        languages,
        was_kind: kind.map(|_| person.kind),
        kind,
    })
}

fn deactivate(person: &Person, command: &DeactivatePerson) -> Decision {
    match person.status {
        PersonStatus::Invited | PersonStatus::Active => fact(PersonDeactivated { reason: command.reason.clone() }),
        PersonStatus::Inactive | PersonStatus::Erased => Err(PersonRule::PersonAlreadyInactive.into()),
    }
}

fn request_erasure(person: &Person, command: &RequestErasure) -> Decision {
    if person.erasure_requested {
        return Err(PersonRule::ErasureAlreadyRequested.into());
    }
    fact(ErasureRequested { reason: command.reason.clone() })
}

fn defer_erasure(person: &Person, command: &DeferErasure) -> Decision {
    // With a last day it is a hold, which may come before anybody asks.
    let is_another_hold = command.until.is_some() && command.until != person.held_until;
    if is_another_hold {
        return fact(ErasureDeferred {
            reason: command.reason.clone(),
            until: command.until,
            basis: command.basis.clone(),
        });
    }
    if !person.erasure_requested && person.erasure_deferred {
        return Err(PersonRule::ErasureAlreadyDeferred.into());
    }
    if !person.erasure_requested {
        return Err(PersonRule::NoErasureRequested.into());
    }
    fact(ErasureDeferred { reason: command.reason.clone(), until: command.until, basis: command.basis.clone() })
}

fn remind(person: &Person, command: &RemindPerson, context: &Context<'_>) -> Decision {
    context.exists("/subject", command.subject)?;
    if person.reminders.get(&(command.subject, command.matter.clone())) == Some(&context.today) {
        return Err(PersonRule::PersonAlreadyReminded.into());
    }
    if person.status == PersonStatus::Inactive {
        return Err(PersonRule::PersonAlreadyInactive.into());
    }
    fact(PersonReminded { subject: command.subject, matter: command.matter.clone(), on: context.today })
}

/// The rules that forbid commands on people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum PersonRule {
    #[error("There is a person with this id already; the person is {}.", words(*status))]
    PersonAlreadyExists { status: PersonStatus },
    #[error("The invitation was accepted already.")]
    InvitationAlreadyAccepted,
    #[error("This person takes part no more already. Invite the person anew.")]
    PersonAlreadyInactive,
    #[error("All that is given is held on the person already. Give the fields that change.")]
    PersonAlreadySo,
    #[error("This person was erased already, so nothing more can be recorded on the person.")]
    PersonAlreadyErased,
    #[error("The erasure was asked for already and waits for a decision.")]
    ErasureAlreadyRequested,
    #[error("The erasure was deferred already, and none was asked for since.")]
    ErasureAlreadyDeferred,
    #[error(
        "There is no request for erasure that waits for a decision, so there is none to defer. Give a last day (until) to hold one off beforehand."
    )]
    NoErasureRequested,
    #[error("The person was reminded of this today already. Once a day is enough.")]
    PersonAlreadyReminded,
    #[error("Nobody grants a role to themselves. Ask another administrator.")]
    GrantToOneself,
    #[error(
        "Nobody both writes and audits. An auditor holds no other role; take the one back before giving the other."
    )]
    AuditorWithAnotherRole,
    #[error("The person holds this role already, in the same scope and as long.")]
    RoleAlreadyGranted,
    #[error("This role was taken back already.")]
    RoleAlreadyRevoked,
    #[error("The person has been granted 500 roles, the most that can be.")]
    TooManyGrants,
}

rejections!(PersonRule);

/// The status as people say it.
fn words(status: PersonStatus) -> &'static str {
    status.into()
}
