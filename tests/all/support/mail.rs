//! A mail server of somebody else's on loopback: what the service sends is read by a program that knows nothing of it.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::mpsc;

/// What a server that never stops to be waited for may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running mail server.
pub struct MailServer {
    child: Child,
    arrived: mpsc::UnboundedReceiver<Value>,
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl MailServer {
    /// One that takes everything.
    pub fn at(port: u16) -> Self {
        Self::with(port, &[])
    }

    /// One with further arguments: certificate, key, user and password.
    pub fn with(port: u16, more: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/support/mail_server.py");
        let mut command = Command::new("/usr/bin/python3");
        command.arg(script).arg(port.to_string()).args(more).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python3 and python3-aiosmtpd are needed: tests/run installs them");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        assert_eq!(first, "ready", "the mail server did not start: python3-aiosmtpd is needed (tests/run installs it)");
        let (sender, arrived) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, arrived }
    }

    /// The mail that arrives next.
    pub async fn next(&mut self) -> Value {
        tokio::time::timeout(PATIENCE, self.arrived.recv()).await.expect("no mail arrived").unwrap()
    }

    /// How many mails arrived that nobody has looked at.
    pub fn waiting(&self) -> usize {
        self.arrived.len()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
