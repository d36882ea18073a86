//! `koinon export`: the log as NDJSON, byte for byte as recorded. Pages of records, so that a long reader never holds
//! the log.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use clap::Args;

use crate::config::Config;
use crate::store::{Options, Store};

/// How many records a page holds.
const PAGE: usize = 4096;

/// Which part of the log to write.
#[derive(Debug, Args)]
pub struct Export {
    /// Leave out this position and all before it
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: u64,
    /// Stop after this position
    #[arg(long, value_name = "N")]
    until: Option<u64>,
}

impl Export {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        each(config, self.after, self.until, |bytes| {
            out.write_all(bytes)?;
            Ok(out.write_all(b"\n")?)
        })
        .await?;
        out.flush()?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Hands on each record after one position up to another, at most to the head.
pub(super) async fn each(
    config: &Config,
    mut after: u64,
    until: Option<u64>,
    mut take: impl FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let store = Store::open(&config.database, &Options { create: false, ..Options::default() }).await?;
    let head = store.head().await?.position;
    let until = until.unwrap_or(head).min(head);
    while after < until {
        let page = store.records(after, Some(until), PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.position;
        for stored in page {
            take(&stored.bytes)?;
        }
    }
    Ok(())
}
