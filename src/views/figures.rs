//! Dashboard and figures: pure readings of the read models, of now or of the past.

use std::borrow::Cow;
use std::sync::Arc;

use koinon_events::value::Day;
use koinon_events::{CityId, LearningId, ProgrammeId, ReportId, Subject};
use koinon_projections::dashboard::{Dashboard, dashboard};
use koinon_projections::findings::{Finding, findings};
use koinon_projections::inbox::{Item, inbox};
use koinon_projections::quality::quality;
use koinon_projections::report::{Figures, Period, figures};
use koinon_projections::standing::{self, Reminder};
use koinon_projections::{Memory, Sight, Tables};

use super::{At, Moment, ViewError, Views};

impl Views {
    /// Where a programme stands (`/api/dashboard`) on a day, [`super::Standpoint::day`], as far as the reader sees;
    /// `None` when there is none.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn dashboard(
        &self,
        programme: ProgrammeId,
        at: Moment,
        day: Day,
        sight: Sight,
    ) -> Result<Option<At<Dashboard>>, ViewError> {
        self.reading(programme, at, move |tables| dashboard(&seen(tables, &sight), programme, day)).await
    }

    /// All figures of a programme (`/api/indicators`), counted by business dates within the period from what the reader
    /// sees; `None` when there is no such programme.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn figures(
        &self,
        programme: ProgrammeId,
        period: Period,
        at: Moment,
        day: Day,
        sight: Sight,
    ) -> Result<Option<At<Figures>>, ViewError> {
        self.reading(programme, at, move |tables| figures(&seen(tables, &sight), programme, period, day)).await
    }

    /// What waits in a programme (`/api/inbox`), for whomever; `None` when there is no such programme.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn inbox(
        &self,
        programme: ProgrammeId,
        at: Moment,
        day: Day,
    ) -> Result<Option<At<Vec<Item>>>, ViewError> {
        self.reading(programme, at, move |tables| inbox(tables, programme, day)).await
    }

    /// What a report of a programme still lacks (`/api/reports/{id}/findings`); `None` when there is no such report.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn findings(
        &self,
        programme: ProgrammeId,
        report: ReportId,
        at: Moment,
        day: Day,
    ) -> Result<Option<At<Vec<Finding>>>, ViewError> {
        self.reading(programme, at, move |tables| findings(tables, report, day)).await
    }

    /// The cities that a published learning is suggested to; `None` when it is not published.
    ///
    /// # Errors
    /// [`ViewError`] when nothing can be read; so for the two below.
    pub async fn suggested_to(
        &self,
        programme: ProgrammeId,
        learning: LearningId,
        day: Day,
    ) -> Result<Option<Vec<CityId>>, ViewError> {
        let read = move |tables: &Tables| standing::suggested_to(tables, programme, learning, day);
        Ok(self.reading(programme, Moment::Live, read).await?.map(|found| found.value))
    }

    /// What a city has a part in that is not at its end.
    ///
    /// # Errors
    /// As above.
    pub async fn open_matters(
        &self,
        programme: ProgrammeId,
        city: CityId,
        day: Day,
    ) -> Result<Option<Vec<Subject>>, ViewError> {
        let read = move |tables: &Tables| standing::open_matters(tables, programme, city, day);
        Ok(self.reading(programme, Moment::Live, read).await?.map(|found| found.value))
    }

    /// The reminders of periods' reports that a day asks for, none from before `since`.
    ///
    /// # Errors
    /// As above.
    pub async fn period_reminders(
        &self,
        programme: ProgrammeId,
        day: Day,
        since: Day,
    ) -> Result<Option<Vec<Reminder>>, ViewError> {
        let read = move |tables: &Tables| Some(standing::reminders(tables, programme, day, since));
        Ok(self.reading(programme, Moment::Live, read).await?.map(|found| found.value))
    }

    /// What is incomplete or odd in a programme (`/data-quality`); `None` when there is no such programme.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn quality(
        &self,
        programme: ProgrammeId,
        at: Moment,
        day: Day,
    ) -> Result<Option<At<Vec<Finding>>>, ViewError> {
        self.reading(programme, at, move |tables| quality(tables, programme, day)).await
    }

    async fn reading<R: Send + 'static>(
        &self,
        programme: ProgrammeId,
        at: Moment,
        read: impl FnOnce(&Tables) -> Option<R> + Send + 'static,
    ) -> Result<Option<At<R>>, ViewError> {
        let memory = self.rows_of(programme, at).await?;
        let position = memory.position();
        Ok(tokio::task::spawn_blocking(move || read(&memory.tables).map(|value| At { value, position })).await?)
    }

    /// All rows of a programme, and whatever else is at hand.
    async fn rows_of(&self, programme: ProgrammeId, at: Moment) -> Result<Arc<Memory>, ViewError> {
        let past = self.position_of(at).await?;
        let position = past.unwrap_or_else(|| self.applied());
        if let Some(kept) = self.programmes().at(programme, position, past.is_none()) {
            return Ok(kept);
        }
        let memory = match past {
            None => self.tables().of_programme(programme).await?,
            Some(position) => self.past().at(position).await?.of_programme(programme).await?,
        };
        let memory = Arc::new(memory);
        self.programmes().keep(programme, memory.position(), past.is_none(), &memory);
        Ok(memory)
    }
}

/// The rows that a reader sees; figures are then of these alone. Copies of tables share their rows.
fn seen<'a>(tables: &'a Tables, sight: &Sight) -> Cow<'a, Tables> {
    if sight.is_empty() {
        return Cow::Borrowed(tables);
    }
    let mut tables = tables.clone();
    for model in tables.models_mut() {
        if let Some(reach) = sight.get(&model.shape().kind) {
            model.keep(reach);
        }
    }
    Cow::Owned(tables)
}
