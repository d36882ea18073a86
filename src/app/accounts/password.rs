//! Passwords: argon2id, off the async threads and a few at a time, so that many sign-ins at once neither stall the
//! service nor fill the memory.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use super::super::Failure;

/// The fewest characters.
pub const SHORTEST: usize = 12;

/// The most: what is longer is no better, and costs.
const LONGEST: usize = 256;

/// A password that nobody has: who is unknown is checked against it, so that the answer takes as long. Made with the
/// same costs as any other.
pub(super) const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// How many are worked on at once: each takes 19 MiB.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The commonest that are long enough, without their digits at the end.
const COMMON: &str = include_str!("usual-passwords.txt");

/// Why a password is not taken: the key of the sentence that says so.
pub fn objection(chosen: &str, names: &[&str]) -> Option<&'static str> {
    let letters = chosen.chars().count();
    if letters < SHORTEST {
        return Some("password-short");
    }
    if letters > LONGEST {
        return Some("password-long");
    }
    let plain = chosen.to_lowercase();
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    let core = plain.trim_end_matches(|letter: char| letter.is_ascii_digit() || "!.?@#$*".contains(letter));
    let is_listed = COMMON.lines().any(|line| !line.is_empty() && (line == plain || line == core));
    let is_named = names.iter().any(|name| {
        let name = name.to_lowercase();
        name.len() >= 4 && core.replace(&name, "").chars().count() < 4
    });
    (different.len() < 5 || is_counting(&plain) || is_listed || is_named).then_some("password-common")
}

/// Whether each character is the next or the same step from the one before: `123456789012`, `abcdefghijkl`.
fn is_counting(text: &str) -> bool {
    let codes: Vec<i64> = text.chars().map(|letter| i64::from(u32::from(letter))).collect();
    let (up, down) = codes.windows(2).fold((0, 0), |(up, down), pair| match pair[1] - pair[0] {
        1 | -9 => (up + 1, down),
        -1 | 9 => (up, down + 1),
        _ => (up, down),
    });
    up.max(down) + 3 >= codes.len()
}

/// Hashes a password with a salt of its own.
pub(super) async fn hash(chosen: String) -> Result<String, Failure> {
    blocking(move || {
        let hashed: PasswordHash = Argon2::default()
            .hash_password(chosen.as_bytes())
            .map_err(|error| Failure::Internal(format!("a password cannot be hashed: {error}")))?;
        Ok(hashed.to_string())
    })
    .await
}

/// Whether a password is the one that was hashed.
pub(super) async fn verify(given: String, kept: String) -> Result<bool, Failure> {
    blocking(move || {
        let kept = PasswordHash::new(&kept)
            .map_err(|error| Failure::Internal(format!("a kept password does not parse: {error}")))?;
        // A very long one is never right, and is not worth the work.
        let given = if given.len() > 4 * LONGEST { String::new() } else { given };
        Ok(Argon2::default().verify_password(given.as_bytes(), &kept).is_ok())
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    let waiting = tokio::time::timeout(std::time::Duration::from_secs(10), AT_ONCE.acquire()).await;
    let _turn = waiting.map_err(|_| Failure::Busy)?.map_err(|_| Failure::Busy)?;
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Internal(error.to_string()))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_common_or_ones_own_name_is_not_taken() {
        assert_eq!(objection("short", &[]), Some("password-short"));
        for common in
            ["password1234", "Password1234!", "123456789012", "qwertyuiop123", "aaaaaaaaaaaa", "abcdefghijklm"]
        {
            assert_eq!(objection(common, &[]), Some("password-common"), "{common}");
        }
        assert_eq!(objection("thandi.example1", &["Thandi.example"]), Some("password-common"));
        assert_eq!(objection("four green trams at dusk", &["Thandi"]), None);
        assert_eq!(objection("naïve größe übung", &[]), None, "any characters will do");
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_fits() {
        let kept = hash("four green trams".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$") && !kept.contains("trams"));
        assert!(verify("four green trams".to_owned(), kept.clone()).await.unwrap());
        assert!(!verify("four green tram".to_owned(), kept).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_password_can_be_checked_and_never_fits() {
        assert!(!verify(String::new(), NOBODYS.to_owned()).await.unwrap());
        let costs = |kept: &str| kept.split('$').nth(3).unwrap().to_owned();
        assert_eq!(costs(NOBODYS), costs(&hash("four green trams".to_owned()).await.unwrap()));
    }
}
