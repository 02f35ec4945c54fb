//! A call that was taken: first how it was, then what it came to, with every mark on its lines.

mod acting;
mod call;
mod first;
mod guided;
mod head;
mod heard;
mod judging;
mod list;
mod mark;
mod model;
mod page;
mod replay;
mod rows;
mod side;
mod strip;
#[cfg(test)]
mod tests;
mod timeline;
mod transcript;
mod view;
mod wording;
mod writing;

use std::collections::BTreeMap;
use std::time::Duration;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};

use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::put;
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::past::Past;
use crate::app::profile::{Who, Workspace};
use crate::app::settings::Settings;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::voice::Voices;
use crate::app::when::{here_and_now, now_exactly, passed};
use crate::call::Ending;
use crate::marking::Assessment;
use crate::records::{
    Annotation, AnnotationKind, AssessmentKey, Mode, Reply, Request, Shared, Summary, Target, fresh_id,
};
pub use judging::say_upheld;
use model::Page;
use view::{Do, Draft, Outcome, Step};
pub use writing::who;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>();
    app.add_systems(OnEnter(Screen::Debrief), enter);
    app.add_systems(OnExit(Screen::Debrief), leave);
    app.add_systems(Update, (take_answers, play).run_if(in_state(Screen::Debrief)));
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Debrief)));
}

/// How often the screen is painted while the transcript plays: 12 times a second.
const SPEAKING: Duration = Duration::from_millis(83);
/// A machine that slept for longer has not been playing.
const LONGEST_TICK: Duration = Duration::from_secs(1);
/// So many calls before this one are held beside it.
const BEFORE: usize = 5;

/// The call that is looked at, and the assessments of those before it.
#[derive(Resource, Default)]
pub struct Shown {
    page: Option<Page>,
    before: Vec<Assessment>,
    /// Comments and reasons half written, by call; of one person at a time.
    drafts: BTreeMap<String, Draft>,
    of: String,
    /// The call that the review room asked for, and the criterion it is about.
    wanted: Option<(String, Option<String>)>,
    /// What is said of a simulated team: it is in no store.
    simulated: Vec<Annotation>,
}

impl Shown {
    /// Takes a call that has ended: just now, or one that is looked at again.
    pub fn show(&mut self, live: Live, library: &Library, just_now: bool) {
        let mut page = Page::new(&live, library, just_now);
        if let Some((_, criterion)) = self.wanted.take().filter(|(record, _)| *record == page.head.id) {
            page.from_room = true;
            if let Some(criterion) = criterion {
                page.point_at(&criterion);
            }
        }
        self.page = Some(page);
        self.before.clear();
    }

    /// The review room asks for a call, and for the mark of a criterion in it.
    pub fn want_for_room(&mut self, record: &str, criterion: Option<&str>) {
        self.wanted = Some((record.to_owned(), criterion.map(Into::into)));
    }

    /// Takes a call of a simulated person, with everything that is said of the team: nothing of it is kept.
    pub fn show_simulated(&mut self, live: Live, library: &Library, said: Vec<Annotation>) {
        self.show(live, library, false);
        self.simulated = said;
        if let Some(page) = &mut self.page {
            page.simulated = true;
        }
    }

    /// What was said of a simulated team, with what was added.
    pub fn take_simulated(&mut self) -> Option<Vec<Annotation>> {
        (!self.simulated.is_empty()).then(|| std::mem::take(&mut self.simulated))
    }

    #[cfg(test)]
    pub fn heading(&self) -> Option<&str> {
        self.page.as_ref().map(|page| page.heading.as_str())
    }
}

/// The assessment is kept, so that the lists need not mark again; and what is known of the call is asked for.
fn enter(mut shown: ResMut<Shown>, who: Res<Who>, mut shelf: ResMut<Shelf>) {
    let Shown { page, drafts, of, simulated, .. } = &mut *shown;
    if who.name() != *of {
        who.name().clone_into(of);
        drafts.clear();
    }
    let Some(page) = page else { return };
    page.seen_by(who.name());
    if let Some(draft) = drafts.remove(&page.head.id) {
        page.go_on_writing(draft);
    }
    page.trainer = who.workspace == Workspace::Trainer;
    if page.simulated {
        page.take_notes(&of_record(simulated, &page.head.id));
        page.open();
        return;
    }
    let of = Some(page.head.id.clone());
    shelf.ask(Purpose::Annotations, Request::Annotations { of });
    // A guided call is never marked.
    if page.head.mode == Mode::Guided {
        return;
    }
    shelf.ask(Purpose::Before, Request::List);
    if let Some(assessed) = page.kept.take() {
        shelf.ask(Purpose::Assessment, Request::PutAssessment(Box::new(assessed)));
    }
}

fn of_record(notes: &[Annotation], record: &str) -> Vec<Annotation> {
    notes.iter().filter(|note| note.record() == Some(record)).cloned().collect()
}

/// What was written and not saved is not lost, wherever somebody goes: a reflection is kept as it stands; a comment
/// or a contested mark, which others may read, waits to be gone on with.
fn leave(mut shown: ResMut<Shown>, mut shelf: ResMut<Shelf>) {
    let Shown { page, drafts, simulated, .. } = &mut *shown;
    let Some(page) = page else { return };
    page.view.replay.stop();
    if let Some(draft) = page.view.draft.take_if(|draft| draft.has_words()) {
        drafts.insert(page.head.id.clone(), draft);
    }
    if let Some(Outcome::Annotate { kind, text, shared, event }) = page.unsaved() {
        annotate(page, simulated, &mut shelf, kind, text, shared, event);
    }
}

fn take_answers(
    mut answers: MessageReader<Answered>,
    mut shown: ResMut<Shown>,
    mut shelf: ResMut<Shelf>,
    past: Res<Past>,
    mut wake: ResMut<Wake>,
) {
    let Shown { page, before, .. } = &mut *shown;
    let Some(page) = page else { return };
    for answer in answers.read() {
        match (answer.purpose, &answer.result) {
            (Purpose::Annotate, Ok(_)) => {
                let of = Some(page.head.id.clone());
                shelf.ask(Purpose::Annotations, Request::Annotations { of });
            }
            (Purpose::Annotate, Err(failure)) => {
                page.view.said = Some(Err(format!("It could not be saved: {failure}")));
            }
            (Purpose::Annotations, Ok(Reply::Annotations(notes))) => {
                let shows = |what: &Shared| past.shows(&page.head.by, &page.head.id, *what);
                page.shown_by_owner = Shared::ALL.iter().map(|(what, _)| *what).filter(shows).collect();
                page.take_notes(notes);
                page.open();
            }
            // Without the store nothing is known of it, and it is shown all the same.
            (Purpose::Annotations, Err(_)) => page.open(),
            (Purpose::Before, Ok(Reply::Calls(calls))) => {
                for key in keys_before(page, calls) {
                    shelf.ask(Purpose::Before, Request::Assessment(key));
                }
            }
            (Purpose::Before, Ok(Reply::Assessments(marks))) => {
                before.extend(marks.iter().filter_map(|mark| serde_json::from_str(&mark.full).ok()));
                page.take_history(before);
            }
            _ => continue,
        }
        wake.now();
    }
}

/// The last marked calls of the same person before this one.
fn keys_before(page: &Page, calls: &[Summary]) -> Vec<AssessmentKey> {
    let this = (&page.head.taken, &page.head.id);
    let earlier = calls.iter().filter(|call| {
        let head = &call.head;
        let marked = head.mode != Mode::Guided && call.ending != Some(Ending::Early);
        call.finished && marked && head.by == page.head.by && (&head.taken, &head.id) < this
    });
    let mut keys: Vec<AssessmentKey> = earlier
        .map(|call| AssessmentKey {
            record: call.head.id.clone(),
            scenario: call.head.scenario.clone(),
            standards: call.head.standards.clone(),
            rules: page.mark.rules,
        })
        .collect();
    keys.drain(..keys.len().saturating_sub(BEFORE));
    keys
}

/// The transcript plays on.
fn play(
    time: Res<Time<Real>>,
    settings: Res<Settings>,
    mut shown: ResMut<Shown>,
    mut voices: ResMut<Voices>,
    mut wake: ResMut<Wake>,
) {
    let Some(page) = shown.bypass_change_detection().page.as_mut() else { return };
    voices.set(&settings);
    voices.open(&page.script);
    let Page { view, rows, script, .. } = page;
    let replay = &mut view.replay;
    if replay.is_fresh() {
        voices.begin_anew();
    } else if !replay.playing() {
        voices.stop();
    }
    voices.hold(!replay.playing());
    if replay.playing() {
        heard::pass(replay, rows, script, &mut voices, passed(&time).min(LONGEST_TICK), settings.speech_percent.into());
        wake.within(SPEAKING);
    }
}

/// The screen as it stands; what was done.
fn debrief_ui(ui: &mut egui::Ui, page: &mut Page) -> Option<Do> {
    match page.view.step {
        Step::Opening => None,
        Step::Minute => first::minute_ui(ui, page),
        Step::Rating => first::rating_ui(ui, page),
        Step::Farewell => first::farewell_ui(ui, page),
        Step::Page if page.guided() => guided::guided_ui(ui, page),
        // Another call's page begins at its top.
        Step::Page => ui.push_id(page.head.id.clone(), |ui| page::page_ui(ui, page)).inner,
    }
}

fn show(
    mut contexts: EguiContexts,
    mut shown: ResMut<Shown>,
    mut shelf: ResMut<Shelf>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Shown { page, simulated, .. } = &mut *shown;
    let Some(page) = page else {
        next.set(Screen::Calls);
        return Ok(());
    };
    let Some(done) = debrief_ui(&mut ui, page) else { return Ok(()) };
    wake.now();
    for outcome in page.act(done) {
        match outcome {
            Outcome::Annotate { kind, text, shared, event } => {
                annotate(page, simulated, &mut shelf, kind, text, shared, event);
            }
            Outcome::ForOwner(file) => {
                let by: String = page.head.by.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(40).collect();
                page.view.said = Some(put(
                    &format!("rightcall-for-{by}-{}.jsonl", page.head.id.get(..6).unwrap_or_default()),
                    &file,
                ));
            }
            Outcome::Leave if page.from_room => next.set(Screen::Review),
            Outcome::Leave => next.set(if page.guided() { Screen::Desk } else { Screen::Calls }),
        }
    }
    Ok(())
}

fn annotate(
    page: &mut Page,
    simulated: &mut Vec<Annotation>,
    shelf: &mut Shelf,
    kind: AnnotationKind,
    text: String,
    shared: bool,
    event: Option<u32>,
) {
    let id = match fresh_id() {
        Ok(id) => id,
        Err(failure) => {
            page.view.said = Some(Err(failure.to_string()));
            return;
        }
    };
    let taker = (!page.is_own()).then_some(page.head.by.as_str());
    let said = saved(&kind, shared, page.simulated, taker);
    page.view.said = Some(Ok(said));
    let target = Some(Target { record: page.head.id.clone(), event });
    let annotation = Annotation { id, by: page.viewer.clone(), target, at: now_exactly(), kind, text, shared };
    if page.simulated {
        simulated.push(annotation);
        page.take_notes(&of_record(simulated, &page.head.id));
        return;
    }
    shelf.ask(Purpose::Annotate, Request::Annotate(Box::new(annotation)));
}

/// What is said when something is kept.
fn saved(kind: &AnnotationKind, shared: bool, simulated: bool, taker: Option<&str>) -> String {
    // With its time: the second time it would say the same, and nobody would see that anything was done.
    let at = here_and_now().time().strftime("%H:%M:%S").to_string();
    if simulated {
        return format!("Noted at {at}, until you leave the simulated team: nothing of it is kept.");
    }
    match (kind, shared, taker) {
        (AnnotationKind::Marked { .. }, ..) => format!("Your mark was kept at {at}, beside the machine's."),
        (AnnotationKind::Answered { .. }, ..) => format!("Your answer was kept at {at} with the call."),
        (AnnotationKind::Contested { .. }, ..) => format!("Kept at {at} with the call, for whoever reviews it."),
        (AnnotationKind::Comment, true, Some(name)) => {
            format!("Saved at {at}. {name} sees it once you have given them the file, below.")
        }
        (_, true, _) => format!("Saved at {at}. Your trainer sees it when you hand the call on."),
        (_, false, _) => format!("Saved at {at} on this machine. Only you see it until you share it."),
    }
}
