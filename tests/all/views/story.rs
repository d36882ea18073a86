//! A small programme told to a log in the words of the vocabulary.

use std::time::Duration;

use koinon::store::{Append, NewEvent, Store};
use koinon::views::{Moment, Views};
use koinon_events::value::{Code, Timestamp};
use koinon_events::{Actor, Draft, Event, Kind, Subject};
use serde_json::{Value, json};
use uuid::Uuid;

/// A small stable id: the same number is the same subject.
pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// The subject of that kind and number.
pub fn subject(kind: Kind, number: u128) -> Subject {
    Subject { kind, id: id(number) }
}

/// Records that something happened.
pub async fn tell(store: &Store, subject: Subject, name: &str, data: Value) -> u64 {
    tell_on(store, subject, name, data, "2022-04-04T09:30:00Z").await
}

/// Records that something happened at that moment.
pub async fn tell_on(store: &Store, subject: Subject, name: &str, data: Value, time: &str) -> u64 {
    let version = store.versions(&[subject]).await.unwrap()[0];
    let append = append(vec![event(subject, name, &data)], time);
    store.append(Append { expected: vec![(subject, version)], ..append }).await.unwrap().position
}

/// Records many things at once that happened to nobody else meanwhile.
pub async fn tell_all(store: &Store, happened: impl Iterator<Item = (Subject, &'static str, Value)>) -> u64 {
    let events = happened.map(|(subject, name, data)| event(subject, name, &data)).collect();
    store.append(append(events, "2022-04-04T09:30:00Z")).await.unwrap().position
}

fn append(events: Vec<NewEvent>, time: &str) -> Append {
    let time: Timestamp = time.parse().unwrap();
    Append { events, ..Append::new(Uuid::now(), time) }
}

fn event(subject: Subject, name: &str, data: &Value) -> NewEvent {
    let event = Event::decode(&format!("koinon.{name}.v1"), &data.to_string()).unwrap();
    let (command, actor) = (Uuid::now(), Actor::System(Code::parse("test").unwrap()));
    let draft = Draft {
        id: Uuid::now(),
        actor: actor.clone(),
        causation: None,
        command,
        correlation: command,
        subject,
        programme: None,
        partnership: None,
        event,
    };
    NewEvent {
        subject,
        template: draft.template().unwrap(),
        event_type: draft.event.stored_type(),
        actor: actor.to_string(),
        programme: None,
        partnership: None,
    }
}

/// Ids for commands and records, which the store wants to be new each time.
trait Now {
    fn now() -> Uuid;
}

impl Now for Uuid {
    fn now() -> Uuid {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1 << 32);
        Uuid::from_u128(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed).into())
    }
}

pub fn city(name: &str, country: &str) -> Value {
    json!({"programme": id(1), "name": name, "native_name": name, "country": country, "strand": "Europe",
           "latitude": "41.1", "longitude": "-8.6", "population": 1000, "timezone": "Europe/Lisbon", "languages": ["en"]})
}

pub fn visit(host: u128, visitor: u128, from: &str, to: &str) -> Value {
    json!({"programme": id(1), "partnership": id(5), "kind": "study-visit", "format": "in-person", "host_city": id(host),
           "visiting_cities": [id(visitor)], "from": from, "to": to, "themes": ["waste"], "follows": [],
           "objectives": "See the plant at work"})
}

/// A programme, three cities, a partnership and four visits.
pub async fn programme(store: &Store) -> u64 {
    let created = json!({"code": "test-1", "title": {"en": "Test programme"}, "aliases": [], "funder": "European Union",
                         "on_behalf_of": "DG REGIO", "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    tell(store, subject(Kind::Programme, 1), "ProgrammeCreated", created).await;
    for (number, name, country) in [(2, "Porto", "PT"), (3, "eThekwini", "ZA"), (4, "Málaga", "ES")] {
        tell(store, subject(Kind::City, number), "CityRegistered", city(name, country)).await;
        tell(store, subject(Kind::City, number), "CitySelected", json!({})).await;
    }
    let proposed =
        json!({"programme": id(1), "cities": [id(2), id(3)], "themes": ["waste"], "rationale": "Both burn waste"});
    tell(store, subject(Kind::Partnership, 5), "PartnershipProposed", proposed).await;
    for (number, host, visitor, from, to) in [
        (10, 2, 3, "2022-06-13", "2022-06-17"),
        (11, 3, 2, "2022-07-04", "2022-07-08"),
        (12, 4, 3, "2022-06-01", "2022-06-03"),
        (13, 2, 4, "2022-09-01", "2022-09-02"),
    ] {
        tell(store, subject(Kind::Visit, number), "VisitScheduled", visit(host, visitor, from, to)).await;
    }
    tell(store, subject(Kind::Visit, 10), "VisitConfirmed", json!({})).await;
    tell(store, subject(Kind::Visit, 11), "VisitCancelled", json!({"reason": "Floods"})).await
}

/// Opens the read models and waits until they have read the whole log.
pub async fn caught_up(store: &Store) -> Views {
    let views = Views::open(store.clone()).await.unwrap();
    wait(&views, store.head().await.unwrap().position).await;
    views
}

pub async fn wait(views: &Views, position: u64) {
    views.wait_for(position, Duration::from_secs(20)).await.unwrap();
}

/// One row, as JSON.
pub async fn row(views: &Views, collection: &str, number: u128, at: Moment) -> Option<Value> {
    let found = views.get(collection, id(number), at).await.unwrap()?;
    Some(serde_json::from_slice(&found.value).unwrap())
}

/// Every row of every collection, as answered.
pub async fn everything(views: &Views, at: Moment) -> Vec<(&'static str, Vec<String>)> {
    let mut all = Vec::new();
    for shape in koinon_projections::ALL {
        let query = koinon::views::ListQuery { limit: Some(500), ..Default::default() };
        let page = views.list(shape.name, &query, at).await.unwrap();
        let items = page.items.iter().map(|item| String::from_utf8(item.to_vec()).unwrap()).collect();
        all.push((shape.name, items));
    }
    all
}
