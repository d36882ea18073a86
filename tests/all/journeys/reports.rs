//! A report from its period to its acceptance, with the keyboard alone.

use super::Cast;
use super::daily::{self, compare};
use super::typist::{ANY, Typist};
use crate::support::Place;
use crate::support::bodies::{P, beginning, send};
use crate::support::browser::Driver;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_written_asked_about_and_accepted_with_the_keyboard_alone() {
    let place = Place::sqlite();
    let officer = place.token("officer");
    let server = place.serve();
    send(&server, &place.token("coordinator"), beginning()).await;
    let cast = Cast::of(&place);
    let driver = Driver::start();
    let mut hands = Typist::open(&driver, &server, &cast.auditor, true).await;
    hands.sign_in(&cast.coordinator).await;
    let period =
        [("number", "1"), ("from", "2026-01-01"), ("to", "2026-06-30"), ("due", "2026-08-31"), ("final", "yes")];
    hands.done(&format!("DefinePeriod?programme={P}"), &period).await;
    let report = hands.done("OpenReport", &[("period", "1")]).await;
    let section = [("text", "Porto and eThekwini found each other.")];
    hands.done(&format!("EditSection?report={report}&section=highlights"), &section).await;
    hands.done(&format!("SubmitReport?report={report}"), &[("note", "As agreed by telephone")]).await;
    hands.sign_in(&officer).await;
    let asked = [("section", "highlights"), ("text", "Since when?"), ("due", "2026-09-15")];
    hands.done(&format!("RaiseQuery?report={report}"), &asked).await;
    hands.sign_in(&cast.coordinator).await;
    let answer = [("query", ANY), ("text", "Since the first of March")];
    hands.done(&format!("AnswerQuery?report={report}"), &answer).await;
    hands.sign_in(&officer).await;
    hands.done(&format!("ReturnReport?report={report}"), &[("reasons", "The date belongs in the text")]).await;
    hands.sign_in(&cast.coordinator).await;
    let section = [("text", "Porto and eThekwini found each other on 1 March.")];
    hands.done(&format!("EditSection?report={report}&section=highlights"), &section).await;
    hands.done(&format!("SubmitReport?report={report}"), &[]).await;
    hands.sign_in(&officer).await;
    hands.done(&format!("AcceptReport?report={report}"), &[("conditions", "The next one in time")]).await;
    assert!(hands.text("main").await.contains("Accepted"), "its page says so");
    compare(&hands.sent, daily::REPORT);
    assert_eq!(hands.browser.errors().await, [""; 0]);
    hands.browser.close().await;
    server.stop();
    place.verify();
}
