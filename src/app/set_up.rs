//! Setting up: the first administrator of an empty log, made once, by whoever holds the link that the server printed.

use koinon_events::PersonId;
use serde_json::{Map, Value, json};

use super::{Caller, Failure, Koinon, Order};

/// The first administrator, as the set-up page asks for them.
#[derive(Debug, Clone)]
pub struct FirstAdministrator {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Where they work.
    pub organisation: String,
}

impl Koinon {
    /// Whether nobody has done anything yet: the log holds no more than its own beginning.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the log cannot be read.
    pub async fn is_untouched(&self) -> Result<bool, Failure> {
        Ok(self.head().await?.position <= 1)
    }

    /// Makes the first administrator, and a token to sign in with, which is shown this once.
    ///
    /// # Errors
    /// [`Failure::Unfit`] for fields that do not fit; whatever else a command can meet.
    pub async fn set_up(&self, first: &FirstAdministrator) -> Result<String, Failure> {
        let system = Caller::system("set-up")?;
        let person = PersonId(self.clock().id());
        let steps = [
            (
                "InvitePerson",
                json!({
                    "id": person, "name": first.name, "email": first.email, "organisation": first.organisation,
                    "languages": ["en"], "kind": "administrator",
                }),
            ),
            ("AcceptInvitation", json!({ "person": person })),
            ("GrantRole", json!({ "person": person, "role": "administrator" })),
            ("CreateToken", json!({ "name": "First administrator", "role": "administrator", "person": person })),
        ];
        let mut secret = None;
        for (name, body) in steps {
            let body: Map<String, Value> = body.as_object().cloned().unwrap_or_default();
            let order = Order { name: name.to_owned(), body, ..Order::default() };
            secret = self.execute(&system, order).await?.secret;
        }
        secret.ok_or_else(|| Failure::Internal("the token has no secret".to_owned()))
    }
}
