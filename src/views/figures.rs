//! Dashboard and figures: pure readings of the read models, of now or of the past.

use std::sync::Arc;

use koinon_events::value::Day;
use koinon_events::{ProgrammeId, ReportId};
use koinon_projections::dashboard::{Dashboard, dashboard};
use koinon_projections::findings::{Finding, findings};
use koinon_projections::inbox::{Item, inbox};
use koinon_projections::quality::quality;
use koinon_projections::report::{Figures, Period, figures};
use koinon_projections::{Memory, Tables};

use super::{At, Moment, ViewError, Views};

impl Views {
    /// Where a programme stands (`/api/dashboard`) on a day, [`super::Standpoint::day`]; `None` when there is none.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn dashboard(
        &self,
        programme: ProgrammeId,
        at: Moment,
        day: Day,
    ) -> Result<Option<At<Dashboard>>, ViewError> {
        self.reading(programme, at, move |tables| dashboard(tables, programme, day)).await
    }

    /// All figures of a programme (`/api/indicators`), counted by business dates within the period; `None` when there
    /// is no such programme.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn figures(
        &self,
        programme: ProgrammeId,
        period: Period,
        at: Moment,
        day: Day,
    ) -> Result<Option<At<Figures>>, ViewError> {
        self.reading(programme, at, move |tables| figures(tables, programme, period, day)).await
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
            Some(position) => self.past().at(position).await?.of_programme(programme, position).await?,
        };
        let memory = Arc::new(memory);
        self.programmes().keep(programme, memory.position(), past.is_none(), &memory);
        Ok(memory)
    }
}
