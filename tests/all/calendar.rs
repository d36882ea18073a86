//! The calendar as a calendar program reads it: one entry a visit, session and meeting, the same UID for ever, a
//! SEQUENCE that grows, cancelled entries that stay, and the rules of every zone that is named.

use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C2, C3, P, S, V, beginning, city, middle, send};
use crate::support::server::Server;

on_both_engines!(visits_and_meetings_are_in_the_calendar, who_sees_nothing_has_an_empty_calendar);

/// The lines of the calendar, unfolded.
async fn lines(server: &Server, token: &str, query: &str, position: u64) -> Vec<String> {
    let reply = server.get_at(&format!("/api/calendar.ics{query}"), token, position).await.expect(200);
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    let text = reply.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "lines are folded: {text}");
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

/// The lines of one entry.
fn entry(lines: &[String], uid: &str) -> Vec<String> {
    let at =
        lines.iter().position(|line| line.starts_with(&format!("UID:{uid}"))).unwrap_or_else(|| panic!("{lines:?}"));
    let begin = lines[..at].iter().rposition(|line| line == "BEGIN:VEVENT").unwrap();
    let end = at + lines[at..].iter().position(|line| line == "END:VEVENT").unwrap();
    lines[begin..=end].to_vec()
}

fn value(entry: &[String], name: &str) -> String {
    let line = entry.iter().find(|line| line.split([':', ';']).next() == Some(name));
    line.unwrap_or_else(|| panic!("no {name} in {entry:?}")).split_once(':').unwrap().1.to_owned()
}

async fn visits_and_meetings_are_in_the_calendar(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    let steps = middle();
    let invited_and_scheduled: Vec<_> = steps.iter().take(2).cloned().collect();
    send(&server, &token, invited_and_scheduled).await;
    let added = vec![
        (
            "AddSession",
            json!({ "visit": V, "session": "s1", "title": "The plant; a walk, slowly", "day": "2026-06-15",
                "start": "09:30", "end": "12:00", "place": "Maia" }),
        ),
        (
            "ScheduleMeeting",
            json!({ "id": "01970000-0000-7000-8000-00000000000a", "programme": P, "kind": "bilateral",
                "title": "Getting ready", "start": "2026-05-20T10:00", "timezone": "America/St_Johns",
                "partnerships": [S] }),
        ),
    ];
    let position = send(&server, &token, added).await;
    let planned = lines(&server, &token, "", position).await;
    let visit = entry(&planned, &format!("visit-{V}@"));
    assert_eq!(value(&visit, "DTSTART"), "20260613");
    assert_eq!(value(&visit, "DTEND"), "20260618", "the end of an all-day entry is the day after");
    assert_eq!((value(&visit, "STATUS"), value(&visit, "SEQUENCE")), ("TENTATIVE".to_owned(), "1".to_owned()));
    assert_eq!(value(&visit, "LOCATION"), "Porto\\, Portugal");
    let session = entry(&planned, &format!("visit-{V}-s1@"));
    assert_eq!(value(&session, "SUMMARY"), "The plant\\; a walk\\, slowly");
    assert!(session.contains(&"DTSTART;TZID=Europe/Lisbon:20260615T093000".to_owned()), "{session:?}");
    let meeting = entry(&planned, "meeting-01970000-0000-7000-8000-00000000000a@");
    assert!(meeting.contains(&"DTSTART;TZID=America/St_Johns:20260520T100000".to_owned()), "{meeting:?}");
    for zone in ["Europe/Lisbon", "America/St_Johns"] {
        assert!(planned.contains(&format!("TZID:{zone}")), "the rules of {zone} come along");
    }
    assert!(planned.contains(&"TZOFFSETTO:-0230".to_owned()), "summer in St. John's");
    assert!(!planned.iter().any(|line| line.contains("Thandi")), "nobody's name is in it");

    let moved = json!({ "visit": V, "from": "2026-06-20", "to": "2026-06-24", "reason": "Strike" });
    let position = send(&server, &token, vec![("RescheduleVisit", moved)]).await;
    let after = entry(&lines(&server, &token, "", position).await, &format!("visit-{V}@"));
    assert_eq!((value(&after, "UID"), value(&after, "DTSTART")), (value(&visit, "UID"), "20260620".to_owned()));
    assert_eq!(value(&after, "SEQUENCE"), "2");
    let cancelled = json!({ "visit": V, "reason": "Floods" });
    let position = send(&server, &token, vec![("CancelVisit", cancelled)]).await;
    let gone = entry(&lines(&server, &token, &format!("?city={C2}"), position).await, &format!("visit-{V}@"));
    assert_eq!(value(&gone, "STATUS"), "CANCELLED", "it stays, as cancelled");
    server.get("/api/calendar.ics?strange=1", &token).await.expect(422);
}

async fn who_sees_nothing_has_an_empty_calendar(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    send(&server, &token, middle()).await;
    let third = vec![("RegisterCity", city(C3, "Braga", "PT", "Europe/Lisbon"))];
    let position = send(&server, &token, third).await;
    let scope = format!("city/{C3}");
    let other = place.token_with("delegate", &["--scope", &scope]);
    let seen = lines(&server, &other, "", position).await;
    assert!(!seen.iter().any(|line| line == "BEGIN:VEVENT"), "{seen:?}");
    assert_eq!(server.get("/api/calendar.ics", "").await.status, 401);
}
