//! Private calendar addresses: a person makes one on a page, any calendar program reads it, and it can be revoked.

use reqwest::{Client, StatusCode, redirect};
use serde_json::json;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{C2, H, V, beginning, middle, send};

on_both_engines!(an_address_shows_what_its_person_may_see_until_it_is_revoked);

const PAGE: &str = "/calendar/addresses";

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap().0
}

async fn an_address_shows_what_its_person_may_see_until_it_is_revoked(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    send(&server, &token, beginning()).await;
    send(&server, &token, middle().into_iter().take(2).collect()).await;
    let grant = json!({ "person": H, "role": "delegate", "scope": format!("city/{C2}") });
    send(&server, &token, vec![("AcceptInvitation", json!({ "person": H })), ("GrantRole", grant)]).await;
    let own = place.token_with("delegate", &["--person", H]);
    let browser = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let at = |path: &str| format!("{}{path}", server.address());
    let post = |path: &str, cookie: &str, origin: &'static str, body: String| {
        let request = browser.post(at(path)).header("sec-fetch-site", origin).header("cookie", cookie);
        request.header("content-type", "application/x-www-form-urlencoded").body(body).send()
    };
    let entered = post("/sign-in", "", "same-origin", format!("token={own}&next=/")).await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let page = browser.get(at(PAGE)).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(page.headers()["cache-control"], "no-store");
    let page = page.text().await.unwrap();
    let form = format!("form_token={}", between(&page, "name=\"form_token\" value=\"", "\""));
    let foreign = post(PAGE, &cookie, "cross-site", form.clone()).await.unwrap();
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN, "only this site's own form makes an address");
    let made = post(PAGE, &cookie, "same-origin", form.clone()).await.unwrap();
    assert_eq!(made.status(), StatusCode::CREATED);
    let shown = made.text().await.unwrap();
    let address = between(&shown, "<code>", "</code>");
    let path = format!("/calendar/{}", address.rsplit('/').next().unwrap());
    let again = browser.get(at(PAGE)).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    assert!(!again.contains(&path), "it is shown only once");

    let read = server.get(&path, "").await.expect(200);
    assert_eq!(read.header("content-type"), "text/calendar; charset=utf-8");
    assert!(read.text().replace("\r\n ", "").contains(&format!("UID:visit-{V}@")), "{}", read.text());
    server.get("/calendar/guess.ics", "").await.expect(404);
    let revoked = json!({ "person": H, "role": "delegate", "scope": format!("city/{C2}"), "reason": "Moved" });
    let position = send(&server, &token, vec![("RevokeRole", revoked)]).await;
    let nothing = server.get_at(&path, "", position).await.expect(200).text();
    let is_named = nothing.replace("\r\n ", "").contains(&format!("UID:visit-{V}@"));
    assert!(!is_named, "it reads with the rights of that moment: {nothing}");

    let id = between(&again, "name=\"revoke\" value=\"", "\"");
    let gone = post(PAGE, &cookie, "same-origin", format!("{form}&revoke={id}")).await.unwrap();
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    server.get(&path, "").await.expect(404);
    assert!(!place.export().contains(path.trim_start_matches("/calendar/").trim_end_matches(".ics")));
}
