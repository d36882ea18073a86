//! Given, when, then for meetings and webinars.

use koinon_events::Event;
use koinon_events::meeting::*;
use serde_json::{Value, json};

use crate::domain::partnership::PartnershipStatus;
use crate::domain::programme::ProgrammeStatus;
use crate::domain::scenario::Scenario;
use crate::domain::scenario::pair::*;

fn bilateral() -> Value {
    json!({ "id": MEETING, "programme": PROGRAMME, "kind": "bilateral", "title": "First bilateral",
        "partnerships": [PAIR], "organisers": [PORTO], "start": "2022-03-10T14:30" })
}

fn webinar() -> Value {
    json!({ "id": MEETING, "programme": PROGRAMME, "kind": "webinar", "title": "Welcoming refugees", "open": true,
        "public": true, "organisers": [PORTO, ETHEKWINI], "start": "2022-05-10T15:00",
        "timezone": "Europe/Brussels", "link": "https://example.org/join", "language": "en" })
}

fn meeting() -> Value {
    json!({ "meeting": MEETING })
}

fn scheduled() -> Scenario {
    a_formed_pair().done("ScheduleMeeting", bilateral())
}

fn held() -> Scenario {
    scheduled().done("HoldMeeting", meeting())
}

fn delivered() -> Scenario {
    a_formed_pair().done("ScheduleMeeting", webinar()).done("HoldMeeting", meeting())
}

fn cancelled() -> Scenario {
    scheduled().done("CancelMeeting", with(meeting(), "reason", "Nobody could come"))
}

#[test]
fn a_meeting_starts_on_the_clocks_of_its_first_organiser() {
    a_formed_pair().when("ScheduleMeeting", bilateral()).then([Event::from(MeetingScheduled {
        programme: PROGRAMME,
        kind: MeetingKind::Bilateral,
        title: text("First bilateral"),
        partnerships: vec![PAIR],
        open: false,
        public: false,
        training_scheme: false,
        organisers: vec![PORTO],
        cities: Vec::new(),
        start: "2022-03-10T14:30".parse().unwrap(),
        timezone: text("Europe/Lisbon"),
        link: None,
        place: None,
        language: None,
        themes: Vec::new(),
        description: None,
        follows: Vec::new(),
    })]);
    scheduled().when("ScheduleMeeting", bilateral()).then_refused("meeting-already-exists");
}

#[test]
fn a_meeting_names_only_what_belongs_to_its_programme() {
    let asked = |field: &str, value: Value| a_formed_pair().when("ScheduleMeeting", with(bilateral(), field, value));
    asked("organisers", json!([STRANGER])).then_unfit("/organisers/0");
    asked("cities", json!([PORTO, PORTO])).then_unfit("/cities/1");
    asked("partnerships", json!([VISIT])).then_unfit("/partnerships/0");
    asked("themes", json!(["magic"])).then_unfit("/themes/0");
    asked("follows", json!([PORTO.subject()])).then_unfit("/follows/0");
    asked("follows", json!([VISIT.subject()])).then_unfit("/follows/0");
    asked("organisers", json!([])).then_unfit("/timezone");
}

#[test]
fn a_meeting_does_not_start_in_the_hour_that_the_clocks_skip() {
    a_formed_pair().when("ScheduleMeeting", with(bilateral(), "start", "2022-03-27T01:30")).then_unfit("/start");
}

#[test]
fn no_meeting_is_planned_for_a_dissolved_partnership_or_a_programme_that_does_not_run() {
    a_pair(PartnershipStatus::Dissolved).when("ScheduleMeeting", bilateral()).then_refused("partnership-dissolved");
    a_programme(ProgrammeStatus::Draft).when("ScheduleMeeting", webinar()).then_refused("programme-not-running");
}

#[test]
fn a_meeting_moves_and_says_when_it_was() {
    let later = json!({ "meeting": MEETING, "start": "2022-03-11T10:00", "reason": "A holiday" });
    scheduled().when("RescheduleMeeting", later.clone()).then([Event::from(MeetingRescheduled {
        start: "2022-03-11T10:00".parse().unwrap(),
        timezone: text("Europe/Lisbon"),
        was_start: "2022-03-10T14:30".parse().unwrap(),
        was_timezone: text("Europe/Lisbon"),
        reason: Some(text("A holiday")),
    })]);
    scheduled()
        .done("RescheduleMeeting", later.clone())
        .when("RescheduleMeeting", later.clone())
        .then_refused("meeting-already-at-that-time");
    held().when("RescheduleMeeting", later.clone()).then_refused("meeting-already-held");
    cancelled().when("RescheduleMeeting", later).then_refused("meeting-already-cancelled");
}

#[test]
fn a_meeting_is_cancelled_before_it_is_held() {
    let off = with(meeting(), "reason", "Nobody could come");
    scheduled()
        .when("CancelMeeting", off.clone())
        .then([Event::from(MeetingCancelled { reason: text("Nobody could come") })]);
    held().when("CancelMeeting", off.clone()).then_refused("meeting-already-held");
    cancelled().when("CancelMeeting", off).then_refused("meeting-already-cancelled");
}

#[test]
fn a_meeting_is_held_with_who_came() {
    let came = json!({ "meeting": MEETING, "present": [THANDI], "cities": { PORTO.to_string(): 7 },
        "countries": { "KR": 2 }, "document": SHEET });
    scheduled().when("HoldMeeting", came.clone()).then([Event::from(MeetingHeld {
        date: None,
        present: vec![THANDI],
        cities: [(PORTO, 7)].into(),
        countries: [(text("KR"), 2)].into(),
        document: Some(SHEET),
    })]);
    held().when("HoldMeeting", came.clone()).then_refused("meeting-already-held");
    scheduled().when("HoldMeeting", with(came.clone(), "document", json!(WITHDRAWN))).then_unfit("/document");
    let far = json!({ STRANGER.to_string(): 3 });
    scheduled().when("HoldMeeting", with(came.clone(), "cities", far)).then_unfit(&format!("/cities/{STRANGER}"));
    scheduled().when("HoldMeeting", with(came, "countries", json!({ "KR": 100_001 }))).then_unfit("/countries/KR");
}

#[test]
fn presentations_are_added_once_each() {
    let slides = json!({ "meeting": MEETING, "title": "Our waste plan", "speaker": THANDI, "city": ETHEKWINI,
        "document": SHEET });
    scheduled().when("AddPresentation", slides.clone()).then([Event::from(PresentationAdded {
        title: text("Our waste plan"),
        speaker: Some(THANDI),
        city: Some(ETHEKWINI),
        document: Some(SHEET),
    })]);
    held()
        .done("AddPresentation", slides.clone())
        .when("AddPresentation", slides.clone())
        .then_refused("presentation-already-added");
    held().when("AddPresentation", with(slides, "speaker", json!(ERASED))).then_unfit("/speaker");
}

#[test]
fn only_a_meeting_that_was_held_decides_something() {
    let decision = json!({ "meeting": MEETING, "text": "Six topics", "responsible": THANDI });
    held()
        .when("RecordDecision", decision.clone())
        .then([Event::from(DecisionRecorded { text: text("Six topics"), responsible: Some(THANDI) })]);
    held()
        .done("RecordDecision", decision.clone())
        .when("RecordDecision", decision.clone())
        .then_refused("decision-already-recorded");
    scheduled().when("RecordDecision", decision.clone()).then_refused("meeting-not-held");
    held().when("RecordDecision", with(decision, "responsible", json!(INACTIVE))).then_unfit("/responsible");
}

#[test]
fn minutes_are_published_once_after_the_meeting() {
    let minutes = with(meeting(), "text", "We met.");
    held()
        .when("PublishMinutes", minutes.clone())
        .then([Event::from(MinutesPublished { document: None, text: Some(text("We met.")) })]);
    held()
        .done("PublishMinutes", minutes.clone())
        .when("PublishMinutes", minutes.clone())
        .then_refused("minutes-already-published");
    scheduled().when("PublishMinutes", minutes).then_refused("meeting-not-held");
    held().when("PublishMinutes", meeting()).then_unfit("/document");
}

#[test]
fn a_recording_is_announced_before_it_has_an_address() {
    delivered().when("PublishRecording", with(meeting(), "host", "Video channel")).then([Event::from(
        RecordingPublished {
            url: None,
            host: Some(text("Video channel")),
            duration: None,
            captions: Vec::new(),
            transcript: None,
        },
    )]);
    let announced = || delivered().done("PublishRecording", with(meeting(), "host", "Video channel"));
    announced()
        .when("PublishRecording", with(meeting(), "host", "Video channel"))
        .then_refused("recording-already-published");
    let published = json!({ "meeting": MEETING, "url": "https://example.org/v", "duration": 92, "captions": ["en"],
        "transcript": SHEET });
    announced()
        .done("PublishRecording", published.clone())
        .when("PublishRecording", published.clone())
        .then_refused("recording-already-published");
    delivered().when("PublishRecording", with(published, "duration", 0)).then_unfit("/duration");
}

#[test]
fn only_a_webinar_that_was_delivered_has_a_recording() {
    held().when("PublishRecording", meeting()).then_refused("not-a-webinar");
    a_formed_pair()
        .done("ScheduleMeeting", webinar())
        .when("PublishRecording", meeting())
        .then_refused("meeting-not-held");
}

#[test]
fn a_recording_moves_to_another_address_with_a_reason() {
    let away = json!({ "meeting": MEETING, "url": "https://example.org/w", "reason": "The channel closed" });
    let published = || delivered().done("PublishRecording", with(meeting(), "url", "https://example.org/v"));
    published().when("ReplaceRecording", away.clone()).then([Event::from(RecordingReplaced {
        url: Some(text("https://example.org/w")),
        was_url: Some(text("https://example.org/v")),
        reason: text("The channel closed"),
    })]);
    published()
        .done("ReplaceRecording", away.clone())
        .when("ReplaceRecording", away.clone())
        .then_refused("recording-already-there");
    delivered().when("ReplaceRecording", away).then_refused("recording-not-published");
}
