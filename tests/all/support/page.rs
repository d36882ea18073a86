//! A browser without scripts: it opens pages, fills in their forms and sends them with everything they hold.

use reqwest::{Client, StatusCode, multipart, redirect};
use scraper::{Html, Selector};

use super::server::Server;

/// A browser without scripts, signed in.
pub struct Page<'a> {
    server: &'a Server,
    client: Client,
    cookie: String,
    language: &'static str,
}

/// What came back.
pub struct Shown {
    /// The status.
    pub status: StatusCode,
    /// Where one is sent on to; empty when nowhere.
    pub location: String,
    /// The page.
    pub text: String,
}

impl Shown {
    /// The page, parsed.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// What a form would send: every control with its value, as the page holds it.
    pub fn controls(&self) -> Vec<(String, String)> {
        let html = self.html();
        let form = html.select(&selector("form[data-form]")).next().expect("there is a form");
        let mut found = Vec::new();
        for control in form.select(&selector("input, textarea, select")) {
            let element = control.value();
            let Some(name) = element.attr("name") else { continue };
            let kind = element.attr("type").unwrap_or_default();
            if matches!(kind, "checkbox" | "radio") && element.attr("checked").is_none() {
                continue;
            }
            let value = match element.name() {
                "textarea" => control.text().collect(),
                "select" => {
                    let chosen = control.select(&selector("option[selected]")).next();
                    chosen.and_then(|option| option.value().attr("value")).unwrap_or_default().to_owned()
                }
                _ => element.attr("value").unwrap_or_default().to_owned(),
            };
            found.push((name.to_owned(), value));
        }
        found
    }

    /// The position of what was recorded.
    pub fn position(&self) -> u64 {
        let done = self.location.split_once("done=").map(|(_, rest)| rest).unwrap_or_else(|| panic!("{}", self.text));
        done.parse().unwrap()
    }
}

/// A CSS selector.
pub fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

impl<'a> Page<'a> {
    /// Signs in with a token.
    pub async fn signed_in(server: &'a Server, token: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let request = client.post(format!("{}/sign-in", server.address())).header("sec-fetch-site", "same-origin");
        let answer = request.form(&[("token", token), ("next", "/")]).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { server, client, cookie, language: "en" }
    }

    /// Reads in that language from now on.
    pub fn reading(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Shown {
        let request = self.client.get(format!("{}{path}", self.server.address()));
        let request = request.header("accept-language", self.language);
        Self::shown(request.header("cookie", &self.cookie).header("accept", "text/html").send().await.unwrap()).await
    }

    /// Sends a form to an address, as from a page of that site.
    pub async fn post(&self, address: &str, fields: &[(String, String)], site: &str) -> Shown {
        let request = self.client.post(format!("{}{address}", self.server.address()));
        let request =
            request.header("cookie", &self.cookie).header("sec-fetch-site", site).header("accept", "text/html");
        let request = request.header("accept-language", self.language);
        Self::shown(request.form(fields).send().await.unwrap()).await
    }

    /// Sends a form with a file, or without one, from a page of this site.
    pub async fn send(&self, address: &str, fields: &[(String, String)], file: Option<&'static [u8]>) -> Shown {
        let mut form = multipart::Form::new();
        for (name, value) in fields {
            form = form.text(name.clone(), value.clone());
        }
        if let Some(bytes) = file {
            let part = multipart::Part::bytes(bytes).file_name("sheet.pdf").mime_str("application/pdf").unwrap();
            form = form.part("file", part);
        }
        let request = self.client.post(format!("{}{address}", self.server.address())).header("cookie", &self.cookie);
        let request = request.header("sec-fetch-site", "same-origin").header("accept", "text/html").multipart(form);
        Self::shown(request.send().await.unwrap()).await
    }

    async fn shown(response: reqwest::Response) -> Shown {
        let header =
            |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let (status, location) = (response.status(), header("location").to_owned());
        Shown { status, location, text: response.text().await.unwrap() }
    }

    /// Opens a form, fills in what is given, and sends it with everything the page had filled in already.
    pub async fn fill(&self, address: &str, typed: &[(&str, &str)]) -> Shown {
        let form = self.get(address).await;
        assert_eq!(form.status, StatusCode::OK, "{address}: {}", form.text);
        let mut fields = form.controls();
        fields.retain(|(name, _)| !typed.iter().any(|(other, _)| other == name));
        fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(address, &fields, "same-origin").await
    }

    /// As [`Self::fill`]; it must be recorded, and seen on the page one comes to.
    pub async fn done(&self, address: &str, typed: &[(&str, &str)]) -> Shown {
        let shown = self.fill(address, typed).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{address}: {}", shown.text);
        let page = self.get(&shown.location).await;
        assert_eq!(page.status, StatusCode::OK, "one comes to a page that knows of it: {}", page.text);
        shown
    }
}
