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

/// What had the keyboard and cannot be pressed for a while: a button, until what it set off is done.
fn resting() -> egui::Id {
    egui::Id::new("keyboard resting")
}

/// What had the keyboard at the end of the frame before.
fn had() -> egui::Id {
    egui::Id::new("keyboard had")
}

/// Gives the keyboard back to a button that can be pressed again, if nothing else has taken it meanwhile.
fn give_back(ctx: &egui::Context) {
    let Some(id) = ctx.data(|data| data.get_temp::<egui::Id>(resting())) else { return };
    let taken = ctx.memory(|memory| memory.focused().is_some());
    let there = ctx.viewport(|viewport| viewport.prev_pass.widgets.get(id).map(|widget| widget.enabled));
    if !taken && there == Some(true) {
        ctx.memory_mut(|memory| memory.request_focus(id));
    }
    if taken || there != Some(false) {
        ctx.data_mut(|data| data.remove::<egui::Id>(resting()));
    }
}

/// Notes what has lost the keyboard only because it cannot be pressed at the moment.
fn note(ctx: &egui::Context) {
    let now = ctx.memory(|memory| memory.focused());
    let before: Option<egui::Id> = ctx.data(|data| data.get_temp(had()));
    if let (None, Some(before)) = (now, before) {
        let rests = ctx.viewport(|viewport| viewport.this_pass.widgets.get(before).is_some_and(|it| !it.enabled));
        if rests {
            ctx.data_mut(|data| data.insert_temp(resting(), before));
        }
    }
    ctx.data_mut(|data| match now {
        Some(now) => {
            data.insert_temp(had(), now);
        }
        None => data.remove::<egui::Id>(had()),
    });
}

/// Before anything is painted: what was not there when it asked for the keyboard is given it now.
pub fn begin(ctx: &egui::Context) {
    give_back(ctx);
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
    note(ctx);
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
    use egui_kittest::kittest::{NodeT, Queryable};

    #[test]
    fn a_button_that_rests_until_its_work_is_done_has_the_keyboard_again() {
        let mut harness = Harness::builder().build_ui_state(
            |ui, busy: &mut bool| {
                super::begin(ui.ctx());
                let write = ui.add_enabled(!*busy, egui::Button::new("Write"));
                _ = ui.button("Other");
                *busy |= write.clicked();
                super::end(ui.ctx());
            },
            false,
        );
        harness.get_by_label("Write").focus();
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
        harness.run();
        assert!(*harness.state() && !harness.get_by_label("Write").accesskit_node().is_focused());
        *harness.state_mut() = false;
        harness.run();
        harness.run();
        assert!(harness.get_by_label("Write").accesskit_node().is_focused(), "it can be pressed again");
    }

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
