//! What can be asked of a periodic report.

use koinon_events::report::{ReportScope, ReportSection};
use koinon_events::value::{Code, Day, Language, Line, Prose};
use koinon_events::{CityId, ProgrammeId, ReportId};
use schemars::JsonSchema;
use serde::Deserialize;

/// Begins the report on one period.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenReport {
    /// The new report's id.
    pub id: ReportId,
    /// The programme it reports on.
    pub programme: ProgrammeId,
    /// The number of the period, as defined in the programme.
    pub period: u32,
    /// What part of the programme it is about; all of it when absent.
    pub scope: Option<ReportScope>,
}

/// Writes or changes a text of the report.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditSection {
    /// Which report.
    pub report: ReportId,
    /// Which section.
    pub section: ReportSection,
    /// The city that speaks, when one does.
    pub city: Option<CityId>,
    /// The text.
    pub text: Prose,
    /// The language it is written in.
    pub language: Option<Language>,
}

/// Hands the report in. Its figures stay those of one position of the log.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitReport {
    /// Which report.
    pub report: ReportId,
    /// The position whose figures it shows, at most the newest; when absent the newest before this command.
    pub as_of: Option<u64>,
    /// What there is to say about it.
    pub note: Option<Prose>,
}

/// Asks about a section, a figure or a record of a report handed in: name exactly one of them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseQuery {
    /// Which report.
    pub report: ReportId,
    /// Its code within the report; numbered when left out.
    pub query: Option<Code>,
    /// The section it is about.
    pub section: Option<ReportSection>,
    /// The figure it is about, such as RCO 81.
    pub figure: Option<Line>,
    /// The record it is about.
    pub position: Option<u64>,
    /// The question.
    pub text: Prose,
    /// The day an answer is due.
    pub due: Option<Day>,
}

/// Answers a question about the report.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuery {
    /// Which report.
    pub report: ReportId,
    /// Which question.
    pub query: Code,
    /// The answer.
    pub text: Prose,
    /// The record that shows it.
    pub position: Option<u64>,
}

/// Gives a report back to be mended.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnReport {
    /// Which report.
    pub report: ReportId,
    /// Why.
    pub reasons: Prose,
}

/// Accepts a report. Who handed it in cannot.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptReport {
    /// Which report.
    pub report: ReportId,
    /// What still has to be met.
    pub conditions: Option<Prose>,
}

/// Opens an accepted report again; what was accepted stays as it was.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenReport {
    /// Which report.
    pub report: ReportId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on a report.
    Report: ReportCommand {
        new OpenReport(id), on EditSection(report), on SubmitReport(report), on RaiseQuery(report), on
        AnswerQuery(report), on ReturnReport(report), on AcceptReport(report), on ReopenReport(report),
    }
}
