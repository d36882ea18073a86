//! The database is lost: it is killed and comes back, or a standby takes its place, with and without all that was
//! acknowledged.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::Executor;

use super::cluster::Cluster;
use super::{Acknowledged, everything_is_there_once, write, write_one};
use crate::support::bodies::{create, theme};
use crate::support::server::Server;
use crate::support::{Place, postgres};

/// Eight writers, until told to stop; each waits a little when it is refused.
struct Writers {
    stop: Arc<AtomicBool>,
    acknowledged: Acknowledged,
    all: Vec<tokio::task::JoinHandle<()>>,
}

impl Writers {
    fn start(server: &Server, token: &str) -> Self {
        let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Acknowledged::default());
        let writer = |_| {
            let (address, token) = (server.address().to_owned(), token.to_owned());
            tokio::spawn(write(reqwest::Client::new(), address, token, acknowledged.clone(), stop.clone()))
        };
        let all = (0..8).map(writer).collect();
        Self { stop, acknowledged, all }
    }

    /// Waits until so many more were acknowledged.
    async fn more(&self, count: usize) {
        let before = self.acknowledged.lock().unwrap().len();
        while self.acknowledged.lock().unwrap().len() < before + count {
            assert!(!self.all.iter().any(tokio::task::JoinHandle::is_finished), "the server goes on");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn end(self) -> std::collections::BTreeMap<String, u64> {
        self.stop.store(true, Ordering::Relaxed);
        for writer in self.all {
            writer.await.unwrap();
        }
        self.acknowledged.lock().unwrap().clone()
    }
}

async fn set(cluster: &Cluster, settings: &[&str]) {
    let mut connection = postgres::connect(&cluster.url()).await;
    for setting in settings {
        connection.execute(sqlx::AssertSqlSafe((*setting).to_owned())).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_killed_and_comes_back_has_what_was_acknowledged() {
    let cluster = Cluster::start();
    let place = Place::at(cluster.url());
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let writers = Writers::start(&server, &token);
    for _ in 0..2 {
        writers.more(40).await;
        cluster.kill();
        cluster.start_again();
    }
    writers.more(40).await;
    let acknowledged = writers.end().await;
    server.stop();
    everything_is_there_once(&place, &token, &acknowledged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_synchronous_standby_that_takes_over_has_what_was_acknowledged() {
    let primary = Cluster::start();
    let place = Place::at(primary.url());
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let mut standby = primary.standby();
    set(&primary, &["ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()"]).await;
    let mut connection = postgres::connect(&primary.url()).await;
    let synchronous = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    while sqlx::query_scalar::<_, i64>(synchronous).fetch_one(&mut connection).await.unwrap() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    drop(connection);

    let writers = Writers::start(&server, &token);
    writers.more(40).await;
    primary.kill();
    standby.stop();
    standby.take_the_place_of(&primary);
    set(&standby, &["ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"]).await;
    writers.more(40).await;
    let acknowledged = writers.end().await;
    server.stop();
    everything_is_there_once(&place, &token, &acknowledged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_lacks_what_was_signed_is_only_read() {
    let primary = Cluster::start();
    let place = Place::at(primary.url());
    let token = place.token("coordinator");
    let server = place.serve();
    create(&server, &token).await;
    let mut standby = primary.standby();
    let acknowledged = Acknowledged::default();
    write_one(&server, &token, &acknowledged).await.expect(200);
    standby.stop();
    for _ in 0..5 {
        write_one(&server, &token, &acknowledged).await.expect(200);
    }
    server.get("/log/checkpoint", "").await.expect(200);
    primary.kill();
    standby.take_the_place_of(&primary);

    // The process that knows better writes nothing on top of a shorter log, and ends when it finds what it signed gone.
    while let Ok(answer) = server.order("DefineTheme", &theme("late"), &token).send().await {
        assert_eq!(answer.status(), 503, "{}", answer.text().await.unwrap_or_default());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(server);

    let again = place.serve();
    let ready = again.get("/readyz", "").await.expect(503).json();
    assert_eq!(ready["writable"], false, "{ready}");
    assert!(ready["problems"].to_string().contains("checkpoint"), "{ready}");
    write_one(&again, &token, &acknowledged).await.expect(503);
    again.get("/api/programmes", &token).await.expect(200);
}
