//! Mail, read by a mail server of somebody else's: what is followed comes once, whatever nodes run, fail or are killed;
//! only to who may see it at that moment; and it ends with one click.

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C1, C2, H, P, S, V, beginning, send};
use crate::support::mail::{MailServer, free_port};
use crate::support::postgres::connect;
use crate::support::server::Server;

on_both_engines!(
    an_invitation_and_a_digest_come_once_though_two_nodes_run,
    a_mail_server_that_is_down_delays_and_then_takes_each_once_also_after_a_kill,
    who_may_no_longer_see_it_is_told_nothing,
    who_unsubscribes_hears_nothing_more_and_need_not_sign_in,
    a_reminder_is_recorded_and_mailed_once_a_day,
);

/// Sets the service up to send through that port.
fn mail_through(place: &Place, port: u16) {
    let lines = format!("smtp_url = 'smtp+plain://127.0.0.1:{port}'\nmail_from = 'koinon@example.org'\n");
    std::fs::write(place.folder().join("koinon.toml"), lines).unwrap();
}

/// A token that acts as the delegate.
fn as_thandi(place: &Place) -> String {
    let scope = format!("city/{C2}");
    place.token_with("delegate", &["--scope", &scope, "--person", H])
}

fn thandi() -> Value {
    json!({ "id": H, "programme": P, "name": "Thandi Example", "email": "thandi@example.org",
        "organisation": "eThekwini Municipality", "city": C2, "languages": ["zu", "en"], "kind": "delegate" })
}

fn visit() -> Value {
    json!({ "id": V, "programme": P, "partnership": S, "kind": "study-visit", "format": "in-person", "host_city": C1,
        "visiting_cities": [C2], "from": "2027-06-13", "to": "2027-06-17", "themes": ["waste-to-energy"],
        "objectives": "See the plant at work" })
}

/// The programme, with a delegate who has come in, acts for her city, and wants to hear at once of the partnership.
async fn with_a_reader(place: &Place, server: &Server, coordinator: &str) -> String {
    send(server, coordinator, beginning()).await;
    let granted = json!({ "person": H, "role": "delegate", "scope": format!("city/{C2}"), "grant": "g1" });
    send(server, coordinator, vec![("InvitePerson", thandi()), ("GrantRole", granted)]).await;
    let own = as_thandi(place);
    let follow = json!({ "subject": format!("partnership/{S}") });
    let steps = vec![
        ("AcceptInvitation", json!({ "person": H })),
        ("SetDigest", json!({ "digest": "instant" })),
        ("FollowSubject", follow),
    ];
    send(server, &own, steps).await;
    own
}

/// How many mails of a kind stand in the outbox in that state.
async fn count(place: &Place, kind: &str, state: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM mails WHERE kind = '{kind}' AND state = '{state}'");
    if let Some(file) = place.file() {
        return rusqlite::Connection::open(file).unwrap().query_row(&sql, [], |row| row.get(0)).unwrap();
    }
    let mut connection = connect(&place.url).await;
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut connection).await.unwrap()
}

/// Waits until so many mails of a kind stand in the outbox in that state.
async fn until(place: &Place, kind: &str, state: &str, wanted: i64) {
    let reached = async {
        while count(place, kind, state).await != wanted {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(60);
    tokio::time::timeout(patience, reached).await.unwrap_or_else(|_| panic!("never {wanted} {kind} {state}"));
}

/// The address in a header such as `<https://…>`, from its path on.
fn path_in(header: &Value) -> String {
    let address = header.as_str().unwrap().trim_matches(['<', '>']);
    format!("/{}", address.splitn(4, '/').nth(3).unwrap())
}

async fn an_invitation_and_a_digest_come_once_though_two_nodes_run(place: Place) {
    let port = free_port();
    mail_through(&place, port);
    let mut mails = MailServer::at(port);
    let coordinator = place.token("coordinator");
    let (first, second) = (place.serve(), place.serve());
    send(&first, &coordinator, beginning()).await;
    send(&first, &coordinator, vec![("InvitePerson", thandi())]).await;
    let invitation = mails.next().await;
    assert_eq!(invitation["to"], json!(["thandi@example.org"]));
    assert_eq!(invitation["headers"]["subject"], "You are invited to Koinon");
    let text = invitation["text"].as_str().unwrap();
    assert!(text.contains("Thandi Example, you are invited"), "{text}");
    let link = text.split("/invitation/").nth(1).unwrap().split_whitespace().next().unwrap();
    first.get(&format!("/invitation/{link}"), "").await.expect(200);

    let granted = json!({ "person": H, "role": "delegate", "scope": format!("city/{C2}"), "grant": "g1" });
    send(&first, &coordinator, vec![("GrantRole", granted)]).await;
    let own = as_thandi(&place);
    let follow = json!({ "subject": format!("partnership/{S}") });
    let steps = vec![
        ("AcceptInvitation", json!({ "person": H })),
        ("SetDigest", json!({ "digest": "instant" })),
        ("FollowSubject", follow),
    ];
    send(&second, &own, steps).await;
    send(&second, &coordinator, vec![("ScheduleVisit", visit())]).await;
    let digest = mails.next().await;
    let (text, html) = (digest["text"].as_str().unwrap(), digest["html"].as_str().unwrap());
    for words in ["scheduled", "Name who comes from eThekwini", "13"] {
        assert!(text.contains(words) && html.contains(words), "{words}: {text}");
    }
    assert!(html.contains("<html lang=\"en\">") && !html.contains("<script"), "{html}");
    assert_eq!(digest["headers"]["auto-submitted"], "auto-generated");
    assert_eq!(digest["headers"]["list-unsubscribe-post"], "List-Unsubscribe=One-Click");
    assert!(digest["headers"]["message-id"].as_str().unwrap().ends_with("@example.org>"));
    until(&place, "digest", "sent", 1).await;
    // What comes soon after waits for the next mail, on both nodes.
    let moved = json!({ "visit": V, "from": "2027-06-20", "to": "2027-06-24", "reason": "Strike" });
    let position = send(&first, &coordinator, vec![("RescheduleVisit", moved)]).await;
    second.get_at("/api/dashboard?programme=test-1", &coordinator, position).await.expect(200);
    first.stop();
    second.stop();
    assert_eq!((count(&place, "digest", "sent").await, count(&place, "digest", "waiting").await), (1, 0));
    assert_eq!(mails.waiting(), 0, "each came once");
    assert!(!place.export().contains("thandi@example.org"), "no address is in the log");
}

async fn a_mail_server_that_is_down_delays_and_then_takes_each_once_also_after_a_kill(place: Place) {
    let port = free_port();
    mail_through(&place, port);
    let coordinator = place.token("coordinator");
    let server = place.serve();
    with_a_reader(&place, &server, &coordinator).await;
    send(&server, &coordinator, vec![("ScheduleVisit", visit())]).await;
    until(&place, "digest", "waiting", 1).await;
    let status = server.get("/api/status", &coordinator).await.expect(200);
    assert_eq!(status.status, 200, "nothing else is held up");
    server.kill();
    // The lease of whoever was killed ends by itself; here it is ended at once.
    place.execute("UPDATE mails SET leased = 0, due = 0 WHERE state = 'waiting'").await.unwrap();
    let mut mails = MailServer::at(port);
    let again = place.serve();
    let digest = mails.next().await;
    assert!(digest["text"].as_str().unwrap().contains("scheduled"), "{digest}");
    until(&place, "digest", "sent", 1).await;
    again.stop();
    assert_eq!(mails.waiting(), 0, "once");
    let third = place.serve();
    third.get("/healthz", "").await.expect(200);
    until(&place, "digest", "waiting", 0).await;
    third.stop();
    assert_eq!((mails.waiting(), count(&place, "digest", "sent").await), (0, 1));
}

async fn who_may_no_longer_see_it_is_told_nothing(place: Place) {
    let port = free_port();
    mail_through(&place, port);
    let coordinator = place.token("coordinator");
    let server = place.serve();
    with_a_reader(&place, &server, &coordinator).await;
    send(&server, &coordinator, vec![("ScheduleVisit", visit())]).await;
    until(&place, "digest", "waiting", 1).await;
    let revoked = json!({ "person": H, "grant": "g1", "reason": "Left the department" });
    send(&server, &coordinator, vec![("RevokeRole", revoked)]).await;
    let mails = MailServer::at(port);
    place.execute("UPDATE mails SET leased = 0, due = 0 WHERE state = 'waiting'").await.unwrap();
    until(&place, "digest", "void", 1).await;
    server.stop();
    assert_eq!(mails.waiting(), 0, "nothing was sent");
}

async fn who_unsubscribes_hears_nothing_more_and_need_not_sign_in(place: Place) {
    let port = free_port();
    mail_through(&place, port);
    let mut mails = MailServer::at(port);
    let coordinator = place.token("coordinator");
    let server = place.serve();
    with_a_reader(&place, &server, &coordinator).await;
    let position = send(&server, &coordinator, vec![("ScheduleVisit", visit())]).await;
    let digest = loop {
        let mail = mails.next().await;
        if !mail["headers"]["list-unsubscribe"].is_null() {
            break mail;
        }
    };
    let path = path_in(&digest["headers"]["list-unsubscribe"]);
    let page = server.get(&path, "").await.expect(200);
    assert!(!page.text().contains("Thandi"), "the page names nobody");
    let set = |events: Vec<Value>| events.into_iter().filter(|event| event["type"] == "koinon.DigestSet.v1").count();
    assert_eq!(set(server.events(position, &coordinator).await), 0, "opening the page changes nothing");
    let (head, mark) = path.rsplit_once('/').unwrap();
    let other = format!("{head}/{}", mark.chars().rev().collect::<String>());
    let post = |path: String| server.request(reqwest::Method::POST, &path, "").body("List-Unsubscribe=One-Click");
    assert_eq!(post(other).send().await.unwrap().status(), 404);
    assert_eq!(post(path.clone()).send().await.unwrap().status(), 200);
    assert_eq!(post(path).send().await.unwrap().status(), 200, "twice does no harm");
    let events = server.events(position, &coordinator).await;
    let off = events.iter().find(|event| event["type"] == "koinon.DigestSet.v1").unwrap();
    assert_eq!((&off["data"]["digest"], &off["actor"]), (&json!("off"), &json!(format!("person/{H}"))));
    server.stop();
}

async fn a_reminder_is_recorded_and_mailed_once_a_day(place: Place) {
    let port = free_port();
    mail_through(&place, port);
    let mut mails = MailServer::at(port);
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let own = with_a_reader(&place, &server, &coordinator).await;
    send(&server, &own, vec![("SetDigest", json!({ "digest": "weekly" }))]).await;
    send(&server, &coordinator, vec![("ScheduleVisit", visit())]).await;
    let remind = json!({ "person": H, "subject": format!("visit/{V}"), "matter": "name-delegation" });
    send(&server, &coordinator, vec![("RemindPerson", remind.clone())]).await;
    let mail = loop {
        let mail = mails.next().await;
        if mail["headers"]["subject"].as_str().unwrap().contains("reminds you") {
            break mail;
        }
    };
    assert!(mail["text"].as_str().unwrap().contains("Name who comes from eThekwini"), "{mail}");
    let again = server.command("RemindPerson", &remind, &coordinator).await.expect(200).json();
    assert_eq!(again["events"], json!([]), "the same on the same day is a repeat");
    // What is done is not reminded of.
    let nothing = json!({ "person": H, "subject": format!("visit/{V}"), "matter": "confirm-visit" });
    send(&server, &coordinator, vec![("RemindPerson", nothing)]).await;
    until(&place, "reminder", "void", 1).await;
    assert_eq!(count(&place, "reminder", "sent").await, 1);
    server.stop();
}

#[tokio::test]
async fn a_mail_server_that_asks_for_protection_and_a_password_gets_both() {
    let place = Place::sqlite();
    let file = |name: &str| place.folder().join(name).display().to_string();
    let (certificate, key, port) = (file("mail.pem"), file("mail.key"), free_port());
    let made = std::process::Command::new("openssl")
        .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", &certificate, "-keyout", &key])
        .output()
        .expect("openssl is needed: tests/run installs it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::write(file("password"), "horse staple\n").unwrap();
    let mut mails = MailServer::with(port, &[&certificate, &key, "koinon", "horse staple"]);
    let lines = format!(
        "smtp_url = 'smtp://localhost:{port}'\nsmtp_user = 'koinon'\nsmtp_password_file = 'password'\n\
         smtp_ca_file = 'mail.pem'\nmail_from = 'Koinon <koinon@example.org>'\n"
    );
    std::fs::write(place.folder().join("koinon.toml"), lines).unwrap();
    let coordinator = place.token("coordinator");
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, vec![("InvitePerson", thandi())]).await;
    let mail = mails.next().await;
    assert_eq!((&mail["protected"], &mail["from"]), (&json!(true), &json!("koinon@example.org")));
    server.stop();
}
