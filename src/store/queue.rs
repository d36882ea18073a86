//! The bounded queue to the one writer: what may be asked of it, and how a batch is drawn without lingering.

use tokio::sync::{mpsc, oneshot};

use super::{Append, AppendError, Appended};

/// Appends drawn into one transaction, at most.
const BATCH: usize = 256;
/// Bytes drawn into one transaction, at most; also the most one append may hold.
const BATCH_BYTES: usize = 2 << 20;
/// Events one append may hold.
const EVENTS: usize = 10_000;

pub(super) type Outcome = Result<Appended, AppendError>;

/// An append and who waits for it.
pub(super) struct Waiting {
    pub append: Append,
    pub answer: oneshot::Sender<Outcome>,
}

/// Something for the writer to do; `Other` is what one engine has beside.
pub(super) enum Job<Other> {
    Append(Box<Waiting>),
    Other(Other),
    Close(oneshot::Sender<()>),
}

/// Puts an append into the queue and waits for its outcome.
pub(super) async fn ask<Other>(queue: &mpsc::Sender<Job<Other>>, append: Append) -> Outcome {
    if append.bytes() > BATCH_BYTES || append.events.len() > EVENTS {
        return Err(AppendError::TooLarge);
    }
    let (answer, outcome) = oneshot::channel();
    queue.try_send(Job::Append(Box::new(Waiting { append, answer }))).map_err(|refused| match refused {
        mpsc::error::TrySendError::Full(_) => AppendError::Busy,
        mpsc::error::TrySendError::Closed(_) => AppendError::Unavailable("the log is closed".to_owned()),
    })?;
    outcome.await.unwrap_or_else(|_| Err(AppendError::Unavailable("the writer stopped".to_owned())))
}

/// Draws what waits behind a first append, up to the bounds; the job that is none of it comes back beside.
pub(super) fn draw<Other>(
    first: Waiting,
    queue: &mut mpsc::Receiver<Job<Other>>,
) -> (Vec<Append>, Vec<oneshot::Sender<Outcome>>, Option<Job<Other>>) {
    let mut bytes = first.append.bytes();
    let mut appends = vec![first.append];
    let mut answers = vec![first.answer];
    while appends.len() < BATCH && bytes < BATCH_BYTES {
        match queue.try_recv() {
            Ok(Job::Append(waiting)) => {
                bytes += waiting.append.bytes();
                appends.push(waiting.append);
                answers.push(waiting.answer);
            }
            Ok(other) => return (appends, answers, Some(other)),
            Err(_) => break,
        }
    }
    (appends, answers, None)
}

/// Whether more appends are on their way and worth a moment: those just answered come back with their next one, and a
/// commit for each would make all of them wait for a disk of its own. `before` is how many the last transaction had,
/// `waiting` how many are in the queue beside the first, `grown` whether any came since it was last looked. A lone
/// writer never waits: its last transaction had one append. On SQLite, whose commits are shorter, it was measured to change
/// nothing and is left out.
pub(super) fn gathers(before: usize, waiting: usize, grown: bool) -> bool {
    grown && waiting + 1 < before.min(BATCH)
}

/// Tells everyone who waits.
pub(super) fn tell(answers: Vec<oneshot::Sender<Outcome>>, outcomes: Vec<Outcome>) {
    for (answer, outcome) in answers.into_iter().zip(outcomes) {
        // Whoever asked may have gone; what was recorded stays recorded.
        let _ = answer.send(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_writer_is_never_made_to_wait() {
        assert!(!gathers(1, 0, true) && !gathers(0, 0, true));
    }

    #[test]
    fn a_crowd_is_gathered_while_it_comes_and_no_longer() {
        assert!(gathers(64, 3, true));
        assert!(!gathers(64, 3, false), "nobody came since");
        assert!(!gathers(64, 63, true), "all are here");
        assert!(!gathers(1000, BATCH, true), "more than one transaction takes");
    }
}
