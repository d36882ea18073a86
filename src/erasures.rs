//! The list of erasures outside the database: which persons must stay erased, whatever backup is put in the log's place.
//!
//! It lies beside the vault key, never in the database or its backups, and only grows. An erasure is written here before
//! it is committed and again once it is, so that a crash between the two loses nothing. It holds ids, positions and
//! hashes of events: nobody's name.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use koinon_events::PersonId;
use uuid::Uuid;

/// Why the list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// A line is not one of the list's.
    #[error("line {line} of {} cannot be read; put the file back from where you keep the vault key", file.display())]
    Torn {
        /// Which file.
        file: PathBuf,
        /// Which line.
        line: usize,
    },
    /// The file cannot be read or written.
    #[error("the list of erasures {} cannot be used: {error}", file.display())]
    Disk {
        /// Which file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Where an erasure stands in the log that recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The event's position.
    pub position: u64,
    /// The event's hash, in hexadecimal.
    pub hash: String,
}

/// The list.
#[derive(Debug)]
pub struct Erasures {
    file: PathBuf,
    kept: Mutex<BTreeMap<PersonId, Option<Recorded>>>,
}

impl Erasures {
    /// The list that lies beside a vault key file; empty when there is none yet.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn beside(vault_key: &Path) -> Result<Self, ListError> {
        let mut name = vault_key.file_name().unwrap_or_default().to_owned();
        name.push(".erasures");
        let file = vault_key.with_file_name(name);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ListError::Disk { file, error }),
        };
        let mut kept = BTreeMap::new();
        // Without its line feed the last line was never whole, and what it says was not yet done.
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        for (index, line) in whole.lines().enumerate() {
            read(line, &mut kept).ok_or_else(|| ListError::Torn { file: file.clone(), line: index + 1 })?;
        }
        if whole.len() < text.len() {
            let cut = OpenOptions::new().write(true).open(&file).and_then(|torn| torn.set_len(whole.len() as u64));
            cut.map_err(|error| ListError::Disk { file: file.clone(), error })?;
        }
        Ok(Self { file, kept: Mutex::new(kept) })
    }

    /// Who must be erased, and where that is recorded as far as it is known.
    pub fn all(&self) -> BTreeMap<PersonId, Option<Recorded>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes, before it is committed, that a person is about to be erased.
    ///
    /// # Errors
    /// [`ListError::Disk`]; the erasure must not go on then.
    pub fn decided(&self, person: PersonId, command: Uuid) -> Result<(), ListError> {
        self.add(&format!("decided {} {command}", person.0), |kept| {
            kept.entry(person).or_insert(None);
        })
    }

    /// Writes that an erasure that was decided surely did not happen.
    ///
    /// # Errors
    /// [`ListError::Disk`].
    pub fn withdrawn(&self, person: PersonId, command: Uuid) -> Result<(), ListError> {
        self.add(&format!("withdrawn {} {command}", person.0), |kept| withdraw(kept, person))
    }

    /// Writes that a person is erased.
    ///
    /// # Errors
    /// [`ListError::Disk`].
    pub fn erased(&self, person: PersonId, recorded: &Recorded) -> Result<(), ListError> {
        let line = format!("erased {} {} {}", person.0, recorded.position, recorded.hash);
        self.add(&line, |kept| {
            kept.insert(person, Some(recorded.clone()));
        })
    }

    fn add(&self, line: &str, change: impl FnOnce(&mut BTreeMap<PersonId, Option<Recorded>>)) -> Result<(), ListError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.write(line).map_err(|error| ListError::Disk { file: self.file.clone(), error })?;
        change(&mut kept);
        Ok(())
    }

    fn write(&self, line: &str) -> io::Result<()> {
        let is_new = !self.file.try_exists()?;
        let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.file)?;
        file.write_all(format!("{line}\n").as_bytes())?;
        file.sync_all()?;
        if is_new {
            let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()?;
        }
        Ok(())
    }
}

/// What was only decided is taken back; what is recorded stays.
fn withdraw(kept: &mut BTreeMap<PersonId, Option<Recorded>>, person: PersonId) {
    if kept.get(&person) == Some(&None) {
        kept.remove(&person);
    }
}

fn read(line: &str, kept: &mut BTreeMap<PersonId, Option<Recorded>>) -> Option<()> {
    let words: Vec<&str> = line.split(' ').collect();
    let person = PersonId(words.get(1)?.parse().ok()?);
    match (words[0], words.len()) {
        ("decided", 3) => {
            kept.entry(person).or_insert(None);
        }
        ("withdrawn", 3) => withdraw(kept, person),
        ("erased", 4) => {
            let recorded = Recorded { position: words[2].parse().ok()?, hash: words[3].to_owned() };
            kept.insert(person, Some(recorded));
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn what_was_decided_or_done_is_there_after_a_crash_and_what_was_withdrawn_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("vault.key");
        let list = Erasures::beside(&key).unwrap();
        assert!(list.all().is_empty());
        let recorded = Recorded { position: 7, hash: "ab".to_owned() };
        for number in [1, 2, 3] {
            list.decided(person(number), Uuid::from_u128(9)).unwrap();
        }
        list.erased(person(1), &recorded).unwrap();
        list.withdrawn(person(2), Uuid::from_u128(9)).unwrap();
        list.withdrawn(person(1), Uuid::from_u128(9)).unwrap();
        let again = Erasures::beside(&key).unwrap().all();
        assert_eq!(again, list.all());
        assert_eq!(again.into_iter().collect::<Vec<_>>(), [(person(1), Some(recorded)), (person(3), None)]);
    }

    #[test]
    fn a_line_cut_short_is_dropped_and_a_foreign_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (key, file) = (folder.path().join("vault.key"), folder.path().join("vault.key.erasures"));
        let whole = format!("decided {} {}\n", person(1).0, person(2).0);
        std::fs::write(&file, format!("{whole}erased 0000")).unwrap();
        let list = Erasures::beside(&key).unwrap();
        list.decided(person(3), Uuid::from_u128(9)).unwrap();
        assert_eq!(Erasures::beside(&key).unwrap().all().len(), 2);
        std::fs::write(&file, format!("{whole}forgiven all\n")).unwrap();
        assert!(Erasures::beside(&key).unwrap_err().to_string().starts_with("line 2 of"));
    }
}
