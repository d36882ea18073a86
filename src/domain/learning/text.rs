//! What a learning says: recorded once, revised with what it said before.

use koinon_events::learning::{LearningRecorded, LearningRevised};
use koinon_events::value::Code;
use koinon_events::{Kind, LearningId, ProgrammeId};

use super::{Learning, LearningRule, LearningStatus, RecordLearning, ReviseLearning, check_stands};
use crate::domain::belonging::check_list;
use crate::domain::context::Context;
use crate::domain::meeting::MeetingStatus;
use crate::domain::visit::VisitStatus;
use crate::domain::{Decision, Rejection, State, fact};

pub(super) fn record(learning: Option<&Learning>, command: &RecordLearning, context: &Context<'_>) -> Decision {
    if learning.is_some() {
        return Err(LearningRule::LearningAlreadyExists.into());
    }
    let programme = command.programme;
    context.running_programme("/programme", programme)?;
    context.city_in("/origin_city", command.origin_city, programme)?;
    context.cities_in("/learned_by", &command.learned_by, programme)?;
    check_themes(&command.themes, programme, context)?;
    check_targets(&command.sdg_targets)?;
    let partnership = origin(command, context)?.scope().partnership();
    fact(LearningRecorded {
        programme,
        partnership,
        title: command.title.clone(),
        what: command.what.clone(),
        why_it_works: command.why_it_works.clone(),
        conditions: command.conditions.clone(),
        cost_order: command.cost_order,
        maturity: command.maturity,
        origin_city: command.origin_city,
        origin: command.origin,
        learned_by: command.learned_by.clone(),
        themes: command.themes.clone(),
        sdg_targets: command.sdg_targets.clone(),
        language: command.language.clone(),
    })
}

/// The visit or meeting that the learning came from.
fn origin<'a>(command: &RecordLearning, context: &Context<'a>) -> Result<&'a State, Rejection> {
    if !matches!(command.origin.kind, Kind::Visit | Kind::Meeting) {
        return Err(Rejection::unfit("/origin", "a learning comes from a visit or a meeting"));
    }
    let origin = context.exists("/origin", command.origin)?;
    if origin.scope().programme != Some(command.programme) {
        return Err(Rejection::unfit("/origin", "this belongs to another programme"));
    }
    let cancelled = match origin {
        State::Visit(visit) => visit.status == VisitStatus::Cancelled,
        State::Meeting(meeting) => meeting.status == MeetingStatus::Cancelled,
        _ => false,
    };
    if cancelled {
        return Err(Rejection::unfit("/origin", "this was cancelled, so nothing was learned there"));
    }
    Ok(origin)
}

fn check_themes(themes: &[Code], programme: ProgrammeId, context: &Context<'_>) -> Result<(), Rejection> {
    check_list("/themes", themes)?;
    context.themes("/themes", programme, themes)
}

/// Targets of the Sustainable Development Goals: a goal from 1 to 17, a point, and a number or letter.
fn check_targets(targets: &[Code]) -> Result<(), Rejection> {
    check_list("/sdg_targets", targets)?;
    let sound = |target: &Code| {
        target.as_str().split_once('.').is_some_and(|(goal, target)| {
            let goal_is_one = !goal.starts_with('0') && goal.parse::<u8>().is_ok_and(|goal| (1..=17).contains(&goal));
            let number = matches!(target.parse::<u8>(), Ok(1..=19)) && !target.starts_with('0');
            let letter = matches!(target.as_bytes(), [b'a'..=b'd']);
            goal_is_one && (number || letter)
        })
    };
    match targets.iter().position(|target| !sound(target)) {
        Some(at) => Err(Rejection::unfit(format!("/sdg_targets/{at}"), "must be an SDG target such as 12.5 or 7.b")),
        None => Ok(()),
    }
}

pub(super) fn revise(learning: &Learning, command: &ReviseLearning, context: &Context<'_>) -> Decision {
    if let Some(themes) = &command.themes {
        check_themes(themes, learning.programme, context)?;
    }
    if let Some(targets) = &command.sdg_targets {
        check_targets(targets)?;
    }
    if (ReviseLearning { reason: None, ..command.clone() }) == nothing_asked(command.learning) {
        return Err(Rejection::unfit("", "say what changes: at least one of the learning's texts"));
    }
    check_stands(learning)?;
    if learning.status == LearningStatus::Published && command.reason.is_none() {
        return Err(Rejection::unfit("/reason", "is required, because the learning is published"));
    }
    let revised = changes(&learning.content, command);
    if (LearningRevised { reason: None, ..revised.clone() }) == LearningRevised::default() {
        return Err(LearningRule::LearningAlreadyReadsSo.into());
    }
    fact(revised)
}

/// A revision that asks for no change.
fn nothing_asked(learning: LearningId) -> ReviseLearning {
    ReviseLearning {
        learning,
        title: None,
        what: None,
        why_it_works: None,
        conditions: None,
        cost_order: None,
        maturity: None,
        themes: None,
        sdg_targets: None,
        reason: None,
    }
}

/// What the learning would be changed to, from what it is, leaving out what stays the same.
fn changes(content: &LearningRecorded, command: &ReviseLearning) -> LearningRevised {
    let (title, was_title) = change(&command.title, &content.title);
    let (what, was_what) = change(&command.what, &content.what);
    let (why_it_works, was_why_it_works) = change(&command.why_it_works, &content.why_it_works);
    let (conditions, was_conditions) = change(&command.conditions, &content.conditions);
    let (cost_order, was_cost_order) = change(&command.cost_order, &content.cost_order);
    let (maturity, was_maturity) = change(&command.maturity, &content.maturity);
    let (themes, was_themes) = change(&command.themes, &content.themes);
    let (sdg_targets, was_sdg_targets) = change(&command.sdg_targets, &content.sdg_targets);
    LearningRevised {
        title,
        was_title,
        what,
        was_what,
        why_it_works,
        was_why_it_works,
        conditions,
        was_conditions,
        cost_order,
        was_cost_order,
        maturity,
        was_maturity,
        themes,
        was_themes,
        sdg_targets,
        was_sdg_targets,
        reason: command.reason.clone(),
    }
}

fn change<T: Clone + PartialEq>(asked: &Option<T>, current: &T) -> (Option<T>, Option<T>) {
    match asked {
        Some(asked) if asked != current => (Some(asked.clone()), Some(current.clone())),
        _ => (None, None),
    }
}

/// The learning's content after a revision.
pub(super) fn apply(content: &mut LearningRecorded, revised: &LearningRevised) {
    put(&mut content.title, &revised.title);
    put(&mut content.what, &revised.what);
    put(&mut content.why_it_works, &revised.why_it_works);
    put(&mut content.conditions, &revised.conditions);
    put(&mut content.cost_order, &revised.cost_order);
    put(&mut content.maturity, &revised.maturity);
    put(&mut content.themes, &revised.themes);
    put(&mut content.sdg_targets, &revised.sdg_targets);
}

fn put<T: Clone>(field: &mut T, new: &Option<T>) {
    if let Some(new) = new {
        *field = new.clone();
    }
}
