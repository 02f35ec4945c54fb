//! A skill-sharing session: shown to a room, led by a trainer. What is asked and answered is kept as it happens, so
//! that a session which was broken off goes on where it was.

mod clip;
mod devices;
mod discuss;
mod dots;
mod frame;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};
use jiff::civil::DateTime;

use super::parts::count;
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::put;
use crate::app::library::Library;
use crate::app::profile::{Who, Workspace};
use crate::app::settings::Settings;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::voice::Voices;
use crate::app::when;
use crate::records::{Reply, Request, fresh_id};
use crate::sharing::agenda::Step;
use crate::sharing::pack::{self, CallPack, Pack};
use crate::sharing::session::{
    Codes, FromDevices, Plan, Plays, Session, SessionEvent, cards, read_devices, round_word,
};
use clip::Clip;
use devices::{Contents, Devices};
use frame::{Do, Form, View, session_ui};
pub use steps::count_ui;
#[cfg(test)]
pub(super) use tests::planned as planned_for_tests;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Meeting>();
    app.add_systems(OnEnter(Screen::Session), enter);
    app.add_systems(
        Update,
        (hear_from_store, hear_of_clip, hear_from_devices, save, tick).chain().run_if(in_state(Screen::Session)),
    );
    app.add_systems(EguiPrimaryContextPass, (leave, show).chain().in_set(Ui::Screen).run_if(in_state(Screen::Session)));
}

/// The session in hand.
#[derive(Resource, Default)]
pub struct Meeting {
    session: Option<Session>,
    /// Wanted, and on its way from the store or to it.
    opening: Option<Plan>,
    /// What happened and is not kept yet, in order.
    waiting: VecDeque<SessionEvent>,
    sending: Option<SessionEvent>,
    form: Form,
    clip: Option<Clip>,
    /// Seconds since the session began.
    now: u32,
    /// Worked out when the session is taken up.
    codes: Option<Codes>,
    devices: Devices,
    /// What the review room knows of its calls, in their order: for what is taken away.
    beside: Vec<CallPack>,
}

impl Meeting {
    /// Takes a session up: a new one, or one that is kept. `beside`: what the review room knows of its calls.
    pub fn take_up(&mut self, plan: Plan, beside: Vec<CallPack>) {
        *self = Self { opening: Some(plan), beside, ..Self::default() };
    }

    /// What people type into their own devices for the call that the session is at.
    fn round(&self) -> String {
        self.session.as_ref().map(|session| round_word(&session.plan.id, session.call)).unwrap_or_default()
    }

    /// Decisions of devices go into the round, those that are new; what became of them is said and who decided what is
    /// not.
    fn take_files(&mut self, files: &[Contents], library: &Library) {
        let Some(session) = &self.session else { return };
        let FromDevices { events, other_round, bad } =
            read_devices(files, &session.plan, session.call, &library.standards);
        let known = session.calls.get(session.call).map(|call| call.decisions.clone()).unwrap_or_default();
        let is_new = |event: &SessionEvent| match event {
            SessionEvent::Decided { seat, disposition, .. } => {
                known.get(seat).is_none_or(|decision| decision.disposition != *disposition)
            }
            _ => false,
        };
        let read = events.len();
        let new: Vec<SessionEvent> = events.into_iter().filter(is_new).collect();
        let said = say_read(read, new.len(), other_round, &bad);
        for event in new {
            self.happen(event);
        }
        self.form.devices_said = Some(match self.form.refused {
            Some(why) if read > 0 => Err(format!("They cannot go in now: {why}.")),
            _ if read == 0 || !bad.is_empty() => Err(said),
            _ => Ok(said),
        });
    }

    /// The model call at once; the record that may be played in its place, as soon as the store has it.
    fn load_clip(&mut self, library: &Library, shelf: &mut Shelf) {
        let Some(session) = &self.session else { return };
        self.clip = Clip::of(session, library, None);
        if let Plays::Record(id) = session.plays(session.call) {
            shelf.ask(Purpose::Clip, Request::Load(id.to_owned()));
        }
    }

    /// The seat of the next decision: those on their way to the disk have theirs already.
    fn next_seat(&self) -> u32 {
        let here = self.session.as_ref().and_then(|session| session.calls.get(session.call));
        let kept = here.into_iter().flat_map(|call| call.decisions.keys());
        let coming = self.sending.iter().chain(&self.waiting).filter_map(|event| match event {
            SessionEvent::Decided { seat, .. } => Some(seat),
            _ => None,
        });
        kept.chain(coming).filter_map(|seat| seat.parse::<u32>().ok()).max().unwrap_or(0) + 1
    }

    /// Something happens, if it can now. It is kept before it counts.
    fn happen(&mut self, event: SessionEvent) {
        let Some(session) = &self.session else { return };
        match session.check(&event) {
            Ok(()) => {
                self.form.refused = None;
                self.waiting.push_back(event);
            }
            Err(why) => {
                self.form.refused = Some(why);
                self.form.give_back(&event);
            }
        }
    }
}

fn say_read(read: usize, new: usize, other_round: usize, bad: &[String]) -> String {
    let mut said = match (read, new) {
        (0, _) => "No decision of this round was found.".to_owned(),
        (1, 1) => "One decision is in.".to_owned(),
        (read, new) if read == new => format!("{read} decisions are in."),
        (read, new) => format!("{read} decisions were read, {new} of them new."),
    };
    if other_round > 0 {
        said += &format!(" {} of another round.", count(other_round, "file is", "files are"));
    }
    for why in bad.iter().take(3) {
        said += &format!("\n{why}");
    }
    if bad.len() > 3 {
        said += &format!("\nand {} more", bad.len() - 3);
    }
    said
}

fn enter(mut shelf: ResMut<Shelf>) {
    shelf.ask(Purpose::Session, Request::Annotations { of: None });
}

fn hear_from_store(
    mut answers: MessageReader<Answered>,
    library: Res<Library>,
    mut meeting: ResMut<Meeting>,
    mut shelf: ResMut<Shelf>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Session) {
        let meeting = &mut *meeting;
        match &answer.result {
            Ok(Reply::Annotations(notes)) => {
                let Some(plan) = meeting.opening.take() else { continue };
                match crate::sharing::session::events_of(&plan.id, notes) {
                    Ok(events) if events.is_empty() => {
                        meeting.session = Some(Session::planned(plan.clone()));
                        meeting.sending = None;
                        meeting.waiting.push_front(SessionEvent::Planned(Box::new(plan)));
                    }
                    Ok(events) => match Session::of(&events) {
                        Ok(session) => meeting.session = Some(session),
                        Err((n, why)) => {
                            meeting.form.trouble =
                                Some(format!("event {n} of the session cannot have happened: {why}"));
                        }
                    },
                    Err(why) => meeting.form.trouble = Some(why),
                }
                let seed = meeting.session.as_ref().map(|session| session.plan.seed);
                meeting.codes = seed.map(|seed| Codes::new(seed, &library.standards));
                meeting.load_clip(&library, &mut shelf);
            }
            Ok(_) => {
                if let (Some(event), Some(session)) = (meeting.sending.take(), &mut meeting.session) {
                    let call = session.call;
                    // The plan is the state it begins with.
                    let done = if matches!(event, SessionEvent::Planned(_)) { Ok(()) } else { session.apply(&event) };
                    if let Err(why) = done {
                        meeting.form.refused = Some(why);
                        meeting.form.give_back(&event);
                    }
                    let plays_other = matches!(event, SessionEvent::Consent { .. } | SessionEvent::Part { .. });
                    let follows = follows(&event, meeting.now);
                    if session.call != call || plays_other {
                        meeting.load_clip(&library, &mut shelf);
                    }
                    if let Some(next) = follows {
                        meeting.happen(next);
                    }
                }
            }
            Err(failure) => {
                // The last first: what is given back goes before what stands there.
                let lost: Vec<SessionEvent> =
                    meeting.sending.take().into_iter().chain(meeting.waiting.drain(..)).collect();
                lost.iter().rev().for_each(|event| meeting.form.give_back(event));
                meeting.form.trouble = Some(format!("This is not being kept: {failure}"));
            }
        }
        wake.now();
    }
}

/// The call that its owner lets the room hear. Where it is no longer kept, the model call is played.
fn hear_of_clip(
    mut answers: MessageReader<Answered>,
    library: Res<Library>,
    mut meeting: ResMut<Meeting>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Clip) {
        let Ok(Reply::Record(kept)) = &answer.result else { continue };
        let fits = |session: &&Session| session.plays(session.call) == Plays::Record(&kept.record.head.id);
        let clip = meeting.session.as_ref().filter(fits).map(|it| Clip::of(it, &library, Some(kept.record.clone())));
        if let Some(clip) = clip {
            meeting.clip = clip;
        }
        wake.now();
    }
}

fn hear_from_devices(library: Res<Library>, mut meeting: ResMut<Meeting>, mut wake: ResMut<Wake>) {
    let meeting = meeting.bypass_change_detection();
    match meeting.devices.take() {
        None => return,
        Some(Ok(files)) => meeting.take_files(&files, &library),
        Some(Err(why)) => meeting.form.devices_said = Some(Err(why)),
    }
    wake.now();
}

/// One event at a time is on its way to the disk.
fn save(mut meeting: ResMut<Meeting>, who: Res<Who>, mut shelf: ResMut<Shelf>) {
    if meeting.sending.is_some() || meeting.waiting.is_empty() {
        return;
    }
    let meeting = &mut *meeting;
    let Some(session) = &meeting.session else { return };
    let Some(event) = meeting.waiting.pop_front() else { return };
    let id = match fresh_id() {
        Ok(id) => id,
        Err(failure) => {
            meeting.form.trouble = Some(failure.to_string());
            return;
        }
    };
    let sequence = if matches!(event, SessionEvent::Planned(_)) { 0 } else { session.events };
    let annotation = event.annotation(&session.plan.id, sequence, who.name(), &id, &when::now_exactly());
    shelf.ask(Purpose::Session, Request::Annotate(Box::new(annotation)));
    meeting.sending = Some(event);
}

/// The clock of the step, and of the clip that is played.
fn tick(
    time: Res<Time<Real>>,
    settings: Res<Settings>,
    mut voices: ResMut<Voices>,
    mut meeting: ResMut<Meeting>,
    mut wake: ResMut<Wake>,
) {
    let passed = when::passed(&time);
    let meeting = &mut *meeting;
    let Some(session) = &meeting.session else { return };
    if session.over {
        voices.close();
        return;
    }
    if let Some(begun) = session.begun.as_deref().and_then(when::here) {
        meeting.now = seconds_since(begun, when::here(&when::now_exactly()));
    }
    voices.set(&settings);
    let listens = session.step == Step::Listen;
    let plays = meeting.clip.as_mut().is_some_and(|clip| {
        // Whoever goes on to the next step has heard enough.
        if !listens && clip.playing() {
            clip.play_or_stop();
            voices.stop();
        }
        voices.open(&clip.script);
        voices.hold(!clip.playing());
        clip.play(passed, &mut voices)
    });
    wake.within(std::time::Duration::from_millis(if plays { 200 } else { 1000 }));
}

/// What happens by itself once this has: whoever reveals without the others has said so, and does not say it twice.
fn follows(event: &SessionEvent, now: u32) -> Option<SessionEvent> {
    matches!(event, SessionEvent::NotAll).then_some(SessionEvent::Next { at: now })
}

/// Of the session; none before it began, where a clock was put back.
fn seconds_since(begun: DateTime, now: Option<DateTime>) -> u32 {
    let seconds = now.map_or(0, |now| now.duration_since(begun).as_secs().max(0));
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Whoever is no trainer, or no longer, has no business here.
fn leave(who: Res<Who>, mut meeting: ResMut<Meeting>, mut next: ResMut<NextState<Screen>>, mut wake: ResMut<Wake>) {
    let nothing = meeting.session.is_none() && meeting.opening.is_none() && meeting.form.trouble.is_none();
    if who.workspace != Workspace::Trainer || nothing {
        *meeting = Meeting::default();
        next.set(if who.workspace == Workspace::Trainer { Screen::Review } else { Screen::Desk });
        wake.now();
    }
}

fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    mut meeting: ResMut<Meeting>,
    mut windows: Query<&mut Window, With<bevy::window::PrimaryWindow>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let meeting = &mut *meeting;
    let round = meeting.round();
    let view = View {
        session: meeting.session.as_ref(),
        standards: &library.standards,
        now: meeting.now,
        clip: meeting.clip.as_ref(),
        next_seat: meeting.next_seat(),
        busy: meeting.sending.is_some() || !meeting.waiting.is_empty(),
        codes: meeting.codes.as_ref(),
        round: &round,
        choosing: meeting.devices.busy(),
    };
    for done in session_ui(&mut ui, &view, &mut meeting.form) {
        wake.now();
        match done {
            Do::Happen(event) => meeting.happen(event),
            Do::Begin(present) => meeting.happen(SessionEvent::Begun { at: when::now_exactly(), present }),
            Do::Next => meeting.happen(SessionEvent::Next { at: meeting.now }),
            Do::Close => meeting.happen(SessionEvent::Closed { at: meeting.now }),
            Do::PlayOrStop => {
                if let Some(clip) = &mut meeting.clip {
                    clip.play_or_stop();
                }
            }
            Do::FullScreen => {
                if let Ok(mut window) = windows.single_mut() {
                    use bevy::window::{MonitorSelection, WindowMode};
                    window.mode = match window.mode {
                        WindowMode::Windowed => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
                        _ => WindowMode::Windowed,
                    };
                }
            }
            Do::Leave => {
                *meeting = Meeting::default();
                next.set(Screen::Review);
                return Ok(());
            }
            Do::Cards => {
                if let Some(session) = &meeting.session {
                    let page = cards(&session.plan, &library.standards);
                    meeting.form.said = Some(put("rightcall-cards.html", &page));
                }
            }
            Do::ChooseDevices => meeting.devices.choose(),
            Do::ReadDevices => match Devices::read(std::path::Path::new(meeting.form.devices.trim())) {
                Ok(files) => meeting.take_files(&files, &library),
                Err(why) => meeting.form.devices_said = Some(Err(why)),
            },
            Do::Pack => {
                if let Some(session) = &meeting.session {
                    meeting.form.said = Some(write_pack(session, &meeting.beside, &library));
                }
            }
        }
    }
    Ok(())
}

/// Page and table of the session, side by side.
fn write_pack(session: &Session, beside: &[CallPack], library: &Library) -> Result<String, String> {
    let calls: Vec<CallPack> = session
        .plan
        .calls
        .iter()
        .enumerate()
        .map(|(n, planned)| {
            let entry = library.by_neutral_name(&planned.call);
            CallPack {
                title: entry.map(|entry| entry.scenario.title.to_string()).unwrap_or_default(),
                draft: entry.is_none_or(|entry| !entry.scenario.is_reviewed()),
                ..beside.get(n).cloned().unwrap_or_default()
            }
        })
        .collect();
    let pack = Pack { session, standards: &library.standards, calls: &calls };
    let day = when::here_and_now().date();
    // Two sessions of one day do not write over each other.
    let name = format!("rightcall-session-{day}-{}", session.plan.id.get(..4).unwrap_or_default());
    let said = put(&format!("{name}.html"), &pack::page(&pack))?;
    put(&format!("{name}.csv"), &pack::table(&pack))?;
    Ok(format!("{said} The table lies beside it."))
}
