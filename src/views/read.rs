//! Reading: one row, a list, what subjects are called; of now from the tables, of the past from what the rows were.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use koinon_events::value::Day;
use koinon_events::{CityId, ProgrammeId, Subject};
use koinon_projections::{Card, Cursor, Memory, Model, Shape, Title, Wanted, plain, shape, shape_of};
use uuid::Uuid;

use super::past::Then;
use super::sql::Slot;
use super::tables::model_of;
use super::{At, ListQuery, Moment, Page, Standpoint, Titled, ViewError, Views};

impl Views {
    /// Finds a moment in the log; `today` is the UTC day, used when live.
    ///
    /// # Errors
    /// [`ViewError::Ahead`] when the position lies above the head; [`ViewError::Store`] when the log cannot be read.
    pub async fn standpoint(&self, at: Moment, today: Day) -> Result<Standpoint, ViewError> {
        match at {
            Moment::Live => Ok(Standpoint { position: self.applied(), day: today }),
            Moment::Time(time) => Ok(Standpoint { position: self.store().position_at(time).await?, day: time.day() }),
            Moment::Position(position) => {
                let record = self.store().record(position).await?;
                match record.map(|bytes| koinon_events::Record::parse(&bytes)) {
                    Some(Ok(record)) => Ok(Standpoint { position, day: record.time.day() }),
                    Some(Err(error)) => Err(ViewError::Corrupt(error.to_string())),
                    None if position == 0 => Ok(Standpoint { position: 0, day: today }),
                    None => {
                        let head = self.store().head().await?.position;
                        Err(ViewError::Ahead { asked: position, head })
                    }
                }
            }
        }
    }

    /// One row's JSON, as `GET /api/{collection}/{id}` answers it; `None` where there is none.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such collection or moment, or nothing can be read.
    pub async fn get(&self, collection: &str, id: Uuid, at: Moment) -> Result<Option<At<Bytes>>, ViewError> {
        let shape = known(collection)?;
        match self.position_of(at).await? {
            None => {
                let Some(model) = model_of(collection) else { return Ok(None) };
                if let Some((position, doc)) = self.hot().get((model, id)) {
                    return Ok(doc.map(|value| At { value, position }));
                }
                let moves = self.hot().moves();
                let (position, doc) = self.tables().row(shape, id).await?;
                self.hot().keep(moves, [((model, id), doc.clone())]);
                Ok(doc.map(|value| At { value, position }))
            }
            Some(position) => {
                let rows = self.past().at(position).await?.load(shape, vec![id]).await?;
                Ok(rows.into_iter().next().map(|(_, value)| At { value, position }))
            }
        }
    }

    /// A page of rows.
    ///
    /// # Errors
    /// [`ViewError::Filter`] for a parameter the list does not know, [`ViewError::Cursor`],
    /// [`ViewError::SearchInThePast`]; or nothing can be read.
    pub async fn list(&self, collection: &str, query: &ListQuery, at: Moment) -> Result<Page, ViewError> {
        let shape = known(collection)?;
        if query.q.is_some() && at != Moment::Live {
            return Err(ViewError::SearchInThePast);
        }
        let wanted = self.wanted(shape, query, at).await?;
        let limit = wanted.limit;
        match self.position_of(at).await? {
            None => {
                let mut rows = self.tables().list(shape, wanted).await?;
                let more = rows.items.len() > limit;
                rows.items.truncate(limit);
                let next = rows.items.last().filter(|_| more).map(|(cursor, _)| cursor_text(cursor));
                let items = rows.items.into_iter().map(|(_, doc)| doc).collect();
                Ok(Page { items, next, position: rows.position })
            }
            Some(position) => {
                let (rows, more) = self.past().at(position).await?.list(shape, &wanted).await?;
                let next = rows.last().filter(|_| more).map(|(cursor, _)| cursor_text(cursor));
                Ok(Page { items: rows.into_iter().map(|(_, doc)| doc).collect(), next, position })
            }
        }
    }

    pub(super) async fn wanted(
        &self,
        shape: &'static Shape,
        query: &ListQuery,
        at: Moment,
    ) -> Result<Wanted, ViewError> {
        let mut by_name: Vec<(&str, Vec<String>)> = Vec::new();
        for (name, value) in &query.filters {
            match by_name.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => values.push(value.clone()),
                None => by_name.push((name, vec![value.clone()])),
            }
        }
        let mut filters = Vec::new();
        for (name, mut values) in by_name {
            if name == "programme" {
                for value in &mut values {
                    if let Some(programme) = self.programme(value, at).await? {
                        *value = programme.to_string();
                    }
                }
            }
            let filter = shape.filter(name, &values).ok_or_else(|| ViewError::Filter {
                name: name.to_owned(),
                known: shape.all_columns().map(|column| column.parameter).collect(),
            })?;
            filters.push(filter);
        }
        let words = query.q.as_deref().map(plain).unwrap_or_default();
        Ok(Wanted {
            filters,
            reach: query.reach.clone(),
            words: words.split_whitespace().map(str::to_owned).collect(),
            after: query.cursor.as_deref().map(cursor_of).transpose()?,
            limit: query.limit.unwrap_or(50).clamp(1, 500),
        })
    }

    /// The programme of that id or code.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn programme(&self, id_or_code: &str, at: Moment) -> Result<Option<ProgrammeId>, ViewError> {
        if let Ok(id) = Uuid::try_parse(id_or_code) {
            return Ok(Some(ProgrammeId(id)));
        }
        let shape = known("programmes")?;
        let Some(filter) = shape.filter("code", &[id_or_code.to_owned()]) else { return Ok(None) };
        let wanted = Wanted { filters: vec![filter], limit: 1, ..Wanted::default() };
        let id = match self.position_of(at).await? {
            None => self.tables().list(shape, wanted).await?.items.first().map(|(cursor, _)| cursor.id),
            Some(position) => {
                let (rows, _) = self.past().at(position).await?.list(shape, &wanted).await?;
                rows.first().map(|(cursor, _)| cursor.id)
            }
        };
        Ok(id.map(ProgrammeId))
    }

    /// What subjects are called and belong to; subjects that are not known are missing from the answer.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn titles(&self, subjects: &[Subject], at: Moment) -> Result<HashMap<Subject, Titled>, ViewError> {
        let then = match self.position_of(at).await? {
            Some(position) => Some(self.past().at(position).await?),
            None => None,
        };
        let mut memory = Memory::default();
        self.load_cards(&mut memory, subjects, then.as_deref()).await?;
        let card = |subject: &Subject| memory.card(*subject).map(|card| (*subject, card));
        let cards: HashMap<Subject, Card> = subjects.iter().filter_map(card).collect();
        let cities: Vec<Subject> = cards.values().flat_map(cities_of).map(Subject::from).collect();
        self.load_cards(&mut memory, &cities, then.as_deref()).await?;
        Ok(called(cards, &memory))
    }

    /// What one subject is called and belongs to.
    ///
    /// # Errors
    /// [`ViewError`] when there is no such moment, or nothing can be read.
    pub async fn title(&self, subject: Subject, at: Moment) -> Result<Option<Titled>, ViewError> {
        Ok(self.titles(&[subject], at).await?.remove(&subject))
    }

    async fn load_cards(
        &self,
        memory: &mut Memory,
        subjects: &[Subject],
        then: Option<&Then>,
    ) -> Result<(), ViewError> {
        for shape in koinon_projections::ALL {
            let of_kind = subjects.iter().filter(|subject| shape_of(subject.kind) == Some(shape));
            let mut ids: Vec<Uuid> = of_kind.map(|subject| subject.id).collect();
            ids.sort_unstable();
            ids.dedup();
            let table = memory.tables.models_mut().find(|model| model.shape().name == shape.name);
            let Some(table) = table else { continue };
            ids.retain(|id| !table.holds(*id));
            if ids.is_empty() {
                continue;
            }
            let rows = match then {
                Some(then) => then.load(shape, ids).await?,
                None => self.rows_of_now(shape, ids).await?,
            };
            for (id, doc) in rows {
                load(memory, shape, id, &doc)?;
            }
        }
        Ok(())
    }
    /// Rows by id, of now.
    async fn rows_of_now(&self, shape: &'static Shape, ids: Vec<Uuid>) -> Result<Vec<(Uuid, Bytes)>, ViewError> {
        let Some(model) = model_of(shape.name) else { return Ok(Vec::new()) };
        let (mut rows, mut missing) = (Vec::new(), Vec::new());
        for id in ids {
            match self.hot().get((model, id)) {
                Some((_, doc)) => rows.extend(doc.map(|doc| (id, doc))),
                None => missing.push(id),
            }
        }
        if !missing.is_empty() {
            let moves = self.hot().moves();
            let read = self.tables().load(shape, Slot::Live, missing).await?;
            self.hot().keep(moves, read.iter().map(|(id, doc)| ((model, *id), Some(doc.clone()))));
            rows.extend(read);
        }
        Ok(rows)
    }
}

fn load(memory: &mut Memory, shape: &Shape, id: Uuid, doc: &[u8]) -> Result<(), ViewError> {
    let table: Option<&mut dyn Model> = memory.tables.models_mut().find(|model| model.shape().name == shape.name);
    table.map_or(Ok(()), |table| table.load(id, Some(doc))).map_err(ViewError::from)
}

fn known(collection: &str) -> Result<&'static Shape, ViewError> {
    shape(collection).ok_or_else(|| ViewError::Collection(collection.to_owned()))
}

/// The cities that a title names.
fn cities_of(card: &Card) -> Vec<CityId> {
    match &card.title {
        Title::Journey(visiting, host) => visiting.iter().copied().chain([*host]).collect(),
        Title::Cities(cities) => cities.clone(),
        _ => Vec::new(),
    }
}

fn called(cards: HashMap<Subject, Card>, memory: &Memory) -> HashMap<Subject, Titled> {
    let name = |city: &CityId| memory.tables.cities.get(city.0).map(|row| row.name.to_string());
    let names = |cities: &[CityId]| cities.iter().filter_map(name).collect::<Vec<_>>();
    cards
        .into_iter()
        .map(|(subject, card)| {
            let made_of = match &card.title {
                Title::Journey(visiting, host) => vec![names(visiting), names(&[*host])],
                Title::Cities(cities) => vec![names(cities)],
                _ => Vec::new(),
            };
            let (title, sealed) = match card.title {
                Title::Text(text) => (text, None),
                Title::Sealed(sealed) => (String::new(), Some(sealed)),
                _ => (made_of.iter().map(|cities| and(cities)).collect::<Vec<_>>().join(" → "), None),
            };
            let titled = Titled {
                title,
                made_of,
                name: sealed,
                programme: card.programme,
                partnerships: card.partnerships,
                cities: card.cities,
                persons: card.persons,
                is_published: card.is_published,
                visit: card.visit,
            };
            (subject, titled)
        })
        .collect()
}

/// "Porto", "Porto and eThekwini", "Porto, eThekwini and Utrecht".
fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A cursor as it is given out.
pub fn cursor_text(cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}{}", cursor.id, cursor.sort))
}

/// A cursor that was given out.
///
/// # Errors
/// [`ViewError::Cursor`] for any other text.
pub fn cursor_of(text: &str) -> Result<Cursor, ViewError> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| ViewError::Cursor)?;
    let text = String::from_utf8(bytes).map_err(|_| ViewError::Cursor)?;
    let (id, sort) = text.split_at_checked(36).ok_or(ViewError::Cursor)?;
    Ok(Cursor { id: Uuid::try_parse(id).map_err(|_| ViewError::Cursor)?, sort: sort.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_as_written_and_nothing_else_is_one() {
        let cursor = Cursor { sort: "2022-06-13 é".to_owned(), id: Uuid::from_u128(7) };
        assert_eq!(cursor_of(&cursor_text(&cursor)), Ok(cursor));
        for wrong in ["", "x", "!!", "AAAA", "w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k"] {
            assert_eq!(cursor_of(wrong), Err(ViewError::Cursor), "{wrong}");
        }
    }

    #[test]
    fn names_are_joined_as_people_say_them() {
        let names: Vec<String> = ["Porto", "eThekwini", "Utrecht"].map(str::to_owned).into();
        assert_eq!(and(&names), "Porto, eThekwini and Utrecht");
        assert_eq!(and(&names[..2]), "Porto and eThekwini");
    }
}
