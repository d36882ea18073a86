//! A report as one page that needs nothing beside it: no script, no picture, no other file.

use maud::{DOCTYPE, html};

use koinon_events::report::ReportScope;
use koinon_projections::report::Chapters;
use maud::Markup;

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
                p { "From " (document.period.from) " to " (document.period.to) ". " (about(&document.scope)) }
                @if document.sample { p { strong { "Sample data." } " People, figures and papers are invented." } }
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
                (chapters(&document.chapters))
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

/// What part of the programme the report is about.
fn about(scope: &ReportScope) -> String {
    match scope {
        ReportScope::Programme {} => "It is about the whole programme.".to_owned(),
        ReportScope::Strand { strand } => format!("It is about the cities of the strand {strand} alone."),
        ReportScope::City { city } => format!("It is about one city alone, city/{city}."),
        ReportScope::Partnership { partnership } => {
            format!("It is about one partnership alone, partnership/{partnership}.")
        }
    }
}

fn chapters(chapters: &Chapters) -> Markup {
    html! {
        h2 { "Visits of the period" }
        ul { @for visit in &chapters.visits {
            @let status: &'static str = visit.status.into();
            li {
                (visit.visitors.join(", ")) " to " (visit.host) ", "
                @if let (Some(from), Some(to)) = (visit.from, visit.to) { (from) " to " (to) ", " }
                (status.replace('-', " ")) ", " (visit.learnings) " learnings, record " (visit.position)
            }
        } }
        h2 { "Learnings of the period" }
        ul { @for learning in &chapters.learnings {
            @let status: &'static str = learning.status.into();
            li { (learning.title) ", from " (learning.origin) ", " (status) ", record " (learning.position) }
        } }
        h2 { "Pilots of the period" }
        @for pilot in &chapters.pilots {
            @let status: &'static str = pilot.status.into();
            h3 { (pilot.title) }
            p { (pilot.cities.join(", ")) ", " (status.replace('-', " ")) ", record " (pilot.position) }
            table {
                tr { th { "Measured" } th { "Unit" } th { "Baseline" } th { "Target" } th { "Actual" } th { "Record" } }
                @for indicator in &pilot.indicators {
                    tr {
                        td { (indicator.name) } td { (indicator.unit) } td { (indicator.baseline) } td { (indicator.target) }
                        td { @match &indicator.actual { Some(value) => (value), None => "not measured yet" } }
                        td { @if let Some(position) = indicator.position { (position) } }
                    }
                }
            }
        }
        h2 { "Annex: documents that show what is counted" }
        ul { @for document in &chapters.evidence {
            li { (document.kind) ", " (document.size) " bytes, SHA-256 " (document.sha256) ", document/" (document.document) ", record " (document.position) }
        } }
    }
}
