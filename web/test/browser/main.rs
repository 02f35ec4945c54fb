//! What is run natively and in a browser alike, for `web/test/run`: the marks of many calls, and there also everything
//! that a store has to do.

#[path = "../../../tests/common/mod.rs"]
mod common;
#[cfg(target_arch = "wasm32")]
#[path = "../../../tests/records/conformance.rs"]
mod conformance;
mod plays;
#[cfg(target_arch = "wasm32")]
#[path = "../../../tests/records/sample.rs"]
#[allow(dead_code, reason = "the store's tests use a part of it")]
mod sample;
#[cfg(target_arch = "wasm32")]
mod store;

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    for line in plays::all() {
        println!("{line}");
    }
    #[cfg(target_arch = "wasm32")]
    store::run();
}
