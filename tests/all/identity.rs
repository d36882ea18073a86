//! Signing in as a person, as a browser does it: the link, the password, the second factor, the sessions.

use reqwest::{Client, Response, StatusCode, redirect};
use serde_json::json;

use koinon::app::accounts::code_at;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, create};
use crate::support::server::Server;

on_both_engines!(
    an_invited_person_chooses_a_password_and_signs_in_with_it,
    a_coordinator_signs_in_only_with_a_second_factor,
    a_session_that_is_ended_ends_its_feed,
    guessing_is_slowed_down_and_tells_nothing,
    who_may_make_a_link,
    the_first_administrator_chooses_a_password_and_a_second_factor,
    a_database_from_before_gains_accounts,
    administrators_see_what_happened_and_everybody_who_may_do_what,
    auditors_read_what_was_refused_and_by_which_rule,
);

const SECRET: &str = "four green trams at dusk";

/// A browser that keeps one cookie.
struct Browser<'a> {
    server: &'a Server,
    client: Client,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(server: &'a Server) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { server, client, cookie: String::new() }
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.server.address())).header("accept", "text/html");
        request.header("cookie", &self.cookie).send().await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.unwrap()
    }

    /// Sends a form, with the form token of the page at that path when it has one.
    async fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let page = self.get(path).await.text().await.unwrap();
        let token = between(&page, "name=\"form_token\" value=\"", "\"");
        let mut fields = fields.to_vec();
        fields.extend(token.as_deref().map(|token| ("form_token", token)));
        let answer = self.send_bare(path, &fields, "same-origin").await;
        if let Some(cookie) = answer.headers().get("set-cookie") {
            self.cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        }
        answer
    }

    async fn send_bare(&self, path: &str, fields: &[(&str, &str)], site: &str) -> Response {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let request = self.client.post(format!("{}{path}", self.server.address())).header("sec-fetch-site", site);
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").header("cookie", &self.cookie);
        request.body(body.join("&")).send().await.unwrap()
    }

    async fn sign_in(&mut self, email: &str, password: &str, code: &str) -> StatusCode {
        self.send("/sign-in", &[("email", email), ("password", password), ("code", code)]).await.status()
    }
}

fn escaped(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn between(text: &str, from: &str, to: &str) -> Option<String> {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found.to_owned())
}

/// A person made from the shell; gives the path of the link.
fn user(place: &Place, email: &str, kind: &str) -> String {
    let arguments = ["user", "create", "--name", "Ada Example", "--email", email, "--kind", kind, "--role", kind];
    let output = place.run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = String::from_utf8(output.stdout).unwrap();
    let at = link.find("/invitation/").expect("a link is printed");
    link[at..].trim().to_owned()
}

/// The bytes of a secret as apps show it.
fn unbase32(text: &str) -> Vec<u8> {
    let bits: String = text
        .bytes()
        .map(|letter| if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' })
        .map(|five| format!("{five:05b}"))
        .collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes.map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()).collect()
}

fn seconds() -> i64 {
    koinon::clock::Clock::System.now().micros() / 1_000_000
}

/// Sets up the second factor; gives its secret and the recovery codes.
async fn set_up_factor(browser: &mut Browser<'_>) -> (Vec<u8>, Vec<String>) {
    let page = browser.page("/account/second-factor").await;
    let secret = unbase32(&between(&page, "<code id=\"secret\">", "</code>").unwrap());
    assert!(page.contains("otpauth://totp/"), "{page}");
    let wrong = browser.send("/account/second-factor", &[("code", "abcdef")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let done = browser.send("/account/second-factor", &[("code", &code_at(&secret, seconds()))]).await;
    assert_eq!(done.status(), StatusCode::OK);
    let page = done.text().await.unwrap();
    let codes = page.split("<li><code>").skip(1).filter_map(|rest| rest.split_once("</code>"));
    (secret, codes.map(|(code, _)| code.to_owned()).collect())
}

async fn an_invited_person_chooses_a_password_and_signs_in_with_it(place: Place) {
    let link = user(&place, "ada@example.org", "expert");
    let server = place.serve();
    let mut ada = Browser::new(&server);
    assert!(ada.page(&link).await.contains("Ada Example"));
    for (new, again) in [("short", "short"), ("password1234", "password1234"), (SECRET, "another one entirely")] {
        let refused = ada.send(&link, &[("new", new), ("again", again)]).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
    let foreign = ada.send_bare(&link, &[("new", SECRET), ("again", SECRET)], "cross-site").await;
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    assert_eq!(ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await.status(), StatusCode::SEE_OTHER);
    assert!(ada.page("/account").await.contains("Ada Example"), "who used the link is signed in");
    assert_eq!(ada.get(&link).await.status(), StatusCode::NOT_FOUND, "a link works once");
    assert!(place.export().contains("koinon.InvitationAccepted.v1"));

    let mut other = Browser::new(&server);
    assert_eq!(other.sign_in("Ada@Example.org", SECRET, "").await, StatusCode::SEE_OTHER);
    assert_ne!(other.cookie, ada.cookie, "a session of its own");
    other.page("/account").await;
    let wrong = [("current", "not it at all"), ("new", "seven blue boats"), ("again", "seven blue boats")];
    assert_eq!(other.send("/account/password", &wrong).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("current", SECRET), ("new", "seven blue boats"), ("again", "seven blue boats")];
    let before = other.cookie.clone();
    assert_eq!(other.send("/account/password", &right).await.status(), StatusCode::SEE_OTHER);
    assert_ne!(before, other.cookie);
    other.page("/account").await;
    assert_eq!(ada.get("/account").await.status(), StatusCode::SEE_OTHER, "all other sessions have ended");
    assert_eq!(ada.sign_in("ada@example.org", SECRET, "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.sign_in("ada@example.org", "seven blue boats", "").await, StatusCode::SEE_OTHER);
    let guessed = ada.send_bare("/sign-out", &[("form_token", "guess")], "same-origin").await;
    assert_eq!(guessed.status(), StatusCode::FORBIDDEN, "signing out needs the form's token");
    let token = between(&ada.page("/account").await, "name=\"form_token\" value=\"", "\"").unwrap();
    let left = ada.send_bare("/sign-out", &[("form_token", &token)], "same-origin").await;
    assert_eq!(left.status(), StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/account").await.status(), StatusCode::SEE_OTHER, "the cookie opens nothing any more");
    server.stop();
    let log = place.export();
    assert!(!log.contains("trams") && !log.contains("argon2") && !log.contains("example.org"));
    place.verify();
}

async fn a_coordinator_signs_in_only_with_a_second_factor(place: Place) {
    let link = user(&place, "ada@example.org", "coordinator");
    let server = place.serve();
    let mut ada = Browser::new(&server);
    let entered = ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await;
    assert_eq!(entered.headers()["location"], "/account/second-factor");
    assert_eq!(ada.get("/visits").await.status(), StatusCode::SEE_OTHER, "nothing is read before");
    assert_eq!(ada.get("/api/visits").await.status(), StatusCode::UNAUTHORIZED);
    let (secret, codes) = set_up_factor(&mut ada).await;
    assert_eq!(codes.len(), 8);
    ada.page("/visits").await;

    let mut other = Browser::new(&server);
    assert_eq!(other.sign_in("ada@example.org", SECRET, "").await, StatusCode::UNPROCESSABLE_ENTITY);
    let used = code_at(&secret, seconds());
    assert_eq!(other.sign_in("ada@example.org", SECRET, &codes[0]).await, StatusCode::SEE_OTHER);
    other.page("/visits").await;
    assert_eq!(
        other.sign_in("ada@example.org", SECRET, &codes[0]).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a recovery code works once"
    );
    let next = code_at(&secret, seconds() + 30);
    assert_eq!(other.sign_in("ada@example.org", SECRET, &next).await, StatusCode::SEE_OTHER);
    for code in [&next, &used] {
        let again = other.sign_in("ada@example.org", SECRET, code).await;
        assert_eq!(again, StatusCode::UNPROCESSABLE_ENTITY, "neither a code nor an earlier one works again");
    }

    let people = place.people();
    let id = people.split('\t').next().unwrap();
    let again = ["user", "link", id, "--reset-second-factor"];
    let link = String::from_utf8(place.run(&again).stdout).unwrap();
    let link = link[link.find("/invitation/").unwrap()..].trim().to_owned();
    assert_eq!(ada.get("/visits").await.status(), StatusCode::SEE_OTHER, "its sessions have ended");
    let entered = ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await;
    assert_eq!(entered.headers()["location"], "/account/second-factor");
    set_up_factor(&mut ada).await;
    ada.page("/visits").await;
}

async fn a_session_that_is_ended_ends_its_feed(place: Place) {
    let link = user(&place, "ada@example.org", "expert");
    let server = place.serve();
    let mut ada = Browser::new(&server);
    ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await;
    let mut other = Browser::new(&server);
    assert_eq!(other.sign_in("ada@example.org", SECRET, "").await, StatusCode::SEE_OTHER);
    let feed = other.get("/api/feed").await;
    assert_eq!(feed.status(), StatusCode::OK);
    let page = ada.page("/account/sessions").await;
    assert_eq!(page.matches("name=\"id\"").count(), 2, "{page}");
    assert_eq!(ada.send("/account/sessions", &[]).await.status(), StatusCode::SEE_OTHER);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(8), feed.bytes()).await;
    assert!(ended.is_ok(), "the feed ends by itself");
    assert_eq!(other.get("/account").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(ada.page("/account/sessions").await.matches("name=\"id\"").count(), 1);
}

async fn guessing_is_slowed_down_and_tells_nothing(place: Place) {
    let link = user(&place, "ada@example.org", "expert");
    let server = place.serve();
    let mut ada = Browser::new(&server);
    ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await;
    let mut answers = Vec::new();
    for email in ["ada@example.org", "nobody@example.org"] {
        let mut guesser = Browser::new(&server);
        let fields = [("email", email), ("password", "seven blue boats")];
        let first = guesser.send("/sign-in", &fields).await;
        answers.push((first.status(), first.text().await.unwrap()));
        for _ in 0..4 {
            assert_eq!(guesser.send("/sign-in", &fields).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
        let slowed = guesser.send("/sign-in", &fields).await;
        assert_eq!(slowed.status(), StatusCode::TOO_MANY_REQUESTS, "{email}");
        assert!(slowed.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    }
    assert_eq!(answers[0], answers[1], "known and unknown are answered alike");
    assert_eq!(ada.get("/invitation/guess").await.status(), StatusCode::NOT_FOUND);
}

async fn who_may_make_a_link(place: Place) {
    let coordinator = place.token("coordinator");
    let link = user(&place, "ada@example.org", "administrator");
    let server = place.serve();
    create(&server, &coordinator).await;
    let body = json!({ "id": H, "programme": crate::support::bodies::P, "name": "Thandi Example",
        "email": "thandi@example.org", "organisation": "eThekwini", "languages": ["en"], "kind": "delegate" });
    let position = server.command("InvitePerson", &body, &coordinator).await.expect(201).json()["position"].clone();
    let mut chief = Browser::new(&server);
    chief.send("/sign-in", &[("token", &coordinator)]).await;
    let path = format!("/people/{H}/sign-in-link");
    chief.page(&format!("/people?seen={position}")).await;
    let made = chief.send(&path, &[]).await;
    assert_eq!(made.status(), StatusCode::OK);
    let secret = between(&made.text().await.unwrap(), "/invitation/", "<").unwrap();
    let mut thandi = Browser::new(&server);
    let mine = format!("/invitation/{secret}");
    assert_eq!(thandi.send(&mine, &[("new", SECRET), ("again", SECRET)]).await.status(), StatusCode::SEE_OTHER);
    let again = chief.send(&path, &[]).await;
    assert_eq!(again.status(), StatusCode::FORBIDDEN, "who has come in is given links by administrators only");

    let ada = between(&place.people(), "", "\tinvited\tadministrator").unwrap();
    let ada = ada.lines().last().unwrap().to_owned();
    let taken_over = chief.send(&format!("/people/{ada}/sign-in-link"), &[]).await;
    assert_eq!(taken_over.status(), StatusCode::FORBIDDEN, "nobody gains an administrator's rights by a link");
    assert_eq!(Browser::new(&server).get(&link).await.status(), StatusCode::OK);
}

async fn the_first_administrator_chooses_a_password_and_a_second_factor(place: Place) {
    let server = place.serve();
    let link = server.said().iter().find_map(|line| line.split_once("/set-up/")).expect("a link").1.to_owned();
    let mut ada = Browser::new(&server);
    let fields = [("name", "Ada Example"), ("email", "ada@example.org"), ("organisation", "Secretariat")];
    let done = ada.send(&format!("/set-up/{link}"), &fields).await;
    assert!(done.text().await.unwrap().contains("href=\"/account/password\""));
    let set = ada.send("/account/password", &[("new", SECRET), ("again", SECRET)]).await;
    assert_eq!(set.headers()["location"], "/account/second-factor");
    let (_, codes) = set_up_factor(&mut ada).await;
    ada.page("/security-log").await;
    let mut other = Browser::new(&server);
    assert_eq!(other.sign_in("ada@example.org", SECRET, "").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.sign_in("ada@example.org", SECRET, &codes[3]).await, StatusCode::SEE_OTHER);
    other.page("/people").await;
}

async fn a_database_from_before_gains_accounts(place: Place) {
    let coordinator = place.token("coordinator");
    let version =
        if place.file().is_some() { "PRAGMA user_version = 1" } else { "DELETE FROM koinon_schema WHERE version >= 2" };
    let tables = ["accounts", "recovery_codes", "sign_in_links", "sessions", "security_log"];
    let drop: String = tables.iter().map(|table| format!("DROP TABLE {table};")).collect();
    place.execute(&format!("{drop} {version};")).await.unwrap();
    let link = user(&place, "ada@example.org", "expert");
    let server = place.serve();
    create(&server, &coordinator).await;
    assert_eq!(Browser::new(&server).get(&link).await.status(), StatusCode::OK);
}

async fn administrators_see_what_happened_and_everybody_who_may_do_what(place: Place) {
    let [coordinator, administrator, auditor] =
        ["coordinator", "administrator", "auditor"].map(|role| place.token(role));
    let link = user(&place, "ada@example.org", "expert");
    let server = place.serve();
    create(&server, &coordinator).await;
    let mut ada = Browser::new(&server);
    ada.send(&link, &[("new", SECRET), ("again", SECRET)]).await;
    ada.sign_in("ada@example.org", "seven blue boats", "").await;
    let theme = crate::support::bodies::theme("waste");
    server.command("DefineTheme", &theme, &auditor).await.expect(403);
    server.get("/api/people.csv", &coordinator).await.expect(200);
    let log = server.get("/api/security-log", &administrator).await.expect(200);
    assert_eq!(log.header("cache-control"), "no-store");
    let items = log.json()["items"].as_array().unwrap().clone();
    let noted: Vec<&str> = items.iter().map(|item| item["what"].as_str().unwrap()).collect();
    assert_eq!(noted, ["exported", "denied", "sign-in-refused", "link-used", "link-made"]);
    assert_eq!(items[2]["address"], "127.0.0.1");
    let text = log.text();
    assert!(!text.contains("boats") && !text.contains("example.org") && !text.contains(&link), "{text}");
    server.get("/api/security-log", &coordinator).await.expect(404);
    server.get("/api/security-log", "").await.expect(401);

    let review = server.get("/api/access", &administrator).await.expect(200).json();
    let grants = review["items"].as_array().unwrap();
    let of_ada = grants.iter().find(|grant| grant["name"] == "Ada Example").expect("Ada has a role");
    assert_eq!((&of_ada["role"], &of_ada["granted_by"]), (&json!("expert"), &json!("system/shell")));
    assert_eq!(grants.iter().filter(|grant| grant["holder"].as_str().unwrap().starts_with("token/")).count(), 3);
    let table = server.get("/api/access.csv", &administrator).await.expect(200).text();
    assert!(table.contains("Ada Example"), "{table}");
    let before = server.get("/api/access?as_of=1", &administrator).await.expect(200).json();
    assert_eq!(before["items"], json!([]));
    let mut chief = Browser::new(&server);
    chief.send("/sign-in", &[("token", &administrator)]).await;
    assert!(chief.page("/access").await.contains("Ada Example"));
    assert!(chief.page("/security-log").await.contains("Sign-in refused"));
}

async fn auditors_read_what_was_refused_and_by_which_rule(place: Place) {
    let [coordinator, auditor, expert] = ["coordinator", "auditor", "expert"].map(|role| place.token(role));
    let server = place.serve();
    create(&server, &coordinator).await;
    let theme = crate::support::bodies::theme("waste");
    server.command("DefineTheme", &theme, &auditor).await.expect(403);
    server.command("StartProgramme", &json!({ "programme": H }), &coordinator).await.expect(404);
    let mut items = json!([]);
    // They are kept without making the command wait.
    while items.as_array().unwrap().len() < 2 {
        items = server.get("/api/refusals", &auditor).await.expect(200).json()["items"].clone();
    }
    let told = |at: usize, field: &str| items[at][field].as_str().unwrap().to_owned();
    assert_eq!((told(0, "command"), told(0, "rule")), ("StartProgramme".to_owned(), "absent".to_owned()));
    assert_eq!(told(0, "subject"), format!("programme/{H}"));
    assert_eq!((told(1, "command"), told(1, "rule")), ("DefineTheme".to_owned(), "denied".to_owned()));
    assert!(told(1, "actor").starts_with("token/"));
    let newest = server.get("/api/refusals?limit=1", &auditor).await.expect(200).json();
    let rest = server.get(&format!("/api/refusals?before={}", newest["before"]), &auditor).await.expect(200).json();
    assert_eq!(rest["items"], json!([items[1].clone()]));
    let table = server.get("/api/refusals.csv", &auditor).await.expect(200).text();
    assert!(table.contains("denied") && table.lines().count() == 3, "{table}");
    for nobody in [&coordinator, &expert] {
        server.get("/api/refusals", nobody).await.expect(404);
        server.get("/api/refusals.csv", nobody).await.expect(404);
    }
    server.get("/api/refusals", "").await.expect(401);
    let mut ada = Browser::new(&server);
    ada.send("/sign-in", &[("token", &auditor)]).await;
    assert!(ada.page("/refusals").await.contains("Define a theme"));
    assert!(ada.page("/refusals.csv").await.contains("StartProgramme"));
}

impl Place {
    /// What `koinon user list` prints.
    fn people(&self) -> String {
        String::from_utf8(self.run(&["user", "list"]).stdout).unwrap()
    }
}
