//! The periodic report: a draft, submitted, returned and submitted again, accepted; or reopened.
//!
//! Its figures are never typed: a submitted report shows those of one position of the log, the one the command names,
//! else the position just before the record of its submission. Nobody accepts a report they submitted. That one period
//! and scope has one open report is kept by a claim outside, for it spans several reports.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::report::*;
use koinon_events::value::{Code, Prose};
use koinon_events::{Actor, CityId, ProgrammeId, ReportId, Subject};

pub use commands::*;

use super::belonging::free_code;
use super::context::{Context, World};
use super::programme::ProgrammeStatus;
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ReportStatus {
    /// Being written.
    Draft,
    /// Handed in.
    Submitted,
    /// Given back to be mended.
    Returned,
    /// Accepted.
    Accepted,
    /// Open again after it was accepted.
    Reopened,
}

/// What the rules need to know of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its identity.
    pub id: ReportId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// The number of its period.
    pub period: u32,
    /// What part of the programme it is about.
    pub about: ReportScope,
    /// How far it is.
    pub status: ReportStatus,
    /// Its texts as they stand, by section and the city that speaks.
    pub sections: BTreeMap<(ReportSection, Option<CityId>), Prose>,
    /// Its queries, and whether each is answered.
    pub queries: BTreeMap<Code, bool>,
    /// Everybody who ever handed it in.
    pub submitters: BTreeSet<Actor>,
}

impl Report {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        let mut scope = Scope { programme: Some(self.programme), ..Scope::default() };
        match self.about {
            ReportScope::City { city } => scope.cities.push(city),
            ReportScope::Partnership { partnership } => scope.partnerships.push(partnership),
            ReportScope::Programme {} | ReportScope::Strand { .. } => {}
        }
        scope
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Report>, subject: Subject, event: &ReportEvent) -> Option<Report> {
    match (state, event) {
        (None, ReportEvent::ReportOpened(opened)) => Some(Report {
            id: ReportId(subject.id),
            programme: opened.programme,
            period: opened.period,
            about: opened.scope.clone(),
            status: ReportStatus::Draft,
            sections: BTreeMap::new(),
            queries: BTreeMap::new(),
            submitters: BTreeSet::new(),
        }),
        (state, event) => state.map(|report| evolve_known(report, event)),
    }
}

fn evolve_known(mut report: Report, event: &ReportEvent) -> Report {
    match event {
        ReportEvent::ReportOpened(_) => {}
        ReportEvent::SectionEdited(edited) => {
            report.sections.insert((edited.section, edited.city), edited.text.clone());
        }
        ReportEvent::ReportSubmitted(submitted) => {
            report.status = ReportStatus::Submitted;
            report.submitters.insert(submitted.submitted_by.clone());
        }
        ReportEvent::QueryRaised(raised) => {
            report.queries.insert(raised.query.clone(), false);
        }
        ReportEvent::QueryAnswered(answered) => {
            report.queries.insert(answered.query.clone(), true);
        }
        ReportEvent::ReportReturned(_) => report.status = ReportStatus::Returned,
        ReportEvent::ReportAccepted(_) => report.status = ReportStatus::Accepted,
        ReportEvent::ReportReopened(_) => report.status = ReportStatus::Reopened,
    }
    report
}

/// The subjects a decision on a report needs to know.
pub fn relies_on(command: &ReportCommand, world: &World) -> Vec<Subject> {
    match command {
        ReportCommand::OpenReport(open) => {
            let mut subjects = vec![open.programme.subject()];
            subjects.extend(match open.scope {
                Some(ReportScope::City { city }) => Some(city.subject()),
                Some(ReportScope::Partnership { partnership }) => Some(partnership.subject()),
                Some(ReportScope::Programme {} | ReportScope::Strand { .. }) | None => None,
            });
            subjects
        }
        ReportCommand::EditSection(edit) => {
            let own = world.report(edit.report).filter(|_| edit.city.is_some());
            let mut subjects: Vec<Subject> = own.map(|report| report.programme.subject()).into_iter().collect();
            subjects.extend(edit.city.map(Subject::from));
            subjects
        }
        _ => Vec::new(),
    }
}

/// Decides a command on a report. A closed programme still takes the steps of its reports.
///
/// # Errors
/// Unfit fields, or the [`ReportRule`] that forbids it.
pub fn decide(report: Option<&Report>, command: &ReportCommand, context: &Context<'_>) -> Decision {
    match (command, report) {
        (ReportCommand::OpenReport(_), Some(report)) => {
            Err(ReportRule::ReportAlreadyExists { status: report.status }.into())
        }
        (ReportCommand::OpenReport(command), None) => open(command, context),
        (_, None) => Err(Rejection::Absent),
        (ReportCommand::EditSection(command), Some(report)) => edit(report, command, context),
        (ReportCommand::SubmitReport(command), Some(report)) => submit(report, command, context),
        (ReportCommand::RaiseQuery(command), Some(report)) => raise_query(report, command),
        (ReportCommand::AnswerQuery(command), Some(report)) => answer_query(report, command),
        (ReportCommand::ReturnReport(command), Some(report)) => {
            under_review(report, ReportRule::ReportAlreadyReturned)?;
            fact(ReportReturned { reasons: command.reasons.clone() })
        }
        (ReportCommand::AcceptReport(command), Some(report)) => {
            under_review(report, ReportRule::ReportNotSubmitted)?;
            if report.submitters.contains(context.actor) {
                return Err(ReportRule::ReportSubmittedByYourself.into());
            }
            fact(ReportAccepted { conditions: command.conditions.clone() })
        }
        (ReportCommand::ReopenReport(command), Some(report)) => match report.status {
            ReportStatus::Accepted => fact(ReportReopened { reason: command.reason.clone() }),
            ReportStatus::Reopened => Err(ReportRule::ReportAlreadyReopened.into()),
            _ => Err(ReportRule::ReportNotAccepted.into()),
        },
    }
}

impl OpenReport {
    /// What only one open report can be about: the programme, the period and the scope, as one text.
    pub fn place(&self) -> String {
        let scope = match &self.scope {
            Some(ReportScope::Programme {}) | None => "programme".to_owned(),
            Some(ReportScope::Strand { strand }) => format!("strand/{strand}"),
            Some(ReportScope::City { city }) => city.subject().to_string(),
            Some(ReportScope::Partnership { partnership }) => partnership.subject().to_string(),
        };
        format!("{}/{}/{scope}", self.programme, self.period)
    }
}

fn open(command: &OpenReport, context: &Context<'_>) -> Decision {
    let programme = context.programme("/programme", command.programme)?;
    if !programme.periods.contains_key(&command.period) {
        let message = format!("the programme has no period {}; define it first with DefinePeriod", command.period);
        return Err(Rejection::unfit("/period", message));
    }
    match &command.scope {
        Some(ReportScope::City { city }) => context.belongs("/scope/city", *city, command.programme)?,
        Some(ReportScope::Partnership { partnership }) => {
            context.partnership_in("/scope/partnership", *partnership, command.programme)?;
        }
        Some(ReportScope::Programme {} | ReportScope::Strand { .. }) | None => {}
    }
    if programme.status == ProgrammeStatus::Draft {
        return Err(ReportRule::ProgrammeNotRunning.into());
    }
    fact(ReportOpened {
        programme: command.programme,
        period: command.period,
        scope: command.scope.clone().unwrap_or(ReportScope::Programme {}),
    })
}

fn edit(report: &Report, command: &EditSection, context: &Context<'_>) -> Decision {
    if let Some(city) = command.city {
        context.belongs("/city", city, report.programme)?;
    }
    match report.status {
        ReportStatus::Draft | ReportStatus::Returned | ReportStatus::Reopened => {}
        ReportStatus::Submitted => return Err(ReportRule::ReportAlreadySubmitted.into()),
        ReportStatus::Accepted => return Err(ReportRule::ReportAlreadyAccepted.into()),
    }
    let was = report.sections.get(&(command.section, command.city));
    if was == Some(&command.text) {
        return Err(ReportRule::SectionAlreadySaysSo.into());
    }
    fact(SectionEdited {
        section: command.section,
        city: command.city,
        text: command.text.clone(),
        language: command.language.clone(),
        was_text: was.filter(|was| fit_one_record(was, &command.text)).cloned(),
    })
}

/// Whether two texts fit one record of 65 535 bytes, its envelope and their escapes included.
fn fit_one_record(one: &Prose, other: &Prose) -> bool {
    let bytes = |text: &Prose| {
        let escapes = text.as_str().bytes().filter(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r' | b'\t')).count();
        text.as_str().len() + escapes
    };
    bytes(one) + bytes(other) <= 60_000
}

fn submit(report: &Report, command: &SubmitReport, context: &Context<'_>) -> Decision {
    if let Some(position) = command.as_of {
        on_the_log("/as_of", position)?;
    }
    match report.status {
        ReportStatus::Draft | ReportStatus::Returned | ReportStatus::Reopened => fact(ReportSubmitted {
            as_of: command.as_of,
            submitted_by: context.actor.clone(),
            note: command.note.clone(),
        }),
        ReportStatus::Submitted => Err(ReportRule::ReportAlreadySubmitted.into()),
        ReportStatus::Accepted => Err(ReportRule::ReportAlreadyAccepted.into()),
    }
}

/// A position is counted from 1 and is exact in every reader's numbers.
fn on_the_log(pointer: &str, position: u64) -> Result<(), Rejection> {
    if (1..=(1 << 53) - 1).contains(&position) {
        return Ok(());
    }
    Err(Rejection::unfit(pointer, "must be a position of the log, counted from 1"))
}

fn raise_query(report: &Report, command: &RaiseQuery) -> Decision {
    let named = [command.section.is_some(), command.figure.is_some(), command.position.is_some()];
    if named.iter().filter(|named| **named).count() != 1 {
        return Err(Rejection::unfit("/section", "name exactly one of section, figure and position"));
    }
    if let Some(position) = command.position {
        on_the_log("/position", position)?;
    }
    let taken = |code: &Code| report.queries.contains_key(code);
    if command.query.as_ref().is_some_and(taken) {
        return Err(ReportRule::QueryAlreadyRaised.into());
    }
    under_review(report, ReportRule::ReportNotSubmitted)?;
    fact(QueryRaised {
        query: command.query.clone().map_or_else(|| free_code("/query", 'q', taken), Ok)?,
        section: command.section,
        figure: command.figure.clone(),
        position: command.position,
        text: command.text.clone(),
        due: command.due,
    })
}

fn answer_query(report: &Report, command: &AnswerQuery) -> Decision {
    if let Some(position) = command.position {
        on_the_log("/position", position)?;
    }
    match report.queries.get(&command.query) {
        None => Err(Rejection::unfit("/query", "the report has no query of this code")),
        Some(true) => Err(ReportRule::QueryAlreadyAnswered.into()),
        Some(false) if report.status == ReportStatus::Accepted => Err(ReportRule::ReportAlreadyAccepted.into()),
        Some(false) => {
            fact(QueryAnswered { query: command.query.clone(), text: command.text.clone(), position: command.position })
        }
    }
}

/// The report is handed in and not decided on; `returned` is the refusal when it was given back.
fn under_review(report: &Report, returned: ReportRule) -> Result<(), Rejection> {
    match report.status {
        ReportStatus::Submitted => Ok(()),
        ReportStatus::Returned => Err(returned.into()),
        ReportStatus::Draft | ReportStatus::Reopened => Err(ReportRule::ReportNotSubmitted.into()),
        ReportStatus::Accepted => Err(ReportRule::ReportAlreadyAccepted.into()),
    }
}

/// The rules that forbid commands on reports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ReportRule {
    #[error("There is a report with this id already; it is {}.", <&str>::from(*status))]
    ReportAlreadyExists { status: ReportStatus },
    #[error("The programme has not started yet, so there is nothing to report on. Start it first.")]
    ProgrammeNotRunning,
    #[error("The section says so already.")]
    SectionAlreadySaysSo,
    #[error("This report is submitted already, so it stands as it is until it is returned.")]
    ReportAlreadySubmitted,
    #[error("This report is not submitted.")]
    ReportNotSubmitted,
    #[error("The report has a query of this code already.")]
    QueryAlreadyRaised,
    #[error("This query is answered already.")]
    QueryAlreadyAnswered,
    #[error("This report was returned already; it can be submitted again once it is mended.")]
    ReportAlreadyReturned,
    #[error("Nobody accepts a report they submitted. Ask another officer to accept it.")]
    ReportSubmittedByYourself,
    #[error(
        "This report is accepted already. A correction belongs into the next report, or reopen this one and say why."
    )]
    ReportAlreadyAccepted,
    #[error("This report is reopened already.")]
    ReportAlreadyReopened,
    #[error("This report is not accepted, so there is nothing to reopen. Return it instead.")]
    ReportNotAccepted,
}

rejections!(ReportRule);
