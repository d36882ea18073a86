//! Figures: what a programme's record adds up to. Each is a versioned rule over the read models, in a file of its own:
//! its code, unit and published definition, what it counted and by which events, what it looked at and did not count,
//! and why. No clock: the day by which lateness is judged is given.

mod action_plans;
mod actions_in_time;
mod advice_given;
mod advice_taken;
mod amount;
mod chapters;
mod cities_active;
mod comparison;
mod completed_pilots;
mod continuations;
mod days_to_learning;
mod expert_days;
mod frame;
mod ground;
mod organisations;
mod participations;
mod partnerships_formed;
mod periodic;
mod pilots_launched;
mod plans_taken_up;
mod practices_adopted;
mod practices_published;
mod public_events;
mod solutions;
mod solutions_taken_up;
#[cfg(test)]
mod stories;
mod suggestions_taken_up;
mod training;
mod visits_held;

use koinon_events::value::{Code, Day, Decimal, Line};
use koinon_events::{ProgrammeId, Subject};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

pub use amount::Amount;
pub use chapters::{Chapters, EvidenceTold, IndicatorTold, LearningTold, PilotTold, VisitTold};
pub use comparison::{Comparison, FigureChange, Reason, SectionChange, compare, counted_since};
pub use frame::{Correction, Frame, Place};
pub(crate) use frame::{corrections, last_accepted};
pub use ground::{Count, Ground};
pub use periodic::{PeriodicReport, periodic_report};

use crate::models::Tables;
use crate::row::statuses;

/// The days that figures are counted over; an end left out is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

impl Period {
    /// Whether the day lies within.
    pub fn holds(&self, day: Day) -> bool {
        self.from.is_none_or(|from| day >= from) && self.to.is_none_or(|to| day <= to)
    }

    /// Everything up to the last day.
    pub fn until(&self) -> Self {
        Self { from: None, to: self.to }
    }
}

statuses! {
    /// What a figure measures.
    FigureKind {
        /// What was done.
        Output,
        /// What came of it.
        Result,
        /// How well the work goes.
        Kpi,
    }
}

statuses! {
    /// On what ground a common indicator's code is used.
    Label {
        /// The programme's contract names it.
        InTheContract,
        /// By analogy: the contract does not name it.
        ByAnalogy,
        /// The programme's own figure.
        Own,
    }
}

/// A figure's rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its code: `RCO 81`.
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// What it measures.
    pub kind: FigureKind,
    /// What is counted and what is not, as published.
    pub definition: &'static str,
    /// Raised with every change of the rule.
    pub version: u32,
    /// Counts.
    pub count: fn(&Ground<'_>) -> Count,
}

/// Every figure, in the order of the report.
pub const FIGURES: &[Rule] = &[
    participations::RULE,
    action_plans::RULE,
    completed_pilots::RULE,
    training::RULE,
    organisations::RULE,
    public_events::RULE,
    solutions::RULE,
    plans_taken_up::RULE,
    continuations::RULE,
    solutions_taken_up::RULE,
    advice_given::RULE,
    advice_taken::RULE,
    expert_days::RULE,
    suggestions_taken_up::RULE,
    cities_active::RULE,
    partnerships_formed::RULE,
    visits_held::RULE,
    practices_published::RULE,
    practices_adopted::RULE,
    pilots_launched::RULE,
    days_to_learning::RULE,
    actions_in_time::RULE,
];

/// Something that counts, and the events that say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What.
    pub subject: Subject,
    /// The events.
    pub positions: Vec<u64>,
    /// How much it adds.
    pub amount: Amount,
}

/// Something that was looked at and does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotCounted {
    /// What.
    pub subject: Subject,
    /// The events.
    pub positions: Vec<u64>,
    /// Why, as a code: `no-evidence-yet`.
    pub cause: String,
    /// Why, in words.
    pub why: String,
}

/// One share of a figure: a direction, a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Of what.
    pub name: String,
    /// How much.
    pub value: Amount,
}

/// One figure as counted.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it counts.
    pub unit: String,
    /// What it measures.
    pub kind: FigureKind,
    /// On what ground its code is used.
    pub label: Label,
    /// What is counted and what is not, as published.
    pub definition: String,
    /// The version of the rule.
    pub rule: u32,
    /// How much.
    pub value: Amount,
    /// Where it has to be at the end, when the programme set a target.
    pub target: Option<Decimal>,
    /// Its shares.
    pub parts: Vec<Part>,
    /// What counts.
    pub counted: Vec<Counted>,
    /// What does not.
    pub not_counted: Vec<NotCounted>,
}

/// A target of the programme and how far it is.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The indicator's code.
    pub code: Code,
    /// What people call it.
    pub name: Line,
    /// What it counts.
    pub unit: Option<Line>,
    /// Where it stood at the beginning.
    pub baseline: Option<Decimal>,
    /// Where it has to be at the end.
    pub target: Option<Decimal>,
    /// The code of the figure that counts it; absent when it is counted elsewhere.
    pub figure: Option<String>,
    /// How far it is, when a figure counts it.
    pub actual: Option<Amount>,
}

/// All figures of a programme over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The programme.
    pub programme: ProgrammeId,
    /// The period.
    pub period: Period,
    /// The day by which lateness was judged.
    pub day: Day,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The programme's own targets.
    pub targets: Vec<Target>,
}

/// Counts every figure of a programme; `None` when there is no such programme.
pub fn figures(tables: &Tables, programme: ProgrammeId, period: Period, day: Day) -> Option<Figures> {
    Some(figures_of(&Ground::new(tables, programme, period, day)?))
}

/// Counts every figure on a ground.
pub fn figures_of(ground: &Ground<'_>) -> Figures {
    let figures: Vec<Figure> = FIGURES.iter().map(|rule| count(rule, ground)).collect();
    let targets = targets(ground, &figures);
    Figures { programme: ground.programme.id, period: ground.period, day: ground.day, figures, targets }
}

fn count(rule: &Rule, ground: &Ground<'_>) -> Figure {
    let count = (rule.count)(ground);
    let indicator = ground.programme.indicators.iter().find(|indicator| {
        [Some(&indicator.code), indicator.rule.as_ref()]
            .into_iter()
            .flatten()
            .any(|code| same(code.as_str(), rule.code))
    });
    let named = indicator.is_some_and(|indicator| same(indicator.code.as_str(), rule.code));
    let label = match rule.kind {
        FigureKind::Kpi => Label::Own,
        _ if named && ground.programme.contract_reference.is_some() => Label::InTheContract,
        _ => Label::ByAnalogy,
    };
    Figure {
        code: rule.code.to_owned(),
        name: rule.name.to_owned(),
        unit: rule.unit.to_owned(),
        kind: rule.kind,
        label,
        definition: rule.definition.to_owned(),
        rule: rule.version,
        value: count.value.unwrap_or_else(|| count.counted.iter().map(|counted| counted.amount).sum()),
        target: indicator.and_then(|indicator| indicator.target.clone()),
        parts: count.parts,
        counted: count.counted,
        not_counted: count.not_counted,
    }
}

fn targets(ground: &Ground<'_>, figures: &[Figure]) -> Vec<Target> {
    let target = |indicator: &crate::programmes::IndicatorRow| {
        let codes = [indicator.rule.as_ref(), Some(&indicator.code)];
        let of = |code: &Code| figures.iter().find(|figure| same(&figure.code, code.as_str()));
        let figure = codes.into_iter().flatten().find_map(of);
        Target {
            code: indicator.code.clone(),
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            baseline: indicator.baseline.clone(),
            target: indicator.target.clone(),
            figure: figure.map(|figure| figure.code.clone()),
            actual: figure.map(|figure| figure.value),
        }
    };
    ground.programme.indicators.iter().map(target).collect()
}

/// Whether two codes are the same but for capitals, spaces and signs: `RCO 81`, `rco-81`, `RCO81`.
pub fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect::<String>()
    };
    letters(one) == letters(other)
}
