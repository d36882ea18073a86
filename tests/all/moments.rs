//! The history told again, read models rebuilt beside a server, and a copy made while it serves.

use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{create, theme};
use crate::support::server::Server;

on_both_engines!(
    the_history_is_told_in_words_and_nothing_is_appended,
    a_check_finds_a_changed_row_beside_a_running_server_and_a_rebuild_mends_it
);

async fn told(place: &Place) -> (Server, String) {
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    for number in 0..20 {
        let answer = server.order("DefineTheme", &theme(&format!("theme-{number}")), &token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }
    (server, token)
}

/// What the program prints, when it ends well.
fn said(place: &Place, arguments: &[&str]) -> String {
    let output = place.run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

async fn the_history_is_told_in_words_and_nothing_is_appended(place: Place) {
    let empty = place.run(&["replay"]);
    assert!(!empty.status.success(), "a log that has not begun is not begun by telling it");
    let (server, _) = told(&place).await;
    let before = place.export();
    let history = said(&place, &["replay"]);
    assert_eq!(history.lines().count(), before.lines().count());
    assert!(history.lines().last().unwrap().contains("theme"), "{history}");
    assert!(!history.contains("koinon."), "in words, not in names of types");
    let stood = said(&place, &["replay", "--as-of", &before.lines().count().to_string()]);
    assert!(stood.contains("Month ") && stood.contains("Participations"), "{stood}");
    assert!(!place.run(&["replay", "--as-of", "100000"]).status.success());
    assert!(!place.run(&["replay", "--speed", "0"]).status.success());
    assert_eq!(place.export(), before);
    drop(server);
}

async fn a_check_finds_a_changed_row_beside_a_running_server_and_a_rebuild_mends_it(place: Place) {
    let (server, token) = told(&place).await;
    let asked = "/api/programmes?limit=1";
    let head = place.export().lines().count().to_string();
    let request = server.read(asked, &token).header("koinon-min-position", head);
    let answered: Value = request.send().await.unwrap().json().await.unwrap();
    let clean = said(&place, &["rebuild", "--check"]);
    assert!(clean.lines().all(|line| line.ends_with("no difference")), "{clean}");
    falsify(&place).await;
    let found = place.run(&["rebuild", "--check", "programmes"]);
    assert_eq!(found.status.code(), Some(1));
    let found = String::from_utf8(found.stdout).unwrap();
    assert!(found.contains("1 row differs") && found.contains("is not what the log says"), "{found}");
    assert_ne!(
        server.get(asked, &token).await.expect(200).json()["items"],
        answered["items"],
        "a check changes nothing"
    );
    said(&place, &["rebuild"]);
    assert_eq!(server.get(asked, &token).await.expect(200).json()["items"], answered["items"]);
    let next = server.order("DefineTheme", &theme("after-the-rebuild"), &token).send().await.unwrap();
    let next: Value = next.json().await.unwrap();
    let request = server.read(asked, &token).header("koinon-min-position", next["position"].to_string());
    let after: Value = request.send().await.unwrap().json().await.unwrap();
    assert!(after["items"][0].to_string().contains("after-the-rebuild"), "the server goes on with the rebuilt rows");
    let unknown = place.run(&["rebuild", "visit"]);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("the read models are programmes"));
}

/// Changes a row past the service, as a hand in the database would.
async fn falsify(place: &Place) {
    let shape = koinon_projections::shape("programmes").unwrap();
    let table = format!("read_{}_v{}", shape.name, shape.version);
    let sql = format!("UPDATE {table} SET doc = replace(doc, 'European', 'Nobody')");
    match place.file() {
        Some(file) => {
            let connection = rusqlite::Connection::open(file.replace("koinon.db", "koinon.views.db")).unwrap();
            assert_eq!(connection.execute(&sql, []).unwrap(), 1);
        }
        None => place.execute(&sql).await.unwrap(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_made_while_it_serves_and_serves_in_turn() {
    let place = Place::sqlite();
    let (server, token) = told(&place).await;
    let held = place.export();
    let said = said(&place, &["backup", "copy.db"]);
    assert!(said.contains("verified"), "{said}");
    assert!(!place.run(&["backup", "copy.db"]).status.success(), "a file that is there is never replaced");
    server.order("DefineTheme", &theme("later"), &token).send().await.unwrap();
    drop(server);
    let copied = place.run(&["export", "--database", "sqlite:copy.db"]);
    assert_eq!(String::from_utf8(copied.stdout).unwrap(), held);
    assert!(place.run(&["verify", "sqlite:copy.db"]).status.success());
    let left: Vec<String> = std::fs::read_dir(place.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(".copy.db"))
        .collect();
    assert_eq!(left, [""; 0], "nothing unfinished is left");
}

#[tokio::test]
async fn a_postgres_log_is_left_to_pg_dump() {
    let place = Place::postgres().await;
    let refused = place.run(&["backup", "copy.db"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("pg_dump"));
}
