//! What was asked and decided up to the report's position, and what was corrected since the last accepted report.

use koinon_paper::{Block, Cell, Level};
use koinon_projections::reports::{Query, Submission};

use super::hand::{CELL, FAINT, Hand, LEDE, PROSE, STRONG, cell};
use crate::locale::Said;

pub(super) fn decisions(hand: &mut Hand<'_>) {
    let frame = &hand.report.document.frame;
    hand.head(Level::One, hand.t("paper-decisions"), "decisions");
    if frame.submissions.is_empty() && frame.queries.is_empty() {
        hand.text(hand.t("paper-decisions-none"), LEDE);
        return;
    }
    let size = hand.count(hand.report.size);
    hand.text(hand.say("paper-decisions-lede", &[("size", Said::Text(&size))]), LEDE);
    if !frame.submissions.is_empty() {
        hand.head(Level::Two, hand.t("paper-handed-in"), "handed-in");
        let rows = frame.submissions.iter().map(|submission| handed_in(hand, submission)).collect();
        let columns = [("paper-handed-in-on", 1.5), ("paper-shows", -1.1), ("paper-decided", 4.0)];
        hand.table(hand.t("paper-handed-in-table"), &columns, rows);
    }
    if let Some(conditions) = &frame.conditions {
        hand.text(hand.say("paper-conditions", &[("conditions", Said::Text(conditions.as_str()))]), PROSE);
    }
    if !frame.queries.is_empty() {
        hand.head(Level::Two, hand.t("paper-questions"), "questions");
        let rows = frame.queries.iter().map(|query| asked(hand, query)).collect();
        let columns = [("paper-code", 0.7), ("paper-question", 3.0), ("paper-asked", 1.2), ("paper-answer", 3.0)];
        hand.table(hand.t("paper-questions-table"), &columns, rows);
    }
}

fn handed_in(hand: &Hand<'_>, submission: &Submission) -> Vec<Cell> {
    let decided = match (submission.decided, &submission.returned) {
        (Some(mark), Some(reasons)) => {
            let day = hand.day(mark.recorded);
            let values = [("day", Said::Text(&day)), ("reasons", Said::Text(reasons.as_str()))];
            hand.say("paper-decided-returned", &values)
        }
        (Some(mark), None) => {
            let day = hand.day(mark.recorded);
            hand.say("paper-decided-on", &[("day", Said::Text(&day))])
        }
        (None, _) => hand.t("paper-decided-not"),
    };
    vec![
        cell(hand.day(submission.submitted.recorded), STRONG),
        cell(hand.count(submission.as_of), CELL),
        cell(decided, CELL),
    ]
}

fn asked(hand: &Hand<'_>, query: &Query) -> Vec<Cell> {
    let answer = match (&query.answer, query.answered, query.due) {
        (Some(text), Some(mark), _) => {
            let (day, position) = (hand.day(mark.recorded), mark.position.to_string());
            let values =
                [("text", Said::Text(text.as_str())), ("day", Said::Text(&day)), ("position", Said::Text(&position))];
            hand.say("paper-answered", &values)
        }
        (_, _, Some(due)) => {
            let day = hand.day(due);
            hand.say("paper-answer-due", &[("day", Said::Text(&day))])
        }
        _ => hand.t("paper-answer-none"),
    };
    vec![
        cell(query.query.to_string(), FAINT),
        cell(query.text.to_string(), CELL),
        cell(hand.day(query.asked.recorded), CELL),
        cell(answer, CELL),
    ]
}

pub(super) fn corrections(hand: &mut Hand<'_>) {
    let corrections = &hand.report.document.frame.corrections;
    hand.head(Level::One, hand.t("paper-corrections"), "corrections");
    let key = if corrections.is_empty() { "paper-corrections-none" } else { "paper-corrections-lede" };
    hand.text(hand.t(key), LEDE);
    let rows = corrections.iter().map(|correction| {
        vec![
            cell(hand.name(correction.subject), STRONG),
            cell(correction.position.to_string(), CELL),
            cell(hand.events(&correction.replaced), CELL),
            cell(correction.reason.as_ref().map(ToString::to_string).unwrap_or_default(), CELL),
        ]
    });
    let rows = rows.collect();
    let columns = [("paper-what", 2.2), ("paper-record", -0.8), ("paper-corrects", 1.2), ("paper-why", 3.0)];
    hand.table(hand.t("paper-corrections-table"), &columns, rows);
    hand.blocks.push(Block::NewPage);
}
