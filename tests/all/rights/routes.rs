//! Every address for everybody: the statuses stand here as a table, a line an address, and an address that the site map
//! has and the table has not fails the test. `303` leads to the sign-in page; `404` is what one may not see.

use reqwest::{Client, Method};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Reply;
use crate::support::world::{ROLES, Seat, World};

on_both_engines!(every_address_answers_everybody_as_the_table_says);

/// Method, address, what it is filled with, and a status for each of [`ROLES`].
const TABLE: &str = include_str!("routes.txt");

struct Line<'a> {
    method: Method,
    route: &'a str,
    path: &'a str,
    statuses: Vec<u16>,
}

fn lines() -> Vec<Line<'static>> {
    let told = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    told.map(|line| {
        let mut words = line.split_whitespace();
        let method = words.next().unwrap().parse().unwrap();
        let (route, path) = (words.next().unwrap(), words.next().unwrap());
        let path = if path == "=" { route } else { path };
        Line { method, route, path, statuses: words.map(|status| status.parse().unwrap()).collect() }
    })
    .collect()
}

/// Every address of the site map with its methods, read from its source.
pub fn site_map() -> Vec<(Method, String)> {
    let source = include_str!("../../../src/web/routes.rs");
    let mut found = Vec::new();
    for call in source.split(".route(").skip(1) {
        let path = call.split('"').nth(1).unwrap();
        let (mut depth, mut end) = (1, call.len());
        for (at, letter) in call.char_indices() {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            if depth == 0 {
                end = at;
                break;
            }
        }
        for (name, method) in
            [("get(", Method::GET), ("post(", Method::POST), ("put(", Method::PUT), ("delete(", Method::DELETE)]
        {
            if call[..end].contains(name) {
                found.push((method, path.to_owned()));
            }
        }
    }
    found
}

#[test]
fn no_address_is_missing_in_the_table() {
    let (lines, map) = (lines(), site_map());
    assert!(map.len() > 80, "the site map was not understood: {map:?}");
    let known =
        |(method, route): &(Method, String)| lines.iter().any(|line| line.method == *method && line.route == *route);
    let missing: Vec<_> = map.iter().filter(|each| !known(each)).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    let stale =
        lines.iter().filter(|line| !map.iter().any(|(method, route)| line.method == *method && line.route == route));
    let stale: Vec<_> = stale.map(|line| line.route).collect();
    assert!(stale.is_empty(), "in the table, but nowhere else: {stale:?}");
}

async fn every_address_answers_everybody_as_the_table_says(place: Place) {
    let world = World::new(&place).await;
    let mut seats: Vec<Seat> = Vec::new();
    for role in ROLES {
        seats.push(match role {
            "ended" => world.ended(&place).await,
            "revoked" => Seat { cookie: "koinon=person_guess".to_owned(), ..Seat::default() },
            role => world.seat(role).await,
        });
    }
    world.read("/api/visits", "chief").await.expect(200);
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let mut wrong = Vec::new();
    for line in lines() {
        let mut found = Vec::new();
        for (role, seat) in ROLES.iter().zip(&seats) {
            found.push(status(&world, &client, &line, role, seat).await);
        }
        if found != line.statuses {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            let path = if line.path == line.route { "=" } else { line.path };
            wrong.push(format!("{} {} {path} {}", line.method, line.route, found.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{}\nanswers otherwise:\n{}", ROLES.join(" "), wrong.join("\n"));
}

async fn status(world: &World, client: &Client, line: &Line<'_>, role: &str, seat: &Seat) -> u16 {
    let own = &world.parts[0];
    let mut path = line.path.to_owned();
    for what in ["visit", "report", "document", "person", "programme", "webhook", "pilot", "learning", "city"] {
        let id = own.id(if what == "city" { "host" } else { what });
        path = path.replace(&format!("{{{what}}}"), &id);
    }
    let is_for_programs = path.starts_with("/api/") && !path.starts_with("/api/docs");
    let mut request = client.request(line.method.clone(), format!("{}{path}", world.server.address()));
    let token = world.by(role);
    if is_for_programs && !token.is_empty() {
        request = request.bearer_auth(token);
    } else if !seat.cookie.is_empty() {
        request = request.header("cookie", &seat.cookie).header("koinon-form-token", &seat.form_token);
    }
    if line.method == Method::POST {
        request = request.header("sec-fetch-site", "same-origin");
        request = match line.route.starts_with("/api/") {
            true => request.header("content-type", "application/json").body("{}"),
            // The form token is not among the fields: whatever leans on a session is refused.
            false if line.route.starts_with("/documents") => {
                request.multipart(reqwest::multipart::Form::new().text("title", "A paper"))
            }
            false => request.form(&[("webhook", &own.id("webhook"))]),
        };
    }
    let answer = request.header("accept", "text/html, application/json").send().await.unwrap();
    let status = answer.status().as_u16();
    if path.contains("feed") && !path.contains("atom") || path.contains("replay") || path == "/live" {
        return status;
    }
    let reply = Reply::of(answer).await;
    assert!(status < 500, "{role}: {} {path}: {}", line.method, reply.text());
    status
}
