//! Epochs: the stretches of the log at whose ends the read models can be read as they stood.
//!
//! A row that changes in an epoch is kept as it was at the end of every epoch before. A moment between two ends is the
//! earlier end with at most one epoch of records folded on, so that asking for the past costs the same however long the
//! log is. Where an epoch ends follows from the position alone: live, rebuilt and on every node it is the same.

/// Epochs are short at the start, where a whole programme may lie within one of the later ones.
const SHORT: u64 = 16;
/// From here on they are long.
const LONG: u64 = 2_048;
/// The last position whose epoch is short.
const SHORT_UNTIL: u64 = 1_024;

/// The last position of the epoch that a position (1, 2 …) lies in.
pub(super) fn end_of(position: u64) -> u64 {
    let length = if position <= SHORT_UNTIL { SHORT } else { LONG };
    position.div_ceil(length).saturating_mul(length)
}

/// The last end of an epoch that is not after the position; 0 is the end of what was before the log.
pub(super) fn end_before(position: u64) -> u64 {
    if position < LONG { (position / SHORT * SHORT).min(SHORT_UNTIL) } else { position / LONG * LONG }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_end_before_a_position_is_the_nearest_one_behind_it(position in 0_u64..20_000) {
            let ends: Vec<u64> = (1..=20_000).filter(|position| end_of(*position) == *position).collect();
            let nearest = ends.iter().copied().filter(|end| *end <= position).max().unwrap_or(0);
            prop_assert_eq!(end_before(position), nearest);
            prop_assert!(position == 0 || end_of(position) >= position);
        }
    }
}
