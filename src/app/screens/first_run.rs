//! Who is practising.

use bevy::prelude::*;

use crate::app::Screen;
use crate::app::profile::Who;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, go_on.run_if(in_state(Screen::FirstRun)));
}

fn go_on(who: Res<Who>, mut next: ResMut<NextState<Screen>>) {
    if who.known {
        next.set(Screen::Calls);
    }
}
