//! A rebuild that was killed goes on where it was, and nothing is lost or kept twice.

use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use koinon::views::{Moment, RebuildOptions, Views};

use super::rebuild::many_cities;
use super::story::{caught_up, everything, programme, row};
use crate::store::on_both_engines;
use crate::support::Place;

on_both_engines!(
    a_rebuild_that_was_killed_goes_on_where_it_was,
    a_rebuild_that_was_killed_amid_its_pages_folds_the_last_ones_again,
);

/// Begins a rebuild and drops it in the midst of its work, once it has folded so many records.
async fn killed(views: &Views, options: RebuildOptions, folded: u64) {
    let is_there = AtomicBool::new(false);
    let progress = |progress: koinon::views::Progress| is_there.store(progress.done >= folded, Ordering::Relaxed);
    let mut rebuilding = Box::pin(views.rebuild_telling(&[], options, progress, |_| ()));
    let ended = poll_fn(|context| match is_there.load(Ordering::Relaxed) {
        true => Poll::Ready(false),
        false => rebuilding.as_mut().poll(context).map(|_| true),
    });
    assert!(!ended.await, "it was dropped before its end");
}

async fn a_rebuild_that_was_killed_goes_on_where_it_was(place: Place) {
    let store = place.open().await;
    programme(&store).await;
    let views = caught_up(&store).await;
    let before = everything(&views, Moment::Live).await;
    killed(&views, RebuildOptions::default(), 1).await;
    assert_eq!(everything(&views, Moment::Live).await, before, "what is served has not changed");
    let mut folded = 0;
    let rebuilt = views.rebuild(&[], false, |_| folded += 1).await.unwrap();
    assert_eq!(folded, 0, "nothing is folded twice");
    assert!(rebuilt.iter().all(|one| one.swapped && one.different == 0));
    assert_eq!(everything(&views, Moment::Live).await, before);
}

async fn a_rebuild_that_was_killed_amid_its_pages_folds_the_last_ones_again(place: Place) {
    let store = place.open().await;
    many_cities(&store, 4).await;
    let views = Views::open(store.clone()).await.unwrap();
    views.wait_for(store.head().await.unwrap().position, Duration::from_secs(300)).await.unwrap();
    let moments = [2_048, 5_000, 6_200, 8_192, 10_300].map(Moment::Position);
    let mut before = Vec::new();
    for at in moments {
        before.push((everything(&views, at).await, row(&views, "cities", 1_007, at).await));
    }
    // What rows are is written after each third page, and what they were with every page: with the fourth it is ahead.
    let options = RebuildOptions { page: 2_048, gathered: 3 * 2_048, ..RebuildOptions::default() };
    killed(&views, options, 5 * 2_048).await;
    let mut folded = Vec::new();
    let progress = |progress: koinon::views::Progress| folded.push(progress.done);
    let rebuilt = views.rebuild_telling(&[], options, progress, |_| ()).await.unwrap();
    assert_eq!(folded[0], 4 * 2_048, "what was written as a whole is not folded again: {folded:?}");
    assert!(rebuilt.iter().all(|one| one.swapped && one.different == 0));
    for (at, before) in moments.into_iter().zip(before) {
        assert!((everything(&views, at).await, row(&views, "cities", 1_007, at).await) == before, "as of {at:?}");
    }
}
