//! The store contract: one suite, run on each engine.

mod contention;
mod guards;
mod model;
mod outbox;
mod plans;
mod reading;
mod story;
mod vault;
mod violence;

/// Makes a test on each engine of every scenario named.
macro_rules! on_both_engines {
    ($($scenario:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario(crate::support::Place::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $scenario() {
                super::$scenario(crate::support::Place::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both_engines;
