//! A report from its period to its acceptance, with the keyboard alone.

use super::typist::ANY;
use super::{daily, journey};
use crate::support::Place;
use crate::support::bodies::{P, beginning};

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_written_asked_about_and_accepted_with_the_keyboard_alone() {
    journey(Place::sqlite(), beginning(), daily::REPORT, async |hands, cast, place| {
        let officer = place.token("officer");
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
    })
    .await;
}
