//! The readings: pure folds from the record to what people look at. No I/O, no clock, no SQL.

pub mod sentence;
