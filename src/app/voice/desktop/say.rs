//! The system's own voice, for what has no clip: a thread of its own, begun when a call is opened.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use super::super::player::{Position, Spoken};
use super::system;

/// An order for the thread.
pub enum Order {
    /// The last is the volume, in hundredths.
    Say(u64, Spoken, u32),
    Stop,
}

/// How far what is said has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Said {
    #[default]
    Nothing,
    Coming,
    /// Since when it is heard.
    Begun(Instant),
    Over,
    Failed,
}

/// What both sides see.
#[derive(Debug, Default)]
pub struct State {
    /// The system has a voice.
    there: bool,
    /// The turn of what is said: whatever comes of an earlier one is not heard of.
    turn: u64,
    said: Said,
    percent: u32,
}

/// What the thread says of what it does.
#[derive(Clone)]
pub struct Report {
    state: Arc<Mutex<State>>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Report {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in it can be half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The system has a voice, or has none any more.
    pub fn is_there(&self, there: bool) {
        self.lock().there = there;
        (self.wake)();
    }

    /// What becomes of what was said in this turn.
    pub fn said(&self, turn: u64, said: Said) {
        let mut state = self.lock();
        if state.turn == turn && state.said != Said::Nothing {
            state.said = said;
            drop(state);
            (self.wake)();
        }
    }
}

/// The end in the player's hand.
pub struct Mouth {
    report: Report,
    orders: Option<Sender<Order>>,
    /// It ends where the system has no voice, or has lost it.
    thread: Option<JoinHandle<()>>,
}

impl Mouth {
    /// `wake` wakes the loop when something has come of what was said.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { report: Report { state: Arc::default(), wake }, orders: None, thread: None }
    }

    /// A system without a voice.
    #[cfg(test)]
    pub fn without() -> Self {
        let (orders, _) = channel();
        Self { orders: Some(orders), ..Self::new(Arc::new(|| ())) }
    }

    /// One that somebody else does the work for.
    #[cfg(test)]
    pub fn with(work: impl FnOnce(Report, Receiver<Order>) + Send + 'static) -> Self {
        let mut mouth = Self::new(Arc::new(|| ()));
        mouth.begin(work);
        mouth
    }

    /// The thread begins, if it has not; where it has ended, it looks whether there is a voice by now.
    pub fn wake_up(&mut self) {
        if self.orders.is_none() || self.thread.as_ref().is_some_and(JoinHandle::is_finished) {
            self.begin(|report, orders| {
                // Without fuss: the call is read.
                if let Err(problem) = system::work(&report, &orders) {
                    bevy::log::info!("the system has no voice: {problem}");
                }
                report.is_there(false);
            });
        }
    }

    fn begin(&mut self, work: impl FnOnce(Report, Receiver<Order>) + Send + 'static) {
        let ((orders, taken), report) = (channel(), self.report.clone());
        let spawned = std::thread::Builder::new().name("system voice".into()).spawn(move || work(report, taken));
        if let Ok(thread) = spawned {
            (self.orders, self.thread) = (Some(orders), Some(thread));
        }
    }

    pub fn can_say(&self) -> bool {
        self.report.lock().there
    }

    pub fn say(&mut self, words: Spoken, volume: u32) {
        let mut state = self.report.lock();
        state.turn += 1;
        (state.said, state.percent) = (Said::Coming, words.percent);
        let turn = state.turn;
        drop(state);
        let sent = self.orders.as_ref().is_some_and(|orders| orders.send(Order::Say(turn, words, volume)).is_ok());
        if !sent {
            self.report.lock().said = Said::Failed;
        }
    }

    pub fn stop(&mut self) {
        let was = std::mem::take(&mut self.report.lock().said);
        if let (Said::Coming | Said::Begun(_), Some(orders)) = (was, &self.orders) {
            _ = orders.send(Order::Stop);
        }
    }

    /// How far what is said has come, at its usual speed; nothing where nothing is said.
    pub fn position(&self, now: Instant) -> Option<Position> {
        let state = self.report.lock();
        Some(match state.said {
            Said::Nothing => return None,
            Said::Coming => Position::Coming,
            Said::Begun(since) => {
                let passed = now.saturating_duration_since(since).as_millis() * u128::from(state.percent) / 100;
                Position::At(u32::try_from(passed).unwrap_or(u32::MAX))
            }
            Said::Over => Position::Over,
            Said::Failed => Position::Failed,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn words(percent: u32) -> Spoken {
        Spoken { text: "Hiya.".into(), who: 0, percent }
    }

    #[test]
    fn what_is_said_is_followed_and_what_comes_late_of_an_earlier_line_is_not() {
        let mut mouth = Mouth::new(Arc::new(|| ()));
        let (orders, taken) = channel();
        mouth.orders = Some(orders);
        let begin = super::super::now();
        assert_eq!(mouth.position(begin), None);
        mouth.say(words(120), 100);
        assert_eq!(mouth.position(begin), Some(Position::Coming));
        let Ok(Order::Say(first, _, 100)) = taken.try_recv() else { panic!("it is told") };
        let report = mouth.report.clone();
        report.said(first, Said::Begun(begin));
        assert_eq!(mouth.position(begin + Duration::from_millis(500)), Some(Position::At(600)));
        mouth.say(words(100), 100);
        report.said(first, Said::Over);
        assert_eq!(mouth.position(begin), Some(Position::Coming));
        mouth.stop();
        assert_eq!(mouth.position(begin), None);
        report.said(first + 1, Said::Over);
        assert_eq!(mouth.position(begin), None, "nobody asks for it any more");
        drop(taken);
        mouth.say(words(100), 100);
        assert_eq!(mouth.position(begin), Some(Position::Failed));
    }
}
