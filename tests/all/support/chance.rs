//! Chance that can be had again: the seed is printed, and taken from `SEED` when it is given.

use proptest::test_runner::{RngAlgorithm, TestRng};

/// A source of chance.
pub fn chance() -> TestRng {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or_else(|| koinon::clock::Clock::System.now().micros().unsigned_abs());
    println!("SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}
