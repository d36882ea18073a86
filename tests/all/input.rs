//! Bad input, as a table: every body that does not fit is refused with its status, and with the JSON pointer of the
//! place where one is known; nothing of it reaches the log.

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{self, C1, P, S, V};
use crate::support::server::{Reply, Server};

on_both_engines!(what_does_not_fit_is_refused_where_it_stands_and_leaves_no_event);

/// One bad body: why it is bad, which command it is for, its bytes, and the refusal.
struct Case {
    why: &'static str,
    command: &'static str,
    body: Vec<u8>,
    status: u16,
    pointers: Vec<String>,
}

fn case(why: &'static str, command: &'static str, body: impl Into<Vec<u8>>, status: u16, pointers: &[&str]) -> Case {
    let pointers = pointers.iter().map(|pointer| (*pointer).to_owned()).collect();
    Case { why, command, body: body.into(), status, pointers }
}

/// A good body of that command with one field set to something else, or added.
fn with(command: &'static str, field: &str, value: Value) -> Vec<u8> {
    let mut body = good(command);
    body.insert(field.to_owned(), value);
    serde_json::to_vec(&body).unwrap()
}

/// A good body with one field given as these very bytes of JSON.
fn with_raw(command: &'static str, field: &str, raw: &str) -> Vec<u8> {
    let mut body = good(command);
    body.insert(field.to_owned(), json!("PLACE"));
    serde_json::to_string(&body).unwrap().replace("\"PLACE\"", raw).into_bytes()
}

fn without(command: &'static str, field: &str) -> Vec<u8> {
    let mut body = good(command);
    body.remove(field).unwrap();
    serde_json::to_vec(&body).unwrap()
}

/// The journey's own body of a command, for a new subject.
fn good(command: &'static str) -> Map<String, Value> {
    let all = bodies::beginning().into_iter().chain(bodies::middle());
    let (_, body) = all.into_iter().find(|(name, _)| *name == command).unwrap();
    let mut body = body.as_object().unwrap().clone();
    body.remove("id");
    body
}

/// Fields of one command, each made unfit in turn; 422 with that field's pointer.
fn unfit_fields() -> Vec<Case> {
    let long_line = "a".repeat(201);
    let long_prose = "a".repeat(8001);
    let table = [
        ("a field nobody knows", "ScheduleVisit", "colour", json!("red")),
        ("a number for a date", "ScheduleVisit", "from", json!(20_260_613)),
        ("30 February", "ScheduleVisit", "from", json!("2026-02-30")),
        ("a day without zeros", "ScheduleVisit", "from", json!("2026-6-3")),
        ("a time for a date", "ScheduleVisit", "from", json!("2026-06-13T10:00:00Z")),
        ("a 13th month", "RecordMeasurement", "period", json!("2026-13")),
        ("text for a list", "ScheduleVisit", "visiting_cities", json!("all")),
        ("null for what is needed", "ScheduleVisit", "host_city", Value::Null),
        ("a kind that is none", "ScheduleVisit", "kind", json!("holiday")),
        ("a kind in capitals", "ScheduleVisit", "kind", json!("Study-Visit")),
        ("what is no UUID", "ScheduleVisit", "host_city", json!("Porto")),
        ("an object for text", "ScheduleVisit", "objectives", json!({ "en": "See" })),
        ("an over-long line", "RegisterCity", "name", json!(long_line)),
        ("over-long prose", "ScheduleVisit", "objectives", json!(long_prose)),
        ("an empty text", "RegisterCity", "name", json!("   ")),
        ("a line break in a line", "RegisterCity", "name", json!("Porto\nGaia")),
        ("a negative population", "RegisterCity", "population", json!(-1)),
        ("more people than there are", "RegisterCity", "population", json!(1_000_000_000_000_u64)),
        ("a latitude past the pole", "RegisterCity", "latitude", json!("90.0001")),
        ("a longitude past the line", "RegisterCity", "longitude", json!("-180.5")),
        ("a decimal as a number", "RegisterCity", "latitude", json!(41.1485)),
        ("a decimal in words", "RecordMeasurement", "value", json!("many")),
        ("an exponent in a decimal", "RecordMeasurement", "value", json!("1e3")),
        ("a zone that is none", "RegisterCity", "timezone", json!("Europe/Atlantis")),
        ("a country that is none", "RegisterCity", "country", json!("XX")),
        ("a language that is none", "RegisterCity", "languages", json!(["portuguese!"])),
        ("an address that is none", "InvitePerson", "email", json!("thandi at example.org")),
        ("a NUL in a text", "ScheduleVisit", "objectives", json!("See\u{0}it")),
        ("a whole number too large", "RegisterCity", "population", json!(9_007_199_254_740_993_u64)),
    ];
    let pointed = |field: &str, value: &Value| match (field, value) {
        ("languages", _) => "/languages/0".to_owned(),
        _ => format!("/{field}"),
    };
    table
        .into_iter()
        .map(|(why, command, field, value)| {
            let pointer = pointed(field, &value);
            case(why, command, with(command, field, value), 422, &[&pointer])
        })
        .collect()
}

/// What concerns several fields, or other subjects.
fn unfit_wholes() -> Vec<Case> {
    let nobody = "01970000-0000-7000-8000-00000000ffff";
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let double = serde_json::to_string(&good("ScheduleVisit")).unwrap().replacen('{', r#"{"from":"2026-06-01","#, 1);
    let surrogate = with_raw("ScheduleVisit", "objectives", r#""half \ud83d of it""#);
    let mut not_utf8 = with("ScheduleVisit", "objectives", json!("See X"));
    let at = not_utf8.iter().position(|byte| *byte == b'X').unwrap();
    not_utf8[at] = 0xff;
    vec![
        case("to before from", "ScheduleVisit", with("ScheduleVisit", "to", json!("2026-06-12")), 422, &["/to"]),
        case(
            "an unknown city",
            "ScheduleVisit",
            with("ScheduleVisit", "host_city", json!(nobody)),
            422,
            &["/host_city"],
        ),
        case(
            "an unknown city in a list",
            "ProposePartnership",
            with("ProposePartnership", "cities", json!([C1, nobody])),
            422,
            &["/cities/1"],
        ),
        case(
            "one country only",
            "ProposePartnership",
            with("ProposePartnership", "cities", json!([C1, bodies::C3])),
            422,
            &["/cities"],
        ),
        case(
            "one city only",
            "ProposePartnership",
            with("ProposePartnership", "cities", json!([C1])),
            422,
            &["/cities"],
        ),
        case(
            "a theme that is none",
            "ScheduleVisit",
            with("ScheduleVisit", "themes", json!(["x"])),
            422,
            &["/themes/0"],
        ),
        case("a field left out", "ScheduleVisit", without("ScheduleVisit", "from"), 422, &["/from"]),
        case("nothing at all in it", "CancelVisit", "{}", 422, &["/reason", "/visit"]),
        case("a list", "CancelVisit", "[]", 400, &[""]),
        case("a number", "CancelVisit", "7", 400, &[""]),
        case("null", "CancelVisit", "null", 400, &[""]),
        case("no body", "CancelVisit", "", 400, &[""]),
        case("no JSON", "CancelVisit", "visit=7", 400, &[""]),
        case("JSON and then more", "CancelVisit", "{} {}", 400, &[""]),
        case("a key twice", "ScheduleVisit", double, 400, &["/from"]),
        case(
            "a key twice, deeper",
            "PlanPilot",
            with_raw("PlanPilot", "risks", r#"[{"id":"a","id":"b"}]"#),
            400,
            &["/risks/0/id"],
        ),
        case("half a surrogate pair", "ScheduleVisit", surrogate, 400, &["/objectives"]),
        case("bytes that are no UTF-8", "ScheduleVisit", not_utf8, 400, &["/objectives"]),
        case("deeper than 32 levels", "ScheduleVisit", with_raw("ScheduleVisit", "objectives", &deep), 400, &[]),
        case("a fraction", "RegisterCity", with_raw("RegisterCity", "population", "231800.5"), 422, &["/population"]),
        case("an exponent", "RegisterCity", with_raw("RegisterCity", "population", "2e5"), 422, &["/population"]),
    ]
}

async fn is_refused(server: &Server, token: &str, case: &Case) {
    let request = server.request(Method::POST, &format!("/api/commands/{}", case.command), token);
    let request = request.header("content-type", "application/json").body(case.body.clone());
    let reply = Reply::to(request).await;
    assert_eq!(reply.status.as_u16(), case.status, "{}: {}", case.why, reply.text());
    assert_eq!(reply.header("content-type"), "application/problem+json", "{}", case.why);
    let problem = reply.json();
    assert!(problem["type"].as_str().unwrap().starts_with("/problems/"), "{}: {problem}", case.why);
    if !case.pointers.is_empty() {
        assert_eq!(reply.pointers(), case.pointers, "{}: {problem}", case.why);
    }
    let told = problem["errors"].as_array().into_iter().flatten().all(|error| error["message"] != "");
    assert!(told, "{}: {problem}", case.why);
}

async fn what_does_not_fit_is_refused_where_it_stands_and_leaves_no_event(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    bodies::send(&server, &token, bodies::beginning()).await;
    let mut third = bodies::city(bodies::C3, "Braga", "PT", "Europe/Lisbon");
    third["strand"] = json!("Africa");
    bodies::send(&server, &token, vec![("RegisterCity", third), ("SelectCity", json!({ "city": bodies::C3 }))]).await;
    let steps = bodies::middle();
    let position = bodies::send(&server, &token, steps.into_iter().take(8).collect()).await;
    for case in unfit_fields().iter().chain(&unfit_wholes()) {
        is_refused(&server, &token, case).await;
    }
    media_and_size(&server, &token).await;
    headers(&server, &token).await;
    floods(&server, &token).await;
    assert_eq!(server.events(position, &token).await, [Value::Null; 0], "what is refused leaves no event");
    let body = json!({ "visit": V, "reason": "Floods" });
    server.command("CancelVisit", &body, &token).await.expect(200);
    server.stop();
    place.verify();
}

async fn media_and_size(server: &Server, token: &str) {
    let post = |media: &str, body: Vec<u8>| {
        let request = server.request(Method::POST, "/api/commands/CancelVisit", token).body(body);
        if media.is_empty() { request } else { request.header("content-type", media) }
    };
    let good = serde_json::to_vec(&json!({ "visit": V, "reason": "Floods" })).unwrap();
    for media in
        ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/jsonx"]
    {
        Reply::to(post(media, good.clone())).await.refuses(415, "not-json");
    }
    let packed = post("application/json", good.clone()).header("content-encoding", "gzip");
    Reply::to(packed).await.refuses(415, "not-json");
    let mut large = good.clone();
    large.resize(1024 * 1024 + 1, b' ');
    Reply::to(post("application/json", large.clone())).await.refuses(413, "body-too-large");
    let pieces = large.chunks(4096).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect::<Vec<_>>();
    let streamed = reqwest::Body::wrap_stream(futures::stream::iter(pieces));
    let unsized_body = server.request(Method::POST, "/api/commands/CancelVisit", token);
    let unsized_body = unsized_body.header("content-type", "application/json").body(streamed);
    Reply::to(unsized_body).await.refuses(413, "body-too-large");
    large.truncate(1024 * 1024);
    large[good.len() - 2] = b'!';
    Reply::to(post("application/json", large)).await.expect(400);
}

/// The order of checks, and headers that do not fit.
async fn headers(server: &Server, token: &str) {
    let stranger = server.request(Method::POST, "/api/commands/MakeCoffee", "").body("not JSON");
    Reply::to(stranger).await.refuses(401, "not-signed-in");
    let wrong = server.request(Method::POST, "/api/commands/CancelVisit", "no-such-token").body("not JSON");
    Reply::to(wrong).await.refuses(401, "not-signed-in");
    let absent = json!({ "visit": S, "reason": "Floods" });
    server.command("CancelVisit", &absent, token).await.refuses(404, "not-found");
    server.command("MakeCoffee", &json!({}), token).await.refuses(404, "unknown-command");
    let lost = json!({ "visit": V, "reason": "Floods" });
    for (name, value) in [("If-Match", "seven"), ("Idempotency-Key", ""), ("Koinon-Correlation", "x")] {
        let reply = Reply::to(server.order("CancelVisit", &lost, token).header(name, value)).await;
        assert_eq!(reply.refuses(422, "fields-do-not-fit").pointers(), [format!("/{name}")]);
    }
    for path in ["/api/events?after=x", "/api/events?limit=0", "/api/events?colour=red", "/api/events?limit=5&limit=6"]
    {
        server.get(path, token).await.refuses(422, "fields-do-not-fit");
    }
    server.get("/api/coffees", token).await.refuses(404, "not-found");
    server.get(&format!("/api/visits/{P}"), token).await.refuses(404, "not-found");
    server.get("/api/visits/seven", token).await.refuses(404, "not-found");
    let put = server.request(Method::PUT, "/api/events", token);
    Reply::to(put).await.refuses(405, "method-not-allowed");
}

/// A body as large as is allowed must not cost more than it is worth.
async fn floods(server: &Server, token: &str) {
    let fields: Map<String, Value> = (0..40_000).map(|at| (format!("field{at}"), Value::Null)).collect();
    let began = std::time::Instant::now();
    let reply = server.command("CancelVisit", &Value::Object(fields), token).await.refuses(422, "fields-do-not-fit");
    assert!(reply.pointers().len() >= 3);
    assert!(began.elapsed().as_secs() < 20, "forty thousand unknown fields took {:?}", began.elapsed());
}
