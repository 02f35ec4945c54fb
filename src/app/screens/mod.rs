//! The screens, one file each.

mod call;
mod calls;
mod debrief;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((calls::plugin, call::plugin, debrief::plugin));
}

/// What every screen of a draft says.
pub const NOTICE: &str = "Training simulation, not clinical decision support. Draft, not clinically reviewed.";
