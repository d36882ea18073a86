//! Starting and stopping: a server that is told to stop finishes what is under way and ends its streams; one that cannot
//! start says why, and names the file or the address.

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use futures::StreamExt;
use futures::future::join_all;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, theme};
use crate::support::server::Reply;

on_both_engines!(told_to_stop_it_ends_its_streams_and_finishes_what_is_under_way);

const IN_TIME: Duration = Duration::from_secs(10);

async fn told_to_stop_it_ends_its_streams_and_finishes_what_is_under_way(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    let begun = create(&server, &token).await;
    let mut streams = Vec::new();
    for _ in 0..20 {
        let response = server.read("/api/feed?after=0", &token).send().await.unwrap();
        assert_eq!(response.status(), 200);
        streams.push(response.bytes_stream());
    }
    // A connection that says nothing at all must not hold it up either.
    let silent = std::net::TcpStream::connect(server.address().trim_start_matches("http://")).unwrap();
    let half = std::net::TcpStream::connect(server.address().trim_start_matches("http://")).unwrap();
    (&half).write_all(b"POST /api/commands/DefineTheme HTTP/1.1\r\nHost: x\r\n").unwrap();
    let orders: Vec<_> = (0..40)
        .map(|at| {
            let order = server.order("DefineTheme", &theme(&format!("theme-{at}")), &token);
            tokio::spawn(order.send())
        })
        .collect();
    let first = tokio::time::sleep(Duration::from_millis(30));
    first.await;
    let began = Instant::now();
    server.terminate();
    let ended = join_all(streams.into_iter().map(|stream| stream.for_each(|_| std::future::ready(())))).await;
    assert_eq!(ended.len(), 20, "every stream ended");
    let status = tokio::task::spawn_blocking(move || server.gone_within(IN_TIME)).await.unwrap();
    assert!(status.success(), "{status}");
    assert!(began.elapsed() < IN_TIME, "{:?}", began.elapsed());
    drop((silent, half));
    // Whoever got an answer has it; whoever got none may find it done or not, but not twice.
    let mut acknowledged = Vec::new();
    for order in orders {
        let Ok(response) = order.await.unwrap() else { continue };
        let reply = Reply::of(response).await;
        if reply.status == 200 {
            acknowledged.push(reply.json()["position"].as_u64().unwrap());
        }
    }
    let export = place.export();
    for position in &acknowledged {
        let line = export.lines().nth(usize::try_from(position - 1).unwrap()).unwrap();
        assert!(line.contains("koinon.ThemeDefined.v1"), "{line}");
    }
    assert!(export.lines().count() as u64 >= begun + acknowledged.len() as u64);
    place.verify();
}

/// What it says when it does not start; it must end with an error and nothing but words.
fn refusal(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{arguments:?} was accepted");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
fn two_servers_cannot_take_one_port() {
    let place = Place::sqlite();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refusal(&place, &["serve", "--listen", &address]);
    assert!(said.contains(&address), "{said}");
    assert!(!place.folder().join("koinon.db").exists(), "a server without an address begins no log");
}

#[test]
fn a_key_file_that_is_missing_or_torn_is_named_and_not_made_anew() {
    let place = Place::sqlite();
    place.token("coordinator");
    for name in ["koinon-signing.key", "koinon-vault.key"] {
        let file = place.folder().join(name);
        let whole = std::fs::read(&file).unwrap();
        for torn in [&b""[..], &whole[..whole.len() / 2], b"\xff\xfe"] {
            std::fs::write(&file, torn).unwrap();
            let said = refusal(&place, &["serve", "--listen", "127.0.0.1:0"]);
            assert!(said.contains(name), "{said}");
            assert_eq!(std::fs::read(&file).unwrap(), torn, "it is left as it is");
        }
        std::fs::remove_file(&file).unwrap();
        for arguments in
            [&["serve", "--listen", "127.0.0.1:0"][..], &["token", "create", "--name", "x", "--role", "auditor"]]
        {
            let said = refusal(&place, arguments);
            assert!(said.contains(name), "{said}");
            assert!(!file.exists(), "a key is made only together with a new log");
        }
        std::fs::write(&file, &whole).unwrap();
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(refusal(&place, &["serve", "--listen", "127.0.0.1:0"]).contains("chmod 600"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    place.verify();
}

#[test]
fn a_setting_nobody_knows_and_a_database_that_is_none_are_named() {
    let place = Place::sqlite();
    let file = place.folder().join("koinon.toml");
    std::fs::write(&file, "databse = 'sqlite:x.db'\n").unwrap();
    assert!(refusal(&place, &["serve"]).contains("did you mean database?"));
    std::fs::remove_file(&file).unwrap();
    let said = refusal(&place, &["serve", "--database", "mysql://x/y", "--listen", "127.0.0.1:0"]);
    assert!(said.contains("mysql"), "{said}");
    let said = refusal(&place, &["export", "--database", "sqlite:not/there.db"]);
    assert!(said.contains("not/there.db"), "{said}");
    let said =
        refusal(&place, &["serve", "--database", "postgres://koinon:hidden@127.0.0.1:1/x", "--listen", "127.0.0.1:0"]);
    assert!(!said.contains("hidden"), "a password is never shown: {said}");
    let mut command = place.koinon(&["serve"]);
    let output = command.env("KOINON_DATABSE", "x").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean KOINON_DATABASE?"));
    let said = refusal(&place, &["token", "create", "--name", "x", "--role", "king"]);
    assert!(said.contains("king"), "{said}");
}

#[test]
fn every_command_of_the_shell_explains_itself_with_an_example() {
    let place = Place::sqlite();
    for arguments in [
        &["--help"][..],
        &["demo", "--help"],
        &["serve", "--help"],
        &["export", "--help"],
        &["verify", "--help"],
        &["token", "create", "--help"],
        &["token", "revoke", "--help"],
        &["openapi", "--help"],
        &["schema", "--help"],
    ] {
        let output = place.run(arguments);
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("Example:\n  koinon"), "{arguments:?}: {said}");
    }
}
