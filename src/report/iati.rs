//! A report's programme as IATI 2.03 activities: programme, partnerships and pilots, in the order of the schema.
//!
//! Shares of several countries or sectors are equal and add up to 100. A programme that has no publisher reference yet
//! publishes under its own code. The log's origin, size and root stand as legacy data of the programme's activity.

#[cfg(test)]
mod order;

use std::io;

use koinon_projections::activities::{Activity, Measured};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Composed, ReportError};

/// The code of other public bodies in the list `OrganisationType`.
const PUBLIC_BODY: &str = "15";

/// The vocabulary of targets of the Sustainable Development Goals in the list `TagVocabulary`.
const SDG_TARGETS: &str = "3";

/// How points are written: WGS 84, north before east.
const POINTS: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";

type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Writes the activities.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let code = report.document.programme.as_str();
    let publisher = report.publisher.as_deref().unwrap_or(code);
    let moment = format!("{}T00:00:00Z", report.document.figures.day);
    let mut out = Sheet { writer: Writer::new_with_indent(Vec::new(), b' ', 2), publisher };
    out.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    out.within("iati-activities", &[("version", "2.03"), ("generated-datetime", &moment)], |out| {
        report.activities.iter().try_for_each(|activity| out.activity(activity, report, &moment))
    })?;
    let mut bytes = out.writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

/// What XML can hold of a text.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

/// Equal shares of a hundred, in hundredths, that add up to it.
fn shares(count: usize) -> Vec<String> {
    let each = 10_000 / count.max(1);
    let first = 10_000 - each * count.saturating_sub(1);
    let share = |hundredths: usize| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    (0..count).map(|at| share(if at == 0 { first } else { each })).collect()
}

struct Sheet<'a> {
    writer: Writer<Vec<u8>>,
    publisher: &'a str,
}

impl Sheet<'_> {
    fn within(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))?;
        content(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Empty(start))
    }

    fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        let text = plain(text);
        self.within(name, attributes, |out| out.writer.write_event(Event::Text(BytesText::new(&text))))
    }

    fn told(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.within(name, attributes, |out| out.text("narrative", &[], text))
    }

    fn identifier(&self, identifier: &str) -> String {
        format!("{}-{identifier}", self.publisher)
    }

    fn activity(&mut self, activity: &Activity, report: &Composed, moment: &str) -> io::Result<()> {
        let attributes = [
            ("xml:lang", activity.language.as_str()),
            ("default-currency", "EUR"),
            ("last-updated-datetime", moment),
            ("hierarchy", &activity.hierarchy.to_string()),
        ];
        self.within("iati-activity", &attributes, |out| {
            out.what(activity, report)?;
            out.who_and_when(activity)?;
            out.where_and_on_what(activity)?;
            out.budget(activity)?;
            out.related(activity)?;
            if activity.hierarchy == 1 {
                for (name, value) in
                    [("log-origin", &report.origin), ("log-size", &report.size.to_string()), ("log-root", &report.root)]
                {
                    out.empty("legacy-data", &[("name", name), ("value", value)])?;
                }
            }
            activity.indicators.iter().try_for_each(|indicator| out.result(indicator))
        })
    }

    fn what(&mut self, activity: &Activity, report: &Composed) -> io::Result<()> {
        let identifier = self.identifier(&activity.identifier);
        self.text("iati-identifier", &[], &identifier)?;
        let publisher = self.publisher.to_owned();
        self.told("reporting-org", &[("ref", &publisher), ("type", PUBLIC_BODY)], &report.on_behalf_of)?;
        self.within("title", &[], |out| {
            activity
                .title
                .iter()
                .try_for_each(|(language, text)| out.text("narrative", &[("xml:lang", language)], text))
        })?;
        for (kind, text) in &activity.descriptions {
            self.told("description", &[("type", &kind.to_string())], text)?;
        }
        Ok(())
    }

    fn who_and_when(&mut self, activity: &Activity) -> io::Result<()> {
        for organisation in &activity.organisations {
            let role = organisation.role.to_string();
            let kind = organisation.kind.map(|kind| kind.to_string());
            let mut attributes = vec![("role", role.as_str())];
            attributes.extend(kind.as_deref().map(|kind| ("type", kind)));
            self.told("participating-org", &attributes, &organisation.name)?;
        }
        self.empty("activity-status", &[("code", &activity.status.to_string())])?;
        for (kind, day) in &activity.dates {
            self.empty("activity-date", &[("type", &kind.to_string()), ("iso-date", &day.to_string())])?;
        }
        Ok(())
    }

    fn where_and_on_what(&mut self, activity: &Activity) -> io::Result<()> {
        for (country, share) in activity.countries.iter().zip(shares(activity.countries.len())) {
            self.empty("recipient-country", &[("code", country.as_str()), ("percentage", &share)])?;
        }
        for place in &activity.places {
            self.within("location", &[], |out| {
                out.empty("location-reach", &[("code", "1")])?;
                out.told("name", &[], &place.name)?;
                out.within("point", &[("srsName", POINTS)], |out| {
                    out.text("pos", &[], &format!("{} {}", place.point.0, place.point.1))
                })?;
                out.empty("exactness", &[("code", "2")])?;
                out.empty("location-class", &[("code", "2")])?;
                out.empty("feature-designation", &[("code", "PPL")])
            })?;
        }
        for (sector, share) in activity.sectors.iter().zip(shares(activity.sectors.len())) {
            self.empty("sector", &[("vocabulary", "1"), ("code", sector), ("percentage", &share)])?;
        }
        for goal in &activity.goals {
            self.empty("tag", &[("vocabulary", SDG_TARGETS), ("code", goal)])?;
        }
        Ok(())
    }

    fn budget(&mut self, activity: &Activity) -> io::Result<()> {
        let Some(budget) = &activity.budget else { return Ok(()) };
        let (from, to) = (budget.span.0.to_string(), budget.span.1.to_string());
        self.within("budget", &[("type", "1"), ("status", "1")], |out| {
            out.empty("period-start", &[("iso-date", &from)])?;
            out.empty("period-end", &[("iso-date", &to)])?;
            out.text("value", &[("currency", "EUR"), ("value-date", &from)], &budget.value.to_string())
        })
    }

    fn related(&mut self, activity: &Activity) -> io::Result<()> {
        let above = activity.parent.iter().map(|identifier| ("1", identifier));
        let below = activity.children.iter().map(|identifier| ("2", identifier));
        for (kind, identifier) in above.chain(below) {
            let identifier = self.identifier(identifier);
            self.empty("related-activity", &[("ref", &identifier), ("type", kind)])?;
        }
        Ok(())
    }

    fn result(&mut self, indicator: &Measured) -> io::Result<()> {
        let unit = indicator.unit.as_deref().unwrap_or_default();
        let measure = if unit == "%" { "2" } else { "1" };
        let title = if unit.is_empty() { indicator.name.clone() } else { format!("{} ({unit})", indicator.name) };
        let ascending = if indicator.ascending { "1" } else { "0" };
        self.within("result", &[("type", if indicator.outcome { "2" } else { "1" })], |out| {
            out.told("title", &[], &indicator.name)?;
            out.within("indicator", &[("measure", measure), ("ascending", ascending)], |out| {
                out.told("title", &[], &title)?;
                if let Some((year, value)) = &indicator.baseline {
                    out.empty("baseline", &[("year", &year.to_string()), ("value", value)])?;
                }
                for span in &indicator.spans {
                    out.within("period", &[], |out| {
                        out.empty("period-start", &[("iso-date", &span.days.0.to_string())])?;
                        out.empty("period-end", &[("iso-date", &span.days.1.to_string())])?;
                        span.target.iter().try_for_each(|value| out.empty("target", &[("value", value)]))?;
                        span.actual.iter().try_for_each(|value| out.empty("actual", &[("value", value)]))
                    })?;
                }
                Ok(())
            })
        })
    }
}
