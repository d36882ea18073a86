//! Mails of one thing: a reminder that somebody gave, and an invitation with its link. There is none when the thing is
//! done already.

use koinon_events::person::PersonEvent;
use koinon_events::value::Timestamp;
use koinon_events::{Event, Record, VisitId};

use super::sheet::{Entry, List, Sheet};
use super::{address, ending, view_of};
use crate::app::accounts::LINK_LASTS;
use crate::app::{Caller, Failure, Letter, MailReader, MailRow};
use crate::locale::{Locale, Said, day, spoken};
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::inbox::waiting_in;
use crate::web::parts::sentence_case;
use crate::web::told::tell_in;

/// How long a reminder is worth sending, in microseconds: three days.
const REMINDED: i64 = 3 * 86_400_000_000;
/// How long an invitation is: as long as its link works.
const INVITED: i64 = 14 * 86_400_000_000;

fn is_stale(site: &Site, mail: &MailRow, worth: i64) -> bool {
    site.koinon.clock().now().micros().saturating_sub(mail.made) > worth
}

/// Reminds of what still waits.
///
/// # Errors
/// When something cannot be read.
pub(super) async fn reminder(site: &Site, mail: &MailRow, reader: &MailReader) -> Result<Option<Letter>, Refusal> {
    if is_stale(site, mail, REMINDED) || reader.digest == koinon_events::following::Digest::Off {
        return Ok(None);
    }
    let system = Caller::system("mail")?;
    let Some(bytes) = site.koinon.record(&system, mail.until).await? else { return Ok(None) };
    let record = Record::parse(&bytes).map_err(|error| Failure::Internal(error.to_string()))?;
    let Ok(Event::Person(PersonEvent::PersonReminded(reminded))) = record.event() else { return Ok(None) };
    let locale = spoken();
    let view = view_of(site, reader).await?;
    let (waiting, _) = waiting_in(locale, &view, None).await?;
    let matter = reminded.matter.as_str();
    let about = waiting.iter().filter(|each| each.item.subject == reminded.subject && each.item.kind == matter);
    let entries: Vec<Entry> = about
        .map(|each| Entry {
            what: each.what.clone(),
            more: format!("{} · {}", each.about, due(locale, each.item.due)),
            href: address(site, &each.settle),
        })
        .collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let told = tell_in(locale, &view, &[crate::app::Stored { position: mail.until, bytes }]).await?;
    let who = told.into_iter().next().map(|told| told.who).unwrap_or_default();
    let sheet = Sheet {
        title: sentence_case(&locale.say("mail-reminder-title", &[("who", Said::Text(&who))])),
        lists: vec![List { title: locale.t("mail-waits"), entries, rest: String::new() }],
        onward: Some((locale.t("menu-needs-you"), address(site, "/needs-you"))),
        foot: locale.t("mail-reminder-foot"),
        ending: Some((locale.t("mail-ending"), ending(site, mail))),
        ..Sheet::default()
    };
    Ok(Some(letter(reader, locale, sheet)))
}

/// When something is due, in words.
pub(super) fn due(locale: &Locale, due: koinon_events::value::Day) -> String {
    locale.say("inbox-due", &[("day", Said::Text(&day(locale, due)))])
}

/// Invites with a link that works once, made now; those before it are void.
///
/// # Errors
/// When something cannot be read or kept.
pub(super) async fn invitation(site: &Site, mail: &MailRow, reader: &MailReader) -> Result<Option<Letter>, Refusal> {
    if is_stale(site, mail, INVITED) || !site.koinon.waits_for_invitation(mail).await? {
        return Ok(None);
    }
    let locale = spoken();
    let secret = site.koinon.make_link(&Caller::system("mail")?, mail.person).await?;
    let until = Timestamp::from_micros(site.koinon.clock().now().micros().saturating_add(INVITED)).day();
    let sheet = Sheet {
        title: locale.t("mail-invitation-title"),
        paragraphs: vec![
            locale.say("mail-invitation", &[("name", Said::Text(&reader.caller.name))]),
            locale.say("mail-invitation-until", &[("day", Said::Text(&day(locale, until)))]),
        ],
        onward: Some((locale.t("mail-invitation-do"), address(site, &format!("/invitation/{secret}")))),
        foot: locale.t("mail-invitation-foot"),
        ..Sheet::default()
    };
    Ok(Some(letter(reader, locale, sheet)))
}

/// A link to sign in with for one visit, made now; those before it are void.
///
/// # Errors
/// When something cannot be read or kept.
pub(super) async fn sign_in(site: &Site, mail: &MailRow, reader: &MailReader) -> Result<Option<Letter>, Refusal> {
    let visit = mail.cause.split('/').nth(1).and_then(|id| id.parse().ok()).map(VisitId);
    let Some(visit) = visit.filter(|_| !is_stale(site, mail, LINK_LASTS)) else { return Ok(None) };
    if site.koinon.signs_in_for(mail.person, visit).await?.is_none() {
        return Ok(None);
    }
    let locale = spoken();
    let about = view_of(site, reader).await?.names([visit.subject()]).await?.of(visit.subject());
    let secret = site.koinon.make_visit_link(mail.person, visit).await?;
    let sheet = Sheet {
        title: locale.t("by-mail-title"),
        paragraphs: vec![locale.say("by-mail-text", &[("visit", Said::Text(&about))]), locale.t("by-mail-once")],
        onward: Some((locale.t("by-mail-open"), address(site, &format!("/sign-in/link/{secret}")))),
        foot: locale.t("by-mail-foot"),
        ..Sheet::default()
    };
    Ok(Some(letter(reader, locale, sheet)))
}

/// The sheet as it is sent.
pub(super) fn letter(reader: &MailReader, locale: &Locale, sheet: Sheet) -> Letter {
    Letter {
        to: reader.address.clone(),
        subject: sheet.title.clone(),
        text: sheet.text(),
        html: sheet.html(locale),
        unsubscribe: sheet.ending.map(|(_, href)| href),
    }
}
