//! What can be said or done next: the rows under which the ask bar stands.

use super::filter::{Filter, Say};
use super::state::{Ask, Do, Over, View};
use super::voice;
use crate::app::library::Library;
use crate::app::live::Live;
use crate::call::Action;
use crate::scenario::Person;

/// How many lines the search lists.
const MOST: usize = 40;

/// One thing that can be chosen in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub text: String,
    pub beside: String,
    pub does: Do,
    /// Found by search: what was typed is marked.
    pub found: bool,
}

impl Row {
    fn new(text: impl Into<String>, beside: impl Into<String>, does: Do) -> Self {
        Self { text: text.into(), beside: beside.into(), does, found: false }
    }
}

/// All rows for what is typed and chosen; nothing while there is nothing to list.
pub fn rows(live: &Live, library: &Library, ask: &Ask) -> Vec<Row> {
    let typed = ask.typed.trim();
    if let Some(command) = typed.strip_prefix('/') {
        return commands(live, library, command);
    }
    let bank = &library.standards.bank;
    if let Some((words, nearest)) = &ask.unclear {
        let mut rows: Vec<Row> = nearest.iter().map(|n| said(live, library, *n)).collect();
        let all_the_same = Do::Act(Action::SayFree { text: words.clone(), resolved: None });
        rows.push(Row::new(format!("Say “{words}” all the same"), "", all_the_same));
        return rows;
    }
    if typed.is_empty() {
        let Some(filter) = &ask.filter else { return Vec::new() };
        let mut rows = things_to_do(live, filter);
        let places = filter.places(library).into_iter().filter(|n| can_be_said(live, library, *n));
        // Under one topic all would say the same beside.
        let alike = matches!(filter, Filter::Topic(_));
        rows.extend(places.map(|n| said(live, library, n)).map(|row| match alike {
            true => Row { beside: String::new(), ..row },
            false => row,
        }));
        return rows;
    }
    let within = ask.filter.as_ref().map(|filter| filter.places(library));
    let hits = library.index.search(typed, bank.len()).into_iter().map(|hit| hit.utterance);
    let hits = hits.filter(|n| within.as_ref().is_none_or(|within| within.binary_search(n).is_ok()));
    let hits = hits.filter(|n| can_be_said(live, library, *n));
    hits.take(MOST).map(|n| Row { found: true, ..said(live, library, n) }).collect()
}

/// What is not written down cannot be read back.
fn can_be_said(live: &Live, library: &Library, n: usize) -> bool {
    library.standards.bank[n].reads_back.is_none_or(|field| live.call().field(field).is_some())
}

/// A line of the bank.
fn said(live: &Live, library: &Library, n: usize) -> Row {
    let utterance = &library.standards.bank[n];
    let systems = &library.standards.topics.systems;
    let topic = systems.iter().find(|system| system.id == utterance.system).map_or("", |system| &system.name);
    Row::new(wording(live, &utterance.id), topic, Do::Act(Action::Say { utterance: utterance.id.clone(), to: None }))
}

/// What belongs to a way of speaking and needs no words.
fn things_to_do(live: &Live, filter: &Filter) -> Vec<Row> {
    if *filter == Filter::Say(Say::SlowDown) && voice::heard_now(live).is_some() {
        return vec![Row::new("Cut in", "Stops them in mid-sentence", Do::Act(Action::Interrupt))];
    }
    Vec::new()
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

fn commands(live: &Live, library: &Library, typed: &str) -> Vec<Row> {
    if let Some(topic) = typed.strip_prefix("topic ") {
        return topics(library, topic.trim());
    }
    let other = match live.call().state().on_the_line {
        Person::Caller => Person::Patient,
        Person::Patient => Person::Caller,
    };
    let all = [
        ("/patient", "Speak to the patient, or back to the caller", Do::Act(Action::SpeakTo(other))),
        ("/hold", "Hold and ask a clinician", Do::Open(Over::Hold)),
        ("/transfer", "Hand the call over", Do::Open(Over::Transfer)),
        ("/decide", "Decide, refer, advise", Do::View(View::Outcome)),
        ("/topic", "What can be said, by topic or part of the body", Do::Type("/topic ".into())),
        ("/record", "To the contact record", Do::FocusRecord),
        ("/note", "Write a note", Do::FocusNotes),
        ("/back", "Back to the call", Do::View(View::Talk)),
        ("/wait", "Say nothing for ten seconds", Do::Act(Action::Wait { seconds: 10 })),
        ("/interrupt", "Cut in", Do::Act(Action::Interrupt)),
        ("/skip", "To the end of what is being said", Do::Skip),
        ("/pause", "Step away; call time stands still", Do::Pause),
        ("/breather", "A quiet minute", Do::Breathe),
        ("/close", "Close the call", Do::Act(Action::Close)),
        ("/break", "Break the exercise off", Do::Open(Over::BreakOff)),
    ];
    let typed = typed.trim();
    let begun = all.into_iter().filter(|(command, ..)| command[1..].starts_with(typed));
    begun.map(|(command, about, does)| Row::new(command, about, does)).collect()
}

/// Topics and parts of the body with a word that begins like this.
fn topics(library: &Library, typed: &str) -> Vec<Row> {
    let topics = &library.standards.topics;
    let typed = typed.to_lowercase();
    let systems = topics.systems.iter().map(|system| (&system.name, Filter::Topic(system.id.clone())));
    let regions = topics.regions.iter().map(|region| (&region.name, Filter::Region(region.id.clone())));
    let named = |name: &str| name.to_lowercase().split([' ', ',']).any(|word| word.starts_with(&typed));
    let rows = systems.chain(regions).filter(|(name, _)| named(name));
    let rows = rows.map(|(name, filter)| (name, filter.places(library).len(), filter));
    let rows = rows.filter(|(_, count, _)| *count > 0);
    rows.map(|(name, count, filter)| Row::new(name, format!("{count} lines"), Do::Filter(Some(filter)))).collect()
}
