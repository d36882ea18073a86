//! A disk that is full, and then has room again: what cannot be written is refused, what was acknowledged stays, and
//! writing goes on by itself.

use std::path::Path;
use std::process::Command;

use crate::support::Place;
use crate::support::bodies::create;

/// A small disk in memory, mounted over a folder.
struct SmallDisk<'a> {
    folder: &'a Path,
}

impl<'a> SmallDisk<'a> {
    fn over(folder: &'a Path) -> Self {
        as_root(&["mount", "-t", "tmpfs", "-o", "size=6m,mode=0755", "none", &folder.display().to_string()]);
        let owner = |flag: &str| String::from_utf8(Command::new("id").arg(flag).output().unwrap().stdout).unwrap();
        as_root(&["chown", &format!("{}:{}", owner("-u").trim(), owner("-g").trim()), &folder.display().to_string()]);
        Self { folder }
    }

    fn grow(&self) {
        as_root(&["mount", "-o", "remount,size=64m", &self.folder.display().to_string()]);
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["--lazy", &self.folder.display().to_string()]).status();
    }
}

/// Only root mounts; who is somebody else needs sudo without a password.
fn as_root(command: &[&str]) {
    let id = Command::new("id").arg("-u").output().unwrap().stdout;
    let sudo: &[&str] = if id.trim_ascii() == b"0" { &[] } else { &["sudo", "-n"] };
    let all = [sudo, command].concat();
    let done = Command::new(all[0]).args(&all[1..]).status();
    assert!(done.is_ok_and(|status| status.success()), "this test needs a small disk of its own: {command:?} as root");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_what_it_cannot_keep_and_goes_on_when_there_is_room() {
    let place = Place::sqlite();
    let disk = SmallDisk::over(place.folder());
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let acknowledged = super::Acknowledged::default();
    let refused = loop {
        let reply = super::write_one(&server, &token, &acknowledged).await;
        if reply.status != 200 {
            break reply;
        }
    };
    assert_eq!(refused.header("retry-after"), "2", "{}", refused.text());
    refused.refuses(503, "log-unavailable");

    let ready = server.get("/readyz", "").await.expect(503).json();
    assert_eq!(ready["writable"], false, "{ready}");
    server.get("/api/programmes", &token).await.expect(200);
    assert!(!acknowledged.lock().unwrap().is_empty());

    disk.grow();
    server.get("/readyz", "").await.expect(200);
    let before = acknowledged.lock().unwrap().len();
    while acknowledged.lock().unwrap().len() < before + 5 {
        super::write_one(&server, &token, &acknowledged).await.expect(200);
    }
    server.stop();
    let acknowledged = acknowledged.lock().unwrap().clone();
    super::everything_is_there_once(&place, &token, &acknowledged).await;
}
