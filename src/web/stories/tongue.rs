//! In which language pages are answered, and how one is chosen.

use super::*;

#[tokio::test]
async fn a_page_speaks_its_readers_language_and_what_programs_read_stays_english() {
    let told = told().await;
    let german = ask(&told.site, Request::get("/sign-in").header("accept-language", "de-AT, en;q=0.5"), "").await;
    assert!(german.text().contains("<html lang=\"de\">"), "{}", german.text());
    assert_eq!(german.header("content-language"), "de");
    assert!(german.header("vary").contains("accept-language"));
    let chosen = Request::get("/sign-in").header("accept-language", "de").header("cookie", "koinon_language=ko");
    assert!(ask(&told.site, chosen, "").await.text().contains("<html lang=\"ko\">"));
    let program = ask(&told.site, told.get("/api/status").header("accept-language", "de"), "").await;
    assert_eq!((program.status.as_u16(), program.header("content-language")), (200, ""));
}

#[tokio::test]
async fn a_language_is_chosen_by_a_form_of_this_site_alone() {
    let told = told().await;
    let choice = |site: &'static str, body: &'static str| {
        let request = Request::post("/language").header("sec-fetch-site", site);
        ask(&told.site, request.header("content-type", "application/x-www-form-urlencoded"), body)
    };
    let taken = choice("same-origin", "language=ko&next=%2Fvisits").await;
    assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "/visits"));
    assert!(taken.header("set-cookie").starts_with("koinon_language=ko; Path=/"));
    assert_eq!(choice("same-origin", "language=de&next=%2F%2Felsewhere.example").await.header("location"), "/");
    assert_eq!(choice("cross-site", "language=ko&next=%2F").await.status, StatusCode::FORBIDDEN);
    assert_eq!(choice("same-origin", "language=tlh&next=%2F").await.status, StatusCode::NOT_FOUND);
}
