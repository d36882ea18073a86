//! RCR 84: organisations cooperating across borders after project completion.

use std::collections::BTreeSet;

use super::ground::NO_EVIDENCE;
use super::organisations::{Body, bodies, body};
use super::{Amount, Count, FigureKind, Ground, Rule};

pub(super) const RULE: Rule = Rule {
    code: "RCR 84",
    name: "Organisations cooperating across borders after project completion",
    unit: "organisations",
    kind: FigureKind::Result,
    definition: "Distinct bodies counted in RCO 87 that committed, with a document, to go on working together beyond \
                 the programme's end. By the day the commitment was recorded.",
    version: 1,
    count,
};

fn count(ground: &Ground<'_>) -> Count {
    let mut count = Count::default();
    let cooperating = bodies(ground);
    let mut known: BTreeSet<Body> = BTreeSet::new();
    let partnerships = ground.partnerships();
    let mut all: Vec<_> =
        partnerships.iter().flat_map(|row| row.continuations.iter().map(move |each| (row.id, each))).collect();
    all.sort_by_key(|(_, continuation)| continuation.mark);
    for (id, continuation) in all {
        let positions = [continuation.mark.position];
        let within = ground.period.holds(continuation.mark.recorded);
        let beyond = continuation.until.is_none_or(|until| until > ground.programme.ends_on);
        let stands = continuation.document.is_some_and(|document| ground.stands(document));
        let named = continuation.bodies.iter().map(body);
        let (in_87, others): (Vec<Body>, Vec<Body>) = named.partition(|body| cooperating.contains(body));
        let new =
            if stands && beyond { in_87.into_iter().filter(|body| known.insert(body.clone())).count() } else { 0 };
        if !within {
            continue;
        }
        if !stands {
            count.no(id, positions, NO_EVIDENCE, "no evidence yet: the commitment has no document");
        } else if !beyond {
            count.no(id, positions, "not-beyond", "it does not go beyond the programme's end");
        } else {
            if new > 0 {
                count.yes(id, positions, Amount::of(new));
            } else if others.is_empty() {
                count.no(id, positions, "counted-before", "its bodies are counted with an earlier commitment");
            }
            if !others.is_empty() {
                let why = format!("{} of its bodies signed no agreement that counts in RCO 87", others.len());
                count.no(id, positions, "not-in-rco-87", why);
            }
        }
    }
    count
}
