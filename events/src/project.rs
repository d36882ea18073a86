//! What can be known about a cooperation project: what cities of a partnership set out to do together beyond
//! exchange.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Decimal, Language, Line, Prose};
use crate::{CityId, DocumentId, PartnershipId, ProgrammeId};

/// What became of a request for funds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FundingOutcome {
    /// Asked for, not decided.
    Pending,
    /// Given as asked.
    Granted,
    /// Given in part.
    PartlyGranted,
    /// Not given.
    Refused,
}

/// A body that carries the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectBody {
    /// The city it belongs to.
    pub city: CityId,
    /// Its name.
    pub name: Line,
}

/// A cooperation project was proposed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectProposed {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it is called.
    pub title: Option<Line>,
    /// What it is to reach.
    pub objective: Prose,
    /// The bodies that carry it.
    #[serde(default)]
    pub bodies: Vec<ProjectBody>,
    /// What it is expected to bring.
    pub results: Option<Prose>,
    /// The funds it looks for, in euro.
    pub funding_sought: Option<Decimal>,
    /// The language its texts are written in.
    pub language: Option<Language>,
}

/// Those who carry the project agreed on it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectAgreed {
    /// The day, when recorded later.
    pub agreed_on: Option<Day>,
    /// What was agreed, in writing.
    pub document: Option<DocumentId>,
}

/// Something to be delivered was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverableAdded {
    /// Its code within the project.
    pub deliverable: Code,
    /// What it is.
    pub title: Line,
    /// The day it is due.
    pub due: Day,
}

/// Something was delivered.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverableDelivered {
    /// Which deliverable.
    pub deliverable: Code,
    /// Where it can be read.
    pub document: Option<DocumentId>,
    /// The day, when recorded later.
    pub delivered_on: Option<Day>,
}

/// The project is at work: its first deliverable is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectActivated {}

/// It was noted what became of a request for funds.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundingRecorded {
    /// What became of it.
    pub outcome: FundingOutcome,
    /// Whose funds.
    pub source: Option<Line>,
    /// How much, in euro.
    pub amount: Option<Decimal>,
    /// The decision in writing.
    pub document: Option<DocumentId>,
}

/// The project did what it set out to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectCompleted {
    /// What it brought.
    pub results: Prose,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// The project ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectStopped {
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of a cooperation project.
    Project: ProjectEvent {
        ProjectProposed, ProjectAgreed, DeliverableAdded, DeliverableDelivered, ProjectActivated, FundingRecorded,
        ProjectCompleted, ProjectStopped,
    }
}
