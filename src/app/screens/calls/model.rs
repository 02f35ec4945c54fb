//! What the lists of calls show.

use super::{Asking, Filter, Tab};
use crate::app::library::Library;
use crate::app::offers::{Offer, Offers};
use crate::app::past::{Past, Taken};
use crate::app::screens::desk::title_of;
use crate::app::taking::How;
use crate::app::when;
use crate::standards::Role;

/// Everything that the screen shows.
pub struct CallsModel<'a> {
    pub library: &'a Library,
    pub offers: &'a Offers,
    pub past: &'a Past,
    /// Pseudonym of whoever looks.
    pub who: &'a str,
    /// Calls that were handed over; absent outside the trainer's workspace.
    pub handed_over: Option<Vec<&'a Taken>>,
    /// Id of the call that is going on.
    pub in_hand: Option<&'a str>,
    pub how: &'a How,
    pub asking: &'a Asking,
    pub saving_is_off: Option<&'a str>,
}

impl<'a> CallsModel<'a> {
    pub fn role(&self) -> Option<&'a Role> {
        self.library.standards.role(&self.how.role)
    }

    /// The roles to choose from: those that some call is open to, and the chosen one.
    pub fn roles(&self) -> Vec<&'a Role> {
        let open = |role: &Role| self.offers.calls.iter().any(|offer| offer.is_open_to(&role.id));
        let roles = self.library.standards.roles.roles.iter();
        roles.filter(|role| role.id == self.how.role || open(role)).collect()
    }

    /// Calls to be shown, and how many there are in all.
    pub fn offers(&self, filter: &Filter) -> Vec<&'a Offer> {
        let mut shown: Vec<&Offer> = self.offers.calls.iter().filter(|offer| self.is_wanted(offer, filter)).collect();
        if filter.by_number {
            shown.sort_by_key(|offer| offer.number);
        } else {
            // What cannot be taken stands last; else the order says nothing.
            shown.sort_by_key(|offer| (!offer.is_open_to(&self.how.role), offer.mixed));
        }
        shown
    }

    fn is_wanted(&self, offer: &Offer, filter: &Filter) -> bool {
        (!filter.open_to_role || offer.is_open_to(&self.how.role))
            && (!filter.new_to_me || offer.times == 0)
            && (!filter.due || offer.is_due(self.offers.today))
            && !offer.notes.iter().any(|note| filter.without.contains(note))
            && found(&filter.search, offer.number, &[&offer.name, &offer.who])
    }

    /// Content notes that some call has.
    pub fn notes(&self) -> Vec<&'static str> {
        let mut notes: Vec<_> = self.offers.calls.iter().flat_map(|offer| offer.notes.iter().copied()).collect();
        notes.sort_unstable();
        notes.dedup();
        notes
    }

    /// Calls that were taken, one's own or those of others, the latest first, with number and caller.
    pub fn taken(&self, of: Tab, search: &str) -> Vec<(&'a Taken, String)> {
        let taken: Vec<&Taken> = match of {
            Tab::HandedOver => self.handed_over.iter().flatten().rev().copied().collect(),
            Tab::All | Tab::Taken => self.past.own(self.who).rev().collect(),
        };
        let titled = taken.into_iter().map(|taken| (taken, title_of(taken, self.library)));
        titled.filter(|(taken, title)| found(search, taken.number, &[title, self.somebody_else(taken)])).collect()
    }

    /// Who took it, where that was somebody else.
    fn somebody_else(&self, taken: &'a Taken) -> &'a str {
        if *taken.by == *self.who { "" } else { &taken.by }
    }

    /// Who took a call, where that was somebody else; the day, role and mode.
    pub fn about(&self, taken: &'a Taken) -> String {
        let day = taken.on.map_or_else(|| "Earlier".to_owned(), |on| when::day(on, self.offers.today));
        let role = self.library.standards.role(&taken.role).map_or(&*taken.role, |role| role.name.as_str());
        let who = self.somebody_else(taken);
        let who = if who.is_empty() { String::new() } else { format!("{who} · ") };
        format!("{who}{day} · {role} · {}", mode_name(taken.mode))
    }

    /// Roles that may take a call, in words.
    pub fn open_to(&self, offer: &Offer) -> String {
        let names = offer.roles.iter().map(|id| self.library.standards.role(id).map_or(&**id, |role| &role.name));
        let names: Vec<&str> = names.collect();
        match names.as_slice() {
            [] => "Open to no role".into(),
            [one] => format!("For the {one} only"),
            [rest @ .., last] => format!("For {} and {last}", rest.join(", ")),
        }
    }
}

/// The name of a mode.
pub fn mode_name(mode: crate::records::Mode) -> &'static str {
    use crate::records::Mode;
    match mode {
        Mode::Coach => "Coach",
        Mode::Exam => "Exam",
        Mode::JudgementExercise => "Judgement exercise",
        Mode::Guided => "Guided",
    }
}

/// Whether every word that was typed begins a word here, or is part of the number.
fn found(search: &str, number: u32, texts: &[&str]) -> bool {
    let number = format!("{number:04}");
    search.split_whitespace().all(|word| {
        let word = word.to_lowercase();
        let begins = |text: &&str| {
            text.split(|c: char| !c.is_alphanumeric()).any(|other| other.to_lowercase().starts_with(&word))
        };
        number.contains(&word) || word == "call" || texts.iter().any(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn a_call_is_found_by_number_or_caller() {
        let texts = ["Donna Pryce", "A woman in her forties, calling for herself"];
        for search in ["", "412", "0412", "don", "pryce 412", "call 412", "FORTIES", "  donna  "] {
            assert!(found(search, 412, &texts), "{search}");
        }
        for search in ["413", "onna", "donna 9", "back"] {
            assert!(!found(search, 412, &texts), "{search}");
        }
    }
}
