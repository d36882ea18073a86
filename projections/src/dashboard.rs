//! The dashboard of one programme: where it stands on a day, what is late, what is missing. A pure reading of the read
//! models and the day; the figures behind it are those of [`crate::report`].

mod late;
pub(crate) mod missing;
mod shares;
#[cfg(test)]
mod stories;

use std::collections::BTreeMap;

use koinon_events::value::{Code, Day, Line, LocalText, Month};
use koinon_events::{CityId, PilotId, ProgrammeId, VisitId};
use serde::{Deserialize, Serialize};

pub use late::Late;
pub use missing::Missing;

use crate::models::Tables;
use crate::pilots::PilotStatus;
use crate::programmes::ProgrammeStatus;
use crate::report::{Ground, Period, Target, figures};

/// How many, and how many of them in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many.
    pub total: usize,
    /// By status.
    pub by_status: BTreeMap<String, usize>,
}

/// How far the programme is in its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeMonth {
    /// The month it is in, from 1; 0 before it starts, and never more than the last.
    pub number: u32,
    /// How many months it has.
    pub of: u32,
}

/// Visits in one month, by the first day planned or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitMonth {
    /// The month.
    pub month: Month,
    /// How many begin in it.
    pub visits: usize,
    /// How many of them were held.
    pub held: usize,
    /// How many of them were cancelled.
    pub cancelled: usize,
}

/// The visits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitShare {
    /// How many.
    pub total: usize,
    /// By status.
    pub by_status: BTreeMap<String, usize>,
    /// By month.
    pub by_month: Vec<VisitMonth>,
    /// Those whose days hold this one, unless they are cancelled or postponed.
    pub today: Vec<VisitId>,
}

/// A theme and what was learned about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeShare {
    /// The theme's code; finer themes count under their parent, a learning once, by its first theme.
    pub theme: Code,
    /// What people call it.
    pub label: LocalText,
    /// Learnings that stand.
    pub learnings: usize,
    /// How many of them another city decided to use.
    pub travelled: usize,
}

/// The learnings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningShare {
    /// How many.
    pub total: usize,
    /// By status.
    pub by_status: BTreeMap<String, usize>,
    /// By theme, most first.
    pub by_theme: Vec<ThemeShare>,
    /// How many another city decided to use.
    pub travelled: usize,
    /// How many come from visits.
    pub from_visits: usize,
    /// How many come from meetings.
    pub from_meetings: usize,
}

/// A pilot as the stages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagePilot {
    /// Which pilot.
    pub id: PilotId,
    /// What it is called.
    pub title: Line,
    /// The cities that carry it.
    pub cities: Vec<CityId>,
}

/// One stage and its pilots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The stage.
    pub stage: PilotStatus,
    /// Its pilots.
    pub pilots: Vec<StagePilot>,
}

/// The actions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionShare {
    /// How many.
    pub total: usize,
    /// By status.
    pub by_status: BTreeMap<String, usize>,
    /// How many are open past the day they were due.
    pub late: usize,
}

/// What one city takes part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CityShare {
    /// Which city.
    pub city: CityId,
    /// Its name.
    pub name: Line,
    /// The strand it takes part in.
    pub strand: Line,
    /// Partnerships it is in.
    pub partnerships: usize,
    /// Visits it received that were held.
    pub hosted: usize,
    /// Visits it made that were held.
    pub made: usize,
    /// Learnings that come from it.
    pub learnings: usize,
    /// Learnings of others that it decided to use.
    pub adopted: usize,
    /// Pilots it carries.
    pub pilots: usize,
    /// Actions it answers for that are open.
    pub open_actions: usize,
    /// How many of them are late.
    pub late_actions: usize,
}

/// Where a programme stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub code: Code,
    /// Its title.
    pub title: LocalText,
    /// How far it is.
    pub status: ProgrammeStatus,
    /// First day.
    pub starts_on: Day,
    /// Last day.
    pub ends_on: Day,
    /// The day shown.
    pub day: Day,
    /// How far it is in its time.
    pub month: ProgrammeMonth,
    /// Its targets and how far they are.
    pub targets: Vec<Target>,
    /// Its cities.
    pub cities: Counts,
    /// Its partnerships.
    pub partnerships: Counts,
    /// Its visits.
    pub visits: VisitShare,
    /// Its meetings and webinars.
    pub meetings: Counts,
    /// Its learnings.
    pub learnings: LearningShare,
    /// Its cooperation projects.
    pub projects: Counts,
    /// How many pilots there are.
    pub pilots: Counts,
    /// Its pilots, stage by stage.
    pub stages: Vec<Stage>,
    /// Its actions.
    pub actions: ActionShare,
    /// What each city takes part in, by name.
    pub by_city: Vec<CityShare>,
    /// What is late, longest first.
    pub late: Vec<Late>,
    /// What is missing, oldest first.
    pub missing: Vec<Missing>,
}

/// The dashboard of a programme on a day; `None` when there is no such programme.
pub fn dashboard(tables: &Tables, programme: ProgrammeId, day: Day) -> Option<Dashboard> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let row = ground.programme;
    let of_programme = tables.projects.rows().filter(|(_, project)| project.programme == programme);
    Some(Dashboard {
        programme,
        code: row.code.clone(),
        title: row.title.clone(),
        status: row.status,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        day,
        month: month(row.starts_on, row.ends_on, day),
        targets: figures(tables, programme, Period::default(), day)?.targets,
        cities: shares::counts(ground.cities().iter().map(|city| city.status)),
        partnerships: shares::counts(ground.partnerships().iter().map(|partnership| partnership.status)),
        visits: shares::visits(&ground),
        meetings: shares::counts(ground.meetings().iter().map(|meeting| meeting.status)),
        learnings: shares::learnings(&ground),
        projects: shares::counts(of_programme.map(|(_, project)| project.status)),
        pilots: shares::counts(ground.pilots().iter().map(|pilot| pilot.status)),
        stages: shares::stages(&ground),
        actions: shares::actions(&ground),
        by_city: shares::by_city(&ground),
        late: late::late(tables, &ground),
        missing: missing::missing(&ground),
    })
}

/// The programme month a day lies in.
fn month(starts_on: Day, ends_on: Day, day: Day) -> ProgrammeMonth {
    let index = |day: Day| i64::from(day.month().year) * 12 + i64::from(day.month().month);
    let of = (index(ends_on) - index(starts_on) + 1).max(0);
    let number = (index(day) - index(starts_on) + 1).clamp(0, of);
    let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    ProgrammeMonth { number: small(number), of: small(of) }
}
