//! The transcript played on from a line: word by word, by the voices of the call, or at the speed of speech where there are none.

use std::time::Duration;

use bevy_egui::egui::Stroke;
use bevy_egui::egui::text::{LayoutJob, TextFormat};

use super::rows::{Row, Voice};
use crate::app::theme::palette::Palette;
use crate::app::theme::text;

/// A silence longer than this is cut to as much, in milliseconds of call time.
const LONGEST_SILENCE: u32 = 1200;

/// Where the playing stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replay {
    clock: Duration,
    playing: bool,
    /// It has just been begun, from wherever.
    fresh: bool,
    /// A voice is heard, not only read.
    pub is_heard: bool,
}

impl Replay {
    pub fn playing(&self) -> bool {
        self.playing
    }

    /// Milliseconds of call time, while it plays.
    pub fn clock(&self) -> Option<u32> {
        self.playing.then(|| u32::try_from(self.clock.as_millis()).unwrap_or(u32::MAX))
    }

    pub fn start(&mut self, at: u32) {
        self.clock = Duration::from_millis(at.into());
        (self.playing, self.fresh) = (true, true);
    }

    /// Whether it has been begun since this was last asked.
    pub fn is_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    /// The voice that is heard has come to this moment of call time.
    pub fn follow(&mut self, to: u32) {
        self.clock = self.clock.max(Duration::from_millis(to.into()));
    }

    pub fn stop(&mut self) {
        self.playing = false;
    }

    /// Time passes; `percent` is the speed of speech. Long silences are cut short, and it stops at the end.
    pub fn tick(&mut self, passed: Duration, percent: u32, rows: &[Row]) {
        let Some(before) = self.clock() else { return };
        self.clock += passed * percent / 100;
        let now = self.clock().unwrap_or(before);
        let mut lines = rows.iter().filter(|row| row.line.is_some());
        if lines.clone().any(|row| row.at <= now && now < row.until) {
            return;
        }
        match lines.find(|row| row.at > now) {
            Some(next) if next.at - now > LONGEST_SILENCE => {
                self.clock = Duration::from_millis((next.at - LONGEST_SILENCE).into());
            }
            Some(_) => {}
            None => self.playing = false,
        }
    }

    /// The row that somebody speaks at this moment, where it is not the trainee.
    pub fn spoken<'r>(&self, rows: &'r [Row]) -> Option<&'r Row> {
        let clock = self.clock()?;
        let spoken = |row: &&Row| row.voice == Voice::Other && row.heard.is_some() && !row.over;
        rows.iter().rfind(|row| spoken(row) && row.at <= clock && clock < row.until)
    }

    /// The row that is being spoken, or was last.
    pub fn row(&self, rows: &[Row]) -> Option<usize> {
        let clock = self.clock()?;
        rows.iter().rposition(|row| row.line.is_some() && row.at <= clock)
    }
}

/// The words of a row at this moment: those spoken bright, the one being spoken marked, the others dim.
/// Without motion the mark is an underline.
pub fn words(row: &Row, clock: Option<u32>, still: bool, p: &Palette) -> LayoutJob {
    let (font, color) = match row.voice {
        Voice::Sound => (text::italic(text::BODY), p.text2),
        Voice::Moment => (text::regular(14.0), p.text3),
        Voice::Own => (text::regular(text::BODY), p.text2),
        Voice::Other => (text::regular(text::BODY), p.text),
    };
    let spoken = matches!(row.voice, Voice::Own | Voice::Other);
    let clock = match clock {
        Some(clock) if spoken && clock < row.until => clock,
        Some(clock) if !spoken && clock < row.at => {
            return LayoutJob::single_section(row.text.clone(), TextFormat::simple(font, p.text3));
        }
        _ => return LayoutJob::single_section(row.text.clone(), TextFormat::simple(font, color)),
    };
    let all: Vec<&str> = row.text.split(' ').collect();
    let long = u64::from(row.until.saturating_sub(row.at).max(1));
    let passed = u64::from(clock.saturating_sub(row.at)) * all.len() as u64;
    let now = usize::try_from(passed / long).unwrap_or(0);
    let begun = clock >= row.at;
    let mut job = LayoutJob::default();
    for (n, word) in all.iter().enumerate() {
        if n > 0 {
            job.append(" ", 0.0, TextFormat::simple(font.clone(), color));
        }
        let mut format = TextFormat::simple(font.clone(), if begun && n <= now { color } else { p.text3 });
        if begun && n == now {
            if still {
                format.underline = Stroke::new(2.0, p.accent);
            } else {
                format.color = p.on_accent;
                format.background = p.accent;
            }
        }
        job.append(word, 0.0, format);
    }
    job
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: u32, until: u32, text: &str) -> Row {
        Row {
            at,
            until,
            who: "Ann".into(),
            text: text.into(),
            voice: Voice::Other,
            line: Some(0),
            event: 0,
            heard: None,
            over: false,
        }
    }

    #[test]
    fn it_plays_to_the_end_and_cuts_long_silences_short() {
        let rows = [row(1000, 2000, "one two"), row(30_000, 31_000, "three")];
        let mut replay = Replay::default();
        replay.start(1000);
        replay.tick(Duration::from_millis(500), 100, &rows);
        assert_eq!((replay.clock(), replay.row(&rows)), (Some(1500), Some(0)));
        replay.tick(Duration::from_millis(600), 100, &rows);
        assert_eq!(replay.clock(), Some(30_000 - LONGEST_SILENCE));
        replay.tick(Duration::from_millis(1200), 200, &rows);
        assert_eq!(replay.row(&rows), None, "it is over");
        assert!(!replay.playing());
    }

    #[test]
    fn the_word_being_spoken_is_marked_and_underlined_without_motion() {
        let p = &Palette::DARK;
        let row = row(0, 3000, "one two three");
        let marked = |still: bool| {
            let job = words(&row, Some(1500), still, p);
            let is = |format: &TextFormat| format.background == p.accent || format.underline != Stroke::NONE;
            let marked: Vec<_> = job.sections.iter().filter(|section| is(&section.format)).cloned().collect();
            let [section] = marked.as_slice() else { panic!("one word is marked: {marked:?}") };
            (
                job.text[section.byte_range.start.0..section.byte_range.end.0].to_owned(),
                section.format.underline != Stroke::NONE,
            )
        };
        assert_eq!(marked(false), ("two".into(), false));
        assert_eq!(marked(true), ("two".into(), true));
        assert_eq!(words(&row, None, false, p).sections.len(), 1);
    }
}
