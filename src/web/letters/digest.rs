//! The digest: what happened to what its reader follows since the last one, and what waits for them. There is none when
//! nothing happened and nothing new waits.

use std::collections::HashMap;

use koinon_events::{Kind, Record, Subject};

use super::notes::{due, letter};
use super::sheet::{Entry, List, Sheet};
use super::{address, ending, view_of};
use crate::app::{Caller, EventFilter, Letter, MailReader, MailRow, Stored, record_of};
use crate::domain::Scope;
use crate::locale::{Locale, Said, moment, spoken};
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::inbox::waiting_in;
use crate::web::reads::View;
use crate::web::subjects::page as page_of;
use crate::web::told::tell_in;

/// The most that is told of each.
const MOST: usize = 40;
/// The most records looked through.
const LOOKED: usize = 20_000;

/// Writes it.
///
/// # Errors
/// When something cannot be read.
pub(super) async fn write(site: &Site, mail: &MailRow, reader: &MailReader) -> Result<Option<Letter>, Refusal> {
    let locale = spoken();
    let view = view_of(site, reader).await?;
    let mut happened = followed(site, mail, reader).await?;
    let (waiting, _) = waiting_in(locale, &view, None).await?;
    let reminded = reminded(site, mail).await?;
    let is_new = waiting.iter().any(|each| {
        (each.item.since > mail.after && each.item.since <= mail.until) || reminded.contains(&each.item.subject)
    });
    if happened.is_empty() && !is_new {
        return Ok(None);
    }
    let total = happened.len();
    happened.truncate(MOST);
    let mut lists = Vec::new();
    if total > 0 {
        let rest = total.saturating_sub(MOST);
        let rest = if rest == 0 { String::new() } else { locale.say("mail-more", &[("count", Said::count(rest))]) };
        let entries = events(site, locale, &view, &happened).await?;
        lists.push(List { title: locale.t("mail-happened"), entries, rest });
    }
    if !waiting.is_empty() {
        let rest = waiting.len().saturating_sub(MOST);
        let rest = if rest == 0 { String::new() } else { locale.say("mail-more", &[("count", Said::count(rest))]) };
        let entries = waiting.iter().take(MOST).map(|each| Entry {
            what: each.what.clone(),
            more: format!("{} · {}", each.about, due(locale, each.item.due)),
            href: address(site, &each.settle),
        });
        lists.push(List { title: locale.t("mail-waits"), entries: entries.collect(), rest });
    }
    let title =
        locale.say("mail-digest-title", &[("events", Said::count(total)), ("items", Said::count(waiting.len()))]);
    let sheet = Sheet {
        title,
        paragraphs: Vec::new(),
        lists,
        onward: Some((locale.t("menu-needs-you"), address(site, "/needs-you"))),
        foot: locale.t("mail-digest-foot"),
        ending: Some((locale.t("mail-ending"), ending(site, mail))),
    };
    Ok(Some(letter(reader, locale, sheet)))
}

/// The programmes whose periods were reminded of since: what waits for their reports is worth a mail again.
async fn reminded(site: &Site, mail: &MailRow) -> Result<Vec<Subject>, Refusal> {
    let event_type = Some("PeriodReminded".to_owned());
    let filter = EventFilter { event_type, upto: Some(mail.until), ..EventFilter::default() };
    let found = site.koinon.records(&Caller::system("mail")?, &filter, mail.after, 50).await?;
    Ok(found.records.iter().filter_map(|stored| Some(Record::parse(&stored.bytes).ok()?.subject)).collect())
}

/// The records the mail tells of: those of what is followed, which its reader may see now and did not make.
async fn followed(site: &Site, mail: &MailRow, reader: &MailReader) -> Result<Vec<Stored>, Refusal> {
    let (mut found, mut after, mut looked) = (Vec::new(), mail.after, 0);
    let mut scopes: HashMap<Subject, bool> = HashMap::new();
    while !reader.subjects.is_empty() && after < mail.until && looked < LOOKED {
        let filter = EventFilter { upto: Some(mail.until), ..EventFilter::default() };
        let reading = site.koinon.records(&reader.caller, &filter, after, 500).await?;
        looked += reading.records.len();
        for stored in reading.records.into_iter().filter(|stored| stored.position <= mail.until) {
            let record = record_of(&stored)?;
            if record.actor == reader.caller.actor {
                continue;
            }
            let wanted = match scopes.get(&record.subject) {
                Some(known) => *known,
                None => {
                    let scope = site.koinon.scope(record.subject).await?.unwrap_or_default();
                    let wanted = concerns(&reader.subjects, record.subject, &scope);
                    scopes.insert(record.subject, wanted);
                    wanted
                }
            };
            if wanted {
                found.push(stored);
            }
        }
        if reading.until <= after {
            break;
        }
        after = reading.until;
    }
    Ok(found)
}

/// Whether a subject is followed itself, or belongs to a programme, partnership or city that is.
fn concerns(followed: &[Subject], subject: Subject, scope: &Scope) -> bool {
    followed.iter().any(|each| {
        *each == subject
            || match each.kind {
                Kind::Programme => scope.programme.is_some_and(|programme| programme.0 == each.id),
                Kind::Partnership => scope.partnerships.iter().any(|partnership| partnership.0 == each.id),
                Kind::City => scope.cities.iter().any(|city| city.0 == each.id),
                _ => false,
            }
    })
}

async fn events(site: &Site, locale: &Locale, view: &View, records: &[Stored]) -> Result<Vec<Entry>, Refusal> {
    let told = tell_in(locale, view, records).await?;
    let entry = |told: crate::web::told::Told| Entry {
        what: format!("{}: {} {}", told.what, told.who, told.sentence),
        more: moment(locale, told.time),
        href: if told.opens { address(site, &page_of(told.subject)) } else { String::new() },
    };
    Ok(told.into_iter().map(entry).collect())
}
