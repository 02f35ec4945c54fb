//! Setting up, listening, the blind round, and the close.

use bevy_egui::egui::{self, Ui};

use super::clip::Clip;
use super::frame::{Do, Form, LARGE, USUAL, View};
use crate::app::library::number_of;
use crate::app::screens::call::sentence;
use crate::app::screens::parts::said_ui;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::clock;
use crate::sharing::facilitation::GROUND_RULES;
use crate::sharing::session::{Channel, Coded, Codes, Session, SessionEvent};

/// Words for the room, in as many lines as they need.
pub fn words(ui: &mut Ui, words: &str, size: f32) {
    let p = Palette::of(ui);
    ui.add(egui::Label::new(rich(words, text::regular(size), p.text)).wrap());
}

/// What it is for, who is there, and who agrees to what.
pub fn set_up_ui(ui: &mut Ui, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Before we begin", "");
        for rule in GROUND_RULES {
            words(ui, &format!("•  {rule}"), LARGE);
        }
    });
    ui.add_space(8.0);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Whose calls may be played today?", "asked every time; a yes can be taken back");
        let mut nobodys = true;
        for (n, planned) in session.plan.calls.iter().enumerate() {
            let Some(owner) = &planned.owner else { continue };
            nobodys = false;
            let call = u32::try_from(n).unwrap_or(u32::MAX);
            let given = session.calls.get(n).and_then(|call| call.consent);
            ui.horizontal_wrapped(|ui| {
                ui.label(rich(format!("{}, {owner}", number_of(&planned.call)), text::regular(USUAL), p.text));
                for (yes, name) in [(true, "Yes, play it"), (false, "No, play the model call")] {
                    let choice = widgets::choice(ui, given == Some(yes), name);
                    widgets::named(ui, &choice, &format!("{name}: {}", number_of(&planned.call)));
                    if choice.clicked() {
                        todo.push(Do::Happen(SessionEvent::Consent { call, given: yes }));
                    }
                }
            });
        }
        if nobodys {
            words(ui, "The calls of today are model calls: nobody's own.", USUAL);
        }
    });
    ui.add_space(8.0);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Who is here", "");
        if session.begun.is_some() {
            words(ui, &format!("{} people. The session has begun.", session.present), USUAL);
        } else if form.present == 0 {
            form.present = session.plan.invited.max(1);
        }
        row_of_buttons(ui, |ui| {
            if session.begun.is_none() {
                count_ui(ui, &mut form.present, "people here");
                if widgets::primary(ui, "Begin the session").clicked() {
                    todo.push(Do::Begin(form.present));
                }
            }
            if widgets::button(ui, "Cards to print for the blind round").clicked() {
                todo.push(Do::Cards);
            }
        });
        said_ui(ui, form.said.as_ref());
    });
}

/// A row in which a main button and smaller ones stand in one line.
pub fn row_of_buttons(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(36.0);
        contents(ui);
    });
}

/// A field of one line in a row of buttons.
pub fn short_field(ui: &mut Ui, id: egui::Id, words: &mut String, width: f32, most: usize, (name, hint): (&str, &str)) {
    let field = egui::TextEdit::singleline(words).id(id).desired_width(width).char_limit(most);
    let field = ui.add(field.margin(egui::Margin::symmetric(10, 7)).hint_text(hint).return_key(None));
    widgets::named(ui, &field, name);
}

/// A small number, by two buttons.
pub fn count_ui(ui: &mut Ui, count: &mut u32, of: &str) {
    let p = Palette::of(ui);
    let less = widgets::button(ui, icons::MINUS);
    widgets::named(ui, &less, &format!("One less: {of}"));
    if less.clicked() {
        *count = count.saturating_sub(1);
    }
    let shown = ui.label(rich(format!("{count} {of}"), text::bold(USUAL), p.text));
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Polite));
    let more = widgets::button(ui, icons::PLUS);
    widgets::named(ui, &more, &format!("One more: {of}"));
    if more.clicked() {
        *count = (*count + 1).min(200);
    }
}

/// The call, line by line in its own time.
pub fn listen_ui(ui: &mut Ui, view: &View, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let Some(clip) = view.clip else {
        return words(ui, "This call is not in the library here: tell it in your own words.", LARGE);
    };
    widgets::in_panel(ui, |ui| {
        let beside = if clip.model { "the model call" } else { "as it was taken" };
        widgets::title(ui, "Listen", beside);
        ui.horizontal_wrapped(|ui| {
            let (from, to) = clip.range;
            let (icon, name) = if clip.playing() { (icons::PAUSE, "Stop") } else { (icons::PLAY, "Play") };
            let play = widgets::primary(ui, &format!("{icon}  {name} {} to {}", clock(from), clock(to)));
            widgets::named(ui, &play, &format!("{name} {} to {}", clock(from), clock(to)));
            if play.clicked() {
                todo.push(Do::PlayOrStop);
            }
            ui.label(rich(format!("at {}", clock(clip.at())), text::mono(text::BODY), p.text2));
        });
        if !clip.playing() {
            part_ui(ui, view, clip, form, todo);
        }
        ui.add_space(6.0);
        if clip.heard().is_empty() {
            words(ui, "Listen without a word. Everybody decides for themselves afterwards.", LARGE);
        }
        // The last lines are what one reads along with.
        let heard = clip.heard();
        for (n, line) in heard.iter().enumerate().skip(heard.len().saturating_sub(9)) {
            let ink = if line.own { p.text2 } else { p.text };
            let by = if line.by.is_empty() { String::new() } else { format!("{}: ", line.by) };
            let shown =
                ui.add(egui::Label::new(rich(format!("{by}{}", line.text()), text::regular(LARGE), ink)).wrap());
            if n + 1 == heard.len() {
                ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Polite));
            }
        }
    });
}

/// Which part of the call is played: a session has a few minutes for it, a call often has more.
fn part_ui(ui: &mut Ui, view: &View, clip: &Clip, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let Some(session) = view.session else { return };
    let call = u32::try_from(session.call).unwrap_or(u32::MAX);
    let part = |from, to| Do::Happen(SessionEvent::Part { call, model: clip.model, from, to });
    row_of_buttons(ui, |ui| {
        ui.label(rich("Play from", text::regular(USUAL), p.text2));
        let from = time_field(ui, &mut form.from, "From, in minutes and seconds", &clock(clip.range.0));
        ui.label(rich("to", text::regular(USUAL), p.text2));
        let to = time_field(ui, &mut form.to, "To, in minutes and seconds", &clock(clip.range.1));
        if widgets::button(ui, "Only this part").clicked() || from || to {
            let read = |typed: &str, stands: u32| if typed.trim().is_empty() { Some(stands) } else { time_of(typed) };
            form.part_said = match (read(&form.from, clip.range.0), read(&form.to, clip.range.1)) {
                (Some(from), Some(to)) if from < to && from < clip.whole => {
                    todo.push(part(from, to.min(clip.whole)));
                    form.from.clear();
                    form.to.clear();
                    None
                }
                (Some(_), Some(_)) => {
                    Some(Err(format!("A part begins before it ends, and before {}.", clock(clip.whole))))
                }
                _ => Some(Err("Write minutes and seconds, for instance 2:30.".into())),
            };
        }
        if clip.range != (0, clip.whole) && widgets::button(ui, "All of it").clicked() {
            todo.push(part(0, clip.whole));
        }
    });
    said_ui(ui, form.part_said.as_ref());
}

/// A field for minutes and seconds; whether they were entered.
fn time_field(ui: &mut Ui, typed: &mut String, name: &str, stands: &str) -> bool {
    let p = Palette::of(ui);
    let id = egui::Id::new(("part", name));
    let entered = widgets::entered(ui, id);
    let field = egui::TextEdit::singleline(typed).id(id).desired_width(84.0).char_limit(6);
    let field = field.margin(egui::Margin::symmetric(10, 5)).vertical_align(egui::Align::Center);
    let field = field.font(text::mono(USUAL)).hint_text(rich(stands, text::mono(USUAL), p.text3)).return_key(None);
    let field = ui.add(field);
    widgets::named(ui, &field, name);
    entered
}

/// Milliseconds of `2:30`, or of `150` seconds.
fn time_of(typed: &str) -> Option<u32> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number < 10_000);
    let seconds = match typed.trim().split_once(':') {
        Some((minutes, seconds)) => number(minutes)? * 60 + number(seconds).filter(|seconds| *seconds < 60)?,
        None => number(typed)?,
    };
    Some(seconds * 1000)
}

/// Codes for the room, and a field for whoever collects them. No decision is shown.
pub fn decide_ui(ui: &mut Ui, view: &View, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let Some(codes) = view.codes else { return };
    let (decided, of) = session.in_of();
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Decide blind", "by yourself, without a word");
        words(ui, "How soon, and by whom? Write the code on your card and hand it in.", LARGE);
        let Some(call) = session.calls.get(session.call) else { return };
        row_of_buttons(ui, |ui| {
            ui.label(rich(format!("{decided} of {of} in"), text::bold(LARGE), p.text));
            let id = egui::Id::new("decision code");
            let entered = widgets::entered(ui, id);
            let field = egui::TextEdit::singleline(&mut form.code).id(id).desired_width(130.0).char_limit(8);
            let field = field.margin(egui::Margin::symmetric(10, 5)).vertical_align(egui::Align::Center);
            let hint = rich("K7P", text::mono(LARGE), p.text3);
            let field = ui.add(field.font(text::mono(LARGE)).hint_text(hint).return_key(None));
            widgets::named(ui, &field, "Code");
            for (registered, name) in [(None, "Not said"), (Some(true), "On a register"), (Some(false), "Not on one")] {
                if widgets::choice(ui, form.registered == registered, name).clicked() {
                    form.registered = registered;
                }
            }
            if widgets::button(ui, "Put it in").clicked() || entered {
                take_code(view.next_seat, codes, form, todo);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            // What came from a device is its owner's to change: a later file counts. In the same row: the codes below
            // stay where they are.
            let typed = call.decisions.keys().filter_map(|seat| Some((seat.parse::<u32>().ok()?, seat)));
            if let Some((_, last)) = typed.max()
                && widgets::button(ui, "Take the last one back").clicked()
            {
                form.code_said = Some(Ok("The last one is taken back.".into()));
                todo.push(Do::Happen(SessionEvent::TakenBack { seat: last.clone() }));
            }
            said_ui(ui, form.code_said.as_ref());
        });
        devices_ui(ui, view, form, todo);
    });
    ui.add_space(8.0);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Codes of today", "other ones in every session");
        // In as many columns as there is room for, so that all of it is seen at once.
        let columns = ((ui.available_width() / 330.0) as usize).clamp(1, 4);
        let each = codes.list.len().div_ceil(columns);
        ui.columns(columns, |parts| {
            for (part, codes) in parts.iter_mut().zip(codes.list.chunks(each.max(1))) {
                // Columns justify what wraps: it would be torn apart.
                part.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| codes_ui(ui, codes, view));
            }
        });
    });
}

/// Decisions that people write on their own devices: a word for them, and their files. No decision is shown. In one
/// row: the codes below are for the room, and all of them are to be seen.
fn devices_ui(ui: &mut Ui, view: &View, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(rich("On your own device: Settings, Decide in a session, word", text::regular(USUAL), p.text));
        ui.label(rich(view.round, text::mono_bold(LARGE), p.accent));
        let choose = if cfg!(target_arch = "wasm32") { "Read a file…" } else { "Choose files…" };
        if ui.add_enabled_ui(!view.choosing, |ui| widgets::button(ui, choose)).inner.clicked() {
            todo.push(Do::ChooseDevices);
        }
        // Not every desktop has a dialogue.
        if cfg!(target_arch = "wasm32") {
            return;
        }
        let id = egui::Id::new("files of devices");
        let entered = widgets::entered(ui, id);
        let field = egui::TextEdit::singleline(&mut form.devices).id(id).desired_width(260.0);
        let field = field.margin(egui::Margin::symmetric(10, 7)).hint_text("or the folder where they lie");
        let field = ui.add(field);
        widgets::named(ui, &field, "Folder or file of decisions");
        let ready = !form.devices.trim().is_empty();
        if (ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Read them")).inner.clicked() || entered) && ready {
            todo.push(Do::ReadDevices);
        }
    });
    said_ui(ui, form.devices_said.as_ref());
}

fn codes_ui(ui: &mut Ui, codes: &[Coded], view: &View) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.spacing_mut().interact_size.y = 0.0;
    let mut rung = None;
    for coded in codes {
        if rung != Some(coded.rung) {
            rung = Some(coded.rung);
            let name = view.standards.dispositions.rungs.get(coded.rung as usize).map_or("", |named| &named.name);
            ui.add_space(4.0);
            ui.label(rich(name, text::bold(USUAL), p.text));
        }
        let mut job = egui::text::LayoutJob::default();
        job.append(&coded.code, 0.0, egui::text::TextFormat::simple(text::mono_bold(USUAL), p.accent));
        job.append(&coded.name, 10.0, egui::text::TextFormat::simple(text::regular(USUAL), p.text));
        let shown = ui.add(egui::Label::new(job).wrap());
        widgets::named(ui, &shown, &format!("{}: {}", coded.code, coded.name));
    }
}

/// A code becomes the decision of the next seat.
fn take_code(seat: u32, codes: &Codes, form: &mut Form, todo: &mut Vec<Do>) {
    match codes.read(&form.code) {
        Ok(coded) => {
            todo.push(Do::Happen(SessionEvent::Decided {
                seat: seat.to_string(),
                disposition: coded.disposition.clone(),
                registered: form.registered,
                by: Channel::Typed,
            }));
            // What it means is not said: the room hears it.
            form.code_said = Some(Ok(format!("Card {seat} is in.")));
            form.code.clear();
            form.registered = None;
        }
        Err(why) => form.code_said = Some(Err(sentence(&why.to_string()))),
    }
}

/// What each takes along, and what is taken away.
pub fn close_ui(ui: &mut Ui, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "What we agreed", "");
        for (planned, state) in session.plan.calls.iter().zip(&session.calls) {
            let words = match &state.agreed {
                Some(point) => {
                    let by = if point.review.is_empty() {
                        String::new()
                    } else {
                        format!(", to be looked at again on {}", point.review)
                    };
                    format!("{} ({}{by})", point.text, point.owner)
                }
                None => "Nothing was agreed.".to_owned(),
            };
            ui.label(rich(number_of(&planned.call), text::bold(USUAL), p.text2));
            ui.add(egui::Label::new(rich(words, text::regular(LARGE), p.text)).wrap());
        }
    });
    ui.add_space(8.0);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "One thing I take along", "each in a sentence, whoever wants to");
        for words in &session.take_aways {
            ui.add(egui::Label::new(rich(format!("“{words}”"), text::regular(LARGE), p.text)).wrap());
        }
        if !session.over {
            ui.horizontal_wrapped(|ui| {
                let id = egui::Id::new("take away");
                let on = widgets::entered(ui, id);
                widgets::field(ui, id, &mut form.take_away, "What somebody takes along", "In their words");
                if (widgets::button(ui, "Write it down").clicked() || on) && !form.take_away.trim().is_empty() {
                    todo.push(Do::Happen(SessionEvent::TakeAway(std::mem::take(&mut form.take_away))));
                }
            });
        }
    });
    ui.add_space(8.0);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "To take away", "a page to print and a table; no decision has a name in it");
        let download = cfg!(target_arch = "wasm32");
        if widgets::button(ui, if download { "Download page and table" } else { "Write page and table" }).clicked() {
            todo.push(Do::Pack);
        }
        said_ui(ui, form.said.as_ref());
        if session.over {
            words(ui, "The session is over. Thank you.", LARGE);
        }
    });
}
