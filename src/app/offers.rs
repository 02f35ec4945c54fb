//! The calls as they are offered: under which variant, what is told of them, and when they come back.

use bevy::prelude::*;
use jiff::civil::Date;

use super::caller;
use super::library::{Entry, Library, content_note};
use super::past::{Past, Taken};
use super::profile::Who;
use super::when;
use crate::call::draw;
use crate::practice::{self, Due, Offered};
use crate::scenario::Difficulty;
use crate::standards::Id;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Offers>();
}

/// All calls as they are offered, by number.
#[derive(Resource, Default)]
pub struct Offers {
    pub calls: Vec<Offer>,
    /// When everything comes back.
    pub schedule: Vec<Due>,
    /// The day for which this holds.
    pub today: Date,
    /// For variants and order; drawn once, so that a list stands still while one reads it.
    seed: Option<u64>,
}

/// One call as it is offered.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub slug: Id,
    /// Neutral name, `call-0412`.
    pub call: Id,
    pub number: u32,
    pub variant: Option<Id>,
    /// The other half of a look-alike pair. Never shown.
    pub twin: Option<Id>,
    /// Name of the caller.
    pub name: String,
    /// "A woman calling about her mother."
    pub who: String,
    /// About how long.
    pub minutes: u32,
    pub notes: Vec<&'static str>,
    pub difficulty: Difficulty,
    pub draft: bool,
    pub roles: Vec<Id>,
    /// Roles that ring the caller back with a handover in hand.
    pub rings_back: Vec<Id>,
    /// How often the user has taken it.
    pub times: usize,
    /// When the user last took it.
    pub last: Option<Taken>,
    pub due: Option<Due>,
    /// Place in an order that says nothing.
    pub mixed: u32,
}

impl Offer {
    fn new(entry: &Entry, seed: u64, own: &[&Taken], history: &[practice::Taken], schedule: &[Due]) -> Self {
        let call = &entry.scenario;
        let name = call.neutral_name();
        let due = schedule.iter().find(|due| due.call == name);
        let offered = offered(entry);
        let met = history.iter().any(|taken| taken.call == name);
        let variant = match due {
            Some(due) => due.variant.clone(),
            None if met => practice::next_variant(history, &offered),
            None => {
                let n = u32::try_from(offered.variants.len() + 1).unwrap_or(1);
                let drawn = usize::try_from(draw(seed, "variant", &call.id, 0, n)).unwrap_or_default();
                drawn.checked_sub(1).and_then(|n| offered.variants.get(n).cloned())
            }
        };
        let overlay = variant.as_ref().and_then(|id| call.variants.iter().find(|variant| variant.id == *id));
        let (caller, patient) = caller::people(call, overlay);
        let model = overlay.and_then(|variant| variant.model.as_ref()).unwrap_or(&call.model);
        let handover = overlay.and_then(|variant| variant.handover.as_ref()).or(call.handover.as_ref());
        let taken: Vec<&&Taken> = own.iter().filter(|taken| taken.call == name).collect();
        Offer {
            slug: call.id.clone(),
            number: call.number,
            twin: call.twin.clone(),
            name: caller.name.to_string(),
            who: caller::in_words(caller, patient, &call.clock),
            minutes: minutes(model),
            notes: call.content_notes.iter().map(|note| content_note(*note)).collect(),
            difficulty: call.difficulty,
            draft: !call.is_reviewed(),
            roles: call.roles.clone(),
            rings_back: handover.map(|handover| handover.roles.clone()).unwrap_or_default(),
            times: taken.len(),
            last: taken.last().map(|taken| (**taken).clone()),
            due: due.cloned(),
            mixed: draw(seed, "order", &call.id, 0, u32::MAX),
            variant,
            call: name,
        }
    }

    /// Whether a role may take it.
    pub fn is_open_to(&self, role: &str) -> bool {
        self.roles.iter().any(|id| &**id == role)
    }

    /// Whether it is due on a day.
    pub fn is_due(&self, today: Date) -> bool {
        self.due.as_ref().is_some_and(|due| due.on <= today)
    }
}

/// The less, the easier.
pub fn ease(difficulty: Difficulty) -> u8 {
    match difficulty {
        Difficulty::Starter => 0,
        Difficulty::Standard => 1,
        Difficulty::Stretch => 2,
    }
}

/// About how long an expert takes: a line and its answer take some nine seconds.
fn minutes(model: &crate::scenario::Model) -> u32 {
    let actions = model.calls.iter().map(|model| model.actions.len()).max().unwrap_or(0);
    u32::try_from(actions * 9 / 60).unwrap_or(60).clamp(3, 60)
}

fn offered(entry: &Entry) -> Offered {
    let variants = entry.scenario.variants.iter().map(|variant| variant.id.clone()).collect();
    Offered { call: entry.scenario.neutral_name(), variants }
}

impl Offers {
    /// Works out afresh how everything is offered to one person on one day.
    pub fn renew(&mut self, library: &Library, past: &Past, by: &str, today: Date) {
        let seed = *self.seed.get_or_insert_with(random);
        let own: Vec<&Taken> = past.own(by).collect();
        let history: Vec<practice::Taken> = own.iter().filter_map(|taken| taken.for_practice()).collect();
        let all: Vec<Offered> = library.entries.iter().map(offered).collect();
        self.schedule = practice::schedule(&history, &all);
        self.today = today;
        let offer = |entry| Offer::new(entry, seed, &own, &history, &self.schedule);
        self.calls = library.entries.iter().map(offer).collect();
    }

    pub fn by_slug(&self, slug: &str) -> Option<&Offer> {
        self.calls.iter().find(|offer| &*offer.slug == slug)
    }

    /// By the name under which records know it.
    pub fn by_call(&self, call: &str) -> Option<&Offer> {
        self.calls.iter().find(|offer| &*offer.call == call)
    }
}

/// For which call is offered how; never for what happens in one.
fn random() -> u64 {
    let mut bytes = [0_u8; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u64::from_le_bytes(bytes),
        Err(_) => 0,
    }
}

/// Runs behind everything that hears of calls.
pub fn renew(library: Res<Library>, past: Res<Past>, who: Res<Who>, mut offers: ResMut<Offers>) {
    let today = when::here_and_now().date();
    if past.is_changed() || library.is_changed() || who.is_changed() || offers.today != today {
        offers.renew(&library, &past, who.name(), today);
    }
}
