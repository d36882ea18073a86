//! What waits for somebody on a day: a pure reading of the read models. Each item says for whom it waits, which command
//! settles it, and by when; it is gone once the event of that command is there.

mod documents;
mod learnings;
mod partners;
mod pilots;
mod reports;
#[cfg(test)]
mod stories;
pub(crate) mod visits;

use koinon_events::value::Day;
use koinon_events::{CityId, PartnershipId, PersonId, ProgrammeId, Role, Subject};
use serde::{Deserialize, Serialize};

use crate::models::Tables;
use crate::report::{Ground, Period};

/// Something that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What, as a code: `confirm-visit`.
    pub kind: String,
    /// What it is about.
    pub subject: Subject,
    /// What of it, in its own words; empty when the subject says it all.
    pub name: String,
    /// The command that settles it.
    pub command: String,
    /// What is known of the command's fields.
    pub fields: Vec<(String, String)>,
    /// The day it is due.
    pub due: Day,
    /// The position of the event since which it waits.
    pub since: u64,
    /// For whom it waits.
    #[serde(rename = "for")]
    pub whom: Whom,
}

/// For whom something waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whom {
    /// Persons, by name.
    pub persons: Vec<PersonId>,
    /// Whoever acts in these roles where it belongs.
    pub roles: Vec<Role>,
    /// The city it waits for, when for one: a delegate of another city is not meant.
    pub city: Option<CityId>,
    /// The partnership it belongs to.
    pub partnership: Option<PartnershipId>,
    /// The programme it belongs to.
    pub programme: Option<ProgrammeId>,
}

/// Everything that waits in a programme on a day, the most urgent first; `None` when there is no such programme.
pub fn inbox(tables: &Tables, programme: ProgrammeId, day: Day) -> Option<Vec<Item>> {
    let ground = Ground::new(tables, programme, Period::default(), day)?;
    let mut desk = Desk { tables, ground, items: Vec::new() };
    visits::look(&mut desk);
    partners::look(&mut desk);
    learnings::look(&mut desk);
    pilots::look(&mut desk);
    reports::look(&mut desk);
    documents::look(&mut desk);
    let mut items = desk.items;
    items.sort_by(|one, other| {
        (one.due, one.since, &one.kind, one.subject).cmp(&(other.due, other.since, &other.kind, other.subject))
    });
    Some(items)
}

/// Where items are gathered.
struct Desk<'a> {
    tables: &'a Tables,
    ground: Ground<'a>,
    items: Vec<Item>,
}

impl Desk<'_> {
    /// Adds an item.
    fn add(&mut self, kind: &str, subject: Subject, command: &str, field: &str, due: Day, since: u64) -> &mut Item {
        let value = if matches!(field, "origin" | "from") { subject.to_string() } else { subject.id.to_string() };
        self.items.push(Item {
            kind: kind.to_owned(),
            subject,
            name: String::new(),
            command: command.to_owned(),
            fields: vec![(field.to_owned(), value)],
            due,
            since,
            whom: Whom { programme: Some(self.ground.programme.id), ..Whom::default() },
        });
        let last = self.items.len() - 1;
        &mut self.items[last]
    }

    /// Whether anybody may act for a city as its delegate; where nobody may, a coordinator has to.
    fn has_delegate(&self, city: CityId) -> bool {
        let today = self.ground.day;
        self.tables.people.rows().any(|(_, person)| {
            person.grants.iter().any(|grant| {
                let lasts = grant.until.is_none_or(|until| today <= until);
                grant.role == Role::Delegate && lasts && grant.scope.is_none_or(|scope| scope == city.subject())
            })
        })
    }

    /// Whom a city's part waits for.
    fn of_city(&self, city: CityId) -> Vec<Role> {
        if self.has_delegate(city) { vec![Role::Delegate] } else { vec![Role::Delegate, Role::Coordinator] }
    }
}

impl Item {
    fn named(&mut self, name: impl std::fmt::Display) -> &mut Self {
        self.name = name.to_string();
        self
    }

    fn field(&mut self, field: &str, value: impl std::fmt::Display) -> &mut Self {
        self.fields.push((field.to_owned(), value.to_string()));
        self
    }

    fn for_roles(&mut self, roles: &[Role]) -> &mut Self {
        self.whom.roles.extend(roles);
        self
    }

    fn for_city(&mut self, city: CityId, roles: &[Role]) -> &mut Self {
        self.whom.city = Some(city);
        self.for_roles(roles)
    }

    fn for_persons(&mut self, persons: impl IntoIterator<Item = PersonId>) -> &mut Self {
        self.whom.persons.extend(persons);
        self
    }

    fn in_partnership(&mut self, partnership: Option<PartnershipId>) -> &mut Self {
        self.whom.partnership = partnership;
        self
    }
}
