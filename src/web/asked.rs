//! What every page stands on: who reads, at which moment, of which programme, from which address.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use koinon_events::value::{Day, Timestamp};
use serde_json::Value;
use std::time::Duration;

use crate::locale::{Locale, spoken};
use crate::views::Moment;
use crate::web::Site;
use crate::web::actor::{NoReader, Reader, form_urlencoded};
use crate::web::failure::Refusal;
use crate::web::query::Query;
use crate::web::reads::{View, wait_until};

/// How long a page waits for what its reader has just written.
const PATIENCE: Duration = Duration::from_secs(5);

/// A page asked for.
pub struct Asked {
    /// What is read from.
    pub site: Site,
    /// Who reads.
    pub reader: Reader,
    /// The query of the address.
    pub query: Query,
    /// Reading at the moment asked for.
    pub view: View,
    /// The path of the address.
    pub path: String,
    /// When the moment shown was.
    pub time: Timestamp,
    /// The programmes the reader may see.
    pub programmes: Vec<Value>,
    /// The reader's language.
    pub locale: &'static Locale,
}

impl FromRequestParts<Site> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Response> {
        let reader = Reader::from_request_parts(parts, site).await.map_err(NoReader::into_response)?;
        let query = Query::from_request_parts(parts, site).await.map_err(IntoResponse::into_response)?;
        Self::read(site, reader, query, parts.uri.path().to_owned()).await.map_err(IntoResponse::into_response)
    }
}

impl Asked {
    async fn read(site: &Site, reader: Reader, query: Query, path: String) -> Result<Self, Refusal> {
        if let Some(seen) = query.value::<u64>("seen", "a position")? {
            wait_until(site, seen, PATIENCE).await?;
        }
        let view = View::open(site, &reader.caller, query.moment()?).await?;
        let time = view.shown_time().await?.unwrap_or_else(|| site.koinon.clock().now());
        let programmes = view.all("programmes", &[]).await?;
        Ok(Self { site: site.clone(), reader, query, view, path, time, programmes, locale: spoken() })
    }

    /// The programme the page is about: the one named, else the first that runs, else the first.
    pub fn programme(&self) -> Option<&Value> {
        let named = self.query.text("programme");
        let is_named = |row: &&Value| named.is_some_and(|named| row["id"] == named || row["code"] == named);
        self.programmes
            .iter()
            .find(is_named)
            .or_else(|| self.programmes.iter().find(|row| row["status"] == "running"))
            .or_else(|| self.programmes.first())
    }

    /// The filter of a list to the page's programme.
    pub fn programme_filter(&self) -> Vec<(&str, &str)> {
        self.programme().and_then(|row| row["id"].as_str()).map(|id| ("programme", id)).into_iter().collect()
    }

    /// The programme's title in the reader's language.
    pub fn programme_title(&self) -> Option<String> {
        self.programme().map(|row| in_language(&row["title"], &self.locale.tag))
    }

    /// What a theme's code is called.
    pub fn theme(&self, code: &str) -> String {
        let themes = self.programmes.iter().flat_map(|row| row["themes"].as_array().into_iter().flatten());
        themes
            .filter(|theme| theme["code"] == code)
            .map(|theme| in_language(&theme["label"], &self.locale.tag))
            .next()
            .unwrap_or_else(|| code.replace('-', " "))
    }

    /// An address of this site, at the same moment as this page.
    pub fn href(&self, path: &str) -> String {
        let Some(as_of) = self.query.text("as_of") else { return path.to_owned() };
        let (path, fragment) =
            path.split_once('#').map_or((path, String::new()), |(path, end)| (path, format!("#{end}")));
        let joined = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joined}as_of={}{fragment}", form_urlencoded(as_of))
    }

    /// The address of this page itself, without what it says of a write that was just seen.
    pub fn here(&self) -> String {
        let pairs = self.query.pairs().filter(|(name, _)| !matches!(*name, "seen" | "done"));
        let query: Vec<String> =
            pairs.map(|(name, value)| format!("{}={}", form_urlencoded(name), form_urlencoded(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }

    /// Whether the page shows the present.
    pub fn is_now(&self) -> bool {
        self.view.at == Moment::Live
    }

    /// The day by which lateness is judged.
    pub fn day(&self) -> Day {
        self.view.day
    }
}

/// A text kept in several languages, in one of them.
pub fn in_language(value: &Value, tag: &str) -> String {
    let texts = value.as_object();
    let found = value[tag].as_str().or(value["en"].as_str());
    let any = || texts.and_then(|texts| texts.values().find_map(Value::as_str));
    found.or_else(any).or(value.as_str()).unwrap_or_default().to_owned()
}
