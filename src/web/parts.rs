//! What pages are made of: status, pairs, dates, links to subjects and events.

use koinon_events::value::{Day, Timestamp};
use koinon_events::{Kind, Subject};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;

use crate::locale::{Locale, Said, day, day_and_month, month_name, number};
use crate::web::asked::Asked;
use crate::web::reads::{Names, subject_in};
use crate::web::subjects::{has_page, page};

/// A status: shape and word, never colour alone.
pub fn status(locale: &Locale, word: &str) -> Markup {
    let (class, icon) = shape(word);
    html! {
        span class={ "st st--" (class) } {
            svg viewBox="0 0 12 12" aria-hidden="true" { (PreEscaped(icon)) }
            (sentence_case(&locale.word(word)))
        }
    }
}

const DASHED: &str =
    r#"<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 2"/>"#;
const DOTTED: &str = r#"<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx="6" cy="6" r="2" fill="currentColor"/>"#;
const PLAYING: &str = r#"<path d="M3 1.5v9l7.5-4.5z" fill="currentColor"/>"#;
const TICK: &str = r#"<path d="M2 6.5l2.8 2.8L10 3.4" fill="none" stroke="currentColor" stroke-width="2"/>"#;
const TICKS: &str =
    r#"<path d="M.5 6.5l2.6 2.8L7.5 4M6 9l.4.3L11.5 3.6" fill="none" stroke="currentColor" stroke-width="1.7"/>"#;
const UP: &str = r#"<path d="M6 11V2M2.5 5L6 1.6 9.5 5" fill="none" stroke="currentColor" stroke-width="1.8"/>"#;
const BACK: &str = r#"<path d="M10 10V6.5a3 3 0 0 0-3-3H2.5M5 1L2.3 3.6 5 6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>"#;
const CROSS: &str = r#"<path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" stroke-width="2"/>"#;
const MARK: &str = r#"<path d="M6 1v6M6 9v2" stroke="currentColor" stroke-width="2"/>"#;

fn shape(word: &str) -> (&'static str, &'static str) {
    match word {
        "confirmed" | "selected" | "approved" | "formed" | "agreed" | "planned" | "validated" | "expressed"
        | "committed" => ("confirmed", DOTTED),
        "under-way" | "launched" | "active" | "kicked-off" | "running" | "started" => ("underway", PLAYING),
        "completed" | "done" | "delivered" | "held" | "minuted" | "closed" | "recording-published" => {
            ("completed", TICK)
        }
        "scaled-up" | "accepted" | "published" | "verified" => ("accepted", TICKS),
        "submitted" => ("submitted", UP),
        "returned" | "paused" | "postponed" | "suspended" | "reserve" | "closing" | "reopened" | "inactive" => {
            ("returned", BACK)
        }
        "late" => ("late", MARK),
        "cancelled" | "stopped" | "dissolved" | "rejected" | "withdrawn" | "retracted" | "dropped" | "abandoned"
        | "erased" | "revoked" | "removed" | "not-continued" | "superseded" => ("cancelled", CROSS),
        _ => ("planned", DASHED),
    }
}

/// The first letter large; a name that is written like eThekwini stays as it is.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    if letters.clone().nth(1).is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Two or more cities joined by the arc.
pub fn pair(names: &[String]) -> Markup {
    let arc = PreEscaped(
        r#"<svg class="j" viewBox="0 0 22 12" aria-hidden="true"><path d="M3 10C6 1 16 1 19 10" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="3" cy="9.6" r="2.2" fill="currentColor"/><circle cx="19" cy="9.6" r="2.2" fill="currentColor"/></svg>"#,
    );
    html! {
        span.pair { @for (index, name) in names.iter().enumerate() { @if index > 0 { (arc) span.vh { (crate::locale::spoken().t("pair-and")) " " } } (name) } }
    }
}

/// A whole number from a row or a count.
pub fn count(value: usize) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A count that may be large.
pub fn number_of(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// A link to a record of the log.
pub fn event_link(asked: &Asked, position: u64) -> Markup {
    let shown = number(i64::try_from(position).unwrap_or(i64::MAX));
    let words = asked.locale.say("event-number", &[("number", Said::Text(&shown))]);
    html! { a href=(asked.href(&format!("/events/{position}"))) { (words) } }
}

/// A subject by its name, as a link where there is a page that the reader may open.
pub fn subject_link(asked: &Asked, names: &Names, subject: Subject) -> Markup {
    let name = names.of(subject);
    if has_page(subject.kind) && names.may_open(subject) {
        html! { a href=(asked.href(&page(subject))) { (name) } }
    } else {
        html! { (name) }
    }
}

/// The subjects whose ids stand in a field.
pub fn subjects(kind: Kind, value: &Value) -> Vec<Subject> {
    match value {
        Value::Array(values) => values.iter().filter_map(|value| subject_in(kind, value)).collect(),
        other => subject_in(kind, other).into_iter().collect(),
    }
}

/// The names of the subjects in a field.
pub fn called(names: &Names, kind: Kind, value: &Value) -> Vec<String> {
    subjects(kind, value).into_iter().map(|subject| names.of(subject)).collect()
}

/// The day in a field.
pub fn day_in(value: &Value) -> Option<Day> {
    value.as_str()?.parse().ok()
}

/// "13 to 17 June 2022", or as short as the two days allow.
pub fn day_range(locale: &Locale, from: Option<Day>, to: Option<Day>) -> String {
    use chrono::Datelike;
    match (from, to) {
        (Some(from), Some(to)) if from == to => day(locale, from),
        (Some(from), Some(to)) => {
            let year = to.0.year().to_string();
            let year = ("year", Said::Text(&year));
            if from.month() == to.month() {
                let (first, last) = (from.0.day().to_string(), to.0.day().to_string());
                let month = month_name(locale, to);
                let (first, last) = (("from", Said::Text(&first)), ("to", Said::Text(&last)));
                return locale.say("date-range-days", &[first, last, ("month", Said::Text(&month)), year]);
            }
            if from.0.year() == to.0.year() {
                let (first, last) = (day_and_month(locale, from), day_and_month(locale, to));
                let (first, last) = (("from", Said::Text(&first)), ("to", Said::Text(&last)));
                return locale.say("date-range-months", &[first, last, year]);
            }
            let (first, last) = (day(locale, from), day(locale, to));
            locale.say("date-range", &[("from", Said::Text(&first)), ("to", Said::Text(&last))])
        }
        (Some(only), None) | (None, Some(only)) => day(locale, only),
        (None, None) => String::new(),
    }
}

/// A moment as a time element: "15 Jun 14:01:22" in the audit's narrow column.
pub fn short_time(locale: &Locale, moment: Timestamp) -> Markup {
    let date = day_and_month(locale, moment.day());
    let date: Vec<&str> = date.split(' ').collect();
    let date = match date.as_slice() {
        [day, month] => format!("{day} {}", month.chars().take(3).collect::<String>()),
        _ => date.join(" "),
    };
    html! {
        time datetime=(moment.to_string()) title=(moment.moment().format("%Y").to_string()) {
            (date) " " (moment.moment().format("%Y")) " " span.muted { (moment.moment().format("%H:%M:%S")) }
        }
    }
}

/// A section: a ruled column head, not a card.
pub fn section(id: &str, title: &str, aside: &Markup, content: &Markup) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            header { h2 id=(id) { (title) } @if !aside.0.is_empty() { p { (aside) } } }
            (content)
        }
    }
}

/// What is said where nothing is yet.
pub fn nothing(text: &str) -> Markup {
    html! { p.muted.small { (text) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::locale;

    #[test]
    fn a_sentence_begins_large_and_a_name_stays_as_it_is() {
        assert_eq!(sentence_case("a delegate of eThekwini"), "A delegate of eThekwini");
        assert_eq!(sentence_case("eThekwini 도시 대표"), "eThekwini 도시 대표");
        assert_eq!(sentence_case(""), "");
    }

    fn range(from: &str, to: &str) -> String {
        day_range(locale("en"), from.parse().ok(), to.parse().ok())
    }

    #[test]
    fn a_range_of_days_is_as_short_as_it_can_be() {
        assert_eq!(range("2022-06-13", "2022-06-17"), "13 to 17 June 2022");
        assert_eq!(range("2022-06-30", "2022-07-02"), "30 June to 2 July 2022");
        assert_eq!(range("2022-12-30", "2023-01-02"), "30 December 2022 to 2 January 2023");
        assert_eq!(range("2022-06-13", "2022-06-13"), "13 June 2022");
        assert_eq!(range("2022-06-13", ""), "13 June 2022");
        assert_eq!(range("", ""), "");
    }

    #[test]
    fn a_range_of_days_has_each_languages_own_order() {
        let range = |tag: &str, to: &str| day_range(locale(tag), "2022-06-13".parse().ok(), to.parse().ok());
        assert_eq!(range("de", "2022-06-17"), "13. bis 17. Juni 2022");
        assert_eq!(range("de", "2022-07-02"), "13. Juni bis 2. Juli 2022");
        assert_eq!(range("ko", "2022-06-17"), "2022년 6월 13일–17일");
        assert_eq!(range("ko", "2022-07-02"), "2022년 6월 13일–7월 2일");
    }

    #[test]
    fn a_status_has_a_word_beside_its_shape() {
        let text = status(locale("en"), "under-way").into_string();
        assert!(text.contains("st--underway") && text.contains("Under way") && text.contains("<svg"), "{text}");
    }
}
