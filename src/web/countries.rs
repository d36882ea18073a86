//! The countries whose cities take part or applied; others are told by their code. Their names stand in `countries.ftl`.

use crate::locale::spoken;

/// The countries, by ISO 3166 code.
pub const COUNTRIES: &[&str] = &[
    "AT", "BE", "BG", "CA", "CN", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HK", "HR", "HU", "ID",
    "IE", "IN", "IT", "JP", "KR", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SG", "SI", "SK", "TH", "TW",
    "UA", "VN", "ZA",
];

/// What a country's ISO 3166 code stands for.
pub fn country(code: &str) -> String {
    let key = format!("country-{code}");
    if spoken().has(&key) { spoken().t(&key) } else { code.to_owned() }
}
