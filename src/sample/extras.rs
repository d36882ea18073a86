//! What else a deployment knows: webinars, discussions, evidence opened by an auditor, a webhook, a token, followings.

use serde_json::json;

use super::{Script, address, cities, counts, id, person, programme};

const COORDINATOR: &str = "coordinator";

/// The four webinars: one whose recording has no address yet, one jointly organised, one of a single country, one closed.
pub(super) fn webinars(script: &mut Script) {
    let announced = json!({
        "id": id("meeting", "webinar-ua"), "programme": programme(), "kind": "webinar", "public": true, "open": true,
        "title": "Welcoming refugees from Ukraine: how cities can assist", "organisers": cities(&["toronto", "utrecht", "fuenlabrada"]),
        "start": "2022-05-12T15:00", "timezone": "Europe/Brussels", "language": "en", "themes": ["migrants-and-refugees", "refugee-assistance"],
        "description": "Cities in Europe and Canada tell how they receive people who flee from Ukraine, and what they would do again.",
    });
    script.row(80, COORDINATOR, "ScheduleMeeting", announced);
    let speakers = [
        ("toronto", "The first day: what people ask for"),
        ("halifax", "Work before the language is there"),
        ("frankfurt", "Schools that take children in within a week"),
        ("utrecht", "Homes shared by citizens"),
        ("fuenlabrada", "Social services in the railway station"),
        ("berlin", "Arrival centre and onward journeys"),
    ];
    for (key, title) in speakers {
        let body = json!({ "meeting": id("meeting", "webinar-ua"), "title": title, "city": super::city(key) });
        script.add("2022-05-09T13:00", COORDINATOR, "AddPresentation", body);
    }
    let list = script.paper_of_row(
        93,
        "sheet-webinar-ua",
        "attendance-sheet",
        "Log of the webinar platform: 86 participants of 17 cities",
    );
    let came: &[(&str, u32)] = &[
        ("toronto", 9),
        ("stjohns", 5),
        ("halifax", 7),
        ("gatineau", 4),
        ("frankfurt", 8),
        ("utrecht", 8),
        ("fuenlabrada", 6),
        ("stgermain", 4),
        ("berlin", 6),
        ("hamburg", 5),
        ("milan", 4),
        ("athens", 5),
        ("porto", 3),
        ("braga", 3),
        ("parma", 3),
        ("prato", 3),
        ("almeria", 3),
    ];
    script.row(
        93,
        COORDINATOR,
        "HoldMeeting",
        json!({ "meeting": id("meeting", "webinar-ua"), "cities": counts(came), "document": list }),
    );
    let transcript =
        script.paper_of_row(101, "transcript-webinar-ua", "transcript", "Transcript: Welcoming refugees from Ukraine");
    let recording = json!({
        "meeting": id("meeting", "webinar-ua"), "host": "The project's YouTube channel", "duration": 92, "captions": ["en"], "transcript": transcript,
    });
    script.row(101, COORDINATOR, "PublishRecording", recording);
    joint_webinar(script);
    other_webinars(script);
}

fn joint_webinar(script: &mut Script) {
    let set = json!({
        "id": id("meeting", "webinar-air"), "programme": programme(), "kind": "webinar", "public": true, "open": true, "title": "Cheap sensors, sound values",
        "organisers": cities(&["athens", "gwangju"]), "start": "2022-12-01T09:00", "timezone": "Europe/Athens", "themes": ["sensor-network"], "language": "en",
        "link": "https://webinar.example/cheap-sensors",
    });
    script.add("2022-11-10T09:00", COORDINATOR, "ScheduleMeeting", set);
    let sheet = script.sheet("2022-12-01T09:00", "sheet-webinar-air", "Log of the webinar platform: 48 participants");
    let held = json!({
        "meeting": id("meeting", "webinar-air"), "document": sheet, "countries": { "BE": 9 },
        "cities": counts(&[("athens", 12), ("gwangju", 14), ("taichung", 8), ("prato", 5)]),
    });
    script.add("2022-12-01T09:05", COORDINATOR, "HoldMeeting", held);
    let published = json!({ "meeting": id("meeting", "webinar-air"), "url": "https://video.example/cheap-sensors", "host": "Video platform of the city", "duration": 71, "captions": ["en", "ko", "el"] });
    script.add("2022-12-06T09:00", COORDINATOR, "PublishRecording", published);
    let replaced = json!({ "meeting": id("meeting", "webinar-air"), "url": "https://video.example/cheap-sensors-2", "reason": "A participant's name was cut out of the picture." });
    script.add("2022-12-12T09:00", COORDINATOR, "ReplaceRecording", replaced);
}

fn other_webinars(script: &mut Script) {
    let set = json!({
        "id": id("meeting", "webinar-textiles"), "programme": programme(), "kind": "webinar", "public": true, "open": true, "title": "What becomes of textile waste",
        "organisers": cities(&["prato", "milan"]), "start": "2022-10-18T15:00", "timezone": "Europe/Rome", "themes": ["circular-economy"], "language": "it",
    });
    script.add("2022-10-03T09:00", COORDINATOR, "ScheduleMeeting", set);
    let sheet =
        script.sheet("2022-10-18T14:30", "sheet-webinar-textiles", "Log of the webinar platform: 31 participants");
    let held = json!({ "meeting": id("meeting", "webinar-textiles"), "document": sheet, "cities": counts(&[("prato", 12), ("milan", 10), ("taichung", 9)]) });
    script.add("2022-10-18T14:35", COORDINATOR, "HoldMeeting", held);
    let set = json!({
        "id": id("meeting", "webinar-closed"), "programme": programme(), "kind": "webinar", "public": false, "title": "Wastewater works in a power cut, for the crews",
        "organisers": cities(&["hamburg", "capetown"]), "start": "2022-11-08T09:00", "timezone": "Europe/Berlin", "themes": ["wastewater"], "language": "en",
    });
    script.add("2022-10-24T09:00", COORDINATOR, "ScheduleMeeting", set);
    let held =
        json!({ "meeting": id("meeting", "webinar-closed"), "cities": counts(&[("hamburg", 9), ("capetown", 12)]) });
    script.add("2022-11-08T10:00", COORDINATOR, "HoldMeeting", held);
}

pub(super) fn tell(script: &mut Script) {
    discussions(script);
    evidence(script);
    machinery(script);
}

fn discussions(script: &mut Script) {
    let about = address("visit", "v06");
    let asked = json!({ "id": id("discussion", "toronto-desk"), "subject": about, "text": "Which office paid for the interpreters at the desk?", "mentions": [person("delegate-toronto")], "language": "en" });
    script.add("2022-07-14T09:00", "delegate-frankfurt", "PostComment", asked);
    let answered = json!({ "id": id("discussion", "toronto-desk"), "text": "The newcomer office, from its own budget; about two hours a day.", "mentions": [person("delegate-frankfurt")], "language": "en" });
    script.add("2022-07-15T14:00", "delegate-toronto", "PostComment", answered);
    let edited = json!({ "discussion": id("discussion", "toronto-desk"), "comment": "c2", "text": "The newcomer office, from its own budget; about three hours a day." });
    script.add("2022-07-15T14:10", "delegate-toronto", "EditComment", edited);
    let resolved = json!({ "discussion": id("discussion", "toronto-desk"), "conclusion": "Noted in the learning under what it takes elsewhere." });
    script.add("2022-07-19T09:30", "delegate-frankfurt", "ResolveDiscussion", resolved);
    let asked = json!({ "id": id("discussion", "late-sensors"), "subject": address("pilot", "p2"), "text": "센서가 언제 도착하는지 알려 주세요.", "mentions": [person("delegate-athens")], "language": "ko" });
    script.add("2023-02-08T07:00", "delegate-gwangju", "PostComment", asked);
    let answered = json!({ "id": id("discussion", "late-sensors"), "text": "The supplier says 17 February. Ring me on my private number.", "language": "en" });
    script.add("2023-02-09T08:00", "delegate-athens", "PostComment", answered);
    let hidden = json!({ "discussion": id("discussion", "late-sensors"), "comment": "c2", "reason": "It invites to a private number." });
    script.add("2023-02-09T09:00", COORDINATOR, "HideComment", hidden);
}

fn evidence(script: &mut Script) {
    let opened = json!({ "document": id("document", "sheet-v01"), "purpose": "Sample check of participations for period 2.", "until": "2022-12-09" });
    script.add("2022-11-28T09:00", "auditor", "OpenEvidence", opened);
    let tagged = json!({ "document": id("document", "sheet-v07"), "persons": [person("person-7f3a"), person("delegate-utrecht")] });
    script.add("2022-06-27T09:00", COORDINATOR, "TagPersons", tagged);
    let claim = json!({ "document": id("document", "sheet-v01"), "subject": address("visit", "v01"), "claim": "Six delegates of eThekwini were in Porto." });
    script.add("2022-06-20T09:30", COORDINATOR, "LinkEvidence", claim);
}

fn machinery(script: &mut Script) {
    let webhook = id("webhook", "partners");
    let registered = json!({ "id": webhook, "url": "https://partners.example/koinon", "programme": programme(), "description": "The cities' network, while it had a page of its own" });
    script.add("2022-06-01T08:00", "administrator", "RegisterWebhook", registered);
    script.add(
        "2022-06-02T08:00",
        "administrator",
        "PauseWebhook",
        json!({ "webhook": webhook, "reason": "The page moves." }),
    );
    script.add("2022-06-02T12:00", "administrator", "RotateWebhookSecret", json!({ "webhook": webhook }));
    script.add("2022-06-02T12:05", "administrator", "ResumeWebhook", json!({ "webhook": webhook }));
    script.add(
        "2022-06-03T08:00",
        "administrator",
        "RemoveWebhook",
        json!({ "webhook": webhook, "reason": "The page was given up." }),
    );
    let token = id("token", "spreadsheet");
    let created = json!({ "id": token, "name": "Spreadsheet of the officer", "role": "officer", "scope": address("programme", "icc-agir"), "expires": "2022-12-31" });
    script.add("2022-06-07T08:00", "administrator", "CreateToken", created);
    script.add(
        "2022-09-01T08:00",
        "administrator",
        "RevokeToken",
        json!({ "token": token, "reason": "The spreadsheet is no longer used." }),
    );
    for (who, key) in [("coordinator", "v10"), ("officer", "v11"), ("delegate-porto", "v01")] {
        let body = json!({ "following": person(who), "subject": address("visit", key) });
        script.add("2022-09-01T09:00", who, "FollowSubject", body);
    }
    script.add(
        "2022-09-02T09:00",
        "officer",
        "SetDigest",
        json!({ "following": person("officer"), "digest": "weekly" }),
    );
    let unfollowed = json!({ "following": person("delegate-porto"), "subject": address("visit", "v01") });
    script.add("2022-11-21T12:00", "delegate-porto", "UnfollowSubject", unfollowed);
}
