//! The daily work done by forms alone, over HTTP as a browser without scripts sends them: nothing is typed that a
//! reader cannot know, what is refused keeps every word, and a form sent twice works once.

use reqwest::StatusCode;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{beginning, middle, send};
use crate::support::page::{Page, Shown, selector};
use crate::support::server::Server;

on_both_engines!(
    the_days_work_is_done_by_forms,
    what_is_refused_comes_back_as_it_was_typed,
    whoever_changed_it_first_is_shown_beside_what_was_typed,
    no_form_asks_for_what_nobody_can_know
);

/// The ids of `bodies.rs` that a story needs, from the read models.
async fn only(server: &Server, token: &str, collection: &str, position: u64) -> String {
    let rows = server.get_at(&format!("/api/{collection}"), token, position).await.expect(200).json();
    rows["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn city(server: &Server, token: &str, name: &str) -> String {
    let rows = server.get("/api/cities", token).await.expect(200).json();
    let rows = rows["items"].as_array().unwrap().clone();
    let row = rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("{name} is in {rows:?}"));
    row["id"].as_str().unwrap().to_owned()
}

/// A visit of the pair, scheduled by form.
async fn scheduled(page: &Page<'_>, partnership: &str, host: &str) -> Shown {
    let typed = [
        ("kind", "study-visit"),
        ("format", "in-person"),
        ("host_city", host),
        ("from", "2026-06-13"),
        ("to", "2026-06-17"),
        ("objectives", "See the plant at work"),
    ];
    page.done(&format!("/do/ScheduleVisit?partnership={partnership}"), &typed).await
}

/// The id in the address one was sent on to.
fn id_in(shown: &Shown) -> String {
    shown.location.split(['/', '?']).nth(2).unwrap().to_owned()
}

/// A programme with a pair, and a visit of it by form.
async fn with_a_visit(server: &Server, token: &str) -> String {
    let position = send(server, token, beginning()).await;
    let partnership = only(server, token, "partnerships", position).await;
    let host = city(server, token, "Porto").await;
    id_in(&scheduled(&Page::signed_in(server, token).await, &partnership, &host).await)
}

async fn the_days_work_is_done_by_forms(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let position = send(&server, &coordinator, beginning()).await;
    let partnership = only(&server, &coordinator, "partnerships", position).await;
    let porto = city(&server, &coordinator, "Porto").await;
    let page = Page::signed_in(&server, &coordinator).await;

    let form = page.get(&format!("/do/ScheduleVisit?partnership={partnership}")).await;
    let prefilled = form.controls();
    assert!(prefilled.iter().any(|(name, value)| name == "themes" && !value.is_empty()), "themes come with the pair");
    let scheduled = scheduled(&page, &partnership, &porto).await;
    let visit = id_in(&scheduled);
    let shown = page.get(&scheduled.location).await;
    assert!(shown.text.contains("Recorded as") && shown.text.contains("Scheduled"), "one sees one's own write");
    assert!(shown.text.contains(&format!("/do/ConfirmVisit?visit={visit}")), "the next step is offered");

    page.done(&format!("/do/ConfirmVisit?visit={visit}"), &[]).await;
    page.done(&format!("/do/StartVisit?visit={visit}"), &[]).await;
    let recorded = page
        .done(
            &format!("/do/RecordLearning?origin=visit/{visit}"),
            &[
                ("title", "Ash is a product"),
                ("what", "Bottom ash becomes road base"),
                ("why_it_works", "The road authority buys it"),
                ("conditions", "A plant within 50 km"),
                ("cost_order", "medium"),
                ("maturity", "proven"),
            ],
        )
        .await;
    let learning = id_in(&recorded);
    let row = server.get_at(&format!("/api/learnings/{learning}"), &coordinator, recorded.position()).await.json();
    assert_eq!(row["origin_city"], porto.as_str(), "the host is where it was learned");
    assert_eq!(row["origin"], format!("visit/{visit}"));

    let invited = page
        .done(
            "/do/InvitePerson",
            &[
                ("name", "Elena Example"),
                ("email", "elena@example.org"),
                ("organisation", "Institute"),
                ("kind", "expert"),
                ("languages", "en"),
            ],
        )
        .await;
    let token = place.token_with("expert", &["--person", &id_in(&invited)]);
    let by_expert = Page::signed_in(&server, &token).await;
    by_expert.done(&format!("/do/ValidateLearning?learning={learning}"), &[]).await;
    page.done(&format!("/do/PublishLearning?learning={learning}"), &[]).await;
    let proposed = page
        .done(
            &format!("/do/ProposePilot?from_learnings={learning}&partnership={partnership}"),
            &[
                ("title", "Ash to road base"),
                ("problem", "Ash is landfilled"),
                ("solution", "Roads are built of it"),
                ("beneficiaries", "Both cities"),
            ],
        )
        .await;
    let pilot = id_in(&proposed);
    page.done(
        &format!("/do/PlanPilot?pilot={pilot}"),
        &[
            ("start", "2026-09-01"),
            ("end", "2027-03-31"),
            ("owner.body", "Durban Solid Waste"),
            ("milestones.0.title", "Site chosen"),
            ("milestones.0.due", "2026-10-15"),
            ("indicators.0.name", "Ash reused"),
            ("indicators.0.unit", "t"),
            ("indicators.0.baseline", "0"),
            ("indicators.0.target", "1 200"),
        ],
    )
    .await;
    let row = server.get(&format!("/api/pilots/{pilot}"), &coordinator).await.json();
    let cities: Vec<String> =
        row["cities"].as_array().unwrap().iter().map(|city| city.as_str().unwrap().to_owned()).collect();
    assert_eq!(cities.len(), 2, "both cities of the pair are in it");
    for city in &cities {
        page.done(&format!("/do/ApprovePilot?pilot={pilot}"), &[("city", city)]).await;
    }
    let launched = page.done(&format!("/do/LaunchPilot?pilot={pilot}"), &[("date", "2026-09-01")]).await;
    let row = server.get_at(&format!("/api/pilots/{pilot}"), &coordinator, launched.position()).await.json();
    assert_eq!(row["status"], "launched");
    assert_eq!(row["indicators"][0]["target"], "1200");
    place.verify();
}

async fn what_is_refused_comes_back_as_it_was_typed(place: Place) {
    let (coordinator, auditor) = (place.token("coordinator"), place.token("auditor"));
    let server = place.serve();
    let visit = with_a_visit(&server, &coordinator).await;
    let page = Page::signed_in(&server, &coordinator).await;
    let address = format!("/do/RescheduleVisit?visit={visit}");

    let refused = page.fill(&address, &[("from", "2026-06-24"), ("to", "2026-06-20"), ("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = refused.html();
    assert!(html.select(&selector("[data-errsum] a[href='#f-reason']")).next().is_some(), "{}", refused.text);
    let typed = refused.controls();
    assert!(typed.contains(&("from".to_owned(), "2026-06-24".to_owned())), "{typed:?}");

    let cancelled = page.done(&format!("/do/CancelVisit?visit={visit}"), &[("reason", "Floods")]).await;
    let late = page.fill(&address, &[("from", "2026-07-01"), ("to", "2026-07-03"), ("reason", "Too late")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("cancelled already") && late.text.contains("Too late"), "{}", late.text);

    let mut again = page.get(&format!("/do/RaiseAction?from=visit/{visit}")).await.controls();
    again.retain(|(name, _)| name != "text");
    again.push(("text".to_owned(), "Send the slides".to_owned()));
    let first = page.post("/do/RaiseAction", &again, "same-origin").await;
    let second = page.post("/do/RaiseAction", &again, "same-origin").await;
    assert_eq!((first.location.as_str(), first.position()), (second.location.as_str(), cancelled.position() + 1));
    let foreign = page.post("/do/RaiseAction", &again, "cross-site").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);

    let reader = Page::signed_in(&server, &auditor).await;
    let denied = reader.get(&address).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    assert!(denied.text.contains("Ask a coordinator"), "it says whom to ask: {}", denied.text);
    let past = page.get(&format!("/visits/{visit}?as_of=1")).await;
    assert!(!past.text.contains("/do/"), "the past offers no forms");
    assert_eq!(server.events(cancelled.position(), &coordinator).await.len(), 1, "one action was raised");
}

async fn whoever_changed_it_first_is_shown_beside_what_was_typed(place: Place) {
    let coordinator = place.token("coordinator");
    let server = place.serve();
    let visit = with_a_visit(&server, &coordinator).await;
    let (one, other) = (Page::signed_in(&server, &coordinator).await, Page::signed_in(&server, &coordinator).await);
    let address = format!("/do/RescheduleVisit?visit={visit}");
    let open = one.get(&address).await;
    other
        .done(&address, &[("from", "2026-09-07"), ("to", "2026-09-09"), ("reason", "The hall is free in September")])
        .await;
    let mut mine = open.controls();
    mine.retain(|(name, _)| !matches!(name.as_str(), "from" | "to" | "reason"));
    for (name, value) in [("from", "2026-10-05"), ("to", "2026-10-07"), ("reason", "The plant opens in October")] {
        mine.push((name.to_owned(), value.to_owned()));
    }
    let conflict = one.post("/do/RescheduleVisit", &mine, "same-origin").await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(conflict.text.contains("The hall is free in September"), "what happened meanwhile is told");
    assert!(
        conflict.text.contains("9 September 2026") && conflict.text.contains("7 October 2026"),
        "{}",
        conflict.text
    );
    let on_top = one.post("/do/RescheduleVisit", &conflict.controls(), "same-origin").await;
    assert_eq!(on_top.status, StatusCode::SEE_OTHER, "{}", on_top.text);
    let row = server.get_at(&format!("/api/visits/{visit}"), &coordinator, on_top.position()).await.json();
    assert_eq!(row["from"], "2026-10-05");
}

async fn no_form_asks_for_what_nobody_can_know(place: Place) {
    let tokens = ["coordinator", "administrator", "expert", "officer", "delegate"].map(|role| place.token(role));
    let server = place.serve();
    send(&server, &tokens[0], beginning()).await;
    send(&server, &tokens[0], middle()).await;
    let mut pages = Vec::new();
    for token in &tokens {
        pages.push(Page::signed_in(&server, token).await);
    }
    for shape in koinon::domain::command_shapes() {
        let mut shown = None;
        for page in &pages {
            let form = page.get(&format!("/do/{}", shape.name)).await;
            if form.status == StatusCode::OK {
                shown = Some(form);
                break;
            }
            assert_eq!(form.status, StatusCode::FORBIDDEN, "{}: {}", shape.name, form.text);
        }
        // Only persons follow, and a token is none.
        if shape.noun == "Following" {
            continue;
        }
        let shown = shown.unwrap_or_else(|| panic!("nobody has a form for {}", shape.name));
        let html = shown.html();
        let main = html.select(&selector("main")).next().unwrap();
        for word in
            main.text().flat_map(|text| text.split(|letter: char| letter.is_whitespace() || "“”(),.".contains(letter)))
        {
            let is_snake = word.contains('_') && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            assert!(!is_snake, "{} says {word:?}", shape.name);
            assert!(uuid::Uuid::parse_str(word).is_err(), "{} shows an id: {word}", shape.name);
        }
        for control in main.select(&selector(
            "form[data-form] input:not([type=hidden]), form[data-form] select, form[data-form] textarea",
        )) {
            let element = control.value();
            let named = element
                .attr("id")
                .is_some_and(|id| main.select(&selector(&format!("label[for='{id}']"))).next().is_some());
            let within = control
                .ancestors()
                .filter_map(scraper::ElementRef::wrap)
                .any(|parent| parent.value().name() == "label");
            assert!(named || within, "{}: {:?} has no label", shape.name, element.attr("name"));
        }
    }
}
