//! What a command is about, for the right to give it: what its subject belongs to, or, for a new subject, what the
//! command names.

use koinon_events::{CityId, PartnershipId, PersonId, ProgrammeId, Subject};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::domain::{Scope, World};

/// The scope of a subject that does not exist yet, from the fields that name programmes, partnerships and cities.
pub(crate) fn named(body: &Map<String, Value>, world: &World) -> Scope {
    let mut scope = Scope {
        programme: one(body, "programme").map(ProgrammeId),
        partnerships: one(body, "partnership").map(PartnershipId).into_iter().collect(),
        ..Scope::default()
    };
    // What a webhook is limited to stands among its filters.
    if let Some(Value::Object(filters)) = body.get("filters") {
        scope.partnerships.extend(one(filters, "partnership").map(PartnershipId));
        scope.cities.extend(one(filters, "city").map(CityId));
    }
    for field in ["city", "host_city", "origin_city", "cities", "visiting_cities", "organisers", "learned_by"] {
        scope.cities.extend(several(body, field).map(CityId));
    }
    for field in ["person", "expert", "owner"] {
        scope.persons.extend(several(body, field).map(PersonId));
    }
    for field in ["origin", "from", "subject"] {
        let about = body.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Subject>().ok());
        if let Some(state) = about.and_then(|subject| world.state(subject)) {
            widen(&mut scope, state.scope());
        }
    }
    let partnerships = several(body, "partnership").chain(several(body, "partnerships")).map(PartnershipId);
    for partnership in partnerships.filter_map(|id| world.partnership(id)) {
        widen(&mut scope, partnership.scope());
    }
    scope
}

fn widen(scope: &mut Scope, other: Scope) {
    scope.programme = scope.programme.or(other.programme);
    let partnerships = other.partnerships.into_iter().filter(|id| !scope.partnerships.contains(id)).collect::<Vec<_>>();
    scope.partnerships.extend(partnerships);
    scope.visit = scope.visit.or(other.visit);
    scope.cities.extend(other.cities);
    scope.persons.extend(other.persons);
}

fn one(body: &Map<String, Value>, field: &str) -> Option<Uuid> {
    body.get(field).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

fn several(body: &Map<String, Value>, field: &str) -> impl Iterator<Item = Uuid> {
    let values = match body.get(field) {
        Some(Value::Array(values)) => values.clone(),
        Some(value) => vec![value.clone()],
        None => Vec::new(),
    };
    values.into_iter().filter_map(|value| value.as_str().and_then(|text| text.parse().ok()))
}
