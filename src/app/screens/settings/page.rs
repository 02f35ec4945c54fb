//! The settings, painted: panels in two columns where there is room.

use std::path::PathBuf;

use bevy_egui::egui::{self, Frame, Margin, ScrollArea, Ui};

use super::{keys_page, shift};
use crate::app::files::{Eyes, Wanted};
use crate::app::keys::{self, Command};
use crate::app::profile::Profile;
use crate::app::screens::NOTICE;
use crate::app::screens::first_run::who_sees_what_ui;
use crate::app::screens::parts::said_ui;
use crate::app::settings::{Captions, SPEECH, Settings, TEXT, VOICE, VOLUME};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{Theme, widgets};
use crate::app::voice::Device;
use crate::records::Mode;
use crate::standards::Id;

/// How things stand.
pub struct SettingsModel<'a> {
    pub settings: &'a Settings,
    pub profile: Option<&'a Profile>,
    /// Id and name.
    pub roles: Vec<(Id, String)>,
    pub trainer: bool,
    pub has_trainer_pin: bool,
    /// Where calls are kept; absent: nowhere.
    pub folder: Option<String>,
    /// Version of the standards.
    pub standards: String,
    /// Something is under way with files.
    pub busy: bool,
    /// A call is going on.
    pub in_call: bool,
    /// What there is to be heard with, where it can be chosen.
    pub devices: Vec<Device>,
}

/// What is typed and not yet done.
#[derive(Default)]
pub struct Form {
    pub site: String,
    pub pin: String,
    pub pin_again: String,
    /// Taking the PIN away has been asked for once.
    pub sure_of_pin: bool,
    /// What came of it, said beside it.
    pub pin_said: Option<Result<String, String>>,
    pub trainer_pin: String,
    pub trainer_pin_again: String,
    pub trainer_said: Option<Result<String, String>>,
    /// Path of the file to write or to read.
    pub file: String,
    /// Eyes new key is being listened for.
    pub listening: Option<Command>,
    /// What came of the last key.
    pub key_said: Option<String>,
    pub said: Option<Result<String, String>>,
    /// A file of which the good part can be had.
    pub good_part: Option<PathBuf>,
    /// The end of the shift has been asked for.
    pub ending: bool,
    /// It has just been asked for: what it asks wants the keyboard.
    pub ending_fresh: bool,
    /// Wiping without an export has been asked for once.
    pub sure: bool,
    pub forget_me: bool,
    pub finishing: bool,
    /// Pseudonym of whose shift it is.
    pub whose: String,
    /// Where the calls of this shift were written.
    pub written: Option<String>,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsAction {
    Change(Box<Settings>),
    Role(Id),
    Site,
    /// Sets the PIN that is typed.
    Pin,
    /// Takes it away.
    NoPin,
    /// The first call again, untimed and unmarked.
    GuidedCall,
    SwitchPerson,
    OpenTrainer,
    CloseTrainer,
    /// Writes one's own evidence by competence.
    Evidence,
    /// Leads to deciding for a session on one's own device.
    Round,
    ChooseFile(Wanted),
    Export(Eyes),
    Import {
        keep_good: bool,
    },
    FinishShift {
        export: bool,
    },
}

/// The whole screen.
pub fn settings_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form) -> Option<SettingsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    egui::Panel::top("settings top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(20, 14)))
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::heading(ui, "Settings");
        });
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(12))).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let mut new = model.settings.clone();
            let mut take = |found: Option<SettingsAction>| action = found.or(action.take());
            widgets::two_columns(ui, 820.0, |ui, column| {
                take(match column {
                    0 => left_ui(ui, model, form, &mut new),
                    _ => right_ui(ui, model, form, &mut new),
                });
            });
            if new != *model.settings {
                action = Some(SettingsAction::Change(Box::new(new)));
            }
        });
    });
    action
}

fn left_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form, new: &mut Settings) -> Option<SettingsAction> {
    let mut action = widgets::in_panel(ui, |ui| look_ui(ui, new));
    widgets::in_panel(ui, |ui| sound_ui(ui, new, &model.devices));
    widgets::in_panel(ui, |ui| calls_ui(ui, new));
    action = widgets::in_panel(ui, |ui| me_ui(ui, model, form)).or(action);
    action = widgets::in_panel(ui, |ui| trainer_ui(ui, model, form)).or(action);
    action
}

fn right_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form, new: &mut Settings) -> Option<SettingsAction> {
    let action = widgets::in_panel(ui, |ui| shift::files_ui(ui, model, form));
    widgets::in_panel(ui, who_sees_what_ui);
    widgets::in_panel(ui, |ui| about_ui(ui, model));
    // Last: there are so many that whoever goes by Tab would not get past them.
    widgets::in_panel(ui, |ui| keys_page::keys_ui(ui, &mut new.keys, form));
    action
}

/// A row of which one is chosen.
fn choices<T: PartialEq>(ui: &mut Ui, chosen: &mut T, offered: impl IntoIterator<Item = (T, impl AsRef<str>)>) {
    ui.horizontal_wrapped(|ui| {
        for (one, name) in offered {
            if widgets::choice(ui, *chosen == one, name.as_ref()).clicked() {
                *chosen = one;
            }
        }
    });
}

fn look_ui(ui: &mut Ui, settings: &mut Settings) -> Option<SettingsAction> {
    widgets::title(ui, "Look", "");
    widgets::caption(ui, "Text size");
    choices(ui, &mut settings.zoom_percent, TEXT.map(|size| (size, format!("{size} %"))));
    widgets::caption(ui, "Colours");
    choices(ui, &mut settings.theme, [(Theme::Dark, "Dark"), (Theme::Light, "Light")]);
    let words = "Reduce motion: nothing moves that need not";
    widgets::tick(ui, &mut settings.reduced_motion, words, "Reduce motion");
    None
}

fn sound_ui(ui: &mut Ui, settings: &mut Settings, devices: &[Device]) {
    let p = Palette::of(ui);
    widgets::title(ui, "Sound", "");
    let key = keys::words(ui.ctx(), Command::Sound);
    let words = format!("Hear the callers ({key}, also in a call)");
    widgets::tick(ui, &mut settings.sound, &words, "Hear the callers");
    let words = "Lines without a recording are spoken by this machine's own voice";
    widgets::tick(ui, &mut settings.system_voice, words, "This machine's own voice");
    // Where there is one thing to be heard with, there is nothing to choose.
    if devices.len() > 1 || !settings.output.is_empty() {
        widgets::caption(ui, "Heard with");
        let usual = (String::new(), "What the system takes".to_owned());
        let all = devices.iter().map(|device| (device.id.clone(), device.name.clone()));
        choices(ui, &mut settings.output, std::iter::once(usual).chain(all));
        if !settings.output.is_empty() && devices.iter().all(|device| device.id != settings.output) {
            let words = "What was chosen is not here now: it is heard with what the system takes.";
            ui.label(rich(words, text::regular(text::CAPTION), p.text2));
        }
    }
    widgets::caption(ui, "Volume");
    choices(ui, &mut settings.volume_percent, VOLUME.map(|volume| (volume, format!("Volume {volume} %"))));
    widgets::caption(ui, "How fast voices speak");
    choices(ui, &mut settings.voice_percent, VOICE.map(|speed| (speed, format!("Voice {speed} %"))));
    widgets::caption(ui, "Captions");
    choices(ui, &mut settings.captions, Captions::ALL);
    let about = match settings.captions {
        Captions::Spoken => "Words show as they are spoken; in an exam what was said is gone, as on the phone.",
        Captions::Whole => "All words stay to be read, in exams too. Nobody is marked by it.",
        Captions::Unheard => "Listening practice: what a voice speaks is not shown; what has no voice yet is.",
    };
    ui.label(rich(about, text::regular(text::CAPTION), p.text2));
}

fn calls_ui(ui: &mut Ui, settings: &mut Settings) {
    let p = Palette::of(ui);
    widgets::title(ui, "Calls", "");
    widgets::caption(ui, "How fast lines pass that are only read");
    choices(ui, &mut settings.speech_percent, SPEECH.map(|speed| (speed, format!("Speech {speed} %"))));
    widgets::caption(ui, "Feedback");
    choices(ui, &mut settings.feedback, [(Mode::Coach, "Coach"), (Mode::Exam, "Exam")]);
    let about = match settings.feedback {
        Mode::Exam => "Earlier lines of the transcript and the tension are hidden, as at work.",
        _ => "The whole transcript and the tension can be seen.",
    };
    ui.label(rich(about, text::regular(text::CAPTION), p.text2));
}

fn me_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form) -> Option<SettingsAction> {
    let mut action = None;
    let Some(profile) = model.profile else {
        widgets::title(ui, "Your profile", "");
        ui.label("You practise without a profile.");
        return widgets::button(ui, "Choose or make a profile").clicked().then_some(SettingsAction::SwitchPerson);
    };
    widgets::title(ui, "Your profile", &profile.name);
    widgets::caption(ui, "I take calls as");
    ui.horizontal_wrapped(|ui| {
        for (id, name) in &model.roles {
            if widgets::choice(ui, profile.role.as_ref() == Some(id), name).clicked() {
                action = Some(SettingsAction::Role(id.clone()));
            }
        }
    });
    widgets::caption(ui, "Where you work");
    let id = egui::Id::new("my site");
    let on = widgets::entered(ui, id);
    let site = widgets::field(ui, id, &mut form.site, "Site", "");
    if (on || site.lost_focus()) && form.site.trim() != profile.site {
        action = Some(SettingsAction::Site);
    }
    widgets::caption(ui, "PIN: four signs or more. It keeps colleagues out; it does not encrypt the disk.");
    ui.horizontal_wrapped(|ui| {
        widgets::secret(ui, egui::Id::new("my pin"), &mut form.pin, "New PIN", 150.0);
        widgets::secret(ui, egui::Id::new("my pin again"), &mut form.pin_again, "The same again", 150.0);
        let words = if profile.pin.is_some() { "Change the PIN" } else { "Set the PIN" };
        if ui.add_enabled_ui(!form.pin.is_empty(), |ui| widgets::button(ui, words)).inner.clicked() {
            action = Some(SettingsAction::Pin);
        }
        if profile.pin.is_some() {
            let words = if form.sure_of_pin { "Take it away for good" } else { "Take the PIN away…" };
            if widgets::button(ui, words).clicked() {
                if form.sure_of_pin {
                    action = Some(SettingsAction::NoPin);
                }
                form.sure_of_pin = !form.sure_of_pin;
            }
        }
    });
    said_ui(ui, form.pin_said.as_ref());
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if widgets::button(ui, "Somebody else is practising").clicked() {
            action = Some(SettingsAction::SwitchPerson);
        }
        let ready = profile.role.is_some() && !model.in_call;
        if ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Take the guided call")).inner.clicked() {
            action = Some(SettingsAction::GuidedCall);
        }
    });
    action
}

/// The field of the trainer's PIN.
pub fn trainer_pin() -> egui::Id {
    egui::Id::new("trainer pin")
}

fn trainer_ui(ui: &mut Ui, model: &SettingsModel, form: &mut Form) -> Option<SettingsAction> {
    let p = Palette::of(ui);
    widgets::title(ui, "Trainer's workspace", "call sets, a team's calls, sessions, model answers");
    if model.trainer {
        let keys = [Command::ToReview, Command::ToAnswers].map(|command| keys::words(ui.ctx(), command));
        let where_ = format!(
            "It is open: the review room ({}) and model answers ({}) stand in the rail on the left.",
            keys[0], keys[1]
        );
        ui.add(egui::Label::new(where_).wrap());
        return widgets::button(ui, "Close the trainer's workspace").clicked().then_some(SettingsAction::CloseTrainer);
    }
    let about = if model.has_trainer_pin {
        "Give the trainer's PIN."
    } else {
        "Nobody has opened it on this machine yet. It is for whoever trains here to choose its PIN: if that is not you, \
         leave it to them."
    };
    ui.label(rich(about, text::regular(text::CAPTION), p.text2));
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let id = trainer_pin();
        let mut on = widgets::entered(ui, id);
        widgets::secret(ui, id, &mut form.trainer_pin, "Trainer's PIN", 150.0);
        if !model.has_trainer_pin {
            let again = egui::Id::new("trainer pin again");
            on |= widgets::entered(ui, again);
            widgets::secret(ui, again, &mut form.trainer_pin_again, "The trainer's PIN again", 190.0);
        }
        if widgets::button(ui, "Open the trainer's workspace").clicked() || on {
            action = Some(SettingsAction::OpenTrainer);
        }
    });
    said_ui(ui, form.trainer_said.as_ref());
    ui.label(rich(
        "It keeps model answers out of sight. It is not encryption: whoever has the disk can read everything.",
        text::regular(text::CAPTION),
        p.text3,
    ));
    action
}

fn about_ui(ui: &mut Ui, model: &SettingsModel) {
    let p = Palette::of(ui);
    widgets::title(ui, "About", "");
    let kept =
        model.folder.as_ref().map_or("Calls are kept nowhere.".to_owned(), |at| format!("Calls are kept in {at}."));
    for words in [
        format!("Rightcall {}, standards {}.", env!("CARGO_PKG_VERSION"), model.standards),
        NOTICE.to_owned(),
        kept,
        "Type: Atkinson Hyperlegible (SIL Open Font Licence). Icons: Phosphor (MIT).".to_owned(),
    ] {
        ui.label(rich(words, text::regular(text::CAPTION), p.text2));
    }
}
