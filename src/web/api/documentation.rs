//! `/api/docs`: a page to try the API from, made from its own description. No other host is asked for anything.

use maud::{DOCTYPE, Markup, html};

use crate::web::assets;

/// The page; its script reads `/api/openapi.json`.
pub async fn page() -> axum::response::Html<String> {
    axum::response::Html(markup().into_string())
}

fn markup() -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Try the API — Koinon" }
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                link rel="stylesheet" href=(assets::address("koinon.css"));
                script type="module" src=(assets::address("docs.js")) {}
            }
            body {
                a.skip href="#main" { "Skip to main content" }
                header.site { div.wrap { a.brand href="/" { b { "Koinon" } small { "API" } } } }
                main #main tabindex="-1" {
                    div.wrap {
                        div.head {
                            h1 { "Try the API" }
                            p.lede {
                                "Reads are GET, writes are commands. Make a token with "
                                code { "koinon token create --name trial --role coordinator" }
                                ", or use the session you are signed in with."
                            }
                            p.mt-m { a href="/api/openapi.json" { "The whole description (OpenAPI 3.1)" } }
                        }
                    }
                    div.wrap.pad {
                        div.field {
                            label for="token" { "Token" }
                            input.in id="token" type="password" autocomplete="off" spellcheck="false";
                        }
                        div.field {
                            label for="find" { "Find a command or read" }
                            input.in id="find" type="search";
                        }
                        p role="status" id="docs-status" { "The list needs a script." }
                        div id="docs" {}
                    }
                }
            }
        }
    }
}
