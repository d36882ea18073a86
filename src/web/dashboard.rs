//! The overview: where the programme is, whether anything is wrong, and what happened last. Every figure opens the
//! events it counts.

pub mod activity;
pub mod figures;
mod needs;
mod stages;
mod timeline;

use axum::extract::State;
use axum::response::Response;
use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::{Said, month};
use crate::web::Site;
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::map::{self, Arc, Dot};
use crate::web::parts::{called, day_in, nothing, section, subjects};
use crate::web::reads::Names;
use crate::web::rule::rule;
use crate::web::shell::{Frame, page};
use crate::web::subjects;

pub use activity::{feed_item, live};

/// What the page is made of: the rows of the programme at the moment shown.
pub struct Programme {
    /// Its cities.
    pub cities: Vec<Value>,
    /// Its partnerships.
    pub partnerships: Vec<Value>,
    /// Its visits.
    pub visits: Vec<Value>,
    /// Its learnings.
    pub learnings: Vec<Value>,
    /// Its cooperation projects.
    pub projects: Vec<Value>,
    /// Its pilots.
    pub pilots: Vec<Value>,
    /// Its reports.
    pub reports: Vec<Value>,
    /// Its actions.
    pub actions: Vec<Value>,
    /// What cities and partnerships are called.
    pub names: Names,
}

impl Programme {
    /// Reads the programme the page is about.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn read(asked: &Asked) -> Result<Self, Refusal> {
        let (view, filter) = (&asked.view, asked.programme_filter());
        let (cities, partnerships, visits, learnings) = tokio::try_join!(
            view.all("cities", &filter),
            view.all("partnerships", &filter),
            view.all("visits", &filter),
            view.all("learnings", &filter),
        )?;
        let (projects, pilots, reports, actions) = tokio::try_join!(
            view.all("projects", &filter),
            view.all("pilots", &filter),
            view.all("reports", &filter),
            view.all("actions", &filter),
        )?;
        let own = [(Kind::City, &cities), (Kind::Partnership, &partnerships), (Kind::Visit, &visits)];
        let mut named = Vec::new();
        for (kind, rows) in own {
            rows.iter().for_each(|row| named.extend(subjects(kind, &row["id"])));
        }
        let names = view.names(named).await?;
        Ok(Self { cities, partnerships, visits, learnings, projects, pilots, reports, actions, names })
    }

    /// Visits under way.
    pub fn under_way(&self) -> impl Iterator<Item = &Value> {
        self.visits.iter().filter(|visit| visit["status"] == "under-way")
    }
}

/// The page.
///
/// # Errors
/// When the read models cannot be read.
pub async fn overview(State(_): State<Site>, asked: Asked) -> Result<Response, Refusal> {
    if asked.programme().is_none() {
        return Ok(page(&asked, &Frame { title: asked.locale.t("menu-overview"), ..Frame::default() }, &empty(&asked)));
    }
    let programme = Programme::read(&asked).await?;
    let feed = activity::feed(&asked).await?;
    let locale = asked.locale;
    let main = html! {
        (head(&asked, &programme))
        div."wrap cols" {
            div.stack-l {
                (figures::section(&asked, &programme))
                (who_works_with_whom(&asked, &programme))
                (timeline::section(&asked, &programme))
                (stages::pilots(&asked, &programme))
                (stages::learnings(&asked, &programme))
            }
            aside.stack-l aria-label=(locale.t("dash-aside")) {
                (needs::section(&asked, &programme))
                (feed)
            }
        }
    };
    Ok(page(&asked, &Frame { title: locale.t("dash-title"), ..Frame::default() }, &main))
}

fn empty(asked: &Asked) -> Markup {
    let locale = asked.locale;
    html! {
        div.wrap {
            div.head { h1 { (locale.t("dash-empty")) } p.lede { (locale.t("dash-empty-more")) } }
            div.pad { p { a href="/api/docs" { (locale.t("foot-api")) } } }
        }
    }
}

fn head(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let Some(row) = asked.programme() else { return html! {} };
    let (from, to) = (day_in(&row["starts_on"]), day_in(&row["ends_on"]));
    let months = match (from, to) {
        (Some(from), Some(to)) => {
            let (from, to) = (month(locale, from.month()), month(locale, to.month()));
            locale.say("date-range", &[("from", Said::Text(&from)), ("to", Said::Text(&to))])
        }
        _ => String::new(),
    };
    let taking_part = figures::taking_part(programme);
    html! {
        div.wrap { div."head head-grid" {
            div {
                p.meta {
                    b { (locale.t("dash-programme")) } " · " (months)
                    @if let Some(who) = row["on_behalf_of"].as_str() { " · " (locale.say("dash-for", &[("who", Said::Text(who))])) }
                }
                h1 { (locale.say("dash-headline", &[("count", Said::count(taking_part.len()))])) }
                p.lede { (lede(asked, programme)) }
            }
            @if let (Some(from), Some(to)) = (from, to) { (rule(asked, row, from, to)) }
        } }
    }
}

/// What is going on, in one or two sentences.
fn lede(asked: &Asked, programme: &Programme) -> String {
    let locale = asked.locale;
    let hosts: Vec<String> =
        programme.under_way().flat_map(|visit| called(&programme.names, Kind::City, &visit["host_city"])).collect();
    let held = figures::held(programme).len();
    let coming = programme.visits.iter().filter(|visit| figures::is_coming(visit)).count();
    let mut sentences = Vec::new();
    if !hosts.is_empty() {
        sentences.push(locale.say("dash-lede-now", &[("hosts", Said::Text(&locale.list(&hosts)))]));
    }
    if held > 0 {
        sentences.push(locale.say("dash-lede-held", &[("count", Said::count(held))]));
    }
    if coming > 0 {
        sentences.push(locale.say("dash-lede-coming", &[("count", Said::count(coming))]));
    }
    if sentences.is_empty() {
        sentences.push(locale.t("dash-lede-nothing"));
    }
    sentences.join(" ")
}

/// The map of who works with whom.
pub fn who_works_with_whom(asked: &Asked, programme: &Programme) -> Markup {
    let locale = asked.locale;
    let taking_part = figures::taking_part(programme);
    let now: Vec<String> = programme
        .under_way()
        .flat_map(|visit| [subjects(Kind::City, &visit["host_city"]), subjects(Kind::City, &visit["visiting_cities"])])
        .flatten()
        .map(|city| city.id.to_string())
        .collect();
    let dots: Vec<Dot> = taking_part.iter().filter_map(|city| dot(asked, city, &now)).collect();
    let place = |id: &str| dots.iter().position(|dot| dot.href.contains(id));
    let mut arcs = Vec::new();
    for partnership in figures::formed(programme) {
        let cities: Vec<String> =
            subjects(Kind::City, &partnership["cities"]).iter().map(|city| city.id.to_string()).collect();
        let is_now = programme.under_way().any(|visit| visit["partnership"] == partnership["id"]);
        for (index, from) in cities.iter().enumerate() {
            for to in &cities[index + 1..] {
                if let (Some(from), Some(to)) = (place(from), place(to)) {
                    arcs.push(Arc { from, to, now: is_now });
                }
            }
        }
    }
    let words = map::Words { title: locale.t("map-title"), europe: locale.t("map-europe") };
    let legend = html! {
        p.legend aria-hidden="true" {
            span { svg width="26" height="10" { path d="M1 9C7 1 19 1 25 9" fill="none" stroke="var(--arc)" stroke-width="1.4" {} } (locale.t("map-partnership")) }
            span { svg width="26" height="10" { path d="M1 9C7 1 19 1 25 9" fill="none" stroke="var(--blue)" stroke-width="2.6" {} } (locale.t("map-now")) }
        }
    };
    let content = html! {
        @if dots.is_empty() { (nothing(&locale.t("map-empty"))) } @else { (map::map(&dots, &arcs, &words)) (legend) }
    };
    section("map-h", &locale.t("dash-map"), &html! { (locale.t("dash-map-yellow")) }, &content)
}

fn dot(asked: &Asked, city: &Value, now: &[String]) -> Option<Dot> {
    let id = city["id"].as_str()?;
    let degrees = |value: &Value| value.as_str().and_then(|text| text.parse().ok()).or(value.as_f64());
    Some(Dot {
        name: city["name"].as_str()?.to_owned(),
        href: asked.href(&format!("/{}/{id}", subjects::collection_of(Kind::City))),
        latitude: degrees(&city["latitude"])?,
        longitude: degrees(&city["longitude"])?,
        now: now.iter().any(|visiting| visiting == id),
    })
}
