//! One throw-away PostgreSQL cluster a test run: made in a temporary folder, as an unprivileged user, on a free port.
//!
//! A shell that waits for the end of this process stops the server and removes the folder, however the tests end.

use std::io::Write;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, PgConnection};

static PORT: OnceLock<u16> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a database that nobody else uses.
pub async fn fresh_database() -> String {
    let port = tokio::task::spawn_blocking(|| *PORT.get_or_init(start)).await.unwrap();
    let name = format!("t{}", DATABASES.fetch_add(1, Ordering::Relaxed));
    let mut connection = connect(&format!("postgres://koinon@127.0.0.1:{port}/postgres")).await;
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    format!("postgres://koinon@127.0.0.1:{port}/{name}")
}

/// A connection as the cluster's owner.
pub async fn connect(url: &str) -> PgConnection {
    PgConnection::connect(url).await.unwrap()
}

/// Starts the cluster and says on which port.
#[allow(clippy::zombie_processes, reason = "the shell outlives this call: it ends, and tidies up, with the tests")]
fn start() -> u16 {
    let bin = binaries();
    let folder = tempfile::Builder::new().prefix("koinon-postgres-").tempdir().unwrap().keep();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let script = format!(
        "cd {folder} && {bin}/initdb -D data -U koinon --auth=trust -E UTF8 --no-locale >initdb.log 2>&1 || exit 1
        {bin}/postgres -D data -c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} \
          -c max_connections=400 -c shared_buffers=64MB >server.log 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT $server; wait $server; cd /; rm -rf {folder}",
        folder = folder.display(),
        bin = bin.display(),
    );
    let mut shell = unprivileged(&folder);
    // Not in our group: what interrupts the tests must not interrupt the tidying up.
    shell.process_group(0);
    let mut child =
        shell.args(["sh", "-c", &script]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("a shell starts");
    // Kept open until this process ends; its end is what stops the server.
    let pipe = child.stdin.take().unwrap();
    std::thread::spawn(move || keep(pipe));
    let deadline = Instant::now() + Duration::from_secs(60);
    let log = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    while !log("server.log").contains("ready to accept connections") {
        assert!(
            child.try_wait().unwrap().is_none() && Instant::now() < deadline,
            "no PostgreSQL: {}{}",
            log("initdb.log"),
            log("server.log")
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    port
}

fn keep(mut pipe: impl Write) {
    loop {
        std::thread::park();
        let _ = pipe.flush();
    }
}

/// The server's programs: from the path, or where Debian puts them.
pub fn binaries() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        let mut versions: Vec<PathBuf> = versions.flatten().map(|version| version.path().join("bin")).collect();
        versions.sort();
        places.extend(versions.into_iter().rev());
    }
    let programs = ["initdb", "postgres", "pg_ctl", "pg_basebackup"];
    let found = places.into_iter().find(|place| programs.iter().all(|program| place.join(program).exists()));
    found.expect("these tests need the PostgreSQL server programs: apt-get install postgresql")
}

/// A command in that folder that does not run as root, since the server refuses to.
pub fn unprivileged(folder: &Path) -> Command {
    let id = |args: &[&str]| {
        let output = Command::new("id").args(args).output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok()
    };
    if id(&["-u"]) != Some(0) {
        return Command::new("env");
    }
    let user =
        ["postgres", "nobody"].into_iter().find(|user| id(&["-u", user]).is_some()).expect("an unprivileged user");
    let (uid, gid) = (id(&["-u", user]).unwrap(), id(&["-g", user]).unwrap());
    chown(folder, Some(uid), Some(gid)).unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &uid.to_string(), "--regid", &gid.to_string(), "--clear-groups"]);
    command
}
