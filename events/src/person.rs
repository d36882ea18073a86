//! What can be known about a person. Names, e-mail addresses and phones stand here only sealed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
pub use crate::role::Role;
use crate::value::{Code, Day, Language, Line, Prose};
use crate::{CityId, ProgrammeId, Sealed, Subject};

/// What a person takes part as.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PersonKind {
    /// Runs a programme.
    Coordinator,
    /// Comes for a city.
    Delegate,
    /// Advises.
    Expert,
    /// Works for the funder.
    Officer,
    /// Checks the record.
    Auditor,
    /// Keeps the deployment.
    Administrator,
}

/// A person was invited.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInvited {
    /// Name, sealed.
    pub name: Sealed,
    /// E-mail address, sealed.
    pub email: Sealed,
    /// Phone number, sealed.
    pub phone: Option<Sealed>,
    /// Where the person works.
    pub organisation: Line,
    /// The programme the person takes part in, when in one.
    pub programme: Option<ProgrammeId>,
    /// The city the person works for, when for one.
    pub city: Option<CityId>,
    /// The languages the person speaks.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// What the person takes part as.
    pub kind: PersonKind,
}

/// The person accepted and takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAccepted {}

/// What is held on the person changed.
#[skip_serializing_none]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonUpdated {
    /// The new name, sealed, when it changed.
    pub name: Option<Sealed>,
    /// The new e-mail address, sealed, when it changed.
    pub email: Option<Sealed>,
    /// The new phone number, sealed, when it changed.
    pub phone: Option<Sealed>,
    /// Where the person works, when it changed.
    pub organisation: Option<Line>,
    /// What it was until then.
    pub was_organisation: Option<Line>,
    /// The city the person works for, when it changed.
    pub city: Option<CityId>,
    /// What it was until then.
    pub was_city: Option<CityId>,
    /// The languages the person speaks, when it changed.
    pub languages: Option<Vec<Language>>,
    /// What it was until then.
    pub was_languages: Option<Vec<Language>>,
    /// What the person takes part as, when it changed.
    pub kind: Option<PersonKind>,
    /// What it was until then.
    pub was_kind: Option<PersonKind>,
}

/// The person takes part no more.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonDeactivated {
    /// Why.
    pub reason: Option<Prose>,
}

/// It was asked that all personal values be destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureRequested {
    /// Why.
    pub reason: Prose,
}

/// The erasure was refused or put off, on a legal basis.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasureDeferred {
    /// Why.
    pub reason: Prose,
    /// Until when it is put off; absent when it is refused.
    pub until: Option<Day>,
    /// The legal basis.
    pub basis: Option<Line>,
}

/// All personal values of the person were destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonErased {
    /// The legal basis.
    pub basis: Line,
    /// The reference of the request.
    pub request: Line,
}

/// The person may act in a role.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleGranted {
    /// Its id within the person.
    pub grant: Code,
    /// The role.
    pub role: Role,
    /// The programme, city or partnership it holds for; absent when for every programme.
    pub scope: Option<Subject>,
    /// Its last day, if it ends.
    pub until: Option<Day>,
}

/// The person may no longer act in a role.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRevoked {
    /// Which grant.
    pub grant: Code,
    /// The role it gave.
    pub role: Role,
    /// What it held for; absent when for every programme.
    pub scope: Option<Subject>,
    /// Why.
    pub reason: Prose,
}

/// The person was reminded of something that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonReminded {
    /// What it is about.
    pub subject: Subject,
    /// What waits there: confirm-visit, record-learning.
    pub matter: Code,
    /// The UTC day of the reminder.
    pub on: Day,
}

family! {
    /// Events of a person.
    Person: PersonEvent {
        PersonInvited, InvitationAccepted, PersonUpdated, PersonDeactivated, ErasureRequested, ErasureDeferred, PersonErased, RoleGranted, RoleRevoked, PersonReminded,
    }
}
