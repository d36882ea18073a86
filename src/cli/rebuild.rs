//! `koinon rebuild`: folds read models anew beside the live ones, says how they differ, and puts them in their place; or
//! only compares. What is served meanwhile are the live ones. A rebuild that was killed goes on where it was.
//!
//! Exit code 0: done, or no difference found. 1: `--check` found rows that are not what the log says.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use koinon_projections::ALL;

use crate::clock::Clock;
use crate::config::Config;
use crate::store::{Options, Store};
use crate::views::{Difference, Progress, RebuildOptions, Rebuilt, Skipped, Views};

/// Which read models to rebuild.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// The read models, such as visits; all of them when none is named
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only fold and compare; exit with 1 when a row differs
    #[arg(long)]
    check: bool,
    /// Put back what was served before the last rebuild, at once; doing it again takes it back
    #[arg(long, conflicts_with = "check")]
    back: bool,
    /// Only the read models that hold a subject back or have stopped, when the program can fold its events by now
    #[arg(long, conflicts_with_all = ["check", "back", "names"])]
    retry: bool,
    /// Pass over the event at that position, which no read model can fold, and fold anew what it held back
    #[arg(long, value_name = "POSITION", conflicts_with_all = ["check", "back", "retry", "names"], requires = "reason")]
    skip: Option<u64>,
    /// Why it is passed over; kept, and told in /api/status
    #[arg(long, value_name = "WHY", requires = "skip")]
    reason: Option<String>,
}

impl Rebuild {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let known: Vec<&str> = ALL.iter().map(|shape| shape.name).collect();
        if let Some(strange) = self.names.iter().find(|name| !known.contains(&name.as_str())) {
            bail!("there is no read model {strange}; the read models are {}", known.join(", "));
        }
        let store = Store::open(&config.database, &Options { create: false, ..Options::default() }).await?;
        let head = store.head().await?.position;
        let views = Views::open(store.clone()).await?;
        let done = if self.back { self.go_back(&views).await } else { self.fold(&views, head).await };
        views.stop().await;
        drop(views);
        store.close().await;
        done
    }

    async fn go_back(&self, views: &Views) -> anyhow::Result<ExitCode> {
        let back = views.back(&self.names).await?;
        if back.is_empty() {
            bail!("nothing is kept from before a rebuild, so there is nothing to go back to");
        }
        back.iter().for_each(|name| println!("{name}: what was served before the last rebuild is served again"));
        Ok(ExitCode::SUCCESS)
    }

    async fn fold(&self, views: &Views, head: u64) -> anyhow::Result<ExitCode> {
        if let (Some(position), Some(reason)) = (self.skip, &self.reason) {
            pass_over(views, position, reason).await?;
        }
        let only_ailing = self.retry || self.skip.is_some();
        let names = if only_ailing { views.ailing().await? } else { self.names.clone() };
        if only_ailing && names.is_empty() {
            println!("No read model holds anything back.");
            return Ok(ExitCode::SUCCESS);
        }
        let bar = bar(head)?;
        let progress = |Progress { done, of }| {
            bar.set_length(of);
            bar.set_position(done);
        };
        // How they differ is said before they are switched.
        let found = |one: &Rebuilt| bar.suspend(|| println!("{}", told(one)));
        let options = RebuildOptions { check: self.check, ..RebuildOptions::default() };
        let rebuilt = views.rebuild_telling(&names, options, progress, found).await;
        bar.finish();
        let rebuilt = rebuilt?;
        let is_swapped = rebuilt.iter().any(|one| one.swapped);
        if is_swapped {
            println!(
                "The rebuilt read models are served now; “koinon rebuild --back” puts back what was served before."
            );
        }
        for held in views.parked().await?.iter().filter(|_| is_swapped) {
            println!(
                "{}: {} is held back since event {}: {}",
                held.projection, held.subject, held.position, held.reason
            );
        }
        let is_different = rebuilt.iter().any(|one| one.different > 0);
        Ok(if self.check && is_different { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

async fn pass_over(views: &Views, position: u64, reason: &str) -> anyhow::Result<()> {
    if reason.trim().is_empty() {
        bail!("say in --reason why event {position} is passed over");
    }
    let at = Clock::System.now().to_string();
    if !views.skip(Skipped { position, reason: reason.trim().to_owned(), at }).await? {
        bail!("event {position} holds nothing back, so it is not passed over; /api/status says which do");
    }
    Ok(())
}

fn bar(head: u64) -> anyhow::Result<ProgressBar> {
    let bar = ProgressBar::with_draw_target(Some(head), ProgressDrawTarget::stderr());
    let template = "{bar:32} {human_pos} of {human_len} events, {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(template)?);
    Ok(bar)
}

/// What a rebuild of one read model found, a line, and a line for each of the first differences.
fn told(rebuilt: &Rebuilt) -> String {
    let Rebuilt { name, rows, different, .. } = rebuilt;
    let differences = match different {
        0 => "no difference".to_owned(),
        1 => "1 row differs".to_owned(),
        several => format!("{several} rows differ"),
    };
    let mut lines = format!("{name}: {rows} rows, {differences}");
    for Difference { id, live, rebuilt } in &rebuilt.differences {
        let what = match (live, rebuilt) {
            (None, _) => "was missing",
            (_, None) => "should not be there",
            _ => "is not what the log says",
        };
        lines.push_str(&format!("\n  {id} {what}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_differs_is_told_row_by_row() {
        let difference = Difference { id: Uuid::nil(), live: None, rebuilt: Some(Bytes::from_static(b"{}")) };
        let mut rebuilt = Rebuilt { name: "visits", rows: 7, different: 0, differences: Vec::new(), swapped: true };
        assert_eq!(told(&rebuilt), "visits: 7 rows, no difference");
        rebuilt = Rebuilt { different: 1, differences: vec![difference], swapped: false, ..rebuilt };
        assert_eq!(told(&rebuilt), format!("visits: 7 rows, 1 row differs\n  {} was missing", Uuid::nil()));
    }
}
