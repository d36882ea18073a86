//! Discussions as people look at them.

use koinon_events::discussion::*;
use koinon_events::value::{Code, Day, Language, Prose};
use koinon_events::{Actor, CityId, DiscussionId, Event, Kind, PartnershipId, PersonId, ProgrammeId, Subject};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a discussion is.
    DiscussionStatus {
        /// Goes on.
        Open,
        /// Settled.
        Resolved,
    }
}

/// One comment.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id within the discussion.
    pub comment: Code,
    /// Who wrote it.
    pub author: Actor,
    /// What it says; absent when it was hidden.
    pub text: Option<Prose>,
    /// Persons it speaks to.
    pub mentions: Vec<PersonId>,
    /// The language it is written in.
    pub language: Option<Language>,
    /// What it said before, oldest first.
    pub earlier: Vec<Prose>,
    /// Why it was hidden.
    pub hidden: Option<Prose>,
    /// The event that brought it.
    pub mark: Mark,
}

/// A discussion.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiscussionRow {
    /// Its identity.
    pub id: DiscussionId,
    /// What it is about.
    pub subject: Subject,
    /// The programme of what it is about.
    pub programme: Option<ProgrammeId>,
    /// The partnership of what it is about.
    pub partnership: Option<PartnershipId>,
    /// The cities of what it is about, as of the last comment.
    pub cities: Vec<CityId>,
    /// The persons concerned by what it is about, as of the last comment.
    pub concerned: Vec<PersonId>,
    /// How far it is.
    pub status: DiscussionStatus,
    /// What is said.
    pub comments: Vec<Comment>,
    /// What came of it.
    pub conclusion: Option<Prose>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `discussions`.
#[derive(Debug, Clone, Copy)]
pub struct Discussions;

impl Projection for Discussions {
    type Row = DiscussionRow;

    const NAME: &'static str = "discussions";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Discussion;
    const READS: &'static [&'static str] = &["discussion"];
    const COLUMNS: &'static [Column] = &[Column::text("status"), Column::text("subject")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        let Event::Discussion(event) = &entry.event else { return };
        if let DiscussionEvent::CommentPosted(first) = event {
            rows.put(entry, |known| {
                let mut row = known.cloned().unwrap_or_else(|| begun(entry, first));
                row.posted(entry, first);
                row
            });
        } else {
            rows.own(entry, |row| row.moved_on(event));
        }
    }
}

fn begun(entry: &Entry, event: &CommentPosted) -> DiscussionRow {
    DiscussionRow {
        id: DiscussionId(entry.subject.id),
        subject: event.subject,
        programme: event.programme,
        partnership: event.partnership,
        cities: Vec::new(),
        concerned: Vec::new(),
        status: DiscussionStatus::Open,
        comments: Vec::new(),
        conclusion: None,
        begun: Mark::from(entry),
        version: 0,
        position: 0,
        updated: entry.time.day(),
    }
}

impl DiscussionRow {
    fn posted(&mut self, entry: &Entry, event: &CommentPosted) {
        (self.programme, self.partnership) = (event.programme, event.partnership);
        self.cities.clone_from(&event.cities);
        self.concerned.clone_from(&event.persons);
        self.comments.push(Comment {
            comment: event.comment.clone(),
            author: event.author.clone(),
            text: Some(event.text.clone()),
            mentions: event.mentions.clone(),
            language: event.language.clone(),
            earlier: Vec::new(),
            hidden: None,
            mark: Mark::from(entry),
        });
    }

    fn moved_on(&mut self, event: &DiscussionEvent) {
        match event {
            DiscussionEvent::CommentPosted(_) => {}
            DiscussionEvent::CommentEdited(event) => {
                if let Some(comment) = self.comments.iter_mut().find(|comment| comment.comment == event.comment) {
                    comment.earlier.push(event.was_text.clone());
                    comment.text = Some(event.text.clone());
                    comment.mentions.clone_from(&event.mentions);
                }
            }
            DiscussionEvent::CommentHidden(event) => {
                if let Some(comment) = self.comments.iter_mut().find(|comment| comment.comment == event.comment) {
                    comment.text = None;
                    comment.earlier.clear();
                    comment.hidden = Some(event.reason.clone());
                }
            }
            DiscussionEvent::DiscussionResolved(event) => {
                self.status = DiscussionStatus::Resolved;
                self.conclusion.clone_from(&event.conclusion);
            }
        }
    }
}

impl Row for DiscussionRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.status), Value::from(&self.subject)]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined(self.comments.iter().filter_map(|comment| comment.text.as_ref()).map(Prose::as_str))
    }

    fn title(&self) -> Title {
        let first = self.comments.first().and_then(|comment| comment.text.as_ref());
        first.map_or(Title::Unknown, |text| Title::Text(first_words(text.as_str())))
    }

    fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.partnership.into_iter().collect()
    }

    fn cities(&self) -> Vec<CityId> {
        self.cities.clone()
    }

    fn persons(&self) -> Vec<PersonId> {
        let mut persons = self.concerned.clone();
        for comment in &self.comments {
            if let Actor::Person(author) = comment.author {
                add(&mut persons, author);
            }
            comment.mentions.iter().for_each(|person| add(&mut persons, *person));
        }
        persons
    }
}

/// The beginning of a text, to call something by.
pub(crate) fn first_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(80) {
        None => line.to_owned(),
        Some((end, _)) => {
            let cut = line[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &line[..cut])
        }
    }
}
