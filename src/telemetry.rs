//! What the service says about itself: structured logs on standard error, and metrics for Prometheus.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts logs and metrics, once a process.
///
/// # Errors
/// When the log filter does not parse, or when called twice.
pub fn start(config: &Config) -> anyhow::Result<()> {
    let filter =
        EnvFilter::try_new(&config.log).map_err(|error| anyhow::anyhow!("KOINON_LOG is no log filter: {error}"))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match config.log_format {
        LogFormat::Text => logs.try_init(),
        LogFormat::Json => logs.json().try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logs were started twice: {error}"))?;
    let buckets = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
    let handle = PrometheusBuilder::new().set_buckets(&buckets)?.install_recorder()?;
    METRICS.set(handle).map_err(|_| anyhow::anyhow!("metrics were started twice"))
}

/// The metrics kept, once [`start`] was called.
pub fn metrics() -> Option<PrometheusHandle> {
    METRICS.get().cloned()
}
