//! Who may: the permission table of the programme's roles as data, total over commands. A new command does not compile
//! without its row.
//!
//! A grant holds for a programme, a partnership or a city, or for all of them when it names none, until its last day. A
//! delegate's or expert's row holds only for subjects that the grant covers; where a command acts for one city
//! ("accept for Porto"), a grant for a city covers that city only.

mod table;

use koinon_events::value::Day;
use koinon_events::{Actor, CityId, Kind, PartnershipId, PersonId, ProgrammeId, Role, Subject, VisitId};
use koinon_projections::{Reach, Sight};
use strum::IntoEnumIterator;

pub use table::{Permission, permission};

use crate::domain::token::TokenCommand;
use crate::domain::{Command, Scope};

/// A role held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The programme, partnership or city it holds for; all of them when absent.
    pub scope: Option<Subject>,
    /// The last day it holds.
    pub until: Option<Day>,
    /// The programme that the scope lies in; whoever holds a grant there sees the programme and its cities.
    pub programme: Option<ProgrammeId>,
}

impl Grant {
    /// A role held for a scope until a day.
    pub fn new(role: Role, scope: Option<Subject>, until: Option<Day>) -> Self {
        let programme = scope.filter(|scope| scope.kind == Kind::Programme).map(|scope| ProgrammeId(scope.id));
        Self { role, scope, until, programme }
    }

    fn in_force(&self, today: Day) -> bool {
        self.until.is_none_or(|last| today <= last)
    }

    /// Whether the grant reaches a subject of that scope; `city` is the city that a command acts for.
    fn covers(&self, scope: &Scope, city: Option<CityId>) -> bool {
        let Some(limit) = self.scope else { return true };
        match limit.kind {
            Kind::Programme => scope.programme.is_some_and(|programme| programme.subject() == limit),
            Kind::Partnership => scope.partnerships.iter().any(|partnership| partnership.subject() == limit),
            // Only who signed in for a visit has this: nobody is granted it.
            Kind::Visit => scope.visit.is_some_and(|visit| visit.subject() == limit),
            Kind::City => match city {
                Some(city) => city.subject() == limit,
                None => scope.cities.iter().any(|city| city.subject() == limit),
            },
            _ => false,
        }
    }

    /// Whether everything within a scope lies within this grant; `None` is everything there is.
    fn encloses(&self, scope: Option<Subject>, programme: Option<ProgrammeId>) -> bool {
        let Some(limit) = self.scope else { return true };
        scope == Some(limit) || (scope.is_some() && programme.is_some_and(|programme| programme.subject() == limit))
    }
}

/// Why somebody may not, and whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// No role held may do this at all.
    #[error(
        "This is for {}; you act as {}. Ask {} of the programme.",
        several(allowed, "or"),
        several(held, "and"),
        one(allowed)
    )]
    Role {
        /// Who may.
        allowed: Vec<Role>,
        /// What the caller is.
        held: Vec<Role>,
    },
    /// The role may, but not for this subject.
    #[error(
        "Your role does not reach this programme, partnership or city. Ask a coordinator of the programme for a grant that does."
    )]
    Scope,
    /// Nobody acts on themselves here.
    #[error("Nobody may do this for themselves. Ask another person who may.")]
    Oneself,
    /// Nobody gives or takes more than they hold.
    #[error(
        "Roles are given and taken back by those whose own role reaches as far. Ask a coordinator of the whole programme, or an administrator."
    )]
    Beyond,
    /// The address by which somebody with a weighty role signs in.
    #[error(
        "Only an administrator changes the e-mail address of a coordinator, an administrator, an officer or an auditor, for they sign in with it. Ask an administrator."
    )]
    Address,
    /// The caller has no role in force.
    #[error("You have no role here, or it has ended. Ask a coordinator of the programme.")]
    NoRole,
}

fn several(roles: &[Role], joined: &str) -> String {
    let mut told: Vec<String> = Vec::new();
    for role in roles.iter().map(|role| with_article(*role)) {
        if !told.contains(&role) {
            told.push(role);
        }
    }
    match told.as_slice() {
        [] => "nobody but the person".to_owned(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} {joined} {last}", rest.join(", ")),
    }
}

fn one(roles: &[Role]) -> String {
    let role = if roles.contains(&Role::Coordinator) { Some(Role::Coordinator) } else { roles.first().copied() };
    role.map_or_else(|| "an administrator".to_owned(), with_article)
}

fn with_article(role: Role) -> String {
    match role {
        Role::Administrator | Role::Expert | Role::Officer | Role::Auditor => format!("an {role}"),
        Role::Coordinator | Role::Delegate => format!("a {role}"),
    }
}

/// Whether the caller may give the command.
///
/// `scope` is what the command's subject belongs to (for a new subject: what the command names).
///
/// # Errors
/// [`Denied`], saying why and whom to ask.
pub fn may(command: &Command, scope: &Scope, grants: &[Grant], actor: &Actor, today: Day) -> Result<(), Denied> {
    if matches!(actor, Actor::System(_)) {
        return Ok(());
    }
    let permission = permission(command);
    let own = matches!(actor, Actor::Person(person) if permission.oneself && command.subject().id == person.0);
    if own {
        return Ok(());
    }
    if raises_oneself(command, grants, actor, today) {
        return Err(Denied::Oneself);
    }
    let held: Vec<&Grant> = grants.iter().filter(|grant| grant.in_force(today)).collect();
    if held.is_empty() {
        return Err(Denied::NoRole);
    }
    let fitting: Vec<&&Grant> = held.iter().filter(|grant| permission.roles.contains(&grant.role)).collect();
    if fitting.is_empty() {
        let held = held.iter().map(|grant| grant.role).collect();
        return Err(Denied::Role { allowed: permission.roles.to_vec(), held });
    }
    let is_assigned = |grant: &Grant| {
        grant.role == Role::Expert && matches!(actor, Actor::Person(person) if scope.persons.contains(person))
    };
    let reaches = fitting.iter().any(|grant| grant.covers(scope, permission.city) || is_assigned(grant));
    if reaches { Ok(()) } else { Err(Denied::Scope) }
}

/// Whether the command makes a token that acts as its maker in a role the maker does not hold as widely.
fn raises_oneself(command: &Command, grants: &[Grant], actor: &Actor, today: Day) -> bool {
    let Command::Token(TokenCommand::CreateToken(create)) = command else { return false };
    let holds = |grant: &Grant| {
        grant.in_force(today) && grant.role == create.role && (grant.scope.is_none() || grant.scope == create.scope)
    };
    matches!(actor, Actor::Person(own) if create.person == Some(*own)) && !grants.iter().any(holds)
}

/// Whether the caller may give or take back a role for a scope, which lies in a programme: their own must reach as far,
/// and administrators are made and unmade by administrators alone.
///
/// # Errors
/// [`Denied::Beyond`].
pub fn may_hand_out(
    role: Role,
    scope: Option<Subject>,
    programme: Option<ProgrammeId>,
    grants: &[Grant],
    today: Day,
) -> Result<(), Denied> {
    let gives = |grant: &&Grant| match grant.role {
        Role::Administrator => true,
        Role::Coordinator => role != Role::Administrator,
        _ => false,
    };
    let held = grants.iter().filter(|grant| grant.in_force(today)).filter(gives);
    if held.into_iter().any(|grant| grant.encloses(scope, programme)) { Ok(()) } else { Err(Denied::Beyond) }
}

/// Whether a role is one that others would gain much by: who comes in as somebody with it reads or decides for a programme.
pub fn is_weighty(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::Coordinator | Role::Officer | Role::Auditor)
}

/// Whether the caller may change the address of somebody who holds these: where one of them is weighty, an administrator
/// who reaches as far.
///
/// # Errors
/// [`Denied::Address`].
pub fn may_change_address(held: &[Grant], grants: &[Grant], today: Day) -> Result<(), Denied> {
    let administers: Vec<&Grant> =
        grants.iter().filter(|grant| grant.in_force(today) && grant.role == Role::Administrator).collect();
    let reaches = |held: &Grant| administers.iter().any(|grant| grant.encloses(held.scope, held.programme));
    if held.iter().filter(|grant| is_weighty(grant.role)).all(reaches) { Ok(()) } else { Err(Denied::Address) }
}

/// Whether the caller may give such a command for some subject: the first half of [`may`], for offering what somebody
/// has not begun yet.
///
/// # Errors
/// [`Denied`], saying why and whom to ask.
pub fn may_somewhere(command: &Command, grants: &[Grant], actor: &Actor, today: Day) -> Result<(), Denied> {
    let permission = permission(command);
    if matches!(actor, Actor::System(_)) || (permission.oneself && matches!(actor, Actor::Person(_))) {
        return Ok(());
    }
    let held: Vec<Role> = grants.iter().filter(|grant| grant.in_force(today)).map(|grant| grant.role).collect();
    if held.is_empty() {
        return Err(Denied::NoRole);
    }
    if held.iter().any(|role| permission.roles.contains(role)) {
        return Ok(());
    }
    Err(Denied::Role { allowed: permission.roles.to_vec(), held })
}

/// Whether the caller acts in one of these roles for a subject of that scope, or for that city of it.
pub fn acts(roles: &[Role], scope: &Scope, city: Option<CityId>, grants: &[Grant], today: Day) -> bool {
    let held = grants.iter().filter(|grant| grant.in_force(today) && roles.contains(&grant.role));
    held.into_iter().any(|grant| grant.covers(scope, city))
}

/// Whether the caller may have everything that is held on a person: the person, and a coordinator on their behalf.
pub fn may_export(person: PersonId, scope: &Scope, grants: &[Grant], actor: &Actor, today: Day) -> bool {
    matches!(actor, Actor::Person(own) if *own == person) || acts(&[Role::Coordinator], scope, None, grants, today)
}

/// Whether one of the roles is held for everything there is, and in force.
pub fn holds_everywhere(roles: &[Role], grants: &[Grant], today: Day) -> bool {
    grants.iter().any(|grant| grant.scope.is_none() && grant.in_force(today) && roles.contains(&grant.role))
}

/// Whether the caller reads every record of the log unfiltered.
pub fn reads_whole_log(grants: &[Grant], actor: &Actor, today: Day) -> bool {
    matches!(actor, Actor::System(_))
        || holds_everywhere(&[Role::Coordinator, Role::Officer, Role::Auditor], grants, today)
}

/// Whether the caller may see a subject of that kind and scope.
pub fn may_read(scope: &Scope, kind: Kind, grants: &[Grant], actor: &Actor, today: Day) -> bool {
    reach(kind, grants, actor, today).is_none_or(|reach| {
        let concerns = |city| scope.cities.contains(city) || scope.onlookers.contains(city);
        let within = |programmes: &[ProgrammeId]| scope.programme.is_some_and(|id| programmes.contains(&id));
        within(&reach.programmes)
            || scope.partnerships.iter().any(|id| reach.partnerships.contains(id))
            || reach.cities.iter().any(concerns)
            || scope.persons.iter().any(|id| reach.persons.contains(id))
            || scope.visit.is_some_and(|id| reach.visits.contains(&id))
            || (scope.is_published && within(&reach.published))
    })
}

/// How far the caller sees among subjects of that kind; `None` is everything. The single rule of every list, count, feed,
/// page, export and proof: [`may_read`] asks it for one subject, the read models for many.
pub fn reach(kind: Kind, grants: &[Grant], actor: &Actor, today: Day) -> Option<Reach> {
    if reads_whole_log(grants, actor, today) {
        return None;
    }
    let mut reach = Reach::default();
    if let Actor::Person(person) = actor {
        reach.persons.push(*person);
    }
    for grant in grants.iter().filter(|grant| grant.in_force(today) && may_be_for(grant.role, kind)) {
        // Without a scope it reaches everything.
        let limit = grant.scope?;
        match limit.kind {
            // Whoever takes part in a programme sees it and its cities: who there is, what they need and offer.
            _ if matches!(kind, Kind::Programme | Kind::City) => reach.programmes.extend(grant.programme),
            Kind::Programme => reach.programmes.push(ProgrammeId(limit.id)),
            Kind::Partnership => reach.partnerships.push(PartnershipId(limit.id)),
            Kind::City => reach.cities.push(CityId(limit.id)),
            Kind::Visit => reach.visits.push(VisitId(limit.id)),
            _ => {}
        }
        if kind == Kind::Learning {
            reach.published.extend(grant.programme);
        }
    }
    Some(reach)
}

/// Whether a role sees subjects of that kind at all.
fn may_be_for(role: Role, kind: Kind) -> bool {
    match role {
        Role::Administrator => matches!(kind, Kind::Person | Kind::Token | Kind::Webhook | Kind::Log),
        Role::Coordinator | Role::Officer | Role::Auditor => true,
        Role::Delegate | Role::Expert => kind != Kind::Token,
    }
}

/// [`reach`] for every kind of subject.
pub fn sight(grants: &[Grant], actor: &Actor, today: Day) -> Sight {
    Kind::iter().filter_map(|kind| reach(kind, grants, actor, today).map(|reach| (kind, reach))).collect()
}

/// Whether the caller may see the names of persons of that scope.
pub fn may_read_persons(scope: &Scope, grants: &[Grant], actor: &Actor, today: Day) -> bool {
    if matches!(actor, Actor::System(_)) || matches!(actor, Actor::Person(person) if scope.persons.contains(person)) {
        return true;
    }
    grants.iter().filter(|grant| grant.in_force(today)).any(|grant| match grant.role {
        Role::Administrator | Role::Coordinator | Role::Delegate | Role::Expert => grant.covers(scope, None),
        Role::Officer | Role::Auditor => false,
    })
}

#[cfg(test)]
mod tests;
