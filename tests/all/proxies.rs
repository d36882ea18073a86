//! Behind a proxy: whose word is taken for where a request comes from, over real connections.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::Place;
use crate::support::server::Server;

/// Somebody guesses links through a proxy that names them; gives the last answer.
async fn guess(server: &Server, header: &str, told: &str, times: usize) -> StatusCode {
    let mut last = StatusCode::OK;
    for _ in 0..times {
        let asked = server.read("/invitation/guess", "").header(header, told).send().await.unwrap();
        last = asked.status();
    }
    last
}

/// The address in the newest entry of the security log, after a wrong sign-in that came with these headers.
async fn noted(server: &Server, administrator: &str, headers: &[(&str, &str)]) -> String {
    let request = server.request(reqwest::Method::POST, "/sign-in", "").header("sec-fetch-site", "same-origin");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let form = "email=nobody%40example.org&password=seven+blue+boats";
    let answer = request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let log = server.get("/api/security-log?limit=1", administrator).await.expect(200).json();
    assert_eq!(log["items"][0]["what"], json!("sign-in-refused"));
    log["items"][0]["address"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_operators_word_no_header_names_an_address() {
    let place = Place::sqlite();
    let administrator = place.token("administrator");
    for further in [&[][..], &["--trusted-proxies", "10.9.9.9,192.0.2.0/24"]] {
        let server = place.start_with("serve", further);
        for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
            let told = if header == "forwarded" { "for=192.0.2.60" } else { "192.0.2.60" };
            assert_eq!(noted(&server, &administrator, &[(header, told)]).await, "127.0.0.1", "{header} {further:?}");
        }
        assert_eq!(guess(&server, "x-forwarded-for", "192.0.2.60", 101).await, StatusCode::TOO_MANY_REQUESTS);
        let other = guess(&server, "x-forwarded-for", "192.0.2.61", 1).await;
        assert_eq!(other, StatusCode::TOO_MANY_REQUESTS, "who makes up addresses is still one");
        server.stop();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_was_named_says_who_is_counted_and_noted() {
    let place = Place::sqlite();
    let administrator = place.token("administrator");
    let server = place.start_with("serve", &["--trusted-proxies", "127.0.0.0/8, ::1"]);
    assert_eq!(noted(&server, &administrator, &[]).await, "127.0.0.1");
    let chain = [("x-forwarded-for", "1.2.3.4, 192.0.2.60, 127.0.0.9"), ("forwarded", "for=203.0.113.1")];
    assert_eq!(noted(&server, &administrator, &chain).await, "192.0.2.60", "what the client made up is not believed");
    assert_eq!(guess(&server, "x-forwarded-for", "192.0.2.60", 101).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess(&server, "x-forwarded-for", "5.6.7.8, 192.0.2.60", 1).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess(&server, "x-forwarded-for", "192.0.2.61", 1).await, StatusCode::NOT_FOUND, "another is let try");
    server.stop();

    let server = place.start_with("serve", &["--trusted-proxies", "127.0.0.1", "--proxy-header", "forwarded"]);
    let both = [("forwarded", "for=\"[2001:db8::7]:4711\";proto=https"), ("x-forwarded-for", "192.0.2.60")];
    assert_eq!(noted(&server, &administrator, &both).await, "2001:db8::7", "one header alone is read");
    server.stop();
    let refused = place.run(&["serve", "--trusted-proxies", "proxy.example"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("trusted_proxies: \"proxy.example\" is no address"));
}
