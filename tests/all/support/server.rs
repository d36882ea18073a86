//! A real server: the program itself, on its own database and port, stopped at the end. Stories talk to it as a client
//! would.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use tempfile::TempDir;

/// A place of its own: a folder for keys and files, and a database.
pub struct Place {
    folder: TempDir,
    database: String,
}

impl Place {
    /// A new SQLite database in a new folder.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("koinon.db").display());
        Self { folder, database }
    }

    /// A new folder for that PostgreSQL database.
    pub fn postgres(url: String) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: url }
    }

    /// The folder with keys and files.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database's address.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The program, about to run here.
    pub fn koinon(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_koinon")));
        command.args(arguments).current_dir(self.folder.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOINON_")) {
            command.env_remove(name);
        }
        command.env("KOINON_DATABASE", &self.database);
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.koinon(arguments).output().unwrap()
    }

    /// A token with a role, made from the shell.
    pub fn token(&self, role: &str) -> String {
        self.token_with(&["--role", role])
    }

    /// A token made from the shell with these arguments.
    pub fn token_with(&self, arguments: &[&str]) -> String {
        let all = [&["token", "create", "--name", "test"], arguments].concat();
        let output = self.run(&all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Starts a server here and waits until it is ready.
    pub fn serve(&self) -> Server {
        self.start("serve")
    }

    /// Starts the program with a serving command and waits until it is ready.
    pub fn start(&self, verb: &str) -> Server {
        let mut child =
            self.koinon(&[verb, "--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut seen = Vec::new();
        let address = loop {
            let Some(line) = lines.next() else {
                panic!("the server stopped before it was ready: {seen:?}");
            };
            let line = line.unwrap();
            if let Some(address) = line.strip_prefix("Koinon is ready: ") {
                break address.trim().to_owned();
            }
            seen.push(line);
        };
        std::thread::spawn(move || lines.for_each(|line| drop(line)));
        Server { child, address, client: Client::new() }
    }
}

/// A running server.
pub struct Server {
    child: Child,
    address: String,
    client: Client,
}

impl Server {
    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// A request with a token (none when empty).
    pub fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    /// A read.
    pub async fn get(&self, path: &str, token: &str) -> Reply {
        Reply::of(self.request(Method::GET, path, token).send().await.unwrap()).await
    }

    /// A command.
    pub async fn command(&self, name: &str, body: &Value, token: &str) -> Reply {
        let request = self.request(Method::POST, &format!("/api/commands/{name}"), token).json(body);
        Reply::of(request.send().await.unwrap()).await
    }

    /// Kills the process as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop and waits for it; gives whether it ended well.
    pub fn stop(mut self) -> bool {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        asked.success() && self.child.wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: reqwest::header::HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// Reads an answer whole.
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The answer, which must have that status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
}
