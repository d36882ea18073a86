//! Personal values in the log: only a salted commitment, `{"sealed": D}`.
//!
//! D = base64url(SHA-256(ASCII(disclosure))), disclosure = base64url(JCS([base64url(salt), "/pointer", value])), the
//! construction of SD-JWT (IETF SD-JWT §4.2). The log never holds the value; destroying the disclosure erases it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The commitment D: 43 characters of base64url.
pub type Commitment = String;

/// A personal value as events hold it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// The commitment.
    pub sealed: Commitment,
}

/// What opens a commitment. It lies encrypted in the vault, never in the log.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The commitment it opens.
    pub commitment: Commitment,
    /// The disclosure as ASCII text.
    pub text: String,
}

impl std::fmt::Debug for Disclosure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Disclosure({})", self.commitment)
    }
}

/// A text that is no disclosure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not a disclosure of a sealed value")]
pub struct NotADisclosure;

/// Seals a value found at `pointer` in the event's data, with 16 random bytes of salt.
pub fn seal(salt: [u8; 16], pointer: &str, value: &str) -> (Sealed, Disclosure) {
    let triple = serde_json::json!([URL_SAFE_NO_PAD.encode(salt), pointer, value]).to_string();
    let text = URL_SAFE_NO_PAD.encode(triple);
    let commitment = commitment_of(&text);
    (Sealed { sealed: commitment.clone() }, Disclosure { commitment, text })
}

fn commitment_of(disclosure: &str) -> Commitment {
    URL_SAFE_NO_PAD.encode(Sha256::digest(disclosure.as_bytes()))
}

impl Disclosure {
    /// Takes a disclosure from its text.
    pub fn from_text(text: String) -> Self {
        Self { commitment: commitment_of(&text), text }
    }

    /// The value disclosed.
    ///
    /// # Errors
    /// [`NotADisclosure`] when the text is not one.
    pub fn value(&self) -> Result<String, NotADisclosure> {
        self.parts().map(|(_, _, value)| value)
    }

    /// Where the value stands in the event's data, as a JSON pointer.
    ///
    /// # Errors
    /// [`NotADisclosure`] when the text is not one.
    pub fn pointer(&self) -> Result<String, NotADisclosure> {
        self.parts().map(|(_, pointer, _)| pointer)
    }

    fn parts(&self) -> Result<(String, String, String), NotADisclosure> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.text).map_err(|_| NotADisclosure)?;
        serde_json::from_slice(&bytes).map_err(|_| NotADisclosure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_vector_is_met() {
        let salt = [0x77, 0x7b, 0xae, 0x87, 0xb7, 0x7a, 0xfe, 0x68, 0xfd, 0x99, 0xe6, 0xa9, 0x92, 0x8d, 0x1e, 0x96];
        let (sealed, disclosure) = seal(salt, "/name", "Thandi Dlamini");
        assert_eq!(disclosure.text, "WyJkM3V1aDdkNl9tajltZWFwa28wZWxnIiwiL25hbWUiLCJUaGFuZGkgRGxhbWluaSJd");
        assert_eq!(sealed.sealed, "eYZjfKTfL9TQ9T9imNMJXJJmR9YEvs2kPoXj9nooFYU");
        assert_eq!(
            (disclosure.value().unwrap(), disclosure.pointer().unwrap()),
            ("Thandi Dlamini".into(), "/name".into())
        );
    }

    #[test]
    fn a_disclosure_never_shows_its_value_in_debug_output() {
        let (_, disclosure) = seal([0; 16], "/name", "Thandi");
        assert!(!format!("{disclosure:?}").contains("Thandi"));
    }
}
