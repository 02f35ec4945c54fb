//! Keeping calls: every store alike, nothing lost by a kill, exports and imports.
#![cfg(not(target_arch = "wasm32"))]

#[path = "records/cli.rs"]
mod cli;
#[path = "records/conformance.rs"]
mod conformance;
#[path = "records/exchange.rs"]
mod exchange;
#[path = "records/imports.rs"]
mod imports;
#[path = "records/kill.rs"]
mod kill;
#[path = "records/places.rs"]
mod places;
#[path = "records/sample.rs"]
mod sample;
