//! The hand that writes the document: words in English, the looks of texts and tables, and the blocks so far.

use koinon_events::Subject;
use koinon_events::value::Day;
use koinon_paper::{Anchor, Block, Cell, Column, Face, Level, List, Look, Paragraph, Row, Run, Side, Table};
use koinon_projections::report::{Amount, Figure};

use crate::locale::{Locale, Said, day, locale, number};
use crate::report::Composed;

/// Prose.
pub(super) const PROSE: Look = Look::new(Face::Serif, 10.6);
/// What explains.
pub(super) const LEDE: Look = Look::new(Face::Sans, 8.8).in_colour(koinon_paper::Colour::INK_2);
/// Cells.
pub(super) const CELL: Look = Look::new(Face::Sans, 8.0);
/// Cells that matter.
pub(super) const STRONG: Look = Look::new(Face::SansBold, 8.0);
/// Cells that matter less.
pub(super) const FAINT: Look = CELL.in_colour(koinon_paper::Colour::INK_3);
/// What can be followed.
pub(super) const LINK: Look = CELL.in_colour(koinon_paper::Colour::BLUE);
/// Heads of columns.
const HEAD: Look = Look::new(Face::SansBold, 7.4).in_colour(koinon_paper::Colour::INK_2);
/// Hashes.
pub(super) const HASH: Look = Look::new(Face::Mono, 7.0);

/// How many positions a cell lists before it says how many more there are.
const LISTED: usize = 24;

/// What is written so far.
pub(super) struct Hand<'a> {
    pub report: &'a Composed,
    pub english: &'static Locale,
    pub blocks: Vec<Block>,
}

impl<'a> Hand<'a> {
    pub(super) fn new(report: &'a Composed) -> Self {
        Self { report, english: locale("en"), blocks: Vec::new() }
    }

    pub(super) fn t(&self, key: &str) -> String {
        self.english.t(key)
    }

    pub(super) fn say(&self, key: &str, values: &[(&str, Said<'_>)]) -> String {
        self.english.say(key, values)
    }

    /// What the report is called.
    pub(super) fn title(&self) -> String {
        self.titled(&self.report.document.title)
    }

    /// What the report is called, with the programme's code.
    pub(super) fn short_title(&self) -> String {
        self.titled(self.report.document.programme.as_str())
    }

    fn titled(&self, programme: &str) -> String {
        let period = self.report.document.period.number.to_string();
        self.say("paper-title", &[("programme", Said::Text(programme)), ("period", Said::Text(&period))])
    }

    /// A head, and where links to it lead.
    pub(super) fn head(&mut self, level: Level, text: impl Into<String>, anchor: &str) {
        self.blocks.push(Block::Head { level, text: text.into(), anchor: Anchor(anchor.to_owned()) });
    }

    /// A text in a look; nothing for an empty one.
    pub(super) fn text(&mut self, text: impl Into<String>, look: Look) {
        let text = text.into();
        if !text.is_empty() {
            self.blocks.push(Block::Text(Paragraph::of(vec![Run::new(text, look)])));
        }
    }

    pub(super) fn list(&mut self, items: Vec<String>) {
        let items = items.into_iter().map(|item| vec![Run::new(item, PROSE)]).collect();
        self.blocks.push(Block::List(List { items }));
    }

    /// A table: heads of columns by their keys with their shares, negative ones for figures on the right.
    pub(super) fn table(&mut self, summary: String, columns: &[(&str, f32)], rows: Vec<Vec<Cell>>) {
        let side = |share: f32| if share < 0.0 { Side::Right } else { Side::Left };
        let table = Table {
            summary,
            columns: columns.iter().map(|(_, share)| Column { share: share.abs(), side: side(*share) }).collect(),
            head: columns.iter().map(|(key, _)| vec![Run::new(self.t(key), HEAD)]).collect(),
            has_row_heads: true,
            rows: rows.into_iter().map(|cells| Row { cells, anchor: None }).collect(),
        };
        self.blocks.push(Block::Table(table));
    }

    pub(super) fn day(&self, value: Day) -> String {
        day(self.english, value)
    }

    pub(super) fn word(&self, word: &str) -> String {
        let word = self.english.word(word);
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
    }

    pub(super) fn count(&self, value: u64) -> String {
        number(i64::try_from(value).unwrap_or(i64::MAX))
    }

    pub(super) fn amount(&self, amount: Amount) -> String {
        amount.whole().map_or_else(|| amount.to_string(), number)
    }

    /// What a subject is called.
    pub(super) fn name(&self, subject: Subject) -> String {
        let known = self.report.document.frame.names.get(&subject);
        known.cloned().unwrap_or_else(|| subject.to_string())
    }

    /// Positions as a text: the first ones, and how many more there are.
    pub(super) fn events(&self, positions: &[u64]) -> String {
        let listed: Vec<String> = positions.iter().take(LISTED).map(u64::to_string).collect();
        let (listed, more) = (listed.join(", "), positions.len().saturating_sub(LISTED));
        let told = Said::Text(&listed);
        match (positions.len(), more) {
            (0, _) => String::new(),
            (count, 0) => self.say("paper-events", &[("count", Said::count(count)), ("positions", told)]),
            _ => self.say("paper-events-more", &[("count", Said::count(more)), ("positions", told)]),
        }
    }
}

/// A cell of one look.
pub(super) fn cell(text: impl Into<String>, look: Look) -> Cell {
    vec![Run::new(text, look)]
}

/// Where what a figure counts is told.
pub(super) fn behind(figure: &Figure) -> Anchor {
    Anchor(format!("behind-{}", figure.code))
}

/// A figure's code where it is one of the common indicators, for the figures of the programme's own have none to read.
pub(super) fn code(figure: &Figure) -> String {
    if figure.code.starts_with("RC") { figure.code.replace(' ', "\u{a0}") } else { String::new() }
}
