//! What is measured: Koinon's release build on a log of its own, and nginx with nchan where it is installed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

/// A server of feeds.
pub trait Server {
    /// What to call it.
    fn name(&self) -> &'static str;
    /// `127.0.0.1:PORT`
    fn address(&self) -> &str;
    /// What a subscriber sends.
    fn subscription(&self, number: usize) -> String;
    /// Bytes of memory its processes hold.
    fn memory(&self) -> u64;
    /// Publishes so many events at once and waits until each was taken.
    async fn publish(&self, events: usize);
}

/// Keeps a process on one core.
pub fn pin(process: u32, core: u32) {
    let mut pinning = Command::new("taskset");
    let pinned = pinning.args(["-acp", &core.to_string(), &process.to_string()]).stdout(Stdio::null()).status();
    assert!(pinned.is_ok_and(|status| status.success()), "this needs taskset: apt-get install util-linux");
}

/// How many streams one token may hold open.
const STREAMS: usize = koinon::web::STREAMS;

/// Koinon.
pub struct Ours {
    child: Child,
    address: String,
    tokens: Vec<String>,
    client: reqwest::Client,
    next: std::cell::Cell<usize>,
    _folder: tempfile::TempDir,
}

impl Ours {
    /// Starts it with tokens for so many subscribers.
    pub fn start(subscribers: usize) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let command = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_koinon"));
            command.args(arguments).current_dir(folder.path()).env("KOINON_DATABASE", "sqlite:koinon.db");
            command.env("KOINON_LOG", "error");
            command
        };
        let tokens = (0..=subscribers.div_ceil(STREAMS)).map(|number| {
            let made = command(&["token", "create", "--name", &format!("t{number}"), "--role", "coordinator"])
                .output()
                .unwrap();
            String::from_utf8(made.stdout).unwrap().trim().to_owned()
        });
        let tokens: Vec<String> = tokens.collect();
        let mut serving = command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = serving.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let ready = lines.find_map(|line| line.strip_prefix("Koinon is ready: http://").map(str::to_owned));
        let address = ready.expect("it starts").trim().to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        pin(child.id(), 0);
        Self { child, address, tokens, client: reqwest::Client::new(), next: 0.into(), _folder: folder }
    }

    /// How many bytes one of its events has, once the first was published.
    pub async fn event_bytes(&self) -> usize {
        let request = self.client.get(format!("http://{}/api/events/2", self.address));
        let answer = request.bearer_auth(&self.tokens[0]).send().await.unwrap();
        answer.bytes().await.unwrap().len()
    }

    async fn give(&self, command: &str, body: serde_json::Value) {
        let request = self.client.post(format!("http://{}/api/commands/{command}", self.address));
        let answer = request.bearer_auth(&self.tokens[0]).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }
}

impl Server for Ours {
    fn name(&self) -> &'static str {
        "koinon"
    }

    fn address(&self) -> &str {
        &self.address
    }

    fn subscription(&self, number: usize) -> String {
        let token = &self.tokens[1 + number / STREAMS];
        format!("GET /api/feed HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\r\n", self.address)
    }

    fn memory(&self) -> u64 {
        resident(self.child.id())
    }

    async fn publish(&self, events: usize) {
        let orders = (0..events).map(|_| {
            let number = self.next.replace(self.next.get() + 1);
            // Each event is a programme of its own, so that none costs more than the one before.
            let body = json!({ "code": format!("bench-{number}"), "title": { "en": "Bench" }, "funder": "European Union",
                "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-06-30" });
            self.give("CreateProgramme", body)
        });
        futures::future::join_all(orders).await;
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Bytes of memory a process holds.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// nginx with its push module, one worker.
pub struct Nchan {
    child: Child,
    address: String,
    client: reqwest::Client,
    event: String,
    _folder: tempfile::TempDir,
}

const MODULE: &str = "/usr/lib/nginx/modules/ngx_nchan_module.so";

impl Nchan {
    /// Starts it for events of so many bytes; none where it is not installed (`apt-get install nginx libnginx-mod-nchan`).
    pub fn start(event_bytes: usize) -> Option<Self> {
        if !std::path::Path::new(MODULE).exists() {
            println!("nchan is not installed: apt-get install nginx libnginx-mod-nchan");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let at = folder.path().display();
        let settings = format!(
            "load_module {MODULE};\ndaemon off;\nuser root;\nworker_processes 1;\nworker_rlimit_nofile 30000;\npid {at}/pid;\nerror_log {at}/log crit;\n\
             events {{ worker_connections 25000; }}\nhttp {{ access_log off; tcp_nodelay on; keepalive_requests 1000000;\n\
             server {{ listen {free} backlog=8192;\nlocation /pub {{ nchan_publisher; nchan_channel_id c; nchan_message_buffer_length 64; }}\n\
             location /sub {{ nchan_subscriber eventsource; nchan_channel_id c; nchan_subscriber_first_message newest; }} }} }}\n"
        );
        std::fs::write(folder.path().join("nginx.conf"), settings).unwrap();
        let path = folder.path().join("nginx.conf");
        let child = Command::new("nginx").arg("-c").arg(path).arg("-e").arg(folder.path().join("log")).spawn().ok()?;
        while std::net::TcpStream::connect(free).is_err() {
            std::thread::yield_now();
        }
        let event = "x".repeat(event_bytes);
        let nchan = Self { child, address: free.to_string(), client: reqwest::Client::new(), event, _folder: folder };
        nchan.processes().into_iter().for_each(|process| pin(process, 0));
        Some(nchan)
    }

    fn processes(&self) -> Vec<u32> {
        let master = self.child.id();
        let children = std::fs::read_to_string(format!("/proc/{master}/task/{master}/children")).unwrap_or_default();
        children.split_whitespace().filter_map(|process| process.parse().ok()).chain([master]).collect()
    }
}

impl Server for Nchan {
    fn name(&self) -> &'static str {
        "nchan"
    }

    fn address(&self) -> &str {
        &self.address
    }

    fn subscription(&self, _: usize) -> String {
        format!("GET /sub HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", self.address)
    }

    fn memory(&self) -> u64 {
        self.processes().into_iter().map(resident).sum()
    }

    async fn publish(&self, events: usize) {
        let to = || self.client.post(format!("http://{}/pub", self.address)).body(self.event.clone());
        let sent = (0..events).map(|_| to().send());
        for answer in futures::future::join_all(sent).await {
            assert!(answer.unwrap().status().is_success());
        }
    }
}

impl Drop for Nchan {
    fn drop(&mut self) {
        // The master takes its worker along when it is told, not when it is killed.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}
