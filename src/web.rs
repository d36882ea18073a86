//! The site: HTTP for programs and for people. It parses, asks [`crate::app::Koinon`], and renders; it decides nothing.
//!
//! [`routes`] is the site map. What goes wrong becomes an answer in [`failure`] and nowhere else; who asks is found in
//! [`actor`]; programs are answered in [`api`], people by the pages beside it.

pub mod about;
pub mod access_review;
pub mod accounts;
pub mod activity;
pub mod actor;
pub mod api;
pub mod asked;
pub mod assets;
pub mod audit;
pub mod calendar_addresses;
pub mod countries;
pub mod dashboard;
pub mod demo;
pub mod details;
pub mod failure;
pub mod fields;
pub mod findings;
pub mod form;
pub mod inbox;
pub mod kept;
pub mod languages;
mod letters;
pub mod lists;
pub mod log;
pub mod many;
pub mod map;
pub mod open;
pub mod papers;
pub mod parts;
pub mod paste;
pub mod patient;
pub mod quality;
pub mod query;
pub mod reads;
pub mod receipt;
pub mod refusals;
pub mod replay;
pub mod report_figures;
pub mod report_queries;
pub mod reports;
pub mod retention;
pub mod ring;
pub mod routes;
pub mod rule;
pub mod search;
pub mod security;
pub mod server;
pub mod session;
pub mod set_up;
pub mod shell;
pub mod sign_in;
pub mod strict;
pub mod subjects;
pub mod tables;
pub mod throttle;
pub mod told;
pub mod tongue;
pub mod troubles;
pub mod unsubscribe;
pub mod visits;
pub mod webhooks;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use koinon_events::Actor;
use tokio::sync::watch;

use crate::app::{Failure, Koinon};

pub use api::openapi::openapi;
pub use server::serve;

/// Streams one token or session may hold open at once.
pub const STREAMS: usize = 200;

/// What every request stands on. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

/// The parts of the [`Site`].
pub struct Inner {
    /// The service.
    pub koinon: Koinon,
    /// The sample programme, when `koinon demo` runs.
    pub demo: Option<Demo>,
    /// Who is signed in with a browser.
    pub sessions: session::Sessions,
    /// The link for the first administrator, while it is open.
    pub set_up: set_up::SetUp,
    /// The tries to sign in of late.
    pub throttle: throttle::Throttle,
    /// The attempts to sign in with an identity provider that were answered.
    pub attempts: accounts::attempts::Attempts,
    /// The identity provider people may sign in with, when one is configured.
    pub provider: Option<Arc<crate::oidc::Provider>>,
    /// The proxies whose word is taken for where a request comes from.
    pub proxies: crate::proxies::Proxies,
    /// The address people reach this under: `https://koinon.example`.
    pub public_url: String,
    /// Figures for `/metrics`, when they are kept.
    pub metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
    /// Whether mail is sent.
    pub mails: bool,
    /// The end of the log, for everybody who follows it.
    pub ring: ring::Ring,
    /// Pages that were rendered a moment ago.
    pub pages: kept::Pages,
    streams: Mutex<HashMap<Actor, usize>>,
    ending: watch::Sender<bool>,
}

/// What `koinon demo` adds: sample people to sign in as, and the day that history has next.
pub struct Demo {
    /// Who may be signed in as with one click; the token acts as the person.
    pub people: Vec<SamplePerson>,
    /// The token of the auditor as whom a browser without a session reads.
    pub auditor: String,
    /// Issues what history has next, and says which day it was and how many events it made.
    pub next_day: Arc<dyn Fn() -> BoxFuture<'static, Result<NextDay, Failure>> + Send + Sync>,
}

/// Somebody of the sample programme.
#[derive(Debug, Clone)]
pub struct SamplePerson {
    /// The name shown on the button.
    pub name: String,
    /// What the person is: `coordinator`.
    pub role: String,
    /// Where: a city, or empty.
    pub place: String,
    /// The token that acts as the person.
    pub token: String,
}

/// What a day of the sample's history brought.
#[derive(Debug, Clone)]
pub struct NextDay {
    /// The day, or none when history has ended.
    pub day: Option<koinon_events::value::Day>,
    /// How many events it made.
    pub events: u64,
    /// The position after it.
    pub position: u64,
}

impl Site {
    /// A rim around the service.
    pub fn new(
        koinon: Koinon,
        public_url: impl Into<String>,
        demo: Option<Demo>,
        metrics: Option<metrics_exporter_prometheus::PrometheusHandle>,
        mails: bool,
    ) -> Self {
        Self(Arc::new(Inner {
            koinon,
            demo,
            sessions: session::Sessions::default(),
            set_up: set_up::SetUp::default(),
            throttle: throttle::Throttle::default(),
            attempts: accounts::attempts::Attempts::default(),
            provider: None,
            proxies: crate::proxies::Proxies::default(),
            public_url: public_url.into(),
            metrics,
            mails,
            ring: ring::Ring::default(),
            pages: kept::Pages::default(),
            streams: Mutex::default(),
            ending: watch::channel(false).0,
        }))
    }

    /// The same rim behind proxies; for a rim that nobody shares yet.
    pub fn behind(mut self, proxies: crate::proxies::Proxies) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.proxies = proxies;
        }
        self
    }

    /// The same rim with an identity provider; for a rim that nobody shares yet.
    pub fn with_provider(mut self, provider: crate::oidc::Provider) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.provider = Some(Arc::new(provider));
        }
        self
    }

    /// Turns true when the server is told to stop; streams end then.
    pub fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Tells every stream to end.
    pub fn end(&self) {
        self.ending.send_replace(true);
        self.ring.wake();
    }

    /// Counts one more stream of the actor, unless it holds too many already.
    pub fn open_stream(&self, actor: &Actor) -> Option<OpenStream> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        let open = streams.entry(actor.clone()).or_default();
        if *open >= STREAMS {
            return None;
        }
        *open += 1;
        metrics::gauge!("koinon_feed_subscribers").increment(1);
        Some(OpenStream { site: self.clone(), actor: actor.clone() })
    }
}

impl std::ops::Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// One open stream; it is counted until it is dropped.
pub struct OpenStream {
    site: Site,
    actor: Actor,
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut streams = self.site.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = streams.get_mut(&self.actor) {
            *open -= 1;
            if *open == 0 {
                streams.remove(&self.actor);
            }
        }
        metrics::gauge!("koinon_feed_subscribers").decrement(1);
    }
}

#[cfg(test)]
mod stories;
