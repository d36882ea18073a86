//! What can be asked of an action.

use koinon_events::action::{Owner, PlanReference};
use koinon_events::value::{Day, Language, Prose};
use koinon_events::{ActionId, CityId, DocumentId, PartnershipId, ProgrammeId, Subject};
use schemars::JsonSchema;
use serde::Deserialize;

/// Says that something has to be done.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseAction {
    /// The new action's id.
    pub id: ActionId,
    /// The programme it belongs to.
    pub programme: ProgrammeId,
    /// The partnership it belongs to, if one.
    pub partnership: Option<PartnershipId>,
    /// What has to be done.
    pub text: Prose,
    /// What it came up in: a visit, meeting, pilot, cooperation project or partnership.
    pub from: Option<Subject>,
    /// The action plan it carries out, if one.
    pub plan: Option<PlanReference>,
    /// Who has to do it.
    pub owner: Option<Owner>,
    /// The city that answers for it.
    pub city: Option<CityId>,
    /// The day it is due.
    pub due: Option<Day>,
    /// The language the text is written in.
    pub language: Option<Language>,
}

/// Gives an action to somebody else.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassignAction {
    /// Which action.
    pub action: ActionId,
    /// Who has to do it now.
    pub owner: Owner,
    /// Why.
    pub reason: Option<Prose>,
}

/// Moves the day an action is due.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeDue {
    /// Which action.
    pub action: ActionId,
    /// The day it is due now.
    pub due: Day,
    /// Why.
    pub reason: Prose,
}

/// Says that an action was done.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteAction {
    /// Which action.
    pub action: ActionId,
    /// What was done.
    pub note: Option<Prose>,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// Confirms that an action was done.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyAction {
    /// Which action.
    pub action: ActionId,
    /// What was seen.
    pub note: Option<Prose>,
}

/// Opens an action again that was done, verified or dropped.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenAction {
    /// Which action.
    pub action: ActionId,
    /// Why.
    pub reason: Prose,
}

/// Gives an action up.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DropAction {
    /// Which action.
    pub action: ActionId,
    /// Why.
    pub reason: Prose,
}

commands! {
    /// Commands on an action.
    Action: ActionCommand {
        new RaiseAction(id), on ReassignAction(action), on ChangeDue(action), on CompleteAction(action), on
        VerifyAction(action), on ReopenAction(action), on DropAction(action),
    }
}
