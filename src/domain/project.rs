//! The cooperation project: an idea, agreed, active with its first deliverable, completed; or stopped.
//!
//! It belongs to a partnership that is at work. Deliverables are named once it is agreed.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::BTreeMap;

use koinon_events::project::*;
use koinon_events::value::Code;
use koinon_events::{CityId, PartnershipId, ProgrammeId, ProjectId, Subject};

pub use commands::*;

use super::belonging::{amount, bounded, free_code};
use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a cooperation project is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ProjectStatus {
    /// Wanted.
    Idea,
    /// Agreed by those who carry it.
    Agreed,
    /// Has delivered something.
    Active,
    /// Did what it set out to do.
    Completed,
    /// Ended before its time.
    Stopped,
}

/// What the rules need to know of a cooperation project.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    /// Its identity.
    pub id: ProjectId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Its partnership.
    pub partnership: PartnershipId,
    /// How far it is.
    pub status: ProjectStatus,
    /// The cities whose bodies carry it.
    pub cities: Vec<CityId>,
    /// Its deliverables by code, and whether each is there.
    pub deliverables: BTreeMap<Code, bool>,
    /// What was noted of its funding.
    pub funding: Vec<FundingRecorded>,
}

impl Project {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope {
            programme: Some(self.programme),
            partnerships: vec![self.partnership],
            cities: self.cities.clone(),
            ..Scope::default()
        }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Project>, subject: Subject, event: &ProjectEvent) -> Option<Project> {
    match (state, event) {
        (None, ProjectEvent::ProjectProposed(proposed)) => {
            let mut cities: Vec<CityId> = proposed.bodies.iter().map(|body| body.city).collect();
            cities.sort();
            cities.dedup();
            Some(Project {
                id: ProjectId(subject.id),
                programme: proposed.programme,
                partnership: proposed.partnership,
                status: ProjectStatus::Idea,
                cities,
                deliverables: BTreeMap::new(),
                funding: Vec::new(),
            })
        }
        (state, event) => state.map(|project| evolve_known(project, event)),
    }
}

fn evolve_known(mut project: Project, event: &ProjectEvent) -> Project {
    match event {
        ProjectEvent::ProjectProposed(_) => {}
        ProjectEvent::ProjectAgreed(_) => project.status = ProjectStatus::Agreed,
        ProjectEvent::DeliverableAdded(added) => {
            project.deliverables.insert(added.deliverable.clone(), false);
        }
        ProjectEvent::DeliverableDelivered(delivered) => {
            project.deliverables.insert(delivered.deliverable.clone(), true);
        }
        ProjectEvent::ProjectActivated(_) => project.status = ProjectStatus::Active,
        ProjectEvent::FundingRecorded(recorded) => project.funding.push(recorded.clone()),
        ProjectEvent::ProjectCompleted(_) => project.status = ProjectStatus::Completed,
        ProjectEvent::ProjectStopped(_) => project.status = ProjectStatus::Stopped,
    }
    project
}

/// The subjects a decision on a cooperation project needs to know.
pub fn relies_on(command: &ProjectCommand, world: &World) -> Vec<Subject> {
    if let ProjectCommand::ProposeProject(propose) = command {
        let mut subjects = vec![propose.programme.subject(), propose.partnership.subject()];
        subjects.extend(propose.bodies.iter().map(|body| body.city.subject()));
        return subjects;
    }
    let own = world.project(ProjectId(command.subject().id));
    let mut subjects: Vec<Subject> = own.map(|project| project.programme.subject()).into_iter().collect();
    match command {
        ProjectCommand::AgreeProject(agree) => subjects.extend(agree.document.map(Subject::from)),
        ProjectCommand::DeliverDeliverable(deliver) => subjects.extend(deliver.document.map(Subject::from)),
        ProjectCommand::RecordFunding(record) => subjects.extend(record.document.map(Subject::from)),
        ProjectCommand::CompleteProject(complete) => subjects.extend(complete.evidence.iter().map(|id| id.subject())),
        _ => {}
    }
    subjects
}

/// Decides a command on a cooperation project.
///
/// # Errors
/// Unfit fields, or the [`ProjectRule`] that forbids it.
pub fn decide(project: Option<&Project>, command: &ProjectCommand, context: &Context<'_>) -> Decision {
    match (command, project) {
        (ProjectCommand::ProposeProject(_), Some(project)) => {
            Err(ProjectRule::ProjectAlreadyExists { status: project.status }.into())
        }
        (ProjectCommand::ProposeProject(command), None) => propose(command, context),
        (_, None) => Err(Rejection::Absent),
        (command, Some(project)) => {
            let facts = decide_known(project, command, context)?;
            context.running_programme("/project", project.programme)?;
            Ok(facts)
        }
    }
}

fn decide_known(project: &Project, command: &ProjectCommand, context: &Context<'_>) -> Decision {
    match command {
        ProjectCommand::ProposeProject(_) => Err(ProjectRule::ProjectAlreadyExists { status: project.status }.into()),
        ProjectCommand::AgreeProject(command) => agree(project, command, context),
        ProjectCommand::AddDeliverable(command) => add(project, command),
        ProjectCommand::DeliverDeliverable(command) => deliver(project, command, context),
        ProjectCommand::RecordFunding(command) => record_funding(project, command, context),
        ProjectCommand::CompleteProject(command) => complete(project, command, context),
        ProjectCommand::StopProject(command) => {
            not_over(project)?;
            fact(ProjectStopped { reason: command.reason.clone() })
        }
    }
}

fn propose(command: &ProposeProject, context: &Context<'_>) -> Decision {
    context.running_programme("/programme", command.programme)?;
    bounded("/bodies", &command.bodies)?;
    for (at, body) in command.bodies.iter().enumerate() {
        context.member(&format!("/bodies/{at}/city"), body.city, command.programme)?;
    }
    amount("/funding_sought", command.funding_sought.as_ref())?;
    if !context.partnership_in("/partnership", command.partnership, command.programme)?.is_working() {
        return Err(ProjectRule::PartnershipNotWorking.into());
    }
    fact(ProjectProposed {
        programme: command.programme,
        partnership: command.partnership,
        title: command.title.clone(),
        objective: command.objective.clone(),
        bodies: command.bodies.clone(),
        results: command.results.clone(),
        funding_sought: command.funding_sought.clone(),
        language: command.language.clone(),
    })
}

fn agree(project: &Project, command: &AgreeProject, context: &Context<'_>) -> Decision {
    context.evidence_if_any("/document", command.document, project.programme)?;
    not_over(project)?;
    if project.status != ProjectStatus::Idea {
        return Err(ProjectRule::ProjectAlreadyAgreed.into());
    }
    fact(ProjectAgreed { agreed_on: command.agreed_on, document: command.document })
}

fn add(project: &Project, command: &AddDeliverable) -> Decision {
    let taken = |code: &Code| project.deliverables.contains_key(code);
    if command.deliverable.as_ref().is_some_and(taken) {
        return Err(ProjectRule::DeliverableAlreadyAdded.into());
    }
    at_work(project)?;
    let deliverable = command.deliverable.clone().map_or_else(|| free_code("/deliverable", 'd', taken), Ok)?;
    fact(DeliverableAdded { deliverable, title: command.title.clone(), due: command.due })
}

fn deliver(project: &Project, command: &DeliverDeliverable, context: &Context<'_>) -> Decision {
    context.evidence_if_any("/document", command.document, project.programme)?;
    match project.deliverables.get(&command.deliverable) {
        None => Err(Rejection::unfit("/deliverable", "the cooperation project has no deliverable of this code")),
        Some(true) => Err(ProjectRule::DeliverableAlreadyDelivered.into()),
        Some(false) => {
            at_work(project)?;
            let mut facts = fact(DeliverableDelivered {
                deliverable: command.deliverable.clone(),
                document: command.document,
                delivered_on: command.delivered_on,
            })?;
            if project.status == ProjectStatus::Agreed {
                facts.push(ProjectActivated {}.into());
            }
            Ok(facts)
        }
    }
}

fn record_funding(project: &Project, command: &RecordFunding, context: &Context<'_>) -> Decision {
    amount("/amount", command.amount.as_ref())?;
    context.evidence_if_any("/document", command.document, project.programme)?;
    let recorded = FundingRecorded {
        outcome: command.outcome,
        source: command.source.clone(),
        amount: command.amount.clone(),
        document: command.document,
    };
    if project.funding.contains(&recorded) {
        return Err(ProjectRule::FundingAlreadyRecorded.into());
    }
    if project.status == ProjectStatus::Stopped {
        return Err(ProjectRule::ProjectAlreadyStopped.into());
    }
    fact(recorded)
}

fn complete(project: &Project, command: &CompleteProject, context: &Context<'_>) -> Decision {
    context.evidence_list(&command.evidence, project.programme)?;
    at_work(project)?;
    if project.status != ProjectStatus::Active {
        return Err(ProjectRule::ProjectNotActive.into());
    }
    fact(ProjectCompleted { results: command.results.clone(), evidence: command.evidence.clone() })
}

/// What is completed or stopped stays so.
fn not_over(project: &Project) -> Result<(), Rejection> {
    match project.status {
        ProjectStatus::Completed => Err(ProjectRule::ProjectAlreadyCompleted.into()),
        ProjectStatus::Stopped => Err(ProjectRule::ProjectAlreadyStopped.into()),
        _ => Ok(()),
    }
}

/// Agreed or active.
fn at_work(project: &Project) -> Result<(), Rejection> {
    not_over(project)?;
    match project.status {
        ProjectStatus::Idea => Err(ProjectRule::ProjectNotAgreed.into()),
        _ => Ok(()),
    }
}

/// The rules that forbid commands on cooperation projects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ProjectRule {
    #[error("There is a cooperation project with this id already; it is {}.", <&str>::from(*status))]
    ProjectAlreadyExists { status: ProjectStatus },
    #[error("The partnership is not formed or no longer at work, so no cooperation project can be proposed in it.")]
    PartnershipNotWorking,
    #[error("This cooperation project is agreed already.")]
    ProjectAlreadyAgreed,
    #[error("This cooperation project is an idea so far. Record its agreement first.")]
    ProjectNotAgreed,
    #[error("The cooperation project has a deliverable of this code already.")]
    DeliverableAlreadyAdded,
    #[error("This deliverable was delivered already.")]
    DeliverableAlreadyDelivered,
    #[error("This funding is recorded already, with the same outcome, source and amount.")]
    FundingAlreadyRecorded,
    #[error("This cooperation project has delivered nothing yet. Record a deliverable first, or stop it and say why.")]
    ProjectNotActive,
    #[error("This cooperation project is completed already.")]
    ProjectAlreadyCompleted,
    #[error("This cooperation project was stopped already.")]
    ProjectAlreadyStopped,
}

rejections!(ProjectRule);
