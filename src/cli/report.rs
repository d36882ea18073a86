//! `koinon report`: a periodic report as files, from a database or from an export of its log. Appends nothing.
//!
//! A report that was handed in shows the position it was frozen at, a draft the head.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use koinon_events::ReportId;
use koinon_events::report::ReportScope;
use koinon_projections::Tables;
use koinon_projections::reports::ReportRow;

use super::export;
use crate::app::Koinon;
use crate::clock::Clock;
use crate::config::Config;
use crate::report::{Folded, Format, bundle, frozen, manifest};

/// Which report to write, in which formats.
#[derive(Debug, Args)]
pub struct Report {
    /// The period's number, CODE/NUMBER with several programmes, or a report's id
    #[arg(value_name = "PERIOD")]
    period: String,
    /// The formats, with commas between: pdf, xlsx, csv, json, html, iati; or bundle
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "pdf,xlsx,csv,json,html,iati")]
    format: Vec<Wanted>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Compute it from the first N records
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    as_of: Option<u64>,
    /// Compute it from an export of the log instead of a database
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

/// A form that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A file of that format.
    File(Format),
    /// The evidence bundle.
    Bundle,
}

impl std::str::FromStr for Wanted {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "bundle" { Ok(Self::Bundle) } else { name.parse().map(Self::File) }
    }
}

impl Report {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let mut folded = self.fold(config, self.as_of).await?;
        let row = chosen(&folded.memory.tables, &self.period)?;
        let report = row.id;
        let frozen = frozen(row).filter(|position| self.as_of.is_none() && *position < folded.size());
        if let Some(position) = frozen {
            folded = self.fold(config, Some(position)).await?;
        }
        let composed = folded.compose(report)?;
        let mut files = BTreeMap::new();
        for wanted in &self.format {
            if let Wanted::File(format) = wanted {
                files.insert(format.file(), format.write(&composed)?);
            }
        }
        if !files.is_empty() {
            let listing = manifest(&composed, &files)?;
            files.insert("manifest.json".to_owned(), listing);
        }
        if self.format.contains(&Wanted::Bundle) {
            files.insert(bundle::FILE.to_owned(), self.bundle(config, report, composed.size).await?);
        }
        std::fs::create_dir_all(&self.output).with_context(|| format!("cannot make {}", self.output.display()))?;
        for (name, bytes) in files {
            let path = self.output.join(name);
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            println!("{}", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The evidence bundle, which only the log's own database can prove and sign.
    async fn bundle(&self, config: &Config, report: ReportId, position: u64) -> anyhow::Result<Vec<u8>> {
        if self.from.is_some() {
            bail!("a bundle holds a signed checkpoint, so that it needs the database; leave out --from");
        }
        let koinon = Koinon::open_existing(&config.start(), Clock::System).await?;
        let bytes = koinon.report_bundle(report, position).await;
        koinon.close().await;
        Ok(bytes.map_err(super::explained)?.to_vec())
    }

    async fn fold(&self, config: &Config, until: Option<u64>) -> anyhow::Result<Folded> {
        let mut folded = Folded::default();
        match &self.from {
            Some(path) => fold_file(path, until, &mut folded)?,
            None => export::each(config, 0, until, |bytes| Ok(folded.next(bytes)?)).await?,
        }
        if let Some(wanted) = until
            && folded.size() < wanted
        {
            bail!("the log holds {} records, fewer than the {wanted} asked for", folded.size());
        }
        Ok(folded)
    }
}

fn fold_file(path: &Path, until: Option<u64>, folded: &mut Folded) -> anyhow::Result<()> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    while until.is_none_or(|until| folded.size() < until) && lines.read_until(b'\n', &mut line)? > 0 {
        if line.pop() != Some(b'\n') {
            bail!("record {} of {} is cut off", folded.size() + 1, path.display());
        }
        folded.next(&line)?;
        line.clear();
    }
    Ok(())
}

/// The report that is meant.
fn chosen<'a>(tables: &'a Tables, wanted: &str) -> anyhow::Result<&'a ReportRow> {
    if let Ok(id) = wanted.parse::<uuid::Uuid>() {
        return tables.reports.get(id).with_context(|| format!("there is no report {id}"));
    }
    let (code, number) = wanted.rsplit_once('/').map_or((None, wanted), |(code, number)| (Some(code), number));
    let Ok(number) = number.parse::<u32>() else {
        bail!("{wanted} is no period; give its number, CODE/NUMBER or a report's id");
    };
    let programmes: Vec<_> = tables
        .programmes
        .rows()
        .map(|(_, programme)| programme)
        .filter(|programme| code.is_none_or(|code| programme.code.as_str() == code))
        .collect();
    let programme = match programmes.as_slice() {
        [programme] => programme.id,
        [] => bail!("there is no such programme"),
        _ => bail!("there are several programmes; give CODE/{number}"),
    };
    let of_period: Vec<&ReportRow> = tables
        .reports
        .rows()
        .map(|(_, row)| row)
        .filter(|row| row.programme == programme && row.period == number)
        .collect();
    let whole: Vec<&ReportRow> =
        of_period.iter().copied().filter(|row| row.scope == ReportScope::Programme {}).collect();
    match (whole.as_slice(), of_period.as_slice()) {
        ([row], _) | ([], [row]) => Ok(row),
        (_, []) => bail!("there is no report on period {number}"),
        _ => {
            let ids: Vec<String> = of_period.iter().map(|row| row.id.to_string()).collect();
            bail!("there are several reports on period {number}; give one's id: {}", ids.join(", "))
        }
    }
}
