//! Exact decimal numbers, written as text so that no reader rounds them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// A decimal number as text: an optional minus, 1 to 15 digits, at most 6 decimals. `"310.5"`, `"-8.6110"`.
///
/// The text is kept as it was given; comparison is by value, so `"1"` equals `"1.00"`.
#[derive(Debug, Clone)]
pub struct Decimal(String);

/// Millionths in one.
const SCALE: i128 = 1_000_000;

/// A text that is no decimal number within the bounds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be a number written as text, such as \"310.5\", with at most 15 digits before and 6 after the point")]
pub struct NotADecimal;

impl Decimal {
    /// The value in millionths, exact.
    pub fn millionths(&self) -> i128 {
        let (negative, digits) = match self.0.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, self.0.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let whole: i128 = whole.parse().unwrap_or(0);
        let fraction: i128 = format!("{fraction:0<6}").parse().unwrap_or(0);
        let value = whole * SCALE + fraction;
        if negative { -value } else { value }
    }

    /// The nearest floating-point number, for drawing only.
    #[allow(clippy::cast_precision_loss)]
    pub fn approximately(&self) -> f64 {
        self.millionths() as f64 / SCALE as f64
    }

    /// The text as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;

    fn from_str(text: &str) -> Result<Self, NotADecimal> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(NotADecimal),
            None => (digits, ""),
        };
        let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let sound = (1..=15).contains(&whole.len()) && fraction.len() <= 6 && numeric(whole) && numeric(fraction);
        sound.then(|| Self(text.to_owned())).ok_or(NotADecimal)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.millionths() == other.millionths()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.millionths().cmp(&other.millionths())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(text) = Text::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Decimal {
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,6})?$", "description": "A decimal number as text" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_by_value_and_keep_their_text() {
        let one: Decimal = "1".parse().unwrap();
        let same: Decimal = "1.00".parse().unwrap();
        assert_eq!(one, same);
        assert_eq!(same.to_string(), "1.00");
        assert!("-0.5".parse::<Decimal>().unwrap() < one);
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for wrong in ["", "-", "1.", ".5", "1e3", "NaN", "1,5", "+1", "1.1234567", "1234567890123456"] {
            assert_eq!(wrong.parse::<Decimal>(), Err(NotADecimal), "{wrong}");
        }
    }
}
