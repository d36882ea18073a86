//! Stylesheet, script and icon, inside the binary. Their addresses carry a hash of their bytes, so that browsers keep
//! them for ever and never see an old one.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::web::failure::Refusal;

#[derive(RustEmbed)]
#[folder = "src/web/static/"]
struct Files;

/// One file as it is served.
struct Asset {
    bytes: std::borrow::Cow<'static, [u8]>,
    media: &'static str,
}

/// The files by hashed name, and hashed names by plain name.
static ASSETS: LazyLock<(HashMap<String, Asset>, HashMap<String, String>)> = LazyLock::new(|| {
    let mut assets = HashMap::new();
    let mut names = HashMap::new();
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else { continue };
        let hash: String = file.metadata.sha256_hash()[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let hashed = format!("{stem}-{hash}.{ending}");
        names.insert(name.to_string(), format!("/assets/{hashed}"));
        assets.insert(hashed, Asset { bytes: file.data, media: media_of(ending) });
    }
    (assets, names)
});

fn media_of(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// The address of a file of `static/`; the bare name when there is none.
pub fn address(name: &str) -> &str {
    ASSETS.1.get(name).map_or(name, String::as_str)
}

/// Serves a file for ever.
///
/// # Errors
/// 404 when there is none of that name and hash.
pub async fn serve(Path(name): Path<String>) -> Result<Response, Refusal> {
    let asset = ASSETS.0.get(&name).ok_or_else(Refusal::absent)?;
    let mut response = asset.bytes.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_changes_with_the_bytes() {
        let address = address("koinon.css");
        assert!(address.starts_with("/assets/koinon-") && address.ends_with(".css"), "{address}");
        assert!(ASSETS.0.contains_key(address.trim_start_matches("/assets/")));
    }

    #[test]
    fn no_file_asks_another_host_for_anything() {
        for asset in ASSETS.0.values() {
            let text = String::from_utf8_lossy(&asset.bytes);
            for start in ["http://", "https://", "//cdn"] {
                for (at, _) in text.match_indices(start) {
                    let found: String = text[at..].chars().take(60).collect();
                    assert!(found.starts_with("http://www.w3.org/"), "{found}");
                }
            }
        }
    }
}
