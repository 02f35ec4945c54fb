//! Who is practising: the first screen. Tells a new user what this is, who sees what, and offers the guided call.

mod page;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::profile::{self, Profile, Who};
use crate::app::store::Shelf;
use crate::app::taking::Take;
pub use page::who_sees_what_ui;
use page::{FirstRunAction, FirstRunModel, Form, Person, first_run_ui};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Drafts>().init_resource::<Finished>();
    app.add_systems(OnExit(Screen::FirstRun), |mut finished: ResMut<Finished>| finished.0 = None);
    app.add_systems(OnEnter(Screen::FirstRun), |mut drafts: ResMut<Drafts>| *drafts = Drafts::default());
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::FirstRun)));
}

/// What is typed and not yet done.
#[derive(Resource, Default)]
struct Drafts(Form);

/// What became of the shift that was finished last, for whoever stands before the first screen then.
#[derive(Resource, Default)]
pub struct Finished(pub Option<String>);

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    (shelf, finished): (Res<Shelf>, Res<Finished>),
    mut drafts: ResMut<Drafts>,
    mut who: ResMut<Who>,
    mut takes: MessageWriter<Take>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    if !who.known {
        return Ok(());
    }
    let offered = |id: &str| library.entries.iter().any(|entry| entry.scenario.roles.iter().any(|role| **role == *id));
    let roles = &library.standards.roles.roles;
    let name_of = |id: &str| roles.iter().find(|role| &*role.id == id).map_or(String::new(), |role| role.name.clone());
    let model = FirstRunModel {
        people: who
            .profiles()
            .iter()
            .map(|profile| Person {
                name: profile.name.clone(),
                role: profile.role.as_deref().map(name_of).unwrap_or_default(),
                has_pin: profile.pin.is_some(),
            })
            .collect(),
        roles: roles
            .iter()
            .filter(|role| offered(&role.id))
            .map(|role| (role.id.clone(), role.name.clone(), role.scope.clone(), role.registered))
            .collect(),
        trouble: shelf.trouble.clone(),
        finished: finished.0.clone(),
    };
    let form = &mut drafts.0;
    let Some(action) = first_run_ui(&mut ui, &model, form) else { return Ok(()) };
    wake.now();
    let done = match action {
        FirstRunAction::SignIn(place) => who.sign_in(place, &form.pin),
        FirstRunAction::Create { guided } => create(&mut who, form, guided).inspect(|()| {
            let role = form.role.as_ref().filter(|_| guided);
            // It is taken from the desk: that is where it ends.
            takes.write_batch(role.and_then(|role| Take::guided(&library, role)));
        }),
        FirstRunAction::Without => {
            who.sign_out();
            Ok(())
        }
    };
    match done {
        Ok(()) => next.set(Screen::Desk),
        Err(why) => form.said = Some(why),
    }
    Ok(())
}

fn create(who: &mut Who, form: &Form, guided: bool) -> Result<(), String> {
    if form.new_pin != form.pin_again {
        return Err("The two PINs differ. Type the same one twice, or leave both empty.".into());
    }
    let pin = profile::hash(&form.new_pin)?;
    let role = form.role.clone();
    who.add(Profile { name: form.name.clone(), role, site: form.site.trim().into(), pin, guided: !guided })
}
