//! Given, when, then for discussions.
