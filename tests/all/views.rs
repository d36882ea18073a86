//! The read models over a real log, on each engine: kept up, read back, rebuilt, and asked about the past.

mod back;
mod faults;
mod killed;
mod lists;
mod past;
mod rebuild;
pub mod sample;
mod starting;
mod story;
