//! The rules of a time zone as a calendar program wants them (VTIMEZONE, RFC 5545 §3.6.5): each change of the clocks in
//! the years that are used, from the IANA database.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// The zone's rules around the years it is used in; nothing for a zone that is not known.
pub fn rules(zone: &str, years: &BTreeSet<i32>) -> String {
    let (Ok(tz), Some(first), Some(last)) = (zone.parse::<Tz>(), years.first(), years.last()) else {
        return String::new();
    };
    let (Some(from), Some(to)) = (new_year(first - 1), new_year(last + 2)) else { return String::new() };
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{zone}")];
    let mut before = seconds(tz, from);
    observance(&mut lines, tz, from, before);
    let mut day = from;
    while day < to {
        let next = day + Duration::days(1);
        let after = seconds(tz, next);
        if after != before {
            observance(&mut lines, tz, change(tz, day, next), before);
            before = after;
        }
        day = next;
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines.iter().map(|line| format!("{line}\r\n")).collect()
}

fn new_year(year: i32) -> Option<DateTime<Utc>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?.and_hms_opt(0, 0, 0)?.and_utc())
}

/// Seconds east of UTC at a moment.
fn seconds(tz: Tz, at: DateTime<Utc>) -> i32 {
    tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// The minute at which the offset changes within a day.
fn change(tz: Tz, mut before: DateTime<Utc>, mut after: DateTime<Utc>) -> DateTime<Utc> {
    let old = seconds(tz, before);
    while after - before > Duration::minutes(1) {
        let middle = before + Duration::minutes((after - before).num_minutes() / 2);
        if seconds(tz, middle) == old { before = middle } else { after = middle }
    }
    after
}

/// One stretch of time with one offset, from a moment on.
fn observance(lines: &mut Vec<String>, tz: Tz, at: DateTime<Utc>, from: i32) {
    let offset = tz.offset_from_utc_datetime(&at.naive_utc());
    let kind = if offset.dst_offset().is_zero() { "STANDARD" } else { "DAYLIGHT" };
    let local = at.naive_utc() + Duration::seconds(i64::from(from));
    lines.push(format!("BEGIN:{kind}"));
    lines.push(format!("DTSTART:{}", local.format("%Y%m%dT%H%M%S")));
    lines.push(format!("TZOFFSETFROM:{}", written(from)));
    lines.push(format!("TZOFFSETTO:{}", written(offset.fix().local_minus_utc())));
    if let Some(name) = offset.abbreviation() {
        lines.push(format!("TZNAME:{name}"));
    }
    lines.push(format!("END:{kind}"));
}

/// `+0200`, `-0230`.
fn written(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!("{sign}{:02}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_in_st_johns_is_two_and_a_half_hours_behind() {
        let text = rules("America/St_Johns", &BTreeSet::from([2022]));
        let summer =
            "BEGIN:DAYLIGHT\r\nDTSTART:20220313T020000\r\nTZOFFSETFROM:-0330\r\nTZOFFSETTO:-0230\r\nTZNAME:NDT\r\n";
        assert!(text.contains(summer), "{text}");
    }

    #[test]
    fn where_the_clocks_never_change_one_rule_is_enough() {
        let text = rules("Africa/Johannesburg", &BTreeSet::from([2022]));
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 1, "{text}");
        assert!(!text.contains("DAYLIGHT"));
    }

    #[test]
    fn the_hour_of_the_change_is_told_by_the_clock_before_it() {
        let text = rules("Europe/Lisbon", &BTreeSet::from([2022]));
        assert!(text.contains("DTSTART:20220327T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100"), "{text}");
        assert!(text.contains("DTSTART:20221030T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000"), "{text}");
    }
}
