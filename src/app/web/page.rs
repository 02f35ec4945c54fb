//! What the scripts of the page offer: `web/page/main.js`, `web/page/mirror.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = ["rightcall", "page"])]
extern "C" {
    /// The user may press Start.
    pub fn ready();
    /// Start can be seen.
    pub fn is_shown() -> bool;
    /// Says in place of the application why it cannot go on.
    pub fn trouble(words: &str);
    /// There is something to be seen: what covers it can go when Start has been pressed.
    pub fn opened();
    /// To be called whenever something is in [`take`].
    pub fn wake_with(closure: &Closure<dyn Fn()>);
    /// Calls it.
    pub fn wake();
    pub fn has_focus() -> bool;
    /// Which areas of the picture are about to change: left, top, width, height of each, in pixels; none: all of it.
    pub fn paints(areas: &[i32]);
    /// Whether the page was out of sight, or not yet started, at any time since this was last asked.
    pub fn was_hidden() -> bool;
    /// Minutes from UTC to the time here, at so many milliseconds since 1970.
    pub fn minutes_from_utc(at: f64) -> f64;
    /// Milliseconds since 1970.
    pub fn now() -> f64;
    /// Gives the user a file.
    pub fn download(name: &str, contents: &str);
    /// Lets the user choose a file: its name and contents, or null.
    pub async fn choose(kinds: &str) -> JsValue;
    /// Lets the user choose several files: an array of what [`choose`] gives.
    pub async fn choose_several(kinds: &str) -> JsValue;
    /// Lets the page do what it has to do in between.
    pub async fn pause();
    /// Shows words until they have been read.
    pub fn tell(words: &str);
    /// A file that was dropped on the page, as from [`choose`].
    pub fn dropped() -> JsValue;
}

#[wasm_bindgen(js_namespace = ["rightcall", "mirror"])]
extern "C" {
    /// Brings the elements up to date.
    pub fn update(json: &str);
    /// What was done on the page since the last time, as JSON; empty if nothing.
    pub fn take() -> String;
    /// Whether a word is being put together by an input method.
    pub fn composing() -> bool;
}

/// Several of those.
pub fn files(value: &JsValue) -> Vec<(String, Vec<u8>)> {
    value.dyn_ref::<js_sys::Array>().map(|all| all.iter().filter_map(|one| file(&one)).collect()).unwrap_or_default()
}

/// Name and contents of a file from the page.
pub fn file(value: &JsValue) -> Option<(String, Vec<u8>)> {
    let pair = value.dyn_ref::<js_sys::Array>()?;
    Some((pair.get(0).as_string()?, pair.get(1).dyn_into::<js_sys::Uint8Array>().ok()?.to_vec()))
}
