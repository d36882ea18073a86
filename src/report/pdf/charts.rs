//! Charts: how far figures are towards their targets, and pilots from baseline to target. Each says the same in words.

use koinon_paper::{Anchoring, Block, Colour, Drawing, Face, Look, Mark, Outline};
use koinon_projections::report::{Amount, Figure, IndicatorTold, PilotTold};

use super::hand::Hand;
use crate::locale::Said;

const NAME: Look = Look::new(Face::Sans, 7.6);
const SMALL: Look = Look::new(Face::Sans, 7.0).in_colour(Colour::INK_3);
const WIDTH: f32 = 471.0;
/// Where bars begin and end.
const BEGIN: f32 = 190.0;
const END: f32 = 430.0;
const STEP: f32 = 19.0;

fn words(x: f32, y: f32, text: String, look: Look, anchoring: Anchoring) -> Mark {
    Mark::Words { x, y, text, look, anchoring }
}

fn bar(from: f32, to: f32, y: f32, height: f32, colour: Colour) -> Mark {
    Mark::filled(Outline::rectangle(from.min(to), y, (to - from).abs().max(0.8), height), colour)
}

/// A name that fits before the bars.
fn short(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() <= 44 { name.to_owned() } else { letters[..42].iter().collect::<String>() + "…" }
}

/// Figures with a target above nothing, as bars.
pub(super) fn towards(hand: &mut Hand<'_>) {
    let figures = hand.report.document.figures.figures.iter();
    let aimed: Vec<(&Figure, Amount)> = figures
        .filter_map(|figure| Some((figure, Amount::from(figure.target.as_ref()?))))
        .filter(|(_, target)| *target > Amount::default())
        .collect();
    if aimed.is_empty() {
        return;
    }
    let (mut marks, mut told) = (Vec::new(), Vec::new());
    let mut y = 6.0;
    for (figure, target) in &aimed {
        #[allow(clippy::cast_possible_truncation, reason = "a place on paper")]
        let share = (figure.value.approximately() / target.approximately()).clamp(0.0, 1.0) as f32;
        marks.push(words(0.0, y + 7.2, short(&figure.name), NAME, Anchoring::Start));
        marks.push(bar(BEGIN, END, y, 9.0, Colour::BLUE_TINT));
        if share > 0.0 {
            marks.push(bar(BEGIN, BEGIN + (END - BEGIN) * share, y, 9.0, Colour::BLUE_MID));
        }
        marks.push(bar(END - 0.7, END + 0.7, y - 2.0, 13.0, Colour::INK));
        let (value, aim) = (hand.amount(figure.value), hand.amount(*target));
        marks.push(words(WIDTH, y + 7.2, format!("{value} / {aim}"), SMALL, Anchoring::End));
        let values = [("name", Said::Text(&figure.name)), ("value", Said::Text(&value)), ("target", Said::Text(&aim))];
        told.push(hand.say("paper-towards-one", &values));
        y += STEP;
    }
    let told = hand.say("paper-towards-told", &[("list", Said::Text(&told.join("; ")))]);
    hand.head(koinon_paper::Level::Three, hand.t("paper-towards"), "towards");
    hand.blocks.push(Block::Drawing(Drawing { width: WIDTH, height: y, told, marks, keeps: false }));
}

/// A pilot's indicators: each from its baseline to its target, and where it stands.
pub(super) fn pilot(hand: &mut Hand<'_>, pilot: &PilotTold) {
    if pilot.indicators.is_empty() {
        return;
    }
    let (mut marks, mut told) = (legend(hand), Vec::new());
    let mut y = 22.0;
    for indicator in &pilot.indicators {
        marks.extend(measured(hand, indicator, y));
        told.push(spoken(hand, indicator));
        y += 30.0;
    }
    let told = hand.say("paper-pilot-told", &[("list", Said::Text(&told.join("; ")))]);
    hand.blocks.push(Block::Drawing(Drawing { width: WIDTH, height: y, told, marks, keeps: true }));
}

fn legend(hand: &Hand<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut x = BEGIN;
    for (key, sign) in [("paper-legend-baseline", 'b'), ("paper-legend-actual", 'a'), ("paper-legend-target", 't')] {
        marks.extend(sign_at(sign, x + 4.0, 7.0));
        marks.push(words(x + 12.0, 9.5, hand.t(key), SMALL, Anchoring::Start));
        x += 62.0;
    }
    marks
}

/// The signs: a ring for the baseline, a dot for what is, a flag for the target.
fn sign_at(sign: char, x: f32, y: f32) -> Vec<Mark> {
    match sign {
        'b' => vec![
            Mark::filled(Outline::circle(x, y, 3.2), Colour::WHITE),
            Mark::drawn(Outline::circle(x, y, 3.2), Colour::INK_3, 1.1),
        ],
        'a' => vec![Mark::filled(Outline::circle(x, y, 4.0), Colour::BLUE)],
        _ => vec![bar(x - 0.8, x + 0.8, y - 6.5, 13.0, Colour::INK)],
    }
}

fn measured(hand: &Hand<'_>, indicator: &IndicatorTold, y: f32) -> Vec<Mark> {
    let [baseline, target] = [&indicator.baseline, &indicator.target].map(|value| Amount::from(value).approximately());
    let actual = indicator.actual.as_ref().map(|value| Amount::from(value).approximately());
    let all = [Some(baseline), Some(target), actual];
    let low = all.into_iter().flatten().fold(f64::INFINITY, f64::min);
    let high = all.into_iter().flatten().fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    // What gets less goes from left to right all the same: the target is where the way leads.
    let leads_down = target < baseline;
    let place = |value: f64| {
        let share = if leads_down { (high - value) / span } else { (value - low) / span };
        #[allow(clippy::cast_possible_truncation, reason = "a place on paper")]
        let share = share.clamp(0.0, 1.0) as f32;
        BEGIN + 4.0 + (END - BEGIN - 8.0) * share
    };
    let middle = y + 4.0;
    let mut marks = vec![
        words(0.0, y + 5.0, short(&indicator.name.to_string()), NAME, Anchoring::Start),
        words(0.0, y + 14.5, short(&indicator.unit.to_string()), SMALL, Anchoring::Start),
        bar(place(baseline), place(target), middle - 1.0, 2.0, Colour::LINE),
    ];
    if let Some(actual) = actual {
        marks.push(bar(place(baseline), place(actual), middle - 1.6, 3.2, Colour::BLUE_MID));
    }
    marks.extend(sign_at('t', place(target), middle));
    marks.extend(sign_at('b', place(baseline), middle));
    if let Some(actual) = actual {
        marks.extend(sign_at('a', place(actual), middle));
    }
    let told = |value: &koinon_events::value::Decimal| hand.amount(Amount::from(value));
    let end = |value: f64| if place(value) > (BEGIN + END) / 2.0 { Anchoring::End } else { Anchoring::Start };
    marks.push(words(place(baseline), y + 15.5, told(&indicator.baseline), SMALL, end(baseline)));
    marks.push(words(place(target), y + 15.5, told(&indicator.target), SMALL, end(target)));
    let value = indicator.actual.as_ref().map_or_else(|| "–".to_owned(), told);
    marks.push(words(WIDTH, y + 6.5, value, Look::new(Face::SansBold, 8.4), Anchoring::End));
    marks
}

fn spoken(hand: &Hand<'_>, indicator: &IndicatorTold) -> String {
    let told = |value: &koinon_events::value::Decimal| hand.amount(Amount::from(value));
    let actual = indicator.actual.as_ref().map_or_else(|| hand.t("paper-not-measured"), told);
    let values = [
        ("name", indicator.name.to_string()),
        ("unit", indicator.unit.to_string()),
        ("baseline", told(&indicator.baseline)),
        ("target", told(&indicator.target)),
        ("actual", actual),
    ];
    let said: Vec<(&str, Said<'_>)> = values.iter().map(|(key, value)| (*key, Said::Text(value.as_str()))).collect();
    hand.say("paper-pilot-one", &said)
}
