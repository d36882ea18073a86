//! The programme: what is funded, for how long, towards which figures. Draft, running, closing, closed.
//!
//! Its code is fixed at creation. What it has defined (a theme, an indicator, a period) is not defined again in
//! another way: a target is revised with its reason, everything else stands.

mod commands;
#[cfg(test)]
mod scenarios;

use std::collections::{BTreeMap, BTreeSet};

use koinon_events::programme::*;
use koinon_events::value::{Code, Day, Decimal, Line, LocalText};
use koinon_events::{ProgrammeId, Subject};

pub use commands::*;

use super::context::{Context, World};
use super::rejection::rejections;
use super::state::Scope;
use super::{Decision, Rejection, fact};

/// How far a programme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ProgrammeStatus {
    /// Being set up.
    Draft,
    /// At work.
    Running,
    /// Nothing new begins; what is under way comes to its end.
    Closing,
    /// Over.
    Closed,
}

/// What the rules need to know of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Its identity.
    pub id: ProgrammeId,
    /// Its code, fixed at creation.
    pub code: Code,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// Its themes by code, with the parent each counts under.
    pub themes: BTreeMap<Code, Option<Code>>,
    /// Its title.
    pub title: LocalText,
    /// What was said of each theme.
    pub theme_definitions: BTreeMap<Code, ThemeDefined>,
    /// Its phases by name.
    pub phases: BTreeMap<Line, PhaseDefined>,
    /// Its strands by name.
    pub strands: BTreeMap<Line, StrandDefined>,
    /// Its indicators by code.
    pub indicators: BTreeMap<Code, Indicator>,
    /// Its reporting periods by number.
    pub periods: BTreeMap<u32, PeriodDefined>,
    /// The reminders of its periods' reports: number, due day, days left.
    pub reminders: BTreeSet<(u32, Day, i32)>,
}

/// An indicator as it was defined, and its target today.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// What was defined.
    pub defined: IndicatorDefined,
    /// The target as it stands after revisions.
    pub target: Option<Decimal>,
}

impl Programme {
    /// What it belongs to.
    pub fn scope(&self) -> Scope {
        Scope { programme: Some(self.id), ..Scope::default() }
    }
}

/// The state after one more event.
pub fn evolve(state: Option<Programme>, subject: Subject, event: &ProgrammeEvent) -> Option<Programme> {
    match (state, event) {
        (None, ProgrammeEvent::ProgrammeCreated(created)) => Some(Programme {
            id: ProgrammeId(subject.id),
            code: created.code.clone(),
            status: ProgrammeStatus::Draft,
            starts_on: created.starts_on,
            ends_on: created.ends_on,
            themes: BTreeMap::new(),
            title: created.title.clone(),
            theme_definitions: BTreeMap::new(),
            phases: BTreeMap::new(),
            strands: BTreeMap::new(),
            indicators: BTreeMap::new(),
            periods: BTreeMap::new(),
            reminders: BTreeSet::new(),
        }),
        (state, event) => state.map(|programme| evolve_known(programme, event)),
    }
}

fn evolve_known(mut programme: Programme, event: &ProgrammeEvent) -> Programme {
    match event {
        ProgrammeEvent::ProgrammeCreated(_) => {}
        ProgrammeEvent::PhaseDefined(phase) => {
            programme.phases.insert(phase.name.clone(), phase.clone());
        }
        ProgrammeEvent::ThemeDefined(theme) => {
            programme.themes.insert(theme.code.clone(), theme.parent.clone());
            programme.theme_definitions.insert(theme.code.clone(), theme.clone());
        }
        ProgrammeEvent::StrandDefined(strand) => {
            programme.strands.insert(strand.name.clone(), strand.clone());
        }
        ProgrammeEvent::IndicatorDefined(defined) => {
            let indicator = Indicator { defined: defined.clone(), target: defined.target.clone() };
            programme.indicators.insert(defined.code.clone(), indicator);
        }
        ProgrammeEvent::TargetRevised(revised) => {
            if let Some(indicator) = programme.indicators.get_mut(&revised.indicator) {
                indicator.target = Some(revised.target.clone());
            }
        }
        ProgrammeEvent::PeriodDefined(period) => {
            programme.periods.insert(period.number, period.clone());
        }
        ProgrammeEvent::PeriodReminded(reminded) => {
            programme.reminders.insert((reminded.number, reminded.due, reminded.days_left));
        }
        ProgrammeEvent::EndDateChanged(changed) => programme.ends_on = changed.ends_on,
        ProgrammeEvent::ProgrammeStarted(_) => programme.status = ProgrammeStatus::Running,
        ProgrammeEvent::ClosingStarted(_) => programme.status = ProgrammeStatus::Closing,
        ProgrammeEvent::ProgrammeClosed(_) => programme.status = ProgrammeStatus::Closed,
    }
    programme
}

/// The subjects a decision on a programme needs to know: none but itself.
pub fn relies_on(_command: &ProgrammeCommand, _world: &World) -> Vec<Subject> {
    Vec::new()
}

/// Decides a command on a programme.
///
/// # Errors
/// Unfit fields, or the [`ProgrammeRule`] that forbids it.
pub fn decide(programme: Option<&Programme>, command: &ProgrammeCommand, _context: &Context<'_>) -> Decision {
    use ProgrammeCommand as Ask;
    match (command, programme) {
        (Ask::CreateProgramme(command), None) => create(command),
        (_, None) => Err(Rejection::Absent),
        (Ask::CreateProgramme(_), Some(programme)) => {
            Err(ProgrammeRule::ProgrammeAlreadyExists { status: programme.status }.into())
        }
        (Ask::DefinePhase(command), Some(programme)) => define_phase(programme, command),
        (Ask::DefineTheme(command), Some(programme)) => define_theme(programme, command),
        (Ask::DefineStrand(command), Some(programme)) => define_strand(programme, command),
        (Ask::DefineIndicator(command), Some(programme)) => define_indicator(programme, command),
        (Ask::ReviseTarget(command), Some(programme)) => revise_target(programme, command),
        (Ask::DefinePeriod(command), Some(programme)) => define_period(programme, command),
        (Ask::RemindOfPeriod(command), Some(programme)) => remind_of_period(programme, command),
        (Ask::ChangeEndDate(command), Some(programme)) => change_end_date(programme, command),
        (Ask::StartProgramme(command), Some(programme)) => start(programme, command),
        (Ask::StartClosing(command), Some(programme)) => start_closing(programme, command),
        (Ask::CloseProgramme(command), Some(programme)) => close(programme, command),
    }
}

fn create(command: &CreateProgramme) -> Decision {
    if command.ends_on < command.starts_on {
        return Err(ends_before("/ends_on", command.starts_on));
    }
    if command.aliases.len() > 40 {
        return Err(Rejection::unfit("/aliases", "must hold at most 40 names"));
    }
    fact(ProgrammeCreated {
        code: command.code.clone(),
        title: command.title.clone(),
        aliases: command.aliases.clone(),
        description: command.description.clone(),
        funder: command.funder.clone(),
        on_behalf_of: command.on_behalf_of.clone(),
        implementing_organisation: command.implementing_organisation.clone(),
        contract_reference: command.contract_reference.clone(),
        publisher_reference: command.publisher_reference.clone(),
        starts_on: command.starts_on,
        ends_on: command.ends_on,
    })
}

fn ends_before(pointer: &str, from: Day) -> Rejection {
    Rejection::unfit(pointer, format!("the last day must not be before the first day, {from}"))
}

/// What is defined belongs to a programme that is not closed.
fn still_open(programme: &Programme) -> Result<(), Rejection> {
    match programme.status {
        ProgrammeStatus::Closed => Err(ProgrammeRule::ProgrammeAlreadyClosed.into()),
        _ => Ok(()),
    }
}

fn define_phase(programme: &Programme, command: &DefinePhase) -> Decision {
    if programme.phases.contains_key(&command.name) {
        return Err(ProgrammeRule::PhaseAlreadyDefined.into());
    }
    still_open(programme)?;
    if command.to < command.from {
        return Err(ends_before("/to", command.from));
    }
    fact(PhaseDefined { name: command.name.clone(), from: command.from, to: command.to })
}

fn define_theme(programme: &Programme, command: &DefineTheme) -> Decision {
    if programme.themes.contains_key(&command.code) {
        return Err(ProgrammeRule::ThemeAlreadyDefined { code: command.code.clone() }.into());
    }
    still_open(programme)?;
    if command.sdg_targets.len() > 169 {
        return Err(Rejection::unfit("/sdg_targets", "must hold at most 169 targets"));
    }
    if let Some(parent) = command.parent.as_ref().filter(|parent| !programme.themes.contains_key(*parent)) {
        let message = format!("the programme has no theme {parent}; define the parent first");
        return Err(Rejection::unfit("/parent", message));
    }
    fact(ThemeDefined {
        code: command.code.clone(),
        label: command.label.clone(),
        parent: command.parent.clone(),
        sdg_targets: command.sdg_targets.clone(),
        iati_sector: command.iati_sector.clone(),
    })
}

fn define_strand(programme: &Programme, command: &DefineStrand) -> Decision {
    if programme.strands.contains_key(&command.name) {
        return Err(ProgrammeRule::StrandAlreadyDefined.into());
    }
    still_open(programme)?;
    fact(StrandDefined { name: command.name.clone(), description: command.description.clone() })
}

fn define_indicator(programme: &Programme, command: &DefineIndicator) -> Decision {
    if programme.indicators.contains_key(&command.code) {
        return Err(ProgrammeRule::IndicatorAlreadyDefined { code: command.code.clone() }.into());
    }
    still_open(programme)?;
    fact(IndicatorDefined {
        code: command.code.clone(),
        name: command.name.clone(),
        unit: command.unit.clone(),
        kind: command.kind,
        rule: command.rule.clone(),
        baseline: command.baseline.clone(),
        target: command.target.clone(),
    })
}

fn revise_target(programme: &Programme, command: &ReviseTarget) -> Decision {
    let Some(indicator) = programme.indicators.get(&command.indicator) else {
        let message = format!("the programme has no indicator {}; define it first", command.indicator);
        return Err(Rejection::unfit("/indicator", message));
    };
    if indicator.target.as_ref() == Some(&command.target) {
        return Err(ProgrammeRule::TargetAlreadySet { target: command.target.clone() }.into());
    }
    still_open(programme)?;
    fact(TargetRevised {
        indicator: command.indicator.clone(),
        target: command.target.clone(),
        was_target: indicator.target.clone(),
        reason: command.reason.clone(),
    })
}

fn define_period(programme: &Programme, command: &DefinePeriod) -> Decision {
    if !(1..=999).contains(&command.number) {
        return Err(Rejection::unfit("/number", "must be a number from 1 to 999"));
    }
    if programme.periods.contains_key(&command.number) {
        return Err(ProgrammeRule::PeriodAlreadyDefined { number: command.number }.into());
    }
    still_open(programme)?;
    if command.to < command.from {
        return Err(ends_before("/to", command.from));
    }
    if command.due.is_some_and(|due| due < command.to) {
        let message = format!("the report cannot be due before the period ends on {}", command.to);
        return Err(Rejection::unfit("/due", message));
    }
    let overlapping = programme
        .periods
        .values()
        .find(|period| !period.is_final && !command.is_final && period.from <= command.to && command.from <= period.to);
    if let Some(period) = overlapping {
        let message =
            format!("period {} covers {} to {}; periods must not overlap", period.number, period.from, period.to);
        return Err(Rejection::unfit("/from", message));
    }
    fact(PeriodDefined {
        number: command.number,
        from: command.from,
        to: command.to,
        due: command.due,
        is_final: command.is_final,
    })
}

fn remind_of_period(programme: &Programme, command: &RemindOfPeriod) -> Decision {
    if !programme.periods.contains_key(&command.number) {
        return Err(Rejection::unfit("/number", "the programme has no period of this number"));
    }
    if programme.reminders.contains(&(command.number, command.due, command.days_left)) {
        return Err(ProgrammeRule::PeriodAlreadyReminded.into());
    }
    still_open(programme)?;
    fact(PeriodReminded { number: command.number, due: command.due, days_left: command.days_left })
}

fn change_end_date(programme: &Programme, command: &ChangeEndDate) -> Decision {
    if command.ends_on == programme.ends_on {
        return Err(ProgrammeRule::EndDateAlreadySet { ends_on: programme.ends_on }.into());
    }
    still_open(programme)?;
    if command.ends_on < programme.starts_on {
        return Err(ends_before("/ends_on", programme.starts_on));
    }
    fact(EndDateChanged { ends_on: command.ends_on, was_ends_on: programme.ends_on, reason: command.reason.clone() })
}

fn start(programme: &Programme, command: &StartProgramme) -> Decision {
    match programme.status {
        ProgrammeStatus::Draft => fact(ProgrammeStarted { date: command.date }),
        ProgrammeStatus::Closed => Err(ProgrammeRule::ProgrammeAlreadyClosed.into()),
        status => Err(ProgrammeRule::ProgrammeAlreadyStarted { status }.into()),
    }
}

fn start_closing(programme: &Programme, command: &StartClosing) -> Decision {
    match programme.status {
        ProgrammeStatus::Running => fact(ClosingStarted { date: command.date }),
        ProgrammeStatus::Draft => Err(ProgrammeRule::ProgrammeNotRunning.into()),
        ProgrammeStatus::Closing => Err(ProgrammeRule::ProgrammeAlreadyClosing.into()),
        ProgrammeStatus::Closed => Err(ProgrammeRule::ProgrammeAlreadyClosed.into()),
    }
}

fn close(programme: &Programme, command: &CloseProgramme) -> Decision {
    match programme.status {
        ProgrammeStatus::Closing => fact(ProgrammeClosed { date: command.date }),
        ProgrammeStatus::Closed => Err(ProgrammeRule::ProgrammeAlreadyClosed.into()),
        ProgrammeStatus::Draft | ProgrammeStatus::Running => Err(ProgrammeRule::ProgrammeNotClosing.into()),
    }
}

/// The rules that forbid commands on programmes, and on what belongs to one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ProgrammeRule {
    #[error("There is a programme with this id already; it is {}.", words(*status))]
    ProgrammeAlreadyExists { status: ProgrammeStatus },
    #[error("A phase of this name is defined already. Give another phase another name.")]
    PhaseAlreadyDefined,
    #[error("The theme {code} is defined already. Give another theme another code.")]
    ThemeAlreadyDefined { code: Code },
    #[error("A strand of this name is described already.")]
    StrandAlreadyDefined,
    #[error("The indicator {code} is defined already. To change its target, revise it and say why.")]
    IndicatorAlreadyDefined { code: Code },
    #[error("The target stands at {target} already.")]
    TargetAlreadySet { target: Decimal },
    #[error("Reporting period {number} is defined already.")]
    PeriodAlreadyDefined { number: u32 },
    #[error("This reminder was given already.")]
    PeriodAlreadyReminded,
    #[error("The programme ends on {ends_on} already.")]
    EndDateAlreadySet { ends_on: Day },
    #[error("The programme was started already; it is {}.", words(*status))]
    ProgrammeAlreadyStarted { status: ProgrammeStatus },
    #[error("The programme is closing already.")]
    ProgrammeAlreadyClosing,
    #[error("The programme was closed already, so nothing more can be changed in it.")]
    ProgrammeAlreadyClosed,
    #[error("The programme is not closing yet. Start closing it first.")]
    ProgrammeNotClosing,
    #[error("The programme has not started yet. Start it first.")]
    ProgrammeNotRunning,
    #[error("The programme is closing, so nothing new can begin in it.")]
    ProgrammeClosing,
    #[error("The programme is closed, so nothing more can be recorded in it.")]
    ProgrammeClosed,
}

rejections!(ProgrammeRule);

/// The status as people say it.
fn words(status: ProgrammeStatus) -> &'static str {
    status.into()
}
