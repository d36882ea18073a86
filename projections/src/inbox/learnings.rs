//! What waits about learnings: an expert's judgement, publication, a city's next step in using it.

use koinon_events::Role::{Coordinator, Expert};
use koinon_events::{Kind, VisitId};

use super::Desk;
use crate::cities::CityRow;
use crate::learnings::{AdoptionStatus, LearningStatus};

/// Days within which a learning is judged, and published.
const VALIDATED_WITHIN: i64 = 30;
const PUBLISHED_WITHIN: i64 = 14;
/// Days within which a city answers a suggestion.
const ANSWERED_WITHIN: i64 = 30;
/// Days within which interest becomes a decision.
const DECIDED_WITHIN: i64 = 60;

pub(super) fn look(desk: &mut Desk<'_>) {
    for learning in desk.ground.learnings() {
        let subject = learning.id.subject();
        match learning.status {
            LearningStatus::Recorded => {
                let visit = (learning.origin.kind == Kind::Visit).then_some(VisitId(learning.origin.id));
                let experts =
                    visit.and_then(|visit| desk.tables.visits.get(visit.0)).map(|visit| visit.experts.clone());
                let due = learning.begun.recorded.plus_days(VALIDATED_WITHIN);
                let since = learning.begun.position;
                let item = desk.add("validate-learning", subject, "ValidateLearning", "learning", due, since);
                item.for_persons(experts.unwrap_or_default()).in_partnership(learning.partnership);
                if item.whom.persons.is_empty() {
                    item.for_roles(&[Expert]);
                }
            }
            LearningStatus::Validated => {
                let validated = learning.validated.unwrap_or(learning.begun);
                let due = validated.recorded.plus_days(PUBLISHED_WITHIN);
                desk.add("publish-learning", subject, "PublishLearning", "learning", due, validated.position)
                    .for_roles(&[Coordinator])
                    .in_partnership(learning.partnership);
            }
            _ => {}
        }
        for suggestion in &learning.suggestions {
            let answered = learning.adoptions.iter().any(|adoption| adoption.city == suggestion.city);
            let takes_part = desk.tables.cities.get(suggestion.city.0).is_some_and(CityRow::takes_part);
            if answered || !takes_part || learning.status != LearningStatus::Published {
                continue;
            }
            let roles = desk.of_city(suggestion.city);
            let due = suggestion.mark.recorded.plus_days(ANSWERED_WITHIN);
            desk.add("answer-suggestion", subject, "ExpressInterest", "learning", due, suggestion.mark.position)
                .field("city", suggestion.city.0)
                .for_city(suggestion.city, &roles);
        }
        for adoption in &learning.adoptions {
            let (kind, command) = match adoption.status {
                AdoptionStatus::Interested => ("commit-adoption", "CommitAdoption"),
                AdoptionStatus::Committed => ("start-adoption", "StartAdoption"),
                AdoptionStatus::Started => ("verify-adoption", "VerifyAdoption"),
                _ => continue,
            };
            let roles = desk.of_city(adoption.city);
            let due = adoption.mark.recorded.plus_days(DECIDED_WITHIN);
            desk.add(kind, subject, command, "learning", due, adoption.mark.position)
                .field("city", adoption.city.0)
                .for_city(adoption.city, &roles);
        }
    }
}
