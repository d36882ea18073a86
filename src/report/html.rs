//! A report as one page that needs nothing beside it: no script, no picture, no other file.

use maud::{DOCTYPE, html};

use super::{Composed, positions};

/// Writes the page.
pub(super) fn write(report: &Composed) -> Vec<u8> {
    let document = &report.document;
    let heading = format!("{}: report on period {}", document.title, document.period.number);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (heading) }
                style { "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.3rem .6rem;text-align:left}p{white-space:pre-line;overflow-wrap:anywhere}" }
            }
            body {
                h1 { (heading) }
                p { "From " (document.period.from) " to " (document.period.to) ". The figures are those of the whole programme." }
                @for section in &document.sections {
                    @let name: &'static str = section.section.into();
                    h2 { (name.replace('-', " ")) }
                    p { (section.text.as_str()) }
                }
                h2 { "Figures" }
                table {
                    tr { th { "Code" } th { "Code used" } th { "Figure" } th { "Value" } th { "Target" } th { "Unit" } }
                    @for figure in &document.figures.figures {
                        @let label: &'static str = figure.label.into();
                        tr {
                            td { (figure.code) } td { (label.replace('-', " ")) } td { (figure.name) } td { (figure.value) }
                            td { @if let Some(target) = &figure.target { (target) } } td { (figure.unit) }
                        }
                    }
                }
                h2 { "What the figures count" }
                @for figure in &document.figures.figures {
                    h3 { (figure.code) " " (figure.name) }
                    p { (figure.definition) " (Rule version " (figure.rule) ".)" }
                    ul {
                        @for counted in &figure.counted {
                            li { (counted.subject) ": " (counted.amount) ", records " (positions(&counted.positions)) }
                        }
                        @for left in &figure.not_counted {
                            li { (left.subject) ": not counted. " (left.why) " Records " (positions(&left.positions)) }
                        }
                    }
                }
                footer { p { "Log " (report.origin) ", " (report.size) " records, root " (report.root) } }
            }
        }
    };
    page.into_string().into_bytes()
}
