//! The command line: `koinon COMMAND`. Each command is one file; this one reads the arguments and turns failures into
//! a sentence and an exit code.

mod backup;
mod demo;
mod export;
mod key;
mod openapi;
mod rebuild;
mod replay;
mod report;
mod restore;
mod retention;
mod schema;
mod serve;
mod token;
mod user;
mod vault;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;

/// The shared, verifiable record of cities working together.
#[derive(Debug, Parser)]
#[command(
    name = "koinon",
    version,
    about,
    after_help = "Example:\n  koinon demo\n  then open http://127.0.0.1:8080",
    propagate_version = true
)]
pub struct Arguments {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Fills an empty log with the sample programme and serves it
    #[command(after_help = "Example:\n  koinon demo --listen 127.0.0.1:8080")]
    Demo,
    /// Serves pages, API and feeds
    #[command(after_help = "Example:\n  koinon serve --database postgres://koinon@localhost/koinon")]
    Serve,
    /// Writes the log as NDJSON, one record a line, byte for byte as recorded
    #[command(after_help = "Example:\n  koinon export --after 1000 > log.ndjson")]
    Export(export::Export),
    /// Recomputes every hash and the root, and names the first record that does not match
    #[command(
        after_help = "Example:\n  koinon verify sqlite:koinon.db\n  koinon verify log.ndjson --checkpoint checkpoint.txt --key vkey"
    )]
    Verify(verify::Verify),
    /// Tells the history in plain words, or prints a programme as it stood
    #[command(after_help = "Example:\n  koinon replay | less\n  koinon replay --as-of 2022-06-30T00:00:00Z")]
    Replay(replay::Replay),
    /// Rebuilds read models beside the live ones, shows how they differ, and swaps
    #[command(after_help = "Example:\n  koinon rebuild visits\n  koinon rebuild --check")]
    Rebuild(rebuild::Rebuild),
    /// Makes a consistent, verified copy of a SQLite log and its documents while it is served
    #[command(
        after_help = "Example:\n  koinon backup /var/backups/koinon-2022-06-30.db\n  koinon backup --only-documents /var/backups/documents"
    )]
    Backup(backup::Backup),
    /// Puts a backup where there is nothing yet, verified first
    #[command(
        after_help = "Example:\n  koinon restore /var/backups/koinon-2022-06-30.db --database sqlite:koinon.db\n  koinon restore --only-documents /var/backups/documents"
    )]
    Restore(restore::Restore),
    /// Tells whose personal data are kept long enough, and erases them when asked to
    #[command(after_help = "Example:\n  koinon retention\n  koinon retention --apply")]
    Retention(retention::Retention),
    /// Writes a periodic report as files, from a database or an export
    #[command(
        after_help = "Example:\n  koinon report 1 --format pdf,xlsx -o report\n  koinon report 1 --as-of 1000 --from log.ndjson -o again"
    )]
    Report(report::Report),
    /// Makes and revokes API tokens
    #[command(after_help = "Example:\n  koinon token create --name reporting --role auditor")]
    Token(token::Token),
    /// Invites people and makes sign-in links for them
    #[command(
        after_help = "Example:\n  koinon user create --name 'Thandi Example' --email thandi@example.org --kind coordinator --role coordinator"
    )]
    User(user::User),
    /// Replaces the key that opens people's names
    #[command(after_help = "Example:\n  koinon vault rotate")]
    Vault(vault::Vault),
    /// Shows and changes the key that signs checkpoints
    #[command(after_help = "Example:\n  koinon key show\n  koinon key rotate")]
    Key(key::Key),
    /// Prints the description of the API (OpenAPI 3.1)
    #[command(after_help = "Example:\n  koinon openapi > openapi.json")]
    Openapi,
    /// Prints the JSON Schemas of all commands and events
    #[command(after_help = "Example:\n  koinon schema > schema.json")]
    Schema,
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("koinon: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn execute(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = arguments.settings.resolve()?;
    crate::telemetry::start(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match arguments.command {
            Verb::Demo => demo::run(&config).await,
            Verb::Serve => serve::run(&config).await,
            Verb::Export(export) => export.run(&config).await,
            Verb::Verify(verify) => verify.run(&config).await,
            Verb::Replay(replay) => replay.run(&config).await,
            Verb::Rebuild(rebuild) => rebuild.run(&config).await,
            Verb::Backup(backup) => backup.run(&config).await,
            Verb::Retention(retention) => retention.run(&config).await,
            Verb::Restore(restore) => restore.run(&config).await,
            Verb::Report(report) => report.run(&config).await,
            Verb::Token(token) => token.run(&config).await,
            Verb::User(user) => user.run(&config).await,
            Verb::Vault(vault) => vault.run(&config).await,
            Verb::Key(key) => key.run(&config).await,
            Verb::Openapi => openapi::run(),
            Verb::Schema => schema::run(),
        }
    })
}

/// Prints a JSON document.
fn print(document: &serde_json::Value) -> anyhow::Result<ExitCode> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, document)?;
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

/// A failure with every finding in it, for the shell.
fn explained(failure: crate::app::Failure) -> anyhow::Error {
    match failure {
        crate::app::Failure::Unfit(findings) => {
            let lines: Vec<String> =
                findings.iter().map(|finding| format!("{} {}", finding.pointer, finding.message)).collect();
            anyhow::anyhow!(lines.join("; "))
        }
        other => other.into(),
    }
}
