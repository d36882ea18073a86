//! Where the rim meets the read models.

use std::time::Duration;

use crate::app::Failure;
use crate::web::Site;
use crate::web::failure::Refusal;

/// Waits until the read models have reached a position.
///
/// # Errors
/// 504 when they have not after `patience`.
pub async fn wait_until(site: &Site, wanted: u64, patience: Duration) -> Result<(), Refusal> {
    let mut head = site.koinon.watch();
    let reached = tokio::time::timeout(patience, head.wait_for(|head| *head >= wanted)).await;
    match reached {
        Ok(Ok(_)) => Ok(()),
        _ => Err(Failure::NotYet(wanted).into()),
    }
}
