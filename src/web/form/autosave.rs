//! Saving a report's section while it is written: what the form says of it, and the script that does it. Without
//! JavaScript the line is empty and the form's button saves.

use maud::{Markup, html};

use crate::locale::{Locale, Said};
use crate::web::assets;

/// The line that tells what is saved, with every sentence it can come to say.
pub(super) fn note(locale: &Locale) -> Markup {
    html! {
        p."small muted" role="status" data-autosave
            data-kept=(locale.t("autosave-kept"))
            data-saving=(locale.t("autosave-saving"))
            data-saved=(locale.say("autosave-saved", &[("time", Said::Text("#"))]))
            data-offline=(locale.t("autosave-offline"))
            data-signed-out=(locale.t("autosave-signed-out"))
            data-conflict=(locale.t("autosave-conflict"))
            data-refused=(locale.t("autosave-refused")) {}
        script src=(assets::address("report.js")) defer {}
    }
}
