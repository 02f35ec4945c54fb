//! Which key does what: one list of commands, each with its usual key, remapped as the user likes.
//!
//! The list is kept in egui's memory, so that a panel asks `keys::pressed(ctx, …)` and needs no resource.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy_egui::egui::{self, Key, KeyboardShortcut, Modifiers};
use serde::{Deserialize, Serialize};

/// Something that a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Command {
    AskBar,
    Pause,
    SayAsTyped,
    PinSituation,
    PinBackground,
    PinAssessment,
    PinRecommendation,
    Unpin,
    Offer,
    Reject,
    ReferAndClose,
    PreviousMark,
    NextMark,
    PlayLine,
    ReplayFromHere,
    Comment,
    Find,
    LargerText,
    SmallerText,
    NormalText,
    Sound,
    ToDesk,
    ToCalls,
    ToStandards,
    ToSettings,
    ToAnswers,
    ToReview,
}

/// Where a command works: the same key may do different things in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Anywhere,
    Call,
    AskBar,
    Transcript,
    Outcome,
    Debrief,
    Reading,
}

impl Place {
    pub fn name(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Call => "In a call",
            Self::AskBar => "In the ask bar",
            Self::Transcript => "On a line of the transcript",
            Self::Outcome => "Outcome",
            Self::Debrief => "Debrief",
            Self::Reading => "Calls, standards and model answers",
        }
    }

    /// Whether a key can mean two things if both have it.
    fn meets(self, other: Self) -> bool {
        let in_call = |place| matches!(place, Self::AskBar | Self::Transcript | Self::Outcome);
        self == other
            || self == Self::Anywhere
            || other == Self::Anywhere
            || (self == Self::Call && in_call(other))
            || (other == Self::Call && in_call(self))
    }
}

impl Command {
    /// Every command, in the order in which settings list them.
    pub const ALL: [Self; 27] = [
        Self::LargerText,
        Self::SmallerText,
        Self::NormalText,
        Self::Sound,
        Self::ToDesk,
        Self::ToCalls,
        Self::ToStandards,
        Self::ToSettings,
        Self::ToAnswers,
        Self::ToReview,
        Self::AskBar,
        Self::Pause,
        Self::SayAsTyped,
        Self::PinSituation,
        Self::PinBackground,
        Self::PinAssessment,
        Self::PinRecommendation,
        Self::Unpin,
        Self::Offer,
        Self::Reject,
        Self::ReferAndClose,
        Self::PreviousMark,
        Self::NextMark,
        Self::PlayLine,
        Self::ReplayFromHere,
        Self::Comment,
        Self::Find,
    ];

    /// What it does, in words; where; and its usual key.
    pub const fn about(self) -> (&'static str, Place, KeyboardShortcut) {
        match self {
            Self::AskBar => ("Back to the ask bar", Place::Call, plain(Key::Escape)),
            Self::Pause => ("Pause, and go on", Place::Call, plain(Key::F9)),
            Self::SayAsTyped => ("Say exactly what I typed", Place::AskBar, ctrl(Key::Enter)),
            Self::PinSituation => ("Pin the line to Situation", Place::Transcript, plain(Key::S)),
            Self::PinBackground => ("Pin the line to Background", Place::Transcript, plain(Key::B)),
            Self::PinAssessment => ("Pin the line to Assessment", Place::Transcript, plain(Key::A)),
            Self::PinRecommendation => ("Pin the line to Recommendation", Place::Transcript, plain(Key::R)),
            Self::Unpin => ("Unpin the line", Place::Transcript, plain(Key::X)),
            Self::Offer => ("Offer the service", Place::Outcome, plain(Key::O)),
            Self::Reject => ("Reject the service", Place::Outcome, plain(Key::R)),
            Self::ReferAndClose => ("Refer and close", Place::Outcome, ctrl(Key::Enter)),
            Self::PreviousMark => ("The mark before", Place::Debrief, plain(Key::ArrowLeft)),
            Self::NextMark => ("The next mark", Place::Debrief, plain(Key::ArrowRight)),
            Self::PlayLine => ("Play, and stop", Place::Debrief, plain(Key::Space)),
            Self::ReplayFromHere => ("Replay from here", Place::Debrief, plain(Key::P)),
            Self::Comment => ("Write a comment", Place::Debrief, plain(Key::C)),
            Self::Find => ("Search", Place::Reading, ctrl(Key::F)),
            Self::LargerText => ("Larger text", Place::Anywhere, ctrl(Key::Plus)),
            Self::SmallerText => ("Smaller text", Place::Anywhere, ctrl(Key::Minus)),
            Self::NormalText => ("Text as it was", Place::Anywhere, ctrl(Key::Num0)),
            Self::Sound => ("Sound off, and on", Place::Anywhere, plain(Key::F8)),
            Self::ToDesk => ("To the desk", Place::Anywhere, alt(Key::Num1)),
            Self::ToCalls => ("To the calls", Place::Anywhere, alt(Key::Num2)),
            Self::ToStandards => ("To the standards", Place::Anywhere, alt(Key::Num3)),
            Self::ToSettings => ("To the settings", Place::Anywhere, alt(Key::Num4)),
            Self::ToAnswers => ("To the model answers (trainers)", Place::Anywhere, alt(Key::Num5)),
            Self::ToReview => ("To the review room (trainers)", Place::Anywhere, alt(Key::Num6)),
        }
    }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// A key with what is held, as it is kept: `Ctrl+Enter`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Chord(pub KeyboardShortcut);

impl From<Chord> for String {
    fn from(Chord(chord): Chord) -> Self {
        let held = chord.modifiers;
        let parts = [(held.command || held.ctrl, "Ctrl"), (held.alt, "Alt"), (held.shift, "Shift")];
        let mut words: Vec<&str> = parts.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        words.push(chord.logical_key.name());
        words.join("+")
    }
}

impl TryFrom<String> for Chord {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        let mut held = Modifiers::NONE;
        let mut key = None;
        for word in words.split('+') {
            match word {
                "Ctrl" => held |= Modifiers::COMMAND,
                "Alt" => held |= Modifiers::ALT,
                "Shift" => held |= Modifiers::SHIFT,
                name => key = Key::from_name(name),
            }
        }
        key.map(|key| Self(KeyboardShortcut::new(held, key))).ok_or_else(|| format!("`{words}` is no key"))
    }
}

/// The keys that differ from the usual ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keys(BTreeMap<Command, Chord>);

impl Keys {
    /// The key of a command.
    pub fn of(&self, command: Command) -> KeyboardShortcut {
        self.0.get(&command).map_or(command.about().2, |chord| chord.0)
    }

    pub fn is_usual(&self, command: Command) -> bool {
        !self.0.contains_key(&command)
    }

    /// Gives a command another key.
    ///
    /// # Errors
    /// The command that has this key already where both can be pressed.
    pub fn set(&mut self, command: Command, chord: KeyboardShortcut) -> Result<(), Command> {
        let place = command.about().1;
        let taken = Command::ALL
            .into_iter()
            .find(|other| *other != command && self.of(*other) == chord && other.about().1.meets(place));
        if let Some(other) = taken {
            return Err(other);
        }
        if chord == command.about().2 {
            self.0.remove(&command);
        } else {
            self.0.insert(command, Chord(chord));
        }
        Ok(())
    }

    /// All keys as they usually are.
    pub fn reset(&mut self) {
        self.0.clear();
    }
}

fn id() -> egui::Id {
    egui::Id::new("keys")
}

/// From now on these are the keys.
pub fn install(ctx: &egui::Context, keys: &Keys) {
    ctx.data_mut(|data| data.insert_temp(id(), Arc::new(keys.clone())));
}

fn listening() -> egui::Id {
    egui::Id::new("listening for a key")
}

/// While the settings listen for a new key, no key does what it usually does.
pub fn listen(ctx: &egui::Context, on: bool) {
    ctx.data_mut(|data| data.insert_temp(listening(), on));
}

pub fn of(ctx: &egui::Context, command: Command) -> KeyboardShortcut {
    let keys: Option<Arc<Keys>> = ctx.data(|data| data.get_temp(id()));
    keys.map_or(command.about().2, |keys| keys.of(command))
}

/// Whether the key of a command was pressed; nobody else sees it then. A key that types is left to
/// the field that is being typed in.
pub fn pressed(ctx: &egui::Context, command: Command) -> bool {
    if ctx.data(|data| data.get_temp(listening())).unwrap_or(false) {
        return false;
    }
    let chord = of(ctx, command);
    let types = !chord.modifiers.command && !chord.modifiers.ctrl && !chord.modifiers.alt && {
        let name = chord.logical_key.name();
        name.chars().count() == 1 || matches!(chord.logical_key, Key::Space | Key::ArrowLeft | Key::ArrowRight)
    };
    if types && ctx.text_edit_focused() {
        return false;
    }
    // A keyboard layout may have its plus above the equals sign.
    let alias =
        chord.logical_key == Key::Plus && ctx.input_mut(|input| input.consume_key(chord.modifiers, Key::Equals));
    alias || ctx.input_mut(|input| input.consume_shortcut(&chord))
}

/// Whether the settings listen for a new key.
#[cfg(target_arch = "wasm32")]
pub fn is_listening(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(listening())).unwrap_or(false)
}

/// Every key that does something here, in words. Sizes of text are left to the browser, as on any page.
#[cfg(target_arch = "wasm32")]
pub fn chords(ctx: &egui::Context) -> Vec<String> {
    let ours = |command: &Command| !matches!(command, Command::LargerText | Command::SmallerText | Command::NormalText);
    Command::ALL.into_iter().filter(ours).map(|command| Chord(of(ctx, command)).into()).collect()
}

/// The key of a command as it is shown: `Ctrl Enter`.
pub fn words(ctx: &egui::Context, command: Command) -> String {
    shown(&of(ctx, command))
}

/// A key with what is held, as it is shown.
pub fn shown(chord: &KeyboardShortcut) -> String {
    String::from(Chord(*chord)).replace('+', " ").replace("Escape", "Esc")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key_where_both_work() {
        let mut keys = Keys::default();
        for command in Command::ALL {
            assert_eq!(keys.set(command, command.about().2), Ok(()), "{command:?}");
        }
    }

    #[test]
    fn every_command_is_listed_once() {
        let mut all = Command::ALL.to_vec();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), Command::ALL.len());
    }

    #[test]
    fn a_key_that_is_taken_is_refused_and_one_that_is_free_is_kept() {
        let mut keys = Keys::default();
        let f9 = Command::Pause.about().2;
        assert_eq!(keys.set(Command::AskBar, f9), Err(Command::Pause));
        let f2 = KeyboardShortcut::new(Modifiers::NONE, Key::F2);
        assert_eq!(keys.set(Command::Pause, f2), Ok(()));
        let kept: Keys = serde_json::from_str(&serde_json::to_string(&keys).unwrap()).unwrap();
        assert_eq!(kept.of(Command::Pause), f2);
        assert_eq!(kept.of(Command::AskBar), Command::AskBar.about().2);
        // In the debrief, R may do something else than on the outcome.
        let r = KeyboardShortcut::new(Modifiers::NONE, Key::R);
        assert_eq!(keys.set(Command::Comment, r), Ok(()));
    }

    #[test]
    fn every_usual_key_survives_being_written() {
        for command in Command::ALL {
            let chord = Chord(command.about().2);
            assert_eq!(Chord::try_from(String::from(chord.clone())), Ok(chord));
        }
    }
}
