//! Linux: Speech Dispatcher, by its protocol (SSIP) over its socket. No library of the system is needed.
//!
//! One connection: what comes is read by a thread that tells answers from events.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::now;
use super::say::{Order, Report, Said};

/// The server answers sooner, or not at all.
const PATIENCE: Duration = Duration::from_secs(5);
/// A module that fails says nothing: what has not begun by then does not, and what was cancelled has ended.
const BEGINS: Duration = Duration::from_secs(5);
const ENDS: Duration = Duration::from_secs(2);
/// No line takes longer to be spoken.
const LONGEST: Duration = Duration::from_secs(120);
/// How often it is looked whether the line has been cut off.
const LOOK: Duration = Duration::from_millis(20);
/// No voices are asked for more than these.
const VOICES: usize = 8;

/// An answer or an event: its number, and what stands before its last line.
type Reply = (u16, Vec<String>);

/// Events.
const BEGIN: u16 = 701;
const END: u16 = 702;

/// Speaks what it is told to, until nobody tells it any more.
///
/// # Errors
/// A sentence: nobody listens at the socket, or has stopped to.
pub fn work(report: &Report, orders: &Receiver<Order>) -> Result<(), String> {
    let socket = socket().ok_or("there is no place for its socket")?;
    work_with(Server::connect(&socket).or_else(|_| start(&socket))?, report, orders)
}

fn work_with(mut server: Server, report: &Report, orders: &Receiver<Order>) -> Result<(), String> {
    server.ask("SET SELF CLIENT_NAME user:rightcall:voice")?;
    for event in ["BEGIN", "END", "CANCEL"] {
        server.ask(&format!("SET SELF NOTIFICATION {event} ON"))?;
    }
    // What the server cannot do is left.
    _ = server.ask("SET SELF LANGUAGE en-GB");
    let voices = british(server.ask("LIST SYNTHESIS_VOICES").unwrap_or_default());
    report.is_there(true);
    let mut next = None;
    while let Some(order) = next.take().or_else(|| orders.recv().ok()) {
        if let Order::Say(turn, words, volume) = order {
            server.set(&voices, words.who, words.percent, volume);
            next = server.speak(report, orders, turn, &words.text).inspect_err(|_| report.said(turn, Said::Failed))?;
        }
    }
    Ok(())
}

/// The names of the British voices in a list of them, each with name, language and variant.
fn british(list: Vec<String>) -> Vec<String> {
    let is_british =
        |line: &String| line.split('\t').nth(1).is_some_and(|language| language.eq_ignore_ascii_case("en-gb"));
    let name = |line: &String| line.split('\t').next().map(str::to_owned);
    list.iter().filter(|line| is_british(line)).filter_map(name).take(VOICES).collect()
}

/// Where the server listens.
fn socket() -> Option<PathBuf> {
    let named = std::env::var("SPEECHD_ADDRESS").ok();
    let named = named.and_then(|address| address.strip_prefix("unix_socket:").map(PathBuf::from));
    let usual = || {
        let folder = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let folder = folder.or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache")))?;
        Some(folder.join("speech-dispatcher/speechd.sock"))
    };
    named.or_else(usual)
}

/// Starts the server, as whoever speaks through it does.
fn start(socket: &Path) -> Result<Server, String> {
    let started = Command::new("speech-dispatcher")
        .arg("--spawn")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    started.map_err(|problem| format!("speech-dispatcher cannot be started: {problem}"))?;
    Server::connect(socket)
}

/// The other end of the socket.
struct Server {
    to: UnixStream,
    answers: Receiver<Reply>,
    events: Receiver<u16>,
}

impl Server {
    fn connect(socket: &Path) -> Result<Self, String> {
        let to = UnixStream::connect(socket).map_err(|problem| problem.to_string())?;
        let from = to.try_clone().map_err(|problem| problem.to_string())?;
        let ((answer, answers), (event, events)) = (channel(), channel());
        let read = move || listen(BufReader::new(from), &answer, &event);
        std::thread::Builder::new().name("speechd".into()).spawn(read).map_err(|problem| problem.to_string())?;
        Ok(Self { to, answers, events })
    }

    /// Sends a line, and waits for its answer.
    fn ask(&mut self, line: &str) -> Result<Vec<String>, String> {
        self.to.write_all(format!("{line}\r\n").as_bytes()).map_err(|problem| problem.to_string())?;
        match self.answers.recv_timeout(PATIENCE) {
            Ok((200..300, lines)) => Ok(lines),
            Ok((code, _)) => Err(format!("speech-dispatcher answered {code}")),
            Err(_) => Err("speech-dispatcher does not answer".into()),
        }
    }

    /// A voice of the same name for the same person; the sound of it as it is wanted.
    fn set(&mut self, voices: &[String], who: u32, percent: u32, volume: u32) {
        let who = usize::try_from(who).unwrap_or(0);
        if !voices.is_empty() {
            _ = self.ask(&format!("SET SELF SYNTHESIS_VOICE {}", voices[who % voices.len()]));
        }
        // Where there is one voice, people differ by pitch.
        let pitch = [0, 25, -25, 40, -40, 12, -12][who % 7];
        let (rate, volume) = (i64::from(percent.min(200)) - 100, i64::from(volume.min(100)) * 2 - 100);
        for (what, value) in [("PITCH", pitch), ("RATE", rate), ("VOLUME", volume)] {
            _ = self.ask(&format!("SET SELF {what} {value}"));
        }
    }

    /// Says the words and waits for their end. Returns an order that has cut them off.
    fn speak(
        &mut self,
        report: &Report,
        orders: &Receiver<Order>,
        turn: u64,
        text: &str,
    ) -> Result<Option<Order>, String> {
        // What is left of the line before is not of this one.
        while self.events.try_recv().is_ok() {}
        self.ask("SPEAK")?;
        // A full stop alone would end the words.
        let words = text.replace(['\r', '\n'], " ");
        let dot = if words.starts_with('.') { "." } else { "" };
        self.ask(&format!("{dot}{words}\r\n."))?;
        let (mut since, mut patience, mut cut) = (now(), BEGINS, None);
        loop {
            match self.events.recv_timeout(LOOK) {
                Ok(BEGIN) => {
                    report.said(turn, Said::Begun(now()));
                    if cut.is_none() {
                        (since, patience) = (now(), LONGEST);
                    }
                }
                Ok(END) => {
                    report.said(turn, Said::Over);
                    return Ok(cut);
                }
                // It was cut off, by us or by somebody else.
                Ok(_) => {
                    report.said(turn, Said::Failed);
                    return Ok(cut);
                }
                Err(RecvTimeoutError::Disconnected) => return Err("speech-dispatcher has gone".into()),
                Err(RecvTimeoutError::Timeout) if now().saturating_duration_since(since) > patience => {
                    report.said(turn, Said::Failed);
                    return Ok(cut);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if cut.is_none()
                && let Ok(order) = orders.try_recv()
            {
                cut = Some(order);
                // Ours alone: somebody may be listening to a screen reader.
                self.ask("CANCEL SELF")?;
                (since, patience) = (now(), ENDS);
            }
        }
    }
}

/// Tells answers from events, until nothing comes any more.
fn listen(from: impl BufRead, answers: &Sender<Reply>, events: &Sender<u16>) {
    let mut before = Vec::new();
    for line in from.lines() {
        let Ok(line) = line else { return };
        let (Some(code), rest) =
            (line.get(..3).and_then(|code| code.parse::<u16>().ok()), line.get(3..).unwrap_or_default())
        else {
            return;
        };
        if let Some(text) = rest.strip_prefix('-') {
            before.push(text.to_owned());
            continue;
        }
        let before = std::mem::take(&mut before);
        let told = if code >= 700 { events.send(code).is_ok() } else { answers.send((code, before)).is_ok() };
        if !told {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::sync::{Arc, Mutex};
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

    /// A server that writes down what it is told, and speaks each line for 60 ms unless that is cancelled.
    fn server(socket: &Path) -> Arc<Mutex<Vec<String>>> {
        let (listener, told) = (UnixListener::bind(socket).expect("a socket"), Arc::new(Mutex::new(Vec::new())));
        let heard = told.clone();
        std::thread::spawn(move || {
            let (mut to, _) = listener.accept().expect("somebody connects");
            let from = BufReader::new(to.try_clone().expect("the same socket"));
            let mut speaks = false;
            for line in from.lines() {
                let Ok(line) = line else { return };
                heard.lock().expect("whole").push(line.clone());
                let long = line.contains("weeks");
                let answer = match &*line {
                    "LIST SYNTHESIS_VOICES" => {
                        "249-Alan\ten-GB\tnone\r\n249-Bob\ten-US\tnone\r\n249-Cate\ten-gb\tnone\r\n249 OK\r\n".into()
                    }
                    "SPEAK" => {
                        speaks = true;
                        "230 OK RECEIVING DATA\r\n".to_owned()
                    }
                    "." => "225-1\r\n225 OK MESSAGE QUEUED\r\n701-1\r\n701-1\r\n701 BEGIN\r\n".into(),
                    "CANCEL SELF" => "213 OK\r\n703-1\r\n703-1\r\n703 CANCELED\r\n".into(),
                    _ if speaks => {
                        speaks = long;
                        continue;
                    }
                    "SET SELF PITCH 25" => "300 ERR\r\n".into(),
                    _ => "200 OK\r\n".into(),
                };
                to.write_all(answer.as_bytes()).expect("it is there");
                // Long lines are spoken until they are cancelled.
                if line == "." && !std::mem::take(&mut speaks) {
                    std::thread::sleep(Duration::from_millis(60));
                    to.write_all(b"702-1\r\n702-1\r\n702 END\r\n").expect("it is there");
                }
            }
        });
        told
    }

    #[test]
    fn words_are_said_as_the_protocol_has_it_and_only_ours_are_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("speechd.sock");
        let told = server(&socket);
        let server = Server::connect(&socket).expect("it listens");
        let mut mouth = Mouth::with(|report, orders| _ = work_with(server, &report, &orders));
        until("it is there", || mouth.can_say());
        let words = |text: &str| Spoken { text: text.into(), who: 1, percent: 120 };
        mouth.say(words(".\nNot\r\nreally."), 50);
        until("it is heard", || matches!(mouth.position(now()), Some(Position::At(_))));
        until("it is over", || mouth.position(now()) == Some(Position::Over));
        mouth.say(words("For weeks and weeks."), 50);
        until("it is heard", || matches!(mouth.position(now()), Some(Position::At(_))));
        mouth.say(words("Sorry."), 50);
        until("the next is over", || mouth.position(now()) == Some(Position::Over));
        let told = told.lock().expect("whole").clone();
        for line in
            ["SET SELF SYNTHESIS_VOICE Cate", "SET SELF RATE 20", "SET SELF VOLUME 0", ".. Not  really.", "CANCEL SELF"]
        {
            assert!(told.iter().any(|said| said == line), "{line}: {told:?}");
        }
        assert!(!told.iter().any(|said| said == "CANCEL ALL" || said == "STOP ALL"));
    }

    #[test]
    fn a_server_that_hangs_up_is_no_voice_any_more() {
        let folder = tempfile::tempdir().expect("a folder");
        let socket = folder.path().join("speechd.sock");
        let listener = UnixListener::bind(&socket).expect("a socket");
        let server = Server::connect(&socket).expect("it listens");
        drop(listener);
        let mouth = Mouth::with(|report, orders| {
            assert!(work_with(server, &report, &orders).is_err());
            report.is_there(false);
        });
        std::thread::sleep(Duration::from_millis(100));
        assert!(!mouth.can_say());
        assert!(Server::connect(&folder.path().join("none.sock")).is_err());
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
