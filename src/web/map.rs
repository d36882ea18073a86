//! The map: cities as dots, partnerships as arcs, those with a visit under way in yellow. Drawn as plain SVG, so that it
//! prints, scales and needs no script; the table of visits on the same page says the same in words.
//!
//! The land outlines (Natural Earth, public domain) were projected once: the world by Natural Earth I about 21° east,
//! Europe by a conformal cone; [`world`] and [`europe`] put cities into the same pictures.

use maud::{Markup, PreEscaped, html};

const WORLD_LAND: &str = include_str!("map/world.path");
const EUROPE_LAND: &str = include_str!("map/europe.path");

/// One city on the map.
#[derive(Debug, Clone)]
pub struct Dot {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Whether it takes part in a visit under way.
    pub now: bool,
}

/// Two cities that work together, by their places in the list of dots.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    /// One.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// Whether one visits the other today.
    pub now: bool,
}

/// The words on and around the map.
pub struct Words {
    /// What the map shows.
    pub title: String,
    /// What the inset shows.
    pub europe: String,
}

/// A city's place on the world's picture, 960 by 440.
fn world(latitude: f64, longitude: f64) -> (f64, f64) {
    let wrapped = (longitude - 21.0 + 540.0).rem_euclid(360.0) - 180.0;
    let (lambda, phi) = (wrapped.to_radians(), latitude.to_radians());
    let (p2, p4) = (phi.powi(2), phi.powi(4));
    let x = lambda * (0.8707 - 0.131_979 * p2 + p4 * (-0.013_791 + p4 * (0.003_971 * p2 - 0.001_529 * p4)));
    let y = phi * (1.007_226 + p2 * (0.015_085 + p4 * (-0.044_475 + 0.028_874 * p2 - 0.005_916 * p4)));
    (242.854 * x + 469.313, -242.878 * y + 273.302)
}

/// A city's place on Europe's picture, 340 by 262.
fn europe(latitude: f64, longitude: f64) -> (f64, f64) {
    let half = |degrees: f64| (std::f64::consts::FRAC_PI_4 + degrees.to_radians() / 2.0).tan();
    let (south, north) = (35.0_f64, 57.0_f64);
    let n = (south.to_radians().cos() / north.to_radians().cos()).ln() / (half(north) / half(south)).ln();
    let f = south.to_radians().cos() * half(south).powf(n) / n;
    let (r, theta) = (f / half(latitude).powf(n), n * (longitude - 9.0).to_radians());
    (613.023 * r * theta.sin() + 169.705, 613.55 * r * theta.cos() - 448.97)
}

fn is_in_europe(dot: &Dot) -> bool {
    let (x, y) = europe(dot.latitude, dot.longitude);
    dot.latitude > 34.0 && (4.0..336.0).contains(&x) && (4.0..258.0).contains(&y)
}

/// The map with its inset of Europe.
pub fn map(dots: &[Dot], arcs: &[Arc], words: &Words) -> Markup {
    let far: Vec<&Dot> = dots.iter().filter(|dot| !is_in_europe(dot)).collect();
    let near: Vec<&Dot> = dots.iter().filter(|dot| is_in_europe(dot)).collect();
    let mut sorted: Vec<&Arc> = arcs.iter().collect();
    sorted.sort_by_key(|arc| arc.now);
    html! {
        div.map {
            svg.world viewBox="0 0 960 440" role="group" aria-labelledby="map-title" {
                title #map-title { (words.title) }
                path.land d=(PreEscaped(WORLD_LAND)) {}
                rect.frame x="352" y="28" width="146" height="98" {}
                @for arc in sorted { @if let (Some(from), Some(to)) = (dots.get(arc.from), dots.get(arc.to)) {
                    path class={ "arc" @if arc.now { " now" } } d=(bow(from, to)) {}
                } }
                @for dot in &near {
                    @let (x, y) = world(dot.latitude, dot.longitude);
                    g class={ "c" @if dot.now { " now" } } transform=(at(x, y)) { circle r="2.4" {} }
                }
                (labelled(&far, world, 4.2, Frame { width: 960.0, height: 440.0, kept_free: Some((0.0, 152.0, 376.0, 440.0)) }))
            }
            svg.inset viewBox="0 0 340 262" role="group" aria-labelledby="map-europe" {
                title #map-europe { (words.europe) }
                path.land d=(PreEscaped(EUROPE_LAND)) {}
                (labelled(&near, europe, 4.0, Frame { width: 340.0, height: 262.0, kept_free: None }))
            }
        }
    }
}

fn at(x: f64, y: f64) -> String {
    format!("translate({x:.1},{y:.1})")
}

/// An arc bows north between east and west, and away from the inset between north and south.
fn bow(from: &Dot, to: &Dot) -> String {
    let ((ax, ay), (bx, by)) = (world(from.latitude, from.longitude), world(to.latitude, to.longitude));
    let (dx, dy) = (bx - ax, by - ay);
    let (mut ox, mut oy) = (0.18 * dy, -0.18 * dx);
    let wrong_way = if dx.abs() > dy.abs() { oy > 0.0 } else { (ox < 0.0) == (dx.abs() < 20.0) };
    if wrong_way {
        (ox, oy) = (-ox, -oy);
    }
    format!("M{ax:.1} {ay:.1}Q{:.1} {:.1} {bx:.1} {by:.1}", f64::midpoint(ax, bx) + ox, f64::midpoint(ay, by) + oy)
}

/// A picture's size and the part of it that labels keep out of.
#[derive(Clone, Copy)]
struct Frame {
    width: f64,
    height: f64,
    kept_free: Option<(f64, f64, f64, f64)>,
}

/// A rectangle: left, top, right, bottom.
type Extent = (f64, f64, f64, f64);

fn overlap(one: Extent, other: Extent) -> f64 {
    let width = one.2.min(other.2) - one.0.max(other.0);
    let height = one.3.min(other.3) - one.1.max(other.1);
    if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
}

/// Where a label may stand beside its dot: offset of its anchor, and the anchor.
const PLACES: [(f64, f64, &str); 10] = [
    (8.0, 4.0, "start"),
    (-8.0, 4.0, "end"),
    (7.0, -5.0, "start"),
    (-7.0, -5.0, "end"),
    (8.0, 12.0, "start"),
    (-8.0, 12.0, "end"),
    (0.0, 17.0, "middle"),
    (0.0, -9.0, "middle"),
    (9.0, 20.0, "start"),
    (-9.0, 20.0, "end"),
];

fn extent(x: f64, y: f64, name: &str, place: (f64, f64, &str)) -> Extent {
    #[allow(clippy::cast_precision_loss)]
    let width = name.chars().map(|letter| if letter.is_ascii() { 6.3 } else { 8.0 }).sum::<f64>();
    let (x, y) = (x + place.0, y + place.1);
    let left = match place.2 {
        "start" => x,
        "end" => x - width,
        _ => x - width / 2.0,
    };
    (left, y - 10.0, left + width, y + 3.0)
}

/// Dots with their names, each name where it covers the least.
fn labelled(dots: &[&Dot], project: fn(f64, f64) -> (f64, f64), radius: f64, frame: Frame) -> Markup {
    let points: Vec<(f64, f64)> = dots.iter().map(|dot| project(dot.latitude, dot.longitude)).collect();
    let mut taken: Vec<Extent> = points.iter().map(|(x, y)| (x - 5.0, y - 5.0, x + 5.0, y + 5.0)).collect();
    let mut placed = Vec::with_capacity(dots.len());
    for (dot, (x, y)) in dots.iter().zip(&points) {
        let cost = |place: &(f64, f64, &str)| {
            let extent = extent(*x, *y, &dot.name, *place);
            let outside = (-extent.0).max(0.0)
                + (extent.2 - frame.width).max(0.0)
                + (-extent.1).max(0.0)
                + (extent.3 - frame.height).max(0.0);
            let free = frame.kept_free.map_or(0.0, |free| overlap(extent, free));
            taken.iter().map(|other| overlap(extent, *other)).sum::<f64>() + outside * 50.0 + free * 2.0
        };
        let best = PLACES.iter().min_by(|one, other| cost(one).total_cmp(&cost(other))).unwrap_or(&PLACES[0]);
        taken.push(extent(*x, *y, &dot.name, *best));
        placed.push(*best);
    }
    html! {
        @for ((dot, (x, y)), place) in dots.iter().zip(&points).zip(&placed) {
            a class={ "c" @if dot.now { " now" } } href=(dot.href) transform=(at(*x, *y)) aria-label=(dot.name) {
                circle r=(radius) {}
                text x=(place.0) y=(place.1) text-anchor=(place.2) { (dot.name) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(name: &str, latitude: f64, longitude: f64) -> Dot {
        Dot { name: name.into(), href: "/".into(), latitude, longitude, now: false }
    }

    fn near(one: (f64, f64), other: (f64, f64)) -> bool {
        (one.0 - other.0).abs() < 0.6 && (one.1 - other.1).abs() < 0.6
    }

    #[test]
    fn cities_stand_where_the_outlines_have_them() {
        assert!(near(world(41.1485, -8.610_97), (369.0, 97.0)));
        assert!(near(world(1.289_67, 103.850_07), (774.8, 267.6)));
        assert!(near(world(-33.925_84, 18.423_22), (460.3, 418.8)));
        assert!(near(europe(37.983_76, 23.727_84), (292.2, 202.1)));
        assert!(near(europe(53.550_73, 9.993_02), (176.0, 49.3)));
    }

    #[test]
    fn only_european_cities_are_in_the_inset() {
        assert!(is_in_europe(&dot("Athens", 37.98, 23.73)));
        assert!(!is_in_europe(&dot("Toronto", 43.7, -79.4)) && !is_in_europe(&dot("Durban", -29.86, 31.03)));
    }

    #[test]
    fn close_neighbours_do_not_write_over_each_other() {
        let dots = [dot("Johannesburg", -26.2, 28.04), dot("Tshwane (Pretoria)", -25.74, 28.19)];
        let svg = labelled(
            &dots.iter().collect::<Vec<_>>(),
            world,
            4.2,
            Frame { width: 960.0, height: 440.0, kept_free: None },
        );
        let text = svg.into_string();
        assert!(text.contains("start") && text.contains("end"), "{text}");
    }
}
