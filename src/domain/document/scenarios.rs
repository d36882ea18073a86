//! Given, when, then for documents.
