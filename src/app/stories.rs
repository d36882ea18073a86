//! What a caller meets, told against the whole service: what has been done, what may be seen.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Answer, Caller, Failure, Koinon, Order, Start};
use crate::clock::Clock;

const PROGRAMME: &str = "01970000-0000-7000-8000-000000000001";
const PORTO: &str = "01970000-0000-7000-8000-000000000002";
const VISIT: &str = "01970000-0000-7000-8000-000000000003";
const NO_VISIT: &str = "01970000-0000-7000-8000-0000000000ff";
/// A city of the programme that has no part in the visit.
const ULM: &str = "01970000-0000-7000-8000-000000000006";

/// A service of its own, a programme with two cities, and a visit between them.
struct Told {
    koinon: Koinon,
    coordinator: Caller,
    _folder: TempDir,
}

impl Told {
    async fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let start = Start::within(folder.path());
        let koinon = Koinon::open(&start, Clock::System).await.unwrap();
        let coordinator = bearer(&koinon, json!({ "name": "office", "role": "coordinator" })).await;
        let told = Self { koinon, coordinator, _folder: folder };
        told.done(
            "CreateProgramme",
            json!({ "id": PROGRAMME, "code": "icc", "title": { "en": "Cities" },
            "funder": "EU", "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01", "ends_on": "2027-06-30" }),
        )
        .await;
        told.done(
            "DefineTheme",
            json!({ "programme": PROGRAMME, "code": "waste", "label": { "en": "Waste" },
            "sdg_targets": ["12.5"] }),
        )
        .await;
        told.done("StartProgramme", json!({ "programme": PROGRAMME })).await;
        told.done("RegisterCity", city(PORTO, "Porto", "PT")).await;
        told.done("SelectCity", json!({ "city": PORTO })).await;
        told.done("RegisterCity", city(ULM, "Ulm", "DE")).await;
        let durban = told.done("RegisterCity", city("01970000-0000-7000-8000-000000000004", "Durban", "ZA")).await;
        told.done("SelectCity", json!({ "city": durban.subject.id })).await;
        told.done(
            "ScheduleVisit",
            json!({ "id": VISIT, "programme": PROGRAMME, "kind": "study-visit",
            "format": "in-person", "host_city": PORTO, "visiting_cities": [durban.subject.id], "from": "2026-06-13",
            "to": "2026-06-17", "themes": ["waste"], "objectives": "See the plant" }),
        )
        .await;
        told
    }

    async fn give(&self, caller: &Caller, name: &str, body: Value) -> Result<Answer, Failure> {
        let body = body.as_object().unwrap().clone();
        self.koinon.execute(caller, Order { name: name.to_owned(), body, ..Order::default() }).await
    }

    async fn done(&self, name: &str, body: Value) -> Answer {
        self.give(&self.coordinator, name, body).await.unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }
}

fn city(id: &str, name: &str, country: &str) -> Value {
    json!({ "id": id, "programme": PROGRAMME, "name": name, "native_name": name, "country": country, "strand": "All",
        "latitude": "41.1", "longitude": "8.6", "population": 1000, "timezone": "UTC", "languages": ["en"] })
}

/// Who bears a new token.
async fn bearer(koinon: &Koinon, token: Value) -> Caller {
    let order = Order { name: "CreateToken".to_owned(), body: token.as_object().unwrap().clone(), ..Order::default() };
    let made = koinon.execute(&Caller::system("set-up").unwrap(), order).await.unwrap();
    koinon.authenticate(&made.secret.unwrap()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_command_repeated_when_the_world_has_moved_on_is_still_a_repeat() {
    let told = Told::begin().await;
    let learning = json!({ "id": "01970000-0000-7000-8000-000000000005", "programme": PROGRAMME, "title": "Ash",
        "what": "Road base", "why_it_works": "Lime", "conditions": "A plant", "cost_order": "low", "maturity": "proven",
        "origin_city": PORTO, "origin": format!("visit/{VISIT}"), "themes": ["waste"], "language": "en" });
    let first = told.done("RecordLearning", learning.clone()).await;
    told.done("CancelVisit", json!({ "visit": VISIT, "reason": "Floods" })).await;
    let again = told.done("RecordLearning", learning.clone()).await;
    assert_eq!((again.events.len(), again.version, again.created), (0, first.version, false));
    let mut other = learning;
    other["title"] = json!("Slag");
    let refused = told.give(&told.coordinator, "RecordLearning", other).await;
    assert!(matches!(refused, Err(Failure::Rule(rule)) if rule.code == "learning-already-exists"));
}

#[tokio::test]
async fn what_a_caller_may_not_see_is_not_there_whatever_the_role() {
    let told = Told::begin().await;
    let scoped = |role: &str| json!({ "name": role, "role": role, "scope": format!("city/{ULM}") });
    for role in ["delegate", "expert", "auditor"] {
        let caller = bearer(&told.koinon, scoped(role)).await;
        for visit in [VISIT, NO_VISIT] {
            let answer = told.give(&caller, "CancelVisit", json!({ "visit": visit, "reason": "Floods" })).await;
            assert!(matches!(answer, Err(Failure::Absent)), "{role} {visit}: {answer:?}");
        }
    }
    let auditor = bearer(&told.koinon, json!({ "name": "auditor", "role": "auditor" })).await;
    let answer = told.give(&auditor, "CancelVisit", json!({ "visit": VISIT, "reason": "Floods" })).await;
    assert!(matches!(answer, Err(Failure::Denied(_))), "who sees it is told why not: {answer:?}");
}

#[tokio::test]
async fn what_a_caller_may_not_begin_is_refused_with_the_reason() {
    let told = Told::begin().await;
    let delegate = json!({ "name": "delegate", "role": "delegate", "scope": format!("city/{ULM}") });
    let delegate = bearer(&told.koinon, delegate).await;
    let invite = json!({ "programme": PROGRAMME, "name": "A", "email": "a@example.org", "organisation": "O",
        "city": PORTO, "languages": ["en"], "kind": "delegate" });
    let answer = told.give(&delegate, "InvitePerson", invite).await;
    assert!(matches!(answer, Err(Failure::Denied(_))), "{answer:?}");
}

#[tokio::test]
async fn nobody_fills_the_record_of_refusals() {
    let told = Told::begin().await;
    let auditor = bearer(&told.koinon, json!({ "name": "auditor", "role": "auditor" })).await;
    let refused = json!({ "visit": NO_VISIT, "reason": "Floods" });
    for _ in 0..1_010 {
        told.give(&told.coordinator, "CancelVisit", refused.clone()).await.unwrap_err();
    }
    told.give(&auditor, "CancelVisit", refused).await.unwrap_err();
    let theirs = auditor.actor.to_string();
    let kept = loop {
        // They are kept without making the command wait.
        let kept = told.koinon.refusals(&auditor, u64::MAX, 2_000).await.unwrap();
        if kept.first().is_some_and(|newest| newest.actor == theirs) {
            break kept;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!((kept.len(), kept[0].rule.as_str()), (1_001, "absent"), "another's are kept all the same");
    assert_eq!((kept[1].rule.as_str(), kept[2].rule.as_str()), ("no-more-kept-today", "absent"));
}
