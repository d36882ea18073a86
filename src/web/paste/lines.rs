//! What each pasted row would do, or what stands in its way: the column, and what to write instead. Days and times are read
//! the way people write them; persons, cities, sessions and themes are found by what they are called.

use std::collections::BTreeMap;

use koinon_events::value::{Day, LocalTime};
use koinon_events::{Kind, Subject};
use koinon_projections::plain;
use serde_json::{Map, Value, json};

use super::people::{Found, People};
use super::table::{Cells, read as read_table};
use crate::locale::{Said, day, languages, locale};
use crate::web::asked::{Asked, in_language};
use crate::web::failure::Refusal;
use crate::web::form::typed::Typed;
use crate::web::parts::{day_in, subjects};
use crate::web::visits::{Visit, session_called};

/// A line for a session, who was there by name, and how many others from each city.
type Sheet = (Line, Vec<Value>, Map<String, Value>);

/// What is pasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The itinerary.
    Sessions,
    /// Who comes.
    Delegation,
    /// Who was there.
    Attendance,
}

impl What {
    /// The word in the address.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "sessions" => Some(Self::Sessions),
            "delegation" => Some(Self::Delegation),
            "attendance" => Some(Self::Attendance),
            _ => None,
        }
    }

    /// The command that a row becomes.
    pub fn command(self) -> &'static str {
        match self {
            Self::Sessions => "AddSession",
            Self::Delegation => "InviteDelegate",
            Self::Attendance => "RecordAttendance",
        }
    }

    /// The columns, in the order they are taken without names.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Sessions => &["day", "start", "end", "title", "place", "body", "theme"],
            Self::Delegation => &["name", "email", "city", "organisation"],
            Self::Attendance => &["name", "session", "city", "others"],
        }
    }

    /// What the page is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sessions => "paste-sessions",
            Self::Delegation => "paste-delegation",
            Self::Attendance => "paste-attendance",
        }
    }

    /// What is particular to it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Sessions => "paste-sessions-hint",
            Self::Delegation => "paste-delegation-hint",
            Self::Attendance => "paste-attendance-hint",
        }
    }
}

/// One row, understood or not.
pub struct Line {
    /// The line it stands on.
    pub number: u64,
    /// What it is about.
    pub about: String,
    /// What it would do.
    pub does: String,
    /// What stands in its way: the column, and what to do.
    pub findings: Vec<(&'static str, String)>,
    /// What is worth knowing beside.
    pub note: Option<String>,
    /// The id of the person that the row would invite, if the sender wants so.
    pub invites: Option<uuid::Uuid>,
    /// What it becomes.
    pub commands: Vec<(&'static str, Map<String, Value>)>,
}

impl Line {
    fn of(cells: &Cells, about: &str) -> Self {
        Self {
            number: cells.line,
            about: about.to_owned(),
            does: String::new(),
            findings: Vec::new(),
            note: None,
            invites: None,
            commands: Vec::new(),
        }
    }

    fn finds(&mut self, column: &'static str, finding: String) {
        self.findings.push((column, finding));
    }

    /// Whether anything could be sent for it.
    pub fn could_be_sent(&self) -> bool {
        self.findings.is_empty() && !self.commands.is_empty()
    }

    /// Whether it is sent: it is right, and where it invites somebody the sender said so.
    pub fn is_sent(&self, typed: &Typed) -> bool {
        self.could_be_sent() && (self.invites.is_none() || typed.any(&format!("invite.{}", self.number)))
    }
}

/// Reads what was pasted.
///
/// # Errors
/// When the people cannot be read.
pub async fn read(asked: &Asked, visit: &Visit, what: What, typed: &Typed) -> Result<Vec<Line>, Refusal> {
    let names =
        |column: &str| languages().into_iter().map(|tag| locale(tag).t(&format!("paste-column-{column}"))).collect();
    let rows = read_table(typed.one("rows"), what.columns(), &names);
    let desk = Desk { asked, visit };
    Ok(match what {
        What::Sessions => rows.iter().map(|row| desk.session(row)).collect(),
        What::Delegation => {
            let people = People::of(asked).await?;
            rows.iter().map(|row| desk.delegate(row, &people, typed)).collect()
        }
        What::Attendance => desk.attendance(&rows, &People::of(asked).await?),
    })
}

struct Desk<'a> {
    asked: &'a Asked,
    visit: &'a Visit,
}

impl Desk<'_> {
    fn t(&self, key: &str) -> String {
        self.asked.locale.t(key)
    }

    fn say(&self, key: &str, text: &str) -> String {
        self.asked.locale.say(key, &[("text", Said::Text(text))])
    }

    fn body(&self) -> Map<String, Value> {
        Map::from_iter([("visit".to_owned(), json!(self.visit.subject.id))])
    }

    fn session(&self, row: &Cells) -> Line {
        let mut line = Line::of(row, row.of("title"));
        let mut body = self.body();
        match row.of("title") {
            "" => line.finds("title", self.t("paste-no-title")),
            title => {
                body.insert("title".to_owned(), json!(title));
            }
        }
        let on = self.day(row.of("day"), &mut line);
        let mut when = on.map(|on| day(self.asked.locale, on)).into_iter().collect::<Vec<_>>();
        if let Some(on) = on {
            body.insert("day".to_owned(), json!(on));
        }
        let times = ["start", "end"].map(|column| self.time(column, row.of(column), &mut line));
        if let [Some(start), Some(end)] = times
            && end <= start
        {
            line.finds("end", self.t("paste-ends-early"));
        }
        for (column, time) in ["start", "end"].into_iter().zip(times) {
            if let Some(time) = time {
                body.insert(column.to_owned(), json!(time));
                when.push(time.to_string());
            }
        }
        for column in ["place", "body"] {
            if !row.of(column).is_empty() {
                body.insert(column.to_owned(), json!(row.of(column)));
            }
        }
        if !row.of("theme").is_empty() {
            match self.theme(row.of("theme")) {
                Some(code) => {
                    body.insert("theme".to_owned(), json!(code));
                }
                None => line.finds("theme", self.say("paste-no-theme", row.of("theme"))),
            }
        }
        if self.is_there(row.of("title"), on) {
            line.finds("title", self.t("paste-session-there"));
        }
        line.does = self.say("paste-adds-session", &when.join(", "));
        line.commands.push(("AddSession", body));
        line
    }

    fn is_there(&self, title: &str, on: Option<Day>) -> bool {
        let title = plain(title);
        self.visit.sessions().into_iter().any(|session| {
            plain(session["title"].as_str().unwrap_or_default()) == title && day_in(&session["day"]) == on
        })
    }

    fn day(&self, text: &str, line: &mut Line) -> Option<Day> {
        if text.is_empty() {
            return None;
        }
        let Some(found) = day_of(text) else {
            line.finds("day", self.say("paste-no-day", text));
            return None;
        };
        let (first, last) = (day_in(&self.visit.row["from"]), day_in(&self.visit.row["to"]));
        if first.is_some_and(|first| found < first) || last.is_some_and(|last| last < found) {
            line.finds("day", self.say("paste-day-outside", &self.visit.days(self.asked.locale)));
        }
        Some(found)
    }

    fn time(&self, column: &'static str, text: &str, line: &mut Line) -> Option<LocalTime> {
        let found = time_of(text);
        if found.is_none() && !text.is_empty() {
            line.finds(column, self.say("paste-no-time", text));
        }
        found
    }

    fn theme(&self, text: &str) -> Option<String> {
        let wanted = plain(text);
        let themes = self.visit.programme(self.asked)?["themes"].as_array()?.iter();
        let mut themes = themes.filter(|theme| {
            let label = in_language(&theme["label"], &self.asked.locale.tag);
            theme["code"].as_str().is_some_and(|code| plain(code) == wanted) || plain(&label) == wanted
        });
        Some(themes.next()?["code"].as_str()?.to_owned())
    }

    /// One of the visit's cities by its name; the only one that comes where none is named.
    fn city(&self, text: &str) -> Result<Option<Subject>, String> {
        let visiting = subjects(Kind::City, &self.visit.row["visiting_cities"]);
        if text.is_empty() {
            return Ok(Some(visiting).filter(|cities| cities.len() == 1).and_then(|cities| cities.first().copied()));
        }
        let found = self.visit.cities().into_iter().find(|city| plain(&self.visit.names.of(*city)) == plain(text));
        found.map(Some).ok_or_else(|| {
            let cities: Vec<String> = self.visit.cities().into_iter().map(|city| self.visit.names.of(city)).collect();
            self.say("paste-no-city", &self.asked.locale.list(&cities))
        })
    }

    fn delegate(&self, row: &Cells, people: &People, typed: &Typed) -> Line {
        let (name, email) = (row.of("name"), row.of("email"));
        let mut line = Line::of(row, if name.is_empty() { email } else { name });
        let city = match self.city(row.of("city")) {
            Ok(city) => city,
            Err(finding) => {
                line.finds("city", finding);
                None
            }
        };
        if name.is_empty() && email.is_empty() {
            line.finds("name", self.t("paste-no-name"));
            return line;
        }
        let person = match people.find(name, email) {
            Found::One(person) => person.id,
            Found::Several => {
                line.finds("name", self.t("paste-several"));
                return line;
            }
            Found::Nobody(like) => {
                line.note = like.map(|like| self.say("paste-like", &like));
                let id = typed
                    .one(&format!("id.{}", row.line))
                    .parse()
                    .unwrap_or_else(|_| self.asked.site.koinon.clock().id());
                match self.invitation(row, id, city) {
                    Ok(invitation) => line.commands.push(("InvitePerson", invitation)),
                    Err(findings) => line.findings.extend(findings),
                }
                line.invites = line.findings.is_empty().then_some(id);
                id
            }
        };
        let there = self.visit.row["delegates"].as_array().into_iter().flatten();
        if there.into_iter().any(|delegate| delegate["person"] == person.to_string().as_str()) {
            line.finds("name", self.t("paste-delegate-there"));
        }
        let mut body = self.body();
        body.insert("person".to_owned(), json!(person));
        if let Some(city) = city {
            body.insert("city".to_owned(), json!(city.id));
        }
        line.does = self.t("paste-adds-delegate");
        line.commands.push(("InviteDelegate", body));
        line
    }

    /// The invitation of somebody nobody knows yet.
    fn invitation(
        &self,
        row: &Cells,
        id: uuid::Uuid,
        city: Option<Subject>,
    ) -> Result<Map<String, Value>, Vec<(&'static str, String)>> {
        let needed = [
            ("name", "paste-unknown-name"),
            ("email", "paste-unknown"),
            ("organisation", "paste-unknown-organisation"),
        ];
        let missing = needed.into_iter().filter(|(column, _)| row.of(column).is_empty());
        let mut findings: Vec<(&'static str, String)> = missing.map(|(column, key)| (column, self.t(key))).collect();
        if !row.of("email").is_empty() && !row.of("email").contains('@') {
            findings.push(("email", self.say("paste-no-address", row.of("email"))));
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        let mut body = Map::from_iter([
            ("id".to_owned(), json!(id)),
            ("programme".to_owned(), self.visit.row["programme"].clone()),
            ("name".to_owned(), json!(row.of("name"))),
            ("email".to_owned(), json!(row.of("email"))),
            ("organisation".to_owned(), json!(row.of("organisation"))),
            ("languages".to_owned(), json!([])),
            ("kind".to_owned(), json!("delegate")),
        ]);
        if let Some(city) = city {
            body.insert("city".to_owned(), json!(city.id));
        }
        Ok(body)
    }

    /// Rows of the same session become one record of who was there.
    fn attendance(&self, rows: &[Cells], people: &People) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
        for row in rows {
            let mut line = Line::of(row, if row.of("name").is_empty() { row.of("city") } else { row.of("name") });
            let session = self.session_code(row.of("session"), &mut line);
            let (person, others) = self.present(row, people, &mut line);
            if !line.findings.is_empty() {
                lines.push(line);
                continue;
            }
            let about = match self.visit.session(&session) {
                Some(found) => session_called(self.asked.locale, found),
                None => self.t("attendance-whole"),
            };
            let sheet = sheets.entry(session).or_insert_with(|| (Line::of(row, &about), Vec::new(), Map::new()));
            let person = person.map(|person| json!(person.id)).filter(|person| !sheet.1.contains(person));
            sheet.1.extend(person);
            sheet.2.extend(others.map(|(city, count)| (city.id.to_string(), json!(count))));
        }
        let complete = sheets.into_iter().map(|(session, (mut line, present, others))| {
            let said = [("present", Said::count(present.len())), ("others", Said::count(others.len()))];
            line.does = self.asked.locale.say("paste-records", &said);
            line.note = self.visit.recorded(&session).map(|_| self.t("paste-replaces"));
            let mut body = self.body();
            body.extend([("present".to_owned(), Value::Array(present)), ("others".to_owned(), Value::Object(others))]);
            if !session.is_empty() {
                body.insert("session".to_owned(), json!(session));
            }
            line.commands.push(("RecordAttendance", body));
            line
        });
        lines.splice(0..0, complete);
        lines
    }

    /// A session by its code or its title; empty for the visit as a whole.
    fn session_code(&self, text: &str, line: &mut Line) -> String {
        if text.is_empty() {
            return String::new();
        }
        let wanted = plain(text);
        let found = self.visit.sessions().into_iter().find(|session| {
            ["session", "title"].iter().any(|field| plain(session[*field].as_str().unwrap_or_default()) == wanted)
        });
        if found.is_none() {
            line.finds("session", self.say("paste-no-session", text));
        }
        found.and_then(|session| session["session"].as_str()).unwrap_or_default().to_owned()
    }

    fn present(&self, row: &Cells, people: &People, line: &mut Line) -> (Option<Subject>, Option<(Subject, u32)>) {
        if row.of("others").is_empty() {
            return match people.find(row.of("name"), "") {
                Found::One(person) => (Some(person), None),
                Found::Several => {
                    line.finds("name", self.t("paste-several"));
                    (None, None)
                }
                Found::Nobody(like) => {
                    line.finds("name", self.t("paste-unknown-here"));
                    line.note = like.map(|like| self.say("paste-like", &like));
                    (None, None)
                }
            };
        }
        let count = row.of("others").parse::<u32>().ok();
        if count.is_none() {
            line.finds("others", self.say("paste-no-number", row.of("others")));
        }
        match self.city(row.of("city")) {
            Ok(Some(city)) => (None, count.map(|count| (city, count))),
            Ok(None) => {
                line.finds("city", self.t("paste-which-city"));
                (None, None)
            }
            Err(finding) => {
                line.finds("city", finding);
                (None, None)
            }
        }
    }
}

/// A day as spreadsheets write it: 2022-06-13, 13.06.2022, 13/06/2022.
fn day_of(text: &str) -> Option<Day> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let parts: Vec<u32> = text.split(['.', '/', '-']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [of_month, month, year] = parts.as_slice() else { return None };
    format!("{year:04}-{month:02}-{of_month:02}").parse().ok()
}

/// A time of day as people write it: 9:30, 09.30, 14h30, 09:30:00.
fn time_of(text: &str) -> Option<LocalTime> {
    let parts: Vec<u32> = text
        .split([':', '.', 'h'])
        .filter(|part| !part.is_empty())
        .map(|part| part.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [hour, rest @ ..] = parts.as_slice() else { return None };
    format!("{hour:02}:{:02}", rest.first().copied().unwrap_or(0)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_the_way_people_write_them() {
        for text in ["2022-06-13", "13.06.2022", "13/6/2022", "13-06-2022"] {
            assert_eq!(day_of(text).map(|day| day.to_string()).as_deref(), Some("2022-06-13"), "{text}");
        }
        assert_eq!(day_of("June"), None);
        assert_eq!(day_of("31.02.2022"), None);
        for text in ["9:30", "09:30", "9.30", "9h30", "09:30:00"] {
            assert_eq!(time_of(text).map(|time| time.to_string()).as_deref(), Some("09:30"), "{text}");
        }
        assert_eq!(time_of("25:00"), None);
        assert_eq!(time_of(""), None);
    }
}
