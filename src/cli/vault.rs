//! `koinon vault`: replacing the key that opens people's names, beside a running server.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::app::Koinon;
use crate::config::Config;

/// Replaces the vault's key.
#[derive(Debug, Args)]
pub struct Vault {
    #[command(subcommand)]
    verb: VaultVerb,
}

#[derive(Debug, Subcommand)]
enum VaultVerb {
    /// Adds a new key to the vault key file and wraps every person's key with it
    #[command(
        after_help = "Example:\n  koinon vault rotate\n  then restart every other server and run koinon vault rewrap"
    )]
    Rotate,
    /// Wraps with the newest key whatever is still wrapped with an older one; also finishes a rotation that was cut short
    #[command(after_help = "Example:\n  koinon vault rewrap")]
    Rewrap,
    /// Drops keys from the file that wrap nothing any more; the first one stays, since hashes hang on it
    #[command(after_help = "Example:\n  koinon vault drop-old")]
    DropOld,
}

impl Vault {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = super::token::open(config).await?;
        let done = self.act(&koinon).await;
        koinon.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }

    async fn act(&self, koinon: &Koinon) -> anyhow::Result<()> {
        let (generation, wrapped) = match self.verb {
            VaultVerb::Rotate => koinon.rotate_vault().await.map_err(super::explained)?,
            VaultVerb::Rewrap => koinon.rewrap_vault().await.map_err(super::explained)?,
            VaultVerb::DropOld => {
                let dropped = koinon.drop_old_vault_keys().await.map_err(super::explained)?;
                println!("{dropped} dropped. Older backups need the keys that were in the file when they were made.");
                return Ok(());
            }
        };
        koinon.note_security("vault-key-rotated", "system/shell", "", &format!("generation {generation}")).await;
        println!("{wrapped} persons' keys are wrapped anew; the newest key is of generation {generation}.");
        Ok(())
    }
}
