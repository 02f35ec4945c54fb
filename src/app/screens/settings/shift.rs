//! Files: export, import, and the end of a shift.

use bevy_egui::egui::{self, Ui};

use super::page::{Form, SettingsAction, SettingsModel};
use crate::app::files::{Eyes, GOES_TO, IMPORT, Wanted};
use crate::app::screens::parts::{icon_button, said_ui};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn files_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form) -> Option<SettingsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "Calls in and out", "nothing leaves this machine by itself");
    // A browser asks itself, or puts a download where it puts them all.
    let in_browser = cfg!(target_arch = "wasm32");
    if !in_browser {
        widgets::caption(ui, "File");
        widgets::field(ui, egui::Id::new("calls file"), &mut form.file, "File", "");
    }
    ui.add_enabled_ui(!model.busy && model.folder.is_some(), |ui| {
        ui.horizontal_wrapped(|ui| {
            if in_browser {
                return;
            }
            if widgets::button(ui, "Choose where to write…").clicked() {
                action = Some(SettingsAction::ChooseFile(Wanted::Export));
            }
            if widgets::button(ui, "Choose a file to read…").clicked() {
                action = Some(SettingsAction::ChooseFile(Wanted::Import));
            }
        });
        ui.horizontal_wrapped(|ui| {
            let exports = [
                (icons::EXPORT, "Export my calls", Eyes::Mine),
                (icons::SHARE_NETWORK, "Export for my trainer", Eyes::Trainer),
            ];
            for (icon, words, eyes) in exports {
                let button = widgets::button(ui, &format!("{icon}  {words}"));
                widgets::named(ui, &button, words);
                if button.clicked() {
                    action = Some(SettingsAction::Export(eyes));
                }
            }
            let import = widgets::button(ui, &format!("{}  {IMPORT}", icons::DOWNLOAD_SIMPLE));
            widgets::named(ui, &import, IMPORT);
            if import.clicked() {
                action = Some(SettingsAction::Import { keep_good: false });
            }
            if form.good_part.is_some() && widgets::button(ui, "Import what is good").clicked() {
                action = Some(SettingsAction::Import { keep_good: true });
            }
        });
    });
    let words = "For my trainer: without the reflections, ratings and comments that are not shared.";
    ui.label(rich(words, text::regular(text::CAPTION), p.text2));
    ui.horizontal_wrapped(|ui| {
        // Whoever has no name here has no evidence of their own.
        let evidence = (icons::IDENTIFICATION_BADGE, "My evidence by competence", SettingsAction::Evidence);
        let session = (icons::PRESENTATION_CHART, "Decide in a session", SettingsAction::Round);
        for (icon, words, does) in model.profile.map(|_| evidence).into_iter().chain([session]) {
            if icon_button(ui, icon, words).clicked() {
                action = Some(does);
            }
        }
    });
    said_ui(ui, form.said.as_ref());
    ui.add_space(6.0);
    ui.separator();
    if let Some(profile) = model.profile {
        action = finish_ui(ui, model, form, &profile.name).or(action);
    } else {
        ui.label(rich("Finish shift needs a profile: it takes your own calls.", text::regular(text::CAPTION), p.text2));
    }
    action
}

fn finish_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form, name: &str) -> Option<SettingsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "Finish shift", "export and wipe");
    ui.label(rich(
        format!("Writes the calls, marks and reflections of {name} {GOES_TO}, and then wipes them from this machine."),
        text::regular(text::BODY),
        p.text2,
    ));
    if model.in_call {
        ui.label(rich("A call is going on. Finish it, or break it off, first.", text::regular(text::BODY), p.cue));
        return None;
    }
    if !form.ending {
        let finish = widgets::button(ui, &format!("{}  Finish shift…", icons::SIGN_OUT));
        widgets::named(ui, &finish, "Finish shift…");
        if finish.clicked() {
            (form.ending, form.ending_fresh) = (true, true);
        }
        return None;
    }
    if form.written.is_some() && !form.finishing {
        return have_ui(ui, form);
    }
    widgets::tick(ui, &mut form.forget_me, "Forget my profile on this machine, too", "Forget my profile");
    ui.add_enabled_ui(!model.busy, |ui| {
        ui.horizontal_wrapped(|ui| {
            if widgets::primary(ui, "Export, then wipe").clicked() {
                action = Some(SettingsAction::FinishShift { export: true });
            }
            let words = if form.sure { "Wipe for good, without export" } else { "Wipe without export…" };
            if widgets::button(ui, words).clicked() {
                if form.sure {
                    action = Some(SettingsAction::FinishShift { export: false });
                }
                form.sure = !form.sure;
            }
            let not_now = widgets::button(ui, "Not now");
            if std::mem::take(&mut form.ending_fresh) {
                not_now.request_focus();
            }
            if not_now.clicked() {
                form.ending = false;
                form.sure = false;
            }
        });
    });
    if form.sure {
        ui.label(rich("What is wiped cannot be had again.", text::regular(text::BODY), p.safety));
    }
    action
}

/// Where nobody can tell us that the file has come: the user looks.
fn have_ui(ui: &mut Ui, form: &mut Form) -> Option<SettingsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let words = "Look whether the file is there, and not empty. What is wiped cannot be had again.";
    ui.label(rich(words, text::regular(text::BODY), p.safety));
    ui.horizontal_wrapped(|ui| {
        if widgets::primary(ui, "I have the file: wipe").clicked() {
            action = Some(SettingsAction::FinishShift { export: false });
        }
        if widgets::button(ui, "Not now").clicked() {
            (form.written, form.ending) = (None, false);
        }
    });
    action
}
