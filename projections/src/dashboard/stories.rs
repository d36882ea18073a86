//! What the dashboard shows of a story, on which day.

use koinon_events::{ActionId, CityId, LearningId, PilotId, ProgrammeId, VisitId};
use serde_json::{Value, json};

use super::{Dashboard, dashboard, month};
use crate::story::{Story, id, story};

const PROGRAMME: ProgrammeId = ProgrammeId(id(1));
const VISIT: VisitId = VisitId(id(10));

fn told() -> Story {
    let created = json!({"code": "t", "title": {"en": "T"}, "aliases": [], "funder": "EU", "on_behalf_of": "DG REGIO",
                         "starts_on": "2021-10-01", "ends_on": "2023-03-31"});
    let theme = |code: &str, parent: Option<&str>| match parent {
        Some(parent) => json!({"code": code, "label": {"en": code}, "parent": parent, "sdg_targets": []}),
        None => json!({"code": code, "label": {"en": code}, "sdg_targets": []}),
    };
    let city = |name: &str| {
        json!({"programme": PROGRAMME, "name": name, "native_name": name, "country": "PT", "strand": "Europe",
               "latitude": "1", "longitude": "1", "population": 1, "timezone": "Europe/Lisbon", "languages": []})
    };
    let visit = json!({"programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": id(2),
                       "visiting_cities": [id(3)], "from": "2022-06-13", "to": "2022-06-17", "themes": [], "follows": []});
    let learning = json!({"programme": PROGRAMME, "title": "Ash", "what": "w", "why_it_works": "y", "conditions": "c",
                          "cost_order": "medium", "maturity": "proven", "origin_city": id(2),
                          "origin": VISIT.subject(), "themes": ["ash"], "language": "en"});
    let action = json!({"programme": PROGRAMME, "text": "Train two crews", "city": id(2), "due": "2022-06-30"});
    let pilot = json!({"programme": PROGRAMME, "title": "Road", "cities": [id(2)], "from_learnings": [id(70)],
                       "problem": "p", "solution": "s", "beneficiaries": "b"});
    story()
        .on("2022-01-10")
        .happened(PROGRAMME, "ProgrammeCreated", created)
        .happened(PROGRAMME, "ThemeDefined", theme("waste", None))
        .happened(PROGRAMME, "ThemeDefined", theme("ash", Some("waste")))
        .happened(CityId(id(2)), "CityRegistered", city("Porto"))
        .happened(CityId(id(2)), "CitySelected", json!({}))
        .happened(CityId(id(3)), "CityRegistered", city("Braga"))
        .happened(CityId(id(3)), "CitySelected", json!({}))
        .happened(VISIT, "VisitScheduled", visit)
        .happened(LearningId(id(70)), "LearningRecorded", learning)
        .happened(ActionId(id(60)), "ActionRaised", action)
        .happened(PilotId(id(40)), "PilotProposed", pilot)
}

fn on(story: &Story, day: &str) -> Dashboard {
    dashboard(&story.told().tables, PROGRAMME, day.parse().unwrap()).unwrap()
}

fn lates(dashboard: &Dashboard) -> Vec<&str> {
    dashboard.late.iter().map(|late| late.what.as_str()).collect()
}

#[test]
fn the_programme_month_runs_from_its_first_day_to_its_last() {
    let at = |text: &str| {
        let month = month("2021-10-01".parse().unwrap(), "2023-03-31".parse().unwrap(), text.parse().unwrap());
        (month.number, month.of)
    };
    assert_eq!(at("2021-09-30"), (0, 18));
    assert_eq!(at("2021-10-01"), (1, 18));
    assert_eq!(at("2023-02-14"), (17, 18));
    assert_eq!(at("2024-01-01"), (18, 18));
}

#[test]
fn visits_learnings_and_pilots_are_told_by_state_month_theme_and_stage() {
    let dashboard = on(&told(), "2022-06-15");
    assert_eq!(dashboard.visits.today, [VISIT]);
    assert_eq!(
        serde_json::to_value(&dashboard.visits.by_month).unwrap(),
        json!([{"month": "2022-06", "visits": 1, "held": 0, "cancelled": 0}])
    );
    assert_eq!(
        (dashboard.learnings.by_theme[0].theme.as_str(), dashboard.learnings.by_theme[0].learnings),
        ("waste", 1)
    );
    assert_eq!((dashboard.learnings.from_visits, dashboard.learnings.from_meetings), (1, 0));
    assert_eq!(dashboard.stages[0].pilots[0].id, PilotId(id(40)));
    assert_eq!(dashboard.stages.len(), 9, "empty stages stand too");
    assert_eq!(dashboard.by_city.iter().map(|city| city.name.as_str()).collect::<Vec<_>>(), ["Braga", "Porto"]);
    assert_eq!((dashboard.by_city[1].learnings, dashboard.by_city[1].open_actions), (1, 1));
}

#[test]
fn what_is_late_depends_on_the_day_alone() {
    let story = told();
    assert!(lates(&on(&story, "2022-06-17")).is_empty());
    assert_eq!(lates(&on(&story, "2022-06-18")), ["visit-to-complete"]);
    let july = on(&story, "2022-07-02");
    assert_eq!(lates(&july), ["visit-to-complete", "action"]);
    assert_eq!((july.late[1].days, july.actions.late, july.by_city[1].late_actions), (2, 1, 1));
}

#[test]
fn what_is_missing_after_a_visit_is_asked_for() {
    let whats =
        |dashboard: &Dashboard| -> Vec<Value> { dashboard.missing.iter().map(|each| json!(each.what)).collect() };
    let bare = told().happened(
        VisitId(id(11)),
        "VisitScheduled",
        json!({
            "programme": PROGRAMME, "kind": "study-visit", "format": "in-person", "host_city": id(2),
            "visiting_cities": [id(3)], "from": "2022-01-11", "to": "2022-01-12", "themes": [], "follows": []
        }),
    );
    let held = bare.on("2022-01-12").happened(VisitId(id(11)), "VisitCompleted", json!({}));
    assert_eq!(whats(&on(&held, "2022-01-13")), ["attendance"]);
    let later = whats(&on(&held, "2022-01-26"));
    assert_eq!(later, ["attendance", "learning"]);
    assert!(whats(&on(&held, "2022-03-30")).contains(&json!("validation")));
    assert!(whats(&on(&held, "2022-03-30")).contains(&json!("partnership")));
}
