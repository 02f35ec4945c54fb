//! The page of handing back.

use bevy_egui::egui::{self, Ui};

use crate::app::screens::parts::{Bar, count, icon_button, said_ui, screen_ui, tag};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::records::Shared;

/// How things stand.
pub struct BackModel<'a> {
    /// Name of the set.
    pub name: &'a str,
    /// How many calls it has.
    pub calls: usize,
    /// Numbers of those that are done.
    pub done: Vec<&'a str>,
    /// Somebody has said who they are.
    pub profile: bool,
    /// Calls are kept here.
    pub kept: bool,
    /// Something is under way with files.
    pub busy: bool,
    pub before: Vec<Before>,
}

/// What was shared before, or taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    /// The day.
    pub on: String,
    pub given: bool,
    pub to: String,
    pub what: Vec<Shared>,
}

/// How much of the calls may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whole {
    #[default]
    Calls,
    Decisions,
}

/// What is ticked and typed.
#[derive(Default)]
pub struct Form {
    pub whole: Whole,
    pub reflections: bool,
    pub ratings: bool,
    pub comments: bool,
    /// Who may see it.
    pub to: String,
    pub file: String,
    pub said: Option<Result<String, String>>,
    /// Taking back has been asked for.
    pub withdrawing: bool,
    /// What is under way is about taking back.
    pub of_withdrawal: bool,
    pub withdrawal_file: String,
    pub withdrawal_said: Option<Result<String, String>>,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackAction {
    ToDesk,
    Choose,
    /// Writes the file.
    Write,
    ChooseWithdrawal,
    /// Writes the file that takes everything back.
    TakeBack,
}

/// The page.
pub fn back_ui(ui: &mut Ui, model: &BackModel, form: &mut Form) -> Option<BackAction> {
    let bar = Bar { title: "Hand back", beside: model.name };
    let right = |ui: &mut Ui| {
        let back = icon_button(ui, icons::ARROW_LEFT, "Back to the desk");
        tag(ui, icons::EYE_SLASH, "Only what you choose");
        back.clicked().then_some(BackAction::ToDesk)
    };
    screen_ui(ui, &bar, right, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        let made = widgets::in_panel(ui, |ui| what_ui(ui, model, form));
        let made = made.or(widgets::in_panel(ui, |ui| file_ui(ui, model, form)));
        made.or(widgets::in_panel(ui, |ui| before_ui(ui, model, form)))
    })
}

fn words(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
}

fn what_ui(ui: &mut Ui, model: &BackModel, form: &mut Form) -> Option<BackAction> {
    widgets::title(ui, "What may be seen", &format!("{} of {} done", model.done.len(), model.calls));
    let waiting = model.calls.saturating_sub(model.done.len());
    let goes = match model.done.len() {
        0 => "Nothing of this set is done yet, so there is nothing to hand back.".to_owned(),
        n => {
            let rest = match waiting {
                0 => String::new(),
                1 => " One is not done yet: hand back again when it is.".to_owned(),
                n => format!(" {n} are not done yet: hand back again when they are."),
            };
            format!("It is about {}: {}.{rest}", count(n, "call", "calls"), model.done.join(", "))
        }
    };
    words(ui, &goes);
    ui.horizontal_wrapped(|ui| {
        for (whole, name) in [(Whole::Calls, "Whole calls"), (Whole::Decisions, "Decisions only")] {
            if widgets::choice(ui, form.whole == whole, name).clicked() {
                form.whole = whole;
            }
        }
    });
    words(
        ui,
        match form.whole {
            Whole::Calls => {
                "Every word of these calls, their marks, and what you contested of them. A trainer may read them; in a session one is \
                             replayed only if you say yes on the day."
            }
            Whole::Decisions => {
                "What you decided and where you sent the caller. Nothing of what was said: no \
                                 transcript, no replay, no reflections."
            }
        },
    );
    if form.whole == Whole::Calls {
        widgets::caption(ui, "And what you wrote about them, if you like");
        let ticks = [
            (&mut form.reflections, "My reflections"),
            (&mut form.ratings, "How I rated myself"),
            (&mut form.comments, "Comments I wrote"),
        ];
        for (ticked, name) in ticks {
            widgets::tick(ui, ticked, name, name);
        }
    }
    widgets::caption(ui, "Who may see it");
    widgets::field(ui, egui::Id::new("who may see it"), &mut form.to, "Who may see it", "");
    words(ui, "What you choose here holds for all your calls that they have, those of earlier files too.");
    None
}

fn file_ui(ui: &mut Ui, model: &BackModel, form: &mut Form) -> Option<BackAction> {
    let mut action = None;
    widgets::title(ui, "The file", "one file, which you give to whoever handed out the set");
    if !model.profile {
        words(ui, "Handing back needs a profile: your calls bear its name. Choose or make one under Settings.");
    }
    let in_browser = cfg!(target_arch = "wasm32");
    if !in_browser {
        widgets::field(ui, egui::Id::new("hand back file"), &mut form.file, "File", "");
    }
    let ready = model.profile && model.kept && !model.busy;
    ui.horizontal_wrapped(|ui| {
        let can = ready && !model.done.is_empty() && !form.to.trim().is_empty();
        let name = if in_browser { "Download the file" } else { "Write the file" };
        if ui.add_enabled_ui(can, |ui| widgets::primary(ui, name)).inner.clicked() {
            action = Some(BackAction::Write);
        }
        if !in_browser
            && ui.add_enabled_ui(!model.busy, |ui| widgets::button(ui, "Choose where to write…")).inner.clicked()
        {
            action = Some(BackAction::Choose);
        }
    });
    said_ui(ui, form.said.as_ref());
    action
}

/// What was said, in words: "whole calls, reflections".
fn what(shared: &[Shared]) -> String {
    let one = |what: &Shared| match what {
        Shared::Calls => "whole calls",
        Shared::Decisions => "decisions",
        Shared::SelfRatings => "self-ratings",
        Shared::Reflections => "reflections",
        Shared::Comments => "comments",
    };
    shared.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn before_ui(ui: &mut Ui, model: &BackModel, form: &mut Form) -> Option<BackAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "What you shared before", "your last word counts");
    if model.before.is_empty() {
        words(ui, "Nothing yet.");
    }
    for before in model.before.iter().take(8) {
        let said = match (before.given, before.what.is_empty()) {
            (true, true) => format!("{}: {} may see whole calls", before.on, before.to),
            (true, false) => format!("{}: {} may see {}", before.on, before.to, what(&before.what)),
            (false, true) => format!("{}: you took everything back", before.on),
            (false, false) => format!("{}: you took back {}", before.on, what(&before.what)),
        };
        ui.add(egui::Label::new(rich(said, text::regular(text::BODY), p.text)).wrap());
    }
    let ready = model.profile && model.kept && !model.busy;
    if form.withdrawing {
        words(
            ui,
            "A small file is written that takes back everything you have shared. Where it is brought in, your calls and \
             decisions are shown to nobody any more. What was said in a session cannot be unsaid.",
        );
        let in_browser = cfg!(target_arch = "wasm32");
        if !in_browser {
            let id = egui::Id::new("taken back file");
            widgets::field(ui, id, &mut form.withdrawal_file, "File that takes it back", "");
        }
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Yes, take it all back")).inner.clicked() {
                action = Some(BackAction::TakeBack);
            }
            if !in_browser && widgets::button(ui, "Choose where that file goes…").clicked() {
                action = Some(BackAction::ChooseWithdrawal);
            }
            if widgets::button(ui, "Leave it shared").clicked() {
                form.withdrawing = false;
            }
        });
    } else if model.before.first().is_some_and(|before| before.given)
        && ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Take it back…")).inner.clicked()
    {
        form.withdrawing = true;
        form.withdrawal_said = None;
    }
    said_ui(ui, form.withdrawal_said.as_ref());
    action
}
