//! Answering the phone: a call is begun in one place, whoever asks for it.

use std::cmp::Reverse;

use bevy::prelude::*;

use super::Screen;
use super::egui::Wake;
use super::library::Library;
use super::live::Live;
use super::past::Past;
use super::profile::Who;
use super::screens::call::InHand;
use super::sets::{Opened, Sets};
use super::settings::Settings;
use super::store::{Purpose, Shelf};
use super::when::now;
use crate::call::RULES;
use crate::records::{Annotation, AnnotationKind, Head, Mode, Request, Target, fresh_id};
use crate::scenario::{Difficulty, Relation, Scenario};
use crate::standards::{Decides, Id, Role, Standards};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Take>();
    app.init_resource::<Choice>().init_resource::<Sets>();
    app.add_systems(Update, (forget, take));
}

/// How the next call is to be taken, where that is not as usual.
#[derive(Resource, Debug, Default)]
pub struct Choice {
    role: Option<Id>,
    mode: Option<Mode>,
}

/// In which role and mode a call is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct How {
    pub role: Id,
    pub mode: Mode,
}

impl Choice {
    pub fn set_role(&mut self, role: Id) {
        self.role = Some(role);
    }

    pub fn set_mode(&mut self, mode: Mode) {
        self.mode = Some(mode);
    }

    /// What was chosen, else what the profile and the settings say.
    pub fn how(&self, standards: &Standards, who: &Who, settings: &Settings) -> How {
        let roles = &standards.roles.roles;
        let wanted = self.role.as_ref().or(who.profile().and_then(|profile| profile.role.as_ref()));
        let known = wanted.and_then(|id| standards.role(id));
        let usual = roles.iter().find(|role| role.decides == Decides::ByGuide);
        let role = known.or(usual).or(roles.first());
        let mode = self.mode.unwrap_or(settings.feedback);
        let fits = role.is_some_and(|role| modes(role).iter().any(|(known, _)| *known == mode));
        How { role: role.map(|role| role.id.clone()).unwrap_or_default(), mode: if fits { mode } else { Mode::Coach } }
    }
}

/// The modes that a role can choose between, with their names.
pub fn modes(role: &Role) -> Vec<(Mode, &'static str)> {
    let mut modes = vec![(Mode::Coach, "Coach"), (Mode::Exam, "Exam")];
    if role.decides == Decides::ByGuide {
        modes.push((Mode::JudgementExercise, "Judgement exercise"));
    }
    modes
}

/// Whoever comes next begins with what is usual for them.
fn forget(who: Res<Who>, mut choice: ResMut<Choice>, mut last: Local<String>) {
    if who.name() != *last {
        who.name().clone_into(&mut last);
        *choice = Choice::default();
    }
}

/// Nobody takes two calls at once.
pub const IN_HAND: &str = "You have a call in hand. Go on with it, or break it off, before you take another.";

/// Begins a call and goes to its screen.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// Slug of the scenario.
    pub slug: Id,
    /// Absent: as written.
    pub variant: Option<Id>,
    pub role: Id,
    pub mode: Mode,
    /// It is taken for a call set: the text and the seed are the set's.
    pub of_set: Option<OfSet>,
}

/// A call of a call set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSet {
    /// Hash of the set.
    pub set: String,
    /// Place of the call in its file.
    pub place: usize,
}

impl Take {
    /// A call of a set, in the set's role, where it has one, and mode.
    pub fn of_set(opened: &Opened, place: usize, library: &Library, how: &How) -> Option<Self> {
        let set = &opened.loaded.set;
        let call = set.calls.get(place)?;
        Some(Self {
            slug: opened.entry(call, library)?.scenario.id.clone(),
            variant: call.variant.clone(),
            role: set.role.clone().unwrap_or_else(|| how.role.clone()),
            mode: set.mode,
            of_set: Some(OfSet { set: opened.loaded.hash.clone(), place }),
        })
    }

    /// The guided first call for a role: easy, about the caller, nothing in it that needs a warning, and nothing
    /// that presses, as far as there is such a call.
    pub fn guided(library: &Library, role: &Id) -> Option<Self> {
        let open = library.entries.iter().filter(|entry| entry.scenario.roles.contains(role));
        let gentlest = open.min_by_key(|entry| {
            let Scenario { difficulty, content_notes, caller, model, number, .. } = &entry.scenario;
            let urgency = library.standards.rung_of(&model.best).map(Reverse);
            let hard = *difficulty != Difficulty::Starter;
            (hard, !content_notes.is_empty(), caller.relation != Relation::Patient, urgency, *number)
        })?;
        Some(Self {
            slug: gentlest.scenario.id.clone(),
            variant: None,
            role: role.clone(),
            mode: Mode::Guided,
            of_set: None,
        })
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn take(
    mut takes: MessageReader<Take>,
    library: Res<Library>,
    (sets, who): (Res<Sets>, Res<Who>),
    mut shelf: ResMut<Shelf>,
    mut in_hand: ResMut<InHand>,
    mut past: ResMut<Past>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    // Two answers to one ring are one call.
    let Some(wanted) = takes.read().last().cloned() else { return };
    if in_hand.live.is_some() {
        past.trouble = Some(IN_HAND.into());
        return;
    }
    match begin(&library, &sets, &wanted, who.name(), &mut shelf) {
        Ok((live, under)) => {
            in_hand.take_up_under(live, under);
            past.trouble = None;
            next.set(Screen::Call);
        }
        Err(why) => past.trouble = Some(why),
    }
    wake.now();
}

/// Begins a call: its beginning, and for which set it is taken, are on the way to the disk when this returns. With it,
/// where the call is none of the library's, what it is begun under.
///
/// # Errors
/// A sentence.
fn begin(
    library: &Library,
    sets: &Sets,
    wanted: &Take,
    by: &str,
    shelf: &mut Shelf,
) -> Result<(Live, Option<Library>), String> {
    const GONE: &str = "this call is not here any more";
    let of_set = match &wanted.of_set {
        Some(of_set) => {
            let opened = sets.by_hash(&of_set.set).ok_or("this call set is not here any more")?;
            Some((opened, opened.loaded.set.calls.get(of_set.place).ok_or(GONE)?))
        }
        None => None,
    };
    let entry = match of_set {
        Some((opened, call)) => opened.entry(call, library).ok_or(GONE)?,
        None => library.by_slug(&wanted.slug).ok_or(GONE)?,
    };
    let script = entry.script(&library.standards, wanted.variant.clone())?;
    let seed = match of_set {
        Some((_, call)) => call.seed,
        None => {
            let mut seed = [0_u8; 8];
            getrandom::fill(&mut seed).map_err(|problem| problem.to_string())?;
            u64::from_le_bytes(seed)
        }
    };
    let head = Head {
        id: fresh_id().map_err(|failure| failure.to_string())?,
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.as_str().into(),
        standards: library.standards.hash.as_str().into(),
        variant: wanted.variant.clone(),
        seed,
        role: wanted.role.clone(),
        mode: wanted.mode,
        by: by.to_owned(),
        taken: now(),
    };
    let mut live = Live::begin(&script, head.clone())?;
    live.unsaved.clone_from(&shelf.trouble);
    if live.unsaved.is_none() {
        live.wait_for_begin();
        let in_set = of_set.map(|(opened, _)| in_set(opened, &head)).transpose()?;
        let texts = entry.texts(&library.standards);
        shelf.ask(Purpose::Live, Request::Begin { head: Box::new(head), texts });
        if let Some(in_set) = in_set {
            shelf.ask(Purpose::Keep, Request::Annotate(Box::new(in_set)));
        }
    }
    let own = of_set.is_some_and(|(opened, call)| opened.is_own(call));
    let under = own.then(|| Library::with(library.standards.clone(), vec![entry.clone()]));
    Ok((live, under))
}

/// Says of a call for which set it is taken.
fn in_set(opened: &Opened, head: &Head) -> Result<Annotation, String> {
    Ok(Annotation {
        id: fresh_id().map_err(|failure| failure.to_string())?,
        by: head.by.clone(),
        target: Some(Target { record: head.id.clone(), event: None }),
        at: head.taken.clone(),
        kind: AnnotationKind::InSet { set: opened.loaded.hash.clone(), name: opened.loaded.set.name.clone() },
        text: String::new(),
        shared: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screens::debrief::Shown;
    use crate::app::{offers, past, store};

    fn app(folder: &std::path::Path) -> App {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, bevy::state::app::StatesPlugin));
        app.init_state::<Screen>().init_resource::<Wake>();
        app.insert_resource(Library::open(None).expect("the shipped calls"));
        app.insert_resource(store::DataDir(Some(folder.into())));
        app.init_resource::<InHand>().init_resource::<Shown>().init_resource::<Who>().init_resource::<Settings>();
        app.add_plugins((store::plugin, past::plugin, offers::plugin, plugin));
        app.update();
        app
    }

    fn take(app: &mut App, slug: &str) -> Option<String> {
        let (slug, role) = (slug.into(), "health-advisor".into());
        app.world_mut().write_message(Take { slug, variant: None, role, mode: Mode::Exam, of_set: None });
        for _ in 0..4 {
            app.update();
        }
        let live = &app.world().resource::<InHand>().live;
        live.as_ref().map(|live| live.head.call.to_string())
    }

    #[test]
    fn a_call_that_is_taken_comes_to_its_screen() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut app = app(folder.path());
        assert_eq!(take(&mut app, "no-such"), None);
        assert!(app.world().resource::<Past>().trouble.is_some());
        assert_eq!(take(&mut app, "back-mechanical").as_deref(), Some("call-0427"));
        assert_eq!(*app.world().resource::<State<Screen>>().get(), Screen::Call);
    }

    #[test]
    fn every_role_has_a_gentle_guided_call() {
        let library = Library::open(None).expect("the shipped calls");
        for (role, slug) in [
            ("service-advisor", "inhaler-weekend"),
            ("health-advisor", "throat-plain"),
            ("senior-health-advisor", "throat-plain"),
            ("clinical-advisor", "throat-plain"),
        ] {
            let take = Take::guided(&library, &role.into()).expect("a call");
            assert_eq!((&*take.slug, take.mode), (slug, Mode::Guided), "{role}");
        }
        assert_eq!(Take::guided(&library, &"no-such".into()), None);
    }

    #[test]
    fn nobody_takes_two_calls_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut app = app(folder.path());
        take(&mut app, "back-mechanical");
        assert_eq!(take(&mut app, "back-saddle-numb").as_deref(), Some("call-0427"));
        assert_eq!(app.world().resource::<Past>().trouble.as_deref(), Some(IN_HAND));
    }

    #[test]
    fn what_was_chosen_wins_over_what_is_usual() {
        let library = Library::open(None).expect("the shipped calls");
        let (mut choice, mut who, mut settings) = (Choice::default(), Who::default(), Settings::default());
        let how = |choice: &Choice, who: &Who, settings: &Settings| {
            let how = choice.how(&library.standards, who, settings);
            (how.role.to_string(), how.mode)
        };
        assert_eq!(how(&choice, &who, &settings), ("health-advisor".into(), Mode::Coach));
        let role = Some("clinical-advisor".into());
        who.add(crate::app::profile::Profile { name: "Asha".into(), role, ..Default::default() }).expect("added");
        settings.feedback = Mode::Exam;
        assert_eq!(how(&choice, &who, &settings), ("clinical-advisor".into(), Mode::Exam));
        // The exercise is for those who have no ladder at work.
        choice.set_mode(Mode::JudgementExercise);
        assert_eq!(how(&choice, &who, &settings), ("clinical-advisor".into(), Mode::Coach));
        choice.set_role("senior-health-advisor".into());
        assert_eq!(how(&choice, &who, &settings), ("senior-health-advisor".into(), Mode::JudgementExercise));
    }
}
