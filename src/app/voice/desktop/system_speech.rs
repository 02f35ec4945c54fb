//! Windows and macOS: the system's speech, WinRT and AVSpeechSynthesizer.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tts::{Tts, Voice};

use super::now;
use super::say::{Order, Report, Said};

/// How often it is looked whether it still speaks.
const LOOK: Duration = Duration::from_millis(30);
/// Nobody waits longer for its first word.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is being said: its turn, since when it was asked for, and whether it has been heard.
struct Saying {
    turn: u64,
    since: Instant,
    begun: bool,
}

/// Speaks what it is told to, until nobody tells it any more.
///
/// # Errors
/// A sentence: the system has no speech, or does not let us have it.
pub fn work(report: &Report, orders: &Receiver<Order>) -> Result<(), String> {
    let said = |problem: tts::Error| problem.to_string();
    let mut tts = Tts::default().map_err(said)?;
    let all = tts.voices().unwrap_or_default();
    let british = |voice: &&Voice| voice.language().to_string().eq_ignore_ascii_case("en-gb");
    let voices: Vec<Voice> = all.iter().filter(british).take(8).cloned().collect();
    report.is_there(true);
    let mut saying: Option<Saying> = None;
    loop {
        let order = match &saying {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => orders.recv_timeout(LOOK),
        };
        match order {
            Ok(Order::Say(turn, words, volume)) => {
                set(&mut tts, &voices, words.who, words.percent, volume);
                let spoken = tts.speak(words.text.to_string(), true);
                if spoken.is_err() {
                    report.said(turn, Said::Failed);
                }
                saying = spoken.ok().map(|_| Saying { turn, since: now(), begun: false });
            }
            Ok(Order::Stop) => {
                tts.stop().map_err(said)?;
                saying = None;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        let Some(current) = &mut saying else { continue };
        match (tts.is_speaking().map_err(said)?, current.begun) {
            (true, false) => {
                current.begun = true;
                report.said(current.turn, Said::Begun(now()));
            }
            (false, true) => {
                report.said(current.turn, Said::Over);
                saying = None;
            }
            (false, false) if current.since.elapsed() > PATIENCE => {
                report.said(current.turn, Said::Failed);
                saying = None;
            }
            _ => {}
        }
    }
}

/// A voice of the same name for the same person; the sound of it as it is wanted. What the system cannot do is left.
fn set(tts: &mut Tts, voices: &[Voice], who: u32, percent: u32, volume: u32) {
    if let Some(voice) = usize::try_from(who).ok().filter(|_| !voices.is_empty()).map(|who| &voices[who % voices.len()])
    {
        _ = tts.set_voice(voice);
    }
    _ = tts.set_rate((tts.normal_rate() * percent as f32 / 100.0).clamp(tts.min_rate(), tts.max_rate()));
    _ = tts.set_volume(tts.min_volume() + (tts.max_volume() - tts.min_volume()) * volume.min(100) as f32 / 100.0);
}
