//! Days, months, hours and moments. A day is a calendar date in the host's zone; a moment is UTC to the microsecond.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Text;

/// Gives a value read from and written as one text its serde and schema.
macro_rules! as_text {
    ($name:ident, $schema:tt) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let Text(text) = Text::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
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

/// A calendar date, `2022-06-13`, from the year 1900 to 2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Whole days from `self` to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        (other.0 - self.0).num_days()
    }

    /// The day so many days later (earlier when negative); stays where it is at the calendar's end.
    pub fn plus_days(self, days: i64) -> Day {
        Day(self.0.checked_add_signed(TimeDelta::days(days)).unwrap_or(self.0))
    }

    /// The month the day lies in.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not by a pattern: days and moments are most of what is written, and a pattern is read anew each time.
        self.0.fmt(out)
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        date(text.as_bytes())
            .filter(|date| (1900..2200).contains(&date.year()))
            .map(Day)
            .ok_or_else(|| format!("{text:?} is not a date of the calendar such as 2022-06-13"))
    }
}

/// `2022-06-13`, nothing before or after it.
fn date(text: &[u8]) -> Option<NaiveDate> {
    let [year @ .., b'-', m, n, b'-', d, e] = text else { return None };
    let year = number(year).filter(|_| year.len() == 4)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(&[*m, *n])?, number(&[*d, *e])?)
}

/// `09:30`, nothing before or after it.
fn time(text: &[u8]) -> Option<NaiveTime> {
    let [h, i, b':', m, n] = text else { return None };
    NaiveTime::from_hms_opt(number(&[*h, *i])?, number(&[*m, *n])?, 0)
}

/// A number of a few digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

as_text!(Day, { "type": "string", "format": "date" });

/// A calendar month, `2022-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year, four digits.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        format!("{text}-01")
            .parse::<Day>()
            .map(Day::month)
            .map_err(|_| format!("{text:?} is not a month such as 2022-06"))
    }
}

as_text!(Month, { "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" });

/// A time of day in the host's zone, `09:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(pub NaiveTime);

impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl FromStr for LocalTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        time(text.as_bytes()).map(LocalTime).ok_or_else(|| format!("{text:?} is not a time of day such as 09:30"))
    }
}

as_text!(LocalTime, { "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" });

/// A day and a time of day on the clocks of some zone, `2022-03-10T14:30`. The zone stands in a field beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalMoment(pub NaiveDateTime);

impl LocalMoment {
    /// The day.
    pub fn day(self) -> Day {
        Day(self.0.date())
    }

    /// The time of day.
    pub fn time(self) -> LocalTime {
        LocalTime(self.0.time())
    }
}

impl fmt::Display for LocalMoment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}T{}", self.day(), self.time())
    }
}

impl FromStr for LocalMoment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('T').and_then(|(day, time)| {
            let time = time.strip_suffix(":00").filter(|rest| rest.len() == 5).unwrap_or(time);
            Some((day.parse::<Day>().ok()?, time.parse::<LocalTime>().ok()?))
        });
        parts
            .map(|(day, time)| Self(day.0.and_time(time.0)))
            .ok_or_else(|| format!("{text:?} is not a day and time of day such as 2022-03-10T14:30"))
    }
}

as_text!(LocalMoment, { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:00)?$" });

/// A moment in UTC, always written with six decimals: `2022-04-04T09:30:00.123456Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Cuts what is finer than a microsecond, so that every store gives back what it was given.
    pub fn new(moment: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(moment.timestamp_micros()).unwrap_or(moment))
    }

    /// The moment so many microseconds after 1970.
    pub fn from_micros(micros: i64) -> Self {
        Self(DateTime::from_timestamp_micros(micros).unwrap_or_default())
    }

    /// Microseconds since 1970.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The UTC date.
    pub fn day(self) -> Day {
        Day(self.0.date_naive())
    }

    /// The moment as chrono has it.
    pub fn moment(self) -> DateTime<Utc> {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date_naive(), self.0.time());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        write!(out, "{date}T{hour:02}:{minute:02}:{second:02}.{:06}Z", self.0.timestamp_subsec_micros())
    }
}

impl FromStr for Timestamp {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        DateTime::parse_from_rfc3339(text)
            .ok()
            .map(|moment| moment.with_timezone(&Utc))
            .filter(|moment| (1900..2200).contains(&moment.year()))
            .map(Self::new)
            .ok_or_else(|| format!("{text:?} is not a moment such as 2022-04-04T09:30:00Z"))
    }
}

as_text!(Timestamp, { "type": "string", "format": "date-time" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        assert!("2022-02-28".parse::<Day>().is_ok());
        for wrong in ["2022-02-30", "2022-13-01", "22-01-01", "2022-1-1", "+2022-01-1", "9999-12-31", "2022- 6-13", ""]
        {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_local_moment_is_a_day_and_a_time_without_a_zone() {
        assert_eq!("2022-03-10T14:30".parse::<LocalMoment>().unwrap().to_string(), "2022-03-10T14:30");
        assert_eq!("2022-03-10T14:00:00".parse::<LocalMoment>().unwrap().to_string(), "2022-03-10T14:00");
        for wrong in ["2022-03-10", "2022-03-10 14:30", "2022-03-10T24:00", "2022-03-10T14:30Z", "2022-02-30T10:00"] {
            assert!(wrong.parse::<LocalMoment>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_and_times_are_written_as_they_are_read() {
        for day in ["1900-01-01", "2022-06-13", "2199-12-31"] {
            assert_eq!(day.parse::<Day>().unwrap().to_string(), day);
        }
        for time in ["00:00", "09:30", "23:59"] {
            assert_eq!(time.parse::<LocalTime>().unwrap().to_string(), time);
        }
        for wrong in ["24:00", "9:30", "09:60", "09:3", "+9:30", " 9:30", "09:30:00", ""] {
            assert!(wrong.parse::<LocalTime>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_moment_always_has_six_decimals_and_says_utc() {
        let moment: Timestamp = "2022-04-04T11:30:00.1234567+02:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2022-04-04T09:30:00.123456Z");
        assert_eq!("2022-04-04T09:30:00Z".parse::<Timestamp>().unwrap().to_string(), "2022-04-04T09:30:00.000000Z");
    }
}
