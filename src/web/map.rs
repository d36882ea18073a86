//! The map: cities as dots, partnerships as arcs, those with a visit under way in yellow. Drawn as plain SVG, so that it
//! prints, scales and needs no script; the table of visits on the same page says the same in words.
//!
//! Where cities lie, how arcs bow and where names stand is the atlas's.

use maud::{Markup, PreEscaped, html};

use crate::atlas::{self, EUROPE_LAND, Frame, WORLD_LAND, europe, world};

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

fn is_in_europe(dot: &Dot) -> bool {
    atlas::is_in_europe(dot.latitude, dot.longitude)
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

fn bow(from: &Dot, to: &Dot) -> String {
    let ((ax, ay), (bx, by)) = (world(from.latitude, from.longitude), world(to.latitude, to.longitude));
    let (cx, cy) = atlas::bow((ax, ay), (bx, by));
    format!("M{ax:.1} {ay:.1}Q{cx:.1} {cy:.1} {bx:.1} {by:.1}")
}

/// Dots with their names, each name where it covers the least.
fn labelled(dots: &[&Dot], project: fn(f64, f64) -> (f64, f64), radius: f64, frame: Frame) -> Markup {
    let points: Vec<(f64, f64)> = dots.iter().map(|dot| project(dot.latitude, dot.longitude)).collect();
    let names: Vec<&str> = dots.iter().map(|dot| dot.name.as_str()).collect();
    let placed = atlas::labels(&points, &names, frame);
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
