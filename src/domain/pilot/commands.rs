//! What can be asked of a pilot.

use koinon_events::action::{Owner, PlanReference};
use koinon_events::pilot::{PilotIndicator, PilotMilestone, PilotRisk};
use koinon_events::value::{Code, Day, Decimal, Language, Line, Month, Prose};
use koinon_events::{CityId, DocumentId, LearningId, MeetingId, PartnershipId, PilotId, ProgrammeId, ProjectId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Proposes a pilot.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposePilot {
    /// The new pilot's id.
    pub id: PilotId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to.
    pub partnership: PartnershipId,
    /// What it is called.
    pub title: Line,
    /// The cities that carry it, of this partnership or another.
    pub cities: Vec<CityId>,
    /// The learnings it tries out; may be empty.
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

/// Gives a pilot its plan. Before the launch a plan may be replaced, with a reason; its approvals start anew then.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanPilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// The meeting it was planned at.
    pub at_meeting: Option<MeetingId>,
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// Its steps, due between the first and the last day.
    pub milestones: Vec<PilotMilestone>,
    /// What it is measured by.
    pub indicators: Vec<PilotIndicator>,
    /// What it costs, in euro.
    pub budget: Option<Decimal>,
    /// Who pays.
    pub budget_source: Option<Line>,
    /// Who carries it out: a person's id or the name of a body.
    pub owner: Owner,
    /// What may go wrong; may be empty.
    pub risks: Vec<PilotRisk>,
    /// Why the plan changes; needed when there is one already.
    pub reason: Option<Prose>,
}

/// One of the pilot's cities approves the plan; with the last one the plan is approved.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovePilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// Which city.
    pub city: CityId,
}

/// Begins a pilot whose plan every city has approved.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchPilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// First day.
    pub date: Day,
}

/// Records that a step was reached.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReachMilestone {
    /// Which pilot.
    pub pilot: PilotId,
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

/// Moves the day a step is due.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlipMilestone {
    /// Which pilot.
    pub pilot: PilotId,
    /// Which step.
    pub milestone: Code,
    /// The day it is due now.
    pub due: Day,
    /// Why.
    pub reason: Prose,
}

/// Records what an indicator was in a month.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordMeasurement {
    /// Which pilot.
    pub pilot: PilotId,
    /// Which indicator.
    pub indicator: Code,
    /// What was measured.
    pub value: Decimal,
    /// The month it was measured for.
    pub period: Month,
    /// Documents that show it; may be empty.
    pub evidence: Vec<DocumentId>,
    /// What there is to say about it.
    pub note: Option<Prose>,
}

/// Corrects a recorded measurement; indicator and month say which.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectMeasurement {
    /// Which pilot.
    pub pilot: PilotId,
    /// Which indicator.
    pub indicator: Code,
    /// The month it was measured for.
    pub period: Month,
    /// The right value.
    pub value: Decimal,
    /// Why.
    pub reason: Prose,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// Says what may go wrong.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseRisk {
    /// Which pilot.
    pub pilot: PilotId,
    /// Its code within the pilot; numbered when left out.
    pub risk: Option<Code>,
    /// What may happen.
    pub text: Prose,
    /// How likely it is, 1 (hardly) to 5 (almost surely).
    pub likelihood: u32,
    /// How much it would harm, 1 (hardly) to 5 (it would end the pilot).
    pub impact: u32,
    /// What is done about it.
    pub response: Option<Prose>,
}

/// Judges a risk anew; what is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeRisk {
    /// Which pilot.
    pub pilot: PilotId,
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
    /// Why.
    pub reason: Option<Prose>,
}

/// Says that a risk is none any more.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseRisk {
    /// Which pilot.
    pub pilot: PilotId,
    /// Which risk.
    pub risk: Code,
    /// Why.
    pub reason: Option<Prose>,
}

/// Lets a pilot rest.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PausePilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// Why.
    pub reason: Prose,
}

/// Lets a paused pilot go on.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumePilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// Why.
    pub reason: Option<Prose>,
}

/// Ends a pilot as planned, with what came of it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompletePilot {
    /// Which pilot.
    pub pilot: PilotId,
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

/// Decides that what was tried will be done on a larger scale.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideScaleUp {
    /// Which pilot.
    pub pilot: PilotId,
    /// How far.
    pub scope: Prose,
    /// The decision of who takes it up.
    pub document: Option<DocumentId>,
}

/// Decides that what was tried will not be continued.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideNotToContinue {
    /// Which pilot.
    pub pilot: PilotId,
    /// Why.
    pub reason: Prose,
}

/// Ends a pilot before its time.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StopPilot {
    /// Which pilot.
    pub pilot: PilotId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a pilot.
    Pilot: PilotCommand {
        new ProposePilot(id), on PlanPilot(pilot), on ApprovePilot(pilot), on LaunchPilot(pilot), on
        ReachMilestone(pilot), on SlipMilestone(pilot), on RecordMeasurement(pilot), on CorrectMeasurement(pilot), on
        RaiseRisk(pilot), on ChangeRisk(pilot), on CloseRisk(pilot), on PausePilot(pilot), on ResumePilot(pilot), on
        CompletePilot(pilot), on DecideScaleUp(pilot), on DecideNotToContinue(pilot), on StopPilot(pilot),
    }
}
