//! What a client sees, told against the whole rim: each story asks and looks at the answer.

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::app::{Caller, Koinon, Order, Start};
use crate::clock::Clock;
use crate::web::{Site, routes};

mod tongue;

const VISIT: &str = "01970000-0000-7000-8000-0000000000aa";

/// A service of its own, with a token of each role that the stories need.
struct Told {
    site: Site,
    coordinator: String,
    auditor: String,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        (self.status.as_u16(), problem["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned())
    }
}

async fn told() -> Told {
    let folder = tempfile::tempdir().unwrap();
    let start = Start::within(folder.path());
    let koinon = Koinon::open(&start, Clock::System).await.unwrap();
    let coordinator = token(&koinon, "coordinator").await;
    let auditor = token(&koinon, "auditor").await;
    Told { site: Site::new(koinon, "http://127.0.0.1", None, None, false), coordinator, auditor, _folder: folder }
}

async fn token(koinon: &Koinon, role: &str) -> String {
    let body = json!({ "name": role, "role": role }).as_object().unwrap().clone();
    let order = Order { name: "CreateToken".to_owned(), body, ..Order::default() };
    koinon.execute(&Caller::system("set-up").unwrap(), order).await.unwrap().secret.unwrap()
}

async fn ask(site: &Site, request: axum::http::request::Builder, body: impl Into<Body>) -> Answered {
    let response = routes::routes(site.clone()).oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
    Answered { status, headers, body }
}

impl Told {
    fn get(&self, path: &str) -> axum::http::request::Builder {
        Request::get(path).header("authorization", format!("Bearer {}", self.coordinator))
    }

    fn post(&self, path: &str) -> axum::http::request::Builder {
        let request = Request::post(path).header("authorization", format!("Bearer {}", self.coordinator));
        request.header("content-type", "application/json")
    }

    async fn read(&self, path: &str) -> Answered {
        ask(&self.site, self.get(path), "").await
    }

    async fn command(&self, name: &str, body: Value) -> Answered {
        ask(&self.site, self.post(&format!("/api/commands/{name}")), body.to_string()).await
    }

    /// A command that is done, and seen by what is read next.
    async fn done(&self, name: &str, body: Value) -> Value {
        let answered = self.command(name, body).await;
        assert!(answered.status.is_success(), "{name}: {}", answered.text());
        let position: u64 = answered.header("koinon-position").parse().unwrap();
        self.site.koinon.views().wait_for(position, std::time::Duration::from_secs(10)).await.unwrap();
        answered.json()
    }
}

#[tokio::test]
async fn who_asks_is_looked_at_before_anything_else() {
    let told = told().await;
    for request in [
        Request::post("/api/commands/Nonsense"),
        Request::get("/api/events"),
        Request::get("/api/no-such-thing"),
        Request::get("/metrics"),
        Request::get("/api/events").header("authorization", "Bearer wrong"),
        Request::get("/api/events").header("authorization", "Basic x"),
    ] {
        let answered = ask(&told.site, request, "{").await;
        assert_eq!(answered.problem(), (401, "not-signed-in".into()));
        assert!(answered.header("www-authenticate").starts_with("Bearer"));
    }
}

#[tokio::test]
async fn what_is_public_needs_no_token() {
    let told = told().await;
    for path in ["/healthz", "/readyz", "/api/openapi.json", "/api/docs"] {
        assert_eq!(ask(&told.site, Request::get(path), "").await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_body_is_checked_before_the_command_is_looked_up() {
    let told = told().await;
    let path = "/api/commands/ScheduleVisit";
    let plain = Request::post(path).header("authorization", format!("Bearer {}", told.coordinator));
    assert_eq!(ask(&told.site, plain, "{}").await.problem(), (415, "not-json".into()));
    assert_eq!(ask(&told.site, told.post(path), "{").await.problem().0, 400);
    assert_eq!(ask(&told.site, told.post(path), "[]").await.problem().0, 400);
    assert_eq!(
        ask(&told.site, told.post(path), vec![b' '; 1024 * 1024 + 1]).await.problem(),
        (413, "body-too-large".into())
    );
    assert_eq!(ask(&told.site, told.post("/api/commands/Nonsense"), "{").await.problem().0, 400);
    assert_eq!(
        ask(&told.site, told.post("/api/commands/Nonsense"), "{}").await.problem(),
        (404, "unknown-command".into())
    );
}

#[tokio::test]
async fn each_field_that_does_not_fit_is_named_by_its_pointer() {
    let told = told().await;
    let answered = told.command("ScheduleVisit", json!({ "from": "2026-02-30", "wrong": 1 })).await;
    assert_eq!(answered.problem(), (422, "fields-do-not-fit".into()));
    let errors = answered.json()["errors"].clone();
    let pointers: Vec<&str> =
        errors.as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert!(["/from", "/wrong", "/to", "/programme"].iter().all(|pointer| pointers.contains(pointer)), "{pointers:?}");
}

#[tokio::test]
async fn numbers_that_no_record_can_hold_are_refused_where_they_stand() {
    let told = told().await;
    let answered = ask(&told.site, told.post("/api/commands/ScheduleVisit"), r#"{"a":{"b":[1.5]}}"#).await;
    assert_eq!(answered.json()["errors"][0]["pointer"], "/a/b/0");
}

#[tokio::test]
async fn a_method_that_is_not_taken_says_so() {
    let told = told().await;
    let answered = ask(&told.site, told.get("/api/commands/ScheduleVisit"), "").await;
    assert_eq!(answered.problem().0, 405);
    assert_eq!(answered.header("allow"), "POST");
}

#[tokio::test]
async fn every_answer_wears_the_headers_that_protect_it() {
    let told = told().await;
    for path in ["/healthz", "/api/events", "/nowhere"] {
        let answered = ask(&told.site, Request::get(path), "").await;
        assert!(answered.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        assert_eq!(answered.header("referrer-policy"), "no-referrer");
        assert!(!answered.header("x-request-id").is_empty());
    }
}

#[tokio::test]
async fn a_subject_that_is_not_there_is_404() {
    let told = told().await;
    let answered = told.command("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" })).await;
    assert_eq!(answered.problem().0, 404);
}

/// A programme with two cities and a visit between them, as the contract tells it.
async fn journey(told: &Told) {
    const P: &str = "01970000-0000-7000-8000-000000000001";
    const C1: &str = "01970000-0000-7000-8000-0000000000c1";
    const C2: &str = "01970000-0000-7000-8000-0000000000c2";
    const S: &str = "01970000-0000-7000-8000-0000000000d1";
    told.done("CreateProgramme", json!({"id":P,"code":"test-1","title":{"en":"Test programme"},"funder":"European Union","on_behalf_of":"DG REGIO","starts_on":"2026-01-01","ends_on":"2027-06-30"})).await;
    told.done(
        "DefineTheme",
        json!({"programme":P,"code":"waste-to-energy","label":{"en":"Waste to energy"},"sdg_targets":["7.2","12.5"]}),
    )
    .await;
    told.done("StartProgramme", json!({ "programme": P })).await;
    told.done("RegisterCity", json!({"id":C1,"programme":P,"name":"Porto","native_name":"Porto","country":"PT","strand":"Europe","latitude":"41.1485","longitude":"-8.6110","population":231800,"timezone":"Europe/Lisbon","languages":["pt"]})).await;
    told.done("RegisterCity", json!({"id":C2,"programme":P,"name":"eThekwini","native_name":"eThekwini","country":"ZA","strand":"South Africa","latitude":"-29.8579","longitude":"31.0292","population":4239901,"timezone":"Africa/Johannesburg","languages":["en","zu"]})).await;
    for city in [C1, C2] {
        told.done("SelectCity", json!({ "city": city })).await;
    }
    told.done("ProposePartnership", json!({"id":S,"programme":P,"cities":[C1,C2],"themes":["waste-to-energy"],"rationale":"Both run waste-to-energy plants"})).await;
    for city in [C1, C2] {
        told.done("AcceptPartnership", json!({ "partnership": S, "city": city })).await;
    }
    told.done("ScheduleVisit", json!({"id":VISIT,"programme":P,"partnership":S,"kind":"study-visit","format":"in-person","host_city":C1,"visiting_cities":[C2],"from":"2026-06-13","to":"2026-06-17","themes":["waste-to-energy"],"objectives":"See the plant at work"})).await;
}

#[tokio::test]
async fn a_new_subject_is_201_and_answers_where_it_is() {
    let told = told().await;
    journey(&told).await;
    let moved = json!({"visit":VISIT,"from":"2026-06-20","to":"2026-06-24","reason":"Strike at the airport"});
    let answered = told.command("RescheduleVisit", moved.clone()).await;
    assert_eq!(answered.status, StatusCode::OK, "{}", answered.text());
    assert_eq!(answered.header("etag"), "\"2\"");
    assert_eq!(answered.header("location"), format!("/api/visits/{VISIT}"));
    let body = answered.json();
    assert_eq!(body["subject"], format!("visit/{VISIT}"));
    assert_eq!(body["events"][0]["position"].to_string(), answered.header("koinon-position"));
    let again = told.command("RescheduleVisit", moved).await;
    assert_eq!((again.status, again.json()["events"].clone()), (StatusCode::OK, json!([])));
}

#[tokio::test]
async fn a_lost_version_is_412_and_a_used_key_answers_the_same_again() {
    let told = told().await;
    journey(&told).await;
    let body = json!({"visit":VISIT,"from":"2026-06-20","to":"2026-06-24","reason":"Strike"}).to_string();
    let path = "/api/commands/RescheduleVisit";
    let lost = ask(&told.site, told.post(path).header("if-match", "\"7\""), body.clone()).await;
    assert_eq!(lost.problem(), (412, "version-lost".into()));
    let wrong = ask(&told.site, told.post(path).header("if-match", "seven"), body.clone()).await;
    assert_eq!(wrong.problem().0, 422);
    let first =
        ask(&told.site, told.post(path).header("idempotency-key", "k1").header("if-match", "\"1\""), body.clone())
            .await;
    let second =
        ask(&told.site, told.post(path).header("idempotency-key", "k1").header("if-match", "\"1\""), body).await;
    assert_eq!((first.status, &first.body), (StatusCode::OK, &second.body));
    let other = json!({"visit":VISIT,"reason":"Floods"}).to_string();
    let reused = ask(&told.site, told.post("/api/commands/CancelVisit").header("idempotency-key", "k1"), other).await;
    assert_eq!(reused.problem(), (422, "idempotency-key-reused".into()));
}

#[tokio::test]
async fn a_read_is_tagged_and_an_unchanged_one_is_not_sent_again() {
    let told = told().await;
    journey(&told).await;
    let path = format!("/api/visits/{VISIT}");
    let visit = told.read(&path).await;
    assert_eq!(visit.json()["status"], "scheduled");
    let held = ask(&told.site, told.get(&path).header("if-none-match", visit.header("etag")), "").await;
    assert_eq!((held.status, held.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert!(!held.header("koinon-position").is_empty());
}

#[tokio::test]
async fn the_past_is_answered_as_it_was_and_the_future_is_refused() {
    let told = told().await;
    journey(&told).await;
    let before = told
        .done("RescheduleVisit", json!({"visit":VISIT,"from":"2026-06-20","to":"2026-06-24","reason":"Strike"}))
        .await;
    let position = before["position"].as_u64().unwrap();
    let then = told.read(&format!("/api/visits/{VISIT}?as_of={}", position - 1)).await;
    assert_eq!(
        (then.json()["from"].clone(), then.header("koinon-position").to_owned()),
        (json!("2026-06-13"), (position - 1).to_string())
    );
    assert_eq!(told.read("/api/visits?as_of=999999").await.problem().0, 422);
    assert_eq!(told.read("/api/visits?as_of=2&q=porto").await.problem().0, 422);
    assert_eq!(told.read("/api/visits?as_of=yesterday").await.problem().0, 422);
}

#[tokio::test]
async fn lists_are_filtered_and_paged_by_what_they_name() {
    let told = told().await;
    journey(&told).await;
    let cities = told.read("/api/cities?limit=1&programme=test-1").await;
    assert_eq!(cities.json()["items"].as_array().unwrap().len(), 1);
    let link = cities.header("link").to_owned();
    assert!(link.ends_with("rel=\"next\""), "{link}");
    let next = told.read(link.trim_start_matches('<').split('>').next().unwrap()).await;
    assert_eq!(next.json()["items"].as_array().unwrap().len(), 1);
    assert_ne!(next.json()["items"][0]["id"], cities.json()["items"][0]["id"]);
    assert_eq!(told.read("/api/visits?status=cancelled").await.json()["items"], json!([]));
    assert_eq!(told.read("/api/visits?wrong=1").await.problem().0, 422);
    assert_eq!(told.read("/api/visits?cursor=wrong").await.problem().0, 422);
    assert_eq!(told.read("/api/excursions").await.problem().0, 404);
    let csv = told.read("/api/cities.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.text().contains("Porto"), "{}", csv.text());
}

#[tokio::test]
async fn the_log_is_given_byte_for_byte_in_every_form() {
    let told = told().await;
    journey(&told).await;
    let head = told.site.koinon.head().await.unwrap().position;
    let request = told.get("/api/events").header("accept", "application/x-ndjson");
    let lines = ask(&told.site, request, "").await;
    assert_eq!(lines.header("content-type"), "application/x-ndjson");
    let lines: Vec<String> = lines.text().lines().map(str::to_owned).collect();
    assert_eq!(lines.len() as u64, head);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(told.read(&format!("/api/events/{}", index + 1)).await.text(), *line);
    }
    assert_eq!(told.read("/api/events").await.text(), format!("[{}]", lines.join(",")));
    let page = told.read("/api/events?after=2&limit=3").await;
    assert_eq!(page.text(), format!("[{}]", lines[2..5].join(",")));
    assert_eq!(page.header("link"), "</api/events?limit=3&after=5>; rel=\"next\"");
    assert_eq!(told.read("/api/events/999999").await.problem().0, 404);
    assert_eq!(told.read("/api/events?limit=501").await.problem().0, 422);
}

#[tokio::test]
async fn the_log_is_filtered_by_city_type_and_programme() {
    let told = told().await;
    journey(&told).await;
    let programme = told.read("/api/programmes").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let city = told.read("/api/cities?q=porto").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let count = async |path: String| told.read(&path).await.json().as_array().unwrap().len();
    assert_eq!(count("/api/events?type=VisitScheduled".into()).await, 1);
    assert_eq!(
        count(format!("/api/events?programme={programme}")).await,
        count("/api/events?programme=test-1".into()).await
    );
    let porto = count(format!("/api/events?city={city}")).await;
    assert!(porto >= 5, "{porto}");
    assert_eq!(count("/api/events?programme=none-such".into()).await, 0);
}

#[tokio::test]
async fn the_log_in_words_names_who_what_and_why() {
    let told = told().await;
    journey(&told).await;
    told.done("CancelVisit", json!({"visit":VISIT,"reason":"Floods"})).await;
    let audit = told.read("/api/audit?type=VisitCancelled").await.json();
    let item = &audit["items"][0];
    assert_eq!((item["reason"].as_str(), item["type"].as_str()), (Some("Floods"), Some("VisitCancelled")));
    assert!(item["subject_title"].as_str().unwrap().contains("Porto"), "{item}");
    let history = told.read(&format!("/api/history/visit/{VISIT}")).await.json();
    assert_eq!(history["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_feed_tells_what_was_and_what_comes() {
    let told = told().await;
    let head = told.site.koinon.head().await.unwrap().position;
    let request = told.get("/api/feed").header("last-event-id", (head - 1).to_string()).body(Body::empty()).unwrap();
    let response = routes::routes(told.site.clone()).oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut body = response.into_body();
    let mut seen = String::new();
    journey(&told).await;
    while !seen.contains("event: koinon.VisitScheduled.v1") {
        let frame = body.frame().await.unwrap().unwrap().into_data().unwrap();
        seen.push_str(std::str::from_utf8(&frame).unwrap());
    }
    let ids: Vec<u64> =
        seen.lines().filter_map(|line| line.strip_prefix("id: ")).map(|id| id.parse().unwrap()).collect();
    assert_eq!(ids, (head..head + ids.len() as u64).collect::<Vec<_>>());
    told.site.end();
    while let Some(frame) = body.frame().await {
        frame.unwrap();
    }
}

#[tokio::test]
async fn an_auditor_reads_everything_and_changes_nothing() {
    let told = told().await;
    journey(&told).await;
    let bearer = format!("Bearer {}", told.auditor);
    let read = ask(&told.site, Request::get("/api/visits").header("authorization", &bearer), "").await;
    assert_eq!(read.json()["items"].as_array().unwrap().len(), 1);
    let request = Request::post("/api/commands/CancelVisit").header("authorization", &bearer);
    let body = json!({"visit":VISIT,"reason":"Floods"}).to_string();
    let refused = ask(&told.site, request.header("content-type", "application/json"), body).await;
    assert_eq!(refused.problem(), (403, "not-yours-to-do".into()));
}

#[tokio::test]
async fn pages_send_a_stranger_to_sign_in_and_let_a_token_in() {
    let told = told().await;
    journey(&told).await;
    let stranger = ask(&told.site, Request::get("/visits?status=scheduled").header("accept", "text/html"), "").await;
    assert_eq!(
        (stranger.status, stranger.header("location")),
        (StatusCode::SEE_OTHER, "/sign-in?next=%2Fvisits%3Fstatus%3Dscheduled")
    );
    let form = |token: &str, site: &'static str| {
        let request = Request::post("/sign-in").header("content-type", "application/x-www-form-urlencoded");
        (request.header("sec-fetch-site", site), format!("token={token}&next=%2Fvisits"))
    };
    let (request, body) = form("wrong", "same-origin");
    assert_eq!(ask(&told.site, request, body).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (request, body) = form(&told.coordinator, "cross-site");
    assert_eq!(ask(&told.site, request, body).await.status, StatusCode::FORBIDDEN);
    let (request, body) = form(&told.coordinator, "same-origin");
    let entered = ask(&told.site, request, body).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/visits"));
    let cookie = entered.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("koinon=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().unwrap();
    for path in [
        "/",
        "/visits",
        "/cities",
        "/partnerships",
        "/audit",
        "/programmes",
        "/people",
        "/account",
        "/reports",
        "/events/1",
        "/search?q=porto",
        "/audit?figure=cities",
        "/?as_of=3",
        &format!("/visits/{VISIT}"),
    ] {
        let page = ask(&told.site, Request::get(path).header("cookie", cookie).header("accept", "text/html"), "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
        assert!(page.text().contains("<main") && !page.text().contains(" style="), "{path}");
    }
    let forged =
        Request::post("/api/commands/CancelVisit").header("cookie", cookie).header("sec-fetch-site", "same-origin");
    let forged = ask(&told.site, forged.header("content-type", "application/json"), "{}").await;
    assert_eq!(forged.problem(), (403, "foreign-origin".into()));
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_as_a_page() {
    let told = told().await;
    let page = ask(&told.site, Request::get("/no/such/page").header("accept", "text/html"), "").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.header("content-type").starts_with("text/html") && page.text().contains("There is nothing here"));
    let program = ask(&told.site, Request::get("/no/such/page").header("accept", "application/json"), "").await;
    assert_eq!(program.problem(), (404, "not-found".into()));
}

#[tokio::test]
async fn a_person_erased_since_stays_erased_in_the_past() {
    let told = told().await;
    let person = "01970000-0000-7000-8000-0000000000bb";
    let invited = told
        .done(
            "InvitePerson",
            json!({ "id": person, "name": "Thandi Example", "email": "thandi@example.org", "organisation": "Durban",
                "languages": ["en"], "kind": "delegate" }),
        )
        .await;
    let past = format!("/api/people/{person}?as_of={}", invited["position"]);
    assert_eq!(told.read(&past).await.json()["name"], "Thandi Example");
    let administrator = token(&told.site.koinon, "administrator").await;
    let erase = Request::post("/api/commands/ErasePerson")
        .header("authorization", format!("Bearer {administrator}"))
        .header("content-type", "application/json");
    let basis = json!({ "person": person, "basis": "GDPR art. 17", "request": "R-1" });
    let erased = ask(&told.site, erase, basis.to_string()).await;
    assert_eq!(erased.status, StatusCode::OK, "{}", erased.text());
    let position: u64 = erased.header("koinon-position").parse().unwrap();
    told.site.koinon.views().wait_for(position, std::time::Duration::from_secs(10)).await.unwrap();
    for address in [past, format!("/api/people/{person}")] {
        let seen = told.read(&address).await;
        assert_eq!((&seen.json()["name"], &seen.json()["email"]), (&json!("erased person"), &json!("erased person")));
        assert_eq!(seen.header("cache-control"), "no-store");
    }
}
