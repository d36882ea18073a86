//! Links and sessions for one visit, as they are kept: hashed, used once by one statement.

use koinon_events::value::Timestamp;
use koinon_events::{PersonId, VisitId};
use uuid::Uuid;

use super::statement::{bytes, id_of, person, time};
use super::{Store, StoreError};

impl Store {
    /// Keeps a link; those made for the person before are void.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be kept; so for everything here.
    pub async fn keep_visit_link(
        &self,
        of: PersonId,
        visit: VisitId,
        hash: &[u8; 32],
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.change("DELETE FROM visit_links WHERE person = $1", vec![person(of)]).await?;
        let sql = "INSERT INTO visit_links (hash, person, visit, expires, used) VALUES ($1, $2, $3, $4, 0)";
        let cells = vec![bytes(hash), person(of), bytes(visit.0.as_bytes()), time(expires)];
        self.change(sql, cells).await.map(drop)
    }

    /// Whose link it is and for which visit, while it works.
    ///
    /// # Errors
    /// As above.
    pub async fn visit_link(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<(PersonId, VisitId)>, StoreError> {
        let sql = "SELECT person, visit FROM visit_links WHERE hash = $1 AND used = 0 AND expires > $2";
        let row = self.rows(sql, vec![bytes(hash), time(now)]).await?.pop();
        row.map(|row| Ok((PersonId(id_of(&row[0])?), VisitId(id_of(&row[1])?)))).transpose()
    }

    /// Uses a link up; false when somebody was faster, or it is over.
    ///
    /// # Errors
    /// As above.
    pub async fn use_visit_link(&self, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE visit_links SET used = $2 WHERE hash = $1 AND used = 0 AND expires > $2";
        Ok(self.change(sql, vec![bytes(hash), time(now)]).await? == 1)
    }

    /// Limits a session to a visit; limits of sessions that are over are swept out.
    ///
    /// # Errors
    /// As above.
    pub async fn limit_session(&self, session: Uuid, of: PersonId, visit: VisitId) -> Result<(), StoreError> {
        self.change("DELETE FROM visit_sessions WHERE session NOT IN (SELECT id FROM sessions)", Vec::new()).await?;
        let sql = "INSERT INTO visit_sessions (session, person, visit) VALUES ($1, $2, $3)";
        let cells = vec![bytes(session.as_bytes()), person(of), bytes(visit.0.as_bytes())];
        self.change(sql, cells).await.map(drop)
    }

    /// The visit a session is limited to.
    ///
    /// # Errors
    /// As above.
    pub async fn visit_session(&self, session: Uuid) -> Result<Option<VisitId>, StoreError> {
        let sql = "SELECT visit FROM visit_sessions WHERE session = $1";
        let row = self.rows(sql, vec![bytes(session.as_bytes())]).await?.pop();
        row.map(|row| id_of(&row[0]).map(VisitId)).transpose()
    }
}
