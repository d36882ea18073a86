//! `koinon retention`: who is due for erasure, since their last programme was closed long ago. Without `--apply` it only tells.
//!
//! It acts as the rule: the log says that `system/retention` erased them. Nobody is named; people stand here by their ids.

use std::process::ExitCode;

use clap::Args;

use crate::app::{Caller, Kept, Koinon};
use crate::clock::Clock;
use crate::config::Config;

/// Whether to erase.
#[derive(Debug, Args)]
pub struct Retention {
    /// Erases those who are due; without it nothing is changed
    #[arg(long)]
    apply: bool,
}

impl Retention {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = Koinon::open_existing(&config.start(), Clock::System).await?;
        let done = self.look(&koinon).await;
        koinon.close().await;
        done
    }

    async fn look(&self, koinon: &Koinon) -> anyhow::Result<ExitCode> {
        let rule = Caller::system("retention")?;
        let found = koinon.retention(&rule).await?;
        println!(
            "On {}, at position {}: {} due for erasure, {} held. Kept for {} years after the last programme was closed.",
            found.day,
            found.position,
            found.due.len(),
            found.held.len(),
            found.years
        );
        for kept in &found.held {
            let until = kept.held_until.map(|until| until.to_string()).unwrap_or_default();
            println!("held until {until}: {}", told(kept));
        }
        for kept in &found.due {
            if self.apply {
                let position = koinon.erase_due(&rule, kept).await.map_err(super::explained)?;
                println!("erased at position {position}: {}", told(kept));
            } else {
                println!("due: {}", told(kept));
            }
        }
        if !self.apply && !found.due.is_empty() {
            println!("Nothing was erased. Give --apply to erase those who are due.");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(kept: &Kept) -> String {
    let programmes = kept.programmes.join(", ");
    format!("person/{} of {programmes}, the last closed on {}, due since {}", kept.person.0, kept.closed_on, kept.since)
}
