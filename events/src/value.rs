//! Values: parsed once at the edge, true ever after. Each refuses what it cannot mean, in words a person can act on.

use std::borrow::Cow;

use serde::Deserialize;

mod number;
mod place;
mod text;
mod time;

pub use number::{Decimal, NotADecimal};
pub use place::{Country, Latitude, Longitude, Zone};
pub use text::{Code, Digest256, Email, Language, Line, LocalText, Phone, Prose, SdgTarget, Sector, WebAddress};
pub use time::{Day, LocalMoment, LocalTime, Month, Timestamp};

/// A text as it lies in what is read, copied only where it holds escapes: almost everything in a record is one.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);
