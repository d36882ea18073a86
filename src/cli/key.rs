//! `koinon key`: the key that signs checkpoints, and its change for another.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::app::Koinon;
use crate::config::Config;

/// Shows and changes the key that signs checkpoints.
#[derive(Debug, Args)]
pub struct Key {
    #[command(subcommand)]
    verb: KeyVerb,
}

#[derive(Debug, Subcommand)]
enum KeyVerb {
    /// Shows the verifier keys that sign, and how the log came to them
    #[command(after_help = "Example:\n  koinon key show")]
    Show,
    /// Makes a new key that signs beside the old one, and records that the old one hands the log over to it
    #[command(
        after_help = "Example:\n  koinon key rotate\n  koinon key retire      # when whoever verifies has the new key"
    )]
    Rotate,
    /// Takes the old key out of the key file: only the new one signs from then on
    #[command(after_help = "Example:\n  koinon key retire")]
    Retire,
}

impl Key {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = super::token::open(config).await?;
        let done = self.with(&koinon, &config.start().signing_key.display().to_string()).await;
        koinon.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }

    async fn with(&self, koinon: &Koinon, file: &str) -> anyhow::Result<()> {
        match &self.verb {
            KeyVerb::Show => show(koinon).await?,
            KeyVerb::Rotate => {
                let (position, key) = koinon.rotate_signing_key().await?;
                println!("{key}");
                eprintln!(
                    "Record {position} hands the log over to this key. Both keys in {file} sign now; a server that reads that \
                     file takes the new one up within ten seconds, any other needs the file first. Keep a copy of it, tell \
                     whoever verifies, then end it with “koinon key retire”."
                );
            }
            KeyVerb::Retire => {
                for key in koinon.retire_signing_keys().await? {
                    println!("{key}");
                }
                eprintln!("What is printed signs no more and is not in {file} any more.");
            }
        }
        Ok(())
    }
}

async fn show(koinon: &Koinon) -> anyhow::Result<()> {
    let keys = koinon.signing_keys().await?;
    println!("{}  in force", keys.in_force);
    for beside in &keys.beside {
        println!("{beside}  signs beside it");
    }
    for (position, rotation) in &keys.rotations {
        println!("{}  until record {position}", rotation.from());
    }
    if keys.unfinished {
        eprintln!("A change of the key was cut short before it was recorded. “koinon key rotate” finishes it.");
    } else if !keys.beside.is_empty() {
        eprintln!("Both keys sign until “koinon key retire”.");
    }
    Ok(())
}
