//! What a subject belongs to is worked out twice: by the law, from its state, for records and commands; and by the read
//! models, for lists and pages. Both must come to the same, so that there is one rule of who may see what.

use std::collections::BTreeSet;

use koinon::app::{Caller, EventFilter};
use koinon::domain::Scope;
use koinon::views::{Moment, Titled};
use koinon_events::{CityId, Kind, Record, Subject};

use crate::store::on_both_engines;
use crate::support::Place;
use crate::views::sample::sample_told;

on_both_engines!(the_law_and_the_read_models_agree_on_what_everything_belongs_to);

fn set<T: Ord + Copy>(values: &[T]) -> BTreeSet<T> {
    values.iter().copied().collect()
}

fn agree(subject: Subject, scope: &Scope, titled: &Titled) {
    assert_eq!(scope.programme, titled.programme, "{subject}: programme");
    // A city's row lists its partnerships as a filter; whoever sees a programme sees its cities.
    if subject.kind != Kind::City {
        assert_eq!(set(&scope.partnerships), set(&titled.partnerships), "{subject}: partnerships");
    }
    let cities: Vec<CityId> = scope.cities.iter().chain(&scope.onlookers).copied().collect();
    assert_eq!(set(&cities), set(&titled.cities), "{subject}: cities");
    assert_eq!(set(&scope.persons), set(&titled.persons), "{subject}: persons");
    assert_eq!(scope.is_published, titled.is_published, "{subject}: published");
}

async fn the_law_and_the_read_models_agree_on_what_everything_belongs_to(place: Place) {
    let koinon = sample_told(&place).await;
    let everybody = Caller::system("scopes").unwrap();
    let reading = koinon.records(&everybody, &EventFilter::default(), 0, 100_000).await.unwrap();
    let subjects: BTreeSet<Subject> =
        reading.records.iter().map(|stored| Record::parse(&stored.bytes).unwrap().subject).collect();
    let asked: Vec<Subject> = subjects.into_iter().filter(|subject| subject.kind != Kind::Log).collect();
    assert!(asked.len() > 150, "the sample holds something of everything: {}", asked.len());
    let titles = koinon.views().titles(&asked, Moment::Live).await.unwrap();
    for subject in asked {
        let scope = koinon.scope(subject).await.unwrap().unwrap();
        agree(subject, &scope, titles.get(&subject).unwrap_or_else(|| panic!("{subject} has no row")));
    }
}
