//! A call being taken: the screen where the caller comes first.

mod actions;
mod ask_bar;
mod ask_list;
mod ask_rows;
mod body;
mod caller;
mod caption;
mod coach;
mod contact;
mod doing;
mod export;
mod filter;
mod handing_over;
mod handover;
mod heard;
mod hold;
mod line;
mod outcome;
mod overlays;
mod pause;
mod pin_menu;
mod pins;
mod say;
mod small;
mod spoken_date;
mod stages;
mod state;
mod tabs;
mod talk;
#[cfg(test)]
mod tests;
mod top;
mod topics;
mod transcript;
mod voice;
mod wave;

use std::time::Duration;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::debrief::Shown;
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::live::{Live, Write};
use crate::app::settings::Settings;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::voice::Voices;
use crate::app::when;
use crate::records::{Annotation, AnnotationKind, Request, Target, fresh_id};
pub use ask_bar::sentence;
pub use heard::{said, see_all};
pub use state::CallUi;
use state::Sound;
pub use transcript::speaker_in;
#[cfg(target_arch = "wasm32")]
pub use transcript::spoken;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<InHand>();
    // What is being saved is saved, whatever is on the screen.
    app.add_systems(Update, (hear_from_store, tick, leave.run_if(in_state(Screen::Call))).chain());
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Call)));
}

/// The call in hand and how its screen stands.
#[derive(Resource, Default)]
pub struct InHand {
    pub live: Option<Live>,
    pub ui: CallUi,
    /// What the call was begun under, where that is not what is here.
    under: Option<Library>,
}

impl InHand {
    /// A call that is begun or gone on with. `under`: the scenario and standards of it, where they are not the library's.
    pub fn take_up_under(&mut self, live: Live, under: Option<Library>) {
        self.ui = CallUi::new(&live);
        self.live = Some(live);
        self.under = under;
    }

    /// Puts the call away as it is kept, for somebody else to practise.
    ///
    /// # Errors
    /// It is not kept, or not yet.
    pub fn put_away(&mut self) -> Result<(), &'static str> {
        if self.live.as_ref().is_some_and(|live| !live.is_at_rest()) {
            return Err("The call in hand is not kept. Finish it, or break it off, first.");
        }
        (self.live, self.under) = (None, None);
        Ok(())
    }

    #[cfg(test)]
    pub fn under(&self) -> Option<&Library> {
        self.under.as_ref()
    }
}

/// How often the screen is painted while somebody speaks: 12 times a second.
const SPEAKING: Duration = Duration::from_millis(83);
/// How often while nobody does: the clock shows seconds.
const SILENT: Duration = Duration::from_millis(500);
/// The same without a graphics card, where each picture costs the processor much, however little has changed.
const SILENT_WITHOUT_CARD: Duration = Duration::from_secs(1);
/// How often while only words move, and those but one after the other.
const STILL: Duration = Duration::from_millis(200);

fn hear_from_store(mut answers: MessageReader<Answered>, mut in_hand: ResMut<InHand>, mut wake: ResMut<Wake>) {
    let Some(live) = in_hand.live.as_mut() else { return };
    for answer in answers.read() {
        let result = answer.result.as_ref().map(drop).map_err(ToString::to_string);
        match answer.purpose {
            Purpose::Live => live.settled(result),
            // That a moment was noted is nothing to be seen.
            Purpose::Mark => match result {
                Ok(()) => continue,
                Err(why) => _ = live.unsaved.get_or_insert(why),
            },
            _ => continue,
        }
        wake.now();
    }
}

fn tick(
    time: Res<Time<Real>>,
    screen: Res<State<Screen>>,
    settings: Res<Settings>,
    mut in_hand: ResMut<InHand>,
    mut voices: ResMut<Voices>,
    mut shelf: ResMut<Shelf>,
    mut wake: ResMut<Wake>,
) {
    let passed = when::passed(&time);
    let InHand { live, ui, .. } = &mut *in_hand;
    let Some(live) = live.as_mut() else { return };
    let here = *screen.get() == Screen::Call;
    if here {
        voices.set(&settings);
        let waits = ui.is_waiting(live);
        heard::listen(live, &mut voices, waits, &settings);
        if !waits {
            heard::pass(live, &mut voices, passed, settings.speech_percent.into());
        }
    }
    let id = live.head.id.clone();
    if let Some(write) = live.next_write() {
        let request = match write {
            Write::Act { sequence, action, events } => {
                Request::Act { id: id.clone(), sequence, action: Box::new(action), events }
            }
            Write::Finish { clock, events } => Request::Finish { id: id.clone(), clock, events },
        };
        shelf.ask(Purpose::Live, request);
    }
    if let Some(at) = live.next_mark() {
        shelf.ask(Purpose::Mark, Request::ClockMark { id, at });
    }
    if !here || live.call().state().ended.is_some() {
        return;
    }
    let without_card = wake.without_card();
    match live.paused() {
        true if ui.breathes && !settings.reduced_motion => wake.within(SPEAKING),
        true => {}
        // The voice wakes the loop itself, at every word.
        false if without_card && voices.is_speaking() => wake.within(SILENT_WITHOUT_CARD),
        false if live.to_be_heard() => {
            let often = if settings.reduced_motion { STILL } else { SPEAKING };
            // Without a card a picture a word is enough. The time must not change from picture to picture: Bevy paints
            // at once whenever another one is asked for.
            let word = live.call().script().standards.marking.timing.caller_per_word;
            let word = Duration::from_millis(u64::from(word) * 100 / u64::from(settings.speech_percent.max(1)));
            wake.within(if without_card { often.max(word) } else { often });
        }
        false if live.stands_still() => {}
        false => wake.within(if without_card { SILENT_WITHOUT_CARD } else { SILENT }),
    }
}

fn leave(
    mut in_hand: ResMut<InHand>,
    library: Res<Library>,
    mut shelf: ResMut<Shelf>,
    mut shown: ResMut<Shown>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    if std::mem::take(&mut in_hand.ui.stepped_out) {
        next.set(Screen::Desk);
        wake.now();
    }
    // What is not kept can be exported before it is left.
    let waits = in_hand.live.as_ref().is_some_and(|live| live.unsaved.is_some()) && !in_hand.ui.left;
    if let Some(live) = in_hand.live.take_if(|live| live.over() && !waits) {
        if live.unsaved.is_none() {
            keep_heard(&live, &mut shelf);
        }
        shown.show(live, in_hand.under.as_ref().unwrap_or(&library), true);
        next.set(Screen::Debrief);
        wake.now();
    }
}

/// Says of a call how much of it was heard.
fn keep_heard(live: &Live, shelf: &mut Shelf) {
    let (lines, of) = live.lines_heard();
    match fresh_id() {
        Ok(id) => shelf.ask(
            Purpose::Keep,
            Request::Annotate(Box::new(Annotation {
                id,
                by: live.head.by.clone(),
                target: Some(Target { record: live.head.id.clone(), event: None }),
                at: when::now(),
                kind: AnnotationKind::Heard { lines, of },
                text: String::new(),
                shared: true,
            })),
        ),
        // The call itself is kept; it will be taken for one that was read.
        Err(failure) => warn!("{failure}"),
    }
}

fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    mut in_hand: ResMut<InHand>,
    mut settings: ResMut<Settings>,
    voices: Res<Voices>,
    mut wake: ResMut<Wake>,
) -> Result {
    let InHand { live, ui: state, under } = &mut *in_hand;
    let Some(live) = live.as_mut() else { return Ok(()) };
    state.sound = Sound { on: settings.sound, silent: voices.why_silent(), pressed: false };
    let library = under.as_ref().unwrap_or(&library);
    let ctx = contexts.ctx_mut()?;
    // What a key closes is gone in this frame: what is typed next finds the ask bar.
    for what in doing::keys(ctx, live, state) {
        doing::carry_out(ctx, live, library, state, what);
        wake.now();
    }
    let mut ui = whole_window(ctx);
    for what in talk::call_ui(&mut ui, live, library, state) {
        doing::carry_out(ctx, live, library, state, what);
        wake.now();
    }
    if state.sound.pressed {
        settings.sound = !settings.sound;
    }
    Ok(())
}
