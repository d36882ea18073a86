//! Drawings: shapes and words in a frame, with a text that says the same.

use crate::colour::Colour;
use crate::shape::Look;

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// A new part begins here.
    Move(f32, f32),
    /// A straight line to here.
    Line(f32, f32),
    /// A bow by way of the first point to the second.
    Bow(f32, f32, f32, f32),
    /// Back to where the part began.
    Close,
}

/// An outline.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outline(pub Vec<Step>);

impl Outline {
    /// A rectangle.
    pub fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Self {
        let (right, bottom) = (x + width, y + height);
        Self(vec![
            Step::Move(x, y),
            Step::Line(right, y),
            Step::Line(right, bottom),
            Step::Line(x, bottom),
            Step::Close,
        ])
    }

    /// A straight line.
    pub fn line(from: (f32, f32), to: (f32, f32)) -> Self {
        Self(vec![Step::Move(from.0, from.1), Step::Line(to.0, to.1)])
    }

    /// A circle, as eight bows.
    pub fn circle(x: f32, y: f32, radius: f32) -> Self {
        let turn = std::f32::consts::FRAC_PI_8;
        let reach = radius / turn.cos();
        let mut steps = vec![Step::Move(x + radius, y)];
        for eighth in 0..8_u8 {
            let (middle, end) = (turn * f32::from(2 * eighth + 1), turn * f32::from(2 * eighth + 2));
            let (by, to) = ((middle.cos(), middle.sin()), (end.cos(), end.sin()));
            steps.push(Step::Bow(x + reach * by.0, y + reach * by.1, x + radius * to.0, y + radius * to.1));
        }
        steps.push(Step::Close);
        Self(steps)
    }

    /// The outlines of `M x,y L x,y Z` as SVG writes them, enlarged and moved.
    pub fn of_svg(path: &str, scale: f32, left: f32, top: f32) -> Self {
        let mut steps = Vec::new();
        let mut rest = path;
        while let Some(kind) = rest.chars().next() {
            let begin = kind.len_utf8();
            let next = rest[begin..].find(|letter: char| letter.is_ascii_alphabetic());
            let end = next.map_or(rest.len(), |at| at + begin);
            let numbers: Vec<f32> =
                rest[begin..end].split([',', ' ']).filter_map(|number| number.parse::<f32>().ok()).collect();
            let point = |at: usize| (left + numbers[at] * scale, top + numbers[at + 1] * scale);
            match (kind, numbers.len()) {
                ('M', 2) => steps.push(Step::Move(point(0).0, point(0).1)),
                ('L', 2) => steps.push(Step::Line(point(0).0, point(0).1)),
                ('Q', 4) => steps.push(Step::Bow(point(0).0, point(0).1, point(2).0, point(2).1)),
                ('Z', _) => steps.push(Step::Close),
                _ => {}
            }
            rest = &rest[end..];
        }
        Self(steps)
    }
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchoring {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// A mark of a drawing.
#[derive(Debug, Clone)]
pub enum Mark {
    /// A shape.
    Shape {
        /// Its outline.
        outline: Outline,
        /// What it is filled with.
        fill: Option<Colour>,
        /// Its line: colour and width.
        stroke: Option<(Colour, f32)>,
        /// Whether the line is dashed.
        dashed: bool,
    },
    /// Words.
    Words {
        /// From the left.
        x: f32,
        /// From the top, where the letters stand.
        y: f32,
        /// What they say.
        text: String,
        /// How they look.
        look: Look,
        /// Which end stands there.
        anchoring: Anchoring,
    },
}

impl Mark {
    /// A filled shape.
    pub fn filled(outline: Outline, colour: Colour) -> Self {
        Self::Shape { outline, fill: Some(colour), stroke: None, dashed: false }
    }

    /// A drawn line.
    pub fn drawn(outline: Outline, colour: Colour, width: f32) -> Self {
        Self::Shape { outline, fill: None, stroke: Some((colour, width)), dashed: false }
    }

    /// Words that begin at a place.
    pub fn words(x: f32, y: f32, text: impl Into<String>, look: Look) -> Self {
        Self::Words { x, y, text: text.into(), look, anchoring: Anchoring::Start }
    }
}

/// A drawing.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// How wide, in points.
    pub width: f32,
    /// How high, in points.
    pub height: f32,
    /// What it shows, in words.
    pub told: String,
    /// Its marks, from below to above.
    pub marks: Vec<Mark>,
    /// Whether what follows stays with it.
    pub keeps: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_read_as_svg_writes_them() {
        let read = Outline::of_svg("M1,2L3,4Z", 2.0, 1.0, 0.0);
        assert_eq!(read.0, [Step::Move(3.0, 4.0), Step::Line(7.0, 8.0), Step::Close]);
        assert_eq!(Outline::circle(0.0, 0.0, 1.0).0.len(), 10);
    }
}
