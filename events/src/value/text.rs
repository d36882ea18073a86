//! Texts people write, and the short codes and addresses among them. All are bounded, none holds NUL.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::Text;

/// Defines a text newtype: its bound, its check and its place in JSON Schema.
macro_rules! define_text {
    ($(#[$doc:meta])* $name:ident, $schema:tt, $parse:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Parses the text; the error says what would be accepted.
            ///
            /// # Errors
            /// A sentence that names the rule the text breaks.
            pub fn parse(text: &str) -> Result<Self, String> {
                let check: fn(&str) -> Result<String, String> = $parse;
                check(text).map(Self)
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Text(text) = Text::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

define_text!(
    /// One line: a name, a title. 1 to 200 characters, no line break or other control character.
    Line,
    { "type": "string", "minLength": 1, "maxLength": 200 },
    |text| {
        if text.trim().is_empty() {
            return Err("must not be empty".into());
        }
        if text.chars().count() > 200 {
            return Err("must be at most 200 characters".into());
        }
        if text.chars().any(char::is_control) {
            return Err("must be one line without control characters".into());
        }
        Ok(text.to_owned())
    }
);

define_text!(
    /// Prose of one or more paragraphs. 1 to 8000 characters; tabs and line breaks are its only control characters.
    Prose,
    { "type": "string", "minLength": 1, "maxLength": 8000 },
    |text| {
        if text.trim().is_empty() {
            return Err("must not be empty".into());
        }
        if text.chars().count() > 8000 {
            return Err("must be at most 8000 characters".into());
        }
        if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
            return Err("must not hold control characters".into());
        }
        Ok(text.to_owned())
    }
);

define_text!(
    /// A short code: letters, digits, `-`, `_` and `.`, 1 to 64 characters, beginning with a letter or digit.
    Code,
    { "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$" },
    |text| {
        let sound = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            && text.as_bytes()[0].is_ascii_alphanumeric();
        sound
            .then(|| text.to_owned())
            .ok_or_else(|| "must be 1 to 64 letters, digits, hyphens, dots or underscores, such as waste-to-energy".into())
    }
);

define_text!(
    /// A language tag (BCP 47), such as `en`, `pt-PT` or `zh-Hant`.
    Language,
    { "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$" },
    |text| {
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let sound = (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            && text.len() <= 35;
        sound.then(|| text.to_owned()).ok_or_else(|| "must be a language tag such as en or pt-PT".into())
    }
);

define_text!(
    /// A web address that starts with `https://` or `http://`.
    WebAddress,
    { "type": "string", "format": "uri", "maxLength": 2000 },
    |text| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let sound = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            && text.len() <= 2000
            && text.bytes().all(|byte| (0x21..0x7f).contains(&byte) && !b"\"<>\\^`{|}".contains(&byte));
        sound.then(|| text.to_owned()).ok_or_else(|| "must be a web address such as https://example.org/page".into())
    }
);

define_text!(
    /// A SHA-256 digest as 64 lowercase hexadecimal digits.
    Digest256,
    { "type": "string", "pattern": "^[0-9a-f]{64}$" },
    |text| {
        let sound = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        sound.then(|| text.to_owned()).ok_or_else(|| "must be 64 lowercase hexadecimal digits".into())
    }
);

define_text!(
    /// An e-mail address: one `@`, no spaces, at most 254 characters.
    Email,
    { "type": "string", "format": "email", "maxLength": 254 },
    |text| {
        let sound = text.chars().count() <= 254
            && !text.chars().any(|letter| letter.is_whitespace() || letter.is_control())
            && matches!(text.split('@').collect::<Vec<_>>()[..], [local, domain]
                if !local.is_empty() && !domain.is_empty() && !domain.starts_with('.') && !domain.ends_with('.'));
        sound.then(|| text.to_owned()).ok_or_else(|| "must be an e-mail address such as name@example.org".into())
    }
);

define_text!(
    /// A phone number: digits, spaces, `+`, `-` and brackets, at most 40 characters.
    Phone,
    { "type": "string", "pattern": "^[0-9 +()-]{1,40}$" },
    |text| {
        let sound = text.len() <= 40
            && text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().all(|byte| byte.is_ascii_digit() || b" +()-".contains(&byte));
        sound.then(|| text.to_owned()).ok_or_else(|| "must be a phone number such as +351 22 209 0400".into())
    }
);

/// How many numbered targets each Sustainable Development Goal has, and its last lettered one.
const SDG: [(u32, u8); 17] = [
    (5, b'b'),
    (5, b'c'),
    (9, b'd'),
    (7, b'c'),
    (6, b'c'),
    (6, b'b'),
    (3, b'b'),
    (10, b'b'),
    (5, b'c'),
    (7, b'c'),
    (7, b'c'),
    (8, b'c'),
    (3, b'b'),
    (7, b'c'),
    (9, b'c'),
    (10, b'b'),
    (19, b'0'),
];

define_text!(
    /// A target of the Sustainable Development Goals, such as `7.2` or `11.b`.
    SdgTarget,
    { "type": "string", "pattern": "^[1-9][0-9]?\\.([1-9][0-9]?|[a-d])$" },
    |text| {
        let sound = text.split_once('.').is_some_and(|(goal, target)| {
            let Some((numbered, lettered)) = plain_number(goal).and_then(|goal| SDG.get(goal as usize - 1)) else {
                return false;
            };
            match target.as_bytes() {
                [letter] if letter.is_ascii_lowercase() => letter <= lettered,
                _ => plain_number(target).is_some_and(|target| target <= *numbered),
            }
        });
        sound.then(|| text.to_owned()).ok_or_else(|| "must be a target of the Sustainable Development Goals such as 7.2 or 11.b".into())
    }
);

/// A whole number from 1 to 99 without sign or leading zero.
fn plain_number(text: &str) -> Option<u32> {
    let plain =
        (1..=2).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

define_text!(
    /// A sector of the OECD DAC purpose codes that IATI uses: five digits, such as `43030`.
    Sector,
    { "type": "string", "pattern": "^[0-9]{5}$" },
    |text| {
        let sound = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| text.to_owned()).ok_or_else(|| "must be a sector code of five digits such as 43030".into())
    }
);

/// One line in one or more languages, at least one: `{"en": "…", "ko": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct LocalText(BTreeMap<String, Line>);

impl LocalText {
    /// The text in the language asked for, else in English, else in the first language held.
    pub fn in_language(&self, language: &str) -> &str {
        [language, "en"]
            .iter()
            .find_map(|wanted| self.0.get(*wanted))
            .or_else(|| self.0.values().next())
            .map_or("", Line::as_str)
    }

    /// Every language tag held with its text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Line)> {
        self.0.iter().map(|(language, line)| (language.as_str(), line))
    }
}

impl From<Line> for LocalText {
    fn from(line: Line) -> Self {
        Self(BTreeMap::from([("en".to_owned(), line)]))
    }
}

impl<'de> Deserialize<'de> for LocalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, Line>::deserialize(deserializer)?;
        if texts.is_empty() || texts.len() > 40 {
            return Err(serde::de::Error::custom(
                "must hold the text in at least one language, such as {\"en\": \"…\"}",
            ));
        }
        if let Some(wrong) = texts.keys().find(|tag| Language::parse(tag).is_err()) {
            return Err(serde::de::Error::custom(format!("{wrong:?} is not a language tag such as en or pt-PT")));
        }
        Ok(Self(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_refuses_nul_breaks_and_length() {
        assert!(Line::parse("Porto").is_ok());
        assert!(Line::parse("Por\0to").is_err());
        assert!(Line::parse("two\nlines").is_err());
        assert!(Line::parse("  ").is_err());
        assert!(Line::parse(&"é".repeat(200)).is_ok());
        assert!(Line::parse(&"é".repeat(201)).is_err());
    }

    #[test]
    fn a_web_address_refuses_scripts_and_spaces() {
        assert!(WebAddress::parse("https://example.org/a?b=c").is_ok());
        assert!(WebAddress::parse("javascript:alert(1)").is_err());
        assert!(WebAddress::parse("https://").is_err());
        assert!(WebAddress::parse("https://example.org/a b").is_err());
    }

    #[test]
    fn an_e_mail_address_has_one_at_sign_and_two_sides() {
        assert!(Email::parse("thandi@example.org").is_ok());
        for wrong in ["thandi", "@example.org", "thandi@", "a@b@c", "a b@example.org", "a@.org", "a@example."] {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Email::parse(&format!("{}@example.org", "a".repeat(243))).is_err());
    }

    #[test]
    fn a_phone_number_is_digits_and_what_people_write_between_them() {
        assert!(Phone::parse("+351 (22) 209-0400").is_ok());
        for wrong in ["", "+", "call me", "1;2", "１２３", &"1".repeat(41)] {
            assert!(Phone::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_targets_that_the_goals_have_are_accepted() {
        for right in ["7.2", "11.b", "12.5", "17.19", "1.1"] {
            assert!(SdgTarget::parse(right).is_ok(), "{right}");
        }
        for wrong in ["7", "7.", "7.4", "18.1", "0.1", "07.2", "11.d", "17.a", "+7.2", "7.2 ", ""] {
            assert!(SdgTarget::parse(wrong).is_err(), "{wrong}");
        }
    }
}
