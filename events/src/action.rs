//! What can be known about an action: one thing somebody has to do by some day, and what became of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::family::family;
use crate::value::{Day, Language, Line, Prose};
use crate::{CityId, DocumentId, PartnershipId, PersonId, ProgrammeId, Subject};

/// Who has to see to something: a person, by id, or a body, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "must be a person's id or the name of a body")]
pub enum Owner {
    /// A person.
    Person(PersonId),
    /// A body, such as a utility or a department.
    Body(Line),
}

/// One version of a partnership's adopted action plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanReference {
    /// Whose plan.
    pub partnership: PartnershipId,
    /// Which version of it.
    pub version: u32,
}

/// Something has to be done.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionRaised {
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

/// Somebody else has to do it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionReassigned {
    /// Who has to do it now.
    pub owner: Owner,
    /// Who had to until now.
    pub was_owner: Option<Owner>,
    /// Why.
    pub reason: Option<Prose>,
}

/// It is due on another day.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionDueChanged {
    /// The day it is due now.
    pub due: Day,
    /// The day it was due until now.
    pub was_due: Option<Day>,
    /// Why.
    pub reason: Prose,
}

/// It was done.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionCompleted {
    /// What was done.
    pub note: Option<Prose>,
    /// Documents that show it.
    #[serde(default)]
    pub evidence: Vec<DocumentId>,
}

/// Somebody saw that it was done.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionVerified {
    /// What was seen.
    pub note: Option<Prose>,
}

/// It has to be done after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionReopened {
    /// Why.
    pub reason: Prose,
}

/// It need not be done any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionDropped {
    /// Why.
    pub reason: Prose,
}

family! {
    /// Events of an action.
    Action: ActionEvent {
        ActionRaised, ActionReassigned, ActionDueChanged, ActionCompleted, ActionVerified, ActionReopened,
        ActionDropped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_a_person_by_id_or_a_body_by_name() {
        let person = "\"0197a8c2-0000-7000-8000-000000000001\"";
        assert!(matches!(serde_json::from_str(person).unwrap(), Owner::Person(_)));
        assert!(matches!(serde_json::from_str("\"Durban Solid Waste\"").unwrap(), Owner::Body(_)));
        assert_eq!(serde_json::to_string(&serde_json::from_str::<Owner>(person).unwrap()).unwrap(), person);
    }

    #[test]
    fn an_owner_that_is_neither_is_refused_in_words() {
        for wrong in ["\"\"", "7", "{}", "\"two\\nlines\""] {
            let error = serde_json::from_str::<Owner>(wrong).unwrap_err().to_string();
            assert!(error.starts_with("must be a person's id or the name of a body"), "{wrong}: {error}");
        }
    }
}
