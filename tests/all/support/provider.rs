//! A real identity provider on loopback: oidc-provider of the npm registry, fetched by `tests/run`, and a browser that
//! keeps the cookies of each site apart and goes where it is sent.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Client, Response, StatusCode, redirect};

/// The running provider, stopped at the end.
pub struct Provider {
    child: Child,
    issuer: String,
}

impl Provider {
    /// Starts it and waits until it is ready.
    pub fn start() -> Self {
        Self::of("provider.mjs")
    }

    /// Starts one that lies as its user wishes.
    pub fn that_lies() -> Self {
        Self::of("liar.mjs")
    }

    fn of(script: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/support").join(script);
        let mut command = Command::new("node");
        command.arg(script).arg(super::clients::node_packages()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("node is missing: apt-get install nodejs npm");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let issuer = lines.next().expect("the identity provider stopped before it was ready").unwrap();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, issuer }
    }

    /// What it calls itself.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// A browser with a jar of cookies for each site.
#[derive(Default)]
pub struct Walker {
    jars: HashMap<String, HashMap<String, String>>,
}

fn site_of(url: &str) -> String {
    url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/")
}

impl Walker {
    /// The cookies for a site, as they are sent.
    pub fn cookies(&self, url: &str) -> String {
        let jar = self.jars.get(&site_of(url)).into_iter().flatten();
        jar.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Sets a cookie of a site.
    pub fn put(&mut self, url: &str, name: &str, value: &str) {
        self.jars.entry(site_of(url)).or_default().insert(name.to_owned(), value.to_owned());
    }

    fn keep(&mut self, url: &str, answer: &Response) {
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let (name, value) = pair.split_once('=').unwrap();
            self.put(url, name, value);
        }
    }

    /// One request, no redirect followed.
    pub async fn get(&mut self, url: &str) -> Response {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let request = client.get(url).header("accept", "text/html").header("cookie", self.cookies(url));
        let answer = request.send().await.unwrap();
        self.keep(url, &answer);
        answer
    }

    /// Sends a form from a page of the site.
    pub async fn send(&mut self, url: &str, body: &str) -> Response {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let request = client.post(url).header("sec-fetch-site", "same-origin").header("cookie", self.cookies(url));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned());
        let answer = request.send().await.unwrap();
        self.keep(url, &answer);
        answer
    }

    /// Where an answer leads, as a whole address.
    pub fn onward(url: &str, answer: &Response) -> String {
        let to = answer.headers()["location"].to_str().unwrap();
        if to.starts_with('/') { format!("{}{to}", site_of(url)) } else { to.to_owned() }
    }

    /// Begins at the service: the address at the provider.
    pub async fn away(&mut self, service: &str, next: &str) -> String {
        let url = format!("{service}/sign-in/openid?next={next}");
        let answer = self.get(&url).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        Self::onward(&url, &answer)
    }

    /// Signs in at the provider under a name; the address that leads back to the service.
    pub async fn vouch(&mut self, address: &str, name: &str) -> String {
        let provider = site_of(address);
        let mut url = address.to_owned();
        loop {
            let answer = self.get(&url).await;
            if answer.status() == StatusCode::OK {
                let joined = if url.contains('?') { '&' } else { '?' };
                url = format!("{url}{joined}name={name}");
                continue;
            }
            assert!(answer.status().is_redirection(), "{url}: {}", answer.text().await.unwrap());
            url = Self::onward(&url, &answer);
            if site_of(&url) != provider {
                return url;
            }
        }
    }
}
