//! The desk, where a shift begins: what rings, what is due, how it went.

pub mod breather;
mod lean;
mod list;
mod model;
mod page;
mod recent;
mod ring;
mod round;
mod set;
#[cfg(test)]
mod tests;
mod wheel;

use std::collections::BTreeSet;
use std::time::Duration;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::back::Back;
use super::before::{Before, before_ui};
use super::call::InHand;
use super::calls::{Filter, Tab};
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::{Library, content_note};
use crate::app::offers::Offers;
use crate::app::past::{Past, Reopen, Wish};
use crate::app::profile::Who;
use crate::app::sets::{Opened, SetOnDesk, Sets};
use crate::app::settings::{self, Settings};
use crate::app::store::Shelf;
use crate::app::taking::{Choice, How, Take};
use crate::app::voice::{Tone, Voices};
use crate::app::when;
use crate::records::Mode;
use crate::standards::Id;
use model::{DeskModel, Ringing, Sources, Waiting};
pub use model::{mentions, title_of};
use set::SetView;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Desk>();
    app.add_systems(OnEnter(Screen::Desk), sit_down);
    app.add_systems(EguiPrimaryContextPass, (show, ring).chain().in_set(Ui::Screen).run_if(in_state(Screen::Desk)));
}

/// What rings is heard.
fn ring(desk: Res<Desk>, settings: Res<Settings>, mut voices: ResMut<Voices>) {
    voices.set(&settings);
    let rings = desk.ringing.is_some() && desk.breather.is_none() && desk.before.is_none();
    voices.keep_sounding(rings.then_some(Tone::Ringing));
}

/// How long a call rings, in seconds.
const RINGS: u64 = 40;
/// How often the circles are painted: ten times a second, twelve times on their way of 1.2 s.
const MOVING: Duration = Duration::from_millis(100);
const TURN: f32 = 1.2;

/// No frame of a ringing call is further from the one before.
const LEAP: Duration = Duration::from_secs(1);

/// How the desk stands.
#[derive(Resource, Default)]
pub struct Desk {
    /// A call may ring, as soon as it is known which.
    listening: bool,
    /// How long anybody has been at the desk.
    clock: Duration,
    /// What rings, and since when.
    ringing: Option<(Id, Duration)>,
    /// Rang in vain, or was not wanted: on the list, and quiet until the application is opened again.
    passed_over: BTreeSet<Id>,
    /// The breather, and since when.
    breather: Option<Duration>,
    /// A call that was chosen, with content notes to be read first.
    before: Option<Id>,
    /// A call of a set that was chosen, likewise.
    before_of_set: Option<(String, usize)>,
    /// Sets of which all calls are shown; of which the note is; the one that may be put away.
    whole: BTreeSet<String>,
    notes: BTreeSet<String>,
    putting_away: Option<String>,
    /// Something has just come up and takes the keyboard.
    fresh: bool,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskAction {
    Answer,
    NotThisOne,
    /// Takes the call with this slug.
    Start(Id),
    GoOn(String),
    Debrief(String),
    AllCalls,
    AllTaken,
    Breathe,
    /// Begins the guided first call, or passes it over.
    Guided,
    NotGuided,
    /// Something with the call set of this hash.
    Set(String, SetAction),
    TroubleSeen,
}

/// What can be done with a call set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetAction {
    /// Takes the call at this place in its file.
    Start(usize),
    HandBack,
    /// Shows the note, or folds it.
    Note,
    /// Shows all calls, or a few.
    Unfold,
    /// Asks whether to put it away.
    PutAway,
    Keep,
    Away,
}

fn sit_down(mut desk: ResMut<Desk>) {
    let passed_over = std::mem::take(&mut desk.passed_over);
    *desk = Desk { listening: true, passed_over, ..Desk::default() };
}

impl Desk {
    /// Whether something rings at this moment, and what; it stops by itself.
    fn ring(&mut self, quiet: bool, now: Duration, next: impl FnOnce(&BTreeSet<Id>) -> Option<Id>) {
        if let Some((_, since)) = &self.ringing
            && now.saturating_sub(*since) >= Duration::from_secs(RINGS)
        {
            self.pass_over();
        }
        if quiet {
            self.ringing = None;
        } else if self.listening && self.ringing.is_none() {
            self.listening = false;
            self.ringing = next(&self.passed_over).map(|slug| (slug, now));
            self.fresh = self.ringing.is_some();
        }
    }

    /// Back to the list, with no penalty.
    fn pass_over(&mut self) {
        if let Some((slug, _)) = self.ringing.take() {
            self.passed_over.insert(slug);
        }
    }
}

/// Everything that the desk writes to.
#[derive(bevy::ecs::system::SystemParam)]
struct Out<'w> {
    take: MessageWriter<'w, Take>,
    reopen: MessageWriter<'w, Reopen>,
    next: ResMut<'w, NextState<Screen>>,
    back: ResMut<'w, Back>,
    sets: ResMut<'w, Sets>,
    filter: ResMut<'w, Filter>,
    wake: ResMut<'w, Wake>,
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    mut desk: ResMut<Desk>,
    library: Res<Library>,
    offers: Res<Offers>,
    mut past: ResMut<Past>,
    mut who: ResMut<Who>,
    (choice, settings, shelf): (Res<Choice>, Res<Settings>, Res<Shelf>),
    mut in_hand: ResMut<InHand>,
    time: Res<Time<Real>>,
    mut out: Out,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let still = settings::reduced_motion(ctx);
    let mut ui = whole_window(ctx);
    // Bevy's time stands still while the loop sleeps and then leaps: what was slept does not ring.
    desk.clock += time.delta().min(LEAP);
    let now = desk.clock;
    let how = choice.how(&library.standards, &who, &settings);
    let desk = &mut *desk;
    let fresh = std::mem::take(&mut desk.fresh);
    if let Some(since) = desk.breather {
        let seconds = (!still).then(|| now.saturating_sub(since).as_secs_f32());
        if !still {
            out.wake.within(MOVING);
        }
        if breather::breather_ui(&mut ui, seconds, fresh) {
            desk.breather = None;
            out.wake.now();
        }
        return Ok(());
    }
    if let Some(offer) = desk.before.as_ref().and_then(|slug| offers.by_slug(slug)) {
        if let Some(made) = before_ui(&mut ui, (offer.number, &offer.notes), fresh) {
            desk.before = None;
            if made == Before::Start {
                out.take.write(taken(&offers, &offer.slug, &how));
            }
            out.wake.now();
        }
        return Ok(());
    }
    if let Some((hash, place)) = desk.before_of_set.clone() {
        let chosen = out.sets.by_hash(&hash).and_then(|opened| {
            let entry = opened.entry(opened.loaded.set.calls.get(place)?, &library)?;
            let notes = entry.scenario.content_notes.iter().map(|note| content_note(*note)).collect::<Vec<_>>();
            Some((entry.scenario.number, notes, Take::of_set(opened, place, &library, &how)?))
        });
        let Some((number, notes, take)) = chosen else {
            desk.before_of_set = None;
            return Ok(());
        };
        if let Some(made) = before_ui(&mut ui, (number, &notes), fresh) {
            desk.before_of_set = None;
            if made == Before::Start {
                out.take.write(take);
            }
            out.wake.now();
        }
        return Ok(());
    }
    let waiting = waiting(&past, &in_hand, who.name());
    let own: Vec<_> = past.own(who.name()).collect();
    let wants_guide = who.profile().is_some_and(|profile| !profile.guided);
    let guided = wants_guide && waiting.is_none() && !own.iter().any(|taken| taken.mode == Mode::Guided);
    let today = offers.today;
    let on_desk = |opened: &Opened| SetOnDesk::of(opened, &out.sets, &past, &library, &how, who.name(), today);
    let lying: Vec<_> = if past.is_complete() { out.sets.of(who.name()).map(on_desk).collect() } else { Vec::new() };
    // Nobody's first call rings.
    let quiet = !past.is_complete() || in_hand.live.is_some() || guided;
    desk.ring(quiet, now, |passed_over| {
        let mut practice = model::practice(&offers, &how, &own, model::done_on(&own, offers.today));
        // What was left half-way waits above the list: it need not ring too.
        let left = past.unfinished_of(who.name());
        practice.retain(|item| {
            !left.iter().any(|call| call.head.call == item.offer.call) && !model::is_in(lying.iter(), item.offer)
        });
        model::next_to_ring(&practice, passed_over).map(|offer| offer.slug.clone())
    });
    let fresh = fresh || std::mem::take(&mut desk.fresh);
    let ringing = desk.ringing.as_ref().and_then(|(slug, since)| {
        let ringing_for = now.saturating_sub(*since);
        out.wake.within(if still { Duration::from_millis(500) } else { MOVING });
        let offer = offers.by_slug(slug)?;
        Some(Ringing {
            offer,
            seconds: u32::try_from(ringing_for.as_secs()).unwrap_or(0),
            phase: (!still).then(|| ringing_for.as_secs_f32() % TURN / TURN),
            fresh,
            how: model::mode_words(how.mode),
            rings_back: offer.rings_back.contains(&how.role),
        })
    });
    let lies = |set: SetOnDesk| {
        let hash = &set.hash;
        let (whole, note) = (desk.whole.contains(hash), desk.notes.contains(hash));
        SetView { whole, note, putting_away: desk.putting_away.as_ref() == Some(hash), set }
    };
    let sets = lying.into_iter().map(lies).collect();
    let sources = Sources {
        sets,
        library: &library,
        offers: &offers,
        past: &past,
        name: who.name(),
        how: &how,
        now: when::here_and_now(),
        waiting,
        guided,
        unreadable: out.sets.unreadable_of(who.name()),
        saving_is_off: shelf.trouble.as_deref(),
    };
    let model = DeskModel::new(sources, ringing);
    let Some(action) = page::desk_ui(&mut ui, &model) else { return Ok(()) };
    out.wake.now();
    match action {
        DeskAction::Answer => {
            if let Some((slug, _)) = desk.ringing.take() {
                out.take.write(taken(&offers, &slug, &how));
            }
        }
        DeskAction::NotThisOne => desk.pass_over(),
        DeskAction::Start(slug) => {
            desk.ringing = None;
            let notes = offers.by_slug(&slug).is_some_and(|offer| !offer.notes.is_empty());
            if notes {
                desk.before = Some(slug);
                desk.fresh = true;
            } else {
                out.take.write(taken(&offers, &slug, &how));
            }
        }
        DeskAction::GoOn(id) => {
            // It was put by with its dialogue: whoever goes on here need not say so twice.
            if let Some(live) = in_hand.live.as_mut().filter(|live| live.head.id == id && live.paused()) {
                live.toggle_pause();
            }
            out.reopen.write(Reopen { id, wish: Wish::GoOn });
        }
        DeskAction::Debrief(id) => _ = out.reopen.write(Reopen { id, wish: Wish::LookAt }),
        DeskAction::AllCalls => {
            out.filter.tab = Tab::All;
            out.next.set(Screen::Calls);
        }
        DeskAction::AllTaken => {
            out.filter.tab = Tab::Taken;
            out.next.set(Screen::Calls);
        }
        DeskAction::Breathe => {
            desk.pass_over();
            desk.breather = Some(now);
            desk.fresh = true;
        }
        DeskAction::Guided => _ = out.take.write_batch(Take::guided(&library, &how.role)),
        DeskAction::NotGuided => {
            if let Some(profile) = who.profile_mut() {
                profile.guided = true;
            }
        }
        DeskAction::Set(hash, action) => match action {
            SetAction::Start(place) => {
                desk.ringing = None;
                let Some(opened) = out.sets.by_hash(&hash) else { return Ok(()) };
                let entry = opened.loaded.set.calls.get(place).and_then(|call| opened.entry(call, &library));
                if entry.is_some_and(|entry| !entry.scenario.content_notes.is_empty()) {
                    desk.before_of_set = Some((hash, place));
                    desk.fresh = true;
                } else {
                    out.take.write_batch(Take::of_set(opened, place, &library, &how));
                }
            }
            SetAction::HandBack => {
                out.back.take_up(&hash);
                out.next.set(Screen::HandBack);
            }
            SetAction::Note => flip(&mut desk.notes, hash),
            SetAction::Unfold => flip(&mut desk.whole, hash),
            SetAction::PutAway => desk.putting_away = Some(hash),
            SetAction::Keep => desk.putting_away = None,
            SetAction::Away => {
                desk.putting_away = None;
                out.sets.put_away(&hash, who.name());
            }
        },
        DeskAction::TroubleSeen => past.trouble = None,
    }
    Ok(())
}

fn flip(all: &mut BTreeSet<String>, one: String) {
    if !all.remove(&one) {
        all.insert(one);
    }
}

fn taken(offers: &Offers, slug: &str, how: &How) -> Take {
    let variant = offers.by_slug(slug).and_then(|offer| offer.variant.clone());
    Take { slug: slug.into(), variant, role: how.role.clone(), mode: how.mode, of_set: None }
}

/// The call in hand, else the last that was left.
fn waiting(past: &Past, in_hand: &InHand, by: &str) -> Option<Waiting> {
    let left = past.unfinished_of(by);
    let name = |call: &str| crate::app::library::number_of(call);
    if let Some(live) = &in_hand.live {
        let more = left.iter().filter(|call| call.head.id != live.head.id).count();
        let (id, at) = (live.head.id.clone(), live.clock());
        return Some(Waiting { id, number: name(&live.head.call), at, in_hand: true, more });
    }
    let last = left.last()?;
    let (id, number) = (last.head.id.clone(), name(&last.head.call));
    Some(Waiting { id, number, at: last.clock, in_hand: false, more: left.len() - 1 })
}
