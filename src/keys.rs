//! The key files: the one whose key signs checkpoints, the one whose keys wrap persons' keys.
//!
//! They lie outside the database and its backups, readable by their owner alone. They are made together with a new log
//! and never again: a missing, torn, open or foreign file is an error that names it and says what to do, because a key
//! made anew would disown every checkpoint signed before, or lose every name.
//!
//! The signing key's file holds one key a line, `PRIVATE+KEY+name+hash+base64`. All of them sign; the one that the log was
//! handed over to last is in force, the first where it never was. There are two only while a key is being changed. The vault key's file holds lines of `generation hex`; the highest wraps new keys.

mod file;

use std::fs::File;
use std::path::Path;

use zeroize::Zeroizing;

pub use file::{KeyFileError, Trouble};

use crate::clock::Clock;
use crate::note::{SigningKey, VerifierKey};
use crate::vault::WrappingKey;

/// The lines of a vault key file, in order of generation; at least one.
fn parse_vault_keys(text: &str) -> Option<Vec<WrappingKey>> {
    let mut keys: Vec<WrappingKey> = Vec::new();
    for line in text.strip_suffix('\n')?.split('\n') {
        let (number, key) = line.split_once(' ')?;
        let generation: u32 = number.parse().ok().filter(|generation| *generation > 0)?;
        if generation.to_string() != number || keys.iter().any(|key| key.generation == generation) {
            return None;
        }
        keys.push(WrappingKey { generation, key: *unhex(key)? });
    }
    keys.sort_by_key(|key| key.generation);
    Some(keys)
}

/// A line of the file.
fn vault_line(generation: u32, key: &[u8; 32]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(80));
    text.push_str(&format!("{generation} "));
    for byte in key.iter() {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or_default()));
    }
    text.push('\n');
    text
}

fn unhex(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut key = Zeroizing::new([0; 32]);
    if pairs.len() != key.len() || !rest.is_empty() || text.contains(|digit: char| digit.is_ascii_uppercase()) {
        return None;
    }
    for (byte, [high, low]) in key.iter_mut().zip(pairs) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = (digit(*high)? * 16 + digit(*low)?) as u8;
    }
    Some(key)
}

/// Makes both key files for a log that has no record yet, and gives its signing key. The log's origin must be that
/// key's name: a file that is there already is kept, whether a first start was cut short after it or an operator laid
/// it there, and its name is taken over from an origin that was only made up.
///
/// # Errors
/// When a file cannot be written, or one that is there cannot be this log's.
pub fn create_for_new_log(
    signing_key: &Path,
    vault_key: &Path,
    origin: &str,
    clock: &Clock,
) -> Result<SigningKey, KeyFileError> {
    if signing_key == vault_key {
        return Err(KeyFileError::of(signing_key, Trouble::SameFile));
    }
    let made = SigningKey::new(origin, clock.chance())
        .map_err(|_| KeyFileError::of(signing_key, Trouble::Origin(origin.to_owned())))?;
    let line = Zeroizing::new(format!("{}\n", *made.secret_text()));
    file::create(signing_key, &line)?;
    file::create(vault_key, &vault_line(1, &Zeroizing::new(clock.chance())))?;
    read_vault_keys(vault_key)?;
    let kept = first_of(read_lines(signing_key)?, signing_key)?;
    if kept.name() == origin || (is_made_up(origin) && is_made_up(kept.name())) {
        return Ok(kept);
    }
    Err(KeyFileError::of(signing_key, Trouble::Foreign { found: kept.name().to_owned(), expected: origin.to_owned() }))
}

/// Whether a log without a public address was given that name.
fn is_made_up(origin: &str) -> bool {
    origin.starts_with("localhost/")
}

/// The keys that sign the checkpoints of the log of that origin, in the order of the file; at least one.
///
/// # Errors
/// When the file is missing, torn, open to others or another log's.
pub fn read_signing_keys(path: &Path, origin: &str) -> Result<Vec<SigningKey>, KeyFileError> {
    let keys = read_lines(path)?;
    match keys.iter().find(|key| key.name() != origin) {
        None => Ok(keys),
        Some(key) => {
            Err(KeyFileError::of(path, Trouble::Foreign { found: key.name().to_owned(), expected: origin.to_owned() }))
        }
    }
}

/// The same keys, the one in force first: the one that the log was handed over to last, where it ever was.
///
/// # Errors
/// When the file does not hold it.
pub fn in_force_first(
    mut keys: Vec<SigningKey>,
    last: Option<&VerifierKey>,
    path: &Path,
) -> Result<Vec<SigningKey>, KeyFileError> {
    let Some(last) = last else { return Ok(keys) };
    match keys.iter().position(|key| key.verifier() == *last) {
        Some(at) => keys[..=at].rotate_right(1),
        None => {
            let found = keys.first().map(|key| key.verifier().to_string()).unwrap_or_default();
            return Err(KeyFileError::of(path, Trouble::Superseded { found, expected: last.to_string() }));
        }
    }
    Ok(keys)
}

/// Keeps other processes on this machine from changing the file until it is let go.
///
/// # Errors
/// When another one is changing it, or its folder cannot be opened.
pub fn hold(path: &Path) -> Result<File, KeyFileError> {
    file::hold(path)
}

/// Puts these keys in the place of those in the file.
///
/// # Errors
/// When the file cannot be written.
pub fn replace_signing_keys(path: &Path, keys: &[&SigningKey]) -> Result<(), KeyFileError> {
    let mut text = Zeroizing::new(String::with_capacity(256 * keys.len()));
    for key in keys {
        text.push_str(&key.secret_text());
        text.push('\n');
    }
    file::replace(path, &text)
}

fn read_lines(path: &Path) -> Result<Vec<SigningKey>, KeyFileError> {
    let text = file::read(path)?;
    let torn = || KeyFileError::of(path, Trouble::Torn);
    let lines = text.strip_suffix('\n').ok_or_else(torn)?.split('\n');
    lines.map(|line| SigningKey::from_secret_text(line).map_err(|_| torn())).collect()
}

fn first_of(keys: Vec<SigningKey>, path: &Path) -> Result<SigningKey, KeyFileError> {
    keys.into_iter().next().ok_or_else(|| KeyFileError::of(path, Trouble::Torn))
}

/// The keys that wrap persons' keys, oldest first.
///
/// # Errors
/// When the file is missing, torn or open to others.
pub fn read_vault_keys(path: &Path) -> Result<Vec<WrappingKey>, KeyFileError> {
    parse_vault_keys(&file::read(path)?).ok_or_else(|| KeyFileError::of(path, Trouble::Torn))
}

/// Adds a key of the next generation to the file and gives all that are in it. The file is replaced whole, so that a
/// crash leaves the old one or the new one; two processes at once take turns.
///
/// # Errors
/// When the file cannot be read or replaced.
pub fn add_vault_key(path: &Path, chance: [u8; 32]) -> Result<Vec<WrappingKey>, KeyFileError> {
    let _held = file::hold(path)?;
    let newest = read_vault_keys(path)?.last().map_or(0, |key| key.generation);
    let mut text = file::read(path)?;
    text.push_str(&vault_line(newest + 1, &Zeroizing::new(chance)));
    file::replace(path, &text)?;
    read_vault_keys(path)
}

/// Drops every key from the file but the first and the newest; gives how many were dropped.
///
/// # Errors
/// As [`add_vault_key`].
pub fn drop_old_vault_keys(path: &Path) -> Result<usize, KeyFileError> {
    let _held = file::hold(path)?;
    let keys = read_vault_keys(path)?;
    let last = keys.len() - 1;
    let mut text = Zeroizing::new(String::with_capacity(160));
    for (index, key) in keys.iter().enumerate() {
        if index == 0 || index == last {
            text.push_str(&vault_line(key.generation, &key.key));
        }
    }
    file::replace(path, &text)?;
    Ok(keys.len().saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    use super::*;

    const ORIGIN: &str = "koinon.example/log";

    fn folder() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (signing, vault) = (folder.path().join("signing.key"), folder.path().join("vault.key"));
        (folder, signing, vault)
    }

    fn created() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let (folder, signing, vault) = folder();
        create_for_new_log(&signing, &vault, ORIGIN, &Clock::System).unwrap();
        (folder, signing, vault)
    }

    fn put(path: &Path, text: &str) {
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    #[test]
    fn a_new_log_gets_its_two_files_and_they_read_back() {
        let (folder, signing, vault) = folder();
        let key = create_for_new_log(&signing, &vault, ORIGIN, &Clock::System).unwrap();
        let again = read_signing_keys(&signing, ORIGIN).unwrap();
        assert_eq!((again.len(), again[0].verifier()), (1, key.verifier()));
        assert_eq!(generations(&vault), [1]);
        for path in [&signing, &vault] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o7777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside them");
    }

    #[test]
    fn a_start_that_was_cut_short_goes_on_with_the_keys_it_made() {
        let (_folder, signing, vault) = folder();
        let first = create_for_new_log(&signing, &vault, "localhost/1/log", &Clock::System).unwrap();
        fs::remove_file(&vault).unwrap();
        let again = create_for_new_log(&signing, &vault, "localhost/2/log", &Clock::System).unwrap();
        assert_eq!(again.verifier(), first.verifier());
        assert!(read_vault_keys(&vault).is_ok());
    }

    #[test]
    fn a_new_log_does_not_take_the_key_of_another() {
        let (_folder, signing, vault) = created();
        let before = fs::read(&signing).unwrap();
        for origin in ["other.example/log", "localhost/1/log"] {
            let refused = create_for_new_log(&signing, &vault, origin, &Clock::System).unwrap_err();
            assert!(matches!(refused.trouble(), Trouble::Foreign { .. }));
        }
        assert!(matches!(
            read_signing_keys(&signing, "other.example/log").unwrap_err().trouble(),
            Trouble::Foreign { .. }
        ));
        assert_eq!(fs::read(&signing).unwrap(), before);
    }

    #[test]
    fn a_missing_file_is_named_and_not_made() {
        let (_folder, signing, vault) = folder();
        for error in [read_signing_keys(&signing, ORIGIN).unwrap_err(), read_vault_keys(&vault).err().unwrap()] {
            assert!(matches!(error.trouble(), Trouble::Missing));
            assert!(error.to_string().contains(".key"));
        }
        assert!(!signing.exists() && !vault.exists());
    }

    #[test]
    fn a_file_cut_anywhere_is_torn_and_left_as_it_is() {
        let (_folder, signing, vault) = created();
        for path in [&signing, &vault] {
            let whole = fs::read_to_string(path).unwrap();
            for cut in 0..whole.len() {
                put(path, &whole[..cut]);
                let torn = match path == &signing {
                    true => read_signing_keys(path, ORIGIN).map(drop).unwrap_err(),
                    false => read_vault_keys(path).map(drop).unwrap_err(),
                };
                assert!(matches!(torn.trouble(), Trouble::Torn), "{cut}");
                assert!(create_for_new_log(&signing, &vault, ORIGIN, &Clock::System).is_err(), "{cut}");
                assert_eq!(fs::read_to_string(path).unwrap(), whole[..cut]);
            }
            put(path, &whole);
        }
    }

    #[test]
    fn a_file_others_may_read_is_refused() {
        let (_folder, signing, vault) = created();
        for mode in [0o604, 0o640, 0o660, 0o644] {
            fs::set_permissions(&vault, fs::Permissions::from_mode(mode)).unwrap();
            let error = read_vault_keys(&vault).err().unwrap();
            assert!(error.to_string().contains("chmod 600"), "{error}");
        }
        fs::set_permissions(&signing, fs::Permissions::from_mode(0o400)).unwrap();
        assert!(read_signing_keys(&signing, ORIGIN).is_ok(), "stricter is fine");
    }

    #[test]
    fn both_keys_of_a_rotation_are_read_in_their_order() {
        let (_folder, signing, _) = created();
        let new = SigningKey::new(ORIGIN, [9; 32]).unwrap();
        let old = fs::read_to_string(&signing).unwrap();
        put(&signing, &format!("{}\n{old}", *new.secret_text()));
        let keys = read_signing_keys(&signing, ORIGIN).unwrap();
        assert_eq!((keys.len(), keys[0].verifier()), (2, new.verifier()));
    }

    #[test]
    fn the_key_in_force_is_the_one_the_log_was_handed_over_to() {
        let (_folder, signing, _) = created();
        let old = read_signing_keys(&signing, ORIGIN).unwrap().remove(0);
        let new = SigningKey::new(ORIGIN, [9; 32]).unwrap();
        replace_signing_keys(&signing, &[&old, &new]).unwrap();
        let ordered = |last: Option<&VerifierKey>| {
            let keys = in_force_first(read_signing_keys(&signing, ORIGIN).unwrap(), last, &signing)?;
            Ok::<_, KeyFileError>(keys.iter().map(SigningKey::verifier).collect::<Vec<_>>())
        };
        assert_eq!(ordered(None).unwrap(), [old.verifier(), new.verifier()], "it is not told yet");
        assert_eq!(ordered(Some(&new.verifier())).unwrap(), [new.verifier(), old.verifier()]);
        replace_signing_keys(&signing, &[&old]).unwrap();
        let error = ordered(Some(&new.verifier())).unwrap_err();
        assert!(matches!(error.trouble(), Trouble::Superseded { .. }));
        assert!(error.to_string().contains("signing.key"), "{error}");
    }

    fn generations(vault: &Path) -> Vec<u32> {
        read_vault_keys(vault).unwrap().iter().map(|key| key.generation).collect()
    }

    #[test]
    fn the_generations_of_the_vault_key_are_read_oldest_first() {
        let (_folder, _, vault) = folder();
        put(&vault, &format!("1 {}\n3 {}\n2 {}\n", "11".repeat(32), "33".repeat(32), "2f".repeat(32)));
        assert_eq!(generations(&vault), [1, 2, 3]);
        assert_eq!(read_vault_keys(&vault).unwrap()[1].key, [0x2f; 32]);
    }

    #[test]
    fn a_vault_key_reads_back_as_it_was_made() {
        let key = Zeroizing::new(std::array::from_fn(|at| at as u8 * 8 + 1));
        assert_eq!(parse_vault_keys(&vault_line(1, &key)).unwrap()[0].key, *key);
    }

    #[test]
    fn a_vault_key_spelt_in_another_way_is_refused() {
        let key = "ab".repeat(32);
        for wrong in [
            format!("0 {key}\n"),
            format!("01 {key}\n"),
            format!("1 {key}\n1 {key}\n"),
            format!("1 {}\n", key.to_uppercase()),
            format!("1 {key}ab\n"),
            format!("1  {key}\n"),
            format!("1 {key}\r\n"),
            format!("{key}\n"),
            "\n".to_owned(),
        ] {
            assert!(parse_vault_keys(&wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn one_file_cannot_hold_both() {
        let (_folder, signing, _) = folder();
        assert!(create_for_new_log(&signing, &signing, ORIGIN, &Clock::System).is_err());
        assert!(!signing.exists());
    }
}
