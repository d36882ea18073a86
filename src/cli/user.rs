//! `koinon user`: people from the shell, by the same commands as everywhere. What it prints of a sign-in link is kept
//! nowhere else.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::{Args, Subcommand};
use koinon_events::{PersonId, Subject};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::app::{Caller, Koinon, Order};
use crate::config::Config;
use crate::views::{ListQuery, Moment};

/// How long the read models are waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Invites people, and makes sign-in links for them.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    verb: UserVerb,
}

#[derive(Debug, Subcommand)]
enum UserVerb {
    /// Invites a person, grants a role, and prints a link to sign in with, once and within 14 days
    #[command(
        after_help = "Example:\n  koinon user create --name 'Thandi Example' --email thandi@example.org --kind coordinator --role coordinator"
    )]
    Create {
        /// The person's name
        #[arg(long)]
        name: String,
        /// The person's e-mail address, which is what they sign in with
        #[arg(long)]
        email: String,
        /// What the person takes part as: administrator, coordinator, delegate, expert, officer or auditor
        #[arg(long)]
        kind: String,
        /// The role granted: one of the same words; none when left out
        #[arg(long)]
        role: Option<String>,
        /// What the role holds for, such as city/UUID; everything when left out
        #[arg(long, value_name = "KIND/UUID", requires = "role")]
        scope: Option<Subject>,
        /// The code of the programme the person takes part in
        #[arg(long, value_name = "CODE")]
        programme: Option<String>,
        /// Where the person works
        #[arg(long, default_value = "Not stated")]
        organisation: String,
    },
    /// Lists people: id, how far they are, what they take part as, roles, name
    #[command(after_help = "Example:\n  koinon user list")]
    List,
    /// Forgets which identity at the identity provider a person signs in with and ends the person's sessions; the next
    /// sign-in there links one anew
    #[command(after_help = "Example:\n  koinon user unlink 0197a8c2-0000-7000-8000-000000000001")]
    Unlink {
        /// The person's id
        person: Uuid,
    },
    /// Prints a new link for a person; the one before stops working
    #[command(after_help = "Example:\n  koinon user link 0197a8c2-0000-7000-8000-000000000001")]
    Link {
        /// The person's id
        person: Uuid,
        /// Also takes the second factor away, for who has lost both telephone and recovery codes
        #[arg(long)]
        reset_second_factor: bool,
    },
}

impl User {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let koinon = super::token::open(config).await?;
        let done = self.act(&koinon, config).await;
        koinon.close().await;
        done.map(|()| ExitCode::SUCCESS)
    }

    async fn act(&self, koinon: &Koinon, config: &Config) -> anyhow::Result<()> {
        match &self.verb {
            UserVerb::Create { name, email, kind, role, scope, programme, organisation } => {
                let programme = match programme {
                    Some(code) => Some(found(koinon, code).await?),
                    None => None,
                };
                let person = PersonId(koinon.clock().id());
                let body = json!({ "id": person, "name": name, "email": email, "organisation": organisation,
                    "languages": ["en"], "kind": kind });
                give(koinon, "InvitePerson", body, [("programme", programme.map(|id| json!(id)))]).await?;
                if let Some(role) = role {
                    let body = json!({ "person": person, "role": role });
                    give(koinon, "GrantRole", body, [("scope", scope.map(|scope| json!(scope)))])
                        .await
                        .with_context(|| format!("the person is invited as {person}, but has no role"))?;
                }
                link(koinon, config, person).await
            }
            UserVerb::List => list(koinon).await,
            UserVerb::Unlink { person } => {
                let person = PersonId(*person);
                let gone = koinon.unlink_identities(person).await.map_err(super::explained)?;
                let about = person.subject().to_string();
                koinon.note_security("identity-unlinked", "system/shell", "", &about).await;
                println!("{gone} forgotten");
                Ok(())
            }
            UserVerb::Link { person, reset_second_factor } => {
                let person = PersonId(*person);
                if *reset_second_factor {
                    koinon.take_factor_away(person).await.map_err(super::explained)?;
                    let about = person.subject().to_string();
                    koinon.note_security("second-factor-taken-away", "system/shell", "", &about).await;
                }
                link(koinon, config, person).await
            }
        }
    }
}

/// The id of the programme with that code.
async fn found(koinon: &Koinon, code: &str) -> anyhow::Result<koinon_events::ProgrammeId> {
    caught_up(koinon).await?;
    let programme = koinon.views().programme(code, Moment::Live).await?;
    programme.with_context(|| format!("there is no programme {code}"))
}

async fn caught_up(koinon: &Koinon) -> anyhow::Result<()> {
    let head = koinon.head().await?.position;
    koinon.views().wait_for(head, PATIENCE).await?;
    Ok(())
}

async fn give(koinon: &Koinon, name: &str, body: Value, more: [(&str, Option<Value>); 1]) -> anyhow::Result<()> {
    let mut body: Map<String, Value> = body.as_object().cloned().unwrap_or_default();
    body.extend(more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    let order = Order { name: name.to_owned(), body, ..Order::default() };
    koinon.execute(&Caller::system("shell")?, order).await.map_err(super::explained)?;
    Ok(())
}

/// Makes a link and prints it, with the address people reach the service under.
async fn link(koinon: &Koinon, config: &Config, person: PersonId) -> anyhow::Result<()> {
    let secret = koinon.make_link(&Caller::system("shell")?, person).await?;
    koinon.note_security("link-made", "system/shell", "", &person.subject().to_string()).await;
    let address = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
    println!("{}/invitation/{secret}", address.trim_end_matches('/'));
    Ok(())
}

async fn list(koinon: &Koinon) -> anyhow::Result<()> {
    caught_up(koinon).await?;
    let mut cursor = None;
    loop {
        let query = ListQuery { limit: Some(500), cursor, ..ListQuery::default() };
        let page = koinon.views().list("people", &query, Moment::Live).await?;
        for bytes in &page.items {
            let row: Value = serde_json::from_slice(bytes)?;
            match writeln!(std::io::stdout(), "{}", line(koinon, &row).await?) {
                // Whoever reads has seen enough.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
                written => written?,
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(());
        }
    }
}

async fn line(koinon: &Koinon, row: &Value) -> anyhow::Result<String> {
    let sealed: Vec<String> = row["name"]["sealed"].as_str().map(str::to_owned).into_iter().collect();
    let name = koinon.open_sealed(&sealed).await?.into_values().next().unwrap_or_default();
    let roles = row["grants"].as_array().into_iter().flatten().filter_map(|grant| {
        let role = grant["role"].as_str()?;
        Some(grant["scope"].as_str().map_or_else(|| role.to_owned(), |scope| format!("{role}@{scope}")))
    });
    let roles = roles.collect::<Vec<_>>().join(",");
    let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    // A name may hold anything; nothing in it may act on the terminal.
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    Ok([word("id"), word("status"), word("kind"), if roles.is_empty() { "-".to_owned() } else { roles }, name]
        .join("\t"))
}
