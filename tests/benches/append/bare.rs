//! The bare group-commit loop: what the driver and the disk give when nothing is checked, hashed or indexed but the
//! subject and its version. Records are ready bytes as long as ours.

use std::sync::{Arc, Mutex};

use rusqlite::{Connection, TransactionBehavior};
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::{Connection as _, Executor, PgConnection, Row};
use tokio::sync::{mpsc, oneshot};

use super::STREAM;

/// A record of the length ours have.
static RECORD: [u8; 566] = [b'x'; 566];

pub struct New {
    subject: String,
    version: i64,
}

type Queue = mpsc::Sender<(New, oneshot::Sender<()>)>;

/// The loop, on one engine.
#[derive(Clone)]
pub enum Bare {
    Sqlite { queue: Queue, readers: Arc<Mutex<Vec<Connection>>>, path: String },
    Postgres { queue: Queue, pool: PgPool },
}

fn draw(
    first: (New, oneshot::Sender<()>),
    jobs: &mut mpsc::Receiver<(New, oneshot::Sender<()>)>,
) -> (Vec<New>, Vec<oneshot::Sender<()>>) {
    let (mut rows, mut answers) = (vec![first.0], vec![first.1]);
    while rows.len() < 256
        && let Ok((row, answer)) = jobs.try_recv()
    {
        rows.push(row);
        answers.push(answer);
    }
    (rows, answers)
}

impl Bare {
    /// On SQLite through rusqlite: one thread, WAL, synchronous=FULL.
    pub fn sqlite(path: &str) -> Self {
        let mut connection = Connection::open(path).unwrap();
        let setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4096; PRAGMA cache_size = -16384;
            CREATE TABLE log (position INTEGER PRIMARY KEY, subject TEXT NOT NULL, version INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
            CREATE UNIQUE INDEX by_subject ON log (subject, version);";
        connection.execute_batch(setup).unwrap();
        let (queue, mut jobs) = mpsc::channel(1024);
        std::thread::spawn(move || {
            let mut position = 0;
            while let Some(first) = jobs.blocking_recv() {
                let (rows, answers) = draw(first, &mut jobs);
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
                let mut insert = transaction.prepare_cached("INSERT INTO log VALUES (?1, ?2, ?3, ?4)").unwrap();
                for row in rows {
                    position += 1;
                    insert.execute((position, row.subject, row.version, RECORD.as_slice())).unwrap();
                }
                drop(insert);
                transaction.commit().unwrap();
                answers.into_iter().for_each(|answer| answer.send(()).unwrap_or_default());
            }
        });
        Self::Sqlite { queue, readers: Arc::default(), path: path.to_owned() }
    }

    /// On PostgreSQL through sqlx: lock the head, one INSERT, move the head, commit.
    pub async fn postgres(url: &str) -> Self {
        let mut connection = PgConnection::connect(url).await.unwrap();
        let setup = "CREATE TABLE log (position bigint PRIMARY KEY, subject text COLLATE \"C\" NOT NULL, version bigint NOT NULL, bytes bytea NOT NULL);
            CREATE UNIQUE INDEX by_subject ON log (subject, version);
            CREATE TABLE head (position bigint NOT NULL) WITH (fillfactor = 10); INSERT INTO head VALUES (0);";
        connection.execute(setup).await.unwrap();
        let (queue, mut jobs) = mpsc::channel(1024);
        tokio::spawn(async move {
            while let Some(first) = jobs.recv().await {
                let (rows, answers) = draw(first, &mut jobs);
                let mut transaction = connection.begin().await.unwrap();
                let head =
                    sqlx::query("SELECT position FROM head FOR UPDATE").fetch_one(&mut *transaction).await.unwrap();
                let head: i64 = head.get(0);
                let positions: Vec<i64> = (head + 1..).take(rows.len()).collect();
                let bytes: Vec<&[u8]> = rows.iter().map(|_| RECORD.as_slice()).collect();
                let (subjects, versions): (Vec<String>, Vec<i64>) =
                    rows.into_iter().map(|row| (row.subject, row.version)).unzip();
                let moved = head + positions.len() as i64;
                let insert =
                    "INSERT INTO log SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bytea[])";
                let insert = sqlx::query(insert).bind(positions).bind(subjects).bind(versions).bind(bytes);
                insert.execute(&mut *transaction).await.unwrap();
                sqlx::query("UPDATE head SET position = $1").bind(moved).execute(&mut *transaction).await.unwrap();
                transaction.commit().await.unwrap();
                answers.into_iter().for_each(|answer| answer.send(()).unwrap_or_default());
            }
        });
        let pool = PgPoolOptions::new().max_connections(4).connect(url).await.unwrap();
        Self::Postgres { queue, pool }
    }

    async fn add(&self, subject: String, version: i64) {
        let (Self::Sqlite { queue, .. } | Self::Postgres { queue, .. }) = self;
        let (answer, done) = oneshot::channel();
        queue.send((New { subject, version }, answer)).await.ok().unwrap();
        done.await.unwrap();
    }

    /// One event on a new subject.
    pub async fn append(self, _: u64) {
        self.add(super::visit().to_string(), 1).await;
    }

    /// Subjects of ten, interleaved.
    pub async fn fill(&self, events: u64) -> u64 {
        for version in 1..=STREAM as i64 {
            let adding = (0..events / STREAM).map(|n| self.add(super::filled(n).to_string(), version));
            let mut adding = adding.peekable();
            while adding.peek().is_some() {
                futures::future::join_all(adding.by_ref().take(1000)).await;
            }
        }
        events
    }

    /// A subject of ten.
    pub async fn load(self, n: u64) {
        let subject = super::filled(super::some_subject(n)).to_string();
        let sql = "SELECT position, bytes FROM log WHERE subject = $1 ORDER BY version";
        let found = match self {
            Self::Sqlite { readers, path, .. } => {
                let load = move || {
                    let pooled = readers.lock().unwrap().pop();
                    let connection = pooled.unwrap_or_else(|| Connection::open(path).unwrap());
                    let records: Vec<(i64, Vec<u8>)> = connection
                        .prepare_cached(sql)
                        .unwrap()
                        .query_map([subject], |row| Ok((row.get(0)?, row.get(1)?)))
                        .unwrap()
                        .flatten()
                        .collect();
                    readers.lock().unwrap().push(connection);
                    records
                };
                tokio::task::spawn_blocking(load).await.unwrap()
            }
            Self::Postgres { pool, .. } => sqlx::query_as(sql).bind(subject).fetch_all(&pool).await.unwrap(),
        };
        assert_eq!(found.len() as u64, STREAM);
    }

    /// Every record, a row at a time.
    pub async fn read_all(&self) -> u64 {
        let sql = "SELECT position, bytes FROM log WHERE position > $1 ORDER BY position LIMIT 4096";
        let mut position: i64 = 0;
        loop {
            let page: Vec<(i64, Vec<u8>)> = match self {
                Self::Sqlite { path, .. } => {
                    let path = path.clone();
                    let connection = Connection::open(path).unwrap();
                    let mut statement = connection.prepare_cached(sql).unwrap();
                    statement.query_map([position], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().flatten().collect()
                }
                Self::Postgres { pool, .. } => sqlx::query_as(sql).bind(position).fetch_all(pool).await.unwrap(),
            };
            let Some((last, _)) = page.last() else { return position.unsigned_abs() };
            position = *last;
        }
    }
}
