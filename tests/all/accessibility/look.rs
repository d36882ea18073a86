//! One look at a page: by axe, light and dark, wide and narrow; by its width when it is zoomed; by what it is made of.

use serde_json::{Value, json};

use super::addresses::Address;
use crate::support::browser::{Browser, Driver};
use crate::support::clients;

/// Everything that axe knows of WCAG 2.0 to 2.2, levels A and AA, and of good practice.
const EVERYTHING: &str =
    r#"{"type":"tag","values":["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]}"#;

/// What can change with the colours alone.
const COLOURS: &str = r#"{"type":"rule","values":["color-contrast","link-in-text-block"]}"#;

/// How wide, and in which light.
const LOOKS: [(u32, &str, &str); 4] =
    [(1440, "wide", "light"), (1440, "wide", "dark"), (390, "narrow", "dark"), (390, "narrow", "light")];

/// Runs axe and tells each violation with where it is.
const RUN: &str = r"
    const [only, done] = arguments;
    axe.run(document, { runOnly: JSON.parse(only), resultTypes: ['violations'] }).then(
        found => done(found.violations.map(v => `${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} (${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? ''})`).join(' | ')}${v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ''}`)),
        error => done([`axe: ${error}`]));
";

/// What a page may not be made of, and what each of its parts must say of itself.
const STRUCTURE: &str = r"
    const found = [], all = s => [...document.querySelectorAll(s)];
    const tell = (what, elements) => elements.slice(0, 3).forEach(e => found.push(`${what}: ${e.outerHTML.slice(0, 120)}`));
    tell('inline style or script', all('body [style], style, script:not([src]):not([type]), [onclick], [onload], [onchange]'));
    tell('a table without a caption', all('table').filter(t => !t.caption?.textContent.trim()));
    tell('a table without header cells', all('table').filter(t => !t.querySelector('th[scope]')));
    tell('a picture without words', all('svg').filter(s => !s.closest('[aria-hidden=true]') && !s.getAttribute('aria-label') && !s.getAttribute('aria-labelledby') && !s.querySelector(':scope > title')));
    if (all('h1').length !== 1) found.push(`${all('h1').length} headings of the first level`);
    if (all('main').length !== 1) found.push('not one main part');
    const first = all('a[href], button, input, select, textarea, [tabindex]')[0];
    if (!first?.matches('a.skip[href=\'#main\']') || !document.getElementById('main')) found.push('the first stop does not lead to the main part');
    tell('a live region that holds more than a line', all('[aria-live]:not([aria-live=off]), [role=status], [role=log]').filter(e => e.querySelector('ul, ol, table, form, h1, h2, h3')));
    return found;
";

/// What scrolls sideways and cannot be reached with the keyboard, or has no name.
const SCROLLERS: &str = r"
    const wide = [...document.querySelectorAll('body *')].filter(e => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && !/^(TEXTAREA|INPUT|SELECT)$/.test(e.tagName));
    const mute = wide.filter(e => !e.closest('nav') && (e.tabIndex < 0 || !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))));
    return mute.slice(0, 3).map(e => `a scroller without focus or name: ${e.outerHTML.slice(0, 120)}`);
";

/// An open browser that has axe.
pub struct Look {
    /// The browser.
    pub browser: Browser,
}

impl Look {
    /// Opens it; every page it comes to has axe beside it.
    pub async fn open(driver: &Driver) -> Self {
        let browser = driver.open(1440, true).await;
        browser.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": clients::axe() })).await;
        Self { browser }
    }

    /// Closes it.
    pub async fn close(self) {
        self.browser.close().await;
    }

    async fn ask(&self, script: &str) -> Vec<String> {
        self.browser.page.execute(script, Vec::new()).await.unwrap().convert().unwrap()
    }

    async fn axe(&self, only: &str) -> Vec<String> {
        let told = self.browser.page.execute_async(RUN, vec![Value::from(only)]).await.unwrap();
        told.convert().unwrap()
    }
}

/// Everything that is wrong with a page, each with the address and how it was looked at.
pub async fn look_at(look: &Look, address: &Address) -> Vec<String> {
    let browser = &look.browser;
    browser.carry(&address.server, address.cookie.as_deref()).await;
    browser.page.goto(format!("{}{}", address.server, address.path)).await.unwrap();
    let status = look.ask("return [String(performance.getEntriesByType('navigation')[0].responseStatus)]").await;
    let mut found = Vec::new();
    if status != [address.status.to_string()] {
        found.push(format!("{}: answered {status:?}", address.path));
    }
    let mut note = |how: &str, told: Vec<String>| {
        found.extend(told.into_iter().map(|what| format!("{} {how}: {what}", address.path)));
    };
    note("", look.ask(STRUCTURE).await);
    // Forms are all made of the same parts: one look in each light is enough for one of them.
    let is_form = address.path.starts_with("/do/");
    for (width, what, light) in
        LOOKS.iter().filter(|(width, _, light)| !is_form || (*width == 1440) == (*light == "light"))
    {
        browser.resize(*width).await;
        browser.prefer("prefers-color-scheme", light).await;
        let only = if *light == "light" || is_form { EVERYTHING } else { COLOURS };
        note(&format!("{what} and {light}"), look.axe(only).await);
    }
    // A window of 1280 pixels zoomed to 200 % and to 400 %.
    for (width, zoom) in [(640, "200 %"), (320, "400 %")] {
        browser.resize(width).await;
        let (window, page) = browser.widths().await;
        if page > window {
            note(zoom, vec![format!("the page is {page} wide in a window of {window}")]);
        }
        note(zoom, look.ask(SCROLLERS).await);
    }
    browser.resize(1440).await;
    found
}
