//! RCO 87: organisations cooperating across borders.

use std::collections::BTreeSet;

use koinon_events::CityId;
use koinon_events::partnership::Party;

use super::ground::NO_EVIDENCE;
use super::{Amount, Count, FigureKind, Ground, Rule};
use crate::column::plain;

pub(super) const RULE: Rule = Rule {
    code: "RCO 87",
    name: "Organisations cooperating across borders",
    unit: "organisations",
    kind: FigureKind::Output,
    definition: "Distinct bodies that signed an agreement of a formed partnership, with the day of signing and the \
                 signed paper. A body counts once, by the agreement that names it first. By the day of signing.",
    version: 1,
    count,
};

/// A body, by its city and its name without capitals and accents.
pub(super) type Body = (CityId, String);

pub(super) fn body(party: &Party) -> Body {
    (party.city, plain(party.name.as_str()))
}

fn count(ground: &Ground<'_>) -> Count {
    count_bodies(ground).0
}

/// The bodies that count until the period's end.
pub(super) fn bodies(ground: &Ground<'_>) -> BTreeSet<Body> {
    count_bodies(&ground.over(ground.period.until())).1
}

fn count_bodies(ground: &Ground<'_>) -> (Count, BTreeSet<Body>) {
    let mut count = Count::default();
    let mut known: BTreeSet<Body> = BTreeSet::new();
    let partnerships = ground.partnerships();
    let mut agreements: Vec<_> =
        partnerships.iter().flat_map(|row| row.agreements.iter().map(move |agreement| (*row, agreement))).collect();
    agreements.sort_by_key(|(_, agreement)| agreement.mark);
    for (partnership, agreement) in agreements {
        let (id, positions) = (partnership.id, [agreement.mark.position]);
        let within = ground.period.holds(agreement.signed_on.unwrap_or(agreement.mark.recorded));
        let stands = agreement.document.is_some_and(|document| ground.stands(document));
        if partnership.formed.is_none() {
            if within {
                count.no(id, positions, "not-formed", "the partnership is not formed");
            }
        } else if agreement.signed_on.is_none() {
            if within {
                count.no(id, positions, "not-signed", "the agreement is not signed yet");
            }
        } else if !stands {
            if within {
                count.no(id, positions, NO_EVIDENCE, "no evidence yet: the signed paper is missing");
            }
        } else {
            let new = agreement.parties.iter().filter(|party| known.insert(body(party))).count();
            match (within, new) {
                (false, _) => {}
                (true, 0) => {
                    count.no(id, positions, "counted-before", "its bodies are counted with an earlier agreement")
                }
                (true, new) => count.yes(id, positions, Amount::of(new)),
            }
        }
    }
    (count, known)
}
