//! The language of the request that is being answered, and how it is found.
//!
//! It holds for one task, from the first layer of the web to the last word of the page, so that nothing that writes
//! words has to carry it. Outside a request English is spoken: files, reports and the command line.

use std::future::Future;

use super::{Locale, languages, locale};

tokio::task_local! {
    static SPOKEN: Spoken;
}

struct Spoken {
    locale: &'static Locale,
    here: String,
}

/// The language being spoken.
pub fn spoken() -> &'static Locale {
    SPOKEN.try_with(|spoken| spoken.locale).unwrap_or_else(|_| locale("en"))
}

/// The address of the page being answered, to come back to.
pub fn here() -> String {
    SPOKEN.try_with(|spoken| spoken.here.clone()).unwrap_or_else(|_| "/".to_owned())
}

/// Answers in that language; `here` is the address asked for.
pub async fn speaking<F: Future>(locale: &'static Locale, here: String, answer: F) -> F::Output {
    SPOKEN.scope(Spoken { locale, here }, answer).await
}

/// The language for who chose one, or accepts some (RFC 9110, section 12.5.4); English when nothing fits.
pub fn preferred(chosen: Option<&str>, accepted: Option<&str>) -> &'static Locale {
    let known = languages();
    let known = |tag: &str| known.iter().copied().find(|known| known.eq_ignore_ascii_case(tag));
    if let Some(tag) = chosen.and_then(known) {
        return locale(tag);
    }
    let mut wanted: Vec<(f32, &str)> = accepted.unwrap_or_default().split(',').filter_map(weighed).collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let found = wanted.iter().find_map(|(_, tag)| match tag.split('-').next().unwrap_or_default() {
        "*" => Some("en"),
        primary => known(primary),
    });
    locale(found.unwrap_or("en"))
}

/// One language of the header with its weight; nothing when it is not wanted.
fn weighed(part: &str) -> Option<(f32, &str)> {
    let mut pieces = part.split(';').map(str::trim);
    let tag = pieces.next().filter(|tag| !tag.is_empty())?;
    let weight = pieces.find_map(|piece| piece.strip_prefix("q=")).map_or(1.0, |text| text.parse().unwrap_or(0.0));
    (weight > 0.0).then_some((weight, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_language_goes_before_what_the_browser_accepts() {
        assert_eq!(preferred(Some("de"), Some("ko")).tag, "de");
        assert_eq!(preferred(Some("tlh"), Some("ko")).tag, "ko");
    }

    #[test]
    fn the_best_accepted_language_that_there_is_is_spoken() {
        assert_eq!(preferred(None, Some("ko-KR,ko;q=0.9,en;q=0.8")).tag, "ko");
        assert_eq!(preferred(None, Some("en;q=0.4, tlh, DE-at;q=0.7")).tag, "de");
        assert_eq!(preferred(None, Some("de;q=0, ko;q=0.1")).tag, "ko");
        assert_eq!(preferred(None, Some("tlh, *;q=0.5, de;q=0.1")).tag, "en");
        assert_eq!(preferred(None, Some(";;q=x,,")).tag, "en");
        assert_eq!(preferred(None, None).tag, "en");
    }

    #[tokio::test]
    async fn a_language_is_spoken_for_one_answer_only() {
        let inside = speaking(locale("de"), "/visits".to_owned(), async { (spoken().tag.clone(), here()) }).await;
        assert_eq!(inside, ("de".to_owned(), "/visits".to_owned()));
        assert_eq!(spoken().tag, "en");
    }
}
