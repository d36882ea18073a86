//! How a city takes a learning up: interested, committed, started, verified; or declined, or abandoned.

use koinon_events::CityId;
use koinon_events::learning::{
    AdoptionAbandoned, AdoptionCommitted, AdoptionStarted, AdoptionVerified, InterestExpressed, LearningDeclined,
    LearningSuggested,
};

use super::{
    AbandonAdoption, AdoptionStatus, CommitAdoption, DeclineLearning, ExpressInterest, Learning, LearningRule,
    LearningStatus, StartAdoption, SuggestLearning, VerifyAdoption, check_stands,
};
use crate::domain::belonging::{check_list, has_left};
use crate::domain::context::Context;
use crate::domain::{Decision, Rejection, fact};

pub(super) fn suggest(learning: &Learning, command: &SuggestLearning, context: &Context<'_>) -> Decision {
    check_list("/cities", &command.cities)?;
    if command.cities.is_empty() {
        return Err(Rejection::unfit("/cities", "name at least one city"));
    }
    for (at, city) in command.cities.iter().enumerate() {
        let pointer = format!("/cities/{at}");
        if has_left(context.city_in(&pointer, *city, learning.programme)?) {
            return Err(Rejection::unfit(pointer, "this city does not take part now"));
        }
        if *city == learning.content.origin_city {
            return Err(Rejection::unfit(pointer, "the learning comes from this city"));
        }
    }
    check_stands(learning)?;
    if learning.status != LearningStatus::Published {
        return Err(LearningRule::LearningNotPublished.into());
    }
    if command.cities.iter().all(|city| learning.suggested.contains(city)) {
        return Err(LearningRule::LearningAlreadySuggested.into());
    }
    fact(LearningSuggested { cities: command.cities.clone() })
}

pub(super) fn express_interest(learning: &Learning, command: &ExpressInterest, context: &Context<'_>) -> Decision {
    match beginning(learning, command.city, context)? {
        None | Some(AdoptionStatus::Declined | AdoptionStatus::Abandoned) => {
            fact(InterestExpressed { city: command.city })
        }
        Some(AdoptionStatus::Interested) => Err(LearningRule::InterestAlreadyExpressed.into()),
        Some(status) => Err(past(status)),
    }
}

pub(super) fn decline(learning: &Learning, command: &DeclineLearning, context: &Context<'_>) -> Decision {
    match beginning(learning, command.city, context)? {
        None | Some(AdoptionStatus::Interested) => {
            fact(LearningDeclined { city: command.city, reason: command.reason.clone() })
        }
        Some(status) => Err(past(status)),
    }
}

pub(super) fn commit(learning: &Learning, command: &CommitAdoption, context: &Context<'_>) -> Decision {
    match beginning(learning, command.city, context)? {
        Some(AdoptionStatus::Interested) => fact(AdoptionCommitted {
            city: command.city,
            owner: command.owner.clone(),
            adaptation: command.adaptation.clone(),
        }),
        None | Some(AdoptionStatus::Declined) => Err(LearningRule::InterestNotExpressed.into()),
        Some(status) => Err(past(status)),
    }
}

pub(super) fn start(learning: &Learning, command: &StartAdoption, context: &Context<'_>) -> Decision {
    match going_on(learning, command.city, context)? {
        Some(AdoptionStatus::Committed) => fact(AdoptionStarted { city: command.city, date: command.date }),
        None | Some(AdoptionStatus::Interested | AdoptionStatus::Declined) => {
            Err(LearningRule::AdoptionNotCommitted.into())
        }
        Some(status) => Err(past(status)),
    }
}

pub(super) fn verify(learning: &Learning, command: &VerifyAdoption, context: &Context<'_>) -> Decision {
    context.evidence("/document", command.document, learning.programme)?;
    match going_on(learning, command.city, context)? {
        Some(AdoptionStatus::Started) => fact(AdoptionVerified { city: command.city, document: command.document }),
        Some(status @ (AdoptionStatus::Verified | AdoptionStatus::Abandoned)) => Err(past(status)),
        _ => Err(LearningRule::AdoptionNotStarted.into()),
    }
}

pub(super) fn abandon(learning: &Learning, command: &AbandonAdoption, context: &Context<'_>) -> Decision {
    context.city_in("/city", command.city, learning.programme)?;
    match learning.adoptions.get(&command.city) {
        Some(AdoptionStatus::Interested | AdoptionStatus::Committed | AdoptionStatus::Started) => {
            fact(AdoptionAbandoned { city: command.city, reason: command.reason.clone() })
        }
        None => Err(LearningRule::InterestNotExpressed.into()),
        Some(status) => Err(past(*status)),
    }
}

/// How far the city is, when the learning can still be taken up anew.
fn beginning(learning: &Learning, city: CityId, context: &Context<'_>) -> Result<Option<AdoptionStatus>, Rejection> {
    check_city(learning, city, context)?;
    check_stands(learning)?;
    if learning.status != LearningStatus::Published {
        return Err(LearningRule::LearningNotPublished.into());
    }
    Ok(learning.adoptions.get(&city).copied())
}

/// How far the city is, when what it began can go on: also after another learning took the place of this one.
fn going_on(learning: &Learning, city: CityId, context: &Context<'_>) -> Result<Option<AdoptionStatus>, Rejection> {
    check_city(learning, city, context)?;
    match learning.status {
        LearningStatus::Published | LearningStatus::Superseded => Ok(learning.adoptions.get(&city).copied()),
        LearningStatus::Retracted => Err(LearningRule::LearningAlreadyRetracted.into()),
        LearningStatus::Recorded | LearningStatus::Validated => Err(LearningRule::LearningNotPublished.into()),
    }
}

fn check_city(learning: &Learning, city: CityId, context: &Context<'_>) -> Result<(), Rejection> {
    let known = context.city_in("/city", city, learning.programme)?;
    if city == learning.content.origin_city {
        return Err(Rejection::unfit("/city", "the learning comes from this city, so it is not adopted there"));
    }
    if has_left(known) {
        return Err(LearningRule::CityNotTakingPart.into());
    }
    Ok(())
}

/// The refusal for a city that is at this point or past it.
fn past(status: AdoptionStatus) -> Rejection {
    match status {
        AdoptionStatus::Interested => LearningRule::InterestAlreadyExpressed,
        AdoptionStatus::Declined => LearningRule::LearningAlreadyDeclined,
        AdoptionStatus::Committed => LearningRule::AdoptionAlreadyCommitted,
        AdoptionStatus::Started => LearningRule::AdoptionAlreadyStarted,
        AdoptionStatus::Verified => LearningRule::AdoptionAlreadyVerified,
        AdoptionStatus::Abandoned => LearningRule::AdoptionAlreadyAbandoned,
    }
    .into()
}
