//! An indicator as a line: baseline, target and each value over the months. The table below it says the same in numbers, so
//! the picture has one sentence as its text.

use koinon_events::value::Month;
use maud::{Markup, html};
use serde_json::Value;

use crate::locale::{Said, decimal, month};
use crate::web::asked::Asked;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 240.0;
/// Room for the labels of baseline and target.
const RIGHT: f64 = 150.0;
const EDGE: f64 = 18.0;
/// Two labels closer than this are moved apart.
const LABEL: f64 = 18.0;

/// One value: the month counted from year 0, the number, the number as written.
struct Point<'a> {
    at: i32,
    month: Month,
    value: f64,
    text: &'a str,
}

/// The picture; nothing before the first value.
pub fn chart(asked: &Asked, item: &Value) -> Markup {
    let mut points: Vec<Point> = item["measurements"].as_array().into_iter().flatten().filter_map(point).collect();
    points.sort_by_key(|point| point.at);
    let number = |field: &str| item[field].as_str().and_then(|text| text.parse::<f64>().ok());
    let (Some(first), Some(last), Some(baseline), Some(target)) =
        (points.first(), points.last(), number("baseline"), number("target"))
    else {
        return html! {};
    };
    let values = points.iter().map(|point| point.value).chain([baseline, target]);
    let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let y = |value: f64| HEIGHT - EDGE - (value - low) / span(high - low) * (HEIGHT - 2.0 * EDGE);
    let months = span(f64::from(last.at - first.at));
    let x = |point: &Point| EDGE + f64::from(point.at - first.at) / months * (WIDTH - RIGHT - 2.0 * EDGE);
    let path: Vec<String> = points.iter().map(|point| format!("{:.1},{:.1}", x(point), y(point.value))).collect();
    let (base, aim) = apart(y(baseline), y(target));
    let edge = WIDTH - RIGHT;
    html! {
        svg.line viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(told(asked, item, last)) {
            line.base x1="0" x2=(edge) y1=(y(baseline)) y2=(y(baseline)) {}
            line.targ x1="0" x2=(edge) y1=(y(target)) y2=(y(target)) {}
            text.lab x=(edge + 8.0) y=(base + 4.0) { (named(asked, "chart-baseline", item, "baseline")) }
            text.lab x=(edge + 8.0) y=(aim + 4.0) { (named(asked, "chart-target", item, "target")) }
            polyline.act points=(path.join(" ")) {}
            @for (index, point) in points.iter().enumerate() {
                circle.last[index + 1 == points.len()] cx=(format!("{:.1}", x(point))) cy=(format!("{:.1}", y(point.value))) r=(if index + 1 == points.len() { 6 } else { 4 }) {}
            }
            text."lab b" x=(format!("{:.1}", x(last) + 10.0)) y=(format!("{:.1}", (y(last.value) - 10.0).max(14.0))) { (decimal(last.text)) }
        }
    }
}

fn point(value: &Value) -> Option<Point<'_>> {
    let month: Month = value["period"].as_str()?.parse().ok()?;
    let text = value["value"].as_str()?;
    let at = month.year * 12 + i32::try_from(month.month).ok()?;
    Some(Point { at, month, value: text.parse().ok()?, text })
}

/// Never nothing, so that one value alone has a place.
fn span(length: f64) -> f64 {
    if length > 0.0 { length } else { 1.0 }
}

/// Where two labels stand so that neither covers the other.
fn apart(one: f64, other: f64) -> (f64, f64) {
    if (one - other).abs() >= LABEL {
        return (one, other);
    }
    let middle = f64::midpoint(one, other).clamp(LABEL, HEIGHT - LABEL);
    let half = LABEL / 2.0;
    if one > other { (middle + half, middle - half) } else { (middle - half, middle + half) }
}

fn named(asked: &Asked, key: &str, item: &Value, field: &str) -> String {
    asked.locale.say(key, &[("value", Said::Text(&decimal(item[field].as_str().unwrap_or_default())))])
}

fn told(asked: &Asked, item: &Value, last: &Point<'_>) -> String {
    let text = |field: &str| item[field].as_str().unwrap_or_default().to_owned();
    let (name, unit, baseline, target) = (text("name"), text("unit"), text("baseline"), text("target"));
    let when = month(asked.locale, last.month);
    let values = [
        ("name", Said::Text(&name)),
        ("unit", Said::Text(&unit)),
        ("baseline", Said::Text(&baseline)),
        ("target", Said::Text(&target)),
        ("value", Said::Text(last.text)),
        ("month", Said::Text(&when)),
    ];
    asked.locale.say("chart-told", &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_cover_each_other_are_moved_apart() {
        assert_eq!(apart(20.0, 200.0), (20.0, 200.0));
        let (one, other) = apart(100.0, 101.0);
        assert!((other - one - LABEL).abs() < 0.01 && one < other);
        let (one, other) = apart(101.0, 100.0);
        assert!(one > other, "what is higher stays higher");
    }

    #[test]
    fn a_value_without_a_month_or_number_is_no_point() {
        assert!(point(&serde_json::json!({ "period": "2022-10", "value": "310.5" })).is_some());
        assert!(point(&serde_json::json!({ "period": "soon", "value": "310.5" })).is_none());
    }
}
