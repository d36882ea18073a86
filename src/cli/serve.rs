//! `koinon serve`: pages, API and feeds until told to stop.

use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, bail};
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};

use crate::app::Koinon;
use crate::clock::Clock;
use crate::config::Config;
use crate::oidc::Provider;
use crate::reactors;
use crate::web::{self, Demo, Site};

/// Bytes the system keeps for each connection that is slow to read; without a bound it keeps megabytes.
const SEND_BUFFER: u32 = 256 * 1024;
/// Connections that may wait to be accepted.
const WAITING: u32 = 4096;

pub(super) async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let listener = listen(config)?;
    let koinon = Koinon::open(&config.start(), Clock::System).await?;
    let site = site(&koinon, config, listener.local_addr()?, None)?;
    if koinon.is_untouched().await? {
        if !config.listen.ip().is_loopback() {
            koinon.close().await;
            bail!(
                "this log is new and has no administrator: until one is set up, listen on loopback (--listen 127.0.0.1:8080), \
                 or make a first token with “koinon token create --name NAME --role administrator”"
            );
        }
        let path = site.set_up.offer().context("the system gives no random bytes for the set-up link")?;
        let address = config.public_url.clone().unwrap_or(format!("http://{}", listener.local_addr()?));
        eprintln!("Set up the first administrator, once and within 24 hours: {address}{path}");
    }
    serve(listener, site, &koinon, config).await
}

/// The rim around the service.
pub(super) fn site(koinon: &Koinon, config: &Config, listens: SocketAddr, demo: Option<Demo>) -> anyhow::Result<Site> {
    let address = config.public_url.clone().unwrap_or_else(|| format!("http://{listens}"));
    let provider = config.provider.clone().filter(|_| demo.is_none());
    let provider = provider.map(|settings| Provider::new(settings, &address)).transpose()?;
    let site = Site::new(koinon.clone(), address, demo, crate::telemetry::metrics(), config.smtp.is_some());
    let site = site.behind(config.proxies.clone());
    Ok(match provider {
        Some(provider) => site.with_provider(provider),
        None => site,
    })
}

/// Takes the address before anything else, so that a second server says so at once.
pub(super) fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    let bound = || {
        let socket = if config.listen.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.set_send_buffer_size(SEND_BUFFER)?;
        socket.bind(config.listen)?;
        socket.listen(WAITING)
    };
    bound().with_context(|| format!("cannot listen on {}; is another server running there?", config.listen))
}

/// The way mail goes, when one is set up.
fn mail(config: &Config, site: &Site) -> anyhow::Result<Option<reactors::Mail>> {
    let Some(smtp) = &config.smtp else { return Ok(None) };
    Ok(Some(reactors::Mail { letters: std::sync::Arc::new(site.clone()), post: reactors::Post::open(smtp)? }))
}

/// Serves until SIGTERM or SIGINT, then finishes what is under way.
pub(super) async fn serve(
    listener: TcpListener,
    site: Site,
    koinon: &Koinon,
    config: &Config,
) -> anyhow::Result<ExitCode> {
    let address = listener.local_addr()?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    tracing::info!(%address, "serving");
    eprintln!("Koinon is ready: http://{address}");
    let mail = mail(config, &site)?;
    let outward = reactors::start(koinon, config.webhook_allow_private, mail).await;
    web::serve(listener, site, stop).await?;
    outward.stop().await;
    koinon.close().await;
    Ok(ExitCode::SUCCESS)
}
