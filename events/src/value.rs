//! Values: parsed once at the edge, true ever after. Each refuses what it cannot mean, in words a person can act on.

mod number;
mod place;
mod text;
mod time;

pub use number::{Decimal, NotADecimal};
pub use place::{Country, Latitude, Longitude, Zone};
pub use text::{Code, Digest256, Email, Language, Line, LocalText, Phone, Prose, SdgTarget, Sector, WebAddress};
pub use time::{Day, LocalMoment, LocalTime, Month, Timestamp};
