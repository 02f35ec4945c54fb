//! The words of a line: those spoken bright, the one being spoken marked, the others dim or hidden.

use std::ops::Range;

use bevy_egui::egui::text::{CCursor, LayoutJob, TextFormat};
use bevy_egui::egui::{CornerRadius, Galley, Painter, Pos2, Stroke, vec2};

use super::voice;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::call::{Line, Speaker};

/// The words of a line as they are painted.
pub struct Caption {
    pub job: LayoutJob,
    /// The word that is being spoken, in characters.
    now: Option<Range<usize>>,
}

/// How words are shown.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub size: f32,
    /// The word being spoken is underlined, not filled.
    pub still: bool,
}

/// Whether a line is being spoken.
pub fn is_spoken_now(live: &Live, line: &Line) -> bool {
    live.clock() < line.until && !line.cut
}

/// In place of words that were heard and are not shown.
const HEARD: &str = "[heard, not shown]";

/// As much of a line as may be read now.
pub fn readable(live: &Live, line: &Line) -> String {
    if line.by == Speaker::Sound {
        return sound(line);
    }
    if live.is_only_heard(line) {
        return HEARD.to_owned();
    }
    let words: Vec<&str> = line.text.split(' ').collect();
    let (now, cut) = (spoken(live, line, words.len()), line.cut);
    let hidden = cut || (live.is_listened_to() && is_spoken_now(live, line));
    if !hidden || now >= words.len() {
        return line.text.to_string();
    }
    let mut read = words[..words.len().min(now + 1)].join(" ");
    if cut {
        read.push_str(" –");
    }
    read
}

fn sound(line: &Line) -> String {
    if line.text.starts_with('[') { line.text.to_string() } else { format!("[{}]", line.text) }
}

/// How many words have been spoken in full.
fn spoken(live: &Live, line: &Line, words: usize) -> usize {
    if !line.cut && live.clock() >= line.until {
        return words;
    }
    voice::words_spoken(live, line, words)
}

impl Caption {
    pub fn new(live: &Live, line: &Line, style: Style, p: &Palette) -> Self {
        let own = line.by == Speaker::Trainee;
        let bright = if own { p.text2 } else { p.text };
        if line.by == Speaker::Sound || live.is_only_heard(line) {
            let format = TextFormat::simple(text::italic(style.size - 1.0), p.text2);
            return Self { job: LayoutJob::single_section(readable(live, line), format), now: None };
        }
        let font = text::regular(style.size);
        if !is_spoken_now(live, line) {
            let format = TextFormat::simple(font, bright);
            return Self { job: LayoutJob::single_section(readable(live, line), format), now: None };
        }
        let words: Vec<&str> = line.text.split(' ').collect();
        let now = spoken(live, line, words.len());
        let mut job = LayoutJob::default();
        let mut marked = None;
        let mut at = 0;
        for (n, word) in words.iter().enumerate() {
            if n > now && live.is_listened_to() {
                break;
            }
            let mut format = TextFormat::simple(font.clone(), if n <= now { bright } else { p.text3 });
            if n > 0 {
                job.append(" ", 0.0, TextFormat::simple(font.clone(), bright));
                at += 1;
            }
            let end = at + word.chars().count();
            if n == now && !own {
                if style.still {
                    format.underline = Stroke::new(2.0, p.accent);
                } else {
                    format.color = p.on_accent;
                    marked = Some(at..end);
                }
            }
            job.append(word, 0.0, format);
            at = end;
        }
        Self { job, now: marked }
    }

    /// The fill behind the word that is being spoken.
    pub fn paint_mark(&self, painter: &Painter, galley: &Galley, at: Pos2, p: &Palette) {
        let Some(now) = &self.now else { return };
        let from = galley.pos_from_cursor(CCursor { index: now.start.into(), prefer_next_row: true });
        let to = galley.pos_from_cursor(CCursor { index: now.end.into(), prefer_next_row: false });
        if from.top() == to.top() {
            let rect = from.union(to).translate(at.to_vec2()).expand2(vec2(2.5, 1.0));
            painter.rect_filled(rect, CornerRadius::same(4), p.accent);
        }
    }
}
