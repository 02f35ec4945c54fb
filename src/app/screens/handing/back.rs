//! Bringing files back: looked into, chosen from, brought in.

use bevy_egui::egui::{self, ProgressBar, Ui};

use super::HandingAction;
use super::page::HandingModel;
use super::people::people_ui;
use crate::app::bringing::{BadFile, Found, Report, Stage};
use crate::app::screens::parts::{count, icon_button, said_ui};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::sharing::bringing::Progress;

/// What is typed and asked.
#[derive(Debug, Default)]
pub struct BackForm {
    /// A file or a folder.
    pub path: String,
    pub said: Option<Result<String, String>>,
    /// What has been waited for is there, and the keyboard goes to what comes next.
    pub fresh: bool,
    /// Look-alikes of which it is asked whether they are one person, by their place.
    pub joining: Option<usize>,
    /// Those that were joined.
    pub joined: Vec<String>,
}

/// How many bad files are shown.
const BAD_FILES: usize = 12;

/// The half of the page.
pub fn back_ui(ui: &mut Ui, model: &HandingModel, stage: &mut Stage, form: &mut BackForm) -> Option<HandingAction> {
    if matches!(stage, Stage::LookingInto(_) | Stage::BringingIn(_) | Stage::Marking(..)) {
        form.fresh = true;
    }
    match stage {
        Stage::Nothing => widgets::in_panel(ui, |ui| choose_ui(ui, model, form)),
        Stage::LookingInto(progress) => {
            let words = "Looking into the files. Nothing is kept yet.";
            widgets::in_panel(ui, |ui| progress_ui(ui, words, progress.as_ref()))
        }
        Stage::BringingIn(progress) => widgets::in_panel(ui, |ui| progress_ui(ui, "Bringing in…", progress.as_ref())),
        Stage::Marking(now, all) => {
            let (now, all) = (*now, *all);
            widgets::in_panel(ui, |ui| marking_ui(ui, now, all))
        }
        Stage::Failed(why) => {
            let said = Err(if why.is_empty() { "It was stopped.".to_owned() } else { why.clone() });
            let made = widgets::in_panel(ui, |ui| choose_ui(ui, model, form));
            widgets::in_panel(ui, |ui| said_ui(ui, Some(&said)));
            made
        }
        Stage::Found(found) => found_ui(ui, model, found, form),
        Stage::Done(report) => {
            let report = report.clone();
            widgets::in_panel(ui, |ui| done_ui(ui, model, &report, form))
        }
    }
}

fn words(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
}

fn choose_ui(ui: &mut Ui, model: &HandingModel, form: &mut BackForm) -> Option<HandingAction> {
    let mut action = None;
    let in_browser = cfg!(target_arch = "wasm32");
    widgets::title(ui, "Files that came back", "looked into first; nothing is kept before you say so");
    let how = if in_browser {
        "Choose the files that people gave you, or drop them here: many at once."
    } else {
        "Choose the files that people gave you, drop files or a folder here, or type the path of a folder: every \
         .jsonl in it and below is looked into."
    };
    words(ui, how);
    if !model.kept {
        words(ui, "Nothing is being kept on this machine, so nothing can be brought in.");
        return None;
    }
    if !in_browser {
        let id = egui::Id::new("came back from");
        let on = widgets::entered(ui, id);
        widgets::field(ui, id, &mut form.path, "File or folder", "");
        if on && !form.path.trim().is_empty() {
            action = Some(HandingAction::LookInto);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let choose = icon_button(ui, icons::FOLDER_OPEN, "Choose files…");
        if choose.clicked() && !model.busy {
            action = Some(HandingAction::ChooseFiles);
        }
        let typed = !form.path.trim().is_empty();
        let look = |ui: &mut Ui| widgets::primary(ui, "Look into it");
        if !in_browser && ui.add_enabled_ui(typed, look).inner.clicked() {
            action = Some(HandingAction::LookInto);
        }
    });
    said_ui(ui, form.said.as_ref());
    action
}

fn progress_ui(ui: &mut Ui, what: &str, progress: Option<&Progress>) -> Option<HandingAction> {
    let p = Palette::of(ui);
    widgets::title(ui, "Files that came back", "");
    ui.label(rich(what, text::regular(text::BODY), p.text2));
    if let Some(progress) = progress {
        let (now, all) = progress.bytes;
        let share = if all == 0 { 0.0 } else { now as f32 / all as f32 };
        let bar = ui.add(ProgressBar::new(share).fill(p.accent));
        widgets::named(ui, &bar, what);
        let words = format!(
            "{} of {} · {} of {} MiB · {}",
            progress.files.0,
            count(progress.files.1, "file", "files"),
            now >> 20,
            all >> 20,
            count(usize::try_from(progress.calls).unwrap_or(usize::MAX), "call", "calls"),
        );
        let said = ui.label(rich(words, text::mono(text::BODY), p.text));
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    widgets::button(ui, "Stop").clicked().then_some(HandingAction::Stop)
}

fn marking_ui(ui: &mut Ui, now: usize, all: usize) -> Option<HandingAction> {
    let p = Palette::of(ui);
    let what = "Everything is here. Now the calls are marked.";
    widgets::title(ui, "Files that came back", "");
    ui.label(rich(what, text::regular(text::BODY), p.text2));
    let bar = ui.add(ProgressBar::new(now as f32 / all.max(1) as f32).fill(p.accent));
    widgets::named(ui, &bar, what);
    let said =
        ui.label(rich(format!("{now} of {} marked", count(all, "call", "calls")), text::mono(text::BODY), p.text));
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    widgets::button(ui, "Mark the rest later").clicked().then_some(HandingAction::Stop)
}

fn found_ui(ui: &mut Ui, model: &HandingModel, found: &mut Found, form: &mut BackForm) -> Option<HandingAction> {
    let mut made = None;
    if !found.bad.is_empty() || !found.problems.is_empty() {
        widgets::in_panel(ui, |ui| bad_ui(ui, found));
    }
    if found.people.is_empty() {
        widgets::in_panel(ui, |ui| {
            widgets::title(ui, "Who is in the files", "");
            words(ui, "Nobody: there are no calls in them that could be brought in.");
            if widgets::button(ui, "Choose other files").clicked() {
                made = Some(HandingAction::Afresh);
            }
        });
        return made;
    }
    // Before the list: of two hundred people it would be far below.
    widgets::in_panel(ui, |ui| {
        let wanted: Vec<_> = found.people.iter().filter(|person| found.is_wanted(person)).collect();
        let new: u64 = wanted.iter().map(|person| person.new).sum();
        let calls = count(usize::try_from(new).unwrap_or(usize::MAX), "new call", "new calls");
        let at_most = if found.has_days() { " at most" } else { "" };
        words(ui, &format!("{} with {calls}{at_most}.", count(wanted.len(), "person", "people")));
        ui.horizontal_wrapped(|ui| {
            let bring = ui.add_enabled_ui(model.kept, |ui| widgets::primary(ui, "Bring in")).inner;
            if std::mem::take(&mut form.fresh) {
                bring.request_focus();
            }
            if bring.clicked() {
                made = Some(HandingAction::BringIn);
            }
            if widgets::button(ui, "Choose other files").clicked() {
                made = Some(HandingAction::Afresh);
            }
        });
        said_ui(ui, form.said.as_ref());
    });
    widgets::in_panel(ui, |ui| people_ui(ui, found));
    made
}

fn bad_ui(ui: &mut Ui, found: &mut Found) {
    let p = Palette::of(ui);
    let bad = count(found.bad.len(), "file is not as it should be", "files are not as they should be");
    widgets::title(ui, "What is wrong", &bad);
    for problem in &found.problems {
        ui.add(egui::Label::new(rich(problem, text::regular(text::BODY), p.safety)).wrap());
    }
    for file in found.bad.iter().take(BAD_FILES) {
        file_ui(ui, file);
    }
    if found.bad.len() > BAD_FILES {
        words(ui, &format!("and {} more files", found.bad.len() - BAD_FILES));
    }
    if found.bad.iter().any(|file| !file.good.is_empty()) {
        let words = "Also bring in what is good in these files";
        widgets::tick(ui, &mut found.choice.good, words, words);
    }
}

fn file_ui(ui: &mut Ui, file: &BadFile) {
    let p = Palette::of(ui);
    ui.separator();
    let title = format!("{}  {}", icons::WARNING_CIRCLE, file.name);
    ui.add(egui::Label::new(rich(title, text::bold(text::BODY), p.text)).wrap());
    for finding in &file.findings {
        ui.add(egui::Label::new(rich(finding, text::mono(text::CAPTION), p.text2)).wrap());
    }
    if file.more > 0 {
        words(ui, &format!("and {} more findings", file.more));
    }
    let good = if file.good.is_empty() {
        "There is nothing good in it.".to_owned()
    } else {
        format!("Good in it: {}.", file.good)
    };
    words(ui, &good);
}

fn done_ui(ui: &mut Ui, model: &HandingModel, report: &Report, form: &mut BackForm) -> Option<HandingAction> {
    let p = Palette::of(ui);
    let mut made = None;
    widgets::title(ui, "Brought in", "");
    for (n, line) in report.lines.iter().enumerate() {
        let icon = if n == 0 { format!("{}  ", icons::CHECK_CIRCLE) } else { String::new() };
        let said = ui.add(egui::Label::new(rich(format!("{icon}{line}"), text::regular(text::BODY), p.text)).wrap());
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    for names in &form.joined {
        words(ui, &format!("{names} count as one person from now on."));
    }
    for (place, group) in model.alike.iter().enumerate() {
        made = made.take().or(alike_ui(ui, place, group, form));
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let see = widgets::primary(ui, "See them in the review room");
        if std::mem::take(&mut form.fresh) {
            see.request_focus();
        }
        if see.clicked() {
            made = Some(HandingAction::ToReview);
        }
        if widgets::button(ui, "Bring more files back").clicked() {
            form.joined.clear();
            made = Some(HandingAction::Afresh);
        }
    });
    made
}

fn alike_ui(ui: &mut Ui, place: usize, group: &[String], form: &mut BackForm) -> Option<HandingAction> {
    let p = Palette::of(ui);
    let names = group.join(" and ");
    let mut made = None;
    widgets::notice(ui, p.cue, p.cue_soft, |ui| {
        if form.joining == Some(place) {
            let words = format!(
                "Are {names} one person, who took calls on two machines? Then their calls count as one person's. It \
                 cannot be undone."
            );
            ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
            ui.horizontal_wrapped(|ui| {
                if widgets::button(ui, "Yes, one person").clicked() {
                    made = Some(HandingAction::Join(place));
                }
                if widgets::button(ui, "No, leave them apart").clicked() {
                    made = Some(HandingAction::Apart(place));
                }
            });
            return;
        }
        let words = format!("{names} look like one person’s names.");
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
        let join = widgets::button(ui, "Join them…");
        widgets::named(ui, &join, &format!("Join {names}…"));
        if join.clicked() {
            form.joining = Some(place);
        }
    });
    made
}
