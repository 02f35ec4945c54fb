//! Linux: Speech Dispatcher, over its socket. No library of the system is needed.
//!
//! Two connections: one waits for what becomes of the words, the other cuts them off.

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use ssip_client::fifo::Builder;
use ssip_client::{
    ClientName, ClientScope, EventType, MessageScope, NotificationType, OK_CANCELED, OK_LANGUAGE_SET,
    OK_NOTIFICATION_SET, OK_PITCH_SET, OK_RATE_SET, OK_VOICE_SET, OK_VOLUME_SET, SynthesisVoice,
};

use super::now;
use super::say::{Order, Report, Said};

/// No line takes longer to be spoken.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection whose answers are waited for.
type Client = ssip_client::Client<std::os::unix::net::UnixStream>;

/// What the other connection says of what was said.
type Heard = Result<EventType, String>;

/// Speaks what it is told to, until nobody tells it any more.
///
/// # Errors
/// A sentence: nobody listens at the socket, or has stopped to.
pub fn work(report: &Report, orders: &Receiver<Order>) -> Result<(), String> {
    let mut speaker = connected()?;
    let voices = voices(&mut speaker);
    let own = speaker.history_get_client_id().and_then(|client| client.receive_client_id()).map_err(said)?;
    for wanted in [NotificationType::Begin, NotificationType::End, NotificationType::Cancel] {
        speaker
            .set_notification(wanted, true)
            .and_then(|client| client.check_status(OK_NOTIFICATION_SET))
            .map_err(said)?;
    }
    report.is_there(true);
    while let Ok(order) = orders.recv() {
        let mut next = Some(order);
        while let Some(order) = next.take() {
            if let Order::Say(turn, words, volume) = order {
                set(&mut speaker, &voices, words.who, words.percent, volume);
                next = speak(&mut speaker, own, report, orders, turn, &words.text)?;
            }
        }
    }
    Ok(())
}

/// Says the words and waits for their end. Returns an order that has cut them off.
fn speak(
    speaker: &mut Client,
    own: u32,
    report: &Report,
    orders: &Receiver<Order>,
    turn: u64,
    text: &str,
) -> Result<Option<Order>, String> {
    speaker
        .speak()
        .and_then(|client| client.check_receiving_data())
        .and_then(|client| client.send_line(&text.replace('\n', " ")))
        .and_then(|client| client.receive_message_id())
        .map_err(said)?;
    let (heard, events) = std::sync::mpsc::channel::<Heard>();
    std::thread::scope(|scope| {
        let waits = scope.spawn(move || {
            loop {
                let event = speaker.receive_event().map(|event| event.ntype).map_err(said);
                let over = !matches!(event, Ok(EventType::Begin));
                if heard.send(event).is_err() || over {
                    return;
                }
            }
        });
        let mut cut = None;
        let done = loop {
            match events.recv_timeout(Duration::from_millis(20)) {
                Ok(Ok(EventType::Begin)) => report.said(turn, Said::Begun(now())),
                Ok(Ok(EventType::End)) => {
                    report.said(turn, Said::Over);
                    break Ok(());
                }
                Ok(Ok(_)) => {
                    report.said(turn, Said::Failed);
                    break Ok(());
                }
                Ok(Err(problem)) => {
                    report.said(turn, Said::Failed);
                    break Err(problem);
                }
                Err(RecvTimeoutError::Disconnected) => break Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if cut.is_none()
                && let Ok(order) = orders.try_recv()
            {
                cut = Some(order);
                // What was cut off says so itself, and is waited for.
                if let Err(problem) = silence(own) {
                    break Err(problem);
                }
            }
        };
        // A connection that has failed is waited for no longer than it takes to say so.
        _ = waits.join();
        done.map(|()| cut)
    })
}

/// Cuts off whatever is spoken for us, and nobody else: somebody may be listening to a screen reader.
fn silence(own: u32) -> Result<(), String> {
    let mut other = client()?;
    other.cancel(MessageScope::Message(own)).and_then(|client| client.check_status(OK_CANCELED)).map_err(said)?;
    Ok(())
}

/// A voice of the same name for the same person; the sound of it as it is wanted. What the server cannot do is left.
fn set(speaker: &mut Client, voices: &[SynthesisVoice], who: u32, percent: u32, volume: u32) {
    let current = ClientScope::Current;
    if let Some(voice) = usize::try_from(who).ok().filter(|_| !voices.is_empty()).map(|who| &voices[who % voices.len()])
    {
        _ = speaker
            .set_synthesis_voice(current.clone(), &voice.name)
            .and_then(|client| client.check_status(OK_VOICE_SET));
    }
    // Where there is one voice, people differ by pitch.
    let pitch = [0, 25, -25, 40, -40, 12, -12][who as usize % 7];
    _ = speaker.set_pitch(current.clone(), pitch).and_then(|client| client.check_status(OK_PITCH_SET));
    let rate = i8::try_from(i64::from(percent) - 100).unwrap_or(0);
    _ = speaker.set_rate(current.clone(), rate).and_then(|client| client.check_status(OK_RATE_SET));
    let volume = i8::try_from(i64::from(volume.min(100)) * 2 - 100).unwrap_or(100);
    _ = speaker.set_volume(current, volume).and_then(|client| client.check_status(OK_VOLUME_SET));
}

/// The British voices there are.
fn voices(speaker: &mut Client) -> Vec<SynthesisVoice> {
    let british = ClientScope::Current;
    _ = speaker.set_language(british, "en-GB").and_then(|client| client.check_status(OK_LANGUAGE_SET));
    let all = speaker.list_synthesis_voices().and_then(|client| client.receive_synthesis_voices()).unwrap_or_default();
    let is_british = |voice: &SynthesisVoice| {
        voice.language.as_deref().is_some_and(|language| language.eq_ignore_ascii_case("en-gb"))
    };
    all.into_iter().filter(is_british).take(8).collect()
}

/// A connection; the server is started if it has to be.
fn connected() -> Result<Client, String> {
    client().or_else(|_| {
        let started = Command::new("speech-dispatcher")
            .arg("--spawn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        started.map_err(|problem| format!("speech-dispatcher cannot be started: {problem}"))?;
        client()
    })
}

fn client() -> Result<Client, String> {
    let mut client = Builder::new().timeout(PATIENCE).build().map_err(|problem| problem.to_string())?;
    client
        .set_client_name(ClientName::new("rightcall", "voice"))
        .and_then(|client| client.check_client_name_set())
        .map_err(said)?;
    Ok(client)
}

fn said(problem: ssip_client::ClientError) -> String {
    problem.to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Instant;

    use super::super::super::player::{Position, Spoken};
    use super::super::say::Mouth;
    use super::*;

    fn until(what: &str, mut is: impl FnMut() -> bool) -> Instant {
        let begin = now();
        while !is() {
            assert!(begin.elapsed() < Duration::from_secs(10), "{what}");
            std::thread::sleep(Duration::from_millis(10));
        }
        now()
    }

    /// With `speech-dispatcher`, a voice and a sound server; then `cargo test -- --ignored`.
    #[test]
    #[ignore = "needs speech-dispatcher and a sound server"]
    fn a_line_is_spoken_to_its_end_and_another_is_cut_off() {
        let mut mouth = Mouth::new(Arc::new(|| ()));
        mouth.wake_up();
        until("it is there", || mouth.can_say());
        let words = |text: &str| Spoken { text: text.into(), who: 1, percent: 100 };
        mouth.say(words("None of them hurts, not really."), 100);
        let begun = until("it is heard", || matches!(mouth.position(now()), Some(Position::At(_))));
        let over = until("it is over", || mouth.position(now()) == Some(Position::Over));
        let took = over - begun;
        assert!((800..6000).contains(&took.as_millis()), "{took:?}");
        // Cut off, it makes room for the next at once.
        let long = "I have had this for weeks and weeks and nobody has ever said a word to me about what it might be.";
        mouth.say(words(long), 100);
        until("it is heard", || matches!(mouth.position(now()), Some(Position::At(at)) if at > 300));
        mouth.stop();
        assert_eq!(mouth.position(now()), None);
        let asked = now();
        mouth.say(words("Sorry."), 100);
        let next =
            until("the next is heard", || matches!(mouth.position(now()), Some(Position::At(_) | Position::Over)));
        assert!(next - asked < Duration::from_secs(3), "{:?}", next - asked);
    }
}
