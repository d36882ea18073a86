//! Hands letters to the mail server: protected as the settings say, signed in where they name a user. The address of a
//! reader and the password stand in no error.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use koinon_events::value::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::app::Letter;
use crate::config::{Protection, Smtp};

/// How long the server may take for one command.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way to the mail server.
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a letter was not taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    /// In words.
    pub words: String,
    /// Whether the server said that it never will take it.
    pub for_good: bool,
}

impl Post {
    /// The way the settings describe.
    ///
    /// # Errors
    /// When a file they name cannot be read, or the address mail comes from is none.
    pub fn open(smtp: &Smtp) -> anyhow::Result<Self> {
        let from = smtp.from.parse().context("mail_from is not an address that mail can come from")?;
        let tls = || -> anyhow::Result<TlsParameters> {
            let mut parameters = TlsParameters::builder(smtp.host.clone());
            if let Some(file) = &smtp.ca_file {
                let pem = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
                let certificate =
                    Certificate::from_pem(&pem).with_context(|| format!("{} holds no certificate", file.display()))?;
                parameters = parameters.add_root_certificate(certificate);
            }
            parameters.build_rustls().context("TLS for mail cannot be set up")
        };
        let tls = match smtp.protection {
            Protection::Tls => Tls::Wrapper(tls()?),
            Protection::StartTls => Tls::Required(tls()?),
            Protection::Plain => Tls::None,
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let (Some(user), Some(file)) = (&smtp.user, &smtp.password_file) {
            let password = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            server = server.credentials(Credentials::new(user.clone(), password.trim_end().to_owned()));
        }
        Ok(Self { server: server.build(), from })
    }

    /// Hands a letter over. `name` is its Message-ID before the @: the same cause has the same.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn send(&self, letter: &Letter, name: &str, now: Timestamp) -> Result<(), Refused> {
        let message = self.message(letter, name, now)?;
        let sent = tokio::time::timeout(PATIENCE * 3, self.server.send(message)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Refused { words: words_of(&error), for_good: error.is_permanent() }),
            Err(_) => Err(Refused { words: "the mail server did not answer in time".to_owned(), for_good: false }),
        }
    }

    fn message(&self, letter: &Letter, name: &str, now: Timestamp) -> Result<Message, Refused> {
        let unfit = |_| Refused { words: "the address is none that mail can go to".to_owned(), for_good: true };
        let to: Mailbox = letter.to.parse().map_err(unfit)?;
        let micros = u64::try_from(now.micros()).unwrap_or_default();
        let host = self.from.email.domain();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
            .message_id(Some(format!("<{name}@{host}>")))
            .subject(&letter.subject)
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(address) = &letter.unsubscribe {
            message = message
                .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        message
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|_| Refused { words: "the mail could not be put together".to_owned(), for_good: true })
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// What went wrong, without what the server repeats of the address.
fn words_of(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server did not answer in time".to_owned(),
        None if error.is_tls() => "the connection to the mail server could not be protected".to_owned(),
        None => "the mail server could not be reached".to_owned(),
    }
}
