//! What `web/page/store.js` offers.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = ["rightcall", "store"])]
extern "C" {
    /// A transaction under way.
    pub(super) type Handle;

    #[wasm_bindgen(catch)]
    pub(super) async fn open(name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn begin(write: bool) -> Result<Handle, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) async fn done(change: &Handle) -> Result<(), JsValue>;
    pub(super) fn give_up(change: &Handle);
    #[wasm_bindgen(catch)]
    pub(super) async fn get(change: &Handle, shelf: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn put(change: &Handle, shelf: &str, key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn remove(change: &Handle, shelf: &str, key: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) fn remove_below(change: &Handle, shelf: &str, prefix: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub(super) async fn all(change: &Handle, shelf: &str, prefix: &str) -> Result<JsValue, JsValue>;

    pub(super) fn page_id() -> String;
    #[wasm_bindgen(catch)]
    pub(super) async fn is_there(page: &str, until: f64) -> Result<JsValue, JsValue>;
    pub(super) fn now() -> f64;
}
