//! Somebody at a browser who has a keyboard and nothing else: goes from control to control with Tab, types, chooses with
//! the arrows, ticks with the space bar, sends with Enter; and looks afterwards whether the log says what was typed.
//! Where no script runs, the keys go to each control by its name.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use reqwest::{Client, redirect};
use serde_json::Value;
use thirtyfour::prelude::*;

use crate::support::browser::{Browser, Driver};
use crate::support::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(50);

/// The most stops that a form is gone through.
const STOPS: usize = 400;

/// What has the focus: its name, kind, value, whether it is chosen, and the words of each choice.
const FOCUS: &str = r"
    const e = document.activeElement, form = e.closest('form[data-form]');
    return { name: form && e.name || '', kind: e.type ?? e.tagName, value: e.value ?? '', checked: !!e.checked,
        sends: !!form && e.matches('button.btn:not([name])'),
        words: Object.fromEntries([...(e.options ?? [])].map(o => [o.value, o.text])) };
";

/// Any of the choices that there are.
pub const ANY: &str = "*";

/// A box that is ticked and shall not be: stands before the name of the field.
const UNTICKED: char = '!';

/// The one with the keyboard.
pub struct Typist<'a> {
    /// Their browser.
    pub browser: Browser,
    /// The commands whose forms they sent.
    pub sent: BTreeSet<String>,
    scripts: bool,
    /// The server they work at.
    pub server: &'a Server,
    cookies: HashMap<String, String>,
    /// Who reads the log beside them, by a token.
    auditor: String,
    /// The last event they know of.
    known: u64,
}

/// The cookie of somebody who signs in with a token.
async fn signed_in(server: &Server, token: &str) -> String {
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let request = client.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
    let answer = request.form(&[("token", token), ("next", "/")]).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{token:?} signs in");
    answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

impl<'a> Typist<'a> {
    /// Sits down at an open browser; scripts may be off.
    pub async fn open(driver: &Driver, server: &'a Server, auditor: &str, scripts: bool) -> Self {
        let mut hands = Self {
            browser: driver.open(1440, scripts).await,
            sent: BTreeSet::new(),
            scripts,
            server,
            cookies: HashMap::new(),
            auditor: auditor.to_owned(),
            known: 0,
        };
        while !hands.news().await.is_empty() {}
        hands
    }

    /// What was recorded since they last looked.
    async fn news(&mut self) -> Vec<Value> {
        let events = self.server.events(self.known, &self.auditor).await;
        self.known = events.last().and_then(|event| event["position"].as_u64()).unwrap_or(self.known);
        events
    }

    /// Goes on as whoever a token acts for, who signed in once.
    pub async fn sign_in(&mut self, token: &str) {
        if !self.cookies.contains_key(token) {
            let cookie = signed_in(self.server, token).await;
            self.cookies.insert(token.to_owned(), cookie);
        }
        self.browser.carry(self.server.address(), self.cookies.get(token).map(String::as_str)).await;
    }

    /// The words in a part of the page.
    pub async fn text(&self, part: &str) -> String {
        self.browser.page.find(By::Css(part)).await.unwrap().text().await.unwrap()
    }

    /// Presses keys, wherever the focus is.
    async fn press(&self, keys: impl Into<TypingData>) {
        let chain = self.browser.page.action_chain_with_delay(Some(Duration::ZERO), None);
        chain.send_keys(keys.into()).perform().await.unwrap();
    }

    async fn focus(&self) -> Value {
        self.browser.page.execute(FOCUS, Vec::new()).await.unwrap().json().clone()
    }

    /// Opens a command's form, fills it in and sends it; gives the id of what one comes to.
    pub async fn done(&mut self, form: &str, typed: &[(&str, &str)]) -> String {
        self.open_page(&format!("/do/{form}")).await;
        let command = form.split('?').next().unwrap();
        self.send(command, typed).await;
        self.recorded(form, typed).await;
        let address = self.browser.page.current_url().await.unwrap();
        address.path_segments().unwrap().next_back().unwrap().to_owned()
    }

    /// Opens a page.
    pub async fn open_page(&self, path: &str) {
        self.browser.page.goto(format!("{}{path}", self.server.address())).await.unwrap();
    }

    /// Fills in the form on the page, which gives that command, and sends it.
    pub async fn send(&mut self, command: &str, typed: &[(&str, &str)]) {
        let form = self.browser.page.query(By::Css("form[data-form]")).wait(PATIENCE, EVERY).first().await;
        assert!(form.is_ok(), "there is no form for {command}: {}", self.text("main").await);
        if self.scripts {
            self.go_through(command, typed).await;
            self.press(Key::Enter + "").await;
        } else {
            for (name, value) in typed {
                self.fill_blindly(name, value).await;
            }
            let send = self.browser.page.find(By::Css("form[data-form] button.btn:not([name])")).await.unwrap();
            send.send_keys(Key::Enter + "").await.unwrap();
        }
        self.sent.insert(command.to_owned());
    }

    /// Waits until the page says that it was recorded, and finds what was typed in the log.
    pub async fn recorded(&mut self, form: &str, typed: &[(&str, &str)]) {
        let recorded = self.browser.page.query(By::Css(".note--ok[role=status]")).wait(PATIENCE, EVERY).first().await;
        if recorded.is_err() {
            panic!("{form} was not recorded: {}", self.text("main").await);
        }
        let news = self.news().await;
        assert!(!news.is_empty(), "{form} recorded nothing");
        for (name, wanted) in typed {
            let is_there = news.iter().any(|event| says(&event["data"], name, wanted));
            assert!(is_there, "{form}: “{wanted}” was typed for {name}, recorded was {news:?}");
        }
    }

    /// Presses Tab until what a selector picks out has the focus, then Enter.
    pub async fn enter_on(&self, css: &str) {
        let script = format!("return document.activeElement.matches(`{css}`)");
        for _ in 0..STOPS {
            if self.browser.page.execute(&script, Vec::new()).await.unwrap().convert::<bool>().unwrap() {
                return self.press(Key::Enter + "").await;
            }
            self.press(Key::Tab + "").await;
        }
        panic!("the keyboard never comes to {css}");
    }

    /// Goes from stop to stop, fills in what is wanted, and ends on the button that sends.
    async fn go_through(&self, form: &str, typed: &[(&str, &str)]) {
        // Past the menus.
        self.press(Key::Tab + "").await;
        self.press(Key::Enter + "").await;
        let mut left: Vec<(&str, &str)> = typed.to_vec();
        for _ in 0..STOPS {
            self.press(Key::Tab + "").await;
            let focus = self.focus().await;
            if focus["sends"] == true {
                assert!(left.is_empty(), "{form}: the keyboard never comes to {left:?}");
                return;
            }
            let is_box = focus["kind"] == "checkbox";
            let wanted = left.iter().position(|(name, value)| {
                focus["name"] == *name.trim_start_matches(UNTICKED) && (!is_box || focus["value"] == *value)
            });
            if let Some(at) = wanted {
                match left.remove(at) {
                    (name, _) if name.starts_with(UNTICKED) => self.press(" ").await,
                    (_, value) => self.fill(&focus, value).await,
                }
            }
        }
        panic!("{form}: the keyboard never comes to the button; left are {left:?}");
    }

    /// Fills in what has the focus; it holds then what is wanted.
    async fn fill(&self, focus: &Value, wanted: &str) {
        match focus["kind"].as_str().unwrap() {
            "checkbox" if focus["checked"] == true => {}
            "checkbox" => self.press(" ").await,
            "radio" => return self.choose(wanted).await,
            "select-one" => self.press(word_of(&focus["words"], wanted)).await,
            kind => {
                let chain = self.browser.page.action_chain_with_delay(Some(Duration::ZERO), None);
                chain.key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await.unwrap();
                self.press(typed_into(kind, wanted)).await;
            }
        }
        let now = self.focus().await;
        assert!(now["value"] == wanted || (wanted == ANY && now["value"] != ""), "{wanted}: {now}");
    }

    async fn choose(&self, wanted: &str) {
        for _ in 0..20 {
            let focus = self.focus().await;
            if focus["value"] == wanted && focus["checked"] == true {
                return;
            }
            if focus["value"] == wanted { self.press(" ").await } else { self.press(Key::Down + "").await }
        }
        panic!("{wanted} is not among the choices");
    }

    /// Sends keys to a control without asking where the focus is.
    async fn fill_blindly(&self, name: &str, wanted: &str) {
        let page = &self.browser.page;
        let boxes =
            page.find_all(By::Css(format!("[name='{name}'][value='{wanted}']:is([type=radio],[type=checkbox])"))).await;
        if let Some(found) = boxes.unwrap().first() {
            if !found.is_selected().await.unwrap() {
                found.send_keys(" ").await.unwrap();
            }
            return;
        }
        let found = page.find(By::Css(format!("form[data-form] [name='{name}']"))).await.unwrap();
        if found.tag_name().await.unwrap() == "select" {
            let choice = found.find(By::Css(format!("option[value='{wanted}']"))).await.unwrap();
            found.send_keys(choice.text().await.unwrap()).await.unwrap();
            return;
        }
        let kind = found.attr("type").await.unwrap().unwrap_or_default();
        found.send_keys(typed_into(&kind, wanted)).await.unwrap();
    }
}

/// The words that choose a value of a list.
fn word_of(words: &Value, wanted: &str) -> String {
    let words = words.as_object().unwrap();
    let found = words.iter().find(|(value, _)| *value == wanted || (wanted == ANY && !value.is_empty()));
    found.and_then(|(_, word)| word.as_str()).unwrap_or_else(|| panic!("{wanted} is not among {words:?}")).to_owned()
}

/// Whether an event says what was typed into the field of that name. What is sealed does not tell.
fn says(data: &Value, name: &str, wanted: &str) -> bool {
    if let Some(name) = name.strip_prefix(UNTICKED) {
        return !says(data, name, wanted);
    }
    let path = name.strip_suffix(".body").unwrap_or(name);
    let found = path.split('.').fold(data, |found, part| match part.parse::<usize>() {
        Ok(index) if found.is_array() => &found[index],
        _ => &found[part],
    });
    match found {
        Value::Null => false,
        Value::Array(all) => all.iter().any(|one| *one == wanted),
        Value::Object(parts) => parts.contains_key("sealed"),
        Value::Bool(yes) => wanted == if *yes { "yes" } else { "no" },
        Value::Number(number) => wanted == number.to_string(),
        Value::String(text) => wanted == text || wanted == ANY,
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What somebody types into a control of that kind, in a browser that writes months first. A control of days and times
/// goes on by itself when a part of it is full; a year may have more than four figures, so the arrow goes on from it.
fn typed_into(kind: &str, wanted: &str) -> String {
    let day = |day: &str| format!("{}{}{}", &day[5..7], &day[8..10], &day[..4]);
    let half = |time: &str| {
        let hour: u32 = time[..2].parse().unwrap();
        format!("{:02}{}{}", (hour + 11) % 12 + 1, &time[3..5], if hour < 12 { "AM" } else { "PM" })
    };
    let onward = Key::Right.value();
    match kind {
        "date" => day(wanted),
        "time" => half(wanted),
        "datetime-local" => format!("{}{onward}{}", day(wanted), half(&wanted[11..])),
        "month" => {
            let number: usize = wanted[5..].parse().unwrap();
            format!("{}{onward}{}", MONTHS[number - 1], &wanted[..4])
        }
        _ => wanted.to_owned(),
    }
}
