//! What the desk shows, put together from what is kept and what is offered.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::lean::Lean;
use super::set::SetView;
use super::wheel::Wheel;
use crate::app::caller;
use crate::app::library::{Library, call_number, number_of};
use crate::app::offers::{Offer, Offers, ease};
use crate::app::past::{Past, Taken};
use crate::app::sets::SetOnDesk;
use crate::app::taking::How;
use crate::app::when;
use crate::practice::{Due, days_between, round};
use crate::records::Mode;
use crate::scenario::Difficulty;
use crate::standards::Id;

/// How many calls make a good day, new ones included.
const A_DAY: usize = 5;
/// Days of the line of what comes back: today and three weeks.
pub const ROUND: u16 = 22;
/// How many recent calls are shown.
const RECENT: usize = 6;

/// Everything on the desk.
pub struct DeskModel<'a> {
    pub greeting: String,
    /// Date and role.
    pub beside: String,
    pub ringing: Option<Ringing<'a>>,
    /// A call that was begun and waits, in one's hand or in the store.
    pub waiting: Option<Waiting>,
    /// The guided first call is still to be taken.
    pub guided: bool,
    /// Call sets that lie here.
    pub sets: Vec<SetView>,
    /// Files of sets that lay here and cannot be taken today.
    pub unreadable: Vec<&'a str>,
    pub practice: Vec<Practice<'a>>,
    pub done: usize,
    /// Why there is nothing to take, when that is so.
    pub nothing: Option<String>,
    /// How many calls come back on each day from today on.
    pub round: Vec<u16>,
    pub today: jiff::civil::Date,
    pub lean: Lean,
    pub wheel: Option<Wheel>,
    pub recent: Vec<Recent<'a>>,
    pub taken: usize,
    /// Why nothing is saved.
    pub saving_is_off: Option<&'a str>,
    pub trouble: Option<&'a str>,
}

/// The call that rings.
pub struct Ringing<'a> {
    pub offer: &'a Offer,
    /// How long it has been ringing.
    pub seconds: u32,
    /// Where the circles are on their way, 0 to 1; they stand still without.
    pub phase: Option<f32>,
    /// It has just begun to ring: it gets the keyboard.
    pub fresh: bool,
    pub how: &'static str,
    pub rings_back: bool,
}

/// A call to go on with.
#[derive(Clone)]
pub struct Waiting {
    pub id: String,
    pub number: String,
    pub at: u32,
    /// Left a moment ago: nothing else can be taken meanwhile.
    pub in_hand: bool,
    pub more: usize,
}

/// One call of today's practice.
pub struct Practice<'a> {
    pub offer: &'a Offer,
    pub reason: String,
    pub kind: Kind,
}

/// Why a call is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Due,
    New,
    /// New, and with content notes.
    TakeCare,
}

/// A call that was taken.
pub struct Recent<'a> {
    pub taken: &'a Taken,
    pub number: String,
    /// Absent where the call is not here any more.
    pub caller: Option<&'a str>,
    pub day: String,
}

impl Recent<'_> {
    pub fn title(&self) -> String {
        title(&self.number, self.caller)
    }
}

/// Whether a set that lies on the desk waits for this call: then it is not practised beside it.
pub fn is_in<'s>(mut sets: impl Iterator<Item = &'s SetOnDesk>, offer: &Offer) -> bool {
    let number = call_number(offer.number);
    sets.any(|set| set.waits_for(&number))
}

/// Whoever asks for the model brings this along.
pub struct Sources<'a> {
    pub library: &'a Library,
    pub offers: &'a Offers,
    pub past: &'a Past,
    pub name: &'a str,
    pub how: &'a How,
    pub now: DateTime,
    pub waiting: Option<Waiting>,
    pub guided: bool,
    pub sets: Vec<SetView>,
    pub unreadable: Vec<&'a str>,
    pub saving_is_off: Option<&'a str>,
}

impl<'a> DeskModel<'a> {
    /// `ringing` is worked out by whoever has the clock.
    pub fn new(sources: Sources<'a>, ringing: Option<Ringing<'a>>) -> Self {
        let Sources { library, offers, past, name, how, now, waiting, guided, sets, unreadable, saving_is_off } =
            sources;
        let today = now.date();
        let own: Vec<&Taken> = past.own(name).collect();
        let done = done_on(&own, today);
        let mut practice = practice(offers, how, &own, done);
        practice.retain(|item| {
            let rings = ringing.as_ref().is_some_and(|ringing| ringing.offer.slug == item.offer.slug);
            !rings && !is_in(sets.iter().map(|view| &view.set), item.offer)
        });
        let role = library.standards.role(&how.role).map_or("", |role| role.name.as_str());
        let greeting = when::greeting(now.hour());
        let none_open = !offers.calls.iter().any(|offer| offer.is_open_to(&how.role));
        let nothing = (practice.is_empty() && ringing.is_none()).then(|| {
            if none_open {
                format!("No call is open to a {role} yet. Choose another role under Calls to practise as that.")
            } else {
                "Nothing due. Take any call, or stop here.".to_owned()
            }
        });
        // What another role has to come back to is not told here: it is not on the list either.
        let open = |due: &&Due| offers.by_call(&due.call).is_some_and(|offer| offer.is_open_to(&how.role));
        let schedule: Vec<Due> = offers.schedule.iter().filter(open).cloned().collect();
        let recent = own.iter().rev().take(RECENT).map(|taken| Recent {
            taken,
            number: number_of(&taken.call),
            caller: caller_of(taken, library),
            day: taken.on.map_or_else(|| "Earlier".into(), |on| when::day(on, today)),
        });
        DeskModel {
            greeting: if name.is_empty() { greeting.to_owned() } else { format!("{greeting}, {name}") },
            beside: format!("{} · {role}", when::in_full(today)),
            waiting,
            guided,
            sets,
            unreadable,
            done,
            nothing,
            round: round(&schedule, today, ROUND),
            today,
            lean: Lean::of(&own),
            wheel: Wheel::of(&own, &library.standards),
            recent: recent.collect(),
            taken: own.len(),
            saving_is_off,
            trouble: past.trouble.as_deref(),
            practice,
            ringing,
        }
    }
}

/// Number and caller, and nothing of what about: the call may come back.
pub fn title_of(taken: &Taken, library: &Library) -> String {
    title(&number_of(&taken.call), caller_of(taken, library))
}

fn title(number: &str, caller: Option<&str>) -> String {
    caller.map_or_else(|| number.to_owned(), |caller| format!("{number} · {caller}"))
}

fn caller_of<'a>(taken: &Taken, library: &'a Library) -> Option<&'a str> {
    let entry = library.by_neutral_name(&taken.call)?;
    let call = &entry.scenario;
    let variant = taken.variant.as_ref().and_then(|id| call.variants.iter().find(|variant| variant.id == *id));
    Some(&caller::people(call, variant).0.name)
}

/// How many calls were taken to their end on a day.
pub fn done_on(own: &[&Taken], today: jiff::civil::Date) -> usize {
    own.iter().filter(|taken| taken.on == Some(today) && taken.counts()).count()
}

/// What there is to practise today: what is due, then what is new, never the halves of a pair in a row.
pub fn practice<'a>(offers: &'a Offers, how: &How, own: &[&Taken], done: usize) -> Vec<Practice<'a>> {
    let open = || offers.calls.iter().filter(|offer| offer.is_open_to(&how.role));
    let mut due: Vec<_> = open().filter(|offer| offer.is_due(offers.today)).collect();
    due.sort_by_key(|offer| (offer.due.as_ref().map(|due| due.on), offer.mixed));
    let mut new: Vec<_> = open().filter(|offer| offer.times == 0).collect();
    new.sort_by_key(|offer| (ease(offer.difficulty), !offer.notes.is_empty(), offer.mixed));
    new.truncate(A_DAY.saturating_sub(done + due.len()));
    let mut list: Vec<&Offer> = due;
    list.extend(new);
    let last = own.last().and_then(|taken| offers.by_call(&taken.call));
    keep_apart(last, list).into_iter().map(|offer| Practice::new(offer, offers.today)).collect()
}

/// Puts something between two halves of a look-alike pair, where there is something; `last` was taken before.
fn keep_apart<'a>(last: Option<&Offer>, list: Vec<&'a Offer>) -> Vec<&'a Offer> {
    let are_twins = |a: &Offer, b: &Offer| a.twin.as_ref() == Some(&b.slug) || b.twin.as_ref() == Some(&a.slug);
    let fits = |offer: &Offer, at: usize, list: &[&Offer]| {
        let before = if at == 0 { last } else { list.get(at - 1).copied() };
        let after = list.get(at).copied();
        !before.into_iter().chain(after).any(|neighbour| are_twins(offer, neighbour))
    };
    let mut apart: Vec<&Offer> = Vec::new();
    let mut waiting: Vec<&Offer> = Vec::new();
    for offer in list {
        waiting.push(offer);
        // Whoever found no place before may have one now, as late as possible.
        waiting.retain(|offer| {
            let place = (0..=apart.len()).rev().find(|&at| fits(offer, at, &apart));
            if let Some(place) = place {
                apart.insert(place, offer);
            }
            place.is_none()
        });
    }
    apart.extend(waiting);
    apart
}

impl<'a> Practice<'a> {
    fn new(offer: &'a Offer, today: jiff::civil::Date) -> Self {
        let mentions = mentions(&offer.notes).map(|notes| format!("Mentions {notes}; you can skip it"));
        let (reason, kind) = match &offer.due {
            Some(due) => {
                let since = days_between(due.last, today);
                let interval = i32::from(due.interval());
                let reason = if since == interval {
                    format!("Due again: {interval} days since you last took it")
                } else {
                    format!("Due again after {interval} days; it has been {since}")
                };
                (reason, Kind::Due)
            }
            None if mentions.is_some() => ("New to you".to_owned(), Kind::TakeCare),
            None if offer.difficulty == Difficulty::Starter => ("New to you, and good to begin with".into(), Kind::New),
            None => ("New to you".to_owned(), Kind::New),
        };
        let reason = mentions.map_or(reason.clone(), |mentions| format!("{reason}. {mentions}"));
        Practice { offer, reason, kind }
    }
}

/// Content notes in the middle of a sentence.
pub fn mentions(notes: &[&str]) -> Option<String> {
    let notes: BTreeSet<String> = notes.iter().map(|note| note.to_lowercase()).collect();
    let notes: Vec<String> = notes.into_iter().collect();
    match notes.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [rest @ .., last] => Some(format!("{} and {last}", rest.join(", "))),
    }
}

/// What happens in a call of this mode, in a few words.
pub fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Coach => "Coach mode, debrief at the end.",
        Mode::Exam => "Exam mode, debrief at the end.",
        Mode::JudgementExercise => "Judgement exercise, debrief at the end.",
        Mode::Guided => "Guided, untimed and never marked.",
    }
}

/// The call that is next to ring, if any may. One that is hard to hear does not ring while there are
/// others: it is for whoever chooses it.
pub fn next_to_ring<'a>(practice: &[Practice<'a>], passed_over: &BTreeSet<Id>) -> Option<&'a Offer> {
    let mut fresh = practice.iter().map(|item| item.offer).filter(|offer| !passed_over.contains(&offer.slug));
    fresh.clone().find(|offer| offer.notes.is_empty()).or_else(|| fresh.next())
}
