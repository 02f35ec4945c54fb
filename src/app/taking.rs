//! Answering the phone: a call is begun in one place, whoever asks for it.

use bevy::prelude::*;

use super::Screen;
use super::egui::Wake;
use super::library::Library;
use super::live::Live;
use super::past::Past;
use super::profile::Who;
use super::screens::call::InHand;
use super::store::{Purpose, Shelf};
use super::when::now;
use crate::call::RULES;
use crate::records::{Head, Mode, Request, fresh_id};
use crate::standards::Id;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Take>();
    app.add_systems(Update, take);
}

/// Begins a call and goes to its screen.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// Slug of the scenario.
    pub slug: Id,
    /// Absent: as written.
    pub variant: Option<Id>,
    pub role: Id,
    pub mode: Mode,
}

fn take(
    mut takes: MessageReader<Take>,
    library: Res<Library>,
    who: Res<Who>,
    mut shelf: ResMut<Shelf>,
    mut in_hand: ResMut<InHand>,
    mut past: ResMut<Past>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    // Two answers to one ring are one call.
    let Some(Take { slug, variant, role, mode }) = takes.read().last().cloned() else { return };
    match begin(&library, &slug, variant, role, mode, &who.pseudonym, &mut shelf) {
        Ok(live) => {
            in_hand.take_up(live);
            next.set(Screen::Call);
        }
        Err(why) => past.trouble = Some(why),
    }
    wake.now();
}

/// Begins a call: its beginning is on the way to the disk when this returns.
///
/// # Errors
/// A sentence.
pub fn begin(
    library: &Library,
    slug: &str,
    variant: Option<Id>,
    role: Id,
    mode: Mode,
    by: &str,
    shelf: &mut Shelf,
) -> Result<Live, String> {
    let entry = library.by_slug(slug).ok_or("this call is not here any more")?;
    let script = entry.script(&library.standards, variant.clone())?;
    let mut seed = [0_u8; 8];
    getrandom::fill(&mut seed).map_err(|problem| problem.to_string())?;
    let head = Head {
        id: fresh_id().map_err(|failure| failure.to_string())?,
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.clone(),
        standards: library.standards.hash.clone(),
        variant,
        seed: u64::from_le_bytes(seed),
        role,
        mode,
        by: by.to_owned(),
        taken: now(),
    };
    let mut live = Live::begin(&script, head.clone())?;
    live.unsaved.clone_from(&shelf.trouble);
    if live.unsaved.is_none() {
        live.wait_for_begin();
        let texts = entry.texts(&library.standards);
        shelf.ask(Purpose::Live, Request::Begin { head: Box::new(head), texts });
    }
    Ok(live)
}
