//! The API against its own description: Schemathesis reads the OpenAPI, makes up requests that fit it and requests that
//! do not, and holds every answer against what is described. Nothing may fail inside, and no answer may have a status or
//! a form that the description does not have.

use std::process::Command;

use crate::support::Place;
use crate::support::world::World;

/// Enough for every case at the edges, and a few by chance.
const SECONDS: &str = "60";

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_one_that_the_description_has() {
    let place = Place::sqlite();
    let world = World::new(&place).await;
    let mut program = Command::new("schemathesis");
    program.args(["run", &format!("{}/api/openapi.json", world.server.address())]);
    program.args(["--header", &format!("Authorization: Bearer {}", world.by("chief"))]);
    program.args(["--checks", "not_a_server_error,status_code_conformance,content_type_conformance"]);
    program.args(["--phases", "coverage,fuzzing", "--max-examples", "3", "--max-time", SECONDS, "--no-shrink"]);
    // Streams have no end.
    program.args(["--exclude-path", "/api/feed", "--exclude-path", "/api/replay", "--request-timeout", "30"]);
    let told = tokio::task::spawn_blocking({
        let folder = place.folder().to_owned();
        move || program.current_dir(folder).env("NO_COLOR", "1").output()
    });
    let told =
        told.await.unwrap().expect("this test needs Schemathesis: pip install schemathesis==4.32.5 (tests/run does)");
    let text = format!("{}{}", String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
    assert!(told.status.success(), "{text}");
    assert!(text.contains("Tested: 1") || text.contains("Tested: 2"), "it tested nearly everything: {text}");
    world.server.stop();
    place.verify();
}
