//! Fields as people fill them in: label, what it is for, what is wrong with it, and the control, tied together for who
//! hears a page instead of seeing it.

use koinon_events::Kind;
use maud::{Markup, PreEscaped, html};

use super::field::{Field, Input, Line, Target};
use super::options::{Choice, Options};
use super::typed::{Typed, row_of};
use crate::domain::Finding;
use crate::locale::Said;
use crate::web::asked::Asked;
use crate::web::countries::{COUNTRIES, country};
use crate::web::languages::LANGUAGES;
use crate::web::lists::label;
use crate::web::parts::sentence_case;

/// A form being shown.
pub struct Form<'a> {
    /// The page it stands on.
    pub asked: &'a Asked,
    /// The command.
    pub command: &'static str,
    /// What was typed.
    pub typed: &'a Typed,
    /// What can be chosen.
    pub options: &'a Options,
    /// What does not fit, by pointer.
    pub findings: &'a [Finding],
    /// How many empty rows lists end with.
    pub spare: usize,
}

const BANG: &str = r#"<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="8" fill="currentColor"/><path d="M8 3.5v5.5M8 10.8v1.9" stroke="var(--paper)" stroke-width="2"/></svg>"#;

/// The most things to choose from that are shown as round buttons.
const FEW: usize = 6;

/// A field's id in the page.
pub fn id_of(name: &str) -> String {
    format!("f-{}", name.replace(['.', '_'], "-"))
}

/// A finding's pointer as a field's name: `/milestones/0/due` is `milestones.0.due`.
pub fn name_of(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

impl Form<'_> {
    /// What a field is called in this form.
    pub fn label(&self, field: &Field) -> String {
        let locale = self.asked.locale;
        let key = field.key.replace('_', "-");
        let own = format!("form-{}-{key}", self.command);
        let common = format!("form-field-{key}");
        [own, common]
            .iter()
            .find(|key| locale.has(key))
            .map_or_else(|| label(self.asked, &field.key), |key| locale.t(key))
    }

    /// The hint that the language itself has.
    fn own_help(&self, field: &Field) -> Option<String> {
        let locale = self.asked.locale;
        let key = field.key.replace('_', "-");
        let keys = [format!("form-{}-{key}-hint", self.command), format!("form-field-{key}-hint")];
        keys.iter().find(|key| locale.has(key)).map(|key| locale.t(key))
    }

    /// What a field is for, beyond its label: as the language says it, else as the API describes it.
    fn help(&self, field: &Field) -> String {
        let help = self.own_help(field).unwrap_or_else(|| field.help.trim_end_matches('.').to_owned());
        beyond(&self.label(field), &help)
    }

    /// What a word of a choice means.
    fn meaning(&self, field: &Field, word: &str, described: &str) -> String {
        let locale = self.asked.locale;
        let key = field.key.replace('_', "-");
        let keys = [format!("form-{}-{key}-{word}-hint", self.command), format!("form-field-{key}-{word}-hint")];
        let own = keys.iter().find(|key| locale.has(key)).map(|key| locale.t(key));
        own.unwrap_or_else(|| described.trim_end_matches('.').to_owned())
    }

    fn finding(&self, field: &Field) -> Option<&Finding> {
        let whole = !matches!(field.input, Input::Group(_) | Input::Rows(_));
        self.findings.iter().find(|finding| {
            let name = name_of(&finding.pointer);
            name == field.name || (whole && name.starts_with(&format!("{}.", field.name)))
        })
    }

    /// All of the fields.
    pub fn fields(&self, fields: &[Field]) -> Markup {
        html! { @for field in fields { (self.field(field)) } }
    }

    fn field(&self, field: &Field) -> Markup {
        match &field.input {
            Input::Made(_) => html! {},
            Input::Choice(choices) if choices.len() <= FEW => self.set(field, &self.round(field, choices)),
            Input::YesNo => self.set(field, &self.yes_no(field)),
            Input::Many(target) => self.set(field, &self.boxes(field, &self.chosen_from(target))),
            Input::Themes => self.set(field, &self.boxes(field, &self.options.themes)),
            Input::Languages => self.set(field, &self.boxes(field, &languages())),
            Input::InLanguages => self.set(field, &self.in_languages(field)),
            Input::CountByCity => self.set(field, &self.counts(field, self.options.subjects(Kind::City))),
            Input::CountByCountry => self.set(field, &self.counts(field, &self.countries())),
            Input::Owner => self.set(field, &self.owner(field)),
            Input::Group(fields) => self.set(field, &self.fields(fields)),
            Input::Rows(fields) => self.set(field, &self.rows(field, fields)),
            Input::Tick => self.tick(field),
            _ => self.single(field),
        }
    }

    fn heading(&self, field: &Field) -> Markup {
        html! {
            (self.label(field))
            @if !field.required { " " span.muted.small { (self.asked.locale.t("form-optional")) } }
        }
    }

    fn hint(&self, field: &Field) -> Markup {
        let help = self.help(field);
        html! { @if !help.is_empty() { span.hint id={ (id_of(&field.name)) "-h" } { (help) } } }
    }

    fn error(&self, field: &Field) -> Markup {
        html! {
            @if let Some(finding) = self.finding(field) {
                p.err id={ (id_of(&field.name)) "-e" } {
                    (PreEscaped(BANG))
                    span { span.vh { (self.asked.locale.t("form-error")) " " } (self.said(field, finding)) }
                }
            }
        }
    }

    /// A finding as a sentence that begins with the field's name.
    pub fn said(&self, field: &Field, finding: &Finding) -> String {
        let locale = self.asked.locale;
        if finding.message == "is required" {
            return locale.say("form-required", &[("field", Said::Text(&self.label(field)))]);
        }
        let (message, _) = locale.retold(&finding.message);
        locale.say("form-unfit", &[("field", Said::Text(&self.label(field))), ("message", Said::Text(&message))])
    }

    fn described(&self, field: &Field) -> String {
        let id = id_of(&field.name);
        let hint = if self.help(field).is_empty() { String::new() } else { format!("{id}-h") };
        let error = self.finding(field).map(|_| format!(" {id}-e")).unwrap_or_default();
        format!("{hint}{error}")
    }

    /// A field of several controls.
    fn set(&self, field: &Field, content: &Markup) -> Markup {
        let bad = self.finding(field).is_some();
        html! {
            fieldset id=(id_of(&field.name)) class={ "field" @if bad { " bad" } } tabindex="-1" aria-describedby=(self.described(field)) {
                legend { (self.heading(field)) }
                (self.hint(field))
                (self.error(field))
                (content)
            }
        }
    }

    /// A field of one control.
    fn single(&self, field: &Field) -> Markup {
        let id = id_of(&field.name);
        let bad = self.finding(field).is_some();
        html! {
            div class={ "field" @if bad { " bad" } } {
                label for=(id) { (self.heading(field)) }
                (self.hint(field))
                (self.error(field))
                (self.control(field, &id, bad))
            }
        }
    }

    fn control(&self, field: &Field, id: &str, bad: bool) -> Markup {
        let value = self.typed.one(&field.name);
        let invalid = bad.then_some("true");
        let described = self.described(field);
        let described = Some(described.trim()).filter(|text| !text.is_empty());
        let select = |choices: &[Choice]| self.select(field, id, choices, invalid, described);
        match &field.input {
            Input::Prose => html! {
                textarea.in id=(id) name=(field.name) rows="4" required[field.required] aria-invalid=[invalid] aria-describedby=[described] { (value) }
            },
            Input::Choice(choices) => select(&self.words(choices)),
            Input::One(target) => select(&self.chosen_from(target)),
            Input::Theme => select(&self.options.themes),
            Input::Part(part) => match self.options.parts(self.asked, *part) {
                parts if parts.is_empty() => self.line(field, Line::Code, id, invalid, described),
                parts => select(&parts),
            },
            Input::Language => select(&languages()),
            Input::Country => {
                select(&by_name(COUNTRIES.iter().map(|code| ((*code).to_owned(), country(code))).collect()))
            }
            Input::Scope => select(&self.scopes()),
            Input::Zone => html! {
                input.in id=(id) name=(field.name) value=(value) list={ (id) "-l" } required[field.required] autocomplete="off" aria-invalid=[invalid] aria-describedby=[described];
                datalist id={ (id) "-l" } { @for zone in chrono_tz::TZ_VARIANTS.iter().filter(|zone| zone.name().contains('/') && !zone.name().starts_with("Etc")) { option value=(zone.name()) {} } }
            },
            Input::Line(line) => self.line(field, *line, id, invalid, described),
            _ => self.line(field, Line::Text, id, invalid, described),
        }
    }

    fn line(&self, field: &Field, line: Line, id: &str, invalid: Option<&str>, described: Option<&str>) -> Markup {
        let (kind, class, mode) = match line {
            Line::Text | Line::Code => ("text", "in", None),
            Line::Email => ("email", "in", None),
            Line::Address => ("url", "in", None),
            Line::Phone => ("tel", "in", None),
            Line::Day => ("date", "in in--date", None),
            Line::Month => ("month", "in in--date", None),
            Line::Time => ("time", "in in--time", None),
            Line::Moment => ("datetime-local", "in in--date", None),
            Line::Whole => ("text", "in in--num", Some("numeric")),
            Line::Decimal => ("text", "in in--num", Some("decimal")),
        };
        html! {
            input class=(class) id=(id) name=(field.name) type=(kind) value=(self.typed.one(&field.name)) inputmode=[mode]
                required[field.required] aria-invalid=[invalid] aria-describedby=[described];
        }
    }

    fn select(
        &self,
        field: &Field,
        id: &str,
        choices: &[Choice],
        invalid: Option<&str>,
        described: Option<&str>,
    ) -> Markup {
        let value = self.typed.one(&field.name);
        let is_known = value.is_empty() || choices.iter().any(|(choice, _)| choice == value);
        html! {
            select.in id=(id) name=(field.name) required[field.required] aria-invalid=[invalid] aria-describedby=[described] {
                option value="" { (self.asked.locale.t(if field.required { "form-choose" } else { "form-none" })) }
                @if !is_known { option value=(value) selected { (self.unknown(field, value)) } }
                @for (choice, name) in choices { option value=(choice) selected[choice == value] { (name) } }
            }
        }
    }

    /// What is chosen but not among what can be chosen anew, such as a city that has withdrawn.
    fn unknown(&self, field: &Field, value: &str) -> String {
        let locale = self.asked.locale;
        match (&field.input, value.parse::<uuid::Uuid>()) {
            (Input::One(_), _) | (_, Ok(_)) => locale.t("form-as-it-is"),
            _ => value.to_owned(),
        }
    }

    fn words(&self, choices: &[Choice]) -> Vec<Choice> {
        choices.iter().map(|(word, _)| (word.clone(), sentence_case(&self.asked.locale.word(word)))).collect()
    }

    fn chosen_from(&self, target: &Target) -> Vec<Choice> {
        let mut choices = Vec::new();
        for kind in &target.kinds {
            for (id, name) in self.options.subjects(*kind) {
                let value = if target.by_address { format!("{}/{id}", kind.word()) } else { id.clone() };
                let kind_word = sentence_case(&self.asked.locale.word(kind.word()));
                let name = if target.kinds.len() > 1 { format!("{kind_word}: {name}") } else { name.clone() };
                choices.push((value, name));
            }
        }
        choices
    }

    fn countries(&self) -> Vec<Choice> {
        self.options.countries.iter().map(|code| (code.clone(), country(code))).collect()
    }

    fn scopes(&self) -> Vec<Choice> {
        let locale = self.asked.locale;
        let mut scopes = vec![("programme".to_owned(), locale.t("form-scope-programme"))];
        let strands = self.options.strands.iter();
        scopes.extend(
            strands.map(|strand| (format!("strand:{strand}"), format!("{}: {strand}", locale.t("form-scope-strand")))),
        );
        for kind in [Kind::Partnership, Kind::City] {
            let word = sentence_case(&locale.word(kind.word()));
            let subjects = self.options.subjects(kind).iter();
            scopes.extend(subjects.map(|(id, name)| (format!("{}:{id}", kind.word()), format!("{word}: {name}"))));
        }
        scopes
    }

    /// Round buttons, each with what it means.
    fn round(&self, field: &Field, choices: &[Choice]) -> Markup {
        let value = self.typed.one(&field.name);
        html! {
            @for (word, help) in choices {
                label.check {
                    input type="radio" name=(field.name) value=(word) checked[word == value] required[field.required];
                    " " span { (sentence_case(&self.asked.locale.word(word))) @if !help.is_empty() { span.hint { (self.meaning(field, word, help)) } } }
                }
            }
            @if !field.required {
                label.check { input type="radio" name=(field.name) value="" checked[value.is_empty()]; " " span { (self.asked.locale.t("form-none")) } }
            }
        }
    }

    fn yes_no(&self, field: &Field) -> Markup {
        let value = self.typed.one(&field.name);
        html! { @for word in ["yes", "no"] {
            label.check { input type="radio" name=(field.name) value=(word) checked[word == value]; " " span { (self.asked.locale.t(word)) } }
        } }
    }

    fn tick(&self, field: &Field) -> Markup {
        let id = id_of(&field.name);
        html! {
            div.field {
                label.check for=(id) {
                    input type="checkbox" id=(id) name=(field.name) value="yes" checked[self.typed.any(&field.name)] aria-describedby=(self.described(field));
                    " " span { (self.label(field)) }
                }
                (self.hint(field))
            }
        }
    }

    fn boxes(&self, field: &Field, choices: &[Choice]) -> Markup {
        let gone: Vec<&str> =
            self.typed.all(&field.name).filter(|value| !choices.iter().any(|(choice, _)| choice == value)).collect();
        let (first, rest): (Vec<&Choice>, Vec<&Choice>) =
            choices.iter().partition(|(choice, _)| self.typed.holds(&field.name, choice));
        html! {
            @if choices.is_empty() && gone.is_empty() { p.muted.small { (self.asked.locale.t("form-nothing-to-choose")) } }
            div class={ @if choices.len() > FEW * 2 { "choices choices--many" } @else { "choices" } } {
                @for value in gone { label.check { input type="checkbox" name=(field.name) value=(value) checked; " " span { (self.unknown(field, value)) } } }
                @for (choice, name) in first.into_iter().chain(rest) {
                    label.check { input type="checkbox" name=(field.name) value=(choice) checked[self.typed.holds(&field.name, choice)]; " " span { (name) } }
                }
            }
        }
    }

    fn in_languages(&self, field: &Field) -> Markup {
        let english = format!("{}.en", field.name);
        let locale = self.asked.locale;
        html! {
            div { label.small for=(id_of(&english)) { (locale.t("form-in-english")) }
                input.in id=(id_of(&english)) name=(english) value=(self.typed.one(&english)) required[field.required]; }
            @for index in 0..2 {
                @let (tag, text) = (format!("{}.{index}.language", field.name), format!("{}.{index}.text", field.name));
                div.row {
                    div { label.small for=(id_of(&tag)) { (locale.t("form-another-language")) }
                        select.in id=(id_of(&tag)) name=(tag) { option value="" { (locale.t("form-none")) }
                            @for (code, name) in languages() { option value=(code) selected[code == self.typed.one(&tag)] { (name) } } } }
                    div { label.small for=(id_of(&text)) { (locale.t("form-in-it")) } input.in id=(id_of(&text)) name=(text) value=(self.typed.one(&text)); }
                }
            }
        }
    }

    fn counts(&self, field: &Field, choices: &[Choice]) -> Markup {
        let relevant = self.relevant(choices);
        html! {
            div.counts { @for (key, name) in relevant {
                @let part = format!("{}.{key}", field.name);
                div.count { label for=(id_of(&part)) { (name) }
                    input."in in--num" id=(id_of(&part)) name=(part) inputmode="numeric" value=(self.typed.one(&part)); }
            } }
        }
    }

    /// The cities that take part in the subject, where it names any; else all.
    fn relevant<'c>(&self, choices: &'c [Choice]) -> Vec<&'c Choice> {
        let Some(row) = &self.options.row else { return choices.iter().collect() };
        let named =
            ["host_city", "visiting_cities", "cities", "organisers"].map(|field| row[field].to_string()).concat();
        let named: Vec<&Choice> = choices.iter().filter(|(id, _)| named.contains(id.as_str())).collect();
        if named.is_empty() { choices.iter().collect() } else { named }
    }

    fn owner(&self, field: &Field) -> Markup {
        let body = format!("{}.body", field.name);
        let value = self.typed.one(&field.name);
        let locale = self.asked.locale;
        let person = format!("{}-p", id_of(&field.name));
        html! {
            div { label.small for=(id_of(&body)) { (locale.t("form-owner-body")) } input.in id=(id_of(&body)) name=(body) value=(self.typed.one(&body)); }
            div { label.small for=(person) { (locale.t("form-owner-person")) }
                select.in id=(person) name=(field.name) { option value="" { (locale.t("form-none")) }
                    @for (id, name) in self.options.subjects(Kind::Person) { option value=(id) selected[id == value] { (name) } } } }
        }
    }

    fn rows(&self, field: &Field, fields: &[Field]) -> Markup {
        let locale = self.asked.locale;
        let filled = (0..self.typed.rows(&field.name))
            .filter(|index| self.typed.any(&format!("{}.{index}", field.name)))
            .map(|index| index + 1)
            .max()
            .unwrap_or_default();
        html! {
            @for index in 0..(filled + self.spare) {
                div.item role="group" aria-label=(locale.say("form-row", &[("number", Said::count(index + 1))])) {
                    p.item-no aria-hidden="true" { (index + 1) }
                    @for each in row_of(fields, &field.name, index) {
                        (self.field(&Field { required: false, ..each }))
                    }
                }
            }
            p { button."btn btn--2 btn--s" name="more" value=(field.name) formnovalidate { (locale.t("form-more-rows")) } }
        }
    }
}

/// Choices in the order of their names.
fn by_name(mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.sort_by_key(|choice| choice.1.to_lowercase());
    choices
}

/// What a hint says beyond the label; nothing when it says the same.
fn beyond(label: &str, help: &str) -> String {
    let (low, label) = (help.to_lowercase(), label.to_lowercase());
    let rest = low.strip_prefix("new ").unwrap_or(&low);
    match rest.strip_prefix(&label) {
        Some("") => String::new(),
        Some(more) if more.starts_with(", ") => {
            let skipped = help.len() - more.len() + 2;
            help.get(skipped..).map(sentence_case).unwrap_or_default()
        }
        _ => help.to_owned(),
    }
}

fn languages() -> Vec<Choice> {
    LANGUAGES.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_does_not_repeat_the_label() {
        assert_eq!(beyond("First day", "First day, in the host's zone"), "In the host's zone");
        assert_eq!(beyond("Last day", "New last day"), "");
        assert_eq!(beyond("Host city", "The city that receives"), "The city that receives");
    }
}
