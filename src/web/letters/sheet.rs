//! The form of every mail: a title, paragraphs, lists and one way on, as plain text and as a page that mail programs show
//! without fetching anything.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::locale::Locale;

/// Colours and sizes of the design; mail programs take a sheet in the head, and read well without it.
const STYLE: &str = "body{margin:0;padding:24px 12px;background:#f4f6fb;color:#0e1930;\
    font:16px/1.5 Inter,'Segoe UI',system-ui,'Noto Sans',Arial,sans-serif}\
    .sheet{max-width:600px;margin:0 auto;background:#ffffff;border-top:6px solid #004494;padding:24px 28px}\
    .name{font:600 15px/1.2 'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif;color:#004494;margin:0 0 20px}\
    h1{font:600 24px/1.25 'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif;margin:0 0 12px}\
    h2{font:600 18px/1.3 'Iowan Old Style','Palatino Linotype',Palatino,Georgia,serif;margin:24px 0 0;\
    padding-top:12px;border-top:2px solid #0e1930}\
    ul{list-style:none;margin:0;padding:0}li{padding:10px 0;border-bottom:1px solid #d3dbe8}\
    a{color:#004494}.small{font-size:14px;color:#3a475f;margin:2px 0 0}p{margin:0 0 12px}li p{margin:0}\
    .go{display:inline-block;margin:20px 0 4px;padding:10px 18px;background:#004494;color:#ffffff;text-decoration:none;\
    border-radius:3px;font-weight:600}.foot{max-width:600px;margin:16px auto 0;font-size:13px;color:#535f76}";

/// One line of a list.
pub struct Entry {
    /// What it says.
    pub what: String,
    /// When, where, until when.
    pub more: String,
    /// Where it leads.
    pub href: String,
}

/// A list with its heading.
pub struct List {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub entries: Vec<Entry>,
    /// What is said below it; empty when nothing is.
    pub rest: String,
}

/// What a mail holds.
#[derive(Default)]
pub struct Sheet {
    /// What it is about; also the mail's subject.
    pub title: String,
    /// Paragraphs below the title.
    pub paragraphs: Vec<String>,
    /// Lists.
    pub lists: Vec<List>,
    /// The one way on: its words and where it leads.
    pub onward: Option<(String, String)>,
    /// Why this mail came.
    pub foot: String,
    /// How it is ended: the words and where they lead.
    pub ending: Option<(String, String)>,
}

impl Sheet {
    /// As plain text.
    pub fn text(&self) -> String {
        let mut lines = vec![self.title.clone(), String::new()];
        lines.extend(self.paragraphs.iter().flat_map(|paragraph| [paragraph.clone(), String::new()]));
        for list in &self.lists {
            lines.extend([list.title.clone(), "-".repeat(list.title.chars().count())]);
            for entry in &list.entries {
                lines.push(format!("* {}", entry.what));
                lines.extend(
                    [&entry.more, &entry.href]
                        .into_iter()
                        .filter(|line| !line.is_empty())
                        .map(|line| format!("  {line}")),
                );
            }
            lines.extend((!list.rest.is_empty()).then(|| list.rest.clone()));
            lines.push(String::new());
        }
        if let Some((words, href)) = &self.onward {
            lines.extend([format!("{words}: {href}"), String::new()]);
        }
        lines.extend(["-- ".to_owned(), self.foot.clone()]);
        if let Some((words, href)) = &self.ending {
            lines.push(format!("{words}: {href}"));
        }
        lines.join("\n")
    }

    /// As a page.
    pub fn html(&self, locale: &Locale) -> String {
        let page = html! {
            (DOCTYPE)
            html lang=(locale.tag) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    div.sheet role="article" lang=(locale.tag) {
                        p.name { "Koinon" }
                        h1 { (self.title) }
                        @for paragraph in &self.paragraphs { p { (paragraph) } }
                        @for list in &self.lists { (list.markup()) }
                        @if let Some((words, href)) = &self.onward { p { a.go href=(href) { (words) } } }
                    }
                    p.foot {
                        (self.foot)
                        @if let Some((words, href)) = &self.ending { " " a href=(href) { (words) } }
                    }
                }
            }
        };
        page.into_string()
    }
}

impl List {
    fn markup(&self) -> Markup {
        html! {
            h2 { (self.title) }
            ul { @for entry in &self.entries { li {
                p { @if entry.href.is_empty() { (entry.what) } @else { a href=(entry.href) { (entry.what) } } }
                @if !entry.more.is_empty() { p.small { (entry.more) } }
            } } }
            @if !self.rest.is_empty() { p.small { (self.rest) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::locale;

    #[test]
    fn a_text_of_somebody_s_own_stays_text() {
        let entry = Entry { what: "<img src=x>".to_owned(), more: "a & b".to_owned(), href: "https://k/a".to_owned() };
        let sheet = Sheet {
            title: "T".to_owned(),
            lists: vec![List { title: "L".to_owned(), entries: vec![entry], rest: String::new() }],
            ..Sheet::default()
        };
        let page = sheet.html(locale("en"));
        assert!(page.contains("&lt;img src=x&gt;") && !page.contains("<img"), "{page}");
        assert!(sheet.text().contains("* <img src=x>\n  a & b\n  https://k/a"));
    }
}
