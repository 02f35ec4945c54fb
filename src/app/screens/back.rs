//! Handing back what was taken for a call set: what of it may be seen, by whom, as one file; and taking that back.

mod page;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;

use bevy::prelude::*;
use bevy::winit::EventLoopProxyWrapper;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::{Files, NOT_CHOSEN, Told, Wanted, usual_place};
use crate::app::past::Past;
use crate::app::profile::Who;
use crate::app::sets::{Sets, finished};
use crate::app::store::{Purpose, Shelf};
use crate::app::when;
use crate::records::{Annotation, AnnotationKind, Request, Shared, fresh_id};
use crate::sharing::returning::{HandBack, withdrawal};
use page::{BackAction, BackModel, Before, Form, Whole, back_ui};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Back>();
    app.add_systems(OnEnter(Screen::HandBack), begin);
    app.add_systems(Update, hear.run_if(in_state(Screen::HandBack)));
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::HandBack)));
}

/// Which set is being handed back.
#[derive(Resource, Default)]
pub struct Back {
    hash: String,
    form: Form,
}

impl Back {
    /// The set with this hash.
    pub fn take_up(&mut self, hash: &str) {
        hash.clone_into(&mut self.hash);
    }
}

/// A name as part of a file's name.
fn plain(name: &str) -> String {
    let name: String = name.to_lowercase().replace(' ', "-");
    name.chars().filter(|c| c.is_alphanumeric() || *c == '-').take(40).collect()
}

fn begin(mut back: ResMut<Back>, sets: Res<Sets>, who: Res<Who>) {
    let Some(opened) = sets.by_hash(&back.hash) else { return };
    let set = &opened.loaded.set;
    let to = if set.by.is_empty() { "my trainer" } else { &set.by };
    let file = |what: &str| usual_place(&format!("rightcall-{}-{what}.jsonl", plain(who.name()))).display().to_string();
    back.form = Form {
        to: to.to_owned(),
        file: file(&plain(&set.name)),
        withdrawal_file: file("taken-back"),
        ..Form::default()
    };
}

fn hear(mut files: ResMut<Files>, mut back: ResMut<Back>, mut shelf: ResMut<Shelf>, mut wake: ResMut<Wake>) {
    let Some(told) = files.told.take_if(|told| !matches!(told, Told::Set { .. })) else { return };
    let form = &mut back.form;
    let said = match told {
        Told::Chosen(_, file) => {
            let place = if form.of_withdrawal { &mut form.withdrawal_file } else { &mut form.file };
            *place = file.display().to_string();
            return;
        }
        Told::NotChosen => Err(NOT_CHOSEN.into()),
        Told::Exported(words) => {
            // What was agreed to is kept now: it is to be seen below.
            shelf.ask(Purpose::Sets, Request::Annotations { of: None });
            Ok(words)
        }
        Told::Failed(why) => Err(why),
        _ => return,
    };
    if form.of_withdrawal {
        form.withdrawing &= said.is_err();
        form.withdrawal_said = Some(said);
    } else {
        form.said = Some(said);
    }
    wake.now();
}

/// What this person let others see, and took back, the latest first.
fn before(notes: &[Annotation], by: &str) -> Vec<Before> {
    let own = notes.iter().filter(|one| one.by == by && one.target.is_none());
    let mut all: Vec<(&str, Before)> = own
        .filter_map(|one| match &one.kind {
            AnnotationKind::Consent { given, to, what } => {
                let on = when::here(&one.at).map(|at| when::in_short(at.date())).unwrap_or_default();
                Some((one.at.as_str(), Before { on, given: *given, to: to.clone(), what: what.clone() }))
            }
            _ => None,
        })
        .collect();
    all.sort_by(|a, b| b.0.cmp(a.0));
    all.into_iter().map(|(_, before)| before).collect()
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    (sets, past, who): (Res<Sets>, Res<Past>, Res<Who>),
    mut back: ResMut<Back>,
    mut files: ResMut<Files>,
    shelf: Res<Shelf>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Back { hash, form } = &mut *back;
    let Some(opened) = sets.by_hash(hash) else {
        next.set(Screen::Desk);
        return Ok(());
    };
    let done = finished(opened, &sets, &past, who.name());
    let model = BackModel {
        name: &opened.loaded.set.name,
        calls: opened.loaded.set.calls.len(),
        done: done.iter().map(|(_, number)| number.as_str()).collect(),
        profile: who.profile().is_some(),
        kept: shelf.folder().is_some(),
        busy: files.busy(),
        before: before(&sets.notes, who.name()),
    };
    let Some(action) = back_ui(&mut ui, &model, form) else { return Ok(()) };
    wake.now();
    let proxy = proxy.as_deref();
    let place = |typed: &str| PathBuf::from(typed.trim());
    if action == BackAction::ToDesk {
        next.set(Screen::Desk);
        return Ok(());
    }
    form.of_withdrawal = matches!(action, BackAction::ChooseWithdrawal | BackAction::TakeBack);
    let (Some(folder), Ok(id)) = (shelf.folder(), fresh_id()) else { return Ok(()) };
    match action {
        BackAction::ToDesk => {}
        BackAction::Choose => files.choose(proxy, Wanted::Export, &place(&form.file)),
        BackAction::ChooseWithdrawal => files.choose(proxy, Wanted::Export, &place(&form.withdrawal_file)),
        BackAction::Write => {
            let what = HandBack {
                by: who.name().to_owned(),
                records: done.into_iter().map(|(id, _)| id).collect(),
                what: shared(form),
                to: form.to.trim().to_owned(),
                consent: id,
                at: when::now_exactly(),
            };
            let site = who.profile().map(|profile| profile.site.trim().to_owned()).unwrap_or_default();
            form.said = None;
            files.hand_back(proxy, folder, what, site, place(&form.file));
        }
        BackAction::TakeBack => {
            let back = withdrawal(who.name(), None, Vec::new(), &id, &when::now_exactly());
            form.withdrawal_said = None;
            files.take_back(proxy, folder, back, place(&form.withdrawal_file));
        }
    }
    Ok(())
}

/// What is ticked. What somebody wrote about a call goes where the call goes, and nowhere else.
fn shared(form: &Form) -> BTreeSet<Shared> {
    if form.whole == Whole::Decisions {
        return BTreeSet::from([Shared::Decisions]);
    }
    let ticked = [
        (true, Shared::Calls),
        (form.ratings, Shared::SelfRatings),
        (form.reflections, Shared::Reflections),
        (form.comments, Shared::Comments),
    ];
    ticked.into_iter().filter(|(on, _)| *on).map(|(_, what)| what).collect()
}
