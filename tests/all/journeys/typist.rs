//! Somebody at a browser who has a keyboard and nothing else: goes from control to control with Tab, types, chooses with
//! the arrows, ticks with the space bar, sends with Enter. Where no script runs, the keys go to each control by its name.

use std::collections::HashMap;
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

/// The one with the keyboard.
pub struct Typist<'a> {
    /// Their browser.
    pub browser: Browser,
    scripts: bool,
    server: &'a Server,
    cookies: HashMap<String, String>,
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
    pub async fn open(driver: &Driver, server: &'a Server, scripts: bool) -> Self {
        Self { browser: driver.open(1440, scripts).await, scripts, server, cookies: HashMap::new() }
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
        self.browser.page.goto(format!("{}/do/{form}", self.server.address())).await.unwrap();
        if self.scripts {
            self.go_through(form, typed).await;
            self.press(Key::Enter + "").await;
        } else {
            for (name, value) in typed {
                self.fill_blindly(name, value).await;
            }
            let send = self.browser.page.find(By::Css("form[data-form] button.btn:not([name])")).await.unwrap();
            send.send_keys(Key::Enter + "").await.unwrap();
        }
        let recorded = self.browser.page.query(By::Css(".note--ok[role=status]")).wait(PATIENCE, EVERY).first().await;
        if recorded.is_err() {
            panic!("{form} was not recorded: {}", self.text("main").await);
        }
        let address = self.browser.page.current_url().await.unwrap();
        address.path_segments().unwrap().next_back().unwrap().to_owned()
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
            let wanted =
                left.iter().position(|(name, value)| focus["name"] == *name && (!is_box || focus["value"] == *value));
            if let Some(at) = wanted {
                self.fill(&focus, left.remove(at).1).await;
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

/// What somebody types into a control of that kind, in a browser that writes months first.
fn typed_into(kind: &str, wanted: &str) -> String {
    let half = |time: &str| {
        let hour: u32 = time[..2].parse().unwrap();
        format!("{:02}{}{}", (hour + 11) % 12 + 1, &time[3..5], if hour < 12 { "AM" } else { "PM" })
    };
    match kind {
        "date" => format!("{}{}{}", &wanted[5..7], &wanted[8..10], &wanted[..4]),
        "time" => half(wanted),
        _ => wanted.to_owned(),
    }
}
