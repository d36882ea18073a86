//! Settings: a flag, an environment variable or a line in `koinon.toml`, in that order of strength. A setting nobody
//! knows is an error that names it; a secret is never a setting, only the file that holds it is.

mod provider;
mod proxies;
mod smtp;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde::Deserialize;

use crate::app::{RETENTION_YEARS, Start};
pub use smtp::{Protection, Smtp};

/// The file settings may stand in, in the working directory.
const FILE: &str = "koinon.toml";

/// Every environment variable that is a setting.
const VARIABLES: [&str; 23] = [
    "KOINON_DATABASE",
    "KOINON_LISTEN",
    "KOINON_PUBLIC_URL",
    "KOINON_SIGNING_KEY_FILE",
    "KOINON_VAULT_KEY_FILE",
    "KOINON_DOCUMENTS",
    "KOINON_TRUSTED_CHECKPOINT",
    "KOINON_RETENTION_YEARS",
    "KOINON_WEBHOOK_ALLOW_PRIVATE",
    "KOINON_TRUSTED_PROXIES",
    "KOINON_PROXY_HEADER",
    "KOINON_OIDC_ISSUER",
    "KOINON_OIDC_CLIENT_ID",
    "KOINON_OIDC_CLIENT_SECRET_FILE",
    "KOINON_OIDC_LABEL",
    "KOINON_OIDC_SECOND_FACTOR",
    "KOINON_SMTP_URL",
    "KOINON_SMTP_USER",
    "KOINON_SMTP_PASSWORD_FILE",
    "KOINON_SMTP_CA_FILE",
    "KOINON_MAIL_FROM",
    "KOINON_LOG",
    "KOINON_LOG_FORMAT",
];

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
    Json,
}

/// Settings as flags and environment variables give them.
#[derive(Debug, Clone, Default, Args)]
pub struct Settings {
    /// Where the log lives: sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite:koinon.db]
    #[arg(long, global = true, env = "KOINON_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "KOINON_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// The address under which the public reaches this service
    #[arg(long, global = true, env = "KOINON_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// The file with the key that signs checkpoints [default: koinon-signing.key]
    #[arg(long, global = true, env = "KOINON_SIGNING_KEY_FILE", value_name = "FILE")]
    signing_key_file: Option<PathBuf>,
    /// The file with the keys that guard personal values [default: koinon-vault.key]
    #[arg(long, global = true, env = "KOINON_VAULT_KEY_FILE", value_name = "FILE")]
    vault_key_file: Option<PathBuf>,
    /// The folder with the bytes of documents [default: koinon-documents beside the SQLite file, else in the working directory]
    #[arg(long, global = true, env = "KOINON_DOCUMENTS", value_name = "FOLDER")]
    documents: Option<PathBuf>,
    /// A file with a signed checkpoint that the log must contain; else it is only read
    #[arg(long, global = true, env = "KOINON_TRUSTED_CHECKPOINT", value_name = "FILE")]
    trusted_checkpoint: Option<PathBuf>,
    /// How many years personal data are kept after a person's last programme was closed [default: 5]
    #[arg(long, global = true, env = "KOINON_RETENTION_YEARS", value_name = "YEARS")]
    retention_years: Option<u32>,
    /// Which log lines to write, such as info or koinon=debug [default: info]
    #[arg(long, global = true, env = "KOINON_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How log lines look [default: text]
    #[arg(long, global = true, env = "KOINON_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// Lets webhooks send to addresses inside your own network
    #[arg(long, global = true, env = "KOINON_WEBHOOK_ALLOW_PRIVATE")]
    webhook_allow_private: bool,
    #[command(flatten)]
    proxies: proxies::ProxyFlags,
    #[command(flatten)]
    oidc: provider::Flags,
    /// The mail server: smtps://HOST, smtp://HOST (STARTTLS) or smtp+plain://127.0.0.1:PORT. Without it no mail is sent
    #[arg(long, global = true, env = "KOINON_SMTP_URL", value_name = "URL")]
    smtp_url: Option<String>,
    /// The name to sign in with at the mail server
    #[arg(long, global = true, env = "KOINON_SMTP_USER", value_name = "NAME")]
    smtp_user: Option<String>,
    /// The file with the password for the mail server
    #[arg(long, global = true, env = "KOINON_SMTP_PASSWORD_FILE", value_name = "FILE")]
    smtp_password_file: Option<PathBuf>,
    /// A file with the certificate, as PEM, that the mail server's must descend from, beside the public ones
    #[arg(long, global = true, env = "KOINON_SMTP_CA_FILE", value_name = "FILE")]
    smtp_ca_file: Option<PathBuf>,
    /// The address that mail comes from
    #[arg(long, global = true, env = "KOINON_MAIL_FROM", value_name = "ADDRESS")]
    mail_from: Option<String>,
}

/// The lines of `koinon.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    database: Option<String>,
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    signing_key_file: Option<PathBuf>,
    vault_key_file: Option<PathBuf>,
    documents: Option<PathBuf>,
    trusted_checkpoint: Option<PathBuf>,
    retention_years: Option<u32>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    webhook_allow_private: Option<bool>,
    trusted_proxies: Option<String>,
    proxy_header: Option<crate::proxies::Told>,
    oidc_issuer: Option<String>,
    oidc_client_id: Option<String>,
    oidc_client_secret_file: Option<PathBuf>,
    oidc_label: Option<String>,
    oidc_second_factor: Option<String>,
    smtp_url: Option<String>,
    smtp_user: Option<String>,
    smtp_password_file: Option<PathBuf>,
    smtp_ca_file: Option<PathBuf>,
    mail_from: Option<String>,
}

/// The settings in force.
#[derive(Clone)]
pub struct Config {
    /// Where the log lives.
    pub database: String,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The address under which the public reaches this service.
    pub public_url: Option<String>,
    /// The file with the key that signs checkpoints.
    pub signing_key_file: PathBuf,
    /// The file with the keys that guard personal values.
    pub vault_key_file: PathBuf,
    /// The folder with the bytes of documents.
    pub documents: PathBuf,
    /// A file with a signed checkpoint that the log must contain.
    pub trusted_checkpoint: Option<PathBuf>,
    /// How many years personal data are kept after a person's last programme was closed.
    pub retention_years: u32,
    /// Which log lines to write.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Whether webhooks may send to addresses inside the own network.
    pub webhook_allow_private: bool,
    /// The proxies whose word is taken for where a request comes from.
    pub proxies: crate::proxies::Proxies,
    /// The identity provider that people may sign in with.
    pub provider: Option<crate::oidc::Settings>,
    /// Where mail is sent through; without it none is.
    pub smtp: Option<Smtp>,
}

impl Settings {
    /// The settings in force: flags over environment over `koinon.toml` over defaults.
    ///
    /// # Errors
    /// An unknown setting or a value that does not fit, by name.
    pub fn resolve(self) -> anyhow::Result<Config> {
        refuse_unknown_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
        let lines = read_file(Path::new(FILE))?;
        self.over(lines)
    }

    fn over(self, lines: Lines) -> anyhow::Result<Config> {
        let proxies = self.proxies.over(&lines)?;
        let provider = self.oidc.over(&lines)?;
        let public_url = self.public_url.or(lines.public_url);
        if let Some(url) = &public_url
            && koinon_events::value::WebAddress::parse(url).is_err()
        {
            bail!("public_url must be a web address such as https://koinon.example.org");
        }
        let smtp = Smtp::of(smtp::Given {
            url: self.smtp_url.or(lines.smtp_url),
            user: self.smtp_user.or(lines.smtp_user),
            password_file: self.smtp_password_file.or(lines.smtp_password_file),
            ca_file: self.smtp_ca_file.or(lines.smtp_ca_file),
            from: self.mail_from.or(lines.mail_from),
        })?;
        let retention_years = self.retention_years.or(lines.retention_years).unwrap_or(RETENTION_YEARS);
        if !(1..=100).contains(&retention_years) {
            bail!("retention_years must be a number of years from 1 to 100");
        }
        let database = self.database.or(lines.database).unwrap_or_else(|| "sqlite:koinon.db".to_owned());
        Ok(Config {
            documents: self.documents.or(lines.documents).unwrap_or_else(|| beside(&database)),
            database,
            listen: self.listen.or(lines.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url,
            signing_key_file: self
                .signing_key_file
                .or(lines.signing_key_file)
                .unwrap_or_else(|| "koinon-signing.key".into()),
            vault_key_file: self.vault_key_file.or(lines.vault_key_file).unwrap_or_else(|| "koinon-vault.key".into()),
            trusted_checkpoint: self.trusted_checkpoint.or(lines.trusted_checkpoint),
            retention_years,
            log: self.log.or(lines.log).unwrap_or_else(|| "info".to_owned()),
            log_format: self.log_format.or(lines.log_format).unwrap_or(LogFormat::Text),
            webhook_allow_private: self.webhook_allow_private || lines.webhook_allow_private.unwrap_or(false),
            proxies,
            provider,
            smtp,
        })
    }
}

impl Config {
    /// What the service is opened with.
    pub fn start(&self) -> Start {
        Start {
            database: self.database.clone(),
            signing_key: self.signing_key_file.clone(),
            vault_key: self.vault_key_file.clone(),
            public_url: self.public_url.clone(),
            documents: self.documents.clone(),
            trusted_checkpoint: self.trusted_checkpoint.clone(),
            retention_years: self.retention_years,
        }
    }
}

/// The folder of documents beside the file of the log.
fn beside(database: &str) -> PathBuf {
    let file = database.strip_prefix("sqlite:").map(Path::new);
    file.and_then(Path::parent).unwrap_or(Path::new("")).join("koinon-documents")
}

fn read_file(path: &Path) -> anyhow::Result<Lines> {
    match std::fs::read_to_string(path) {
        Ok(text) => read_lines(&text).with_context(|| format!("{} has a setting that does not fit", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Lines::default()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Reads the lines; what the parser would quote is left out of errors, since a value may be a password.
fn read_lines(text: &str) -> anyhow::Result<Lines> {
    let table: toml::Table = toml::from_str(text).map_err(|error| plain(text, &error))?;
    let known: Vec<String> = VARIABLES.iter().map(|name| line_name(name)).collect();
    for name in table.keys() {
        refuse_unknown(name, &known)?;
    }
    toml::from_str(text).map_err(|error| plain(text, &error))
}

/// What is wrong with the file, by line number.
fn plain(text: &str, error: &toml::de::Error) -> anyhow::Error {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let setting = text.lines().nth(line - 1).and_then(|line| line.split_once('=')).map(|(name, _)| name.trim());
    match setting {
        Some(name) => anyhow::anyhow!("line {line}: the value of {name} does not fit"),
        None => anyhow::anyhow!("line {line} is not written as name = \"value\""),
    }
}

/// `KOINON_PUBLIC_URL` → `public_url`.
fn line_name(variable: &str) -> String {
    variable.trim_start_matches("KOINON_").to_lowercase()
}

/// A misspelt variable would otherwise be a setting silently not set.
fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let known = VARIABLES.map(str::to_owned);
    names.filter(|name| name.starts_with("KOINON_")).try_for_each(|name| refuse_unknown(&name, &known))
}

fn refuse_unknown(name: &str, known: &[String]) -> anyhow::Result<()> {
    if known.iter().any(|known| known == name) {
        return Ok(());
    }
    match known.iter().min_by_key(|known| strsim::levenshtein(known, name)) {
        Some(nearest) if strsim::levenshtein(nearest, name) <= 3 => {
            bail!("{name} is no setting; did you mean {nearest}?")
        }
        _ => bail!("{name} is no setting; the settings are {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> anyhow::Result<Lines> {
        read_lines(text)
    }

    #[test]
    fn a_flag_is_stronger_than_a_line_and_a_line_than_the_default() {
        let flags = Settings { log: Some("debug".to_owned()), ..Settings::default() };
        let config = flags.over(lines("log = \"warn\"\nlisten = \"127.0.0.1:9000\"").unwrap()).unwrap();
        assert_eq!(config.log, "debug");
        assert_eq!(config.listen.port(), 9000);
        assert_eq!(config.database, "sqlite:koinon.db");
    }

    #[test]
    fn a_setting_nobody_knows_is_named_with_the_one_meant() {
        let told = |name: &str| refuse_unknown_variables([name.to_owned()].into_iter()).unwrap_err().to_string();
        assert_eq!(told("KOINON_DATABSE"), "KOINON_DATABSE is no setting; did you mean KOINON_DATABASE?");
        assert!(told("KOINON_SMTP_PASSWORD").ends_with("KOINON_LOG, KOINON_LOG_FORMAT"));
        let line = lines("databse = \"sqlite:x.db\"").unwrap_err().to_string();
        assert_eq!(line, "databse is no setting; did you mean database?");
        assert!(refuse_unknown_variables(VARIABLES.map(str::to_owned).into_iter()).is_ok());
    }

    #[test]
    fn every_setting_has_its_line() {
        let text = "database = 'sqlite:a.db'\nlisten = '127.0.0.1:1'\npublic_url = 'https://koinon.example'\n\
                    signing_key_file = 's'\nvault_key_file = 'v'\ndocuments = 'd'\ntrusted_checkpoint = 't'\nretention_years = 7\n\
                    webhook_allow_private = true\ntrusted_proxies = '10.0.0.7'\nproxy_header = 'forwarded'\n\
                    oidc_issuer = 'https://i'\noidc_client_id = 'c'\n\
                    oidc_client_secret_file = '/dev/null'\noidc_label = 'EU Login'\noidc_second_factor = 'mfa'\n\
                    smtp_url = 'smtps://m'\nsmtp_user = 'u'\nsmtp_password_file = 'p'\nsmtp_ca_file = 'c'\n\
                    mail_from = 'k@m'\nlog = 'info'\nlog_format = 'json'\n";
        assert_eq!(text.lines().count(), VARIABLES.len());
        let config = Settings::default().over(lines(text).unwrap()).unwrap();
        assert_eq!((config.log_format, config.vault_key_file), (LogFormat::Json, PathBuf::from("v")));
        assert!(config.webhook_allow_private && config.retention_years == 7);
        assert!(Settings::default().over(lines("retention_years = 0").unwrap()).is_err());
        assert!(config.smtp.is_some_and(|smtp| smtp.port == 465 && smtp.from == "k@m"));
    }

    #[test]
    fn a_value_that_does_not_fit_is_named_and_never_shown() {
        let shown = lines("log = 'info'\nlisten = 'postgres://me:secret@host/db'").unwrap_err().to_string();
        assert_eq!(shown, "line 2: the value of listen does not fit");
        let shown = lines("database = postgres://me:secret@host/db").unwrap_err().to_string();
        assert!(!shown.contains("secret"), "{shown}");
    }
}
