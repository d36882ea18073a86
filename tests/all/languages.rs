//! No English is left: every page of the site map and every form stands beside its English self in German and in Korean,
//! and no words of ours are the same. What people wrote, names, codes and what says its own language stay as they are.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use futures::StreamExt;
use koinon::web::languages::LANGUAGES;
use koinon::web::subjects::COLLECTIONS;
use reqwest::Client;
use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use crate::accessibility::addresses::{Address, SECRET, Site, every_form, invited, of_accounts, of_the_sample, sent};
use crate::support::Place;
use crate::support::page::{Page, selector};
use crate::support::server::Server;

/// What is called the same in every language.
const SAME: &[&str] = &[
    "Koinon",
    "CSV",
    "XLSX",
    "XML",
    "JSON",
    "HTML",
    "PDF",
    "Atom",
    "SHA-256",
    "IATI",
    "person/…",
    "system/set-up",
    "system/shell",
    "GET /do/{command}",
    "Ada Example",
    "TokenCreated",
    "/log/checkpoint",
    "Webhooks",
    "Webhook",
    "Token",
    "API",
    "Administrator",
    "Coordinator",
    "administrator@cities.example",
];

/// Pages that are English on purpose: for programmers, or a report as it is handed in.
const ENGLISH: [&str; 2] = ["/api/docs", "/report.html"];

/// The words of a page, with those of its controls: not what is code, nor what says its language.
fn words(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut found = Vec::new();
    for node in html.tree.nodes() {
        let own = node.ancestors().filter_map(ElementRef::wrap).chain(ElementRef::wrap(node));
        let is_left = own.map(|element| element.value()).any(|element| {
            matches!(element.name(), "code" | "kbd" | "pre" | "script" | "style")
                || (element.name() != "html" && element.attr("lang").is_some())
        });
        if is_left {
            continue;
        }
        match node.value() {
            Node::Text(text) => found.push(text.to_string()),
            Node::Element(element) => {
                let told = ["title", "aria-label", "placeholder", "alt", "data-l"].map(|name| element.attr(name));
                found.extend(told.into_iter().flatten().map(str::to_owned));
            }
            _ => {}
        }
    }
    let plain = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.iter().map(plain).filter(|text| !text.is_empty()).collect()
}

async fn read(client: &Client, address: &Address, tag: &str) -> String {
    let request = client.get(format!("{}{}", address.server, address.path)).header("accept", "text/html");
    let request = request.header("accept-language", tag).header("cookie", address.cookie.clone().unwrap_or_default());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), address.status, "{} in {tag}", address.path);
    answer.text().await.unwrap()
}

/// Fields whose values are somebody's own, also where they are written small.
const OWN: [&str; 9] =
    ["name", "code", "rule", "unit", "budget_source", "media_type", "sha256", "email", "organisation"];

fn texts_in(value: &Value, is_own: bool, found: &mut HashSet<(String, bool)>) {
    match value {
        Value::String(text) => {
            found.insert((text.split_whitespace().collect::<Vec<_>>().join(" "), is_own));
        }
        Value::Array(items) => items.iter().for_each(|item| texts_in(item, is_own, found)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| texts_in(field, is_own || OWN.contains(&name.as_str()), found));
        }
        _ => {}
    }
}

/// Every record of the log.
async fn every_event(site: &Site) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last["position"].as_u64().unwrap());
        let page = site.server.events(after, site.token()).await;
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// What people wrote and what the sample calls things, the longest first: no enumerations, which are ours.
async fn content(site: &Site) -> Vec<String> {
    let mut found = HashSet::new();
    for (_, collection) in COLLECTIONS {
        let rows = site.server.get(&format!("/api/{collection}?limit=500"), site.token()).await.expect(200).json();
        texts_in(&rows, false, &mut found);
    }
    every_event(site).await.iter().for_each(|event| texts_in(&event["data"], false, &mut found));
    let types = koinon_events::TABLE.iter().flat_map(|(_, types)| types.iter()).map(|each| each.name);
    let same = SAME.iter().copied().chain(LANGUAGES.iter().map(|(_, name)| *name)).chain(types);
    found.extend(same.map(|word| (word.to_owned(), true)));
    let is_name = |text: &String| {
        let is_written = |letter: char| letter.is_uppercase() || letter == '.' || !letter.is_ascii();
        text.chars().count() > 2 && text.chars().any(is_written)
    };
    let found = found.into_iter().filter(|(text, is_own)| *is_own && text.len() > 2 || is_name(text));
    let mut found: Vec<String> = found.map(|(text, _)| text).collect::<HashSet<_>>().into_iter().collect();
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found
}

/// Whether there is a word in it, not a code such as RCO 83.
fn has_a_word(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    words.any(|word| word.len() > 2 && word.chars().any(|letter| letter.is_ascii_lowercase()))
}

/// Whether a text is content, or is put together from content alone.
fn is_content(text: &str, content: &[String]) -> bool {
    let start = text.trim_end_matches(['…', ' ']);
    if text.ends_with('…') && content.iter().any(|whole| whole.contains(start)) {
        return true;
    }
    let mut left = text.to_owned();
    for whole in content {
        if left.len() >= whole.len() && left.contains(whole.as_str()) {
            left = left.replace(whole.as_str(), " ");
        }
    }
    !has_a_word(&left)
}

/// The words of a page that are the same in both languages and are nobody's own.
fn left(english: &str, other: &str, content: &[String]) -> BTreeSet<String> {
    let other: HashSet<String> = words(other).into_iter().collect();
    let same = words(english).into_iter().filter(|text| other.contains(text) && has_a_word(text));
    same.filter(|text| !is_content(text, content)).collect()
}

/// Words that only English has: what German shares with English has none of them.
fn is_english(text: &str) -> bool {
    const TELLING: [&str; 16] = [
        "the", "of", "and", "is", "are", "not", "this", "that", "what", "which", "with", "for", "from", "who", "it",
        "its",
    ];
    text.split(|letter: char| !letter.is_ascii_alphabetic()).any(|word| TELLING.contains(&word.to_lowercase().as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_and_no_form_is_left_in_english() {
    let (sample, own) = (Place::sqlite(), Place::sqlite());
    let sample = Site::start(&sample, "demo").await;
    let own = Site::start(&own, "serve").await;
    let mut addresses = of_the_sample(&sample).await;
    addresses.extend(of_accounts(&own).await);
    addresses.extend(every_form(&sample).await);
    addresses.retain(|address| !ENGLISH.iter().any(|path| address.path.ends_with(path)));
    let content = content(&sample).await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let read = futures::stream::iter(addresses).map(|address| {
        let client = client.clone();
        async move {
            let english = read(&client, &address, "en").await;
            let german = read(&client, &address, "de").await;
            let korean = read(&client, &address, "ko").await;
            (address.path, english, german, korean)
        }
    });
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut pages = read.buffer_unordered(4);
    let mut count = 0;
    while let Some((path, english, german, korean)) = pages.next().await {
        count += 1;
        let strange = left(&english, &korean, &content).into_iter();
        let shared = left(&english, &german, &content).into_iter().filter(|text| is_english(text));
        found.extend(strange.chain(shared).map(|text| (text, path.clone())));
    }
    assert!(count > 150, "only {count} pages were read");
    assert!(found.is_empty(), "{} texts are English everywhere: {found:#?}", found.len());
    sample.server.stop();
    own.server.stop();
}

/// A form sent by somebody who reads that language.
async fn refused(page: &Page<'_>, address: &str, typed: &[(&str, &str)], status: u16) -> String {
    let shown = page.fill(address, typed).await;
    assert_eq!(shown.status, status, "{address}: {}", shown.text);
    let html = shown.html();
    let lines = selector("[data-errsum] li");
    let summary = html.select(&lines).map(|each| each.text().collect::<String>());
    summary.collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_told_in_the_readers_language() {
    let place = Place::sqlite();
    let server = place.start("demo");
    let token = place.token("coordinator");
    let visits = server.get("/api/visits?status=cancelled&limit=1", &token).await.expect(200).json();
    let cancelled = visits["items"][0]["id"].as_str().unwrap().to_owned();
    let again = format!("/do/CancelVisit?visit={cancelled}");
    for (tag, required, rule) in [
        (
            "de",
            "braucht eine Antwort",
            "Dieser Besuch wurde schon abgesagt, also kann nichts mehr für ihn geplant werden.",
        ),
        ("ko", "답이 필요합니다", "이 방문은 이미 취소되어 더 계획할 수 없습니다."),
    ] {
        let page = Page::signed_in(&server, &token).await.reading(tag);
        let told = refused(&page, &again, &[("reason", "Floods again")], 409).await;
        assert_eq!(told, rule);
        let told = refused(&page, "/do/RaiseAction", &[("text", "")], 422).await;
        assert!(told.contains(required), "{told}");
        let typed =
            [("name", "x"), ("email", "nobody"), ("organisation", "x"), ("kind", "expert"), ("languages", "en")];
        let told = refused(&page, "/do/InvitePerson", &typed, 422).await;
        assert!(told.contains("name@example.org") && !told.contains("must be"), "{told}");
    }
    the_api_keeps_its_words(&server, &token, &cancelled).await;
    server.stop();
}

async fn the_api_keeps_its_words(server: &Server, token: &str, visit: &str) {
    let body = serde_json::json!({ "visit": visit, "reason": "Floods again" });
    let request = Client::new().post(format!("{}/api/commands/CancelVisit", server.address())).bearer_auth(token);
    let answer = request.header("accept-language", "de").json(&body).send().await.unwrap();
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["type"], "/problems/visit-already-cancelled");
    assert_eq!(problem["detail"], "This visit was cancelled already, so nothing more can be planned for it.");
}

/// The cookies that an answer sets.
fn cookies(answer: &reqwest::Response) -> String {
    let set = answer.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    set.filter_map(|value| value.split(';').next()).collect::<Vec<_>>().join("; ")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_of_an_account_goes_with_the_person() {
    let place = Place::sqlite();
    let server = place.start("serve");
    let link = invited(&place, "ada@example.org");
    let cookie = sent(&server, &link, &[("new", SECRET), ("again", SECRET)]).await;
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let path = format!("{}/account/language", server.address());
    let page = client.get(&path).header("cookie", &cookie).header("accept", "text/html").send().await.unwrap();
    let page = Html::parse_document(&page.text().await.unwrap());
    let token = page.select(&selector("form[action='/account/language'] [name=form_token]")).next().unwrap();
    let token = token.value().attr("value").unwrap().to_owned();
    let chosen = |token: &str| {
        let request = client.post(&path).header("cookie", &cookie).header("sec-fetch-site", "same-origin");
        request.form(&[("form_token", token), ("language", "de")]).send()
    };
    assert_eq!(chosen("guess").await.unwrap().status(), 403);
    let answer = chosen(&token).await.unwrap();
    assert_eq!((answer.status().as_u16(), cookies(&answer).as_str()), (303, "koinon_language=de"));
    let events = server.events(0, &place.token("coordinator")).await;
    let updated = events.iter().rev().find(|event| event["type"] == "koinon.PersonUpdated.v1").expect("it is recorded");
    assert_eq!(updated["data"]["languages"][0], "de");

    let elsewhere = client.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
    let fields = [("email", "ada@example.org"), ("password", SECRET), ("next", "/account")];
    let cookie = cookies(&elsewhere.form(&fields).send().await.unwrap());
    let request = client.get(format!("{}/account", server.address())).header("cookie", &cookie);
    let page = request.header("accept", "text/html").header("accept-language", "ko").send().await.unwrap();
    assert_eq!(page.headers()["content-language"], "de", "the person's choice goes before the browser's: {cookie}");
    server.stop();
}
