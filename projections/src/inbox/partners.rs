//! What waits about partnerships, people and actions: a city's word, a kick-off, an answer to advice, an invitation, a
//! decision on an erasure, an action taken up.

use koinon_events::Role::{Administrator, Coordinator};
use koinon_events::action::Owner;

use super::Desk;
use crate::actions::ActionStatus;
use crate::partnerships::PartnershipStatus;
use crate::people::PersonStatus;

/// Days within which cities answer.
const ANSWERED_WITHIN: i64 = 30;
/// The days in which the law wants an erasure decided (GDPR art. 12(3): one month).
const ERASED_WITHIN: i64 = 30;

pub(super) fn look(desk: &mut Desk<'_>) {
    partnerships(desk);
    actions(desk);
    people(desk);
}

fn partnerships(desk: &mut Desk<'_>) {
    for partnership in desk.ground.partnerships() {
        let subject = partnership.id.subject();
        let begun = partnership.begun;
        match partnership.status {
            PartnershipStatus::Proposed => {
                let answered = |city| partnership.answers.iter().any(|answer| answer.city == city);
                for city in partnership.cities.iter().copied().filter(|city| !answered(*city)) {
                    let roles = desk.of_city(city);
                    let due = begun.recorded.plus_days(ANSWERED_WITHIN);
                    desk.add("accept-partnership", subject, "AcceptPartnership", "partnership", due, begun.position)
                        .field("city", city.0)
                        .for_city(city, &roles)
                        .in_partnership(Some(partnership.id));
                }
            }
            PartnershipStatus::Formed => {
                let formed = partnership.formed.unwrap_or(begun);
                let due = formed.recorded.plus_days(ANSWERED_WITHIN * 2);
                desk.add("kick-off", subject, "KickOffPartnership", "partnership", due, formed.position)
                    .for_roles(&[Coordinator])
                    .in_partnership(Some(partnership.id));
            }
            _ => {}
        }
        for advice in partnership.advice.iter().filter(|advice| advice.answered.is_none()) {
            for city in &partnership.cities {
                let roles = desk.of_city(*city);
                let due = advice.given.recorded.plus_days(ANSWERED_WITHIN);
                desk.add("answer-advice", subject, "AnswerAdvice", "partnership", due, advice.given.position)
                    .named(&advice.subject)
                    .field("advice", &advice.advice)
                    .for_city(*city, &roles)
                    .in_partnership(Some(partnership.id));
            }
        }
    }
}

fn actions(desk: &mut Desk<'_>) {
    for action in desk.ground.actions() {
        let subject = action.id.subject();
        let due = action.due.unwrap_or_else(|| action.begun.recorded.plus_days(ANSWERED_WITHIN));
        match action.status {
            ActionStatus::Open => {
                let roles = action.city.map(|city| desk.of_city(city)).unwrap_or_else(|| vec![Coordinator]);
                let item = desk.add("do-action", subject, "CompleteAction", "action", due, action.begun.position);
                item.in_partnership(action.partnership);
                match (&action.owner, action.city) {
                    (Some(Owner::Person(person)), _) => item.for_persons([*person]),
                    (_, Some(city)) => item.for_city(city, &roles),
                    (_, None) => item.for_roles(&roles),
                };
            }
            ActionStatus::Done => {
                let done = action.done.unwrap_or(action.begun);
                let due = done.recorded.plus_days(ANSWERED_WITHIN);
                desk.add("verify-action", subject, "VerifyAction", "action", due, done.position)
                    .for_roles(&[Coordinator])
                    .in_partnership(action.partnership);
            }
            ActionStatus::Verified | ActionStatus::Dropped => {}
        }
    }
}

fn people(desk: &mut Desk<'_>) {
    let people: Vec<_> = desk.tables.people.rows().map(|(_, person)| person).collect();
    for person in people {
        let subject = person.id.subject();
        if person.status == PersonStatus::Invited {
            let due = person.begun.recorded.plus_days(ANSWERED_WITHIN);
            desk.add("accept-invitation", subject, "AcceptInvitation", "person", due, person.begun.position)
                .for_persons([person.id]);
        }
        if let Some(erasure) = &person.erasure
            && person.status != PersonStatus::Erased
            && erasure.asked.is_some()
            && erasure.deferred.is_none()
        {
            let due = erasure.mark.recorded.plus_days(ERASED_WITHIN);
            desk.add("decide-erasure", subject, "ErasePerson", "person", due, erasure.mark.position)
                .for_roles(&[Administrator]);
        }
    }
}
