//! The caller above the outcome: how they sound, who they are, what was said last. They stay on the line.

use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{self, Align, Layout, Ui};

use super::super::state::{Do, View};
use super::super::{transcript, voice, wave};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Line, Speaker};
use crate::records::Mode;

/// In a window lower than this there is room for one thing at a time.
pub const SHORT: f32 = 450.0;

/// Who is on the line and what was said last; back to the call, or a word from here.
pub fn strip_ui(ui: &mut Ui, live: &Live, saying: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let mut todo = None;
    let (roomy, tight) = (ui.available_width() > 800.0, ui.available_width() < 560.0);
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        widgets::right(ui, |ui| {
            let say = button(ui, icons::CHAT_CENTERED_TEXT, "Say…", "Say something", saying);
            if say.on_hover_text("Ask or say something from here").clicked() {
                todo = Some(Do::SayBar(!saying));
            }
            let words = if tight { "Back" } else { "Back to the call" };
            if button(ui, icons::ARROW_U_UP_LEFT, words, "Back to the call", false).clicked() {
                todo = Some(Do::View(View::Talk));
            }
            if roomy {
                let skip = ui.add(egui::Button::new(rich(icons::SKIP_FORWARD, text::regular(16.0), p.text)));
                widgets::named(ui, &skip, "Skip ahead");
                widgets::ring(ui, &skip);
                if skip.on_hover_text("To the end of what is being said").clicked() {
                    todo = Some(Do::Skip);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if roomy {
                    wave::wave_ui(ui, live, 84.0, 26.0);
                }
                let short = ui.ctx().content_rect().height() < SHORT;
                let job = line_job(live, p, short);
                if short {
                    let lines = egui::ScrollArea::vertical().id_salt("last line").max_height(58.0);
                    lines.stick_to_bottom(true).show(ui, |ui| ui.add(egui::Label::new(job).wrap()));
                } else {
                    ui.add(egui::Label::new(job).wrap());
                }
            });
        });
    });
    todo
}

fn button(ui: &mut Ui, icon: &str, words: &str, name: &str, on: bool) -> egui::Response {
    let p = Palette::of(ui);
    let mut button = egui::Button::new(rich(format!("{icon}  {words}"), text::regular(14.0), p.text));
    if on {
        button = button.fill(p.accent_soft).stroke(egui::Stroke::new(1.0, p.accent));
    }
    let response = ui.add(button);
    widgets::named(ui, &response, name);
    widgets::ring(ui, &response);
    response
}

/// Whoever is on the line, by first name, and how.
fn who(live: &Live) -> String {
    let name = voice::on_the_line(live);
    match voice::held_since(live) {
        Some(since) => format!("{name} is on hold, {}", widgets::clock(live.clock().saturating_sub(since))),
        None => format!("{name} is on the line"),
    }
}

fn last(live: &Live) -> Option<&Line> {
    let last = transcript::last_line(live)?;
    live.call().state().lines.get(usize::try_from(last).ok()?)
}

/// The name, and the last line in time with its voice.
fn line_job(live: &Live, p: &Palette, short: bool) -> LayoutJob {
    let mut job = last_job(live, p, short);
    // Whoever asks while somebody speaks has to wait, and should see that it was heard.
    let clock = live.clock();
    let lines = &live.call().state().lines;
    if let Some(next) = lines.iter().find(|line| line.from > clock && line.by == Speaker::Trainee) {
        let words = format!("\nNext, when they have finished: {}", next.text);
        job.append(&words, 0.0, TextFormat::simple(text::regular(text::CAPTION), p.text3));
    }
    job
}

fn last_job(live: &Live, p: &Palette, short: bool) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut add = |words: &str, font, color| job.append(words, 0.0, TextFormat::simple(font, color));
    add(&who(live), text::bold(text::BODY), p.text);
    add("   ", text::regular(text::BODY), p.text);
    let Some(line) = last(live) else {
        add("Nothing has been said yet.", text::regular(text::BODY), p.text3);
        return job;
    };
    if line.by == Speaker::Sound {
        add(&line.text, text::italic(text::BODY), p.text2);
        return job;
    }
    let by = transcript::speaker(live, &line.by);
    if by != voice::on_the_line(live) {
        add(&format!("{by}: "), text::regular(text::BODY), p.text3);
    }
    let spoken = spoken(live, line);
    add("“", text::regular(text::BODY), p.text2);
    let rest_is_shown = live.mode() != Mode::Exam && !line.cut && !short;
    let heard = if rest_is_shown { &line.text[..spoken] } else { line.text[..spoken].trim_end() };
    add(heard, text::regular(text::BODY), p.text2);
    if rest_is_shown {
        add(&line.text[spoken..], text::regular(text::BODY), p.text3);
    }
    add("”", text::regular(text::BODY), p.text2);
    job
}

/// How much of a line has been heard, in bytes, to the end of a word.
fn spoken(live: &Live, line: &Line) -> usize {
    if live.clock() >= line.until && !line.cut {
        return line.text.len();
    }
    let words = line.text.split(' ').count() as u64;
    let heard = usize::try_from(u64::from(voice::progress(live, line)) * words / 1000).unwrap_or(0);
    line.text.split(' ').take(heard).map(|word| word.len() + 1).sum::<usize>().min(line.text.len())
}
