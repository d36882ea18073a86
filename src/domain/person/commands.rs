//! What can be asked of a person.

use koinon_events::person::{PersonKind, Role};
use koinon_events::value::{Code, Day, Email, Language, Line, Phone, Prose};
use koinon_events::{CityId, PersonId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Invites a person; name, e-mail address and phone are sealed and kept outside the log.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitePerson {
    /// The new person's id.
    pub id: PersonId,
    /// Name.
    pub name: Line,
    /// E-mail address.
    pub email: Email,
    /// Phone number.
    pub phone: Option<Phone>,
    /// Where the person works.
    pub organisation: Line,
    /// The programme the person takes part in, when in one.
    pub programme: Option<ProgrammeId>,
    /// The city the person works for, when for one.
    pub city: Option<CityId>,
    /// The languages the person speaks.
    pub languages: Vec<Language>,
    /// What the person takes part as.
    pub kind: PersonKind,
}

/// Accepts the invitation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// Which person.
    pub person: PersonId,
}

/// Changes what is held on the person; fields left out stay as they are.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePerson {
    /// Which person.
    pub person: PersonId,
    /// The new name.
    pub name: Option<Line>,
    /// The new e-mail address.
    pub email: Option<Email>,
    /// The new phone number.
    pub phone: Option<Phone>,
    /// Where the person works now.
    pub organisation: Option<Line>,
    /// The city the person works for now.
    pub city: Option<CityId>,
    /// The languages the person speaks.
    pub languages: Option<Vec<Language>>,
    /// What the person takes part as now.
    pub kind: Option<PersonKind>,
}

/// Ends the taking part of the person; what is held stays.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeactivatePerson {
    /// Which person.
    pub person: PersonId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Asks that all personal values of the person be destroyed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestErasure {
    /// Which person.
    pub person: PersonId,
    /// Why.
    pub reason: Prose,
}

/// Refuses an erasure or puts it off, on a legal basis. With a last day it is a hold: it may come before anybody asks, and
/// retention rules leave the person alone until then.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeferErasure {
    /// Which person.
    pub person: PersonId,
    /// Why.
    pub reason: Prose,
    /// Until when; left out when it is refused.
    pub until: Option<Day>,
    /// The legal basis.
    pub basis: Option<Line>,
}

/// Destroys all personal values of the person, for good.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// Which person.
    pub person: PersonId,
    /// The legal basis, such as GDPR art. 17(1)(b).
    pub basis: Line,
    /// The reference of the request.
    pub request: Line,
}

/// Lets the person act in a role.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantRole {
    /// Which person.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// The programme, city or partnership it holds for; every programme when left out.
    pub scope: Option<Subject>,
    /// Its last day, if it ends.
    pub until: Option<Day>,
    /// Its id within the person; numbered when left out.
    pub grant: Option<Code>,
}

/// Takes a role back: the grant named, or else the one of that role and scope.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeRole {
    /// Which person.
    pub person: PersonId,
    /// Which grant.
    pub grant: Option<Code>,
    /// The role, when no grant is named.
    pub role: Option<Role>,
    /// What it holds for, when no grant is named.
    pub scope: Option<Subject>,
    /// Why.
    pub reason: Prose,
}

/// Reminds the person of something that waits; one mail is sent where mail is set up.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindPerson {
    /// Which person.
    pub person: PersonId,
    /// What it is about, as kind/UUID.
    pub subject: Subject,
    /// What waits there: confirm-visit, record-learning.
    pub matter: Code,
}

commands! {
    /// Commands on a person.
    Person: PersonCommand {
        new InvitePerson(id), on AcceptInvitation(person), on UpdatePerson(person), on DeactivatePerson(person), on RequestErasure(person), on DeferErasure(person), on ErasePerson(person), on GrantRole(person), on RevokeRole(person), on RemindPerson(person),
    }
}
