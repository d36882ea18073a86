//! The key files: what signs checkpoints and what guards personal values. They are made only together with a new log,
//! readable by their owner alone. A missing, torn or too open file is an error that names it, never a new key.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::note::SigningKey;
use crate::vault::WrappingKey;

/// What is wrong with a key file, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file is not there though the log is.
    #[error("the key file {0} is missing; it was made together with the log: restore it from where it is kept safe")]
    Missing(PathBuf),
    /// The file is there though the log is new.
    #[error(
        "the key file {0} is there already, but the log is new; move the file away, or point to the log it belongs to"
    )]
    InTheWay(PathBuf),
    /// The file cannot be read as a key.
    #[error("the key file {file} is damaged ({reason}); restore it from where it is kept safe")]
    Damaged {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Others than the owner can read the file.
    #[error("the key file {0} can be read by others; run: chmod 600 {0}")]
    TooOpen(PathBuf),
    /// The file cannot be reached.
    #[error("the key file {file} cannot be used: {cause}")]
    Unreachable {
        /// Which file.
        file: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
}

/// Makes both key files for a new log.
///
/// # Errors
/// [`KeyError::InTheWay`] when one is there already; nothing is overwritten.
pub fn create_for_new_log(signing: &Path, vault: &Path, origin: &str, clock: &Clock) -> Result<(), KeyError> {
    for file in [signing, vault] {
        if file.exists() {
            return Err(KeyError::InTheWay(file.to_owned()));
        }
    }
    let unsound =
        |error: crate::note::KeyError| KeyError::Damaged { file: signing.to_owned(), reason: error.to_string() };
    let key = SigningKey::new(origin, clock.chance()).map_err(unsound)?;
    write_new(signing, &Zeroizing::new(format!("{}\n", key.secret_text().as_str())))?;
    write_new(vault, &Zeroizing::new(format!("1 {}\n", hex(&clock.chance()))))
}

/// Reads the key that signs checkpoints.
///
/// # Errors
/// [`KeyError`], naming the file.
pub fn read_signing_key(file: &Path) -> Result<SigningKey, KeyError> {
    let text = read(file)?;
    SigningKey::from_secret_text(text.trim_end())
        .map_err(|error| KeyError::Damaged { file: file.to_owned(), reason: error.to_string() })
}

/// Reads the keys that wrap persons' keys: lines of a generation and 64 hexadecimal digits.
///
/// # Errors
/// [`KeyError`], naming the file.
pub fn read_vault_keys(file: &Path) -> Result<Vec<WrappingKey>, KeyError> {
    let text = read(file)?;
    let damaged = |reason: &str| KeyError::Damaged { file: file.to_owned(), reason: reason.to_owned() };
    if !text.ends_with('\n') {
        return Err(damaged("its last line is cut off"));
    }
    let mut keys: Vec<WrappingKey> = Vec::new();
    for line in text.lines() {
        let (generation, digits) = line.split_once(' ').ok_or_else(|| damaged("a line is no generation and key"))?;
        let generation = generation.parse().map_err(|_| damaged("a line does not begin with a generation"))?;
        let key = unhex(digits).ok_or_else(|| damaged("a key is not 64 hexadecimal digits"))?;
        if keys.iter().any(|known| known.generation == generation) {
            return Err(damaged("a generation stands there twice"));
        }
        keys.push(WrappingKey { generation, key });
    }
    if keys.is_empty() { Err(damaged("it is empty")) } else { Ok(keys) }
}

fn read(file: &Path) -> Result<Zeroizing<String>, KeyError> {
    let unreachable = |cause| KeyError::Unreachable { file: file.to_owned(), cause };
    let found = std::fs::metadata(file).map_err(|error| match error.kind() {
        ErrorKind::NotFound => KeyError::Missing(file.to_owned()),
        _ => unreachable(error),
    })?;
    if found.permissions().mode() & 0o077 != 0 {
        return Err(KeyError::TooOpen(file.to_owned()));
    }
    let bytes = Zeroizing::new(std::fs::read(file).map_err(unreachable)?);
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| KeyError::Damaged { file: file.to_owned(), reason: "it is no text".to_owned() })?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Writes a file whole or not at all: beside its place first, then moved there, both made durable.
fn write_new(file: &Path, text: &str) -> Result<(), KeyError> {
    let beside = file.with_extension("new");
    let written = (|| {
        let mut out = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        std::fs::hard_link(&beside, file)?;
        std::fs::remove_file(&beside)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    })();
    written.map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => KeyError::InTheWay(file.to_owned()),
        _ => KeyError::Unreachable { file: file.to_owned(), cause },
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (signing, vault) = (folder.path().join("s.key"), folder.path().join("v.key"));
        create_for_new_log(&signing, &vault, "koinon.example/log", &Clock::System).unwrap();
        (folder, signing, vault)
    }

    #[test]
    fn new_keys_are_readable_by_their_owner_only_and_read_back() {
        let (_folder, signing, vault) = made();
        assert_eq!(std::fs::metadata(&signing).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read_vault_keys(&vault).unwrap()[0].generation, 1);
        assert_eq!(read_signing_key(&signing).unwrap().name(), "koinon.example/log");
    }

    #[test]
    fn keys_are_never_made_over_others() {
        let (_folder, signing, vault) = made();
        let again = create_for_new_log(&signing, &vault, "koinon.example/log", &Clock::System);
        assert!(matches!(again, Err(KeyError::InTheWay(file)) if file == signing));
    }

    #[test]
    fn a_missing_torn_or_open_file_is_named() {
        let (folder, signing, vault) = made();
        assert!(matches!(read_vault_keys(&folder.path().join("gone.key")), Err(KeyError::Missing(_))));
        let text = std::fs::read_to_string(&vault).unwrap();
        std::fs::write(&vault, &text[..40]).unwrap();
        assert!(matches!(read_vault_keys(&vault), Err(KeyError::Damaged { .. })));
        std::fs::write(&signing, "PRIVATE+KEY+x").unwrap();
        assert!(matches!(read_signing_key(&signing), Err(KeyError::Damaged { .. })));
        std::fs::set_permissions(&signing, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(read_signing_key(&signing), Err(KeyError::TooOpen(_))));
    }
}
