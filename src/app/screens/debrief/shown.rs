//! The call that the debrief shows, and how its screen stands.

use bevy::prelude::Resource;

use crate::app::library::Library;
use crate::app::live::Live;
use crate::marking::{Assessment, Part, mark};

/// What the debrief shows.
#[derive(Resource, Default)]
pub struct Shown {
    pub open: Option<Open>,
    /// The trainee has said how it was, or would rather not.
    pub rated: bool,
    pub stars: u8,
    pub went_well: String,
    pub reflection: String,
    /// The line that a mark points at.
    pub line: Option<u32>,
    /// The criterion being contested, and why.
    pub contesting: Option<(String, String)>,
    pub part: Option<Part>,
    pub said: Option<String>,
}

/// A call and its marks.
pub struct Open {
    pub live: Live,
    pub marks: Assessment,
    pub title: String,
}

impl Shown {
    /// Opens a call. One that has just been taken begins with how it was.
    pub fn show(&mut self, live: Live, library: &Library, just_taken: bool) {
        let marks = mark(live.call(), &live.head.id);
        let title = library.of(&live.head).map_or(String::new(), |entry| entry.scenario.title.clone());
        *self = Self { open: Some(Open { live, marks, title }), rated: !just_taken, ..Self::default() };
    }
}
