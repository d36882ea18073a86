//! A PostgreSQL cluster of a test's own, which may be killed, and a standby that may take its place.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::support::postgres::{binaries, unprivileged};

/// A cluster in a folder of its own; it ends with the test.
pub struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// A new cluster that runs.
    pub fn start() -> Self {
        let cluster = Self::empty();
        cluster.run("initdb", &["-U", "koinon", "--auth=trust", "-E", "UTF8", "--no-locale", "-N"]);
        cluster.start_again();
        cluster
    }

    /// A copy that follows it.
    pub fn standby(&self) -> Self {
        let standby = Self::empty();
        let from = format!("host=127.0.0.1 port={} user=koinon", self.port);
        standby.run("pg_basebackup", &["-d", &from, "--write-recovery-conf", "--checkpoint=fast"]);
        standby.start_again();
        standby
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://koinon@127.0.0.1:{}/postgres", self.port)
    }

    /// Kills it as a power cut would.
    pub fn kill(&self) {
        self.run("pg_ctl", &["stop", "-m", "immediate"]);
    }

    /// Starts it where it was left.
    pub fn start_again(&self) {
        let settings = format!(
            "-c port={} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c shared_buffers=16MB -c max_connections=60",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("server.log").display().to_string();
        self.run("pg_ctl", &["start", "-w", "-l", &log, "-o", &settings]);
    }

    /// Stops it; nothing it was sent is lost.
    pub fn stop(&self) {
        self.run("pg_ctl", &["stop", "-m", "fast"]);
    }

    /// Takes the place of another that is gone: at its address, and no longer following.
    pub fn take_the_place_of(&mut self, gone: &Self) {
        self.port = gone.port;
        self.start_again();
        self.run("pg_ctl", &["promote", "-w"]);
    }

    fn empty() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { folder: tempfile::Builder::new().prefix("koinon-cluster-").tempdir().unwrap(), port }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = self.command(program, arguments).output().unwrap();
        let log = std::fs::read_to_string(self.folder.path().join("server.log")).unwrap_or_default();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {said} {log}");
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = unprivileged(self.folder.path());
        command.arg(binaries().join(program)).arg("-D").arg(self.data()).args(arguments);
        // A server that goes on would hold a pipe open.
        command.current_dir(self.folder.path()).stdin(std::process::Stdio::null());
        if program == "pg_ctl" {
            command.stdout(std::process::Stdio::null());
        }
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.command("pg_ctl", &["stop", "-m", "immediate"]).output();
    }
}
