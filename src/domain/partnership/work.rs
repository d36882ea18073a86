//! What is done in a partnership: advice, agreements, action plans, and what goes on beyond the programme.

use koinon_events::partnership::*;
use koinon_events::value::Code;

use super::{
    AdoptActionPlan, Advice, AnswerAdvice, AssignAdvisor, CommitContinuation, Partnership, PartnershipRule,
    PartnershipStatus, RecordAdvice, SignAgreement, at_work,
};
use crate::domain::context::Context;
use crate::domain::person::PersonStatus;
use crate::domain::{Decision, Rejection, fact};

/// The most entries of one sort a partnership holds.
const MOST: usize = 500;

/// The state after one more event of the work.
pub(super) fn evolve(partnership: &mut Partnership, event: &PartnershipEvent) {
    match event {
        PartnershipEvent::AdvisorAssigned(assigned) => partnership.advisors.push(assigned.expert),
        PartnershipEvent::AdviceRecorded(recorded) => {
            let advice = Advice {
                subject: recorded.subject.clone(),
                text: recorded.text.clone(),
                expert: recorded.expert,
                taken: None,
            };
            partnership.advice.insert(recorded.advice.clone(), advice);
        }
        PartnershipEvent::AdviceAnswered(answered) => {
            if let Some(advice) = partnership.advice.get_mut(&answered.advice) {
                advice.taken = Some(answered.taken);
            }
        }
        PartnershipEvent::AgreementSigned(agreement) => partnership.agreements.push(agreement.clone()),
        PartnershipEvent::ActionPlanAdopted(plan) => {
            partnership.action_plans.insert(plan.version, plan.document);
        }
        PartnershipEvent::ContinuationCommitted(committed) => partnership.continuations.push(committed.clone()),
        _ => {}
    }
}

pub(super) fn assign_advisor(partnership: &Partnership, command: &AssignAdvisor, context: &Context<'_>) -> Decision {
    if partnership.advisors.contains(&command.expert) {
        return Err(PartnershipRule::AdvisorAlreadyAssigned.into());
    }
    at_work(partnership, context)?;
    let person = context.person("/expert", command.expert)?;
    if matches!(person.status, PersonStatus::Inactive | PersonStatus::Erased) {
        return Err(PartnershipRule::AdvisorTakesNoPart.into());
    }
    room_for(partnership.advisors.len())?;
    fact(AdvisorAssigned { expert: command.expert })
}

fn room_for(held: usize) -> Result<(), Rejection> {
    if held >= MOST {
        return Err(PartnershipRule::PartnershipFull.into());
    }
    Ok(())
}

pub(super) fn record_advice(partnership: &Partnership, command: &RecordAdvice, context: &Context<'_>) -> Decision {
    let advice = advice_id(partnership, command)?;
    at_work(partnership, context)?;
    if let Some(expert) = command.expert.filter(|expert| !partnership.advisors.contains(expert)) {
        let message = format!("{} does not advise this partnership; assign the expert first", expert.subject());
        return Err(Rejection::unfit("/expert", message));
    }
    room_for(partnership.advice.len())?;
    fact(AdviceRecorded {
        advice,
        subject: command.subject.clone(),
        text: command.text.clone(),
        expert: command.expert,
    })
}

/// The id given, or the next number; the same advice is not recorded twice.
fn advice_id(partnership: &Partnership, command: &RecordAdvice) -> Result<Code, Rejection> {
    if let Some(given) = &command.advice {
        if partnership.advice.contains_key(given) {
            return Err(PartnershipRule::AdviceAlreadyRecorded { advice: given.clone() }.into());
        }
        return Ok(given.clone());
    }
    let same = partnership.advice.iter().find(|(_, advice)| {
        advice.subject == command.subject && advice.text == command.text && advice.expert == command.expert
    });
    if let Some((id, _)) = same {
        return Err(PartnershipRule::AdviceAlreadyRecorded { advice: id.clone() }.into());
    }
    crate::domain::next_code("a", "/advice", |code| partnership.advice.contains_key(code))
}

pub(super) fn answer_advice(partnership: &Partnership, command: &AnswerAdvice, context: &Context<'_>) -> Decision {
    let Some(advice) = partnership.advice.get(&command.advice) else {
        let message = format!("the partnership has no advice {}", command.advice);
        return Err(Rejection::unfit("/advice", message));
    };
    if advice.taken.is_some() {
        return Err(PartnershipRule::AdviceAlreadyAnswered { advice: command.advice.clone() }.into());
    }
    if !command.taken && command.reason.is_none() {
        return Err(Rejection::unfit("/reason", "say why the advice is not taken"));
    }
    at_work(partnership, context)?;
    fact(AdviceAnswered { advice: command.advice.clone(), taken: command.taken, reason: command.reason.clone() })
}

/// Each body is one that a city of the partnership has named, and named once.
fn check_bodies(
    partnership: &Partnership,
    pointer: &str,
    bodies: &[Party],
    context: &Context<'_>,
) -> Result<(), Rejection> {
    if bodies.is_empty() || bodies.len() > MOST {
        return Err(Rejection::unfit(pointer, format!("must name 1 to {MOST} bodies")));
    }
    for (at, party) in bodies.iter().enumerate() {
        if !partnership.cities.contains(&party.city) {
            return Err(Rejection::unfit(format!("{pointer}/{at}/city"), "this city is not one of the partnership's"));
        }
        if !context.city(&format!("{pointer}/{at}/city"), party.city)?.bodies.contains_key(&party.name) {
            let message = format!("the city has no body called {}; add it first with AddBody", party.name);
            return Err(Rejection::unfit(format!("{pointer}/{at}/name"), message));
        }
        if bodies[..at].contains(party) {
            return Err(Rejection::unfit(format!("{pointer}/{at}"), "this body is named twice"));
        }
    }
    Ok(())
}

pub(super) fn sign_agreement(partnership: &Partnership, command: &SignAgreement, context: &Context<'_>) -> Decision {
    let agreement = AgreementSigned {
        kind: command.kind.clone(),
        parties: command.parties.clone(),
        document: command.document,
        signed_on: command.signed_on,
    };
    if partnership.agreements.contains(&agreement) {
        return Err(PartnershipRule::AgreementAlreadySigned.into());
    }
    at_work(partnership, context)?;
    check_bodies(partnership, "/parties", &command.parties, context)?;
    context.evidence_if_any("/document", command.document, partnership.programme)?;
    room_for(partnership.agreements.len())?;
    fact(agreement)
}

pub(super) fn adopt_action_plan(
    partnership: &Partnership,
    command: &AdoptActionPlan,
    context: &Context<'_>,
) -> Decision {
    if !(1..=999).contains(&command.version) {
        return Err(Rejection::unfit("/version", "must be a number from 1 to 999"));
    }
    if partnership.action_plans.contains_key(&command.version) {
        return Err(PartnershipRule::ActionPlanAlreadyAdopted { version: command.version }.into());
    }
    at_work(partnership, context)?;
    context.evidence_if_any("/document", command.document, partnership.programme)?;
    fact(ActionPlanAdopted { version: command.version, document: command.document })
}

pub(super) fn commit_continuation(
    partnership: &Partnership,
    command: &CommitContinuation,
    context: &Context<'_>,
) -> Decision {
    let committed =
        ContinuationCommitted { bodies: command.bodies.clone(), document: command.document, until: command.until };
    if partnership.continuations.contains(&committed) {
        return Err(PartnershipRule::ContinuationAlreadyCommitted.into());
    }
    match partnership.status {
        PartnershipStatus::Completed => {
            context.open_programme("", partnership.programme)?;
        }
        _ => at_work(partnership, context)?,
    }
    check_bodies(partnership, "/bodies", &command.bodies, context)?;
    context.evidence_if_any("/document", command.document, partnership.programme)?;
    room_for(partnership.continuations.len())?;
    fact(committed)
}
