//! No barrier stands in any page: axe finds nothing, light and dark, wide and narrow; nothing scrolls sideways at a zoom
//! of 400 %; every table, picture and scroller says what it is. Every page of the site map is visited, and so is every
//! form; a page that is added and not visited fails here.

pub mod addresses;
mod look;

use std::collections::BTreeSet;

use addresses::{Address, Site, every_form, of_accounts, of_the_sample};
use look::{Look, look_at};

use crate::support::Place;
use crate::support::browser::Driver;

/// What stands in the site map and is no page: files, streams, and what only a form is sent to.
const NO_PAGES: &[&str] = &[
    "/live",
    "/activity.atom",
    "/calendar.ics",
    "/audit.csv",
    "/audit.xlsx",
    "/access.csv",
    "/refusals.csv",
    "/open/{file}",
    "/open/reports/{id}/{file}",
    "/calendar/{file}",
    "/documents/{id}/content",
    "/people/{id}/export",
    "/sign-out",
    "/demo/next-day",
    "/language",
    "/needs-you/remind",
    "/data-quality.csv",
    // There only where a mail server is set up, which neither site has.
    "/sign-in/by-mail",
    "/sign-in/link/{secret}",
    // There only where an identity provider is set up.
    "/sign-in/openid",
    "/sign-in/openid/answer",
    "/sign-in/code",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_the_site_map_has_a_barrier() {
    let (sample, own) = (Place::sqlite(), Place::sqlite());
    let sample = Site::start(&sample, "demo").await;
    let own = Site::start(&own, "serve").await;
    let mut found = of_the_sample(&sample).await;
    found.extend(of_accounts(&own).await);
    found.extend(every_form(&sample).await);
    let unvisited = unvisited(&found);
    assert!(unvisited.is_empty(), "pages of the site map that are not looked at: {unvisited:?}");
    let barriers = barriers(found).await;
    assert!(barriers.is_empty(), "{} barriers:\n  {}", barriers.len(), barriers.join("\n  "));
    sample.server.stop();
    own.server.stop();
}

/// Looks at all of them, in two browsers at once.
async fn barriers(addresses: Vec<Address>) -> Vec<String> {
    let driver = &Driver::start();
    let half = addresses.len().div_ceil(2);
    let told = futures::future::join_all(addresses.chunks(half).map(|part| async move {
        let look = Look::open(driver).await;
        let mut barriers = Vec::new();
        for address in part {
            barriers.extend(look_at(&look, address).await);
        }
        look.close().await;
        barriers
    }));
    told.await.concat()
}

/// The pages of the site map that none of the addresses is at.
fn unvisited(addresses: &[Address]) -> BTreeSet<String> {
    let source = include_str!("../../src/web/routes.rs");
    let pages = source.split_once("fn pages()").and_then(|(_, rest)| rest.split_once("\n}")).unwrap().0;
    let patterns = pages.split(".route(").skip(1).filter_map(|route| route.split('"').nth(1));
    let patterns: BTreeSet<String> = patterns.map(str::to_owned).collect();
    assert!(patterns.len() > 30, "the site map is read: {patterns:?}");
    let visited = |pattern: &String| addresses.iter().any(|address| fits(pattern, &address.path));
    patterns.into_iter().filter(|pattern| !NO_PAGES.contains(&pattern.as_str()) && !visited(pattern)).collect()
}

fn fits(pattern: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (wanted, given): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    wanted.len() == given.len()
        && wanted
            .iter()
            .zip(&given)
            .all(|(wanted, given)| wanted == given || (wanted.starts_with('{') && !given.is_empty()))
}
