//! The chapters: the texts as they were written, visits and expert days, learnings, pilots.

use koinon_paper::{Block, Level, Paragraph, Run};
use koinon_projections::report::{Amount, PilotTold};

use super::charts;
use super::hand::{CELL, FAINT, Hand, LEDE, PROSE, STRONG, cell};
use crate::locale::Said;

/// The texts as they were written, each in its language.
pub(super) fn sections(hand: &mut Hand<'_>) {
    let document = &hand.report.document;
    hand.blocks.push(Block::NewPage);
    hand.head(Level::One, hand.t("paper-sections"), "sections");
    if document.sections.is_empty() {
        hand.text(hand.t("paper-sections-none"), LEDE);
    }
    for (at, section) in document.sections.iter().enumerate() {
        let name: &'static str = section.section.into();
        let name = hand.word(name);
        let title = match section.city {
            None => name,
            Some(city) => {
                let city = hand.name(city.into());
                hand.say("paper-section-of", &[("section", Said::Text(&name)), ("city", Said::Text(&city))])
            }
        };
        hand.head(Level::Two, title, &format!("section-{at}"));
        let language = section.language.as_ref().map(ToString::to_string).filter(|tag| *tag != hand.english.tag);
        for text in section.text.as_str().split("\n\n").filter(|text| !text.trim().is_empty()) {
            let runs = vec![Run::new(text.trim(), PROSE)];
            let text = Paragraph { runs, language: language.clone(), ..Paragraph::default() };
            hand.blocks.push(Block::Text(text));
        }
        let position = section.mark.position.to_string();
        hand.text(hand.say("paper-section-record", &[("position", Said::Text(&position))]), small());
    }
}

fn small() -> koinon_paper::Look {
    koinon_paper::Look { size: 7.4, ..FAINT }
}

pub(super) fn visits(hand: &mut Hand<'_>) {
    let visits = &hand.report.document.chapters.visits;
    hand.head(Level::One, hand.t("paper-visits"), "visits");
    if visits.is_empty() {
        hand.text(hand.t("paper-visits-none"), LEDE);
    }
    let row = |visit: &koinon_projections::report::VisitTold| {
        let status: &'static str = visit.status.into();
        let days = match (visit.from, visit.to) {
            (Some(from), Some(to)) => format!("{} – {}", hand.day(from), hand.day(to)),
            (one, other) => one.or(other).map(|day| hand.day(day)).unwrap_or_default(),
        };
        vec![
            cell(format!("{} → {}", visit.visitors.join(", "), visit.host), STRONG),
            cell(days, CELL),
            cell(hand.word(status), CELL),
            cell(visit.learnings.to_string(), CELL),
            cell(visit.position.to_string(), FAINT),
        ]
    };
    let rows = visits.iter().map(row).collect();
    let columns = [
        ("paper-visit", 2.6),
        ("paper-days", 2.2),
        ("paper-status", 1.1),
        ("paper-learnings-count", -0.9),
        ("paper-record", -0.8),
    ];
    hand.table(hand.t("paper-visits-table"), &columns, rows);
    expert_days(hand);
}

fn expert_days(hand: &mut Hand<'_>) {
    let figures = &hand.report.document.figures.figures;
    let Some(figure) = figures.iter().find(|figure| figure.code == "expert-days") else { return };
    hand.head(Level::Two, hand.t("paper-expert-days"), "expert-days");
    if figure.counted.is_empty() {
        hand.text(hand.t("paper-expert-days-none"), LEDE);
        return;
    }
    let value = hand.amount(figure.value);
    hand.text(hand.say("paper-expert-days-lede", &[("value", Said::Text(&value))]), LEDE);
    let row = |counted: &koinon_projections::report::Counted| {
        vec![
            cell(hand.name(counted.subject), STRONG),
            cell(hand.amount(counted.amount), CELL),
            cell(hand.events(&counted.positions), FAINT),
        ]
    };
    let rows = figure.counted.iter().map(row).collect();
    let columns = [("paper-visit", 2.6), ("paper-days", -0.8), ("paper-in-events", 2.2)];
    hand.table(hand.t("paper-expert-days-table"), &columns, rows);
}

pub(super) fn learnings(hand: &mut Hand<'_>) {
    let learnings = &hand.report.document.chapters.learnings;
    hand.head(Level::One, hand.t("paper-learnings"), "learnings");
    if learnings.is_empty() {
        hand.text(hand.t("paper-learnings-none"), LEDE);
    }
    let row = |learning: &koinon_projections::report::LearningTold| {
        let status: &'static str = learning.status.into();
        vec![
            cell(learning.title.to_string(), STRONG),
            cell(learning.origin.clone(), CELL),
            cell(hand.word(status), CELL),
            cell(learning.position.to_string(), FAINT),
        ]
    };
    let rows = learnings.iter().map(row).collect();
    let columns = [("paper-learning", 3.4), ("paper-origin", 1.4), ("paper-status", 1.0), ("paper-record", -0.8)];
    hand.table(hand.t("paper-learnings-table"), &columns, rows);
}

pub(super) fn pilots(hand: &mut Hand<'_>) {
    let pilots = &hand.report.document.chapters.pilots;
    hand.head(Level::One, hand.t("paper-pilots"), "pilots");
    if pilots.is_empty() {
        hand.text(hand.t("paper-pilots-none"), LEDE);
    }
    for pilot in pilots {
        told(hand, pilot);
    }
}

fn told(hand: &mut Hand<'_>, pilot: &PilotTold) {
    hand.head(Level::Two, pilot.title.to_string(), &format!("pilot-{}", pilot.pilot));
    let status: &'static str = pilot.status.into();
    let (cities, status, position) = (pilot.cities.join(", "), hand.english.word(status), pilot.position.to_string());
    let values =
        [("cities", Said::Text(&cities)), ("status", Said::Text(&status)), ("position", Said::Text(&position))];
    let runs = vec![Run::new(hand.say("paper-pilot-about", &values), LEDE)];
    hand.blocks.push(Block::Text(Paragraph { runs, keeps: true, ..Paragraph::default() }));
    charts::pilot(hand, pilot);
    let row = |indicator: &koinon_projections::report::IndicatorTold| {
        let amount = |value: &koinon_events::value::Decimal| hand.amount(Amount::from(value));
        let actual = indicator.actual.as_ref().map_or_else(|| hand.t("paper-not-measured"), amount);
        vec![
            cell(indicator.name.to_string(), STRONG),
            cell(indicator.unit.to_string(), FAINT),
            cell(amount(&indicator.baseline), CELL),
            cell(amount(&indicator.target), CELL),
            cell(actual, STRONG),
            cell(indicator.position.map(|position| position.to_string()).unwrap_or_default(), FAINT),
        ]
    };
    let rows = pilot.indicators.iter().map(row).collect();
    let columns = [
        ("paper-measured", 2.6),
        ("paper-unit", 1.4),
        ("paper-baseline", -1.0),
        ("paper-target", -1.0),
        ("paper-actual", -1.0),
        ("paper-record", -0.8),
    ];
    hand.table(hand.t("paper-pilot-table"), &columns, rows);
}
