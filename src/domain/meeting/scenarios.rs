//! Given, when, then for meetings.
