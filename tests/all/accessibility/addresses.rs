//! Where the pages are: every page of the site map over the sample programme, as somebody who may see it.

use koinon::web::subjects::COLLECTIONS;
use reqwest::{Client, StatusCode, redirect};
use serde_json::json;

use crate::support::Place;
use crate::support::server::Server;

/// One page, and the cookie of whoever looks at it.
#[derive(Debug, Clone)]
pub struct Address {
    /// `http://127.0.0.1:PORT`
    pub server: String,
    /// Its path, with its query.
    pub path: String,
    /// The session's cookie; none for a reader who is not signed in.
    pub cookie: Option<String>,
    /// The status it answers with.
    pub status: u16,
}

/// A server, and who looks at its pages.
pub struct Site {
    /// The server.
    pub server: Server,
    /// What it prints links with.
    token: String,
    coordinator: Option<String>,
    administrator: Option<String>,
    /// The link with which an invited person chooses a password.
    invitation: Option<String>,
    /// The link for the first administrator.
    set_up: Option<String>,
    /// Where the receipt of somebody's erasure is.
    receipt: Option<String>,
}

impl Site {
    /// Starts a server, and signs in on it.
    pub async fn start(place: &Place, how: &str) -> Self {
        if how == "demo" {
            let server = place.start(how);
            let token = place.token("coordinator");
            let coordinator = Some(signed_in(&server, &[("sample", "0"), ("next", "/")]).await);
            let administrator = place.token("administrator");
            let receipt = Some(erased(&server, &token, &administrator).await);
            let administrator = Some(signed_in(&server, &[("token", &administrator), ("next", "/")]).await);
            return Self { server, token, coordinator, administrator, invitation: None, set_up: None, receipt };
        }
        let server = place.start(how);
        let link = server.said().iter().find_map(|line| line.split_once("/set-up/")).expect("a link is printed");
        let set_up = Some(format!("/set-up/{}", link.1.trim()));
        let [other, ada] = ["ben@example.org", "ada@example.org"].map(|email| invited(place, email));
        let cookie = sent(&server, &ada, &[("new", SECRET), ("again", SECRET)]).await;
        let token = place.token("coordinator");
        let coordinator = Some(cookie);
        Self { server, token, coordinator, administrator: None, invitation: Some(other), set_up, receipt: None }
    }

    /// A coordinator's token.
    pub fn token(&self) -> &str {
        &self.token
    }

    fn at(&self, path: impl Into<String>, cookie: Option<&String>) -> Address {
        Address { server: self.server.address().to_owned(), path: path.into(), cookie: cookie.cloned(), status: 200 }
    }

    fn anybody(&self, path: impl Into<String>) -> Address {
        self.at(path, None)
    }

    fn coordinator(&self, path: impl Into<String>) -> Address {
        self.at(path, self.coordinator.as_ref())
    }

    fn administrator(&self, path: impl Into<String>) -> Address {
        self.at(path, self.administrator.as_ref())
    }

    /// The ids in a collection.
    async fn ids(&self, collection: &str) -> Vec<String> {
        let rows = self.server.get(&format!("/api/{collection}?limit=1"), &self.token).await.expect(200).json();
        rows["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// Invites somebody and erases them; gives the path of the receipt.
async fn erased(server: &Server, coordinator: &str, administrator: &str) -> String {
    let person = json!({ "name": "Ada Example", "email": "ada@example.org", "organisation": "City", "languages": ["en"],
        "kind": "expert" });
    let invited = server.command("InvitePerson", &person, coordinator).await.expect(201).json();
    let erased = json!({ "person": invited["id"], "basis": "GDPR art. 17(1)(b)", "request": "R-1" });
    server.command("ErasePerson", &erased, administrator).await.expect(200);
    format!("/people/{}/erasure-receipt", invited["id"].as_str().unwrap())
}

/// The password of whoever has one.
pub const SECRET: &str = "four green trams at dusk";

/// Sends a form and gives the cookie that came with the answer.
pub async fn sent(server: &Server, path: &str, fields: &[(&str, &str)]) -> String {
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("{}{path}", server.address())).header("sec-fetch-site", "same-origin");
    let answer = request.form(fields).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

async fn signed_in(server: &Server, fields: &[(&str, &str)]) -> String {
    sent(server, "/sign-in", fields).await
}

/// Invites somebody from the shell; gives the path of the link.
pub fn invited(place: &Place, email: &str) -> String {
    let arguments =
        ["user", "create", "--name", "Ada Example", "--email", email, "--kind", "expert", "--role", "expert"];
    let output = place.run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let link = String::from_utf8(output.stdout).unwrap();
    link[link.find("/invitation/").expect("a link is printed")..].trim().to_owned()
}

/// Lists, details, and what stands beside them, over the sample.
pub async fn of_the_sample(site: &Site) -> Vec<Address> {
    let anybody = [
        "/",
        "/?as_of=2022-05-24T12:00:00Z",
        "/open/",
        "/audit",
        "/audit?open=40",
        "/events/40",
        "/activity",
        "/status",
        "/accessibility",
        "/privacy",
        "/replay",
        "/replay?as_of=2022-05-24T12:00:00Z",
        "/search",
        "/search?q=waste",
        "/search?q=zzzz",
        "/sign-in",
        "/api/docs",
        "/problems/visit-already-cancelled",
        "/visits?q=zzzz",
        "/visits?as_of=2022-05-24T12:00:00Z",
    ];
    let mut found: Vec<Address> = anybody.into_iter().map(|path| site.anybody(path)).collect();
    for (path, status) in [("/nowhere/at/all", 404), ("/visits/none", 404), ("/visits?as_of=yesterday", 422)] {
        found.push(Address { status, ..site.anybody(path) });
    }
    let of_coordinator =
        ["/", "/needs-you", "/account", "/calendar/addresses", "/documents/new", "/access", "/webhooks", "/activity"];
    found.extend(of_coordinator.map(|path| site.coordinator(path)));
    found.extend(site.receipt.iter().map(|path| site.administrator(path)));
    found.extend(
        ["/security-log", "/refusals", "/retention", "/access", "/webhooks"].map(|path| site.administrator(path)),
    );
    for (_, collection) in COLLECTIONS {
        found.push(site.coordinator(format!("/{collection}")));
        let ids = site.ids(collection).await;
        assert!(!ids.is_empty(), "the sample has {collection}");
        found.extend(ids.iter().map(|id| site.coordinator(format!("/{collection}/{id}"))));
    }
    let ways = ["/data-quality", "/visits/board", "/visits/calendar", "/visits/calendar?month=2022-06"];
    found.extend(ways.map(|path| site.coordinator(path)));
    for visit in site.ids("visits").await.iter().take(1) {
        let papers = ["itinerary", "checklist", "sheet", "attendance", "paste/sessions", "paste/attendance", "copy"];
        found.extend(papers.map(|paper| site.coordinator(format!("/visits/{visit}/{paper}"))));
    }
    for action in site.ids("actions").await.iter().take(1) {
        found.push(site.coordinator(format!("/many?do=CompleteAction&of={action}")));
    }
    found.push(site.anybody("/unsubscribe/01970000-0000-7000-8000-000000000001/guess"));
    for report in site.ids("reports").await.iter().take(1) {
        found.push(site.coordinator(format!("/reports/{report}/report.html")));
    }
    found
}

/// What only those who are signed in with a password see, and the links that come by mail.
pub async fn of_accounts(site: &Site) -> Vec<Address> {
    let mut found = vec![site.anybody("/sign-in")];
    found.extend([&site.invitation, &site.set_up].into_iter().flatten().map(|path| site.anybody(path)));
    let signed_in = [
        "/",
        "/needs-you",
        "/account",
        "/account/language",
        "/account/password",
        "/account/second-factor",
        "/account/sessions",
    ];
    found.extend(signed_in.map(|path| site.coordinator(path)));
    let people = site.ids("people").await;
    // Who may not give a link reads why, and whom to ask.
    found.push(Address { status: 403, ..site.coordinator(format!("/people/{}/sign-in-link", people[0])) });
    found
}

/// The form of every command that somebody has one for.
pub async fn every_form(site: &Site) -> Vec<Address> {
    let client = Client::new();
    let mut found = Vec::new();
    for shape in koinon::domain::command_shapes() {
        let path = format!("/do/{}", shape.name);
        for address in [site.coordinator(path.as_str()), site.administrator(path.as_str())] {
            let request = client.get(format!("{}{path}", address.server)).header("accept", "text/html");
            let request = request.header("cookie", address.cookie.clone().unwrap_or_default());
            if request.send().await.unwrap().status() == StatusCode::OK {
                found.push(address);
                break;
            }
        }
    }
    assert!(found.len() > 80, "there are forms: {}", found.len());
    found
}
