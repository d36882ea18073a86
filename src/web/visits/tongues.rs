//! Papers in two languages side by side: English, and the host's own where there is one. What people wrote themselves
//! stays in the language they wrote it in.

use koinon_events::Kind;
use maud::{Markup, html};
use serde_json::Value;

use super::Visit;
use crate::locale::{Locale, Said, languages, locale};
use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::languages::LANGUAGES;

/// The languages of a paper.
#[derive(Clone, Copy)]
pub struct Tongues {
    /// The first.
    pub first: &'static Locale,
    /// The second, where there is one.
    pub second: Option<&'static Locale>,
}

impl Tongues {
    /// English beside the language the address names with `with=`; else the first language of the host, then of the
    /// visitors, in which Koinon speaks.
    ///
    /// # Errors
    /// When the cities cannot be read.
    pub async fn of(asked: &Asked, visit: &Visit) -> Result<Self, Refusal> {
        let known = |tag: &&str| *tag != "en" && languages().contains(tag);
        let first = locale("en");
        if let Some(named) = asked.query.text("with") {
            return Ok(Self { first, second: Some(named).filter(known).map(locale) });
        }
        for city in visit.cities() {
            let Some((row, _)) = asked.view.row(Kind::City, city.id).await? else { continue };
            let spoken = row["languages"].as_array().into_iter().flatten().filter_map(Value::as_str);
            if let Some(tag) = spoken.map(|tag| tag.split('-').next().unwrap_or(tag)).find(known) {
                return Ok(Self { first, second: Some(locale(tag)) });
            }
        }
        Ok(Self { first, second: None })
    }

    /// A text in each language.
    pub fn t(self, key: &str) -> Markup {
        self.each(|locale| locale.t(key))
    }

    /// A text with values in each language.
    pub fn say(self, key: &str, values: &[(&str, Said<'_>)]) -> Markup {
        self.each(|locale| locale.say(key, values))
    }

    /// What each language makes of something; once where they make the same.
    pub fn each(self, words: impl Fn(&Locale) -> String) -> Markup {
        let first = words(self.first);
        let second = self.second.map(|locale| (locale, words(locale))).filter(|(_, text)| *text != first);
        html! {
            span.tongue lang=(self.first.tag) { (first) }
            @if let Some((locale, text)) = second { span."tongue tongue--2" lang=(locale.tag) { (text) } }
        }
    }

    /// Which other second languages the paper can be had in, and a way to print it.
    pub fn switch(self, asked: &Asked) -> Markup {
        let second = self.second.map_or("none", |locale| locale.tag.as_str());
        let link = |tag: &str| format!("{}?{}", asked.path, asked.query.with("with", Some(tag)));
        html! {
            nav."small noprint mt-l" aria-label=(asked.locale.t("tongues-label")) { ul."row papers" {
                li { (asked.locale.t("tongues-beside")) }
                @for tag in languages().into_iter().filter(|tag| *tag != "en").chain(["none"]) {
                    li { a href=(link(tag)) aria-current=[(tag == second).then_some("true")] { (called(asked, tag)) } }
                }
                li.js-only { button."btn btn--s" type="button" data-print { (asked.locale.t("tongues-print")) } }
            } }
        }
    }
}

fn called(asked: &Asked, tag: &str) -> String {
    let name = LANGUAGES.iter().find(|(code, _)| *code == tag).map(|(_, name)| (*name).to_owned());
    name.unwrap_or_else(|| asked.locale.t("tongues-none"))
}
