//! All calls by number and caller, those to go on with, and those that were taken.

mod card;
mod how;
mod list;
mod model;
mod taken;
#[cfg(test)]
mod tests;
mod waiting;

use std::collections::BTreeSet;

pub use list::search_id;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::before::{Before, before_ui};
use super::call::InHand;
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::offers::Offers;
use crate::app::past::{Past, Reopen, Wish};
use crate::app::profile::{Who, Workspace};
use crate::app::settings::Settings;
use crate::app::store::{Purpose, Shelf};
use crate::app::taking::{Choice, How, Take};
use crate::records::{Mode, Request};
use crate::standards::Id;
use list::calls_ui;
use model::CallsModel;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Filter>();
    app.init_resource::<Asking>();
    app.add_systems(OnEnter(Screen::Calls), begin_afresh);
    app.add_systems(Update, forget);
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Calls)));
}

/// Which of the two lists is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// All that can be taken.
    #[default]
    All,
    /// Those that were taken.
    Taken,
    /// Those that were handed over to a trainer.
    HandedOver,
}

/// What of the lists is to be seen.
#[derive(Resource, Debug, Clone, Default)]
pub struct Filter {
    pub tab: Tab,
    /// Number or caller.
    pub search: String,
    /// Only what the chosen role may take.
    pub open_to_role: bool,
    /// Only what was never taken.
    pub new_to_me: bool,
    /// Only what is due.
    pub due: bool,
    /// Content notes of calls that are left out.
    pub without: BTreeSet<&'static str>,
    /// By number instead of mixed.
    pub by_number: bool,
    /// Role and feedback are being chosen, where there is no room to show them all the time.
    pub how_is_open: bool,
    /// How many more of the calls that were taken are shown than at first.
    pub more: usize,
}

/// Something is asked before it is done.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub enum Asking {
    #[default]
    Nothing,
    /// A call with content notes was chosen.
    Before { slug: Id, fresh: bool },
    /// An unfinished call is to be thrown away.
    ThrowAway(String),
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallsAction {
    Role(Id),
    Mode(Mode),
    /// Takes the call with this slug.
    Take(Id),
    GoOn(String),
    /// Asks whether to throw the call away.
    ThrowAway(String),
    /// Throws it away.
    Away(String),
    Keep,
    Debrief(String),
    TroubleSeen,
}

/// What somebody looked for is theirs.
fn forget(who: Res<Who>, mut filter: ResMut<Filter>, mut last: Local<String>) {
    if who.name() != *last {
        who.name().clone_into(&mut last);
        *filter = Filter::default();
    }
}

fn begin_afresh(mut filter: ResMut<Filter>, mut asking: ResMut<Asking>) {
    filter.more = 0;
    *asking = Asking::Nothing;
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    offers: Res<Offers>,
    mut past: ResMut<Past>,
    (who, settings, in_hand): (Res<Who>, Res<Settings>, Res<InHand>),
    (mut choice, mut filter, mut asking): (ResMut<Choice>, ResMut<Filter>, ResMut<Asking>),
    mut shelf: ResMut<Shelf>,
    mut take: MessageWriter<Take>,
    mut reopen: MessageWriter<Reopen>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let how = choice.how(&library.standards, &who, &settings);
    if let Asking::Before { slug, fresh } = &mut *asking
        && let Some(offer) = offers.by_slug(slug)
    {
        if let Some(made) = before_ui(&mut ui, (offer.number, &offer.notes), std::mem::take(fresh)) {
            if made == Before::Start {
                take.write(taken(&offers, slug, &how));
            }
            *asking = Asking::Nothing;
            wake.now();
        }
        return Ok(());
    }
    let model = CallsModel {
        library: &library,
        offers: &offers,
        past: &past,
        who: who.name(),
        handed_over: (who.workspace == Workspace::Trainer).then(|| past.handed_over(who.profiles()).collect()),
        in_hand: in_hand.live.as_ref().map(|live| live.head.id.as_str()),
        how: &how,
        asking: &asking,
        saving_is_off: shelf.trouble.as_deref(),
    };
    let Some(action) = calls_ui(&mut ui, &model, &mut filter) else { return Ok(()) };
    wake.now();
    match action {
        CallsAction::Role(role) => choice.set_role(role),
        CallsAction::Mode(mode) => choice.set_mode(mode),
        CallsAction::Take(slug) => {
            let notes = offers.by_slug(&slug).is_some_and(|offer| !offer.notes.is_empty());
            if notes {
                *asking = Asking::Before { slug, fresh: true };
            } else {
                take.write(taken(&offers, &slug, &how));
            }
        }
        CallsAction::GoOn(id) => _ = reopen.write(Reopen { id, wish: Wish::GoOn }),
        CallsAction::Debrief(id) => _ = reopen.write(Reopen { id, wish: Wish::LookAt }),
        CallsAction::ThrowAway(id) => *asking = Asking::ThrowAway(id),
        CallsAction::Away(id) => {
            *asking = Asking::Nothing;
            shelf.ask(Purpose::Abandon, Request::Abandon(id));
            shelf.ask(Purpose::Unfinished, Request::Unfinished);
        }
        CallsAction::Keep => *asking = Asking::Nothing,
        CallsAction::TroubleSeen => past.trouble = None,
    }
    Ok(())
}

fn taken(offers: &Offers, slug: &str, how: &How) -> Take {
    let variant = offers.by_slug(slug).and_then(|offer| offer.variant.clone());
    Take { slug: slug.into(), variant, role: how.role.clone(), mode: how.mode, of_set: None }
}
