//! What can be known about a pilot: a learning tried out in cities, from the first idea to the decision to scale it
//! up.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::action::{Owner, PlanReference};
use crate::family::family;
use crate::value::{Code, Day, Decimal, Language, Line, Month, Prose};
use crate::{CityId, DocumentId, LearningId, MeetingId, PartnershipId, ProgrammeId, ProjectId};

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotMilestone {
    /// Its code within the pilot.
    pub id: Code,
    /// What is reached by it.
    pub title: Line,
    /// The day it is due.
    pub due: Day,
}

/// What the pilot is measured by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotIndicator {
    /// Its code within the pilot.
    pub code: Code,
    /// What is measured.
    pub name: Line,
    /// The unit, such as t or %.
    pub unit: Line,
    /// The value before the pilot.
    pub baseline: Decimal,
    /// The value it is to reach.
    pub target: Decimal,
}

/// What may go wrong.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotRisk {
    /// Its code within the pilot.
    pub id: Code,
    /// What may happen.
    pub text: Prose,
    /// How likely it is, 1 (hardly) to 5 (almost surely).
    pub likelihood: u32,
    /// How much it would harm, 1 (hardly) to 5 (it would end the pilot).
    pub impact: u32,
    /// What is done about it.
    pub response: Option<Prose>,
}

/// A pilot was proposed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotProposed {
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// What it is called.
    pub title: Line,
    /// The cities that carry it.
    pub cities: Vec<CityId>,
    /// The learnings it tries out.
    #[serde(default)]
    pub from_learnings: Vec<LearningId>,
    /// The cooperation project it comes from, if one.
    pub project: Option<ProjectId>,
    /// The action plan it carries out, if one.
    pub plan: Option<PlanReference>,
    /// What is to be solved.
    pub problem: Prose,
    /// What is tried.
    pub solution: Prose,
    /// Whom it serves.
    pub beneficiaries: Prose,
    /// The language its texts are written in.
    pub language: Option<Language>,
}

/// The pilot has a plan, or another one. Cities that had approved the plan before have to approve this one anew.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotPlanned {
    /// The meeting it was planned at.
    pub at_meeting: Option<MeetingId>,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Its steps.
    pub milestones: Vec<PilotMilestone>,
    /// What it is measured by.
    pub indicators: Vec<PilotIndicator>,
    /// What it costs, in euro.
    pub budget: Option<Decimal>,
    /// Who pays.
    pub budget_source: Option<Line>,
    /// Who carries it out.
    pub owner: Owner,
    /// What may go wrong.
    #[serde(default)]
    pub risks: Vec<PilotRisk>,
    /// First day until now; absent when there was no plan.
    pub was_start: Option<Day>,
    /// Last day until now; absent when there was no plan.
    pub was_end: Option<Day>,
    /// Its cost until now, where that changes.
    pub was_budget: Option<Decimal>,
    /// Who was to carry it out until now, where that changes.
    pub was_owner: Option<Owner>,
    /// Cities whose approval of the plan before counts no more.
    #[serde(default)]
    pub approvals_void: Vec<CityId>,
    /// Why the plan changed.
    pub reason: Option<Prose>,
}

/// One of the pilot's cities approved the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotApproved {
    /// Which city.
    pub city: CityId,
}

/// Every city of the pilot has approved the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotPlanApproved {}

/// The pilot began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotLaunched {
    /// First day.
    pub date: Day,
}

/// A step was reached.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneReached {
    /// Which step.
    pub milestone: Code,
    /// The day, when recorded later.
    pub date: Option<Day>,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
    /// What was reached.
    pub note: Option<Prose>,
}

/// A step is due on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MilestoneSlipped {
    /// Which step.
    pub milestone: Code,
    /// The day it is due now.
    pub due: Day,
    /// The day it was due until now.
    pub was_due: Day,
    /// Why.
    pub reason: Prose,
}

/// An indicator was measured.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasurementRecorded {
    /// Which indicator.
    pub indicator: Code,
    /// What was measured.
    pub value: Decimal,
    /// The month it was measured for.
    pub period: Month,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
    /// What there is to say about it.
    pub note: Option<Prose>,
}

/// What was measured turned out to be another value. Indicator and month say which measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasurementCorrected {
    /// Which indicator.
    pub indicator: Code,
    /// The month it was measured for.
    pub period: Month,
    /// The right value.
    pub value: Decimal,
    /// The value until now.
    pub was_value: Decimal,
    /// Why.
    pub reason: Prose,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// Something may go wrong.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskRaised {
    /// Its code within the pilot.
    pub risk: Code,
    /// What may happen.
    pub text: Prose,
    /// How likely it is, 1 (hardly) to 5 (almost surely).
    pub likelihood: u32,
    /// How much it would harm, 1 (hardly) to 5 (it would end the pilot).
    pub impact: u32,
    /// What is done about it.
    pub response: Option<Prose>,
}

/// A risk is judged otherwise than before. Only what changed stands here, with what it was until now.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskChanged {
    /// Which risk.
    pub risk: Code,
    /// What may happen.
    pub text: Option<Prose>,
    /// How likely it is, 1 to 5.
    pub likelihood: Option<u32>,
    /// How much it would harm, 1 to 5.
    pub impact: Option<u32>,
    /// What is done about it.
    pub response: Option<Prose>,
    /// What might happen until now.
    pub was_text: Option<Prose>,
    /// How likely it was until now.
    pub was_likelihood: Option<u32>,
    /// How much it would have harmed until now.
    pub was_impact: Option<u32>,
    /// What was done about it until now; absent when nothing was.
    pub was_response: Option<Prose>,
    /// Why.
    pub reason: Option<Prose>,
}

/// A risk is none any more.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskClosed {
    /// Which risk.
    pub risk: Code,
    /// Why.
    pub reason: Option<Prose>,
}

/// The pilot rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotPaused {
    /// Why.
    pub reason: Prose,
}

/// The pilot goes on.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotResumed {
    /// Why.
    pub reason: Option<Prose>,
}

/// The pilot ended as planned.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotCompleted {
    /// What came of it.
    pub results: Prose,
    /// What was learned.
    pub lessons: Option<Prose>,
    /// How others can take the solution up.
    pub take_up_note: Option<Prose>,
    /// The note on taking it up, as a document.
    pub take_up_document: Option<DocumentId>,
    /// Documents that show the results.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// What was tried will be done on a larger scale.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleUpDecided {
    /// How far.
    pub scope: Prose,
    /// The decision of who takes it up.
    pub document: Option<DocumentId>,
}

/// What was tried will not be continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotToContinueDecided {
    /// Why.
    pub reason: Prose,
}

/// The pilot ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PilotStopped {
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of a pilot.
    Pilot: PilotEvent {
        PilotProposed, PilotPlanned, PilotApproved, PilotPlanApproved, PilotLaunched, MilestoneReached,
        MilestoneSlipped, MeasurementRecorded, MeasurementCorrected, RiskRaised, RiskChanged, RiskClosed, PilotPaused,
        PilotResumed, PilotCompleted, ScaleUpDecided, NotToContinueDecided, PilotStopped,
    }
}
