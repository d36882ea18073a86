//! Every command for everybody, against the programme's matrix of roles, which stands here as data. Each is sent with a
//! version that nothing has: who may is told that the version is lost, and nothing is recorded; who may not is told so,
//! or sees nothing there.

use koinon::domain::{CommandShape, command_shapes, example_body};
use serde_json::{Map, Value, json};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::server::Reply;
use crate::support::world::{ROLES, Seat, World};

on_both_engines!(
    every_command_is_for_those_the_matrix_names,
    nobody_accepts_a_report_that_they_submitted,
    nobody_gives_themselves_more_than_they_have,
    nobody_both_writes_and_audits,
    roles_are_given_only_as_far_as_ones_own_reaches,
);

/// Administrator, Coordinator, Delegate, Expert, Officer, aUditor; `*` is everybody for what is their own, `@` says that
/// a delegate may for the own city only.
const MATRIX: &[(&str, &str)] = &[
    ("C", "CreateProgramme DefinePhase DefineTheme DefineStrand DefineIndicator ReviseTarget DefinePeriod"),
    ("C", "StartProgramme ChangeEndDate StartClosing CloseProgramme"),
    ("C", "RegisterCity SelectCity PutOnReserve RejectCity AppointCoordinator WithdrawCity"),
    ("CD@", "UpdateCity AddBody StateNeed StateOffer"),
    ("C", "ProposePartnership AddCity RemoveCity KickOffPartnership AgreeTopics AssignAdvisor SignAgreement"),
    ("C", "AdoptActionPlan SuspendPartnership ResumePartnership DissolvePartnership CompletePartnership"),
    ("C", "CommitContinuation"),
    ("CD@", "AcceptPartnership DeclinePartnership"),
    ("CE", "RecordAdvice"),
    ("CD", "AnswerAdvice"),
    ("ACD", "InvitePerson DeactivatePerson"),
    ("ACD*", "UpdatePerson AcceptInvitation"),
    ("C*", "RequestErasure"),
    ("A", "ErasePerson DeferErasure"),
    ("AC", "GrantRole RevokeRole"),
    ("CDE", "ProposeVisit ScheduleVisit RescheduleVisit PostponeVisit CancelVisit ConfirmVisit InviteDelegate"),
    ("CDE", "ReplaceDelegate WithdrawDelegate ConfirmDelegation AssignExpert ReplaceExpert AddSession MoveSession"),
    ("CDE", "DropSession PublishItinerary RecordLogistics StartVisit HoldSession SkipSession RecordAttendance"),
    ("CDE", "CompleteVisit CloseVisit"),
    ("CE", "SubmitMissionNote"),
    ("C", "ApproveMissionNote RequestLearnings SuggestLearning RemindOfPeriod ListOpenMatters"),
    ("CD", "RemindPerson"),
    ("CDE", "ScheduleMeeting RescheduleMeeting CancelMeeting HoldMeeting AddPresentation RecordDecision"),
    ("CDE", "PublishMinutes PublishRecording ReplaceRecording"),
    ("CDE", "RecordLearning ReviseLearning"),
    ("E", "ValidateLearning ReturnLearning"),
    ("C", "PublishLearning ConsolidateLearnings RetractLearning"),
    ("CD@", "ExpressInterest DeclineLearning CommitAdoption StartAdoption VerifyAdoption AbandonAdoption"),
    ("CD", "ProposeProject AgreeProject AddDeliverable DeliverDeliverable RecordFunding CompleteProject StopProject"),
    ("CD@", "ApprovePilot"),
    ("CD", "ProposePilot PlanPilot LaunchPilot ReachMilestone SlipMilestone RecordMeasurement CorrectMeasurement"),
    ("CD", "RaiseRisk ChangeRisk CloseRisk PausePilot ResumePilot CompletePilot DecideScaleUp DecideNotToContinue"),
    ("CD", "StopPilot"),
    ("CDE", "RaiseAction ReassignAction ChangeDue CompleteAction VerifyAction ReopenAction DropAction"),
    ("CDE", "RegisterDocument LinkEvidence"),
    ("C", "TagPersons WithdrawDocument"),
    ("OU", "OpenEvidence"),
    ("CDEO", "PostComment EditComment ResolveDiscussion"),
    ("C", "HideComment"),
    ("C", "OpenReport SubmitReport"),
    ("CD", "EditSection AnswerQuery"),
    ("O", "RaiseQuery ReturnReport AcceptReport ReopenReport"),
    ("AC", "RegisterWebhook PauseWebhook ResumeWebhook RotateWebhookSecret RemoveWebhook"),
    ("A", "CreateToken RevokeToken"),
    ("*", "FollowSubject UnfollowSubject SetDigest"),
];

/// What the matrix says of a command.
fn row(name: &str) -> &'static str {
    let found = MATRIX.iter().find(|(_, names)| names.split(' ').any(|known| known == name));
    found.unwrap_or_else(|| panic!("{name} is not in the matrix")).0
}

/// A body for a command on what belongs to the first partnership.
fn body(world: &World, shape: &CommandShape, city: &str) -> Map<String, Value> {
    let own = &world.parts[0];
    let noun = shape.noun.to_lowercase();
    let mut body = example_body(shape);
    if !shape.creates {
        let id = match noun.as_str() {
            "city" => own.id("host"),
            "token" => world.of_token("delegate"),
            "following" => own.id("expert"),
            noun => own.id(noun),
        };
        body.insert(shape.subject_field.to_owned(), id.into());
    }
    let (host, guest) = (own.id("host"), own.id("guest"));
    let fields = [
        ("programme", json!(own.id("programme"))),
        ("partnership", json!(own.id("partnership"))),
        ("host_city", json!(host)),
        ("visiting_cities", json!([guest])),
        ("origin_city", json!(host)),
        ("origin", json!(format!("visit/{}", own.id("visit")))),
        ("subject", json!(format!("visit/{}", own.id("visit")))),
        ("cities", json!([host, guest])),
    ];
    for (field, value) in fields.into_iter().filter(|(field, _)| *field != shape.subject_field) {
        if body.contains_key(field) {
            body.insert(field.to_owned(), value);
        }
    }
    if row(shape.name).contains('@') && noun != "city" {
        body.insert("city".to_owned(), own.id(city).into());
    }
    match shape.name {
        "FollowSubject" | "SetDigest" => drop(body.remove("following")),
        "RaiseAction" | "RegisterDocument" => drop(body.insert("city".to_owned(), host.into())),
        "ScheduleMeeting" => drop(body.insert("partnerships".to_owned(), json!([own.id("partnership")]))),
        "InvitePerson" => {
            body.insert("city".to_owned(), host.into());
            body.insert("programme".to_owned(), own.id("programme").into());
        }
        "RegisterWebhook" => drop(body.insert("programme".to_owned(), own.id("programme").into())),
        "PostComment" => drop(body.insert("subject".to_owned(), format!("visit/{}", own.id("visit")).into())),
        "GrantRole" | "RevokeRole" => {
            body.insert("role".to_owned(), "delegate".into());
            body.insert("scope".to_owned(), format!("city/{}", own.id("host")).into());
        }
        _ => {}
    }
    body
}

/// Whether somebody sees what a command on the first partnership is about.
fn sees(role: &str, shape: &CommandShape) -> bool {
    let noun = shape.noun.to_lowercase();
    match role {
        "coordinator" => noun != "token" && noun != "following",
        "officer" | "auditor" => noun != "following",
        "administrator" => ["person", "token", "webhook"].contains(&noun.as_str()),
        // A report of a partnership is for those whose role is for the partnership, not for one of its cities.
        "delegate" => !["token", "webhook", "following", "report"].contains(&noun.as_str()),
        // The same programme: the programme and its cities; and the visit that an expert is assigned to, with its talk.
        "delegate-elsewhere" | "expert-elsewhere" => ["programme", "city"].contains(&noun.as_str()),
        "expert-assigned" => ["programme", "city", "visit", "discussion", "following"].contains(&noun.as_str()),
        _ => false,
    }
}

/// Whether somebody's role reaches what belongs to the first partnership.
fn reaches(role: &str, shape: &CommandShape, city: &str) -> bool {
    let noun = shape.noun.to_lowercase();
    match role {
        "coordinator" => shape.name != "CreateProgramme",
        "officer" | "auditor" | "administrator" => true,
        "delegate" => !row(shape.name).contains('@') || noun == "city" || city == "host",
        "expert-assigned" => ["visit", "discussion"].contains(&noun.as_str()) || shape.name == "RecordLearning",
        _ => false,
    }
}

fn expected(role: &str, shape: &CommandShape, city: &str) -> u16 {
    if role == "stranger" || role == "revoked" {
        return 401;
    }
    let is_person = role == "expert-assigned" || role == "ended";
    if shape.noun == "Following" && is_person && shape.creates {
        return 412;
    }
    // Nobody follows anything yet, so there is nothing to follow no more.
    if shape.name == "UnfollowSubject" || (!shape.creates && !sees(role, shape)) {
        return 404;
    }
    let letter = match role.split('-').next().unwrap_or_default() {
        "administrator" => 'A',
        "coordinator" => 'C',
        "delegate" => 'D',
        "expert" => 'E',
        "officer" => 'O',
        "auditor" => 'U',
        _ => '-',
    };
    // What makes a visit is asked about what it names: nobody is assigned to what is not there yet.
    let is_new_visit = role == "expert-assigned" && shape.creates && shape.noun == "Visit";
    if row(shape.name).contains(letter) && reaches(role, shape, city) && !is_new_visit { 412 } else { 403 }
}

async fn sent(world: &World, role: &str, seat: &Seat, shape: &CommandShape, body: &Map<String, Value>) -> Reply {
    let mut request = world.server.order(shape.name, &Value::Object(body.clone()), world.by(role));
    if !seat.cookie.is_empty() {
        request = request.header("cookie", &seat.cookie).header("koinon-form-token", &seat.form_token);
    }
    Reply::to(request.header("sec-fetch-site", "same-origin").header("if-match", "\"999999\"")).await
}

async fn every_command_is_for_those_the_matrix_names(place: Place) {
    let world = World::new(&place).await;
    let ended = world.ended(&place).await;
    let before = world.server.events(0, world.by("chief")).await.len();
    let mut wrong = Vec::new();
    for shape in command_shapes() {
        let cities: &[&str] = if row(shape.name).contains('@') { &["host", "guest"] } else { &["host"] };
        for city in cities {
            let body = body(&world, shape, city);
            for role in ROLES {
                let seat = if role == "ended" { ended.clone() } else { Seat::default() };
                let reply = sent(&world, role, &seat, shape, &body).await;
                let wanted = expected(role, shape, city);
                if reply.status.as_u16() != wanted {
                    wrong.push(format!(
                        "{} ({city}) by {role}: {} for {wanted}: {}",
                        shape.name,
                        reply.status,
                        reply.text()
                    ));
                }
                if reply.status.as_u16() == 403 {
                    let detail = reply.json()["detail"].as_str().unwrap_or_default().to_owned();
                    assert!(detail.contains("Ask"), "{} by {role} is told whom to ask: {detail}", shape.name);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(world.server.events(0, world.by("chief")).await.len(), before, "nothing was recorded");
}

/// A token that acts as a person in a role.
async fn acting(world: &World, person: &str, role: &str) -> String {
    let body = json!({ "name": "acting", "role": role, "person": person });
    let made = world.server.command("CreateToken", &body, world.by("keeper")).await.expect(201).json();
    made["secret"].as_str().unwrap().to_owned()
}

async fn nobody_accepts_a_report_that_they_submitted(place: Place) {
    let world = World::new(&place).await;
    let own = &world.parts[0];
    let person = own.id("person");
    let (writes, accepts) = (acting(&world, &person, "coordinator").await, acting(&world, &person, "officer").await);
    let report = json!({ "report": own.id("report") });
    for section in ["highlights", "activities", "problems-and-deviations", "next-period"] {
        let text = json!({ "report": own.id("report"), "section": section, "text": "As planned." });
        world.server.command("EditSection", &text, &writes).await.expect(200);
    }
    world.server.command("SubmitReport", &report, &writes).await.expect(200);
    world.server.command("AcceptReport", &report, &writes).await.refuses(403, "not-yours-to-do");
    world.server.command("AcceptReport", &report, &accepts).await.refuses(409, "report-submitted-by-yourself");
    world.server.command("AcceptReport", &report, world.by("officer")).await.expect(200);
}

async fn nobody_gives_themselves_more_than_they_have(place: Place) {
    let world = World::new(&place).await;
    let person = world.parts[0].id("person");
    for role in ["administrator", "coordinator"] {
        let token = acting(&world, &person, role).await;
        for wanted in ["coordinator", "officer", "auditor", "administrator"] {
            let grant = json!({ "person": person, "role": wanted });
            let reply = world.server.command("GrantRole", &grant, &token).await;
            let refused = reply.status.as_u16();
            assert!(refused == 409 || refused == 403, "{role} grants themselves {wanted}: {}", reply.text());
            let own = json!({ "name": "mine", "role": wanted, "person": person });
            let reply = world.server.command("CreateToken", &own, &token).await;
            let may = role == "administrator" && wanted == "administrator";
            assert_eq!(reply.status.as_u16(), if may { 201 } else { 403 }, "{role}: {}", reply.text());
        }
    }
    let row = world.read(&format!("/api/people/{person}"), "chief").await.expect(200).json();
    assert!(row["grants"].as_array().is_none_or(Vec::is_empty), "{row}");
}

async fn nobody_both_writes_and_audits(place: Place) {
    let world = World::new(&place).await;
    let (chief, person) = (world.by("chief"), world.parts[0].id("person"));
    let grant = |role: &str| json!({ "person": person, "role": role });
    world.server.command("GrantRole", &grant("coordinator"), chief).await.expect(200);
    world.server.command("GrantRole", &grant("auditor"), chief).await.refuses(409, "auditor-with-another-role");
    let back = json!({ "person": person, "role": "coordinator", "reason": "Changes sides" });
    world.server.command("RevokeRole", &back, chief).await.expect(200);
    world.server.command("GrantRole", &grant("auditor"), chief).await.expect(200);
    world.server.command("GrantRole", &grant("delegate"), chief).await.refuses(409, "auditor-with-another-role");
}

async fn roles_are_given_only_as_far_as_ones_own_reaches(place: Place) {
    let world = World::new(&place).await;
    let [own, _, far] = &world.parts;
    let person = own.id("person");
    let grant = |role: &str, scope: Option<String>| {
        let mut grant = json!({ "person": person, "role": role });
        if let Some(scope) = scope {
            grant["scope"] = scope.into();
        }
        grant
    };
    let near = Some(format!("programme/{}", own.id("programme")));
    let beyond = [None, Some(format!("programme/{}", far.id("programme"))), Some(format!("city/{}", far.id("host")))];
    let coordinator = world.by("coordinator");
    for scope in beyond.clone() {
        let refused = world.server.command("GrantRole", &grant("coordinator", scope.clone()), coordinator).await;
        refused.refuses(403, "not-yours-to-do");
        world.server.command("GrantRole", &grant("officer", scope.clone()), world.by("keeper")).await.expect(200);
        let mut back = grant("officer", scope);
        back["reason"] = "Not theirs".into();
        world.server.command("RevokeRole", &back, coordinator).await.refuses(403, "not-yours-to-do");
    }
    world.server.command("GrantRole", &grant("delegate", near), coordinator).await.expect(200);
    world.server.command("GrantRole", &grant("administrator", None), world.by("keeper")).await.expect(200);
    let unmake = json!({ "person": person, "role": "administrator", "reason": "A coup" });
    for who in ["coordinator", "chief"] {
        world.server.command("RevokeRole", &unmake, world.by(who)).await.refuses(403, "not-yours-to-do");
    }
    world.server.command("RevokeRole", &unmake, world.by("keeper")).await.expect(200);
}
