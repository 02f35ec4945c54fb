//! The keyboard is given to what is there, and only then.
//!
//! egui lets one ask for the keyboard for something that is painted first in the next frame. A screen
//! reader would be told in this frame that something has it which is not in the tree, and AccessKit
//! stops the program at that.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};

use super::egui::{Ui, Wake};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, (ask_again.before(Ui::Rail), hold_back.after(Ui::Over)));
}

fn ask_again(mut contexts: EguiContexts) -> Result {
    begin(contexts.ctx_mut()?);
    Ok(())
}

fn hold_back(mut contexts: EguiContexts, mut wake: ResMut<Wake>) -> Result {
    if end(contexts.ctx_mut()?) {
        wake.now();
    }
    Ok(())
}

fn next() -> egui::Id {
    egui::Id::new("keyboard next")
}

fn tried() -> egui::Id {
    egui::Id::new("keyboard tried")
}

/// Before anything is painted: what was not there when it asked for the keyboard is given it now.
pub fn begin(ctx: &egui::Context) {
    let id: Option<egui::Id> = ctx.data(|data| data.get_temp(next()));
    ctx.data_mut(|data| data.remove::<egui::Id>(next()));
    match id {
        Some(id) => {
            ctx.memory_mut(|memory| memory.request_focus(id));
            ctx.data_mut(|data| data.insert_temp(tried(), id));
        }
        None => ctx.data_mut(|data| data.remove::<egui::Id>(tried())),
    }
}

/// After everything is painted: whether something has to wait for the keyboard until the next frame.
pub fn end(ctx: &egui::Context) -> bool {
    let Some(id) = ctx.memory(|memory| memory.focused()) else { return false };
    if ctx.viewport(|viewport| viewport.this_pass.widgets.contains(id)) {
        return false;
    }
    ctx.memory_mut(|memory| memory.surrender_focus(id));
    // What is not there in the next frame either is not going to be.
    let again = ctx.data(|data| data.get_temp(tried())) == Some(id);
    if !again {
        ctx.data_mut(|data| data.insert_temp(next(), id));
    }
    !again
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui;
    use egui_kittest::Harness;

    #[test]
    fn what_asks_before_it_is_there_has_the_keyboard_when_it_is() {
        let id = egui::Id::new("field");
        // The harness stops, as AccessKit does, at a tree in which the keyboard is nowhere.
        let mut harness = Harness::builder().build_ui_state(
            move |ui, (there, typed): &mut (bool, String)| {
                super::begin(ui.ctx());
                if *there {
                    ui.add(egui::TextEdit::singleline(typed).id(id));
                }
                super::end(ui.ctx());
            },
            (false, String::new()),
        );
        harness.run_steps(2);
        harness.ctx.memory_mut(|memory| memory.request_focus(id));
        harness.step();
        harness.state_mut().0 = true;
        harness.event(egui::Event::Text("a".into()));
        harness.step();
        harness.run_steps(2);
        assert_eq!(harness.state().1, "a");
        // What never comes does not keep the keyboard.
        harness.ctx.memory_mut(|memory| memory.request_focus(egui::Id::new("nowhere")));
        harness.run_steps(3);
        assert_eq!(harness.ctx.memory(|memory| memory.focused()), None);
    }
}
