//! What keeps the deployment connected: API tokens, webhooks, and what people follow.

use koinon_events::following::{Digest, FollowingEvent};
use koinon_events::token::{Role, TokenEvent};
use koinon_events::value::{Day, Line, Prose, WebAddress};
use koinon_events::webhook::{WebhookEvent, WebhookFilters};
use koinon_events::{
    CityId, Event, FollowingId, Kind, PartnershipId, PersonId, ProgrammeId, Subject, TokenId, WebhookId,
};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::column::{Column, Value};
use crate::entry::Entry;
use crate::mark::{Mark, add};
use crate::row::{Projection, Row, Title, joined, ranked, stamped, statuses};
use crate::table::Table;

statuses! {
    /// How far a token is.
    TokenStatus {
        /// Accepted until its last day.
        Active,
        /// Accepted no more.
        Revoked,
    }
}

/// An API token: never its secret.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenRow {
    /// Its identity.
    pub id: TokenId,
    /// How far it is.
    pub status: TokenStatus,
    /// What it is called.
    pub name: Line,
    /// What it may do.
    pub role: Role,
    /// What it is limited to.
    pub scope: Option<Subject>,
    /// The person it acts as.
    pub person: Option<PersonId>,
    /// The last day it is accepted.
    pub expires: Option<Day>,
    /// Why it was revoked.
    pub reason: Option<Prose>,
    /// The event that began it.
    pub begun: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `tokens`.
#[derive(Debug, Clone, Copy)]
pub struct Tokens;

impl Projection for Tokens {
    type Row = TokenRow;

    const NAME: &'static str = "tokens";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Token;
    const READS: &'static [&'static str] = &["token"];
    const COLUMNS: &'static [Column] = &[Column::text("status"), Column::text("role")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        match &entry.event {
            Event::Token(TokenEvent::TokenCreated(event)) => rows.put(entry, |_| TokenRow {
                id: TokenId(entry.subject.id),
                status: TokenStatus::Active,
                name: event.name.clone(),
                role: event.role,
                scope: event.scope,
                person: event.person,
                expires: event.expires,
                reason: None,
                begun: Mark::from(entry),
                version: 0,
                position: 0,
                updated: entry.time.day(),
            }),
            Event::Token(TokenEvent::TokenRevoked(event)) => rows.own(entry, |row| {
                row.status = TokenStatus::Revoked;
                row.reason = Some(event.reason.clone());
            }),
            _ => {}
        }
    }
}

impl TokenRow {
    fn limited_to(&self, kind: Kind) -> Option<uuid::Uuid> {
        self.scope.filter(|scope| scope.kind == kind).map(|scope| scope.id)
    }
}

impl Row for TokenRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.status), Value::Text(<&str>::from(self.role).to_owned())]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined([self.name.as_str()])
    }

    fn title(&self) -> Title {
        Title::Text(self.name.to_string())
    }

    fn programme(&self) -> Option<ProgrammeId> {
        self.limited_to(Kind::Programme).map(ProgrammeId)
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.limited_to(Kind::Partnership).map(PartnershipId).into_iter().collect()
    }

    fn cities(&self) -> Vec<CityId> {
        self.limited_to(Kind::City).map(CityId).into_iter().collect()
    }

    fn persons(&self) -> Vec<PersonId> {
        self.person.into_iter().collect()
    }
}

statuses! {
    /// How far a webhook is.
    WebhookStatus {
        /// Records are sent.
        Active,
        /// Nothing is sent for the time being.
        Paused,
        /// Nothing is sent any more.
        Removed,
    }
}

/// An address that records are sent to: never its secret.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WebhookRow {
    /// Its identity.
    pub id: WebhookId,
    /// How far it is.
    pub status: WebhookStatus,
    /// Where to.
    pub url: WebAddress,
    /// Only records of this programme.
    pub programme: Option<ProgrammeId>,
    /// Which records.
    pub filters: WebhookFilters,
    /// What it is for.
    pub description: Option<Line>,
    /// Why it was paused or removed.
    pub reason: Option<Prose>,
    /// The event that began it.
    pub begun: Mark,
    /// The event that last gave it a secret.
    pub secret_since: Mark,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `webhooks`.
#[derive(Debug, Clone, Copy)]
pub struct Webhooks;

impl Projection for Webhooks {
    type Row = WebhookRow;

    const NAME: &'static str = "webhooks";
    const VERSION: u32 = 3;
    const KIND: Kind = Kind::Webhook;
    const READS: &'static [&'static str] = &["webhook"];
    const COLUMNS: &'static [Column] = &[Column::text("status")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        let Event::Webhook(event) = &entry.event else { return };
        if let WebhookEvent::WebhookRegistered(event) = event {
            return rows.put(entry, |_| WebhookRow {
                id: WebhookId(entry.subject.id),
                status: WebhookStatus::Active,
                url: event.url.clone(),
                programme: event.programme,
                filters: event.filters.clone(),
                description: event.description.clone(),
                reason: None,
                begun: Mark::from(entry),
                secret_since: Mark::from(entry),
                version: 0,
                position: 0,
                updated: entry.time.day(),
            });
        }
        rows.own(entry, |row| match event {
            WebhookEvent::WebhookRegistered(_) => {}
            WebhookEvent::WebhookPaused(event) => {
                row.status = WebhookStatus::Paused;
                row.reason.clone_from(&event.reason);
            }
            WebhookEvent::WebhookResumed(_) => {
                row.status = WebhookStatus::Active;
                row.reason = None;
            }
            WebhookEvent::WebhookSecretRotated(_) => row.secret_since = Mark::from(entry),
            WebhookEvent::WebhookRemoved(event) => {
                row.status = WebhookStatus::Removed;
                row.reason.clone_from(&event.reason);
            }
        });
    }
}

impl Row for WebhookRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(&self.status)]
    }

    fn sort(&self) -> String {
        ranked(self.begun.position)
    }

    fn words(&self) -> String {
        joined([self.url.as_str()].into_iter().chain(self.description.as_ref().map(Line::as_str)))
    }

    fn title(&self) -> Title {
        Title::Text(self.description.as_ref().map_or_else(|| self.url.to_string(), ToString::to_string))
    }

    fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }

    fn partnerships(&self) -> Vec<PartnershipId> {
        self.filters.partnership.into_iter().collect()
    }

    fn cities(&self) -> Vec<CityId> {
        self.filters.city.into_iter().collect()
    }
}

/// What one person follows.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowingRow {
    /// Its identity: the person's.
    pub id: FollowingId,
    /// The person.
    pub person: PersonId,
    /// Subjects followed.
    pub subjects: Vec<Subject>,
    /// How often the person is told.
    pub digest: Option<Digest>,
    /// The subject's version.
    pub version: u64,
    /// The position of its last event.
    pub position: u64,
    /// The UTC day of its last event.
    pub updated: Day,
}

/// The read model `followings`.
#[derive(Debug, Clone, Copy)]
pub struct Followings;

impl Projection for Followings {
    type Row = FollowingRow;

    const NAME: &'static str = "followings";
    const VERSION: u32 = 2;
    const KIND: Kind = Kind::Following;
    const READS: &'static [&'static str] = &["following"];
    const COLUMNS: &'static [Column] = &[Column::many("subjects", "subject")];

    fn apply(rows: &mut Table<Self>, entry: &Entry) {
        let Event::Following(event) = &entry.event else { return };
        rows.put(entry, |known| {
            let mut row = known.cloned().unwrap_or(FollowingRow {
                id: FollowingId(entry.subject.id),
                person: PersonId(entry.subject.id),
                subjects: Vec::new(),
                digest: None,
                version: 0,
                position: 0,
                updated: entry.time.day(),
            });
            match event {
                FollowingEvent::SubjectFollowed(event) => add(&mut row.subjects, event.subject),
                FollowingEvent::SubjectUnfollowed(event) => row.subjects.retain(|each| *each != event.subject),
                FollowingEvent::DigestSet(event) => row.digest = Some(event.digest),
            }
            row
        });
    }
}

impl Row for FollowingRow {
    stamped!();

    fn values(&self) -> Vec<Value> {
        vec![Value::from(self.subjects.as_slice())]
    }

    fn title(&self) -> Title {
        Title::Unknown
    }

    fn programme(&self) -> Option<ProgrammeId> {
        None
    }

    fn persons(&self) -> Vec<PersonId> {
        vec![self.person]
    }
}
