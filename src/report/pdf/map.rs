//! The map: the land, cities and arcs of the pages' map, on paper. What it shows is said in words as well.

use koinon_paper::{Anchoring, Block, Colour, Drawing, Face, Level, Look, Mark, Outline, Step};
use koinon_projections::report::Place;

use super::hand::{Hand, LEDE};
use crate::atlas::{self, EUROPE_LAND, Frame, Label, WORLD_LAND};
use crate::locale::Said;

/// How wide the paper's text is, and how much smaller the map is than on a page.
const WIDTH: f32 = 471.0;
const SCALE: f32 = WIDTH / 960.0;
/// Europe has its own picture below the world's.
const EUROPE_SCALE: f32 = 0.92;
const NAMES: Look = Look::new(Face::Sans, 6.6).in_colour(Colour::INK_2);

/// Writes the chapter.
pub(super) fn write(hand: &mut Hand<'_>) {
    let frame = &hand.report.document.frame;
    hand.head(Level::One, hand.t("paper-map"), "map");
    if frame.places.is_empty() {
        hand.text(hand.t("paper-map-none"), LEDE);
        return;
    }
    let counts = [("cities", Said::count(frame.places.len())), ("ties", Said::count(frame.ties.len()))];
    hand.text(hand.say("paper-map-lede", &counts), LEDE);
    let names: Vec<&str> = frame.places.iter().map(|place| place.name.as_str()).collect();
    let ties: Vec<String> = frame.ties.iter().map(|(from, to)| format!("{} – {}", names[*from], names[*to])).collect();
    let (cities, ties) = (names.join(", "), ties.join("; "));
    let told = hand.say("paper-map-told", &[("cities", Said::Text(&cities)), ("ties", Said::Text(&ties))]);
    let world = 440.0 * SCALE;
    let mut marks = world_marks(&frame.places, &frame.ties);
    marks.extend(europe_marks(&frame.places, &frame.ties, world + 14.0));
    let height = world + 14.0 + 262.0 * EUROPE_SCALE + 6.0;
    hand.blocks.push(Block::Drawing(Drawing { width: WIDTH, height, told, marks, keeps: false }));
}

#[allow(clippy::cast_possible_truncation, reason = "a place on paper")]
fn scaled((x, y): (f64, f64), scale: f32, left: f32, top: f32) -> (f32, f32) {
    (left + x as f32 * scale, top + y as f32 * scale)
}

fn arc(from: (f64, f64), to: (f64, f64), scale: f32, left: f32, top: f32) -> Mark {
    let [(ax, ay), (cx, cy), (bx, by)] = [from, atlas::bow(from, to), to].map(|point| scaled(point, scale, left, top));
    Mark::drawn(Outline(vec![Step::Move(ax, ay), Step::Bow(cx, cy, bx, by)]), Colour::ARC, 0.55)
}

fn dot((x, y): (f32, f32), radius: f32) -> Vec<Mark> {
    let ring = Outline::circle(x, y, radius);
    vec![Mark::filled(ring.clone(), Colour::BLUE), Mark::drawn(ring, Colour::WHITE, 0.5)]
}

fn world_marks(places: &[Place], ties: &[(usize, usize)]) -> Vec<Mark> {
    let points: Vec<(f64, f64)> = places.iter().map(|place| atlas::world(place.latitude, place.longitude)).collect();
    let mut marks = vec![Mark::filled(Outline::of_svg(WORLD_LAND, SCALE, 0.0, 0.0), Colour::LAND)];
    marks.extend(ties.iter().map(|(from, to)| arc(points[*from], points[*to], SCALE, 0.0, 0.0)));
    let far: Vec<usize> =
        (0..places.len()).filter(|at| !atlas::is_in_europe(places[*at].latitude, places[*at].longitude)).collect();
    for (at, point) in points.iter().enumerate() {
        let radius = if far.contains(&at) { 2.1 } else { 1.3 };
        marks.extend(dot(scaled(*point, SCALE, 0.0, 0.0), radius));
    }
    let size = (960.0, 440.0);
    marks.extend(named(places, &points, &far, size, SCALE, (0.0, 0.0)));
    marks
}

fn europe_marks(places: &[Place], ties: &[(usize, usize)], top: f32) -> Vec<Mark> {
    let left = (WIDTH - 340.0 * EUROPE_SCALE) / 2.0;
    let near: Vec<usize> =
        (0..places.len()).filter(|at| atlas::is_in_europe(places[*at].latitude, places[*at].longitude)).collect();
    let points: Vec<(f64, f64)> = places.iter().map(|place| atlas::europe(place.latitude, place.longitude)).collect();
    let mut marks = vec![Mark::filled(Outline::of_svg(EUROPE_LAND, EUROPE_SCALE, left, top), Colour::LAND)];
    let within = ties.iter().filter(|(from, to)| near.contains(from) && near.contains(to));
    marks.extend(within.map(|(from, to)| arc(points[*from], points[*to], EUROPE_SCALE, left, top)));
    for at in &near {
        marks.extend(dot(scaled(points[*at], EUROPE_SCALE, left, top), 2.3));
    }
    marks.extend(named(places, &points, &near, (340.0, 262.0), EUROPE_SCALE, (left, top)));
    marks
}

/// The names of some places, where they cover the least. On paper letters are larger beside the picture than on a page,
/// so that the picture is reckoned as if it were smaller.
fn named(
    places: &[Place],
    points: &[(f64, f64)],
    shown: &[usize],
    size: (f64, f64),
    scale: f32,
    (left, top): (f32, f32),
) -> Vec<Mark> {
    let shrink = f64::from(scale) * f64::from(PAGE_LETTERS / NAMES.size);
    let spots: Vec<(f64, f64)> = shown.iter().map(|at| (points[*at].0 * shrink, points[*at].1 * shrink)).collect();
    let names: Vec<&str> = shown.iter().map(|at| places[*at].name.as_str()).collect();
    let frame = Frame { width: size.0 * shrink, height: size.1 * shrink, kept_free: None };
    let labels: Vec<Label> = atlas::labels(&spots, &names, frame);
    let back = NAMES.size / PAGE_LETTERS;
    let marks = spots.iter().zip(names).zip(labels).map(|((spot, name), (dx, dy, anchor))| {
        let (x, y) = scaled((spot.0 + dx, spot.1 + dy), back, left, top);
        let anchoring = match anchor {
            "start" => Anchoring::Start,
            "end" => Anchoring::End,
            _ => Anchoring::Middle,
        };
        Mark::Words { x, y, text: name.to_owned(), look: NAMES, anchoring }
    });
    marks.collect()
}

/// The size of letters that the atlas reckons with.
const PAGE_LETTERS: f32 = 11.5;
