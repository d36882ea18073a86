//! Lines: runs of text broken where a line is full. Breaks after spaces, hyphens, dashes and slashes and between the
//! letters of scripts without spaces; within a word only when the word alone is wider than the line.

use std::collections::BTreeMap;

use crate::clean::clean;
use crate::face::{Case, Form};
use crate::shape::{Anchor, Run, Says, Shaped};

/// The pages on which places stand.
pub(crate) type Pages = BTreeMap<Anchor, usize>;

/// One line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub shaped: Vec<Shaped>,
    /// Without the spaces at its end.
    pub width: f32,
}

#[derive(Clone, Copy)]
struct Sign {
    letter: char,
    form: Form,
    run: usize,
    advance: f32,
}

/// Breaks runs into lines of a width; at least one line.
pub(crate) fn lines(case: &Case, runs: &[Run], pages: &Pages, width: f32) -> Vec<Line> {
    let signs = signs(case, runs, pages);
    let mut out = Vec::new();
    let mut begin = 0;
    while begin < signs.len() {
        let (end, next) = fitting(&signs, begin, width);
        out.push(composed(&signs[begin..end], runs));
        begin = next;
    }
    if out.is_empty() {
        out.push(Line::default());
    }
    out
}

fn signs(case: &Case, runs: &[Run], pages: &Pages) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let text = match &run.says {
            Says::Text(text) => clean(text),
            Says::PageOf(anchor) => pages.get(anchor).map_or_else(|| "0".to_owned(), usize::to_string),
        };
        for letter in text.chars() {
            let form = case.find(run.look.face, if letter == '\n' { ' ' } else { letter });
            if let Some(before) = signs.last_mut().filter(|before| before.run == at && before.letter != '\n') {
                before.advance += case.kern(before.form, form) * run.look.size;
            }
            signs.push(Sign { letter, form, run: at, advance: form.advance * run.look.size });
        }
    }
    signs
}

/// Where the line that begins here ends, and where the next begins.
fn fitting(signs: &[Sign], begin: usize, width: f32) -> (usize, usize) {
    let (mut x, mut breaking) = (0.0, None);
    for at in begin..signs.len() {
        let sign = signs[at];
        if sign.letter == '\n' {
            return (at, at + 1);
        }
        x += sign.advance;
        // A space at the end of a line may stand beyond it.
        if x > width && sign.letter != ' ' && at > begin {
            let end = breaking.unwrap_or(at);
            return (end, end);
        }
        if may_break(sign.letter, signs.get(at + 1).map(|next| next.letter)) {
            breaking = Some(at + 1);
        }
    }
    (signs.len(), signs.len())
}

fn may_break(letter: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    match letter {
        _ if next == ' ' || matches!(next, ',' | '.' | ')' | ';' | ':' | '。' | '、' | '，') => false,
        ' ' | '–' | '—' | '/' | '-' => true,
        _ => is_wide(letter) && is_wide(next),
    }
}

/// Letters of scripts that are written without spaces, or break between any two syllables.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xff00..=0xffef | 0x2_0000..=0x3_ffff)
}

fn composed(signs: &[Sign], runs: &[Run]) -> Line {
    let mut line = Line::default();
    let mut x = 0.0;
    for sign in signs {
        let run = &runs[sign.run];
        let same = |last: &Shaped| last.run == sign.run && last.face == sign.form.face;
        if !line.shaped.last().is_some_and(same) {
            let rise = run.rise * run.look.size;
            line.shaped.push(Shaped::begin(sign.form.face, run.look, x, sign.run, run.to.clone(), rise));
        }
        if let Some(last) = line.shaped.last_mut() {
            last.push(sign.letter, sign.form.glyph, sign.advance / run.look.size);
        }
        x += sign.advance;
        if sign.letter != ' ' {
            line.width = x;
        }
    }
    line
}
