//! The sample programme is whole: its figures are the ones derived by hand from the story, and every row of its history
//! became a command or stands in the list of those left out, with the cause.

use std::collections::{BTreeMap, BTreeSet};

use koinon::sample;
use serde_json::Value;

use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(the_figures_of_the_demo_are_the_ones_derived_by_hand);

/// A figure: its value, how many entries it counts, how many it does not.
type Figure = (String, usize, usize);

fn expected() -> BTreeMap<String, Figure> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected-figures.csv");
    let mut table = csv::Reader::from_path(path).unwrap();
    let rows = table.records().map(Result::unwrap);
    rows.map(|row| (row[0].to_owned(), (row[1].to_owned(), row[3].parse().unwrap(), row[4].parse().unwrap()))).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The parts a figure is told in, under the codes that the hand count gives them: pilots by stage, visits by direction.
fn split(figure: &Value) -> BTreeMap<String, Figure> {
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    for part in figure["parts"].as_array().unwrap() {
        let code = match (figure["code"].as_str().unwrap(), part["name"].as_str().unwrap()) {
            ("pilots-launched", "launched") => "pilots-under-way".to_owned(),
            ("pilots-launched", stage) => format!("pilots-{stage}"),
            ("visits-held", "Europe → Europe") => "visits-held-within-europe".to_owned(),
            ("visits-held", direction) if direction.ends_with("→ Europe") => "visits-held-to-europe".to_owned(),
            ("visits-held", _) => "visits-held-from-europe".to_owned(),
            _ => continue,
        };
        *sums.entry(code).or_default() += part["value"].as_u64().unwrap();
    }
    let as_figure = |sum: u64| (sum.to_string(), usize::try_from(sum).unwrap(), 0);
    sums.into_iter().map(|(code, sum)| (code, as_figure(sum))).collect()
}

async fn the_figures_of_the_demo_are_the_ones_derived_by_hand(place: Place) {
    let server = place.start("demo");
    let token = place.token("auditor");
    let told = server.get("/api/indicators", &token).await.expect(200).json();
    let mut found: BTreeMap<String, Figure> = told["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| {
            let entries = |name: &str| figure[name].as_array().unwrap().len();
            (text(&figure["code"]), (text(&figure["value"]), entries("counted"), entries("not_counted")))
        })
        .collect();
    found.extend(told["figures"].as_array().unwrap().iter().flat_map(split));
    let expected = expected();
    let differences: Vec<String> = expected
        .iter()
        .filter(|(code, figure)| found.get(*code) != Some(*figure))
        .map(|(code, figure)| format!("{code}: {:?}, by hand {figure:?}", found.get(code)))
        .collect();
    assert!(differences.is_empty(), "value, counted, not counted:\n  {}", differences.join("\n  "));
    let strange: Vec<&String> = found.keys().filter(|code| !expected.contains_key(*code)).collect();
    assert!(strange.is_empty(), "figures nobody derived by hand: {strange:?}");
    server.stop();
    place.verify();
}

#[test]
fn every_row_of_the_history_is_a_command_or_left_out_with_a_cause() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sample/history.csv");
    let rows = csv::Reader::from_path(path).unwrap().records().count();
    let told: BTreeSet<u32> = sample::story().iter().filter_map(|step| step.from_row).collect();
    let left_out: BTreeMap<u32, &str> = sample::LEFT_OUT.iter().copied().collect();
    let missing: Vec<u32> =
        (1..=u32::try_from(rows).unwrap()).filter(|row| !told.contains(row) && !left_out.contains_key(row)).collect();
    assert!(missing.is_empty(), "rows of which nothing became: {missing:?}");
    for (row, cause) in left_out {
        assert!(!told.contains(&row), "row {row} is told and left out");
        assert!(cause.len() > 20, "row {row} is left out without a cause");
    }
}
