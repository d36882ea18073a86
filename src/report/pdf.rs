//! A report as a document to read, print and keep: PDF/A-3a and PDF/UA-1 with the report as data inside.
//!
//! The content is that of every other format; here it gets an order, words and pages. It is written in English. The
//! same report is the same bytes: its date is the time of its last record.

mod annex;
mod behind;
mod chapters;
mod charts;
mod cover;
mod decisions;
mod figures;
mod hand;
mod map;

use chrono::{Datelike, Timelike};
use koinon_paper::{Attachment, Paper};

use self::hand::Hand;
use super::{Composed, Format, ReportError, json};
use crate::locale::Said;

/// Writes the document.
pub(super) fn write(report: &Composed) -> Result<Vec<u8>, ReportError> {
    let data = json::write(report)?;
    let mut hand = Hand::new(report);
    let holds_boxes = std::str::from_utf8(&data).is_ok_and(|data| !koinon_paper::covers(data));
    cover::write(&mut hand, holds_boxes);
    figures::summary(&mut hand);
    figures::indicators(&mut hand);
    chapters::sections(&mut hand);
    map::write(&mut hand);
    chapters::visits(&mut hand);
    chapters::learnings(&mut hand);
    chapters::pilots(&mut hand);
    decisions::decisions(&mut hand);
    decisions::corrections(&mut hand);
    behind::write(&mut hand);
    annex::evidence(&mut hand);
    annex::check(&mut hand);
    Ok(koinon_paper::set(&paper(hand, data))?)
}

fn paper(hand: Hand<'_>, data: Vec<u8>) -> Paper {
    let report = hand.report;
    let (title, size) = (hand.title(), hand.count(report.size));
    let short = hand.short_title();
    let foot = [
        ("title", Said::Text(short.as_str())),
        ("origin", Said::Text(report.origin.as_str())),
        ("size", Said::Text(size.as_str())),
    ];
    let attachment = Attachment {
        name: Format::Json.file(),
        media: Format::Json.media().to_owned(),
        description: hand.t("paper-attachment"),
        bytes: data,
    };
    let moment = report.moment.moment();
    // Each part is small by its nature; what is not would be cut, never wrong.
    let part = |part: u32| u8::try_from(part).unwrap_or_default();
    let dated = (
        u16::try_from(moment.year()).unwrap_or_default(),
        part(moment.month()),
        part(moment.day()),
        part(moment.hour()),
        part(moment.minute()),
        part(moment.second()),
    );
    Paper {
        description: hand.say("paper-description", &[("size", Said::Text(&size))]),
        author: report.document.frame.implementing.clone().unwrap_or_else(|| report.on_behalf_of.clone()),
        language: hand.english.tag.clone(),
        id: format!("{}@{}#{}", report.document.report, report.size, report.root),
        dated,
        foot: hand.say("paper-foot", &foot),
        page_told: hand.t("paper-page"),
        link_told: hand.t("paper-link"),
        title,
        blocks: hand.blocks,
        attachment: Some(attachment),
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::locale;

    #[test]
    fn every_word_of_the_document_is_in_english() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/pdf");
        let mut keys = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let quoted = text.split('"').filter(|part| part.starts_with("paper-"));
            keys.extend(quoted.map(str::to_owned));
        }
        assert!(keys.len() > 60, "{keys:?}");
        keys.retain(|key| !locale("en").has(key) && !key.ends_with('-') && !key.contains('{'));
        assert!(keys.is_empty(), "missing in src/locales/en/paper.ftl: {keys:?}");
    }
}
