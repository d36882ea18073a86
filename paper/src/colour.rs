//! Colours, as the design has them on white paper.

/// A colour: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Text.
    pub const INK: Self = Self(0x0e, 0x19, 0x30);
    /// Text that matters less.
    pub const INK_2: Self = Self(0x3a, 0x47, 0x5f);
    /// Notes and labels.
    pub const INK_3: Self = Self(0x53, 0x5f, 0x76);
    /// Links, heads and rules.
    pub const BLUE: Self = Self(0x00, 0x44, 0x94);
    /// Bars.
    pub const BLUE_MID: Self = Self(0x5c, 0x8c, 0xd4);
    /// Behind what is blue.
    pub const BLUE_TINT: Self = Self(0xe6, 0xee, 0xfa);
    /// Now; never alone.
    pub const YELLOW: Self = Self(0xff, 0xd6, 0x17);
    /// Behind a notice.
    pub const YELLOW_TINT: Self = Self(0xff, 0xf7, 0xd1);
    /// Hairlines.
    pub const LINE: Self = Self(0xd3, 0xdb, 0xe8);
    /// Borders that carry meaning.
    pub const LINE_2: Self = Self(0x6f, 0x7d, 0x96);
    /// Behind heads of tables.
    pub const PAPER_2: Self = Self(0xf4, 0xf6, 0xfb);
    /// Land on a map.
    pub const LAND: Self = Self(0xdb, 0xe3, 0xef);
    /// Who works with whom.
    pub const ARC: Self = Self(0x2f, 0x6b, 0xbd);
    /// White.
    pub const WHITE: Self = Self(0xff, 0xff, 0xff);

    /// As the writer of PDF takes it.
    pub(crate) fn paint(self) -> krilla::color::rgb::Color {
        krilla::color::rgb::Color::new(self.0, self.1, self.2)
    }
}
