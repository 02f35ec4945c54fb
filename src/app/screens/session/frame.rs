//! The session as a room sees it: no rail, large type, where one is at the top, and what the step needs below.

use bevy_egui::egui::{self, Align2, CornerRadius, Frame, Key, Margin, Modifiers, ScrollArea, Sense, Stroke, Ui, vec2};

use super::clip::Clip;
use super::{discuss, dots, steps};
use crate::app::library::number_of;
use crate::app::screens::call::sentence;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::sharing::agenda::Step;
use crate::sharing::session::{Codes, Refused, Reveal, Session, SessionEvent, Side};
use crate::standards::Standards;

/// Readable from four metres.
pub const LARGE: f32 = 20.0;
/// What is read by whoever leads.
pub const USUAL: f32 = 17.0;

/// How things stand.
pub struct View<'a> {
    pub session: Option<&'a Session>,
    pub standards: &'a Standards,
    /// Seconds since the session began.
    pub now: u32,
    pub clip: Option<&'a Clip>,
    /// Of the next decision that is put in.
    pub next_seat: u32,
    /// Something is on its way to the disk.
    pub busy: bool,
    /// Codes of the session, for the blind round.
    pub codes: Option<&'a Codes>,
    /// What people type into their own devices for the call that it is at.
    pub round: &'a str,
    /// Files of devices are being chosen.
    pub choosing: bool,
}

impl View<'_> {
    /// The decisions, once they are revealed.
    pub fn reveal(&self) -> Option<Reveal> {
        let session = self.session?;
        Reveal::of(session.plan.calls.get(session.call)?, session.calls.get(session.call)?, self.standards)
    }
}

/// What is typed and has not happened yet.
#[derive(Default)]
pub struct Form {
    pub present: u32,
    pub code: String,
    /// On a register, as the card says.
    pub registered: Option<bool>,
    pub code_said: Option<Result<String, String>>,
    /// The reveal without everybody has been asked for once.
    pub sure: bool,
    pub volunteer: String,
    pub well: String,
    pub differently: String,
    pub prompt: usize,
    pub point: String,
    pub owner: String,
    pub review: String,
    pub agree: u32,
    /// It was to be agreed on, and something was missing.
    pub point_asked: bool,
    pub take_away: String,
    pub refused: Option<Refused>,
    pub trouble: Option<String>,
    pub said: Option<Result<String, String>>,
    /// Minutes and seconds between which the call is to be played.
    pub from: String,
    pub to: String,
    pub part_said: Option<Result<String, String>>,
    /// Where files of devices lie.
    pub devices: String,
    pub devices_said: Option<Result<String, String>>,
}

impl Form {
    /// Words of what could not happen stand in their field again, before whatever is being typed there by now.
    pub fn give_back(&mut self, event: &SessionEvent) {
        let (field, words) = match event {
            SessionEvent::Volunteer { name: Some(name) } => (&mut self.volunteer, name),
            SessionEvent::Said { side: Side::WentWell, text, .. } => (&mut self.well, text),
            SessionEvent::Said { side: Side::Differently, text, .. } => (&mut self.differently, text),
            SessionEvent::TakeAway(text) => (&mut self.take_away, text),
            // It stays in its field until something else is agreed on.
            SessionEvent::Agreed(point) if self.point.trim().is_empty() => (&mut self.point, &point.text),
            SessionEvent::Decided { seat, .. } => {
                self.code_said = Some(Err(format!("Card {seat} is not in. Put its code in again.")));
                return;
            }
            _ => return,
        };
        let typed = field.trim().to_owned();
        field.clone_from(words);
        if !typed.is_empty() && typed != *words {
            field.push(' ');
            field.push_str(&typed);
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    Happen(SessionEvent),
    Begin(u32),
    Next,
    Close,
    PlayOrStop,
    FullScreen,
    Leave,
    /// Writes the cards for the blind round.
    Cards,
    /// Shows the dialogue for files of devices.
    ChooseDevices,
    /// Reads what lies where it is typed.
    ReadDevices,
    /// Writes what is taken away.
    Pack,
}

/// The whole window.
pub fn session_ui(ui: &mut Ui, view: &View, form: &mut Form) -> Vec<Do> {
    let p = Palette::of(ui);
    let mut todo = Vec::new();
    let Some(session) = view.session else {
        egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(24))).show(ui, |ui| {
            let words = form.trouble.as_deref().unwrap_or("Opening the session…");
            ui.label(rich(words, text::regular(LARGE), p.text));
            if form.trouble.is_some() && widgets::primary(ui, "Back to the review room").clicked() {
                todo.push(Do::Leave);
            }
        });
        return todo;
    };
    todo.extend(keys(ui, session, form));
    egui::Panel::top("session top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(24, 12)))
        .show_separator_line(true)
        .show(ui, |ui| todo.extend(top_ui(ui, view, session)));
    let frame = Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(24, 10));
    egui::Panel::bottom("session bottom").frame(frame).show_separator_line(true).show(ui, |ui| {
        todo.extend(bottom_ui(ui, view, session, form));
    });
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(16))).show(ui, |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            labels_ui(ui, session);
            match session.step {
                Step::SetUp => steps::set_up_ui(ui, session, form, &mut todo),
                Step::Listen => steps::listen_ui(ui, view, form, &mut todo),
                Step::Decide => steps::decide_ui(ui, view, session, form, &mut todo),
                Step::Reveal => {
                    dots::dots_ui(ui, view, true);
                    discuss::volunteer_ui(ui, session, form, &mut todo);
                }
                Step::Discuss => discuss::discuss_ui(ui, view, session, form, &mut todo),
                Step::Agree => discuss::agree_ui(ui, view, session, form, &mut todo),
                Step::Close => steps::close_ui(ui, session, form, &mut todo),
            }
        });
    });
    todo
}

/// Simulated and draft are said on every page.
fn labels_ui(ui: &mut Ui, session: &Session) {
    let p = Palette::of(ui);
    if session.plan.simulated {
        widgets::notice(ui, p.over, p.over_soft, |ui| {
            let words = "Simulated people are in this team. Nobody real decided what is told of them.";
            ui.label(rich(words, text::bold(text::BODY), p.text));
        });
        ui.add_space(4.0);
    }
}

/// `→` goes on, `Space` plays, `R` reveals; not while something is typed.
fn keys(ui: &Ui, session: &Session, form: &mut Form) -> Option<Do> {
    if ui.ctx().text_edit_focused() || ui.memory(|memory| memory.focused().is_some()) {
        return None;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowRight) && session.step != Step::Decide {
        return on(session);
    }
    if session.step == Step::Listen && pressed(Key::Space) {
        return Some(Do::PlayOrStop);
    }
    (session.step == Step::Decide && pressed(Key::R)).then(|| reveal(session, form)).flatten()
}

/// The next step, where it is one key away.
fn on(session: &Session) -> Option<Do> {
    (session.begun.is_some() && session.step != Step::Close).then_some(Do::Next)
}

/// Reveals; without everybody it asks once.
pub fn reveal(session: &Session, form: &mut Form) -> Option<Do> {
    let (decided, of) = session.in_of();
    let not_all = session.calls.get(session.call).is_some_and(|call| call.not_all);
    if decided >= of || not_all {
        return Some(Do::Next);
    }
    if std::mem::replace(&mut form.sure, true) {
        form.sure = false;
        return Some(Do::Happen(SessionEvent::NotAll));
    }
    None
}

fn top_ui(ui: &mut Ui, view: &View, session: &Session) -> Vec<Do> {
    let p = Palette::of(ui);
    let mut todo = Vec::new();
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let all = session.plan.calls.len();
            let title = match session.step {
                Step::SetUp | Step::Close => session.plan.name.clone(),
                _ => session.plan.calls.get(session.call).map(|call| number_of(&call.call)).unwrap_or_default(),
            };
            let shown = ui.label(rich(&title, text::bold(text::PAGE_TITLE), p.text));
            widgets::is_heading(ui, &shown, 1, &title);
            let below = match session.step {
                // What it is, where its name does not say so; and when it was meant to be.
                Step::SetUp | Step::Close => {
                    let name = session.plan.name.to_lowercase();
                    let what = if name.contains("session") { "" } else { "Skill-sharing session" };
                    [what, session.plan.when.trim()]
                        .into_iter()
                        .filter(|words| !words.is_empty())
                        .collect::<Vec<_>>()
                        .join(", ")
                }
                _ => format!("Skill-sharing session, call {} of {all}", session.call + 1),
            };
            ui.label(rich(below, text::regular(text::BODY), p.text2));
        });
        widgets::right(ui, |ui| {
            if !cfg!(target_arch = "wasm32") && widgets::button(ui, "Full screen").clicked() {
                todo.push(Do::FullScreen);
            }
            // What is on its way to the disk would be left behind.
            let leave = if session.over { "Back to the review room" } else { "Leave it for now" };
            if ui.add_enabled_ui(!view.busy, |ui| widgets::button(ui, leave)).inner.clicked() {
                todo.push(Do::Leave);
            }
            if session.begun.is_some() && !session.over {
                timer_ui(ui, session, view.now);
            }
        });
    });
    ui.add_space(6.0);
    agenda_ui(ui, session);
    todo
}

/// How long this step still has: below zero it says by how much it is over.
fn timer_ui(ui: &mut Ui, session: &Session, now: u32) {
    let p = Palette::of(ui);
    let left = session.seconds_left(now);
    let (minutes, seconds) = (left.unsigned_abs() / 60, left.unsigned_abs() % 60);
    let (sign, ink) = if left < 0 { ("+", p.cue) } else { ("", p.text) };
    let words = format!("{sign}{minutes:02}:{seconds:02}");
    let label = ui.label(rich(&words, text::mono_bold(text::TIMER), ink));
    let says = if left < 0 {
        format!("{minutes} minutes {seconds} over time")
    } else {
        format!("{minutes} minutes {seconds} left")
    };
    widgets::named(ui, &label, &says);
    ui.label(rich(session.step.name(), text::regular(text::BODY), p.text2));
}

/// The steps of this call, the one at hand marked by word and frame.
fn agenda_ui(ui: &mut Ui, session: &Session) {
    let p = Palette::of(ui);
    let steps: Vec<Step> = std::iter::once(Step::SetUp).chain(Step::OF_A_CALL).chain([Step::Close]).collect();
    // One that is over has all of them behind it.
    let here =
        if session.over { steps.len() } else { steps.iter().position(|step| *step == session.step).unwrap_or(0) };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (n, step) in steps.iter().enumerate() {
            let (icon, font, ink) = match n.cmp(&here) {
                std::cmp::Ordering::Less => (icons::CHECK_CIRCLE, text::regular(text::BODY), p.text2),
                std::cmp::Ordering::Equal => ("", text::bold(text::BODY), p.text),
                std::cmp::Ordering::Greater => ("", text::regular(text::BODY), p.text3),
            };
            let words = if icon.is_empty() { step.name().to_owned() } else { format!("{icon} {}", step.name()) };
            let galley = ui.painter().layout_no_wrap(words, font, ink);
            let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(24.0, 12.0), Sense::hover());
            let (fill, edge) = if n == here { (p.accent_soft, p.accent) } else { (p.bg1, p.line) };
            ui.painter().rect(rect, CornerRadius::same(6), fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
            ui.painter().galley(Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect).min, galley, ink);
            let says = match n.cmp(&here) {
                std::cmp::Ordering::Less => format!("{}, done", step.name()),
                std::cmp::Ordering::Equal => format!("{}, now", step.name()),
                std::cmp::Ordering::Greater => step.name().to_owned(),
            };
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &says));
        }
    });
}

/// On to the next step, and why not.
fn bottom_ui(ui: &mut Ui, view: &View, session: &Session, form: &mut Form) -> Vec<Do> {
    let p = Palette::of(ui);
    let mut todo = Vec::new();
    ui.horizontal_wrapped(|ui| {
        widgets::right(ui, |ui| {
            let words = match session.step {
                _ if session.over => return,
                _ if session.begun.is_none() => return,
                Step::SetUp => "Begin with the first call",
                Step::Listen => "On to the blind round",
                Step::Decide if form.sure => "Reveal without them",
                Step::Decide => "Reveal the decisions",
                Step::Reveal => "On to the talk",
                Step::Discuss => "What do we agree on?",
                Step::Agree if session.call + 1 < session.plan.calls.len() => "On to the next call",
                Step::Agree => "Close the session",
                Step::Close => "End the session",
            };
            let on = ui.add_enabled_ui(!view.busy, |ui| widgets::primary(ui, words)).inner;
            if on.clicked() {
                todo.extend(match session.step {
                    Step::Decide => reveal(session, form),
                    Step::Close => Some(Do::Close),
                    _ => Some(Do::Next),
                });
            }
        });
        let said = match (&form.trouble, form.refused) {
            (Some(trouble), _) => Some((trouble.clone(), p.safety)),
            (None, Some(why)) => Some((sentence(&why.to_string()), p.cue)),
            _ if form.sure && session.step == Step::Decide => {
                let (decided, of) = session.in_of();
                Some((format!("{decided} of {of} are in. Wait for the others, or reveal without them."), p.cue))
            }
            _ => None,
        };
        if let Some((words, ink)) = said {
            let words = rich(format!("{}  {words}", icons::INFO), text::regular(text::TRANSCRIPT), ink);
            let label = ui.add(egui::Label::new(words).wrap());
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
    });
    todo
}
