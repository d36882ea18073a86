//! What can be asked of a cooperation project.

use koinon_events::project::{FundingOutcome, ProjectBody};
use koinon_events::value::{Code, Day, Decimal, Language, Line, Prose};
use koinon_events::{DocumentId, PartnershipId, ProgrammeId, ProjectId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Proposes a cooperation project of a partnership.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeProject {
    /// The new project's id.
    pub id: ProjectId,
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

/// Records that those who carry the project agreed on it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreeProject {
    /// Which project.
    pub project: ProjectId,
    /// The day, when recorded later.
    pub agreed_on: Option<Day>,
    /// What was agreed, in writing.
    pub document: Option<DocumentId>,
}

/// Names something the project will deliver.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDeliverable {
    /// Which project.
    pub project: ProjectId,
    /// Its code within the project; numbered when left out.
    pub deliverable: Option<Code>,
    /// What it is.
    pub title: Line,
    /// The day it is due.
    pub due: Day,
}

/// Records that something was delivered; the first one puts the project to work.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliverDeliverable {
    /// Which project.
    pub project: ProjectId,
    /// Which deliverable.
    pub deliverable: Code,
    /// Where it can be read.
    pub document: Option<DocumentId>,
    /// The day, when recorded later.
    pub delivered_on: Option<Day>,
}

/// Notes what became of a request for funds.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordFunding {
    /// Which project.
    pub project: ProjectId,
    /// What became of it.
    pub outcome: FundingOutcome,
    /// Whose funds.
    pub source: Option<Line>,
    /// How much, in euro.
    pub amount: Option<Decimal>,
    /// The decision in writing.
    pub document: Option<DocumentId>,
}

/// Ends a project that did what it set out to do.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteProject {
    /// Which project.
    pub project: ProjectId,
    /// What it brought.
    pub results: Prose,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// Ends a project before its time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopProject {
    /// Which project.
    pub project: ProjectId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a cooperation project.
    Project: ProjectCommand {
        new ProposeProject(id), on AgreeProject(project), on AddDeliverable(project), on DeliverDeliverable(project),
        on RecordFunding(project), on CompleteProject(project), on StopProject(project),
    }
}
