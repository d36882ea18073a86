//! One pilot's row.

use koinon_events::action::{Owner, PlanReference};
use koinon_events::value::{Code, Day, Decimal, Language, Line, Month, Prose};
use koinon_events::{
    ActionId, CityId, DiscussionId, DocumentId, LearningId, MeetingId, PartnershipId, PersonId, PilotId, ProgrammeId,
    ProjectId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::Value;
use crate::links::linked;
use crate::mark::Mark;
use crate::row::{Row, Title, joined, ranked, stamped, statuses};

statuses! {
    /// How far a pilot is.
    PilotStatus {
        /// Thought of.
        Proposed,
        /// Has a plan.
        Planned,
        /// Every city approved the plan.
        Approved,
        /// At work.
        Launched,
        /// Rests.
        Paused,
        /// Ended as planned.
        Completed,
        /// Will be done on a larger scale.
        ScaledUp,
        /// Will not be continued.
        NotContinued,
        /// Ended before its time.
        Stopped,
    }
}

impl PilotStatus {
    /// Whether it ran to its end.
    pub fn is_completed(self) -> bool {
        matches!(self, Self::Completed | Self::ScaledUp | Self::NotContinued)
    }
}

/// A step of the plan and when it was reached.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its code within the pilot.
    pub id: Code,
    /// What is reached by it.
    pub title: Line,
    /// The day it is due.
    pub due: Day,
    /// The day it was reached.
    pub reached_on: Option<Day>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// What was reached.
    pub note: Option<Prose>,
    /// Why it slipped last.
    pub reason: Option<Prose>,
}

/// One measurement.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    /// What was measured.
    pub value: Decimal,
    /// The month it was measured for.
    pub period: Month,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// What there is to say about it.
    pub note: Option<Prose>,
    /// Why it was corrected.
    pub reason: Option<Prose>,
    /// The event that says so.
    pub mark: Mark,
}

/// What the pilot is measured by, and what was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its code within the pilot.
    pub code: Code,
    /// What is measured.
    pub name: Line,
    /// The unit.
    pub unit: Line,
    /// The value before the pilot.
    pub baseline: Decimal,
    /// The value it is to reach.
    pub target: Decimal,
    /// What was measured, by month.
    pub measurements: Vec<Measurement>,
}

/// What may go wrong.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// Its code within the pilot.
    pub id: Code,
    /// What may happen.
    pub text: Prose,
    /// How likely it is, 1 to 5.
    pub likelihood: u32,
    /// How much it would harm, 1 to 5.
    pub impact: u32,
    /// What is done about it.
    pub response: Option<Prose>,
    /// Whether it is none any more.
    pub closed: bool,
    /// Why it changed or was closed.
    pub reason: Option<Prose>,
}

/// A city's approval of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Which city.
    pub city: CityId,
    /// The event that says so.
    pub mark: Mark,
}

/// A pilot.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PilotRow {
    /// Its identity.
    pub id: PilotId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// How far it is.
    pub status: PilotStatus,
    /// What it is called.
    pub title: Line,
    /// The cities that carry it.
    pub cities: Vec<CityId>,
    /// The learnings it tries out.
    pub from_learnings: Vec<LearningId>,
    /// The cooperation project it comes from.
    pub project: Option<ProjectId>,
    /// The action plan it carries out.
    pub plan: Option<PlanReference>,
    /// What is to be solved.
    pub problem: Prose,
    /// What is tried.
    pub solution: Prose,
    /// Whom it serves.
    pub beneficiaries: Prose,
    /// The language its texts are written in.
    pub language: Option<Language>,
    /// The meeting it was planned at.
    pub at_meeting: Option<MeetingId>,
    /// First day planned.
    pub start: Option<Day>,
    /// Last day planned.
    pub end: Option<Day>,
    /// Its steps.
    pub milestones: Vec<Milestone>,
    /// What it is measured by.
    pub indicators: Vec<Indicator>,
    /// What it costs, in euro.
    pub budget: Option<Decimal>,
    /// Who pays.
    pub budget_source: Option<Line>,
    /// Who carries it out.
    pub owner: Option<Owner>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// Which cities approved the plan.
    pub approvals: Vec<Approval>,
    /// The day it began.
    pub launched_on: Option<Day>,
    /// Why it was paused, stopped, planned anew or not continued.
    pub reason: Option<Prose>,
    /// What came of it.
    pub results: Option<Prose>,
    /// What was learned.
    pub lessons: Option<Prose>,
    /// How others can take the solution up.
    pub take_up_note: Option<Prose>,
    /// The note on taking it up, as a document.
    pub take_up_document: Option<DocumentId>,
    /// How far it is scaled up.
    pub scope: Option<Prose>,
    /// The decision of who takes it up.
    pub scale_up_document: Option<DocumentId>,
    /// What was agreed to do.
    pub actions: Vec<ActionId>,
    /// What is said about it.
    pub discussions: Vec<DiscussionId>,
    /// Documents that show it.
    pub evidence: Vec<DocumentId>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that last gave it a plan.
    pub planned: Option<Mark>,
    /// The event that launched it.
    pub launched: Option<Mark>,
    /// The event that completed it.
    pub completed: Option<Mark>,
    /// The event that decided whether it is scaled up, or stopped it.
    pub decided: Option<Mark>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

linked!(PilotRow);

impl Row for PilotRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![
            Value::from(&self.status),
            Value::from(self.launched_on.or(self.start)),
            Value::from(self.end),
            Value::from(self.project),
            Value::from(self.from_learnings.as_slice()),
        ]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        let texts = [&self.problem, &self.solution, &self.beneficiaries].into_iter().map(Prose::as_str);
        joined([self.title.as_str()].into_iter().chain(texts))
    }

    fn title(&self) -> Title {
        Title::Text(self.title.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        Some(self.programme)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnership.into_iter().collect()
    }

    fn cities(&self) -> Vec<CityId> {
        self.cities.clone()
    }

    fn persons(&self) -> Vec<PersonId> {
        match &self.owner {
            Some(Owner::Person(person)) => vec![*person],
            _ => Vec::new(),
        }
    }
}
