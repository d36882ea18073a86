//! `koinon replay`: tells the history in plain words, one event a line, or prints a programme as it stood at a moment.
//! It only reads: nothing is appended, nothing is sent. People are called by what they are, not by name.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;
use koinon_events::value::Timestamp;
use koinon_events::{Actor, ProgrammeId, Role, TokenId};
use koinon_projections::dashboard::Dashboard;
use koinon_projections::report::Figures;

use crate::access::Grant;
use crate::app::{Caller, EventFilter, Koinon};
use crate::clock::Clock;
use crate::config::Config;
use crate::locale::{day, locale, moment};
use crate::views::{ListQuery, Moment, Period};
use crate::web::Site;
use crate::web::query::Query;
use crate::web::reads::View;
use crate::web::told::tell;

/// How many events are told at a time.
const PAGE: usize = 500;

/// The longest wait between two events, however long ago one followed the other.
const LONGEST: Duration = Duration::from_secs(5);

/// What to tell.
#[derive(Debug, Args)]
pub struct Replay {
    /// Print the dashboard as it stood after this position or at this time, such as 412 or 2022-06-30T00:00:00Z
    #[arg(long, value_name = "N|TIME")]
    as_of: Option<String>,
    /// So many times faster than it happened; without it, as fast as can be
    #[arg(long, value_name = "X", value_parser = faster)]
    speed: Option<f64>,
}

fn faster(text: &str) -> Result<f64, String> {
    let speed: f64 = text.parse().map_err(|_| "must be a number such as 100000".to_owned())?;
    if speed.is_finite() && speed > 0.0 { Ok(speed) } else { Err("must be above zero".to_owned()) }
}

impl Replay {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = Koinon::open_existing(&config.start(), Clock::System).await?;
        let head = koinon.head().await?.position;
        koinon.views().wait_for(head, Duration::from_secs(600)).await?;
        let site = Site::new(koinon.clone(), "http://localhost", None, None, false);
        // An officer reads every record, and of people only what they are.
        let grants = vec![Grant::new(Role::Officer, None, None)];
        let nobody = Actor::Token(TokenId(uuid::Uuid::nil()));
        let caller = Caller { actor: nobody, grants, name: String::new() };
        let told = match &self.as_of {
            Some(as_of) => as_it_stood(&site, &caller, as_of).await,
            None => self.history(&site, &caller, head).await,
        };
        koinon.close().await;
        told.map(|()| ExitCode::SUCCESS)
    }

    async fn history(&self, site: &Site, caller: &Caller, head: u64) -> anyhow::Result<()> {
        let view = View::open(site, caller, Moment::Live).await.map_err(refused)?;
        let mut out = std::io::stdout();
        let (mut after, mut last): (u64, Option<Timestamp>) = (0, None);
        while after < head {
            let mut reading = site.koinon.records(caller, &EventFilter::default(), after, PAGE).await?;
            reading.records.retain(|record| record.position <= head);
            for told in tell(&view, &reading.records).await.map_err(refused)? {
                self.wait(last, told.time).await;
                last = Some(told.time);
                let line = format!(
                    "{:>7}  {}  {}: {} {}",
                    told.position,
                    moment(locale("en"), told.time),
                    told.what,
                    told.who,
                    told.sentence
                );
                match writeln!(out, "{line}") {
                    Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                    written => written?,
                }
            }
            after = reading.until;
        }
        Ok(())
    }

    async fn wait(&self, last: Option<Timestamp>, next: Timestamp) {
        let (Some(speed), Some(last)) = (self.speed, last) else { return };
        let apart = u64::try_from(next.micros() - last.micros()).unwrap_or_default();
        let wait = Duration::try_from_secs_f64(Duration::from_micros(apart).as_secs_f64() / speed).unwrap_or(LONGEST);
        tokio::time::sleep(wait.min(LONGEST)).await;
    }
}

fn refused(refusal: crate::web::failure::Refusal) -> anyhow::Error {
    anyhow::anyhow!(refusal.detail)
}

async fn as_it_stood(site: &Site, caller: &Caller, as_of: &str) -> anyhow::Result<()> {
    let at = Query::parse(&format!("as_of={as_of}")).moment().map_err(refused)?;
    let view = View::open(site, caller, at).await.map_err(refused)?;
    let programmes = site.koinon.views().list("programmes", &ListQuery::default(), at).await?;
    if programmes.items.is_empty() {
        bail!("there was no programme yet after event {}", view.position);
    }
    for row in programmes.items {
        let row: serde_json::Value = serde_json::from_slice(&row)?;
        let id = row["id"].as_str().and_then(|id| id.parse().ok()).map(ProgrammeId).context("a programme has no id")?;
        let dashboard =
            site.koinon.views().dashboard(id, at, view.day, view.sight()).await?.context("the programme is gone")?;
        let figures = site.koinon.views().figures(id, Period::default(), at, view.day, view.sight()).await?;
        let figures = figures.context("the programme is gone")?;
        print!("{}", page(&dashboard.value, &figures.value, view.position));
    }
    Ok(())
}

/// A programme as plain text.
fn page(dashboard: &Dashboard, figures: &Figures, position: u64) -> String {
    let english = locale("en");
    let mut lines = vec![
        dashboard.title.in_language("en").to_owned(),
        format!("As it stood after event {position}, on {}", day(english, dashboard.day)),
        format!("Month {} of {}", dashboard.month.number, dashboard.month.of),
        String::new(),
    ];
    for figure in &figures.figures {
        let value = figure.value.to_string();
        let (counted, not) = (figure.counted.len(), figure.not_counted.len());
        lines.push(format!("{value:>10}  {} ({counted} counted, {not} looked at and not counted)", figure.name));
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}
