//! Analysts read the read models in PostgreSQL with tools of their own, by a role that sees nothing else; and tables to
//! take away are read over HTTP.

use crate::documents::READ_MODELS;
use crate::store::on_both_engines;
use crate::support::Place;
use crate::support::bodies;

on_both_engines!(the_trail_is_read_as_a_workbook_too);

/// The statements of the worked example, without the prompts of psql.
fn example() -> Vec<String> {
    let lines = READ_MODELS.lines().filter_map(|line| line.split_once("koinon=> ").or(line.split_once("koinon-> ")));
    let text: String = lines.map(|(_, sql)| format!("{sql}\n")).collect();
    text.split(';').map(str::trim).filter(|sql| !sql.is_empty()).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_analyst_reads_the_read_models_and_nothing_else() {
    let place = Place::postgres().await;
    let token = place.token("coordinator");
    let server = place.serve();
    let mut steps = bodies::beginning();
    steps.extend(bodies::middle());
    let position = bodies::send(&server, &token, steps).await;
    server.get_at("/api/visits", &token, position).await.expect(200);
    let as_analyst = async |sql: &str| place.execute(&format!("SET ROLE koinon_analyst; {sql}")).await;
    let examples = example();
    assert_eq!(examples.len(), 2);
    for sql in &examples {
        as_analyst(sql).await.unwrap();
    }
    as_analyst("SELECT position FROM read_checkpoints").await.unwrap();
    for table in ["log", "vault", "vault_keys", "credentials", "answers", "refusals", "read_parked"] {
        let refused = as_analyst(&format!("SELECT * FROM {table}")).await.unwrap_err();
        assert!(refused.contains("permission denied"), "{table}: {refused}");
    }
    let refused = as_analyst("DELETE FROM read_visits_v3").await.unwrap_err();
    assert!(refused.contains("permission denied"), "{refused}");
    assert!(place.run(&["rebuild", "visits"]).status.success());
    as_analyst(&examples[0]).await.expect("a rebuilt table is read like the one before");
}

async fn the_trail_is_read_as_a_workbook_too(place: Place) {
    let token = place.token("coordinator");
    let server = place.serve();
    bodies::create(&server, &token).await;
    let workbook = server.get("/api/audit.xlsx", &token).await.expect(200);
    assert!(workbook.bytes.starts_with(b"PK"));
    assert_eq!(workbook.header("content-disposition"), "attachment; filename=\"audit.xlsx\"");
    assert_eq!(workbook.header("cache-control"), "no-store");
    server.get("/api/audit.xlsx", "").await.refuses(401, "not-signed-in");
}
