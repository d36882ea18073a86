//! The sample programme, told by real commands: its figures are those counted by hand, its past stays as it was.

use std::collections::HashMap;
use std::time::Duration;

use koinon::app::{Caller, Koinon, Order, Start};
use koinon::clock::Clock;
use koinon::sample::{self, Step};
use koinon::views::{Moment, Period};
use koinon_events::value::Day;
use koinon_events::{PersonId, ProgrammeId, Record};
use koinon_projections::dashboard::dashboard;
use koinon_projections::report::{Amount, Figure, figures};
use koinon_projections::{Entry, Memory, Sight, Wanted};

use super::story::everything;
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(the_sample_adds_up_to_what_was_counted_by_hand_and_its_past_stays_as_it_was);

async fn open(place: &Place) -> Koinon {
    let start = Start { database: place.url.clone(), ..Start::within(place.folder()) };
    Koinon::open(&start, Clock::simulated(sample::before()[0].at)).await.unwrap()
}

/// The whole sample programme in a log of its own.
pub async fn sample_told(place: &Place) -> Koinon {
    let koinon = open(place).await;
    tell(&koinon, &sample::before()).await;
    koinon
}

async fn tell(koinon: &Koinon, steps: &[Step]) {
    for step in steps {
        koinon.clock().advance_to(step.at);
        let caller = match step.as_whom {
            sample::SET_UP => Caller::system(sample::SET_UP).unwrap(),
            key => koinon.person(PersonId(sample::person_id(key))).await.unwrap().unwrap(),
        };
        let body = step.body.as_object().cloned().unwrap();
        let order = Order { name: step.command.to_owned(), body, ..Order::default() };
        koinon
            .execute(&caller, order)
            .await
            .unwrap_or_else(|refusal| panic!("{} {}: {refusal}", step.at, step.command));
    }
    let head = koinon.head().await.unwrap().position;
    koinon.views().wait_for(head, Duration::from_secs(60)).await.unwrap();
}

/// Every row, the dashboard and the figures, as answered.
async fn answers(koinon: &Koinon, at: Moment, day: Day) -> Vec<String> {
    let (views, programme) = (koinon.views(), ProgrammeId(sample::programme_subject().id));
    let dashboard = views.dashboard(programme, at, day, Sight::default()).await.unwrap().unwrap();
    let figures = views.figures(programme, Period::default(), at, day, Sight::default()).await.unwrap().unwrap();
    assert_eq!(dashboard.position, figures.position);
    let mut all: Vec<String> = everything(views, at)
        .await
        .into_iter()
        .flat_map(|(name, rows)| [name.to_owned()].into_iter().chain(rows))
        .collect();
    all.push(serde_json::to_string(&dashboard.value).unwrap());
    all.push(serde_json::to_string(&figures.value).unwrap());
    all
}

async fn the_sample_adds_up_to_what_was_counted_by_hand_and_its_past_stays_as_it_was(place: Place) {
    let koinon = open(&place).await;
    let june: Day = "2022-06-30".parse().unwrap();
    let (before, after): (Vec<Step>, Vec<Step>) = sample::before().into_iter().partition(|step| step.at.day() <= june);
    tell(&koinon, &before).await;
    let then = answers(&koinon, Moment::Live, june).await;
    tell(&koinon, &after).await;
    let today = sample::stops_at().day();
    let now = answers(&koinon, Moment::Live, today).await;
    let head = koinon.head().await.unwrap().position;
    assert_eq!(answers(&koinon, Moment::Position(head), today).await, now);
    let of_june =
        koinon.views().standpoint(Moment::Time("2022-06-30T23:59:59Z".parse().unwrap()), today).await.unwrap();
    assert_eq!(of_june.day, june);
    assert_eq!(answers(&koinon, Moment::Position(of_june.position), june).await, then);
    assert_ne!(then, now);
    figures_are_as_expected(&koinon, today).await;
    let then = every_moment_is_what_its_records_fold_to(&place, &koinon).await;
    let rebuilt = koinon.views().rebuild(&[], false, |_| ()).await.unwrap();
    assert_eq!(rebuilt.iter().map(|each| each.different).sum::<u64>(), 0);
    assert_eq!(answers(&koinon, Moment::Live, today).await, now);
    assert_eq!(every_moment_is_what_its_records_fold_to(&place, &koinon).await, then);
    koinon.close().await;
}

/// At many moments, within epochs and at their ends, forwards and back again: the answers, which must be those that the
/// records until then fold to in memory.
async fn every_moment_is_what_its_records_fold_to(place: &Place, koinon: &Koinon) -> Vec<Vec<String>> {
    let store = place.open().await;
    let (head, programme) = (store.head().await.unwrap().position, sample::programme_subject());
    let records = store.records(0, None, 100_000).await.unwrap();
    let mut memory = Memory::default();
    let (mut expected, mut moments) = (Vec::new(), Vec::new());
    for stored in &records {
        let record = Record::parse(&stored.bytes).unwrap();
        let day = record.time.day();
        memory.apply(&Entry::of(record).unwrap());
        if stored.position % 71 == 0 || stored.position % 256 == 0 || stored.position == head {
            let mut all = Vec::new();
            for model in memory.tables.models() {
                let page = model.list(&Wanted { limit: 500, ..Wanted::default() });
                all.push(model.shape().name.to_owned());
                all.extend(page.items.into_iter().map(|(_, doc)| String::from_utf8(doc).unwrap()));
            }
            let id = ProgrammeId(programme.id);
            all.push(serde_json::to_string(&dashboard(&memory.tables, id, day).unwrap()).unwrap());
            all.push(serde_json::to_string(&figures(&memory.tables, id, Period::default(), day).unwrap()).unwrap());
            expected.push(all);
            moments.push((stored.position, day));
        }
    }
    for (at, (position, day)) in moments.iter().enumerate().chain(moments.iter().enumerate().rev()) {
        assert_eq!(answers(koinon, Moment::Position(*position), *day).await, expected[at], "as of {position}");
    }
    store.close().await;
    expected
}

async fn figures_are_as_expected(koinon: &Koinon, today: Day) {
    let programme = ProgrammeId(sample::programme_subject().id);
    let counted = koinon
        .views()
        .figures(programme, Period::default(), Moment::Live, today, Sight::default())
        .await
        .unwrap()
        .unwrap();
    let figures: HashMap<String, Figure> =
        counted.value.figures.into_iter().map(|figure| (figure.code.clone(), figure)).collect();
    let mut table = csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected-figures.csv")).unwrap();
    let mut seen = 0;
    for row in table.records() {
        let row = row.unwrap();
        let (code, value) = (&row[0], row[1].to_owned());
        if let Some(figure) = figures.get(code) {
            let found = (figure.value.to_string(), figure.counted.len(), figure.not_counted.len());
            assert_eq!(found, (value, row[3].parse().unwrap(), row[4].parse().unwrap()), "{code}");
            seen += 1;
        } else {
            assert_eq!(share(&figures, code).to_string(), value, "{code}");
        }
    }
    assert_eq!(seen, figures.len(), "every figure was counted by hand");
}

/// The share of a figure that a row of the hand count speaks of.
fn share(figures: &HashMap<String, Figure>, code: &str) -> Amount {
    let of = |figure: &str, wanted: &dyn Fn(&str) -> bool| -> Amount {
        figures[figure].parts.iter().filter(|part| wanted(&part.name)).map(|part| part.value).sum()
    };
    let (europe, within) = ("Europe", "Europe → Europe");
    match code {
        "visits-held-to-europe" => of("visits-held", &|name| name.ends_with(europe) && name != within),
        "visits-held-from-europe" => of("visits-held", &|name| name.starts_with(europe) && name != within),
        "visits-held-within-europe" => of("visits-held", &|name| name == within),
        "pilots-under-way" => of("pilots-launched", &|name| name == "launched"),
        stage => of("pilots-launched", &|name| Some(name) == stage.strip_prefix("pilots-")),
    }
}
