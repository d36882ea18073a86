//! Who signs in with which identity at which provider, as it is kept: keyed hashes only, so that nobody learns from the
//! table who has an account where.

use koinon_events::PersonId;
use koinon_events::value::Timestamp;
use uuid::Uuid;

use super::statement::Cell;
use super::{Store, StoreError};

/// One person's identity at one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Keyed hash of the issuer and its name for the person.
    pub hash: [u8; 32],
    /// Keyed hash of the issuer.
    pub issuer: [u8; 32],
    /// Whose it is.
    pub person: PersonId,
    /// Since when.
    pub linked: Timestamp,
}

fn person_cell(person: PersonId) -> Cell {
    Cell::Bytes(person.0.as_bytes().to_vec())
}

impl Store {
    /// Whose identity it is.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read; so for everything here.
    pub async fn person_of_identity(&self, hash: &[u8; 32]) -> Result<Option<PersonId>, StoreError> {
        let sql = "SELECT person FROM identities WHERE hash = $1";
        let row = self.rows(sql, vec![Cell::Bytes(hash.to_vec())]).await?.pop();
        let id = |row: Vec<Cell>| {
            let id = Uuid::from_slice(row[0].bytes()?).map_err(|error| StoreError::Corrupt(error.to_string()))?;
            Ok(PersonId(id))
        };
        row.map(id).transpose()
    }

    /// Links an identity to a person who has none at its issuer; says whether it is linked to that person now.
    ///
    /// # Errors
    /// As above.
    pub async fn link_identity(&self, identity: &Identity) -> Result<bool, StoreError> {
        let sql =
            "INSERT INTO identities (hash, issuer, person, linked) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        let cells = vec![
            Cell::Bytes(identity.hash.to_vec()),
            Cell::Bytes(identity.issuer.to_vec()),
            person_cell(identity.person),
            Cell::Number(identity.linked.micros()),
        ];
        self.change(sql, cells).await?;
        Ok(self.person_of_identity(&identity.hash).await? == Some(identity.person))
    }

    /// When each of a person's identities was linked, oldest first.
    ///
    /// # Errors
    /// As above.
    pub async fn identities_of(&self, person: PersonId) -> Result<Vec<Timestamp>, StoreError> {
        let sql = "SELECT linked FROM identities WHERE person = $1 ORDER BY linked";
        let rows = self.rows(sql, vec![person_cell(person)]).await?;
        rows.iter().map(|row| row[0].number().map(Timestamp::from_micros)).collect()
    }

    /// Forgets a person's identities; says how many there were.
    ///
    /// # Errors
    /// As above.
    pub async fn unlink_identities(&self, person: PersonId) -> Result<u64, StoreError> {
        self.change("DELETE FROM identities WHERE person = $1", vec![person_cell(person)]).await
    }
}
