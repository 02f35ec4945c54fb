//! The browser's store, held to what every store does; and the marks, told to the page.

use rightcall::records::{Failure, IndexedDbStore, Reply, Request};
use wasm_bindgen::prelude::*;

use crate::conformance::{ALL, Asks, run_one};
use crate::plays;

#[wasm_bindgen(js_namespace = ["rightcall", "test"])]
extern "C" {
    /// `store` followed by the name of one test, or `marks`.
    fn wanted() -> String;
    fn tell(line: &str);
    fn over();
    async fn tick();
}

impl Asks for IndexedDbStore {
    async fn ask(&mut self, request: Request) -> Result<Reply, Failure> {
        IndexedDbStore::ask(self, request).await
    }

    async fn pause() {
        tick().await;
    }
}

pub fn run() {
    std::panic::set_hook(Box::new(|info| tell(&format!("failed: {info}"))));
    wasm_bindgen_futures::spawn_local(async {
        match wanted().as_str() {
            "names" => ALL.iter().for_each(|name| tell(name)),
            "marks" => plays::all().iter().for_each(|line| tell(line)),
            name => {
                let mut store = IndexedDbStore::open("rightcall-test", || {}).await.expect("a store");
                run_one(name, &mut store).await;
                tell("passed");
            }
        }
        over();
    });
}
