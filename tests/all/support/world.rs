//! A world in which everybody meets what is not theirs: two programmes, three partnerships with something of every noun,
//! every text marked with the name of its partnership, and somebody in every role.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Place;
use super::server::{Reply, Server};

/// The marks that the texts of the three partnerships carry.
pub const MARKS: [&str; 3] = ["quokkaone", "wombattwo", "numbatthree"];

/// The marks that the two programmes and their cities carry.
pub const PROGRAMMES: [&str; 2] = ["bilbyland", "dingoland"];

/// Who there is, in the order of the tables' columns.
pub const ROLES: [&str; 12] = [
    "stranger",
    "delegate",
    "delegate-elsewhere",
    "expert-assigned",
    "expert-elsewhere",
    "coordinator",
    "coordinator-elsewhere",
    "officer",
    "auditor",
    "administrator",
    "ended",
    "revoked",
];

/// What there is of everything, by name.
const NAMES: &[&str] = &[
    "programme",
    "host",
    "guest",
    "partnership",
    "person",
    "visit",
    "meeting",
    "learning",
    "project",
    "pilot",
    "action",
    "document",
    "discussion",
    "report",
    "expert",
    "webhook",
    "comer",
];

/// One partnership, and everything that belongs to it alone.
pub struct Part {
    /// What its texts carry.
    pub mark: &'static str,
    number: usize,
}

impl Part {
    /// The id of something of it.
    pub fn id(&self, what: &str) -> String {
        let at = NAMES.iter().position(|name| *name == what).unwrap_or_else(|| panic!("nothing is called {what}"));
        // The first two partnerships are of one programme.
        let number = if what == "programme" { self.number / 2 } else { self.number };
        format!("01970000-0000-7000-8000-0000000{number}{at:02}0f")
    }

    /// What the texts of its programme carry.
    pub fn land(&self) -> &'static str {
        PROGRAMMES[self.number / 2]
    }

    /// Everything of it by name.
    pub fn names() -> &'static [&'static str] {
        NAMES
    }

    fn city(&self, what: &str) -> Value {
        let land = self.land();
        let country = if what == "host" { "PT" } else { "ZA" };
        json!({ "id": self.id(what), "programme": self.id("programme"), "name": format!("{land} {what}"),
            "native_name": land, "country": country, "strand": "Europe", "latitude": "41.1", "longitude": "-8.6",
            "population": 231_800, "timezone": "Europe/Lisbon", "languages": ["pt"] })
    }

    fn person(&self, what: &str, kind: &str, city: &str) -> Value {
        json!({ "id": self.id(what), "programme": self.id("programme"), "name": format!("{} {what}", self.mark),
            "email": format!("{what}{}@{}.example", self.number, self.land()), "organisation": self.mark, "city": self.id(city),
            "languages": ["en"], "kind": kind })
    }

    /// Its cities and the partnership, formed.
    fn begin(&self) -> Vec<(&'static str, Value)> {
        let (host, guest, id) = (self.id("host"), self.id("guest"), self.id("partnership"));
        vec![
            ("RegisterCity", self.city("host")),
            ("RegisterCity", self.city("guest")),
            ("SelectCity", json!({ "city": host })),
            ("SelectCity", json!({ "city": guest })),
            (
                "ProposePartnership",
                json!({ "id": id, "programme": self.id("programme"), "cities": [host, guest], "themes": [],
                    "rationale": self.mark }),
            ),
            ("AcceptPartnership", json!({ "partnership": id, "city": host })),
            ("AcceptPartnership", json!({ "partnership": id, "city": guest })),
            ("AddBody", json!({ "city": host, "name": format!("{} body", self.land()) })),
            ("InvitePerson", self.person("person", "delegate", "host")),
            ("InvitePerson", self.person("comer", "delegate", "guest")),
            ("InvitePerson", self.person("expert", "expert", "guest")),
        ]
    }

    /// Something of every noun.
    fn fill(&self) -> Vec<(&'static str, Value)> {
        let (programme, partnership) = (self.id("programme"), self.id("partnership"));
        let (host, guest, visit, mark) = (self.id("host"), self.id("guest"), self.id("visit"), self.mark);
        vec![
            (
                "ScheduleVisit",
                json!({ "id": visit, "programme": programme, "partnership": partnership, "kind": "study-visit",
                    "format": "in-person", "host_city": host, "visiting_cities": [guest], "from": "2026-06-13",
                    "to": "2026-06-17", "themes": [], "objectives": mark }),
            ),
            ("InviteDelegate", json!({ "visit": visit, "person": self.id("comer"), "city": guest })),
            ("AssignExpert", json!({ "visit": visit, "expert": self.id("expert") })),
            ("AddSession", json!({ "visit": visit, "session": "s1", "title": mark, "day": "2026-06-14" })),
            (
                "ScheduleMeeting",
                json!({ "id": self.id("meeting"), "programme": programme, "kind": "bilateral", "title": mark,
                    "partnerships": [partnership], "organisers": [host], "start": "2026-05-01T10:00", "timezone": "Europe/Lisbon" }),
            ),
            (
                "RecordLearning",
                json!({ "id": self.id("learning"), "programme": programme, "title": mark, "what": mark,
                    "why_it_works": mark, "conditions": mark, "cost_order": "low", "maturity": "proven",
                    "origin_city": host, "origin": format!("visit/{visit}"), "themes": [], "language": "en" }),
            ),
            (
                "ProposeProject",
                json!({ "id": self.id("project"), "programme": programme, "partnership": partnership,
                    "objective": mark, "title": mark, "bodies": [{ "city": host, "name": format!("{} body", self.land()) }] }),
            ),
            (
                "ProposePilot",
                json!({ "id": self.id("pilot"), "programme": programme, "partnership": partnership, "title": mark,
                    "cities": [host, guest], "from_learnings": [self.id("learning")], "problem": mark,
                    "solution": mark, "beneficiaries": mark }),
            ),
            (
                "RaiseAction",
                json!({ "id": self.id("action"), "programme": programme, "partnership": partnership, "text": mark,
                    "city": host, "from": format!("visit/{visit}"), "due": "2026-08-01" }),
            ),
            (
                "RegisterDocument",
                json!({ "id": self.id("document"), "programme": programme, "city": host, "title": mark,
                    "kind": "minutes", "sha256": "0".repeat(64), "size": 5, "media_type": "text/plain" }),
            ),
            ("PostComment", json!({ "id": self.id("discussion"), "subject": format!("visit/{visit}"), "text": mark })),
            (
                "OpenReport",
                json!({ "id": self.id("report"), "programme": programme, "period": 1,
                    "scope": { "kind": "partnership", "partnership": partnership } }),
            ),
        ]
    }
}

/// The world on a running server.
pub struct World {
    /// The server.
    pub server: Server,
    /// The partnerships.
    pub parts: [Part; 3],
    /// A token of each role; empty for the stranger.
    pub tokens: BTreeMap<&'static str, String>,
    /// The position up to which everything was told.
    pub position: u64,
}

impl World {
    /// Makes it.
    pub async fn new(place: &Place) -> Self {
        Self::marked(place, MARKS).await
    }

    /// Makes it with other marks, which then stand in every text there is.
    pub async fn marked(place: &Place, marks: [&'static str; 3]) -> Self {
        let (chief, keeper) = (place.token("coordinator"), place.token("administrator"));
        let server = place.serve();
        let parts = [0, 1, 2].map(|number| Part { mark: marks[number], number });
        for part in &parts {
            if part.number != 1 {
                begin_programme(&server, &chief, part).await;
            }
            super::bodies::send(&server, &chief, part.begin()).await;
            super::bodies::send(&server, &chief, part.fill()).await;
        }
        let hook = json!({ "id": parts[0].id("webhook"), "url": "https://hooks.example/", "programme": parts[0].id("programme") });
        server.command("RegisterWebhook", &hook, &chief).await.expect(201);
        let mut world = Self { server, parts, tokens: BTreeMap::new(), position: 0 };
        world.tokens.insert("stranger", String::new());
        world.tokens.insert("chief", chief);
        world.tokens.insert("keeper", keeper);
        world.people().await;
        world
    }

    async fn people(&mut self) {
        let [own, second, far] = &self.parts;
        let scope = |kind: &str, id: String| Some(format!("{kind}/{id}"));
        let (city, other) = (scope("city", own.id("host")), scope("city", second.id("host")));
        let (home, away) = (scope("programme", own.id("programme")), scope("programme", far.id("programme")));
        let expert = Some(own.id("expert"));
        let made = [
            ("delegate", "delegate", city.clone(), None),
            ("delegate-elsewhere", "delegate", other.clone(), None),
            ("expert-assigned", "expert", other.clone(), expert),
            ("expert-elsewhere", "expert", other, None),
            ("coordinator", "coordinator", home, None),
            ("coordinator-elsewhere", "coordinator", away, None),
            ("officer", "officer", None, None),
            ("auditor", "auditor", None, None),
            ("administrator", "administrator", None, None),
            ("revoked", "delegate", city, None),
        ];
        for (name, role, scope, person) in made {
            let token = self.token(name, role, scope, person).await;
            self.tokens.insert(name, token);
        }
        let lost = json!({ "token": self.of_token("revoked"), "reason": "Lost" });
        let told = self.server.command("RevokeToken", &lost, self.by("keeper")).await.expect(200).json();
        self.position = told["position"].as_u64().unwrap();
    }

    /// The id of the token of somebody.
    pub fn of_token(&self, name: &str) -> String {
        let at = ROLES.iter().position(|role| *role == name).unwrap();
        format!("01970000-0000-7000-8000-00000000{at:02}ee")
    }

    async fn token(&self, name: &str, role: &str, scope: Option<String>, person: Option<String>) -> String {
        let mut body = json!({ "id": self.of_token(name), "name": format!("a token {role}"), "role": role });
        if let Some(scope) = scope {
            body["scope"] = scope.into();
        }
        if let Some(person) = person {
            body["person"] = person.into();
        }
        let made = self.server.command("CreateToken", &body, self.by("keeper")).await.expect(201).json();
        made["secret"].as_str().unwrap().to_owned()
    }

    /// The token of somebody.
    pub fn by(&self, who: &str) -> &str {
        self.tokens.get(who).map_or("", String::as_str)
    }

    /// A read by somebody, of what was told when the world was made.
    pub async fn read(&self, path: &str, who: &str) -> Reply {
        self.server.get_at(path, self.by(who), self.position).await
    }
}

async fn begin_programme(server: &Server, chief: &str, part: &Part) {
    let id = part.id("programme");
    let steps = vec![
        (
            "CreateProgramme",
            json!({ "id": id, "code": format!("code-{}", part.number), "title": { "en": part.land() },
                "funder": "European Union", "on_behalf_of": "DG REGIO", "starts_on": "2026-01-01",
                "ends_on": "2027-06-30" }),
        ),
        ("StartProgramme", json!({ "programme": id })),
        ("DefinePeriod", json!({ "programme": id, "number": 1, "from": "2026-01-01", "to": "2026-06-30" })),
    ];
    super::bodies::send(server, chief, steps).await;
}

/// A browser that is signed in: its cookie, and what its forms carry.
#[derive(Clone, Default)]
pub struct Seat {
    /// `name=value`.
    pub cookie: String,
    /// The form token.
    pub form_token: String,
}

impl World {
    /// Signs a browser in with somebody's token; a stranger's browser holds nothing.
    pub async fn seat(&self, who: &str) -> Seat {
        let token = self.by(who);
        if token.is_empty() { Seat::default() } else { self.seated_with(token).await }
    }

    /// Signs a browser in with a token.
    pub async fn seated_with(&self, token: &str) -> Seat {
        self.seated("/sign-in", &[("token", token)]).await
    }

    /// Signs in as a person whose only role has ended.
    pub async fn ended(&self, place: &Place) -> Seat {
        let arguments =
            ["user", "create", "--name", "Ada Example", "--email", "ada@cities.example", "--kind", "delegate"];
        let link = String::from_utf8(place.run(&arguments).stdout).unwrap();
        let link = link[link.find("/invitation/").unwrap()..].trim().to_owned();
        let people = String::from_utf8(place.run(&["user", "list"]).stdout).unwrap();
        let ada = people.lines().find(|line| line.contains("Ada Example")).unwrap_or_else(|| panic!("{people}"));
        let ended = json!({ "person": ada.split('\t').next().unwrap(), "role": "delegate",
            "scope": format!("city/{}", self.parts[0].id("host")), "until": "2022-01-01" });
        self.server.command("GrantRole", &ended, self.by("chief")).await.expect(200);
        let password = "four green trams at dusk";
        self.seated(&link, &[("new", password), ("again", password)]).await
    }

    async fn seated(&self, path: &str, fields: &[(&str, &str)]) -> Seat {
        let stays = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = stays.post(format!("{}{path}", self.server.address())).header("sec-fetch-site", "same-origin");
        let entered = Reply::to(request.form(fields)).await.expect(303);
        let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
        let account = Reply::to(self.server.read("/account", "").header("cookie", &cookie)).await.expect(200).text();
        let from = account.split_once("name=\"form_token\" value=\"").expect("the page has a form").1;
        Seat { cookie, form_token: from.split_once('"').unwrap().0.to_owned() }
    }
}
