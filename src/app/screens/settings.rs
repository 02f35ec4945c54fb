//! Settings: who I am here, how it looks and moves, keys, files, the end of a shift, the trainer's door.

mod evidence;
mod keys_page;
mod page;
mod shift;
#[cfg(test)]
mod tests;

use bevy::prelude::*;
use bevy::winit::EventLoopProxyWrapper;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

pub use page::trainer_pin;

use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::{self, Eyes, Files, IS_SURE, NOT_CHOSEN, Told, usual_place};
use crate::app::keys;
use crate::app::library::Library;
use crate::app::past::{self, Past};
use crate::app::profile::{self, Who, Workspace};
use crate::app::screens::call::InHand;
use crate::app::screens::first_run::Finished;
use crate::app::sets::Sets;
use crate::app::settings::Settings;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::taking::Take;
use crate::app::voice::Voices;
use crate::records::Request;
use page::{Form, SettingsAction, SettingsModel, settings_ui};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Drafts>();
    app.add_plugins(evidence::plugin);
    app.add_systems(OnEnter(Screen::Settings), begin);
    app.add_systems(OnExit(Screen::Settings), stop_listening);
    // The end of a shift goes on on whatever screen.
    app.add_systems(PreUpdate, finish.after(files::hear));
    app.add_systems(Update, (hear_from_files.run_if(in_state(Screen::Settings)), wiped));
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Settings)));
}

#[derive(Resource, Default)]
struct Drafts(Form);

fn begin(mut drafts: ResMut<Drafts>, mut voices: ResMut<Voices>, who: Res<Who>) {
    // A headset may have been plugged in.
    voices.look();
    // A shift that is being finished is not begun again.
    if drafts.0.finishing {
        return;
    }
    let profile = who.profile();
    let name = profile.map_or("calls", |profile| &profile.name).to_lowercase().replace(' ', "-");
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    drafts.0 = Form {
        site: profile.map(|profile| profile.site.clone()).unwrap_or_default(),
        file: usual_place(&format!("rightcall-{name}.jsonl")).display().to_string(),
        ..Form::default()
    };
}

fn stop_listening(mut contexts: EguiContexts) {
    if let Ok(ctx) = contexts.ctx_mut() {
        keys::listen(ctx, false);
    }
}

fn hear_from_files(mut files: ResMut<Files>, mut drafts: ResMut<Drafts>) {
    let form = &mut drafts.0;
    // A call set is for somebody else.
    match files.told.take_if(|told| !matches!(told, Told::Set { .. })) {
        None | Some(Told::Set { .. } | Told::ChosenMany(_)) => {}
        Some(Told::Chosen(_, file)) => form.file = file.display().to_string(),
        Some(Told::NotChosen) => {
            form.said = Some(Err(NOT_CHOSEN.into()));
        }
        Some(Told::Exported(words) | Told::Imported(words)) => form.said = Some(Ok(words)),
        Some(Told::PartlyBad { file, why, good }) => {
            form.said = Some(Err(why));
            form.good_part = good.then_some(file);
        }
        Some(Told::Failed(why)) => form.said = Some(Err(why)),
    }
}

/// The calls of a shift are written, or could not be: only then are they wiped.
fn finish(
    mut files: ResMut<Files>,
    mut drafts: ResMut<Drafts>,
    mut shelf: ResMut<Shelf>,
    mut past: ResMut<Past>,
    screen: Res<State<Screen>>,
    mut wake: ResMut<Wake>,
) {
    if !drafts.0.finishing || !matches!(files.told, Some(Told::Exported(_) | Told::Failed(_))) {
        return;
    }
    let form = &mut drafts.0;
    match files.told.take() {
        Some(Told::Exported(words)) => {
            form.said = Some(Ok(words.clone()));
            form.written = Some(words);
            if IS_SURE {
                shelf.ask(Purpose::Wipe, Request::Wipe { by: Some(form.whose.clone()) });
            } else {
                form.finishing = false;
            }
        }
        Some(Told::Failed(why)) => {
            form.finishing = false;
            if *screen.get() != Screen::Settings {
                past.trouble = Some(format!("The shift is not finished, and nothing was wiped: {why}"));
            }
            form.said = Some(Err(why));
        }
        _ => {}
    }
    wake.now();
}

/// The calls are gone from this machine: so is whoever took them.
fn wiped(
    mut answers: MessageReader<Answered>,
    mut drafts: ResMut<Drafts>,
    mut who: ResMut<Who>,
    (mut settings, mut sets): (ResMut<Settings>, ResMut<Sets>),
    mut next: ResMut<NextState<Screen>>,
    (mut finished, mut past): (ResMut<Finished>, ResMut<Past>),
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Wipe) {
        let form = &mut drafts.0;
        form.finishing = false;
        match &answer.result {
            Ok(_) => {
                // The export says where the calls went; without one there is nothing to say but that they are gone.
                let went = form.written.take().map_or(String::new(), |written| format!("{written}. "));
                sets.forget(&form.whose);
                // Somebody else may sit here by now.
                if who.name() != form.whose {
                    continue;
                }
                finished.0 = Some(format!("{went}Your calls are wiped from this machine."));
                if form.forget_me {
                    who.remove();
                    // How it looked, spoke and listened to the keys was theirs.
                    *settings = Settings::default();
                } else {
                    who.sign_out();
                }
                next.set(Screen::FirstRun);
            }
            Err(failure) => {
                // Wherever one is by now.
                past.trouble = Some(format!("The shift is not finished, and nothing was wiped: {failure}"));
                form.said = Some(Err(failure.to_string()));
            }
        }
        wake.now();
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut settings: ResMut<Settings>,
    mut who: ResMut<Who>,
    mut drafts: ResMut<Drafts>,
    mut files: ResMut<Files>,
    mut shelf: ResMut<Shelf>,
    mut in_hand: ResMut<InHand>,
    mut voices: ResMut<Voices>,
    mut takes: MessageWriter<Take>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    keys::listen(ctx, drafts.0.listening.is_some());
    let mut ui = whole_window(ctx);
    let form = &mut drafts.0;
    let model = SettingsModel {
        settings: &settings,
        profile: who.profile(),
        roles: library
            .standards
            .roles
            .roles
            .iter()
            .filter(|role| library.entries.iter().any(|entry| entry.scenario.roles.contains(&role.id)))
            .map(|role| (role.id.clone(), role.name.clone()))
            .collect(),
        trainer: who.workspace == Workspace::Trainer,
        has_trainer_pin: who.has_trainer_pin(),
        folder: shelf.folder().map(|folder| folder.display().to_string()),
        standards: library.standards.competences.header.version.to_string(),
        busy: files.busy() || form.finishing,
        in_call: in_hand.live.is_some(),
        devices: voices.devices(),
    };
    let Some(action) = settings_ui(&mut ui, &model, form) else { return Ok(()) };
    wake.now();
    let proxy = proxy.as_deref();
    let folder = shelf.folder().map(std::path::Path::to_owned);
    let file = std::path::PathBuf::from(form.file.trim());
    let mut say = None;
    match action {
        SettingsAction::Change(new) => *settings = *new,
        SettingsAction::Role(role) => {
            if let Some(profile) = who.profile_mut() {
                profile.role = Some(role);
            }
        }
        SettingsAction::Site => {
            if let Some(profile) = who.profile_mut() {
                form.site.trim().clone_into(&mut profile.site);
            }
        }
        SettingsAction::Pin => {
            let new = if form.pin == form.pin_again { profile::hash(&form.pin) } else { Err(NOT_THE_SAME.into()) };
            form.pin_said = Some(new.map(|pin| {
                if let Some(profile) = who.profile_mut() {
                    profile.pin = pin;
                }
                form.pin.clear();
                form.pin_again.clear();
                "The PIN is set.".to_owned()
            }));
            form.sure_of_pin = false;
        }
        SettingsAction::NoPin => {
            if let Some(profile) = who.profile_mut() {
                profile.pin = None;
            }
            form.pin_said = Some(Ok("There is no PIN any more.".into()));
        }
        SettingsAction::GuidedCall => {
            let role = who.profile().and_then(|profile| profile.role.as_ref());
            takes.write_batch(role.and_then(|role| Take::guided(&library, role)));
        }
        SettingsAction::SwitchPerson => {
            // What is in hand is theirs, and goes on where they left it when they are back.
            match in_hand.put_away() {
                Ok(()) => {
                    past::ask_again(&mut shelf);
                    who.sign_out();
                    next.set(Screen::FirstRun);
                }
                Err(why) => say = Some(Err(why.into())),
            }
        }
        SettingsAction::OpenTrainer => {
            let same = who.has_trainer_pin() || form.trainer_pin == form.trainer_pin_again;
            let opened = if same { who.open_trainer(&form.trainer_pin) } else { Err(NOT_THE_SAME.into()) };
            form.trainer_said = Some(opened.map(|()| {
                form.trainer_pin.clear();
                form.trainer_pin_again.clear();
                "The trainer's workspace is open.".to_owned()
            }));
        }
        SettingsAction::CloseTrainer => who.workspace = Workspace::Trainee,
        SettingsAction::Evidence => evidence::ask(&mut shelf),
        SettingsAction::Round => next.set(Screen::Round),
        SettingsAction::ChooseFile(wanted) => files.choose(proxy, wanted, &file),
        SettingsAction::Export(eyes) => match folder {
            Some(folder) => files.export(proxy, &folder, who.name(), eyes, file),
            None => say = Some(Err(NOTHING_KEPT.into())),
        },
        SettingsAction::Import { keep_good } => match folder {
            Some(folder) => {
                form.good_part = None;
                files.import(proxy, &folder, file, keep_good);
            }
            None => say = Some(Err(NOTHING_KEPT.into())),
        },
        SettingsAction::FinishShift { export } => match folder {
            Some(folder) if export => {
                (form.finishing, form.whose, form.written) = (true, who.name().to_owned(), None);
                files.export(proxy, &folder, who.name(), Eyes::Mine, file);
            }
            Some(_) => {
                (form.finishing, form.whose) = (true, who.name().to_owned());
                shelf.ask(Purpose::Wipe, Request::Wipe { by: Some(who.name().to_owned()) });
            }
            None => say = Some(Err(NOTHING_KEPT.into())),
        },
    }
    if say.is_some() {
        form.said = say;
    }
    Ok(())
}

const NOT_THE_SAME: &str = "The two PINs are not the same. Type both again.";
const NOTHING_KEPT: &str = "Nothing is being kept on this machine, so there is nothing to write or to wipe.";
