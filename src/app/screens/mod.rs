//! The screens, one file each.

mod answers;
mod back;
mod before;
pub mod call;
pub mod calls;
pub mod debrief;
mod desk;
pub mod first_run;
mod handing;
pub mod parts;
mod reading;
mod review;
mod round;
mod session;
pub mod settings;
mod standards;
#[cfg(test)]
pub mod testing;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((first_run::plugin, desk::plugin, calls::plugin, call::plugin, debrief::plugin));
    app.add_plugins((back::plugin, handing::plugin, round::plugin));
    app.add_plugins((standards::plugin, answers::plugin, review::plugin, session::plugin, settings::plugin));
}

/// What every screen of a draft says.
pub const NOTICE: &str = "Training simulation, not clinical decision support. Draft, not clinically reviewed.";
