//! The pictures behind the maps: land, and where a city, an arc and a name stand on it. Pages and papers draw the same.
//!
//! The land outlines (Natural Earth, public domain) were projected once: the world by Natural Earth I about 21° east,
//! Europe by a conformal cone; [`world`] and [`europe`] put cities into the same pictures.

/// The outlines of land on the world's picture, as SVG writes them.
pub const WORLD_LAND: &str = include_str!("atlas/world.path");
/// The outlines of land on Europe's picture.
pub const EUROPE_LAND: &str = include_str!("atlas/europe.path");

/// A city's place on the world's picture, 960 by 440.
pub fn world(latitude: f64, longitude: f64) -> (f64, f64) {
    let wrapped = (longitude - 21.0 + 540.0).rem_euclid(360.0) - 180.0;
    let (lambda, phi) = (wrapped.to_radians(), latitude.to_radians());
    let (p2, p4) = (phi.powi(2), phi.powi(4));
    let x = lambda * (0.8707 - 0.131_979 * p2 + p4 * (-0.013_791 + p4 * (0.003_971 * p2 - 0.001_529 * p4)));
    let y = phi * (1.007_226 + p2 * (0.015_085 + p4 * (-0.044_475 + 0.028_874 * p2 - 0.005_916 * p4)));
    (242.854 * x + 469.313, -242.878 * y + 273.302)
}

/// A city's place on Europe's picture, 340 by 262.
pub fn europe(latitude: f64, longitude: f64) -> (f64, f64) {
    let half = |degrees: f64| (std::f64::consts::FRAC_PI_4 + degrees.to_radians() / 2.0).tan();
    let (south, north) = (35.0_f64, 57.0_f64);
    let n = (south.to_radians().cos() / north.to_radians().cos()).ln() / (half(north) / half(south)).ln();
    let f = south.to_radians().cos() * half(south).powf(n) / n;
    let (r, theta) = (f / half(latitude).powf(n), n * (longitude - 9.0).to_radians());
    (613.023 * r * theta.sin() + 169.705, 613.55 * r * theta.cos() - 448.97)
}

/// Whether a city stands on Europe's picture.
pub fn is_in_europe(latitude: f64, longitude: f64) -> bool {
    let (x, y) = europe(latitude, longitude);
    latitude > 34.0 && (4.0..336.0).contains(&x) && (4.0..258.0).contains(&y)
}

/// The point that an arc bends towards: it bows north between east and west, and away from the inset between north
/// and south.
pub fn bow((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (bx - ax, by - ay);
    let (mut ox, mut oy) = (0.18 * dy, -0.18 * dx);
    let wrong_way = if dx.abs() > dy.abs() { oy > 0.0 } else { (ox < 0.0) == (dx.abs() < 20.0) };
    if wrong_way {
        (ox, oy) = (-ox, -oy);
    }
    (f64::midpoint(ax, bx) + ox, f64::midpoint(ay, by) + oy)
}

/// A picture's size and the part of it that labels keep out of.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What labels keep out of: left, top, right, bottom.
    pub kept_free: Option<(f64, f64, f64, f64)>,
}

/// A rectangle: left, top, right, bottom.
type Extent = (f64, f64, f64, f64);

fn overlap(one: Extent, other: Extent) -> f64 {
    let width = one.2.min(other.2) - one.0.max(other.0);
    let height = one.3.min(other.3) - one.1.max(other.1);
    if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
}

/// Where a label stands beside its dot: offset of its anchor, and the anchor as SVG calls it.
pub type Label = (f64, f64, &'static str);

const PLACES: [Label; 10] = [
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

/// Where the names of dots stand: each where it covers the least.
pub fn labels(points: &[(f64, f64)], names: &[&str], frame: Frame) -> Vec<Label> {
    let mut taken: Vec<Extent> = points.iter().map(|(x, y)| (x - 5.0, y - 5.0, x + 5.0, y + 5.0)).collect();
    let mut placed = Vec::with_capacity(points.len());
    for ((x, y), name) in points.iter().zip(names) {
        let cost = |place: &Label| {
            let extent = extent(*x, *y, name, *place);
            let outside = (-extent.0).max(0.0)
                + (extent.2 - frame.width).max(0.0)
                + (-extent.1).max(0.0)
                + (extent.3 - frame.height).max(0.0);
            let free = frame.kept_free.map_or(0.0, |free| overlap(extent, free));
            taken.iter().map(|other| overlap(extent, *other)).sum::<f64>() + outside * 50.0 + free * 2.0
        };
        let best = PLACES.iter().min_by(|one, other| cost(one).total_cmp(&cost(other))).unwrap_or(&PLACES[0]);
        taken.push(extent(*x, *y, name, *best));
        placed.push(*best);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
