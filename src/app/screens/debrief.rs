//! stub
use bevy::prelude::*;
use crate::app::{library::Library, live::Live};
pub(super) fn plugin(app: &mut App) { app.init_resource::<Shown>(); }
#[derive(Resource, Default)]
pub struct Shown;
impl Shown { pub fn show(&mut self, _: &Live, _: &Library) {} }
