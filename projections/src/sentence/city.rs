//! What happened to a city, in words.

use koinon_events::city::{CityEvent, CityUpdated};
use koinon_events::value::Language;

use super::{Sentence, Term};

pub(super) fn sentence(event: &CityEvent) -> Sentence {
    match event {
        CityEvent::CityRegistered(event) => Sentence::new("city-registered")
            .with("name", &event.name)
            .with("country", Term::Text(event.country.to_string()))
            .with("strand", &event.strand)
            .with("programme", event.programme.subject()),
        CityEvent::CitySelected(_) => Sentence::new("city-selected"),
        CityEvent::CityPutOnReserve(event) => {
            Sentence::new("city-put-on-reserve").with_optional("reason", event.reason.as_ref())
        }
        CityEvent::CityRejected(event) => Sentence::new("city-rejected").with("reason", &event.reason),
        CityEvent::CityActivated(event) => {
            Sentence::new("city-activated").with("partnership", event.partnership.subject())
        }
        CityEvent::CityUpdated(event) => updated(event),
        CityEvent::BodyAdded(event) => Sentence::new("body-added")
            .with("name", &event.name)
            .with_optional("type", event.body_type.map(|body_type| Term::Word(body_type.into()))),
        CityEvent::CoordinatorAppointed(event) => Sentence::new("coordinator-appointed")
            .with("person", event.person.subject())
            .with_optional("was_person", event.was_person.map(|person| person.subject())),
        CityEvent::NeedStated(event) => Sentence::new("need-stated")
            .with("theme", &event.theme)
            .with_optional("text", event.text.as_ref())
            .with_optional("was_text", event.was_text.as_ref()),
        CityEvent::OfferStated(event) => Sentence::new("offer-stated")
            .with("theme", &event.theme)
            .with_optional("text", event.text.as_ref())
            .with_optional("was_text", event.was_text.as_ref()),
        CityEvent::OpenMattersListed(event) if event.matters.is_empty() => Sentence::new("open-matters-none"),
        CityEvent::OpenMattersListed(event) => {
            Sentence::new("open-matters-listed").with("matters", event.matters.clone())
        }
        CityEvent::CityWithdrawn(event) => Sentence::new("city-withdrawn").with("reason", &event.reason),
    }
}

/// Each value that changed, from what to what; `none` where it stayed.
fn updated(event: &CityUpdated) -> Sentence {
    let text = |value: Option<String>| value.map(Term::Text);
    let languages =
        |list: &Option<Vec<Language>>| list.as_ref().map(|list| Term::from(list.iter().collect::<Vec<_>>()));
    Sentence::new("city-updated")
        .with_optional("name", event.name.as_ref())
        .with_optional("was_name", event.was_name.as_ref())
        .with_optional("native_name", event.native_name.as_ref())
        .with_optional("was_native_name", event.was_native_name.as_ref())
        .with_optional("strand", event.strand.as_ref())
        .with_optional("was_strand", event.was_strand.as_ref())
        .with_optional("latitude", text(event.latitude.as_ref().map(ToString::to_string)))
        .with_optional("was_latitude", text(event.was_latitude.as_ref().map(ToString::to_string)))
        .with_optional("longitude", text(event.longitude.as_ref().map(ToString::to_string)))
        .with_optional("was_longitude", text(event.was_longitude.as_ref().map(ToString::to_string)))
        .with_optional("population", event.population)
        .with_optional("was_population", event.was_population)
        .with_optional("timezone", text(event.timezone.as_ref().map(ToString::to_string)))
        .with_optional("was_timezone", text(event.was_timezone.as_ref().map(ToString::to_string)))
        .with_optional("languages", languages(&event.languages))
        .with_optional("was_languages", languages(&event.was_languages))
}
