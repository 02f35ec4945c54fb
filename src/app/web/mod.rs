//! The browser in place of a window: the page starts us, its elements are the keyboard and the text, its database
//! keeps the calls. `web/page` is the other half.

pub(super) mod bringing;
mod drop;
mod edit;
pub(super) mod files;
mod hear;
mod keys;
pub(super) mod mirror;
mod nodes;
pub(super) mod page;

use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use wasm_bindgen::prelude::*;

use super::library::Library;
use super::store::Opened;
use crate::records::IndexedDbStore;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((hear::plugin, mirror::plugin, drop::plugin));
    app.add_systems(Startup, (be_woken, say_what_stops_us));
    app.add_systems(Update, (keep_focus, say_that_we_are_there));
}

/// Name of the database.
pub(super) const DATABASE: &str = "rightcall";

/// Opens the store and the application. Nobody sees it and no time passes in it until the user has pressed Start.
pub fn open() {
    wasm_bindgen_futures::spawn_local(async {
        let library = match Library::open(None) {
            Ok(library) => library,
            Err(problems) => {
                let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
                page::trouble(&problems.join("\n"));
                return;
            }
        };
        let store = IndexedDbStore::open(DATABASE, page::wake).await.map_err(|failure| failure.to_string());
        let mut app = super::build(library);
        app.insert_resource(Opened::new(store));
        page::ready();
        // No waiting in between: the graphics look for the window as soon as the page has a moment.
        app.add_plugins(StartIsSeen).run();
    });
}

/// The first picture takes a second in which the page does nothing else: it waits until Start can be seen and pressed.
struct StartIsSeen;

impl Plugin for StartIsSeen {
    fn build(&self, _: &mut App) {}

    fn ready(&self, _: &App) -> bool {
        page::is_shown()
    }
}

/// Whatever the page has to tell wakes the loop.
fn be_woken(proxy: Option<Res<EventLoopProxyWrapper>>) {
    let Some(proxy) = proxy.map(|proxy| (**proxy).clone()) else { return };
    let wake = Closure::<dyn Fn()>::new(move || {
        // The loop is gone when nobody listens: then there is nothing to wake.
        _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
    page::wake_with(&wake);
    // It is called for as long as the page is there.
    wake.forget();
}

/// Bevy's own hook writes to the console, which nobody sees.
fn say_what_stops_us() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        page::trouble(&info.to_string());
        before(info);
    }));
}

/// The canvas never has the keyboard, so winit would hold that the window has not.
fn keep_focus(mut windows: Query<&mut Window>) {
    let focused = page::has_focus();
    for mut window in &mut windows {
        if window.focused != focused {
            window.focused = focused;
        }
    }
}

/// After two pictures there is something to be seen.
fn say_that_we_are_there(mut pictures: Local<u8>, mut wake: ResMut<super::egui::Wake>) {
    match *pictures {
        0..=1 => {
            *pictures += 1;
            wake.now();
        }
        2 => {
            *pictures += 1;
            page::opened();
        }
        _ => {}
    }
}
