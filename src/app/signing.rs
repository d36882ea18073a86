//! Changing the key that signs checkpoints. Both keys sign from the moment the new one is made until the old one is
//! retired; the log records the change, signed by the old key.
//!
//! Each step leaves a whole file and a log that starts. A change that was cut short before it was recorded is finished by
//! asking for it again: the key made then is the one recorded.

use koinon_events::log::SigningKeyRotated;

use super::itself::{self, Itself};
use super::{Failure, Koinon};
use crate::keys::{self, KeyFileError};
use crate::note::{Rotation, SigningKey, VerifierKey};

/// Why the signing key was not changed.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The key file.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// The log cannot be read or written.
    #[error(transparent)]
    Failure(#[from] Failure),
    /// The log cannot be read.
    #[error("{0:#}")]
    Log(anyhow::Error),
    /// Another process changed it meanwhile.
    #[error("the key was being changed by somebody else. Look with “koinon key show” before trying again")]
    Meanwhile,
    /// Two keys sign already.
    #[error("two keys sign already, since record {0}. End that first: “koinon key retire”")]
    UnderWay(u64),
    /// There is a new key that the log does not tell of yet.
    #[error("the change of the key was cut short before it was recorded. Finish it first: “koinon key rotate”")]
    Unfinished,
    /// Only one key signs.
    #[error("only one key signs, so that none can be retired. “koinon key rotate” makes another")]
    Alone,
}

/// The keys of a log.
#[derive(Debug, Clone)]
pub struct SigningKeys {
    /// The key in force.
    pub in_force: VerifierKey,
    /// Keys that sign beside it.
    pub beside: Vec<VerifierKey>,
    /// Whether one of them is new and not recorded yet, because the change was cut short.
    pub unfinished: bool,
    /// The changes of the key, with their positions.
    pub rotations: Vec<(u64, Rotation)>,
}

/// What is at hand: the file's keys, the one in force first, and what the log says.
struct AtHand {
    keys: Vec<SigningKey>,
    itself: Itself,
}

impl AtHand {
    /// The keys beside the one in force that the log does not tell of.
    fn untold(&self) -> Vec<&SigningKey> {
        let told = self.itself.keys();
        self.keys.iter().skip(1).filter(|key| !told.contains(&key.verifier())).collect()
    }
}

impl Koinon {
    async fn at_hand(&self) -> Result<AtHand, SigningError> {
        let itself = Itself::of(&self.inner.store).await.map_err(SigningError::Log)?;
        if let Some(fault) = &itself.fault {
            return Err(Failure::ReadOnly(fault.clone()).into());
        }
        let path = self.inner.seal.key_file();
        let keys = keys::in_force_first(keys::read_signing_keys(path, &itself.origin)?, itself.in_force(), path)?;
        Ok(AtHand { keys, itself })
    }

    /// The keys that sign, and how they came to.
    ///
    /// # Errors
    /// When the key file or the log cannot be read.
    pub async fn signing_keys(&self) -> Result<SigningKeys, SigningError> {
        let at_hand = self.at_hand().await?;
        let mut verifiers = at_hand.keys.iter().map(SigningKey::verifier);
        Ok(SigningKeys {
            in_force: verifiers.next().ok_or(SigningError::Unfinished)?,
            beside: verifiers.collect(),
            unfinished: !at_hand.untold().is_empty(),
            rotations: at_hand.itself.rotations.clone(),
        })
    }

    /// Makes a new signing key, puts it beside the old one in the key file, and records that the log is handed over to
    /// it, signed by the old one. Gives the record's position and the new key.
    ///
    /// # Errors
    /// When two keys sign already, the log is only read, or the file or the log cannot be written.
    pub async fn rotate_signing_key(&self) -> Result<(u64, VerifierKey), SigningError> {
        self.inner.seal.trusted()?;
        let _alone = keys::hold(self.inner.seal.key_file())?;
        let at_hand = self.at_hand().await?;
        let old = at_hand.keys.first().ok_or(SigningError::Unfinished)?;
        let rotation = match (at_hand.keys.as_slice(), at_hand.untold().as_slice()) {
            (_, [cut_short]) => signed(old, cut_short.verifier())?,
            ([_], []) => {
                let made = SigningKey::new(old.name(), self.inner.clock.chance());
                let made = made.map_err(|error| Failure::Internal(error.to_string()))?;
                let rotation = signed(old, made.verifier())?;
                keys::replace_signing_keys(self.inner.seal.key_file(), &[old, &made])?;
                rotation
            }
            _ => return Err(SigningError::UnderWay(at_hand.itself.rotations.last().map_or(0, |(at, _)| *at))),
        };
        let event = SigningKeyRotated {
            from: itself::line(&rotation.from().to_string())?,
            to: itself::line(&rotation.to().to_string())?,
            signature: Some(itself::line(&rotation.signature())?),
        };
        let at = (at_hand.itself.subject, at_hand.itself.version);
        let appended = itself::append(&self.inner.store, &self.inner.clock, at, event.into(), Vec::new()).await;
        let position = appended.map_err(|failure| match failure {
            Failure::VersionLost { .. } => SigningError::Meanwhile,
            failure => failure.into(),
        })?;
        Ok((position, rotation.to().clone()))
    }

    /// Takes the keys that are not in force out of the key file, which ends the time in which both sign. Gives those
    /// that were taken out.
    ///
    /// # Errors
    /// When only one key signs, the change was not recorded yet, or the file cannot be written.
    pub async fn retire_signing_keys(&self) -> Result<Vec<VerifierKey>, SigningError> {
        let _alone = keys::hold(self.inner.seal.key_file())?;
        let at_hand = self.at_hand().await?;
        if !at_hand.untold().is_empty() {
            return Err(SigningError::Unfinished);
        }
        match at_hand.keys.as_slice() {
            [in_force, old @ ..] if !old.is_empty() => {
                keys::replace_signing_keys(self.inner.seal.key_file(), &[in_force])?;
                Ok(old.iter().map(SigningKey::verifier).collect())
            }
            _ => Err(SigningError::Alone),
        }
    }
}

fn signed(old: &SigningKey, new: VerifierKey) -> Result<Rotation, Failure> {
    Rotation::sign(old, new).map_err(|error| Failure::Internal(error.to_string()))
}
