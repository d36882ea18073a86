//! Reading for one reader at one moment: what they may see, with the names in it opened for those who may know them.
//!
//! This is the one place where the rim meets the read models. Every list, count and title passes the same rule of who
//! may see what; what a reader may not see is absent, not hidden.

mod rectified;
mod seals;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use bytes::Bytes;
use koinon_events::value::{Day, Timestamp};
use koinon_events::{Actor, Kind, Subject};
use koinon_projections::Sight;
use koinon_projections::reports::ReportRow;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use self::rectified::put_right;
use self::seals::{names_people, unseal};

use crate::access;
use crate::app::{Caller, EventFilter, Failure, commitments};
use crate::domain::Scope;
use crate::locale::{Locale, Said};
use crate::views::{ListQuery, Moment, Titled};
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::fields::kind_in;
use crate::web::query::Query;
use crate::web::subjects::{collection_of, kind_of};

/// What programs read in the place of a name that was erased.
pub const ERASED: &str = "erased person";

/// The most rows one page gathers.
const MOST: usize = 5_000;

/// One reader at one moment.
#[derive(Clone)]
pub struct View {
    /// What is read from.
    pub site: Site,
    /// Who reads.
    pub caller: Caller,
    /// The moment.
    pub at: Moment,
    /// The position it stands for.
    pub position: u64,
    /// The day by which lateness is judged.
    pub day: Day,
    /// Today.
    pub today: Day,
}

/// A page of rows.
pub struct Rows {
    /// The rows, names opened.
    pub items: Vec<Value>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// The position they stand for.
    pub position: u64,
}

/// Waits until the read models have reached a position.
///
/// # Errors
/// 504 when they have not after `patience`.
pub async fn wait_until(site: &Site, wanted: u64, patience: Duration) -> Result<(), Refusal> {
    site.koinon.views().wait_for(wanted, patience).await.map_err(Failure::from)?;
    Ok(())
}

impl View {
    /// A reader at the moment the address asks for.
    ///
    /// # Errors
    /// 422 for a moment above the head.
    pub async fn open(site: &Site, caller: &Caller, at: Moment) -> Result<Self, Refusal> {
        let today = site.koinon.clock().today();
        let standpoint = site.koinon.views().standpoint(at, today).await.map_err(Failure::from)?;
        let (position, day) = (standpoint.position, standpoint.day);
        Ok(Self { site: site.clone(), caller: caller.clone(), at, position, day, today })
    }

    /// Whether the moment is now.
    pub fn is_now(&self) -> bool {
        self.at == Moment::Live
    }

    /// Whether the reader may see a subject.
    pub fn may_read(&self, kind: Kind, scope: &Scope) -> bool {
        access::may_read(scope, kind, &self.caller.grants, &self.caller.actor, self.today)
    }

    /// How far the reader sees.
    pub fn sight(&self) -> Sight {
        access::sight(&self.caller.grants, &self.caller.actor, self.today)
    }

    /// A page of a collection.
    ///
    /// # Errors
    /// 422 for filters and cursors that do not fit.
    pub async fn page(&self, collection: &str, mut query: ListQuery) -> Result<Rows, Refusal> {
        let kind = kind_of(collection).ok_or_else(Refusal::absent)?;
        query.reach = access::reach(kind, &self.caller.grants, &self.caller.actor, self.today);
        let page = self.site.koinon.views().list(collection, &query, self.at).await.map_err(Failure::from)?;
        self.opened(page).await
    }

    /// The rows of a collection that carry the words of a query, best first; of now only.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub async fn search(&self, collection: &str, mut query: ListQuery) -> Result<Rows, Refusal> {
        let kind = kind_of(collection).ok_or_else(Refusal::absent)?;
        query.reach = access::reach(kind, &self.caller.grants, &self.caller.actor, self.today);
        let page = self.site.koinon.views().search(collection, &query).await.map_err(Failure::from)?;
        self.opened(page).await
    }

    async fn opened(&self, page: crate::views::Page) -> Result<Rows, Refusal> {
        let mut items = Vec::with_capacity(page.items.len());
        for bytes in &page.items {
            items.push(parsed(bytes)?);
        }
        items.iter_mut().for_each(|row| self.tell_the_day(row));
        self.open_names(&mut items).await?;
        self.trim(&mut items).await?;
        Ok(Rows { items, next: page.next, position: page.position })
    }

    /// Adds what depends on the day that is looked at: of a report that was handed in, its acceptance clock.
    fn tell_the_day(&self, row: &mut Value) {
        if row["submissions"].as_array().is_none_or(Vec::is_empty) {
            return;
        }
        let report = ReportRow::deserialize(&*row).ok();
        if let Some(clock) = report.and_then(|report| report.acceptance(self.day)) {
            row["acceptance"] = json!(clock);
        }
    }

    /// All rows of a collection that fit.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub async fn all(&self, collection: &str, filters: &[(&str, &str)]) -> Result<Vec<Value>, Refusal> {
        let filters: Vec<(String, String)> =
            filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let query = ListQuery { filters: filters.clone(), limit: Some(500), cursor, ..ListQuery::default() };
            let mut rows = self.page(collection, query).await?;
            all.append(&mut rows.items);
            cursor = rows.next;
            if cursor.is_none() || all.len() >= MOST {
                return Ok(all);
            }
        }
    }

    /// One row of a collection, if it is there and the reader may see it.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn row(&self, kind: Kind, id: Uuid) -> Result<Option<(Value, u64)>, Refusal> {
        let subject = Subject { kind, id };
        let views = self.site.koinon.views();
        let Some(found) = views.get(&collection_of(kind), id, self.at).await.map_err(Failure::from)? else {
            return Ok(None);
        };
        let titled = self.titled(&[subject]).await?;
        if !titled.get(&subject).is_some_and(|titled| self.may_read(kind, &scope_of(titled))) {
            return Ok(None);
        }
        let mut rows = vec![parsed(&found.value)?];
        rows.iter_mut().for_each(|row| self.tell_the_day(row));
        self.open_names(&mut rows).await?;
        self.trim(&mut rows).await?;
        Ok(rows.pop().map(|row| (row, found.position)))
    }

    /// One row as it is answered, if it is there and the reader may see it.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn answer(&self, kind: Kind, id: Uuid) -> Result<Option<(Bytes, u64)>, Refusal> {
        let views = self.site.koinon.views();
        let found = views.get(&collection_of(kind), id, self.at).await.map_err(Failure::from)?;
        let Some(found) = found else { return Ok(None) };
        if names_people(&found.value) || kind == Kind::Report || !self.sight().is_empty() {
            let row = self.row(kind, id).await?;
            return Ok(row.map(|(row, position)| (Bytes::from(row.to_string()), position)));
        }
        // Whose sight has no bounds sees it, whatever it belongs to.
        Ok(Some((found.value, found.position)))
    }

    async fn titled(&self, subjects: &[Subject]) -> Result<HashMap<Subject, Titled>, Refusal> {
        Ok(self.site.koinon.views().titles(subjects, self.at).await.map_err(Failure::from)?)
    }

    /// What a subject belongs to, for asking what the reader may do with it.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn scope(&self, subject: Subject) -> Result<Option<Scope>, Refusal> {
        Ok(self.titled(&[subject]).await?.get(&subject).map(scope_of))
    }

    /// What several subjects belong to.
    ///
    /// # Errors
    /// When the read models cannot be read.
    pub async fn scopes(&self, subjects: &[Subject]) -> Result<HashMap<Subject, Scope>, Refusal> {
        Ok(self.titled(subjects).await?.iter().map(|(subject, titled)| (*subject, scope_of(titled))).collect())
    }

    /// What to call subjects; those the reader may not see stay without a name.
    ///
    /// # Errors
    /// When the read models or the vault cannot be read.
    pub async fn names(&self, subjects: impl IntoIterator<Item = Subject>) -> Result<Names, Refusal> {
        let mut wanted: Vec<Subject> = subjects.into_iter().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut names = HashMap::new();
        let mut sealed: Vec<(Subject, String)> = Vec::new();
        for (subject, titled) in self.titled(&wanted).await? {
            let scope = scope_of(&titled);
            let visible = self.may_read(subject.kind, &scope);
            match titled.name {
                Some(_) if !self.may_read_person(&scope) => {
                    names.insert(subject, Name { text: NameText::Title(self.by_role(subject).await?), visible });
                }
                Some(name) => sealed.push((subject, name.sealed)),
                None if subject.kind == Kind::Person => {
                    names.insert(subject, Name { text: NameText::Erased, visible });
                }
                None if visible || self.is_oneself(subject) => {
                    names.insert(
                        subject,
                        Name { text: NameText::Title(titled_in(crate::locale::spoken(), subject, titled)), visible },
                    );
                }
                // What may not be seen is called by its kind alone.
                None => {}
            }
        }
        self.named_now(&mut sealed).await?;
        let commitments: Vec<String> = sealed.iter().map(|(_, commitment)| commitment.clone()).collect();
        let opened = self.open_sealed(&commitments).await?;
        for (subject, commitment) in sealed {
            let text = opened.get(&commitment).map_or(NameText::Erased, |name| NameText::Title(name.clone()));
            names.insert(subject, Name { text, visible: true });
        }
        Ok(Names(names))
    }

    /// A person whose name the reader may not know, by what they are: "a delegate of Porto".
    async fn by_role(&self, person: Subject) -> Result<String, Refusal> {
        let words = crate::locale::spoken();
        let views = self.site.koinon.views();
        let row = views.get("people", person.id, self.at).await.map_err(Failure::from)?;
        let row = row.map(|row| parsed(&row.value)).transpose()?.unwrap_or_default();
        let Some(kind) = row["kind"].as_str() else { return Ok(words.t("called-unnamed")) };
        let role = words.word(&format!("a-{kind}"));
        let Some(city) = subject_in(Kind::City, &row["city"]) else { return Ok(role) };
        let titled = self.titled(&[city]).await?;
        let city = titled.get(&city).map(|titled| titled.title.clone()).unwrap_or_default();
        Ok(words.say("called-role-of", &[("role", Said::Text(&role)), ("city", Said::Text(&city))]))
    }

    fn is_oneself(&self, subject: Subject) -> bool {
        matches!(&self.caller.actor, Actor::Token(token) if token.subject() == subject)
    }

    /// Takes out of lists of links what the reader may not see: a city is told of other partnerships' visits too.
    async fn trim(&self, rows: &mut [Value]) -> Result<(), Refusal> {
        let sight = self.sight();
        let mut linked = Vec::new();
        rows.iter().for_each(|row| links(row, &mut linked));
        linked.retain(|subject| subject.kind != Kind::Person && sight.contains_key(&subject.kind));
        linked.sort_unstable();
        linked.dedup();
        if linked.is_empty() {
            return Ok(());
        }
        let scopes = self.scopes(&linked).await?;
        let unseen: HashSet<Subject> = scopes
            .iter()
            .filter(|(subject, scope)| !self.may_read(subject.kind, scope))
            .map(|(found, _)| *found)
            .collect();
        if !unseen.is_empty() {
            rows.iter_mut().for_each(|row| without(row, &unseen));
        }
        Ok(())
    }

    fn may_read_person(&self, scope: &Scope) -> bool {
        access::may_read_persons(scope, &self.caller.grants, &self.caller.actor, self.today)
    }

    async fn open_sealed(&self, commitments: &[String]) -> Result<BTreeMap<String, String>, Refusal> {
        if commitments.is_empty() {
            return Ok(BTreeMap::new());
        }
        Ok(self.site.koinon.open_sealed(commitments).await?)
    }

    /// Puts values in the place of seals, as far as the reader may know them; else null, and of erased persons
    /// "erased person".
    async fn open_names(&self, rows: &mut [Value]) -> Result<(), Refusal> {
        let mut found = Vec::new();
        rows.iter().for_each(|row| commitments(row, &mut found));
        if found.is_empty() {
            return Ok(());
        }
        let people: Vec<Subject> = rows.iter().filter_map(|row| subject_in(Kind::Person, &row["id"])).collect();
        let now = self.held_now(&people).await?;
        for row in rows.iter_mut() {
            if let Some(now) = subject_in(Kind::Person, &row["id"]).and_then(|person| now.get(&person)) {
                put_right(row, now);
                commitments(row, &mut found);
            }
        }
        let titled = self.titled(&people).await?;
        let opened = self.open_sealed(&found).await?;
        for row in rows.iter_mut() {
            let titled = subject_in(Kind::Person, &row["id"]).and_then(|subject| titled.get(&subject));
            let may = titled.is_none_or(|titled| self.may_read_person(&scope_of(titled)));
            let person = subject_in(Kind::Person, &row["id"]);
            let erased = row["status"] == "erased"
                || person.is_some_and(|person| now.get(&person).is_some_and(|now| now["status"] == "erased"));
            unseal(row, &|commitment| match opened.get(commitment) {
                _ if erased => Value::String(ERASED.to_owned()),
                Some(value) if may => Value::String(value.clone()),
                _ => Value::Null,
            });
        }
        Ok(())
    }

    /// The filter of records an address asks for: a programme's id becomes its code, a city the subjects it concerns.
    ///
    /// # Errors
    /// 422 when a value does not fit.
    pub async fn event_filter(&self, query: &Query) -> Result<EventFilter, Refusal> {
        let mut filter = query.events()?;
        if let Some(programme) = &filter.programme
            && let Ok(id) = programme.parse::<Uuid>()
        {
            let row = self.row(Kind::Programme, id).await?;
            let code = row.and_then(|(row, _)| row["code"].as_str().map(str::to_owned));
            filter.programme = Some(code.unwrap_or_else(|| "no-such-programme".to_owned()));
        }
        if let Some(city) = query.id("city", Kind::City)? {
            filter.subjects = Some(self.concerned(city).await?);
        }
        Ok(filter)
    }

    /// Every subject that concerns a city, and the city itself.
    async fn concerned(&self, city: Uuid) -> Result<Vec<Subject>, Refusal> {
        let mut subjects = vec![Subject { kind: Kind::City, id: city }];
        let city = city.to_string();
        for (kind, collection) in crate::web::subjects::COLLECTIONS {
            if *kind == Kind::City || *kind == Kind::Programme {
                continue;
            }
            let rows = self.all(collection, &[("city", &city)]).await?;
            subjects.extend(rows.iter().filter_map(|row| subject_in(*kind, &row["id"])));
        }
        Ok(subjects)
    }

    /// When the shown position was recorded.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn shown_time(&self) -> Result<Option<Timestamp>, Refusal> {
        match self.at {
            Moment::Live => Ok(Some(self.site.koinon.clock().now())),
            Moment::Time(time) => Ok(Some(time)),
            Moment::Position(position) => {
                let record = self.site.koinon.record(&self.caller, position).await?;
                Ok(record.and_then(|bytes| koinon_events::Record::parse(&bytes).ok()).map(|record| record.time))
            }
        }
    }
}

fn parsed(bytes: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| Failure::Internal(format!("a row cannot be read: {error}")).into())
}

/// What a titled subject belongs to.
fn scope_of(titled: &Titled) -> Scope {
    Scope {
        programme: titled.programme,
        partnerships: titled.partnerships.clone(),
        cities: titled.cities.clone(),
        persons: titled.persons.clone(),
        is_published: titled.is_published,
        visit: titled.visit,
        ..Scope::default()
    }
}

/// The subjects that a row lists in fields of its own.
fn links(row: &Value, found: &mut Vec<Subject>) {
    for (field, value) in row.as_object().into_iter().flatten() {
        if let Value::Array(items) = value {
            found.extend(items.iter().filter_map(|item| linked(field, item)));
        }
    }
}

fn linked(field: &str, item: &Value) -> Option<Subject> {
    let text = item.as_str()?;
    text.parse().ok().or_else(|| subject_in(kind_in(field)?, item))
}

/// Takes subjects out of a row's lists.
fn without(row: &mut Value, unseen: &HashSet<Subject>) {
    for (field, value) in row.as_object_mut().into_iter().flatten() {
        if let Value::Array(items) = value {
            items.retain(|item| linked(field, item).is_none_or(|subject| !unseen.contains(&subject)));
        }
    }
}

/// The subject whose id stands in a value.
pub fn subject_in(kind: Kind, value: &Value) -> Option<Subject> {
    Some(Subject { kind, id: value.as_str()?.parse().ok()? })
}

/// What to call subjects.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<Subject, Name>);

/// A title in a language: names of cities are joined as it joins names, and a report is called by its period.
fn titled_in(locale: &Locale, subject: Subject, titled: Titled) -> String {
    let period = titled.title.rsplit(' ').next().filter(|_| subject.kind == Kind::Report && locale.tag != "en");
    match (titled.made_of.as_slice(), period) {
        ([], Some(number)) => locale.say("report-number", &[("number", Said::Text(number))]),
        ([], None) => titled.title,
        (cities, _) => cities.iter().map(|names| locale.list(names)).collect::<Vec<_>>().join(" → "),
    }
}

/// What one subject is called, and whether the reader may open it.
#[derive(Debug, Clone)]
struct Name {
    text: NameText,
    visible: bool,
}

#[derive(Debug, Clone)]
enum NameText {
    Title(String),
    Erased,
}

impl Names {
    /// A subject's name in words; of what is not known, its kind.
    pub fn of(&self, subject: Subject) -> String {
        let words = crate::locale::spoken();
        match self.0.get(&subject).map(|name| &name.text) {
            Some(NameText::Title(title)) if !title.is_empty() => title.clone(),
            Some(NameText::Erased) => words.t("called-erased"),
            _ => words.word(&format!("a-{}", subject.kind.word())),
        }
    }

    /// Whether the reader may open the subject.
    pub fn may_open(&self, subject: Subject) -> bool {
        self.0.get(&subject).is_some_and(|name| name.visible)
    }
}
