//! What can be asked of a programme.

use koinon_events::ProgrammeId;
use koinon_events::programme::IndicatorKind;
use koinon_events::value::{Code, Day, Decimal, Line, LocalText, Prose, SdgTarget, Sector};
use schemars::JsonSchema;
use serde::Deserialize;

/// Sets up a programme; it is a draft until it starts.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateProgramme {
    /// The new programme's id.
    pub id: ProgrammeId,
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

/// Names a phase of the programme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinePhase {
    /// Which programme.
    pub programme: ProgrammeId,
    /// Its name.
    pub name: Line,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// Gives a theme its code; one that has a parent counts there.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineTheme {
    /// Which programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub code: Code,
    /// What people call it, by language.
    pub label: LocalText,
    /// The theme it counts under, defined before.
    pub parent: Option<Code>,
    /// Targets of the Sustainable Development Goals it serves.
    pub sdg_targets: Vec<SdgTarget>,
    /// Its sector for IATI.
    pub iati_sector: Option<Sector>,
}

/// Describes a strand, the label that groups cities.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineStrand {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The label that cities carry.
    pub name: Line,
    /// What it stands for.
    pub description: Option<Prose>,
}

/// Says what is counted, and towards which target.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineIndicator {
    /// Which programme.
    pub programme: ProgrammeId,
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

/// Changes an indicator's target.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseTarget {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The code of the indicator.
    pub indicator: Code,
    /// The new target.
    pub target: Decimal,
    /// Why.
    pub reason: Prose,
}

/// Sets a reporting period.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinePeriod {
    /// Which programme.
    pub programme: ProgrammeId,
    /// Its number, from 1.
    pub number: u32,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// When its report is due.
    pub due: Option<Day>,
    /// Whether its report is the last one, on the programme as a whole.
    #[serde(rename = "final", default)]
    pub is_final: bool,
}

/// Reminds of a period's report.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindOfPeriod {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The period's number.
    pub number: u32,
    /// When its report is due.
    pub due: Day,
    /// Days until then as planned for this reminder: 14, 3, or -1 for the day after.
    pub days_left: i32,
}

/// Begins the work: from now on visits, meetings and pilots can be planned.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartProgramme {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// Moves the last day of the programme.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEndDate {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The new last day.
    pub ends_on: Day,
    /// Why.
    pub reason: Prose,
}

/// Lets nothing new begin, so that the programme can be brought to its end.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartClosing {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

/// Ends a closing programme for good.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseProgramme {
    /// Which programme.
    pub programme: ProgrammeId,
    /// The day it was, when recorded later.
    pub date: Option<Day>,
}

commands! {
    /// Commands on a programme.
    Programme: ProgrammeCommand {
        new CreateProgramme(id), on DefinePhase(programme), on DefineTheme(programme), on DefineStrand(programme), on DefineIndicator(programme), on ReviseTarget(programme), on DefinePeriod(programme), on RemindOfPeriod(programme), on StartProgramme(programme), on ChangeEndDate(programme), on StartClosing(programme), on CloseProgramme(programme),
    }
}
