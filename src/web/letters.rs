//! What is mailed to people, written at the moment it is sent: with the rights its reader has then, in a language they
//! speak, as text and as a page. Nobody is told what they may not see, nor names they may not know.

mod digest;
mod notes;
mod sheet;

use futures::future::BoxFuture;
use koinon_events::value::Language;

use crate::app::{Failure, Letter, Letters, MailReader, MailRow};
use crate::locale::{Locale, locale, speaking};
use crate::views::Moment;
use crate::web::Site;
use crate::web::failure::Refusal;
use crate::web::reads::View;
use crate::web::tongue::read_first;

impl Letters for Site {
    fn write<'a>(&'a self, mail: &'a MailRow) -> BoxFuture<'a, Result<Option<Letter>, Failure>> {
        Box::pin(async move {
            let Some(reader) = self.koinon.mail_reader(mail.person).await? else { return Ok(None) };
            // Whatever is called by name on the way is called so in the same language.
            let written = speaking(language_of(&reader.languages), "/".to_owned(), async {
                match mail.kind.as_str() {
                    "digest" => digest::write(self, mail, &reader).await,
                    "reminder" => notes::reminder(self, mail, &reader).await,
                    "invitation" => notes::invitation(self, mail, &reader).await,
                    "sign-in" => notes::sign_in(self, mail, &reader).await,
                    _ => Ok(None),
                }
            });
            written.await.map_err(|refusal| Failure::Internal(refusal.detail))
        })
    }
}

/// The first language a person speaks that there are texts in; else English.
fn language_of(spoken: &[Language]) -> &'static Locale {
    locale(read_first(spoken).unwrap_or("en"))
}

/// Reading as a mail's reader, now.
async fn view_of(site: &Site, reader: &MailReader) -> Result<View, Refusal> {
    View::open(site, &reader.caller, Moment::Live).await
}

/// An address of this service, as a mail names it.
fn address(site: &Site, path: &str) -> String {
    format!("{}{path}", site.public_url.trim_end_matches('/'))
}

/// The address at which a person ends such mail.
fn ending(site: &Site, mail: &MailRow) -> String {
    let mark = site.koinon.unsubscribe_mark(mail.person);
    address(site, &format!("/unsubscribe/{}/{mark}", mail.person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_written_in_the_first_language_there_are_texts_in() {
        let tag = |tags: &[&str]| {
            let spoken_by: Vec<Language> = tags.iter().map(|tag| Language::parse(tag).unwrap()).collect();
            language_of(&spoken_by).tag.clone()
        };
        assert_eq!(tag(&["zu", "en-ZA"]), "en");
        assert_eq!(tag(&["zu", "de-AT", "ko"]), "de");
        assert_eq!(tag(&[]), "en");
    }
}
