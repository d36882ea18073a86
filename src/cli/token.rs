//! `koinon token`: API tokens from the shell. A token is printed once and kept nowhere.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use koinon_events::Subject;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::app::{Caller, Koinon, Order};
use crate::clock::Clock;
use crate::config::Config;

/// Makes and revokes API tokens.
#[derive(Debug, Args)]
pub struct Token {
    #[command(subcommand)]
    verb: TokenVerb,
}

#[derive(Debug, Subcommand)]
enum TokenVerb {
    /// Makes a token and prints it; it works at once on every node
    #[command(after_help = "Example:\n  koinon token create --name reporting --role auditor")]
    Create {
        /// What the token is called
        #[arg(long)]
        name: String,
        /// The role it acts in: administrator, coordinator, delegate, expert, officer or auditor
        #[arg(long)]
        role: String,
        /// Where it may act, such as city/UUID; everywhere when left out
        #[arg(long, value_name = "KIND/UUID")]
        scope: Option<Subject>,
        /// The person it acts as; it acts as itself when left out
        #[arg(long, value_name = "ID")]
        person: Option<Uuid>,
    },
    /// Revokes a token
    #[command(
        after_help = "Example:\n  koinon token revoke 0197a8c2-0000-7000-8000-000000000001 --reason 'Laptop lost'"
    )]
    Revoke {
        /// The token's id
        token: Uuid,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// Opens the service; beside a demo, its story's time is kept, since times never go back along the log.
pub(super) async fn open(config: &Config) -> anyhow::Result<Koinon> {
    let koinon = Koinon::open(&config.start(), Clock::System).await?;
    if koinon.scope(crate::sample::programme_subject()).await?.is_none() {
        return Ok(koinon);
    }
    let now = koinon.head().await?.time;
    koinon.close().await;
    Koinon::open(&config.start(), Clock::simulated(now)).await
}

impl Token {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = open(config).await?;
        let answer = koinon.execute(&Caller::system("shell")?, self.order()).await;
        koinon.close().await;
        if let Some(secret) = answer.map_err(super::explained)?.secret {
            println!("{secret}");
        }
        Ok(ExitCode::SUCCESS)
    }

    fn order(&self) -> Order {
        let (name, fields) = match &self.verb {
            TokenVerb::Create { name, role, scope, person } => (
                "CreateToken",
                vec![
                    ("name", Some(json!(name))),
                    ("role", Some(json!(role))),
                    ("scope", scope.map(|scope| json!(scope))),
                    ("person", person.map(|person| json!(person))),
                ],
            ),
            TokenVerb::Revoke { token, reason } => {
                ("RevokeToken", vec![("token", Some(json!(token))), ("reason", Some(json!(reason)))])
            }
        };
        let body: Map<String, Value> =
            fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        Order { name: name.to_owned(), body, ..Order::default() }
    }
}
