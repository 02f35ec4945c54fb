//! The first screen, painted: choose yourself, or make a profile.

use bevy_egui::egui::{self, Align, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use crate::app::screens::NOTICE;
use crate::app::shell;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::standards::Id;

/// Who there is, and what one can be.
pub struct FirstRunModel {
    pub people: Vec<Person>,
    /// Id, name, scope, registered.
    pub roles: Vec<(Id, String, String, bool)>,
    /// Why nothing is kept.
    pub trouble: Option<String>,
    /// What became of a shift that has just been finished.
    pub finished: Option<String>,
}

/// A profile on this machine.
pub struct Person {
    pub name: String,
    pub role: String,
    pub has_pin: bool,
}

/// What is typed.
#[derive(Default)]
pub struct Form {
    /// A new profile is being made though there are others.
    pub new: bool,
    /// Whose PIN is asked for.
    pub asked: Option<usize>,
    pub pin: String,
    pub name: String,
    pub role: Option<Id>,
    pub site: String,
    pub new_pin: String,
    pub pin_again: String,
    pub said: Option<String>,
    /// The keyboard has been given its first place.
    pub begun: bool,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstRunAction {
    SignIn(usize),
    Create {
        guided: bool,
    },
    /// Practises without a profile.
    Without,
}

/// The whole screen.
pub fn first_run_ui(ui: &mut Ui, model: &FirstRunModel, form: &mut Form) -> Option<FirstRunAction> {
    let p = Palette::of(ui);
    let mut action = None;
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(16))).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let width = ui.available_width().min(980.0);
            let side = ((ui.available_width() - width) / 2.0).max(0.0);
            ui.horizontal_top(|ui| {
                ui.add_space(side);
                ui.vertical(|ui| {
                    ui.set_width(width - 8.0);
                    head_ui(ui, model);
                    let choosing = !model.people.is_empty() && !form.new;
                    action = if choosing { people_ui(ui, model, form) } else { new_ui(ui, model, form) };
                });
            });
        });
    });
    action
}

fn head_ui(ui: &mut Ui, model: &FirstRunModel) {
    let p = Palette::of(ui);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        shell::logo(ui);
        ui.vertical(|ui| {
            let title = ui.label(rich("Rightcall", text::bold(text::HERO), p.text));
            widgets::is_title(ui, &title, "Rightcall");
            ui.label(rich("Practise answering urgent-care calls", text::regular(text::BODY), p.text2));
        });
    });
    ui.add_space(6.0);
    widgets::notice(ui, p.cue, p.cue_soft, |ui| {
        ui.label(rich(format!("{}  {NOTICE}", icons::GRADUATION_CAP), text::regular(text::BODY), p.text));
    });
    if let Some(finished) = &model.finished {
        ui.add_space(6.0);
        let words = format!("{}  {finished}", icons::CHECK_CIRCLE);
        let shown = widgets::notice(ui, p.ok, p.ok_soft, |ui| {
            ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap())
        });
        ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    if let Some(trouble) = &model.trouble {
        ui.add_space(6.0);
        widgets::notice(ui, p.safety, p.safety_soft, |ui| {
            let words =
                format!("Nothing can be kept: {trouble}. You can still take a call, and export it before you leave.");
            ui.label(rich(words, text::regular(text::BODY), p.text));
        });
    }
    ui.add_space(6.0);
}

fn people_ui(ui: &mut Ui, model: &FirstRunModel, form: &mut Form) -> Option<FirstRunAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "Who is practising?", "");
        for (place, person) in model.people.iter().enumerate() {
            let says = if person.role.is_empty() {
                person.name.clone()
            } else {
                format!("{} · {}", person.name, person.role)
            };
            let label = if person.has_pin { format!("{}  {says}", icons::LOCK_SIMPLE) } else { says };
            let button = egui::Button::new(label).min_size(vec2(ui.available_width().min(460.0), 44.0));
            let response = ui.add(button);
            widgets::ring(ui, &response);
            if response.clicked() {
                form.said = None;
                form.pin.clear();
                if person.has_pin {
                    form.asked = Some(place);
                    form.begun = false;
                } else {
                    action = Some(FirstRunAction::SignIn(place));
                }
            }
            if form.asked == Some(place) {
                action = pin_ui(ui, form, place).or(action.take());
            }
        }
        said_ui(ui, form);
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            if widgets::button(ui, &format!("{}  Somebody else", icons::PLUS)).clicked() {
                form.new = true;
                form.said = None;
            }
            if widgets::button(ui, "Practise without a profile").clicked() {
                action = Some(FirstRunAction::Without);
            }
        });
        ui.label(rich(
            "A PIN keeps colleagues out of your reflections. It does not encrypt the disk.",
            text::regular(text::CAPTION),
            p.text3,
        ));
    });
    action
}

fn pin_id() -> egui::Id {
    egui::Id::new("sign in pin")
}

fn pin_ui(ui: &mut Ui, form: &mut Form, place: usize) -> Option<FirstRunAction> {
    let mut action = None;
    ui.horizontal(|ui| {
        ui.label("PIN");
        let on = widgets::entered(ui, pin_id());
        let response = widgets::secret(ui, pin_id(), &mut form.pin, "Your PIN", 160.0);
        if !std::mem::replace(&mut form.begun, true) {
            response.request_focus();
        }
        if widgets::primary(ui, "Go on").clicked() || on {
            action = Some(FirstRunAction::SignIn(place));
        }
    });
    action
}

fn said_ui(ui: &mut Ui, form: &Form) {
    let p = Palette::of(ui);
    if let Some(said) = &form.said {
        let response =
            ui.label(rich(format!("{}  {said}", icons::WARNING_CIRCLE), text::regular(text::BODY), p.safety));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Assertive));
    }
}

fn new_ui(ui: &mut Ui, model: &FirstRunModel, form: &mut Form) -> Option<FirstRunAction> {
    let mut action = None;
    widgets::two_columns(ui, 760.0, |ui, column| match column {
        0 => action = form_ui(ui, model, form),
        _ => about_ui(ui),
    });
    action
}

fn form_ui(ui: &mut Ui, model: &FirstRunModel, form: &mut Form) -> Option<FirstRunAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "Your profile", "on this machine only");
        widgets::caption(ui, "A name for your records. It need not be your own.");
        let name = widgets::field(ui, egui::Id::new("new name"), &mut form.name, "Name", "for instance Wren");
        if !std::mem::replace(&mut form.begun, true) {
            name.request_focus();
        }
        widgets::caption(ui, "I take calls as");
        ui.horizontal_wrapped(|ui| {
            for (id, name, scope, registered) in &model.roles {
                let words = format!("{} {name}", widgets::registration(*registered));
                let response = widgets::choice(ui, form.role.as_ref() == Some(id), &words);
                if response.on_hover_text(scope).clicked() {
                    form.role = Some(id.clone());
                }
            }
        });
        // The room for three lines is kept: a field that somebody is about to press does not move away.
        ui.scope(|ui| {
            ui.set_min_height(3.0 * ui.fonts_mut(|fonts| fonts.row_height(&text::regular(text::CAPTION))));
            let chosen = model.roles.iter().find(|role| Some(&role.0) == form.role.as_ref());
            let scope = chosen.map_or("What it does, once you have chosen one.", |(.., scope, _)| scope);
            ui.label(rich(scope, text::regular(text::CAPTION), p.text2));
        });
        let (yes, no) = (widgets::registration(true), widgets::registration(false));
        ui.label(rich(format!("{yes} registered   {no} not registered"), text::regular(text::CAPTION), p.text3));
        widgets::caption(ui, "Where you work, if you like");
        widgets::field(ui, egui::Id::new("new site"), &mut form.site, "Site", "");
        widgets::caption(ui, "A PIN, if others use this machine. Four signs or more; it does not encrypt the disk.");
        for (id, words, name) in [
            ("new pin", &mut form.new_pin, "A PIN, if you like"),
            ("pin again", &mut form.pin_again, "The same PIN again"),
        ] {
            widgets::secret(ui, egui::Id::new(id), words, name, f32::INFINITY);
        }
        said_ui(ui, form);
        ui.add_space(8.0);
        let ready = !form.name.trim().is_empty() && form.role.is_some();
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.add_enabled_ui(ready, |ui| {
                let words = format!("{}  Begin with a guided call", icons::PHONE_CALL);
                if widgets::primary(ui, &words).clicked() {
                    action = Some(FirstRunAction::Create { guided: true });
                }
                ui.label(rich(
                    "Untimed and never marked. The panels arrive one by one.",
                    text::regular(text::CAPTION),
                    p.text3,
                ));
                if widgets::button(ui, "Straight to my desk").clicked() {
                    action = Some(FirstRunAction::Create { guided: false });
                }
            });
            if !ready {
                ui.label(rich("A name and a role are needed first.", text::regular(text::CAPTION), p.text3));
            }
            ui.horizontal_wrapped(|ui| {
                if !model.people.is_empty() && widgets::button(ui, "Back").clicked() {
                    form.new = false;
                }
                if model.people.is_empty() && widgets::button(ui, "Practise without a profile").clicked() {
                    action = Some(FirstRunAction::Without);
                }
            });
        });
    });
    action
}

fn about_ui(ui: &mut Ui) {
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "What this is, and is not", "");
        let is = [
            (icons::CHECK_CIRCLE, "A place to practise calls, get them wrong and see why."),
            (icons::CHECK_CIRCLE, "People, places and services are invented."),
            (icons::X_CIRCLE, "Never decision support: nothing here is for a real patient."),
            (icons::X_CIRCLE, "Not the triage system of your service, and none of its wording."),
        ];
        points_ui(ui, &is);
    });
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        who_sees_what_ui(ui);
    });
}

/// One page says who sees what, and what it is for.
pub fn who_sees_what_ui(ui: &mut Ui) {
    widgets::title(ui, "Who sees what", "for learning, not for managing performance");
    let sees = [
        (icons::USER, "Your calls, marks and reflections are kept on this machine, for you."),
        (icons::LOCK_SIMPLE, "A reflection is yours alone until you share it, each one by itself."),
        (icons::USERS, "A trainer sees what you hand over as a file: calls, marks, and what you have shared."),
        (
            icons::CHALKBOARD_TEACHER,
            "Whoever trains opens the trainer's workspace under Settings, with a PIN of its own.",
        ),
        (
            icons::EXPORT,
            "Nothing leaves the machine by itself. At the end of a shift you can take your calls with you and wipe them here.",
        ),
        (icons::HEART, "How a call made you feel is never scored."),
    ];
    points_ui(ui, &sees);
}

fn points_ui(ui: &mut Ui, points: &[(&str, &str)]) {
    let p = Palette::of(ui);
    for (icon, words) in points {
        ui.horizontal_top(|ui| {
            ui.label(rich(*icon, text::regular(18.0), p.accent));
            ui.add(egui::Label::new(rich(*words, text::regular(text::BODY), p.text)).wrap());
        });
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::screens::testing;

    struct Stage {
        model: FirstRunModel,
        form: Form,
        did: Option<FirstRunAction>,
    }

    fn harness(people: &[(&str, bool)], size: egui::Vec2) -> Harness<'static, Stage> {
        let person = |(name, has_pin): &(&str, bool)| Person {
            name: (*name).into(),
            role: "Health Advisor".into(),
            has_pin: *has_pin,
        };
        let roles = vec![("health-advisor".into(), "Health Advisor".into(), "By the guide.".into(), false)];
        let model = FirstRunModel { people: people.iter().map(person).collect(), roles, trouble: None, finished: None };
        let stage = Stage { model, form: Form::default(), did: None };
        testing::harness(size, stage, |ui, stage: &mut Stage| {
            if let Some(action) = first_run_ui(ui, &stage.model, &mut stage.form) {
                stage.did = Some(action);
            }
        })
    }

    #[test]
    fn a_new_user_names_themselves_and_begins_with_the_guided_call() {
        for size in [egui::vec2(1440.0, 900.0), egui::vec2(512.0, 1400.0)] {
            let mut harness = harness(&[], size);
            harness.run();
            harness.get_by_label("Name").focus();
            harness.run();
            harness.get_by_label("Name").type_text("Wren");
            harness.run();
            harness.get_by_label_contains("Health Advisor").click();
            harness.run();
            harness.get_by_label_contains("Begin with a guided call").click();
            harness.run();
            assert_eq!(harness.state().did, Some(FirstRunAction::Create { guided: true }));
            assert_eq!(harness.state().form.name, "Wren");
            assert_eq!(harness.state().form.role.as_deref(), Some("health-advisor"));
        }
    }

    #[test]
    fn whoever_has_a_pin_is_asked_for_it() {
        let mut harness = harness(&[("Wren", true), ("Robin", false)], egui::vec2(1440.0, 900.0));
        harness.run();
        harness.get_by_label_contains("Robin").click();
        harness.run();
        assert_eq!(harness.state_mut().did.take(), Some(FirstRunAction::SignIn(1)));
        harness.get_by_label_contains("Wren").click();
        harness.run();
        assert_eq!(harness.state().did, None);
        harness.get_by_label("Your PIN").type_text("2580");
        harness.run();
        harness.key_press(egui::Key::Enter);
        harness.run();
        assert_eq!(harness.state().did, Some(FirstRunAction::SignIn(0)));
        assert_eq!(harness.state().form.pin, "2580");
    }

    #[test]
    fn whoever_has_finished_a_shift_is_told_where_their_calls_are() {
        let mut harness = harness(&[], egui::vec2(1440.0, 900.0));
        harness.state_mut().model.finished = Some("6 calls written to /tmp/calls.jsonl".into());
        harness.run();
        harness.get_by_label_contains("6 calls written to /tmp/calls.jsonl");
    }

    #[test]
    fn the_page_says_what_it_is_and_who_sees_what() {
        let mut harness = harness(&[], egui::vec2(1440.0, 900.0));
        harness.run();
        for words in ["not clinical decision support", "Never decision support", "yours alone until you share"] {
            assert!(harness.query_by_label_contains(words).is_some(), "{words}");
        }
    }
}
