//! How days, moments and numbers are written. The order of day, month and year is the language's own message
//! (`date-day`), and so are the names of months and weekdays.

use chrono::{Datelike, Timelike};
use koinon_events::value::{Day, Month, Timestamp};

use super::{Locale, Said, spoken};

/// A whole number with the spoken language's mark between thousands: 1 482.
pub fn number(value: i64) -> String {
    let digits = grouped(&value.unsigned_abs().to_string());
    if value < 0 { format!("−{digits}") } else { digits }
}

/// Digits in groups of three, as the spoken language writes them.
fn grouped(digits: &str) -> String {
    let thousands = &spoken().marks.0;
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push_str(thousands);
        }
        out.push(digit);
    }
    out
}

/// A decimal as it is kept, with the spoken language's marks: "1 482.5".
pub fn decimal(kept: &str) -> String {
    let (sign, size) = kept.strip_prefix('-').map_or(("", kept), |size| ("−", size));
    let (whole, fraction) = size.split_once('.').map_or((size, None), |(whole, rest)| (whole, Some(rest)));
    let fraction = fraction.map(|rest| format!("{}{rest}", spoken().marks.1)).unwrap_or_default();
    format!("{sign}{}{fraction}", grouped(whole))
}

/// "June"
pub fn month_name(locale: &Locale, day: Day) -> String {
    name_of_month(locale, day.0.month())
}

fn name_of_month(locale: &Locale, month: u32) -> String {
    locale.t(&format!("month-{month}"))
}

/// "13 June 2022"
pub fn day(locale: &Locale, day: Day) -> String {
    let (of_month, year) = (day.0.day().to_string(), day.0.year().to_string());
    let month = name_of_month(locale, day.0.month());
    locale
        .say("date-day", &[("day", Said::Text(&of_month)), ("month", Said::Text(&month)), ("year", Said::Text(&year))])
}

/// "13 June"
pub fn day_and_month(locale: &Locale, day: Day) -> String {
    let of_month = day.0.day().to_string();
    let month = name_of_month(locale, day.0.month());
    locale.say("date-day-and-month", &[("day", Said::Text(&of_month)), ("month", Said::Text(&month))])
}

/// "Monday 13 June"
pub fn weekday_and_day(locale: &Locale, day: Day) -> String {
    let weekday = locale.t(&format!("weekday-{}", day.0.weekday().number_from_monday()));
    let rest = day_and_month(locale, day);
    locale.say("date-weekday-and-day", &[("weekday", Said::Text(&weekday)), ("day", Said::Text(&rest))])
}

/// "June 2022"
pub fn month(locale: &Locale, month: Month) -> String {
    let (name, year) = (name_of_month(locale, month.month), month.year.to_string());
    locale.say("date-month", &[("month", Said::Text(&name)), ("year", Said::Text(&year))])
}

/// "14:03"
pub fn time_of_day(moment: Timestamp) -> String {
    format!("{:02}:{:02}", moment.moment().hour(), moment.moment().minute())
}

/// "13 June 2022, 14:03 UTC"
pub fn moment(locale: &Locale, moment: Timestamp) -> String {
    let (date, time) = (day(locale, moment.day()), time_of_day(moment));
    locale.say("date-moment", &[("day", Said::Text(&date)), ("time", Said::Text(&time))])
}
