//! The settings of outgoing mail, read into what the sender needs. The password is only ever the name of a file.

use std::path::PathBuf;

use anyhow::{Context, bail};

/// How the connection is kept from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte: `smtps://`.
    Tls,
    /// TLS after STARTTLS, which the server must offer: `smtp://`.
    StartTls,
    /// None, to this machine only: `smtp+plain://`.
    Plain,
}

/// Where and as whom mail is sent.
#[derive(Clone)]
pub struct Smtp {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// The name to sign in with, when the server asks for one.
    pub user: Option<String>,
    /// The file with the password.
    pub password_file: Option<PathBuf>,
    /// A file with the certificate that the server's must descend from, beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// The address mail comes from.
    pub from: String,
}

/// The lines of the settings.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// `smtps://mail.example.org`
    pub url: Option<String>,
    /// The name to sign in with.
    pub user: Option<String>,
    /// The file with the password.
    pub password_file: Option<PathBuf>,
    /// The file with a certificate of one's own.
    pub ca_file: Option<PathBuf>,
    /// The address mail comes from.
    pub from: Option<String>,
}

impl Smtp {
    /// What the settings say; nothing when no server is named.
    ///
    /// # Errors
    /// What does not fit together, never with a secret in it.
    pub fn of(given: Given) -> anyhow::Result<Option<Self>> {
        let Some(url) = given.url else {
            if given.user.is_some() || given.password_file.is_some() || given.ca_file.is_some() || given.from.is_some()
            {
                bail!("smtp_user, smtp_password_file, smtp_ca_file and mail_from need smtp_url");
            }
            return Ok(None);
        };
        let (host, port, protection) = server(&url)?;
        let from = given.from.context("smtp_url needs mail_from: the address that mail comes from")?;
        if !from.contains('@') || from.chars().any(char::is_control) {
            bail!("mail_from must be an address such as koinon@example.org");
        }
        if given.user.is_some() != given.password_file.is_some() {
            bail!("smtp_user and smtp_password_file are given together");
        }
        let (user, password_file, ca_file) = (given.user, given.password_file, given.ca_file);
        Ok(Some(Self { host, port, protection, user, password_file, ca_file, from }))
    }
}

fn server(url: &str) -> anyhow::Result<(String, u16, Protection)> {
    let wanted = "smtp_url must be smtps://HOST, smtp://HOST (with STARTTLS) or smtp+plain://127.0.0.1:PORT";
    let (scheme, rest) = url.split_once("://").context(wanted)?;
    let (protection, usual) = match scheme {
        "smtps" => (Protection::Tls, 465),
        "smtp" => (Protection::StartTls, 587),
        "smtp+plain" => (Protection::Plain, 25),
        _ => bail!(wanted),
    };
    if rest.contains('@') {
        bail!("smtp_url holds no name and no password: give smtp_user and smtp_password_file");
    }
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !host.ends_with(':') && !host.is_empty() => {
            (host, port.parse().ok().context("the port in smtp_url is no number")?)
        }
        _ => (rest, usual),
    };
    if host.is_empty() || host.contains(['/', '?', '#']) {
        bail!(wanted);
    }
    let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    if protection == Protection::Plain && !is_here {
        bail!("smtp+plain:// sends unprotected, so only to this machine; use smtps:// or smtp://");
    }
    Ok((host.to_owned(), port, protection))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(url: &str) -> Result<(String, u16, Protection), String> {
        let given = Given { url: Some(url.to_owned()), from: Some("k@example.org".to_owned()), ..Given::default() };
        let smtp = Smtp::of(given).map_err(|error| error.to_string())?.unwrap();
        Ok((smtp.host, smtp.port, smtp.protection))
    }

    #[test]
    fn a_server_is_named_with_how_the_connection_is_protected() {
        assert_eq!(told("smtps://mail.example.org"), Ok(("mail.example.org".to_owned(), 465, Protection::Tls)));
        assert_eq!(told("smtp://mail.example.org:25/"), Ok(("mail.example.org".to_owned(), 25, Protection::StartTls)));
        assert_eq!(told("smtp+plain://127.0.0.1:1025"), Ok(("127.0.0.1".to_owned(), 1025, Protection::Plain)));
    }

    #[test]
    fn what_would_show_a_secret_or_send_unprotected_is_refused() {
        assert!(told("smtps://me:secret@mail.example.org").is_err_and(|error| !error.contains("secret")));
        assert!(told("smtp+plain://mail.example.org").is_err());
        assert!(told("https://mail.example.org").is_err());
        assert!(Smtp::of(Given { from: Some("k@example.org".to_owned()), ..Given::default() }).is_err());
        let unnamed = Given { url: Some("smtps://mail.example.org".to_owned()), ..Given::default() };
        assert!(Smtp::of(unnamed).is_err(), "no address it comes from");
        assert!(Smtp::of(Given::default()).is_ok_and(|smtp| smtp.is_none()));
    }
}
