//! Given, when, then for learnings.
