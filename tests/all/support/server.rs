//! A real server: the program itself, on its own database and port, stopped at the end. Stories talk to it as a client
//! would.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;

use super::Place;

impl Place {
    /// The program, about to run here.
    pub fn koinon(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_koinon"));
        command.args(arguments).current_dir(self.folder());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KOINON_")) {
            command.env_remove(name);
        }
        command.env("KOINON_DATABASE", &self.url);
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.koinon(arguments).output().unwrap()
    }

    /// A token with a role, made from the shell.
    pub fn token(&self, role: &str) -> String {
        self.token_with(role, &[])
    }

    /// The same with further settings: whom it acts as, where its role holds.
    pub fn token_with(&self, role: &str, settings: &[&str]) -> String {
        let output = self.run(&[&["token", "create", "--name", role, "--role", role], settings].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// The whole log, a record a line, as `koinon export` writes it.
    pub fn export(&self) -> String {
        let output = self.run(&["export"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// `koinon verify` must find everything sound.
    pub fn verify(&self) {
        let output = self.run(&["verify"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    /// Starts a server here and waits until it is ready.
    pub fn serve(&self) -> Server {
        self.start("serve")
    }

    /// Starts the program with a serving command and waits until it is ready.
    pub fn start(&self, verb: &str) -> Server {
        self.start_at(verb, "127.0.0.1:0", &[])
    }

    /// The same with further settings.
    pub fn start_with(&self, verb: &str, settings: &[&str]) -> Server {
        self.start_at(verb, "127.0.0.1:0", settings)
    }

    /// The same at a certain address.
    pub fn start_at(&self, verb: &str, address: &str, settings: &[&str]) -> Server {
        let mut command = self.koinon(&[&[verb, "--listen", address], settings].concat());
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
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
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(|line| ears.lock().unwrap().push(line)));
        Server { child, address, said: seen, heard, client: Client::new() }
    }
}

/// A running server.
pub struct Server {
    child: Child,
    address: String,
    said: Vec<String>,
    heard: Arc<Mutex<Vec<String>>>,
    client: Client,
}

impl Server {
    /// `http://127.0.0.1:PORT`
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What it said before it was ready.
    pub fn said(&self) -> &[String] {
        &self.said
    }

    /// What it said since then.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// A request with a token (none when empty).
    pub fn request(&self, method: Method, path: &str, token: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        if token.is_empty() { request } else { request.bearer_auth(token) }
    }

    /// A read, about to be sent.
    pub fn read(&self, path: &str, token: &str) -> RequestBuilder {
        self.request(Method::GET, path, token)
    }

    /// A command, about to be sent.
    pub fn order(&self, name: &str, body: &Value, token: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/api/commands/{name}"), token).json(body)
    }

    /// A read.
    pub async fn get(&self, path: &str, token: &str) -> Reply {
        Reply::to(self.read(path, token)).await
    }

    /// A read that waits until the read models have reached a position.
    pub async fn get_at(&self, path: &str, token: &str, position: u64) -> Reply {
        Reply::to(self.read(path, token).header("Koinon-Min-Position", position)).await
    }

    /// A command.
    pub async fn command(&self, name: &str, body: &Value, token: &str) -> Reply {
        Reply::to(self.order(name, body, token)).await
    }

    /// The records after a position.
    pub async fn events(&self, after: u64, token: &str) -> Vec<Value> {
        let reply = self.get(&format!("/api/events?after={after}"), token).await.expect(200);
        serde_json::from_slice(&reply.bytes).unwrap()
    }

    /// Kills the process as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does.
    pub fn terminate(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
    }

    /// Waits until it is gone, which it must be by then.
    pub fn gone_within(mut self, patience: Duration) -> ExitStatus {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server still runs after {patience:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Asks it to stop and waits for it; it must end well and in time.
    pub fn stop(self) {
        self.terminate();
        let status = self.gone_within(Duration::from_secs(10));
        assert!(status.success(), "{status}");
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
    /// Sends a request and reads the answer whole.
    pub async fn to(request: RequestBuilder) -> Self {
        Self::of(request.send().await.unwrap()).await
    }

    /// Reads an answer whole.
    pub async fn of(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.text()))
    }

    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The answer, which must have that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The answer, which must refuse with that status and problem type, as problem+json.
    #[track_caller]
    pub fn refuses(self, status: u16, code: &str) -> Self {
        let reply = self.expect(status);
        assert_eq!(reply.header("content-type"), "application/problem+json");
        let problem = reply.json();
        assert_eq!(problem["type"], format!("/problems/{code}"), "{problem}");
        assert_eq!(problem["status"], status);
        reply
    }

    /// The JSON pointers of the fields that do not fit, in order.
    pub fn pointers(&self) -> Vec<String> {
        let problem = self.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }
}
