//! Attacks, each as whoever would try it: over raw sockets, in a browser, with forms from elsewhere. Every one must fail.

mod files;
mod forged;
mod hooks;
mod injection;
mod raw;
mod stored;
mod stranger;
