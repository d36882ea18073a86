//! Signing in with an identity provider, against a certified one on loopback: the way there and back, and what is
//! answered to who tampers with it.

use reqwest::StatusCode;
use serde_json::json;

use koinon::app::accounts::code_at;

use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies::{H, P, create};
use crate::support::provider::{Provider, Walker};
use crate::support::server::Server;

on_both_engines!(
    who_was_invited_comes_in_with_the_provider,
    a_coordinator_still_owes_the_second_factor_unless_the_provider_vouches_for_it,
    nobody_comes_in_with_an_answer_that_was_tampered_with,
    nobody_comes_in_with_a_token_that_is_not_sound,
    a_second_factor_shown_elsewhere_counts_only_where_the_operator_says_so,
    nobody_comes_in_who_was_not_invited_or_is_not_surely_the_one,
    a_provider_that_is_down_leaves_the_other_ways_in_open,
);

const SECRET: &str = "four green trams at dusk";

fn serve(place: &Place, issuer: &str) -> Server {
    serve_with(place, issuer, &[])
}

fn serve_with(place: &Place, issuer: &str, further: &[&str]) -> Server {
    let file = place.folder().join("client-secret");
    std::fs::write(&file, "a secret of the stories\n").unwrap();
    let settings = ["--oidc-issuer", issuer, "--oidc-client-id", "koinon", "--oidc-label", "City Login"];
    let settings = [&settings[..], &["--oidc-client-secret-file", file.to_str().unwrap()], further].concat();
    place.start_with("serve", &settings)
}

/// A person made from the shell; gives the path of the link.
fn invite(place: &Place, email: &str, role: &str) -> String {
    let output =
        place.run(&["user", "create", "--name", "Ada Example", "--email", email, "--kind", role, "--role", role]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = String::from_utf8(output.stdout).unwrap();
    link[link.find("/invitation/").unwrap()..].trim().to_owned()
}

fn escaped(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn between(text: &str, from: &str, to: &str) -> String {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).expect(from).0.to_owned()
}

/// Sends a form with the form token of its page.
async fn send(walker: &mut Walker, url: &str, fields: &str) -> reqwest::Response {
    let page = walker.get(url).await.text().await.unwrap();
    let token = between(&page, "name=\"form_token\" value=\"", "\"");
    walker.send(url, &format!("{fields}&form_token={token}")).await
}

/// Goes the whole way under a name at the provider; gives the last answer of the service.
async fn come_in(walker: &mut Walker, server: &Server, name: &str) -> reqwest::Response {
    let away = walker.away(server.address(), "%2Fvisits%3Fstatus%3Dscheduled").await;
    let back = walker.vouch(&away, name).await;
    walker.get(&back).await
}

/// The bytes of a secret as apps show it.
fn unbase32(text: &str) -> Vec<u8> {
    let value = |letter: u8| if letter.is_ascii_digit() { letter - b'2' + 26 } else { letter - b'A' };
    let bits: String = text.bytes().map(|letter| format!("{:05b}", value(letter))).collect();
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

fn seconds() -> i64 {
    koinon::clock::Clock::System.now().micros() / 1_000_000
}

/// What the security log tells, newest first.
async fn told(server: &Server, administrator: &str) -> Vec<(String, String)> {
    let log = server.get("/api/security-log", administrator).await.expect(200).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    log["items"].as_array().unwrap().iter().map(|item| (text(&item["what"]), text(&item["detail"]))).collect()
}

async fn who_was_invited_comes_in_with_the_provider(place: Place) {
    let administrator = place.token("administrator");
    invite(&place, "ada@example.org", "expert");
    let provider = Provider::start();
    let server = serve(&place, provider.issuer());
    let mut ada = Walker::default();
    let page = ada.get(&format!("{}/sign-in", server.address())).await.text().await.unwrap();
    assert!(page.contains("Sign in with City Login") && page.contains("href=\"/sign-in/openid?next=%2F\""), "{page}");
    let away = ada.away(server.address(), "%2F").await;
    for asked in ["response_type=code", "code_challenge_method=S256", "nonce=", "state=", "scope=openid+email"] {
        assert!(away.contains(asked), "{away}");
    }
    let entered = come_in(&mut ada, &server, "ada").await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    assert_eq!(entered.headers()["location"], "/visits?status=scheduled", "on to where the way began");
    let account = ada.get(&format!("{}/account", server.address())).await;
    assert!(account.text().await.unwrap().contains("Ada Example"));
    assert!(place.export().contains("koinon.InvitationAccepted.v1"));
    let first: Vec<_> = told(&server, &administrator).await.into_iter().take(2).map(|(what, _)| what).collect();
    assert_eq!(first, ["signed-in", "identity-linked"]);

    let mut again = Walker::default();
    assert_eq!(come_in(&mut again, &server, "ada").await.status(), StatusCode::SEE_OTHER);
    assert!(!told(&server, &administrator).await[..1].iter().any(|(what, _)| what == "identity-linked"));
    let elsewhere = again.away(server.address(), "https%3A%2F%2Fevil.example%2F").await;
    let back = again.vouch(&elsewhere, "ada").await;
    assert_eq!(again.get(&back).await.headers()["location"], "/needs-you", "no way leads to another site");

    let url = format!("{}/sign-out", server.address());
    let page = ada.get(&format!("{}/account", server.address())).await.text().await.unwrap();
    let token = between(&page, "name=\"form_token\" value=\"", "\"");
    assert_eq!(ada.send(&url, &format!("form_token={token}")).await.status(), StatusCode::SEE_OTHER);
    let out = ada.get(&format!("{}/account", server.address())).await;
    assert_eq!(out.headers()["location"], "/sign-in?next=%2Faccount", "signing out ends the session");
    server.stop();
    let log = place.export();
    assert!(!log.contains("example.org") && !log.contains("koinon.RoleGranted.v1\",\"actor\":\"person"));
    place.verify();
}

async fn a_coordinator_still_owes_the_second_factor_unless_the_provider_vouches_for_it(place: Place) {
    invite(&place, "ada@example.org", "coordinator");
    let provider = Provider::start();
    let server = serve(&place, provider.issuer());
    let at = |path: &str| format!("{}{path}", server.address());
    let mut ada = Walker::default();
    let entered = come_in(&mut ada, &server, "ada").await;
    assert_eq!(entered.headers()["location"], "/account/password", "a password first, the second factor next");
    assert_eq!(ada.get(&at("/visits")).await.status(), StatusCode::SEE_OTHER, "nothing is read before");
    assert_eq!(ada.get(&at("/account/second-factor")).await.headers()["location"], "/account/password");
    let chosen = format!("new={0}&again={0}", escaped(SECRET));
    let set = send(&mut ada, &at("/account/password"), &chosen).await;
    assert_eq!(set.headers()["location"], "/account/second-factor");
    let page = ada.get(&at("/account/second-factor")).await.text().await.unwrap();
    let secret = unbase32(&between(&page, "<code id=\"secret\">", "</code>"));
    let done = send(&mut ada, &at("/account/second-factor"), &format!("code={}", code_at(&secret, seconds()))).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(ada.get(&at("/visits")).await.status(), StatusCode::OK);

    let mut other = Walker::default();
    let asked = come_in(&mut other, &server, "ada").await;
    assert_eq!(asked.headers()["location"], "/sign-in/code?next=%2Fvisits%3Fstatus%3Dscheduled");
    assert_eq!(other.get(&at("/visits")).await.status(), StatusCode::SEE_OTHER, "vouched for, but not in");
    assert_eq!(other.get(&at("/sign-in/code")).await.status(), StatusCode::OK);
    let wrong = other.send(&at("/sign-in/code"), "code=000000x").await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let code = code_at(&secret, seconds() + 30);
    let right = other.send(&at("/sign-in/code"), &format!("code={code}&next=%2F%2Fevil.example")).await;
    assert_eq!((right.status(), &right.headers()["location"]), (StatusCode::SEE_OTHER, &"/needs-you".parse().unwrap()));
    assert_eq!(other.get(&at("/visits")).await.status(), StatusCode::OK);
    let mut forger = Walker::default();
    forger.put(server.address(), "koinon-openid", "0197a8c2-0000-7000-8000-000000000001.99999999999999999.forged");
    let forged = forger.send(&at("/sign-in/code"), "code=000000").await;
    assert_eq!(forged.headers()["location"], "/sign-in", "no ticket can be made up");
}

async fn nobody_comes_in_with_an_answer_that_was_tampered_with(place: Place) {
    let administrator = place.token("administrator");
    invite(&place, "ada@example.org", "expert");
    let provider = Provider::start();
    let server = serve(&place, provider.issuer());
    let mut walker = Walker::default();
    let refused = async |walker: &mut Walker, url: &str, why: &str| {
        let answer = walker.get(url).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{why}");
        let page = answer.text().await.unwrap();
        assert!(page.contains("You are not signed in") && page.contains("href=\"/sign-in\""), "{why}: {page}");
        let account = walker.get(&format!("{}/account", server.address())).await;
        assert_eq!(account.status(), StatusCode::SEE_OTHER, "{why}");
        told(&server, &administrator).await.remove(0).1
    };
    let answer = |back: &str, name: &str, value: &str| {
        let mut url: reqwest::Url = back.parse().unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let kept = pairs.into_iter().map(|(key, old)| if key == name { (key, value.to_owned()) } else { (key, old) });
        let kept: Vec<_> = kept.filter(|(_, value)| !value.is_empty()).collect();
        url.query_pairs_mut().clear().extend_pairs(kept);
        String::from(url)
    };

    let away = walker.away(server.address(), "%2F").await;
    let back = walker.vouch(&away, "ada").await;
    let said = refused(&mut walker, &answer(&back, "state", "guessed"), "another state").await;
    assert_eq!(said, "identity provider: old");
    refused(&mut Walker::default(), &back, "another browser").await;

    for issuer in ["https://evil.example", ""] {
        let away = walker.away(server.address(), "%2F").await;
        let back = walker.vouch(&away, "ada").await;
        let said = refused(&mut walker, &answer(&back, "iss", issuer), "another issuer, or none").await;
        assert_eq!(said, "identity provider: unbelievable");
    }

    let away = walker.away(server.address(), "%2F").await;
    let back = walker.vouch(&answer(&away, "nonce", "another"), "ada").await;
    let said = refused(&mut walker, &back, "another nonce").await;
    assert_eq!(said, "identity provider: unbelievable");

    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let away = walker.away(server.address(), "%2F").await;
    let back = walker.vouch(&answer(&away, "code_challenge", challenge), "ada").await;
    assert_eq!(refused(&mut walker, &back, "another challenge").await, "identity provider: refused");

    let away = walker.away(server.address(), "%2F").await;
    let back = walker.vouch(&away, "ada").await;
    let kept = walker.cookies(server.address());
    assert_eq!(walker.get(&back).await.status(), StatusCode::SEE_OTHER);
    let mut thief = Walker::default();
    for pair in kept.split("; ") {
        let (name, value) = pair.split_once('=').unwrap();
        thief.put(server.address(), name, value);
    }
    assert_eq!(refused(&mut thief, &back, "an answer that counted before").await, "identity provider: old");

    let mut shy = Walker::default();
    let away = shy.away(server.address(), "%2F").await;
    let back = shy.vouch(&away, "nobody").await;
    assert_eq!(refused(&mut shy, &back, "broken off").await, "identity provider: broken-off");
    refused(&mut shy, &format!("{}/sign-in/openid/answer?state[]=1&code", server.address()), "nonsense").await;
}

async fn nobody_comes_in_with_a_token_that_is_not_sound(place: Place) {
    let administrator = place.token("administrator");
    invite(&place, "ada@example.org", "expert");
    let liar = Provider::that_lies();
    let server = serve(&place, liar.issuer());
    for lie in [
        "unsigned",
        "shared-secret",
        "foreign-key",
        "other-issuer",
        "other-audience",
        "further-audience",
        "other-party",
        "run-out",
        "from-the-future",
        "no-nonce",
        "old-nonce",
    ] {
        let mut walker = Walker::default();
        let answer = come_in(&mut walker, &server, lie).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{lie}");
        assert_eq!(told(&server, &administrator).await.remove(0).1, "identity provider: unbelievable", "{lie}");
        let account = walker.get(&format!("{}/account", server.address())).await;
        assert_eq!(account.status(), StatusCode::SEE_OTHER, "{lie}");
    }
    for truth in ["truth", "a-minute-late"] {
        assert_eq!(come_in(&mut Walker::default(), &server, truth).await.status(), StatusCode::SEE_OTHER, "{truth}");
    }
}

async fn a_second_factor_shown_elsewhere_counts_only_where_the_operator_says_so(place: Place) {
    invite(&place, "ada@example.org", "coordinator");
    let provider = Provider::start();
    let server = serve(&place, provider.issuer());
    let entered = come_in(&mut Walker::default(), &server, "ada-mfa").await;
    assert_eq!(entered.headers()["location"], "/account/password", "the provider's word alone is not enough");
    server.stop();
    let server = serve_with(&place, provider.issuer(), &["--oidc-second-factor", "otp, mfa"]);
    let mut ada = Walker::default();
    assert_eq!(come_in(&mut ada, &server, "ada-mfa").await.headers()["location"], "/visits?status=scheduled");
    assert_eq!(ada.get(&format!("{}/visits", server.address())).await.status(), StatusCode::OK);
}

async fn nobody_comes_in_who_was_not_invited_or_is_not_surely_the_one(place: Place) {
    let [coordinator, administrator] = ["coordinator", "administrator"].map(|role| place.token(role));
    invite(&place, "ada@example.org", "expert");
    let provider = Provider::start();
    let server = serve(&place, provider.issuer());
    create(&server, &coordinator).await;
    let body = json!({ "id": H, "programme": P, "name": "Thandi Example", "email": "thandi@example.org",
        "organisation": "eThekwini", "languages": ["en"], "kind": "delegate" });
    server.command("InvitePerson", &body, &coordinator).await.expect(201);
    for (name, why) in [("unverified", "unverified"), ("silent", "unverified"), ("stranger", "unknown")] {
        let answer = come_in(&mut Walker::default(), &server, name).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}");
        assert!(!answer.text().await.unwrap().contains("example.org"));
        assert_eq!(told(&server, &administrator).await[0].1, format!("identity provider: {why}"));
    }
    let (mut thandi, account) = (Walker::default(), format!("{}/account", server.address()));
    assert_eq!(come_in(&mut thandi, &server, "thandi").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(thandi.get(&account).await.status(), StatusCode::OK);
    let other = come_in(&mut Walker::default(), &server, "thandi-again").await;
    assert_eq!(other.status(), StatusCode::FORBIDDEN, "the address has another identity already");
    let unlinked = place.run(&["user", "unlink", H]);
    assert!(unlinked.status.success());
    assert_eq!(thandi.get(&account).await.status(), StatusCode::SEE_OTHER, "what was open with it is ended");
    assert_eq!(come_in(&mut Walker::default(), &server, "thandi-again").await.status(), StatusCode::SEE_OTHER);
    let twin = json!({ "programme": P, "name": "Thandi Twin", "email": "ADA@example.org",
        "organisation": "eThekwini", "languages": ["en"], "kind": "delegate" });
    server.command("InvitePerson", &twin, &coordinator).await.expect(201);
    let several = come_in(&mut Walker::default(), &server, "ada").await;
    assert_eq!(several.status(), StatusCode::FORBIDDEN);
    assert_eq!(told(&server, &administrator).await[0].1, "identity provider: several");

    let body = json!({ "person": H, "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    server.command("ErasePerson", &body, &administrator).await.expect(200);
    let erased = come_in(&mut Walker::default(), &server, "thandi-again").await;
    assert_eq!(erased.status(), StatusCode::FORBIDDEN, "who was erased is nobody");
}

async fn a_provider_that_is_down_leaves_the_other_ways_in_open(place: Place) {
    let link = invite(&place, "ada@example.org", "expert");
    let server = serve(&place, "http://127.0.0.1:9");
    let at = |path: &str| format!("{}{path}", server.address());
    let mut ada = Walker::default();
    let away = ada.get(&at("/sign-in/openid")).await;
    assert_eq!(away.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(away.text().await.unwrap().contains("City Login cannot be reached"));
    let entered = ada.send(&at(&link), &format!("new={0}&again={0}", escaped(SECRET))).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER, "a link still lets in");
    let fields = format!("email=ada%40example.org&password={}", escaped(SECRET));
    assert_eq!(Walker::default().send(&at("/sign-in"), &fields).await.status(), StatusCode::SEE_OTHER);

    server.stop();
    let server = place.serve();
    let none = ada.get(&format!("{}/sign-in/openid", server.address())).await;
    assert_eq!(none.status(), StatusCode::NOT_FOUND, "where none is configured there is nothing");
    let settings = ["--oidc-issuer", "https://login.example.eu", "--oidc-client-id", "koinon"];
    let nowhere = [&settings[..], &["--oidc-client-secret-file", "nowhere"]].concat();
    let refused = place.run(&[&["serve", "--listen", "127.0.0.1:0"], &nowhere[..]].concat());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("oidc_client_secret_file: cannot read nowhere"));
    assert!(place.run(&[&["user", "list"], &nowhere[..]].concat()).status.success(), "only a server needs the secret");
    let settings = ["--oidc-issuer", "http://login.example.eu", "--oidc-client-id", "koinon"];
    let refused = place.run(&[&["serve"], &settings[..]].concat());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("oidc_issuer must be an https address"));
}
