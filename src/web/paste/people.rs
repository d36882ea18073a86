//! Finding the person that a pasted row means, among those the reader knows by name: by e-mail address first, then by name,
//! however it is written. A name that two people bear is nobody's until an address says whose.

use koinon_events::{Kind, Subject};
use koinon_projections::plain;

use crate::web::asked::Asked;
use crate::web::failure::Refusal;
use crate::web::reads::subject_in;

/// How like two names must be for one to be offered in the place of the other.
const LIKE: f64 = 0.85;

/// Everybody known.
pub struct People(Vec<Known>);

struct Known {
    person: Subject,
    name: String,
    email: String,
}

/// Who was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// This person.
    One(Subject),
    /// Several bear the name.
    Several,
    /// Nobody; perhaps somebody with a name like it.
    Nobody(Option<String>),
}

impl People {
    /// The people of the programme whose names the reader may know.
    ///
    /// # Errors
    /// When the people cannot be read.
    pub async fn of(asked: &Asked) -> Result<Self, Refusal> {
        let rows = asked.view.all("people", &[]).await?;
        let taking_part = rows.iter().filter(|row| matches!(row["status"].as_str(), Some("invited" | "active")));
        let known = taking_part.filter_map(|row| {
            let text = |field: &str| row[field].as_str().unwrap_or_default().trim().to_owned();
            Some(Known { person: subject_in(Kind::Person, &row["id"])?, name: text("name"), email: text("email") })
        });
        Ok(Self(known.collect()))
    }

    /// Whom a name and an e-mail address mean; either may be empty.
    pub fn find(&self, name: &str, email: &str) -> Found {
        if !email.is_empty()
            && let Some(known) = self.0.iter().find(|known| plain(&known.email) == plain(email))
        {
            return Found::One(known.person);
        }
        let wanted = sorted(name);
        let mut same = self.0.iter().filter(|known| !name.is_empty() && sorted(&known.name) == wanted);
        match (same.next(), same.next()) {
            (Some(_), Some(_)) => Found::Several,
            // Another address is another person, until somebody says otherwise.
            (Some(known), None) if email.is_empty() || known.email.is_empty() => Found::One(known.person),
            (Some(known), None) => Found::Nobody(Some(format!("{} ({})", known.name, known.email))),
            (None, _) => Found::Nobody(self.like(&wanted)),
        }
    }

    fn like(&self, wanted: &str) -> Option<String> {
        let scored = self.0.iter().map(|known| (strsim::jaro_winkler(&sorted(&known.name), wanted), &known.name));
        let best = scored.filter(|(score, _)| *score >= LIKE).max_by(|one, other| one.0.total_cmp(&other.0));
        best.map(|(_, name)| name.clone())
    }
}

/// The words of a name in one order: "Example, Thandi" is "Thandi Example".
fn sorted(name: &str) -> String {
    let name = plain(name).replace([',', '.'], " ");
    let mut words: Vec<&str> = name.split_whitespace().collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(number: u128, name: &str, email: &str) -> Known {
        let person = Subject { kind: Kind::Person, id: uuid::Uuid::from_u128(number) };
        Known { person, name: name.to_owned(), email: email.to_owned() }
    }

    #[test]
    fn a_person_is_found_by_address_or_by_name_however_it_is_written() {
        let people = People(vec![known(1, "Thandi Example", "thandi@example.org"), known(2, "João Sá", "")]);
        let first = Found::One(people.0[0].person);
        assert_eq!(people.find("T. E.", "THANDI@example.org"), first);
        assert_eq!(people.find("Example, Thandi", ""), first);
        assert_eq!(people.find("Joao Sa", "joao@example.org"), Found::One(people.0[1].person));
        assert_eq!(people.find("Thandi Exampel", ""), Found::Nobody(Some("Thandi Example".to_owned())));
        assert_eq!(people.find("Somebody Else", ""), Found::Nobody(None));
    }

    #[test]
    fn a_name_of_two_people_is_nobodys_and_another_address_is_another_person() {
        let people = People(vec![known(1, "Kim Min", "a@example.org"), known(2, "Kim Min", "b@example.org")]);
        assert_eq!(people.find("Kim Min", ""), Found::Several);
        assert_eq!(people.find("Kim Min", "b@example.org"), Found::One(people.0[1].person));
        let one = People(vec![known(1, "Kim Min", "a@example.org")]);
        assert!(matches!(one.find("Kim Min", "c@example.org"), Found::Nobody(Some(_))));
    }
}
