//! A key file on disk: written once and whole, read only when nobody but its owner can.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// Larger than any key file; a device or a wrong file is not read to its end.
const LARGEST: u64 = 64 * 1024;

/// What is wrong with a key file, and what to do.
#[derive(Debug, thiserror::Error)]
#[error("the key file {}: {trouble}", path.display())]
pub struct KeyFileError {
    path: PathBuf,
    trouble: Trouble,
}

/// What is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is no such file.
    #[error(
        "it is missing. A key is made only together with a new log; put the file back from where you keep it, or name its place in the settings"
    )]
    Missing,
    /// It does not hold what such a file holds.
    #[error("it is torn or not of this kind. Put it back from where you keep it; it is not made anew")]
    Torn,
    /// Others may read or write it.
    #[error(
        "others than its owner may use it (mode {0:04o}). Close it with chmod 600, and think about who has read it"
    )]
    Open(u32),
    /// It is another log's.
    #[error(
        "it holds the key of {found}, but the log is {expected}. Name the right file in the settings, or move this one away if the log is new"
    )]
    Foreign {
        /// The name in the file.
        found: String,
        /// The log's origin.
        expected: String,
    },
    /// The log was handed over to a key that is not there.
    #[error(
        "it holds {found}, but the log is signed by {expected} since its key was changed. Put back the file as “koinon key rotate” wrote it; a copy from before cannot sign any more"
    )]
    Superseded {
        /// The first key in the file.
        found: String,
        /// The key in force.
        expected: String,
    },
    /// No key can be made for that origin.
    #[error("no key can have the name {0:?}. Correct the public address in the settings")]
    Origin(String),
    /// Another process changes it.
    #[error("another process is changing it now. Try again when that is done")]
    Held,
    /// Both key files are the same.
    #[error("it cannot hold the signing key and the vault key. Name two files in the settings")]
    SameFile,
    /// The file system does not let us.
    #[error("it cannot be used: {0}. Look at the folder's permissions and its free space")]
    Io(#[from] io::Error),
}

impl KeyFileError {
    pub(super) fn of(path: &Path, trouble: Trouble) -> Self {
        Self { path: path.to_owned(), trouble }
    }

    /// What is wrong.
    pub fn trouble(&self) -> &Trouble {
        &self.trouble
    }
}

/// Puts a file there whole and durable, unless there is one.
pub(super) fn create(path: &Path, text: &str) -> Result<(), KeyFileError> {
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => put(path, text).map_err(|error| KeyFileError::of(path, Trouble::Io(error))),
        Err(error) => Err(KeyFileError::of(path, Trouble::Io(error))),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
}

fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
    Ok(folder(path).join(format!(".{name}.{}", std::process::id())))
}

/// Writes beside it and links it into place, so that nobody sees half a file and nobody's file is replaced.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let beside = beside(path)?;
    let placed = write(&beside, text).and_then(|()| match fs::hard_link(&beside, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    let _gone_or_never_there = fs::remove_file(&beside);
    placed?;
    File::open(folder(path))?.sync_all()
}

/// Locks the folder that a file is kept in against others who would change it, for as long as the answer lives.
pub(super) fn hold(path: &Path) -> Result<File, KeyFileError> {
    let open = |kept: PathBuf| kept.parent().map_or_else(|| Err(io::ErrorKind::InvalidInput.into()), File::open);
    let folder = fs::canonicalize(path).and_then(open).map_err(|error| KeyFileError::of(path, Trouble::Io(error)))?;
    match folder.try_lock() {
        Ok(()) => Ok(folder),
        Err(TryLockError::WouldBlock) => Err(KeyFileError::of(path, Trouble::Held)),
        Err(TryLockError::Error(error)) => Err(KeyFileError::of(path, Trouble::Io(error))),
    }
}

/// Puts a file in the place of the one that is there, whole and durable: whoever opens it sees the old one or the new.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), KeyFileError> {
    // What the settings name may lead to where the file is kept.
    let replaced = fs::canonicalize(path).and_then(|kept| {
        let folder = kept.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let name = kept.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_string_lossy();
        let beside = folder.join(format!(".{name}.{}", std::process::id()));
        write(&beside, text).and_then(|()| fs::rename(&beside, &kept)).inspect_err(|_| {
            let _gone_or_never_there = fs::remove_file(&beside);
        })?;
        File::open(folder)?.sync_all()
    });
    replaced.map_err(|error| KeyFileError::of(path, Trouble::Io(error)))
}

fn write(beside: &Path, text: &str) -> io::Result<()> {
    let _left_by_a_killed_start = fs::remove_file(beside);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Reads a file that only its owner can.
pub(super) fn read(path: &Path) -> Result<Zeroizing<String>, KeyFileError> {
    let trouble = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => KeyFileError::of(path, Trouble::Missing),
        _ => KeyFileError::of(path, Trouble::Io(error)),
    };
    let file = File::open(path).map_err(trouble)?;
    let metadata = file.metadata().map_err(trouble)?;
    let mode = metadata.mode() & 0o7777;
    if metadata.is_file() && mode & 0o077 != 0 {
        return Err(KeyFileError::of(path, Trouble::Open(mode)));
    }
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(KeyFileError::of(path, Trouble::Torn));
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST as usize));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(trouble)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(KeyFileError::of(path, Trouble::Torn)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        create(&path, "first\n").unwrap();
        create(&path, "second\n").unwrap();
        put(&path, "third\n").unwrap();
        assert_eq!(read(&path).unwrap().as_str(), "first\n");
    }

    #[test]
    fn what_a_killed_start_left_beside_it_does_not_matter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        fs::write(folder.path().join(format!(".a.key.{}", std::process::id())), "ha").unwrap();
        create(&path, "whole\n").unwrap();
        assert_eq!(read(&path).unwrap().as_str(), "whole\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_is_replaced_where_it_is_kept_and_stays_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, named) = (folder.path().join("kept.key"), folder.path().join("named.key"));
        create(&kept, "first\n").unwrap();
        std::os::unix::fs::symlink(&kept, &named).unwrap();
        replace(&named, "second\n").unwrap();
        assert_eq!(read(&kept).unwrap().as_str(), "second\n");
        assert!(fs::symlink_metadata(&named).unwrap().is_symlink());
        assert_eq!(fs::metadata(&kept).unwrap().mode() & 0o7777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(replace(&folder.path().join("none.key"), "x\n").is_err(), "what is not there is not made");
    }

    #[test]
    fn one_process_at_a_time_changes_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.key");
        create(&path, "first\n").unwrap();
        let held = hold(&path).unwrap();
        assert!(matches!(hold(&path).unwrap_err().trouble(), Trouble::Held));
        drop(held);
        assert!(hold(&path).is_ok());
    }

    #[test]
    fn a_folder_that_is_not_there_is_said() {
        let error = create(Path::new("/nowhere/at/all/a.key"), "x\n").unwrap_err();
        assert!(error.to_string().contains("/nowhere/at/all/a.key"), "{error}");
    }

    #[test]
    fn a_folder_or_bytes_that_are_no_text_are_no_key_file() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()).unwrap_err().trouble(), Trouble::Torn));
        let path = folder.path().join("a.key");
        create(&path, "x\n").unwrap();
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(matches!(read(&path).unwrap_err().trouble(), Trouble::Torn));
    }
}
