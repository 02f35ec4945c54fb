//! A call being taken.
use bevy::prelude::*;
use crate::app::live::Live;
pub(super) fn plugin(app: &mut App) { app.init_resource::<InHand>(); }
#[derive(Resource, Default)]
pub struct InHand { pub live: Option<Live> }
impl InHand { pub fn take_up(&mut self, live: Live) { self.live = Some(live); } }
