//! How much: exact, a whole number wherever it is one.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use koinon_events::value::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Millionths in one.
const SCALE: i128 = 1_000_000;

/// An exact amount. In JSON a number when it is whole, else a text: `12`, `"12.5"`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i128);

impl Amount {
    /// One.
    pub const ONE: Self = Self(SCALE);

    /// So many.
    pub fn of(count: usize) -> Self {
        Self::from(count as u64)
    }

    /// In millionths.
    pub fn millionths(self) -> i128 {
        self.0
    }

    /// So many of so many parts of a number, rounded down to a whole one.
    pub fn part(of: &Decimal, parts: i64, whole: i64) -> Self {
        let share = of.millionths().saturating_mul(i128::from(parts)) / i128::from(whole.max(1));
        Self(share / SCALE * SCALE)
    }

    /// The whole number, when it is one.
    pub fn whole(self) -> Option<i64> {
        (self.0 % SCALE == 0).then(|| i64::try_from(self.0 / SCALE).ok()).flatten()
    }

    /// The nearest floating-point number, for drawing only.
    #[allow(clippy::cast_precision_loss)]
    pub fn approximately(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

impl From<u64> for Amount {
    fn from(count: u64) -> Self {
        Self(i128::from(count) * SCALE)
    }
}

impl From<&Decimal> for Amount {
    fn from(decimal: &Decimal) -> Self {
        Self(decimal.millionths())
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) =
            (self.0.unsigned_abs() / SCALE.unsigned_abs(), self.0.unsigned_abs() % SCALE.unsigned_abs());
        if fraction == 0 {
            return write!(out, "{sign}{whole}");
        }
        let digits = format!("{fraction:06}");
        write!(out, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(i64),
            Exact(Decimal),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Whole(whole) => Self(i128::from(whole) * SCALE),
            Written::Exact(decimal) => Self::from(&decimal),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_add_exactly_and_are_written_as_short_as_they_are() {
        let half: Amount = Amount::from(&"2.50".parse::<Decimal>().unwrap());
        assert_eq!(half.to_string(), "2.5");
        assert_eq!(serde_json::to_string(&[half, half + half, Amount::of(3)]).unwrap(), r#"["2.5",5,3]"#);
        assert_eq!(serde_json::from_str::<Amount>("\"2.5\"").unwrap(), half);
    }
}
