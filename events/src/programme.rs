//! What can be known about a programme: what is funded, for how long, towards which figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Code, Day, Decimal, Line, LocalText, Prose, SdgTarget, Sector};

/// What an indicator measures.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, strum::IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum IndicatorKind {
    /// What was done.
    Output,
    /// What came of it.
    Result,
    /// How well the work goes.
    Kpi,
}

/// A programme was set up.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeCreated {
    /// Its short code, unique and fixed for ever.
    pub code: Code,
    /// Its title, by language.
    pub title: LocalText,
    /// Other names it goes by.
    #[serde(default)]
    pub aliases: Vec<Line>,
    /// What it is for.
    pub description: Option<Prose>,
    /// Who pays.
    pub funder: Line,
    /// On whose behalf it is carried out.
    pub on_behalf_of: Line,
    /// Who carries it out.
    pub implementing_organisation: Option<Line>,
    /// The reference of the contract.
    pub contract_reference: Option<Line>,
    /// The identifier under which it publishes to IATI.
    pub publisher_reference: Option<Line>,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
}

/// A phase of the programme was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhaseDefined {
    /// Its name.
    pub name: Line,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A theme was given its code and its place.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThemeDefined {
    /// Its code.
    pub code: Code,
    /// What people call it, by language.
    pub label: LocalText,
    /// The theme it counts under, defined before.
    pub parent: Option<Code>,
    /// Targets of the Sustainable Development Goals it serves.
    #[serde(default)]
    pub sdg_targets: Vec<SdgTarget>,
    /// Its sector for IATI.
    pub iati_sector: Option<Sector>,
}

/// A strand was described.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrandDefined {
    /// The label that cities carry.
    pub name: Line,
    /// What it stands for.
    pub description: Option<Prose>,
}

/// It was settled what is counted, and towards which target.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorDefined {
    /// Its code.
    pub code: Code,
    /// What people call it.
    pub name: Line,
    /// What it counts.
    pub unit: Option<Line>,
    /// What it measures.
    pub kind: Option<IndicatorKind>,
    /// The code of the figure that counts it from the log; absent for figures that are counted elsewhere.
    pub rule: Option<Code>,
    /// Where it stood at the beginning.
    pub baseline: Option<Decimal>,
    /// Where it has to be at the end.
    pub target: Option<Decimal>,
}

/// A target was changed.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetRevised {
    /// Whose target.
    pub indicator: Code,
    /// The target now.
    pub target: Decimal,
    /// The target until now; absent when there was none.
    pub was_target: Option<Decimal>,
    /// Why.
    pub reason: Prose,
}

/// A reporting period was set.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodDefined {
    /// Its number, from 1.
    pub number: u32,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// When its report is due.
    pub due: Option<Day>,
    /// Whether its report is the last one, on the programme as a whole.
    #[serde(rename = "final")]
    pub is_final: bool,
}

/// Somebody was reminded of a period's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodReminded {
    /// The period's number.
    pub number: u32,
    /// When its report is due.
    pub due: Day,
    /// Days until then as planned for this reminder: 14, 3, or -1 for the day after.
    pub days_left: i32,
}

/// The programme began its work.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeStarted {
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// The programme ends on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndDateChanged {
    /// The last day now.
    pub ends_on: Day,
    /// The last day until now.
    pub was_ends_on: Day,
    /// Why.
    pub reason: Prose,
}

/// Nothing new begins; what is under way is brought to its end.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosingStarted {
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// The programme is over.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeClosed {
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

family! {
    /// Events of a programme.
    Programme: ProgrammeEvent {
        ProgrammeCreated, PhaseDefined, ThemeDefined, StrandDefined, IndicatorDefined, TargetRevised, PeriodDefined, PeriodReminded, ProgrammeStarted, EndDateChanged, ClosingStarted, ProgrammeClosed,
    }
}
