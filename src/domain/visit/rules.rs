//! The rules that forbid commands on visits, and the refusals that several of them share.

use super::{Visit, VisitStatus};
use crate::domain::Rejection;
use crate::domain::rejection::rejections;

/// Refuses planning for a visit that is over or will not take place.
pub(super) fn check_plannable(visit: &Visit) -> Result<(), Rejection> {
    match visit.status {
        VisitStatus::Completed | VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        VisitStatus::Proposed
        | VisitStatus::Scheduled
        | VisitStatus::Confirmed
        | VisitStatus::Postponed
        | VisitStatus::UnderWay => Ok(()),
    }
}

/// Refuses what only a visit that began, and is not settled, can have.
pub(super) fn check_begun(visit: &Visit) -> Result<(), Rejection> {
    match visit.status {
        VisitStatus::UnderWay | VisitStatus::Completed => Ok(()),
        VisitStatus::Closed | VisitStatus::Cancelled => Err(over(visit.status)),
        VisitStatus::Proposed | VisitStatus::Scheduled | VisitStatus::Confirmed | VisitStatus::Postponed => {
            Err(VisitRule::VisitNotUnderWay.into())
        }
    }
}

/// The refusal for a visit that is past being planned.
pub(super) fn over(status: VisitStatus) -> Rejection {
    match status {
        VisitStatus::Cancelled => VisitRule::VisitAlreadyCancelled.into(),
        VisitStatus::UnderWay => VisitRule::VisitAlreadyUnderWay.into(),
        VisitStatus::Closed => VisitRule::VisitAlreadyClosed.into(),
        _ => VisitRule::VisitAlreadyHeld.into(),
    }
}

/// The rules that forbid commands on visits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
#[allow(missing_docs)]
pub enum VisitRule {
    #[error("There is a visit with this id already; it is {}.", words(*status))]
    VisitAlreadyExists { status: VisitStatus },
    #[error("This visit has its dates already; it is {}. To change them, move it and say why.", words(*status))]
    VisitAlreadyScheduled { status: VisitStatus },
    #[error("The visit's partnership is not formed or no longer at work, so no visit can be planned in it.")]
    PartnershipNotWorking,
    #[error("A city of this visit does not take part now, so no visit can be planned with it.")]
    CityNotTakingPart,
    #[error("This visit has no dates yet. Schedule it first.")]
    VisitHasNoDates,
    #[error("This visit is on these days already.")]
    VisitAlreadyOnTheseDays,
    #[error("This visit is postponed already. Move it to new dates or cancel it.")]
    VisitAlreadyPostponed,
    #[error("The host has confirmed this visit already.")]
    VisitAlreadyConfirmed,
    #[error("This visit was cancelled already, so nothing more can be planned for it.")]
    VisitAlreadyCancelled,
    #[error("This visit is under way already, so its dates stand.")]
    VisitAlreadyUnderWay,
    #[error("This visit has been held already, so its plan stands.")]
    VisitAlreadyHeld,
    #[error("This visit is closed already, so nothing more is recorded for it.")]
    VisitAlreadyClosed,
    #[error("This visit has not begun. Start it first.")]
    VisitNotUnderWay,
    #[error("This visit is not completed. Complete it first.")]
    VisitNotCompleted,
    #[error("This visit has no attendance sheet. Record its attendance with a document, or say why it closes without.")]
    AttendanceNotRecorded,
    #[error("No learning of this visit is named. Name one that came from it, or say why it closes without.")]
    LearningNotNamed,
    #[error("This person is in the delegation already.")]
    DelegateAlreadyInvited,
    #[error("This person was replaced in the delegation already.")]
    DelegateAlreadyReplaced,
    #[error("This person was taken off the delegation already.")]
    DelegateAlreadyWithdrawn,
    #[error("This person is not in the delegation. Invite the person first.")]
    DelegateNotInvited,
    #[error("The delegation is confirmed already and has not changed since.")]
    DelegationAlreadyConfirmed,
    #[error("This expert accompanies the visit already.")]
    ExpertAlreadyAssigned,
    #[error("This expert was replaced already.")]
    ExpertAlreadyReplaced,
    #[error("This expert does not accompany the visit. Assign the expert first.")]
    ExpertNotAssigned,
    #[error("The itinerary has this session already.")]
    SessionAlreadyExists,
    #[error("This session is at that time and place already.")]
    SessionAlreadyThere,
    #[error("This session was dropped already.")]
    SessionAlreadyDropped,
    #[error("This session was held already.")]
    SessionAlreadyHeld,
    #[error("This session was skipped already.")]
    SessionAlreadySkipped,
    #[error("The itinerary is published already and has not changed since.")]
    ItineraryAlreadyPublished,
    #[error("The itinerary has no session yet. Add one first.")]
    ItineraryIsEmpty,
    #[error("This is noted already.")]
    LogisticsAlreadyRecorded,
    #[error("This attendance is recorded already.")]
    AttendanceAlreadyRecorded,
    #[error("This mission note was handed in already.")]
    MissionNoteAlreadySubmitted,
    #[error("The expert's mission note was approved already, so it stands.")]
    MissionNoteAlreadyApproved,
    #[error("The learnings of this visit were asked for by this day already.")]
    LearningsAlreadyRequested,
    #[error("The expert has not handed in a mission note. It is handed in first.")]
    MissionNoteNotSubmitted,
}

rejections!(VisitRule);

/// The status as people say it.
fn words(status: VisitStatus) -> String {
    let word: &str = status.into();
    word.replace('-', " ")
}
