//! The envelope of a record as its bytes lie there, for whoever reads many: canonical form fixes the order of the keys, so
//! that each value is found by what stands before it, and the data need not be looked through twice.

use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::Finder;
use uuid::Uuid;

use crate::id::parse_uuid;

/// What follows the data. Its quotes cannot stand so within a text of the data; data that has such a key of its own ends
/// too early here, is no JSON, and so is read by its names.
const AFTER_DATA: &str = ",\"datacontenttype\":\"application/json\",\"id\":\"";
static END_OF_DATA: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(AFTER_DATA));

/// A record's envelope, each value as it was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Who did it.
    pub actor: &'a str,
    /// The event's data, not looked at: no JSON at all where the record is damaged.
    pub data: &'a str,
    /// The partnership it belongs to.
    pub partnership: Option<Uuid>,
    /// 1, 2, 3 … over the whole log.
    pub position: u64,
    /// The programme's code.
    pub programme: Option<&'a str>,
    /// What it happened to.
    pub subject: &'a str,
    /// When it was recorded.
    pub time: &'a str,
    /// `koinon.VisitScheduled.v1`.
    pub stored_type: &'a str,
    /// 1, 2, 3 … within the subject.
    pub version: u64,
}

impl<'a> Envelope<'a> {
    /// Finds the values of a record in canonical form; `None` for any other bytes, of which [`crate::Record::parse`] says
    /// whether they are a record all the same, and what is wrong with them when they are not.
    pub fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut rest = Rest(std::str::from_utf8(bytes).ok()?);
        rest.pass("{\"actor\":\"")?;
        let actor = rest.text()?;
        if rest.pass(",\"causation\":\"").is_some() {
            rest.id()?;
        }
        rest.pass(",\"command\":\"")?;
        rest.id()?;
        rest.pass(",\"correlation\":\"")?;
        rest.id()?;
        rest.pass(",\"data\":")?;
        let data = rest.until(END_OF_DATA.find(rest.0.as_bytes())?);
        rest.pass(AFTER_DATA)?;
        rest.id()?;
        let partnership = match rest.pass(",\"partnership\":\"") {
            Some(()) => Some(rest.id()?),
            None => None,
        };
        rest.pass(",\"position\":")?;
        let position = rest.number()?;
        let programme = match rest.pass(",\"programme\":\"") {
            Some(()) => Some(rest.text()?),
            None => None,
        };
        rest.pass(",\"source\":\"")?;
        rest.text()?;
        rest.pass(",\"specversion\":\"1.0\",\"subject\":\"")?;
        let subject = rest.text()?;
        rest.pass(",\"time\":\"")?;
        let time = rest.text()?;
        rest.pass(",\"type\":\"")?;
        let stored_type = rest.text()?;
        rest.pass(",\"version\":")?;
        let version = rest.number()?;
        (rest.0 == "}").then_some(Self {
            actor,
            data,
            partnership,
            position,
            programme,
            subject,
            time,
            stored_type,
            version,
        })
    }
}

/// What was not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn pass(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn until(&mut self, end: usize) -> &'a str {
        let (read, rest) = self.0.split_at(end);
        self.0 = rest;
        read
    }

    /// A text up to its closing quote, which is passed too; none in which a character is written in another way.
    fn text(&mut self) -> Option<&'a str> {
        let text = self.until(memchr(b'"', self.0.as_bytes())?);
        self.pass("\"")?;
        text.bytes().all(|byte| byte >= b' ' && byte != b'\\').then_some(text)
    }

    fn id(&mut self) -> Option<Uuid> {
        parse_uuid(self.text()?)
    }

    fn number(&mut self) -> Option<u64> {
        let end = self.0.bytes().position(|byte| !byte.is_ascii_digit())?;
        let digits = self.until(end);
        (digits == "0" || !digits.starts_with('0')).then(|| digits.parse().ok()).flatten()
    }
}
