//! Persons' keys wrapped anew: which are still wrapped with an older key of the vault's file, and each put under the
//! newest, one by one. Nobody's values are touched.

use koinon_events::PersonId;
use uuid::Uuid;

use super::statement::Cell;
use super::{Store, StoreError, VaultKey};

impl Store {
    /// Up to `limit` persons' keys that are wrapped with a key older than a generation.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read.
    pub async fn wrapped_before(&self, generation: u32, limit: u32) -> Result<Vec<(PersonId, VaultKey)>, StoreError> {
        let sql = match self {
            Self::Sqlite(_) => "SELECT person, generation, wrapped FROM vault_keys WHERE generation < $1 LIMIT $2",
            Self::Postgres(_) => {
                "SELECT uuid_send(person), generation, wrapped FROM vault_keys WHERE generation < $1 LIMIT $2"
            }
        };
        let rows = self.rows(sql, vec![Cell::Number(generation.into()), Cell::Number(limit.into())]).await?;
        let corrupt = |error: String| StoreError::Corrupt(error);
        let key = |row: &Vec<Cell>| {
            let person = Uuid::from_slice(row[0].bytes()?).map_err(|error| corrupt(error.to_string()))?;
            let generation = u32::try_from(row[1].number()?).map_err(|error| corrupt(error.to_string()))?;
            Ok((PersonId(person), VaultKey { generation, wrapped: row[2].bytes()?.to_vec() }))
        };
        rows.iter().map(key).collect()
    }

    /// Puts a person's key under another wrapping, unless somebody was faster or the person was erased meanwhile.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be written.
    pub async fn rewrap(&self, person: PersonId, was: u32, key: &VaultKey) -> Result<bool, StoreError> {
        let sql = match self {
            Self::Sqlite(_) => {
                "UPDATE vault_keys SET generation = $3, wrapped = $4 WHERE person = $1 AND generation = $2"
            }
            Self::Postgres(_) => {
                "UPDATE vault_keys SET generation = $3, wrapped = $4
                WHERE person = encode($1, 'hex')::uuid AND generation = $2"
            }
        };
        let cells = vec![
            Cell::Bytes(person.0.as_bytes().to_vec()),
            Cell::Number(was.into()),
            Cell::Number(key.generation.into()),
            Cell::Bytes(key.wrapped.clone()),
        ];
        Ok(self.change(sql, cells).await? == 1)
    }
}
