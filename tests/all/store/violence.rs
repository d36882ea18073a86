//! What is acknowledged is kept, whatever is done to the log meanwhile.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use koinon::store::AppendError;
use sqlx::Executor;

use super::story::{confirm, second, sound_log, visit};
use crate::support::{Place, postgres};

/// Eight writers while every connection of the database is cut again and again, some of them at their COMMIT.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_acknowledged_while_connections_are_cut_is_in_the_log_once() {
    let place = Place::postgres().await;
    let store = place.open().await;
    let enough = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (store, enough) = (store.clone(), Arc::clone(&enough));
            tokio::spawn(async move {
                let mut acknowledged = Vec::new();
                while !enough.load(Ordering::Relaxed) {
                    let append = confirm(&[(visit(), 0)], second(1));
                    let command = append.command;
                    match store.append(append).await {
                        Ok(appended) => acknowledged.push((appended.position, command)),
                        Err(AppendError::Unavailable(_)) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
                acknowledged
            })
        })
        .collect();
    let mut axe = postgres::connect(&place.url).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut head = store.watch();
    for _ in 0..15 {
        let seen = *head.borrow_and_update();
        axe.execute(cut).await.unwrap();
        head.wait_for(|position| *position > seen + 5).await.unwrap();
    }
    enough.store(true, Ordering::Relaxed);
    let acknowledged: Vec<_> = futures::future::join_all(writers).await.into_iter().flat_map(Result::unwrap).collect();
    let log = sound_log(&store).await;
    assert_eq!(log.iter().map(|record| record.command).collect::<HashSet<_>>().len(), log.len(), "each command once");
    for (position, command) in acknowledged {
        assert_eq!(log[position as usize - 1].command, command);
    }
}
