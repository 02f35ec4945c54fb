//! The ask bar: type to search the bank, or say it in one's own words.

use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{self, Key, Modifiers, Rect, Ui, pos2, vec2};

use super::state::{Ask, CallUi, Do, Over, View};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::scenario::Person;

pub fn id() -> egui::Id {
    egui::Id::new("ask bar")
}

/// How many lines the search lists.
const MOST: usize = 40;
const ROW: f32 = 30.0;

/// One thing that can be chosen in the list.
struct Row {
    text: String,
    beside: String,
    does: Do,
    /// Found by search: what was typed is marked.
    found: bool,
}

pub fn ask_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, tallest: f32) -> Vec<Do> {
    let p = Palette::of(ui);
    ui.set_min_width(ui.available_width());
    let mut todo = Vec::new();
    let rows = rows(live, library, &state.ask);
    state.ask.chosen = state.ask.chosen.min(rows.len().saturating_sub(1));
    todo.extend(keys(ui, &rows, &mut state.ask));
    if let Some((words, _)) = &state.ask.unclear {
        ui.label(rich(
            format!("“{words}” could be several things. Did you mean:"),
            text::regular(text::CAPTION),
            p.text2,
        ));
    }
    todo.extend(list_ui(ui, &rows, &mut state.ask, tallest));
    let message = live.refused.as_ref().map(|r| sentence(&r.to_string())).or(state.said.clone());
    if let Some(message) = message {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.label(rich(format!("{}  {message}", icons::INFO), text::regular(text::BODY), p.text));
        });
    }
    let height = 40.0;
    let response = ui
        .scope(|ui| {
            ui.style_mut().text_styles.insert(egui::TextStyle::Body, text::regular(text::LIVE));
            ui.add(
                egui::TextEdit::singleline(&mut state.ask.typed)
                    .id(id())
                    .desired_width(f32::INFINITY)
                    .font(text::regular(text::LIVE))
                    .margin(egui::Margin::symmetric(12, 9))
                    .min_size(vec2(0.0, height))
                    .hint_text(rich("Ask or say…   / for commands", text::regular(text::LIVE), p.text3))
                    .char_limit(crate::call::FREE_TEXT),
            )
        })
        .inner;
    widgets::named(ui, &response, "Ask or say");
    if response.changed() {
        state.ask.chosen = 0;
        state.ask.unclear = None;
    }
    todo.extend(below_ui(ui, live, &mut state.ask));
    todo
}

/// Small things to do beside asking.
fn below_ui(ui: &mut Ui, live: &Live, ask: &mut Ask) -> Option<Do> {
    let p = Palette::of(ui);
    let mut todo = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if ask.topic.is_some() && widgets::chip(ui, true, &format!("{} Topic", icons::X)).clicked() {
            ask.topic = None;
        }
        if widgets::chip(ui, false, "Interrupt").clicked() {
            todo = Some(Do::Act(Action::Interrupt));
        }
        if widgets::chip(ui, false, "Wait 10 s").clicked() {
            todo = Some(Do::Act(Action::Wait { seconds: 10 }));
        }
        if widgets::chip(ui, false, "Skip ahead").on_hover_text("To the end of what is being said").clicked() {
            todo = Some(Do::Skip);
        }
        if live.sending().is_some() {
            ui.label(rich("Saving…", text::regular(text::CAPTION), p.text3));
        } else if let Some(own) = waiting_line(live) {
            let words = format!("Next, when they have finished: {own}");
            ui.add(egui::Label::new(rich(words, text::regular(text::CAPTION), p.text3)).truncate());
        }
    });
    todo
}

/// What the trainee has said that waits for its turn.
fn waiting_line(live: &Live) -> Option<&str> {
    let clock = live.clock();
    let lines = &live.call().state().lines;
    lines.iter().find(|l| l.from > clock && l.by == crate::call::Speaker::Trainee).map(|l| &*l.text)
}

fn keys(ui: &Ui, rows: &[Row], ask: &mut Ask) -> Option<Do> {
    if !ui.memory(|memory| memory.has_focus(id())) {
        return None;
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let typed = ask.typed.trim().to_owned();
    if pressed(Modifiers::COMMAND, Key::Enter) {
        return (!typed.is_empty()).then_some(Do::SayFreely(typed));
    }
    if rows.is_empty() {
        if typed.is_empty() && pressed(Modifiers::NONE, Key::ArrowUp) {
            return Some(Do::FocusTranscript);
        }
        return None;
    }
    if pressed(Modifiers::NONE, Key::ArrowDown) {
        ask.chosen = (ask.chosen + 1) % rows.len();
    }
    if pressed(Modifiers::NONE, Key::ArrowUp) {
        ask.chosen = (ask.chosen + rows.len() - 1) % rows.len();
    }
    if pressed(Modifiers::NONE, Key::PageDown) {
        ask.chosen = (ask.chosen + 6).min(rows.len() - 1);
    }
    if pressed(Modifiers::NONE, Key::PageUp) {
        ask.chosen = ask.chosen.saturating_sub(6);
    }
    if pressed(Modifiers::NONE, Key::Enter) {
        return take(rows, ask);
    }
    None
}

/// Takes the chosen row; the field is ready for the next.
fn take(rows: &[Row], ask: &mut Ask) -> Option<Do> {
    let does = rows.get(ask.chosen)?.does.clone();
    if !matches!(does, Do::SayFreely(_)) {
        ask.typed.clear();
        ask.unclear = None;
        ask.chosen = 0;
    }
    Some(does)
}

fn rows(live: &Live, library: &Library, ask: &Ask) -> Vec<Row> {
    let typed = ask.typed.trim();
    if let Some(command) = typed.strip_prefix('/') {
        return commands(live).into_iter().filter(|row| row.text[1..].starts_with(command)).collect();
    }
    let bank = &library.standards.bank;
    let name = |system: &str| {
        library.standards.topics.systems.iter().find(|s| &*s.id == system).map_or(String::new(), |s| s.name.clone())
    };
    let line = |n: usize, found: bool| Row {
        text: wording(live, &bank[n].id),
        beside: name(&bank[n].system),
        does: Do::Act(Action::Say { utterance: bank[n].id.clone(), to: None }),
        found,
    };
    if let Some((words, nearest)) = &ask.unclear {
        let mut rows: Vec<Row> = nearest.iter().map(|n| line(*n, false)).collect();
        rows.push(Row {
            text: format!("Say “{words}” all the same"),
            beside: String::new(),
            does: Do::Act(Action::SayFree { text: words.clone(), resolved: None }),
            found: false,
        });
        return rows;
    }
    let mut rows: Vec<Row> = match (&ask.topic, typed.is_empty()) {
        (None, true) => return Vec::new(),
        (Some(topic), true) => (0..bank.len()).filter(|n| bank[*n].system == *topic).map(|n| line(n, false)).collect(),
        (topic, false) => library
            .index
            .search(typed, MOST)
            .into_iter()
            .filter(|hit| topic.as_ref().is_none_or(|topic| bank[hit.utterance].system == *topic))
            .map(|hit| line(hit.utterance, true))
            .collect(),
    };
    if !typed.is_empty() {
        rows.push(Row {
            text: format!("{} Say it in my own words", icons::QUOTES),
            beside: "Ctrl Enter".into(),
            does: Do::SayFreely(typed.to_owned()),
            found: false,
        });
    }
    rows
}

fn commands(live: &Live) -> Vec<Row> {
    let other = match live.call().state().on_the_line {
        Person::Caller => Person::Patient,
        Person::Patient => Person::Caller,
    };
    [
        ("/patient", "Speak to the patient, or back to the caller", Do::Act(Action::SpeakTo(other))),
        ("/hold", "Hold and ask a clinician", Do::Open(Over::Hold)),
        ("/transfer", "Hand the call over", Do::Open(Over::Transfer)),
        ("/decide", "Decide, refer, advise", Do::View(View::Outcome)),
        ("/back", "Back to the call", Do::View(View::Talk)),
        ("/note", "Write a note", Do::FocusNotes),
        ("/wait", "Say nothing for ten seconds", Do::Act(Action::Wait { seconds: 10 })),
        ("/interrupt", "Cut in", Do::Act(Action::Interrupt)),
        ("/skip", "To the end of what is being said", Do::Skip),
        ("/pause", "Step away", Do::Pause),
        ("/close", "Close the call", Do::Act(Action::Close)),
        ("/break", "Break the exercise off", Do::Open(Over::BreakOff)),
    ]
    .map(|(text, about, does)| Row { text: text.into(), beside: about.into(), does, found: false })
    .into()
}

/// What would be said, with what is typed in the contact record filled in.
pub fn wording(live: &Live, utterance: &str) -> String {
    let call = live.call();
    let script = call.script();
    let text = script.wording(utterance, call.state().on_the_line).map_or(String::new(), ToString::to_string);
    let reads_back = script.standards.utterance(utterance).and_then(|(_, u)| u.reads_back);
    match reads_back {
        Some(field) => text.replace("{field}", &call.field(field).unwrap_or_else(|| "…".into())),
        None => text,
    }
}

fn list_ui(ui: &mut Ui, rows: &[Row], ask: &mut Ask, tallest: f32) -> Option<Do> {
    let mut todo = None;
    if rows.is_empty() {
        return None;
    }
    let height = (rows.len() as f32 * ROW).min(tallest - 90.0);
    let typed: Vec<String> = ask.typed.to_lowercase().split_whitespace().map(str::to_owned).collect();
    ui.spacing_mut().item_spacing.y = 0.0;
    egui::ScrollArea::vertical().id_salt("found").max_height(height).min_scrolled_height(height).show(ui, |ui| {
        for (n, row) in rows.iter().enumerate() {
            let chosen = n == ask.chosen;
            let says = if row.beside.is_empty() { row.text.clone() } else { format!("{}, {}", row.text, row.beside) };
            let (rect, response) = widgets::row(ui, ui.id().with(("found", n)), ROW, chosen, &says);
            row_paint(ui, rect, row, &typed);
            if chosen
                && ui.input(|input| {
                    input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp) || input.key_down(Key::PageDown)
                })
            {
                ui.scroll_to_rect(rect, None);
            }
            if response.clicked() {
                ask.chosen = n;
                todo = take(rows, ask);
            }
        }
    });
    ui.spacing_mut().item_spacing.y = 8.0;
    todo
}

fn row_paint(ui: &Ui, rect: Rect, row: &Row, typed: &[String]) {
    let p = Palette::of(ui);
    let painter = ui.painter_at(rect);
    let beside = painter.layout_no_wrap(row.beside.clone(), text::regular(text::CAPTION), p.text3);
    let beside_at = pos2(rect.right() - 10.0 - beside.size().x, rect.center().y - beside.size().y / 2.0);
    let mut job = if row.found { marked(&row.text, typed, p) } else { plain(&row.text, p) };
    job.wrap = egui::text::TextWrapping::truncate_at_width((beside_at.x - rect.left() - 20.0).max(60.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0), galley, p.text);
    painter.galley(beside_at, beside, p.text3);
}

fn plain(words: &str, p: &Palette) -> LayoutJob {
    LayoutJob::single_section(words.to_owned(), TextFormat::simple(text::regular(text::BODY), p.text))
}

/// The beginnings of words that were typed stand out.
fn marked(words: &str, typed: &[String], p: &Palette) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (n, word) in words.split(' ').enumerate() {
        let gap = if n == 0 { "" } else { " " };
        let start = word.find(char::is_alphanumeric).unwrap_or(0);
        let lower = word[start..].to_lowercase();
        let hit = typed.iter().filter(|t| lower.starts_with(t.as_str())).map(|t| t.len()).max().unwrap_or(0);
        let end = if word.is_char_boundary(start + hit) { start + hit } else { start };
        job.append(gap, 0.0, TextFormat::simple(text::regular(text::BODY), p.text));
        job.append(&word[..start], 0.0, TextFormat::simple(text::regular(text::BODY), p.text));
        job.append(&word[start..end], 0.0, TextFormat::simple(text::bold(text::BODY), p.accent));
        job.append(&word[end..], 0.0, TextFormat::simple(text::regular(text::BODY), p.text));
    }
    job
}

/// With a capital and a full stop.
pub fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}
