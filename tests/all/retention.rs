//! The retention rule: whose last programme was closed long ago is due, who is held or belongs elsewhere is not, looking changes
//! nothing, and erasing is recorded as the rule's.

use serde_json::{Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, P, beginning, middle, send};
use crate::support::server::Server;

on_both_engines!(whose_time_is_over_is_told_and_erased_only_when_asked);

const OLD: &str = "01970000-0000-7000-8000-0000000000f1";
const ADA: &str = "01970000-0000-7000-8000-0000000000f2";
const HELD: &str = "01970000-0000-7000-8000-0000000000f3";
const BOTH: &str = "01970000-0000-7000-8000-0000000000f4";
const CHIEF: &str = "01970000-0000-7000-8000-0000000000f5";

fn person(id: &str, name: &str, programme: Option<&str>) -> Value {
    let mut body = json!({ "id": id, "name": name, "email": format!("{id}@example.org"), "organisation": "City",
        "languages": ["en"], "kind": "expert" });
    if let Some(programme) = programme {
        body["programme"] = json!(programme);
    }
    body
}

async fn due(server: &Server, token: &str, position: u64) -> Value {
    server.get_at("/api/retention", token, position).await.expect(200).json()
}

fn people(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|kept| kept["person"].as_str().unwrap()).collect()
}

async fn whose_time_is_over_is_told_and_erased_only_when_asked(place: Place) {
    let (coordinator, administrator) = (place.token("coordinator"), place.token("administrator"));
    let others = ["coordinator", "officer", "auditor", "delegate"].map(|role| place.token(role));
    let server = place.serve();
    send(&server, &coordinator, beginning()).await;
    send(&server, &coordinator, middle()).await;
    let old = json!({ "id": OLD, "code": "old-1", "title": { "en": "Old" }, "funder": "European Union",
        "on_behalf_of": "DG REGIO", "starts_on": "2012-01-01", "ends_on": "2014-12-31" });
    let role =
        |person: &str| json!({ "person": person, "role": "expert", "scope": format!("programme/{P}"), "grant": "g1" });
    let steps = vec![
        ("CreateProgramme", old),
        ("StartProgramme", json!({ "programme": OLD })),
        ("InvitePerson", person(ADA, "Ada Lovell", Some(OLD))),
        ("InvitePerson", person(HELD, "Hedda Lovell", Some(OLD))),
        ("InvitePerson", person(BOTH, "Berta Lovell", Some(OLD))),
        ("InvitePerson", person(CHIEF, "Carla Lovell", None)),
        ("GrantRole", role(BOTH)),
        ("StartClosing", json!({ "programme": OLD })),
    ];
    let position = send(&server, &coordinator, steps).await;
    assert_eq!(due(&server, &administrator, position).await["due"], json!([]), "while it is open nobody is due");
    let closed = json!({ "programme": OLD, "date": "2015-03-31" });
    let position = send(&server, &coordinator, vec![("CloseProgramme", closed)]).await;
    let hold = json!({ "person": HELD, "reason": "A claim is before the court", "until": "2199-12-31" });
    let position = position.max(send(&server, &administrator, vec![("DeferErasure", hold)]).await);

    let found = due(&server, &administrator, position).await;
    assert_eq!(people(&found["due"]), [ADA], "who is in a running programme, in none, or held is not due");
    assert_eq!(people(&found["held"]), [HELD]);
    let kept = &found["due"][0];
    assert_eq!((&kept["closed_on"], &kept["since"]), (&json!("2015-03-31"), &json!("2020-03-31")));
    assert_eq!((&kept["programmes"], found["years"].as_u64()), (&json!(["old-1"]), Some(5)));
    assert!(!found.to_string().contains("Lovell"), "it names nobody");
    for other in &others {
        server.get("/api/retention", other).await.expect(404);
    }

    let told = String::from_utf8(place.run(&["retention"]).stdout).unwrap();
    assert!(
        told.contains(&format!("due: person/{ADA}")) && told.contains(&format!("2199-12-31: person/{HELD}")),
        "{told}"
    );
    assert!(!told.contains("Lovell") && told.contains("Nothing was erased"), "{told}");
    let longer = place.koinon(&["retention"]).env("KOINON_RETENTION_YEARS", "100").output().unwrap();
    assert!(String::from_utf8(longer.stdout).unwrap().contains("0 due"), "the years are a setting");
    assert_eq!(server.events(position, &coordinator).await.len(), 0, "looking changes nothing");

    let told = String::from_utf8(place.run(&["retention", "--apply"]).stdout).unwrap();
    assert!(told.contains(&format!("person/{ADA}")), "{told}");
    let events = server.events(position, &coordinator).await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(
        (&events[0]["actor"], &events[0]["type"]),
        (&json!("system/retention"), &json!("koinon.PersonErased.v1"))
    );
    let position = events[0]["position"].as_u64().unwrap();
    assert_eq!(due(&server, &administrator, position).await["due"], json!([]));
    let person = server.get_at(&format!("/api/people/{ADA}"), &coordinator, position).await.expect(200).json();
    assert_eq!(person["status"], "erased");
    let other = server.get(&format!("/api/people/{H}"), &coordinator).await.expect(200).json();
    assert_eq!(other["name"], "Thandi Example");
    server.stop();
    place.verify();
}
