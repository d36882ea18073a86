//! Periodic reports as files: a log folded up to a position, and what was composed of it written in each format.
//!
//! The same first N records give the same bytes, from a database as from an export. Every file prints the log's origin,
//! its size N and its root. Refuses records that do not match their log.

pub mod bundle;
mod csv;
mod html;
mod iati;
mod json;
mod manifest;
mod pdf;
mod xlsx;

use koinon_events::log::LogEvent;
use koinon_events::report::ReportScope;
use koinon_events::value::Timestamp;
use koinon_events::{Event, ReportId};
use koinon_projections::activities::{Activity, activities};
use koinon_projections::report::{PeriodicReport, periodic_report};
use koinon_projections::reports::{ReportRow, ReportStatus};
use koinon_projections::{Entry, Memory};
use serde::Serialize;

pub use manifest::manifest;

use crate::verify::{Mismatch, Walk};

/// Why a report cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A record does not match its log.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// A record is not of this vocabulary.
    #[error("record {0} cannot be read, so that a report would leave it out: {1}")]
    Unreadable(u64, String),
    /// The report is not there yet.
    #[error("the first {0} records hold no such report of a known period")]
    Absent(u64),
    /// The workbook could not be made.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A table could not be made.
    #[error("the table cannot be written: {0}")]
    Table(#[from] ::csv::Error),
    /// A file could not be made.
    #[error("the file cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// The archive could not be made.
    #[error("the archive cannot be written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// A document could not be made.
    #[error("the document cannot be written: {0}")]
    Document(#[from] serde_json::Error),
    /// The pages could not be set.
    #[error("the pages cannot be set: {0}")]
    Paper(#[from] koinon_paper::PaperError),
}

/// The first records of a log, verified and folded.
#[derive(Default)]
pub struct Folded {
    /// The read models.
    pub memory: Memory,
    walk: Walk,
    origin: String,
    moment: Option<Timestamp>,
}

impl Folded {
    /// Folds the next record.
    ///
    /// # Errors
    /// When the record does not match its log or is not of this vocabulary.
    pub fn next(&mut self, bytes: &[u8]) -> Result<(), ReportError> {
        self.walk.next(bytes, None)?;
        let entry = Entry::read(bytes).map_err(|error| ReportError::Unreadable(self.walk.size(), error.to_string()))?;
        if let Event::Log(LogEvent::LogCreated(created)) = &entry.event {
            self.origin = created.origin.to_string();
        }
        self.moment = Some(entry.time);
        self.memory.apply(&entry);
        Ok(())
    }

    /// How many records were folded.
    pub fn size(&self) -> u64 {
        self.walk.size()
    }

    /// Composes a report.
    ///
    /// # Errors
    /// [`ReportError::Absent`] when these records do not hold it.
    pub fn compose(&self, report: ReportId) -> Result<Composed, ReportError> {
        use base64::Engine;
        let tables = &self.memory.tables;
        let found = self.moment.and_then(|moment| Some((moment, periodic_report(tables, report, moment.day())?)));
        let (moment, document) = found.ok_or_else(|| ReportError::Absent(self.size()))?;
        let programme = tables.programmes.get(document.figures.programme.0);
        let scope = tables.reports.get(report.0).map_or(ReportScope::Programme {}, |row| row.scope.clone());
        Ok(Composed {
            activities: activities(tables, document.figures.programme, &scope, document.period.to, moment.day()),
            publisher: programme.and_then(|row| Some(row.publisher_reference.as_ref()?.to_string())),
            on_behalf_of: programme.map(|row| row.on_behalf_of.to_string()).unwrap_or_default(),
            moment,
            origin: self.origin.clone(),
            size: self.size(),
            root: base64::engine::general_purpose::STANDARD.encode(self.walk.root()),
            document,
        })
    }
}

/// A report and the log it was composed from.
#[derive(Debug, Serialize)]
pub struct Composed {
    /// The log's origin.
    pub origin: String,
    /// How many records it was computed from.
    pub size: u64,
    /// The root over them.
    pub root: String,
    /// The report.
    #[serde(flatten)]
    pub document: PeriodicReport,
    /// The programme as activities, for IATI.
    #[serde(skip)]
    pub activities: Vec<Activity>,
    /// The identifier under which it publishes to IATI.
    #[serde(skip)]
    pub publisher: Option<String>,
    /// On whose behalf the programme is carried out.
    #[serde(skip)]
    pub on_behalf_of: String,
    /// The time of the last record it was computed from.
    #[serde(skip)]
    pub moment: Timestamp,
}

/// A form a report is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A workbook with typed cells, a sheet behind each figure.
    Xlsx,
    /// One table of figures and what they count.
    Csv,
    /// Everything, for programs.
    Json,
    /// A page to read on a screen.
    Html,
    /// A document to read, print and keep.
    Pdf,
    /// The programme as activities (IATI 2.03).
    Iati,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Xlsx, Self::Csv, Self::Json, Self::Html, Self::Iati];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
            Self::Iati => "iati",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
            Self::Iati => "application/xml",
            Self::Pdf => "application/pdf",
        }
    }

    /// The name of its file: `report.csv`.
    pub fn file(self) -> String {
        match self {
            Self::Iati => "report.iati.xml".to_owned(),
            other => format!("report.{}", other.name()),
        }
    }

    /// The format of a file by the file's name.
    pub fn of_file(name: &str) -> Option<Self> {
        let name = if name == "report.xml" { "report.iati.xml" } else { name };
        Self::ALL.into_iter().find(|format| format.file() == name)
    }

    /// Writes a report.
    ///
    /// # Errors
    /// When the file's form cannot hold it.
    pub fn write(self, report: &Composed) -> Result<Vec<u8>, ReportError> {
        match self {
            Self::Xlsx => xlsx::write(report),
            Self::Csv => csv::write(report),
            Self::Json => json::write(report),
            Self::Html => Ok(html::write(report)),
            Self::Iati => iati::write(report),
            Self::Pdf => pdf::write(report),
        }
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|format| format.name() == name);
        known.ok_or_else(|| format!("there is no format {name}; the formats are pdf, xlsx, csv, json, html and iati"))
    }
}

/// The position a report shows while it is handed in or accepted.
pub fn frozen(row: &ReportRow) -> Option<u64> {
    let handed_in = matches!(row.status, ReportStatus::Submitted | ReportStatus::Accepted);
    row.submissions.last().filter(|_| handed_in).map(|submission| submission.as_of)
}

/// Positions as one cell.
fn positions(positions: &[u64]) -> String {
    positions.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")
}
