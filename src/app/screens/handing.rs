//! For trainers: call sets to be handed out, and the files that come back.

mod back;
mod make;
mod out;
mod page;
mod people;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::winit::EventLoopProxyWrapper;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use crate::app::Screen;
use crate::app::bringing::{Bringing, Stage, joined};
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::{Files, NOT_CHOSEN, Told, Wanted, usual_place};
use crate::app::library::Library;
use crate::app::past::{self, Past};
use crate::app::profile::{Who, Workspace};
use crate::app::store::{Purpose, Shelf};
use crate::records::Request;
use back::BackForm;
use make::Draft;
use page::{HandingModel, handing_ui};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Handing>();
    app.add_systems(OnEnter(Screen::Handing), begin);
    app.add_systems(Update, hear.run_if(in_state(Screen::Handing)));
    app.add_systems(EguiPrimaryContextPass, (leave, show).chain().in_set(Ui::Screen).run_if(in_state(Screen::Handing)));
}

/// Which half is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Out,
    Back,
}

/// What is being made, and what is asked about what came back.
#[derive(Resource, Default)]
struct Handing {
    tab: Tab,
    draft: Draft,
    back: BackForm,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandingAction {
    Tab(Tab),
    ToReview,
    /// Chooses where the set is written.
    ChooseSet,
    WriteSet,
    /// Chooses files that came back.
    ChooseFiles,
    /// Looks into the file or folder that is typed.
    LookInto,
    Stop,
    BringIn,
    /// Another look: what was found is put away.
    Afresh,
    /// These look-alikes, by their place, are one person; or are not.
    Join(usize),
    Apart(usize),
}

fn begin(mut handing: ResMut<Handing>, bringing: Res<Bringing>, who: Res<Who>) {
    if !matches!(bringing.stage, Stage::Nothing) {
        handing.tab = Tab::Back;
    }
    let draft = &mut handing.draft;
    if draft.by.is_empty() {
        who.name().clone_into(&mut draft.by);
    }
    if draft.file.is_empty() {
        draft.file = usual_place("rightcall-set.ron").display().to_string();
    }
}

fn hear(
    mut files: ResMut<Files>,
    mut handing: ResMut<Handing>,
    mut bringing: ResMut<Bringing>,
    (library, shelf): (Res<Library>, Res<Shelf>),
    mut wake: ResMut<Wake>,
) {
    let Some(told) = files.told.take_if(|told| !matches!(told, Told::Set { .. })) else { return };
    match told {
        Told::Chosen(Wanted::Set, file) => handing.draft.file = file.display().to_string(),
        #[cfg(not(target_arch = "wasm32"))]
        Told::ChosenMany(paths) => {
            if let Some(folder) = shelf.folder() {
                bringing.look_into(paths, &library.standards, folder);
            }
        }
        Told::NotChosen if handing.tab == Tab::Back => handing.back.said = Some(Err(NOT_CHOSEN.into())),
        Told::NotChosen => handing.draft.said = Some(Err(NOT_CHOSEN.into())),
        Told::Exported(words) => {
            let unrecorded = match &*handing.draft.unrecorded {
                [] => String::new(),
                sentences => format!(" Not in it, and spoken otherwise: {}.", sentences.join("; ")),
            };
            handing.draft.said = Some(Ok(format!(
                "{words} Hand it out: each person drops it on their window, or opens it under Settings, Import calls or \
                     a call set; and gives one file back.{unrecorded}"
            )));
        }
        Told::Failed(why) => handing.draft.said = Some(Err(why)),
        _ => {}
    }
    #[cfg(target_arch = "wasm32")]
    let _ = (&mut bringing, &library, &shelf);
    wake.now();
}

/// Whoever is no trainer, or no longer, has no business here.
fn leave(
    who: Res<Who>,
    mut handing: ResMut<Handing>,
    mut bringing: ResMut<Bringing>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    if who.workspace != Workspace::Trainer {
        *handing = Handing::default();
        bringing.stop();
        bringing.stage = Stage::Nothing;
        next.set(Screen::Desk);
        wake.now();
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    (library, who): (Res<Library>, Res<Who>),
    mut handing: ResMut<Handing>,
    mut bringing: ResMut<Bringing>,
    mut files: ResMut<Files>,
    mut shelf: ResMut<Shelf>,
    mut past: ResMut<Past>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    if who.workspace != Workspace::Trainer {
        return Ok(());
    }
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Handing { tab, draft, back } = &mut *handing;
    let Bringing { stage, alike, .. } = &mut *bringing;
    let model =
        HandingModel { tab: *tab, library: &library, busy: files.busy(), kept: shelf.folder().is_some(), alike };
    let Some(action) = handing_ui(&mut ui, &model, draft, stage, back) else { return Ok(()) };
    wake.now();
    let proxy = proxy.as_deref();
    let place = |typed: &str| PathBuf::from(typed.trim());
    match action {
        HandingAction::Tab(new) => *tab = new,
        HandingAction::ToReview => next.set(Screen::Review),
        HandingAction::ChooseSet => files.choose(proxy, Wanted::Set, &place(&draft.file)),
        HandingAction::WriteSet => match draft.text(&library) {
            Ok(text) => {
                draft.said = None;
                files.write(proxy, place(&draft.file), text);
            }
            Err(why) => draft.said = Some(Err(why)),
        },
        #[cfg(not(target_arch = "wasm32"))]
        HandingAction::ChooseFiles => {
            back.said = None;
            files.choose(proxy, Wanted::Many, &place(&back.path));
        }
        #[cfg(target_arch = "wasm32")]
        HandingAction::ChooseFiles => bringing.choose(&library.standards),
        #[cfg(not(target_arch = "wasm32"))]
        HandingAction::LookInto => {
            back.said = None;
            if let Some(folder) = shelf.folder() {
                bringing.look_into(vec![place(&back.path)], &library.standards, folder);
            }
        }
        #[cfg(target_arch = "wasm32")]
        HandingAction::LookInto => {}
        HandingAction::Stop => {
            bringing.stop();
            // What had come in by then is here.
            past::ask_again(&mut shelf);
            shelf.ask(Purpose::Bringing, Request::Annotations { of: None });
        }
        HandingAction::BringIn => {
            let Stage::Found(found) = &bringing.stage else { return Ok(()) };
            match found.wanted() {
                Ok(wanted) => {
                    back.said = None;
                    if let Some(folder) = shelf.folder() {
                        bringing.bring_in(wanted, folder, &library);
                    }
                }
                Err(why) => back.said = Some(Err(why)),
            }
        }
        HandingAction::Afresh => {
            bringing.stop();
            bringing.stage = Stage::Nothing;
            bringing.alike.clear();
        }
        HandingAction::Join(place) => {
            if place < bringing.alike.len() {
                let group = bringing.alike.remove(place);
                match joined(&group) {
                    Ok(all) => {
                        for one in all {
                            shelf.ask(Purpose::Keep, Request::Annotate(Box::new(one)));
                        }
                        back.joined.push(group.join(" and "));
                    }
                    Err(why) => past.trouble = Some(why),
                }
            }
            back.joining = None;
        }
        HandingAction::Apart(place) => {
            if place < bringing.alike.len() {
                bringing.alike.remove(place);
            }
            back.joining = None;
        }
    }
    Ok(())
}
