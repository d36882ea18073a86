//! The query of an address, read strictly: each parameter once, none that the address does not know, each value fit.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawQuery};
use axum::http::request::Parts;
use koinon_events::value::Timestamp;
use koinon_events::{Actor, Kind, Subject};
use uuid::Uuid;

use crate::app::EventFilter;
use crate::domain::Finding;
use crate::views::Moment;
use crate::web::failure::Refusal;

/// The parameters of one request.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let RawQuery(query) = RawQuery::from_request_parts(parts, state).await.unwrap_or(RawQuery(None));
        let query = Self::parse(query.as_deref().unwrap_or_default());
        // No database takes it, and no name, text or id has it.
        match query.pairs.iter().find(|(_, value)| value.contains('\0')) {
            Some((name, _)) => Err(Refusal::parameter(name, "must not hold a NUL")),
            None => Ok(query),
        }
    }
}

impl Query {
    /// Reads `a=1&b=2`, percent-decoded.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query.pairs.push((decoded(name), decoded(value)));
        }
        query
    }

    /// Refuses parameters the address does not know, and those that stand twice.
    ///
    /// # Errors
    /// 422 with each of them.
    pub fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        let strange = self.pairs.iter().filter(|(name, _)| !known.contains(&name.as_str()));
        let strange = strange.map(|(name, _)| (name, "is not a parameter of this address"));
        let twice = self
            .pairs
            .iter()
            .enumerate()
            .filter(|(at, (name, _))| self.pairs[..*at].iter().any(|(other, _)| other == name));
        let twice = twice.map(|(_, (name, _))| (name, "stands twice"));
        let findings: Vec<Finding> =
            strange.chain(twice).map(|(name, message)| Finding::new(format!("/{name}"), message)).collect();
        if findings.is_empty() { Ok(()) } else { Err(Refusal::unfit(findings)) }
    }

    /// A parameter's text, unless it is absent or empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// Every parameter that has a value, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A parameter's value.
    ///
    /// # Errors
    /// 422 with what would be accepted.
    pub fn value<T: FromStr>(&self, name: &str, accepted: &str) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Refusal::parameter(name, format!("must be {accepted}, not {text:?}")))
    }

    /// How many at most: 50 when unsaid, never more than 500.
    ///
    /// # Errors
    /// 422 when it is no number from 1 to 500.
    pub fn limit(&self, unsaid: usize) -> Result<usize, Refusal> {
        let limit = self.value("limit", "a number from 1 to 500")?.unwrap_or(unsaid);
        if (1..=500).contains(&limit) {
            return Ok(limit);
        }
        Err(Refusal::parameter("limit", "must be a number from 1 to 500"))
    }

    /// The moment asked for: a position or an RFC 3339 time (a date-time without zone, as browsers send it, is UTC).
    ///
    /// # Errors
    /// 422 when it is neither.
    pub fn moment(&self) -> Result<Moment, Refusal> {
        Ok(self.moment_named("as_of")?.unwrap_or(Moment::Live))
    }

    /// The position or time that a parameter of any name gives; `None` when it is absent.
    ///
    /// # Errors
    /// 422 when it is neither.
    pub fn moment_named(&self, name: &str) -> Result<Option<Moment>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let position = text.parse().map_err(|_| Refusal::parameter(name, "is above the head of the log"))?;
            return Ok(Some(Moment::Position(position)));
        }
        let time = moment_of(text);
        let time =
            time.ok_or_else(|| Refusal::parameter(name, "must be a position or a time such as 2022-06-30T12:00:00Z"))?;
        Ok(Some(Moment::Time(time)))
    }

    /// Which records of the log; `city` and a programme's id are resolved by [`super::reads`].
    ///
    /// # Errors
    /// 422 when a value does not fit.
    pub fn events(&self) -> Result<EventFilter, Refusal> {
        let actor = self.value::<Actor>("actor", "an actor such as person/UUID or system/RULE")?;
        Ok(EventFilter {
            programme: self.text("programme").map(str::to_owned),
            partnership: self.id("partnership", Kind::Partnership)?,
            subject: self.value::<Subject>("subject", "a subject such as visit/UUID")?,
            event_type: self.text("type").map(str::to_owned),
            actor: actor.map(|actor| actor.to_string()),
            since: self.time("since", "T00:00:00Z")?,
            until: self.time("until", "T23:59:59.999999Z")?,
            ..EventFilter::default()
        })
    }

    /// The id of a subject of a kind, bare or as `kind/uuid`.
    ///
    /// # Errors
    /// 422 when it is neither.
    pub fn id(&self, name: &str, kind: Kind) -> Result<Option<Uuid>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let bare = text.strip_prefix(kind.word()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(text);
        bare.parse().map(Some).map_err(|_| Refusal::parameter(name, format!("must be the id of a {}", kind.word())))
    }

    fn time(&self, name: &str, of_day: &str) -> Result<Option<Timestamp>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        moment_of(text)
            .or_else(|| format!("{text}{of_day}").parse().ok())
            .map(Some)
            .ok_or_else(|| Refusal::parameter(name, "must be a time such as 2022-06-30T12:00:00Z, or a date"))
    }

    /// The same query with one parameter set (or taken away), as text.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        let kept = self.pairs().filter(|(found, _)| *found != name);
        kept.chain(value.map(|value| (name, value)))
            .map(|(name, value)| {
                format!("{}={}", super::actor::form_urlencoded(name), super::actor::form_urlencoded(value))
            })
            .collect::<Vec<_>>()
            .join("&")
    }
}

/// The filters every list of records knows.
pub const EVENT_FILTERS: &[&str] = &["programme", "partnership", "city", "subject", "type", "actor", "since", "until"];

/// A time as people and browsers write it; what is without a zone is UTC.
fn moment_of(text: &str) -> Option<Timestamp> {
    let text = text.replace(' ', "+");
    let without_seconds = format!("{}:00Z", text.trim_end_matches('Z'));
    [text.clone(), format!("{text}Z"), without_seconds].iter().find_map(|text| text.parse().ok())
}

/// Percent-decodes, with `+` as a space except in what looks like a zone's offset (`…T12:00:00+02:00`).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.clone().take(2).collect();
                let value = std::str::from_utf8(&digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
                match value {
                    Some(value) => {
                        bytes.push(value);
                        rest.nth(1);
                    }
                    None => bytes.push(b'%'),
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_position_or_a_time() {
        let moment = |text: &str| Query::parse(&format!("as_of={text}")).moment().ok();
        let noon = "2022-05-24T12:00:00Z".parse().unwrap();
        assert_eq!(moment("412"), Some(Moment::Position(412)));
        for text in ["2022-05-24T12:00:00Z", "2022-05-24T12:00", "2022-05-24T14:00:00+02:00", "2022-05-24T12%3A00Z"] {
            assert_eq!(moment(text), Some(Moment::Time(noon)), "{text}");
        }
        assert_eq!(moment(""), Some(Moment::Live));
        assert_eq!(moment("yesterday"), None);
        assert_eq!(moment("99999999999999999999"), None);
    }

    #[test]
    fn strange_and_doubled_parameters_are_named() {
        let refusal = Query::parse("a=1&b=2&b=3").only(&["b"]).unwrap_err();
        let pointers: Vec<&str> = refusal.findings.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!(pointers, ["/a", "/b"]);
    }

    #[test]
    fn a_limit_is_bounded() {
        assert_eq!(Query::parse("").limit(50).ok(), Some(50));
        assert_eq!(Query::parse("limit=500").limit(50).ok(), Some(500));
        for wrong in ["0", "501", "-1", "many"] {
            assert!(Query::parse(&format!("limit={wrong}")).limit(50).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_was_percent_encoded_reads_as_meant() {
        let query = Query::parse("q=a+b%20%C3%BC%zz&empty=");
        assert_eq!(query.text("q"), Some("a b ü%zz"));
        assert_eq!(query.text("empty"), None);
        assert_eq!(query.with("q", Some("x y")), "q=x%20y");
    }
}
