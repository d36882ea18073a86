//! No read that grows with the log: each is a search in an index.

use sqlx::{Executor, Row};

use super::story::append_many;
use crate::support::{Place, postgres};

/// What each filter asks, and the index that must answer.
const WHERE: &[(&str, &str)] = &[
    ("position > 100 AND position <= 200", ""),
    ("subject = 'visit/x' AND position > 5", "log_by_subject"),
    ("command = NULLCOMMAND", "log_by_command"),
    ("name = 'VisitConfirmed' AND position > 5", "log_by_name"),
    ("actor = 'system/test' AND position > 5", "log_by_actor"),
    ("programme = 'icc-agir' AND position > 5", "log_by_programme"),
    ("partnership = NULLCOMMAND AND position > 5", "log_by_partnership"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_read_on_sqlite_is_an_index_search() {
    let place = Place::sqlite();
    append_many(&place.open().await, 600).await;
    let connection = rusqlite::Connection::open(place.file().unwrap()).unwrap();
    for (condition, index) in WHERE {
        let condition = condition.replace("NULLCOMMAND", "x'00'");
        let sql =
            format!("EXPLAIN QUERY PLAN SELECT position, bytes FROM log WHERE {condition} ORDER BY position LIMIT 10");
        let mut statement = connection.prepare(&sql).unwrap();
        let steps: Vec<String> = statement.query_map([], |row| row.get(3)).unwrap().flatten().collect();
        let plan = steps.join("; ");
        assert!(plan.contains("SEARCH") && plan.contains(index) && !plan.contains("SCAN"), "{condition}: {plan}");
        // A subject's few events may be sorted; what a whole programme or type selects must come in order.
        assert!(!plan.contains("TEMP B-TREE") || condition.starts_with("subject"), "{condition} is sorted: {plan}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_read_on_postgres_is_an_index_search() {
    let place = Place::postgres().await;
    append_many(&place.open().await, 600).await;
    let mut connection = postgres::connect(&place.url).await;
    connection.execute("ANALYZE log; SET enable_seqscan = off; SET enable_bitmapscan = off").await.unwrap();
    for (condition, index) in WHERE {
        let condition = condition.replace("NULLCOMMAND", "'00000000-0000-0000-0000-000000000000'::uuid");
        let sql = format!("EXPLAIN SELECT position, bytes FROM log WHERE {condition} ORDER BY position LIMIT 10");
        let rows = connection.fetch_all(sqlx::AssertSqlSafe(sql)).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let plan = plan.join("; ");
        let usable = plan.contains(index) || plan.contains("log_pkey");
        assert!(plan.contains("Index") && usable && !plan.contains("Seq Scan"), "{condition}: {plan}");
    }
}
