//! A real browser: headless Chromium, driven through chromedriver on a port of its own, with a profile of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// What the browser may not do, and how it runs where there is no screen.
const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// The driver's process; it starts browsers and ends with this.
pub struct Driver {
    child: Child,
    address: String,
}

/// One open browser.
pub struct Browser {
    /// What drives it.
    pub page: WebDriver,
    driver: String,
    _profile: TempDir,
}

impl Driver {
    /// Starts chromedriver on a free port.
    pub fn start() -> Self {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("these tests need chromedriver: apt-get install chromium chromium-driver");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let line = lines.find(|line| line.contains("started successfully on port")).expect("chromedriver starts");
        let port = line.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: format!("http://127.0.0.1:{port}") }
    }

    /// Opens a browser of that width; scripts may be off.
    pub async fn open(&self, width: u32, scripts: bool) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        wanted.add_arg(&format!("--window-size={width},900")).unwrap();
        if !scripts {
            let off = json!({ "profile.managed_default_content_settings.javascript": 2 });
            wanted.add_experimental_option("prefs", off).unwrap();
        }
        thirtyfour::CapabilitiesHelper::set(&mut wanted, "goog:loggingPrefs", json!({ "browser": "ALL" })).unwrap();
        let page = WebDriver::new(&self.address, wanted).await.unwrap();
        Browser { page, driver: self.address.clone(), _profile: profile }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    /// What its console says that is an error, since it was last asked.
    pub async fn errors(&self) -> Vec<String> {
        let address = format!("{}/session/{}/se/log", self.driver, self.page.session_id());
        let request = reqwest::Client::new().post(address).json(&json!({ "type": "browser" }));
        let told: Value = request.send().await.unwrap().json().await.unwrap();
        let entries = told["value"].as_array().unwrap_or_else(|| panic!("{told}"));
        let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        errors.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// How wide the window is inside, and how wide the page is.
    pub async fn widths(&self) -> (i64, i64) {
        let script = "return [document.documentElement.clientWidth, document.documentElement.scrollWidth]";
        let told = self.page.execute(script, Vec::new()).await.unwrap();
        let widths: Vec<i64> = told.convert().unwrap();
        (widths[0], widths[1])
    }

    /// A command of the browser's own protocol, for what WebDriver has no word for.
    pub async fn tell(&self, command: &str, parameters: Value) {
        let address = format!("{}/session/{}/goog/cdp/execute", self.driver, self.page.session_id());
        let request = reqwest::Client::new().post(address).json(&json!({ "cmd": command, "params": parameters }));
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert!(answer["value"]["error"].is_null(), "{command}: {answer}");
    }

    /// Makes the window's inside that wide, in CSS pixels: what a zoom does to a window too.
    pub async fn resize(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Asks for a look: `prefers-color-scheme` is `dark`, `prefers-reduced-motion` is `reduce`.
    pub async fn prefer(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.tell("Emulation.setEmulatedMedia", features).await;
    }

    /// Carries that cookie (`name=value`) to the server, and no other.
    pub async fn carry(&self, server: &str, cookie: Option<&str>) {
        self.tell("Network.clearBrowserCookies", json!({})).await;
        if let Some((name, value)) = cookie.and_then(|cookie| cookie.split_once('=')) {
            self.tell("Network.setCookie", json!({ "name": name, "value": value, "url": server })).await;
        }
    }

    /// Closes it.
    pub async fn close(self) {
        self.page.quit().await.unwrap();
    }
}
