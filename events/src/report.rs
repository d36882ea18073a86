//! What can be known about a periodic report: what was written, handed in, asked, returned and accepted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Language, Line, Prose};
use crate::{Actor, CityId, PartnershipId, ProgrammeId};

/// A part of a report that people write.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ReportSection {
    /// What mattered most.
    Highlights,
    /// What was done.
    Activities,
    /// What went otherwise than planned.
    ProblemsAndDeviations,
    /// What comes next.
    NextPeriod,
}

/// What part of the programme a report is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ReportScope {
    /// All of it.
    Programme {},
    /// One strand of cities.
    Strand {
        /// The strand's label.
        strand: Line,
    },
    /// One city.
    City {
        /// Which city.
        city: CityId,
    },
    /// One partnership.
    Partnership {
        /// Which partnership.
        partnership: PartnershipId,
    },
}

/// A report on one period was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportOpened {
    /// The programme it reports on.
    pub programme: ProgrammeId,
    /// The number of the period.
    pub period: u32,
    /// What part of the programme it is about.
    pub scope: ReportScope,
}

/// A text of the report was written or changed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionEdited {
    /// Which section.
    pub section: ReportSection,
    /// The city that speaks, when one does.
    pub city: Option<CityId>,
    /// The text.
    pub text: Prose,
    /// The language it is written in.
    pub language: Option<Language>,
    /// The text until now; absent when there was none, or when both would not fit one record (the record before holds
    /// it).
    pub was_text: Option<Prose>,
}

/// The report was handed in. Its figures are those of one position of the log and stay so.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSubmitted {
    /// The position whose figures it shows; absent: the position just before this record.
    pub as_of: Option<u64>,
    /// Who handed it in, and so cannot accept it.
    pub submitted_by: Actor,
    /// What there is to say about it.
    pub note: Option<Prose>,
}

/// A question was asked about the report.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueryRaised {
    /// Its code within the report.
    pub query: Code,
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

/// A question was answered.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueryAnswered {
    /// Which question.
    pub query: Code,
    /// The answer.
    pub text: Prose,
    /// The record that shows it.
    pub position: Option<u64>,
}

/// The report was given back to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportReturned {
    /// Why.
    pub reasons: Prose,
}

/// The report was accepted.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportAccepted {
    /// What still has to be met.
    pub conditions: Option<Prose>,
}

/// An accepted report was opened again. What was accepted stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportReopened {
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of a report.
    Report: ReportEvent {
        ReportOpened, SectionEdited, ReportSubmitted, QueryRaised, QueryAnswered, ReportReturned, ReportAccepted,
        ReportReopened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_says_what_it_is_and_which_one() {
        let city = r#"{"city":"01970000-0000-7000-8000-000000000002","kind":"city"}"#;
        let scope: ReportScope = serde_json::from_str(city).unwrap();
        assert!(matches!(scope, ReportScope::City { .. }));
        let said: serde_json::Value = serde_json::from_str(city).unwrap();
        assert_eq!(serde_json::to_value(&scope).unwrap(), said, "in whatever order a map keeps its keys");
        assert_eq!(serde_json::from_str::<ReportScope>(r#"{"kind":"programme"}"#).unwrap(), ReportScope::Programme {});
    }

    #[test]
    fn a_scope_that_names_more_or_less_than_its_kind_is_refused() {
        for wrong in [r#"{"kind":"city"}"#, r#"{"kind":"programme","strand":"Asia"}"#, r#"{"kind":"world"}"#, "{}"] {
            assert!(serde_json::from_str::<ReportScope>(wrong).is_err(), "{wrong}");
        }
    }
}
