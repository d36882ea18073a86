//! The programme's months as a rule: those gone, the one now, those to come, and the phases under them.

use chrono::{Datelike, NaiveDate};
use koinon_events::value::Day;
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::{Said, month_name};
use crate::web::asked::Asked;
use crate::web::parts::{day_in, day_range};

/// Whole months from one date's month to another's, the first counted.
fn months_between(from: NaiveDate, to: NaiveDate) -> i32 {
    (to.year() - from.year()) * 12 + to.month().cast_signed() - from.month().cast_signed() + 1
}

/// The rule of a programme, with the month shown marked.
pub fn rule(asked: &Asked, programme: &Value, from: Day, to: Day) -> Markup {
    let locale = asked.locale;
    let total = months_between(from.0, to.0).clamp(1, 60);
    let now = months_between(from.0, asked.day().0).clamp(0, total + 1);
    let words = match now {
        0 => locale.t("rule-before"),
        now if now > total => locale.t("rule-after"),
        now => locale.say("rule-month", &[("month", Said::Number(now.into())), ("total", Said::Number(total.into()))]),
    };
    let phases: Vec<&Value> = programme["phases"].as_array().into_iter().flatten().collect();
    let spoken: Vec<String> = phases
        .iter()
        .map(|phase| {
            let days = day_range(locale, day_in(&phase["from"]), day_in(&phase["to"]));
            format!("{}, {days}", phase["name"].as_str().unwrap_or_default())
        })
        .collect();
    let step = 540.0 / f64::from(total);
    let width = step - 3.0;
    let letters: Vec<String> = (0..total)
        .map(|index| {
            let date = from.0.checked_add_months(chrono::Months::new(index.unsigned_abs())).unwrap_or(from.0);
            initial(&month_name(locale, Day(date)))
        })
        .collect();
    html! {
        div.rule18 {
            p.now { (words) }
            svg viewBox="0 0 537 62" role="img" aria-label={ (words) ". " (spoken.join("; ")) } {
                @for (index, letter) in letters.iter().enumerate() {
                    @let place = i32::try_from(index).unwrap_or(0);
                    @let x = step * f64::from(place);
                    @if place + 1 == now {
                        rect."m cur" x=(short(x + 0.75)) y="0.75" width=(short(width - 1.5)) height="18.5" {}
                    } @else {
                        rect class={ "m" @if place + 1 < now { " done" } } x=(short(x)) y="2" width=(short(width)) height="15" {}
                    }
                    text class=[(place + 1 == now).then_some("c")] x=(short(x + width / 2.0)) y="33" text-anchor="middle" { (letter) }
                }
                @for phase in &phases { (bracket(phase, from, step, total)) }
            }
        }
    }
}

fn bracket(phase: &Value, start: Day, step: f64, total: i32) -> Markup {
    let (Some(from), Some(to)) = (day_in(&phase["from"]), day_in(&phase["to"])) else { return html! {} };
    let first = (months_between(start.0, from.0) - 1).clamp(0, total);
    let last = months_between(start.0, to.0).clamp(0, total);
    let (left, right) = (step * f64::from(first) + 1.0, step * f64::from(last) - 4.0);
    let name = phase["name"].as_str().unwrap_or_default();
    html! {
        path.ph d={ "M" (short(left)) " 41v4H" (short(right)) "v-4" } {}
        text x=(short(f64::midpoint(left, right))) y="59" text-anchor="middle" { (name) }
    }
}

fn short(value: f64) -> String {
    format!("{value:.1}")
}

/// The first letter of a month's name, or its number where that is its name.
fn initial(name: &str) -> String {
    let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() { name.chars().take(1).collect() } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_from_the_first() {
        let date = |text: &str| text.parse().unwrap();
        assert_eq!(months_between(date("2021-10-01"), date("2023-03-31")), 18);
        assert_eq!(months_between(date("2021-10-01"), date("2022-06-15")), 9);
        assert_eq!(months_between(date("2021-10-01"), date("2021-09-30")), 0);
    }
}
