//! Standards.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use crate::app::Screen;
use crate::app::egui::{Ui, whole_window};
use crate::app::theme::widgets;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Standards)));
}

fn show(mut contexts: EguiContexts) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    widgets::title(&mut ui, "Standards", "");
    Ok(())
}
