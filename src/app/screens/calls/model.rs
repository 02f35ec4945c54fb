//! What the list of calls shows.

use std::collections::BTreeMap;

use bevy::prelude::Resource;

use crate::app::library::{Entry, Library, content_note, difficulty};
use crate::app::live::Live;
use crate::app::settings::Settings;
use crate::marking::Verdict;
use crate::records::{Assessed, Kept, Mode, Summary};
use crate::scenario::Review;
use crate::standards::{Decides, Id};

/// What was taken before.
#[derive(Resource, Default)]
pub struct Past {
    pub unfinished: Vec<Summary>,
    pub calls: Vec<Summary>,
    /// Verdict by id of the record.
    marks: BTreeMap<String, Verdict>,
    pub trouble: Option<String>,
}

/// How the next call is to be taken.
#[derive(Resource, Default)]
pub struct Choice {
    pub role: Option<Id>,
    pub mode: Mode,
}

/// What lists need of an assessment.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct Mark {
    pub verdict: Verdict,
    pub points: u32,
    pub out_of: u32,
}

pub struct CallsModel<'a> {
    pub roles: Vec<(Id, String)>,
    pub role: Option<Id>,
    pub scope: String,
    /// Modes that this role can choose.
    pub modes: Vec<(Mode, &'static str)>,
    pub mode: Mode,
    pub cards: Vec<Card>,
    pub unfinished: Vec<Unfinished>,
    pub recent: Vec<Recent>,
    pub settings: &'a Settings,
    pub trouble: Option<String>,
}

pub struct Card {
    pub slug: Id,
    pub number: u32,
    pub caller: String,
    pub about: String,
    pub notes: String,
    pub for_this_role: bool,
}

pub struct Unfinished {
    pub id: String,
    pub number: String,
    pub at: u32,
    pub elsewhere: bool,
}

pub struct Recent {
    pub id: String,
    pub number: String,
    pub about: String,
    pub verdict: Option<Verdict>,
}

impl Past {
    pub fn take_marks(&mut self, marks: &[Assessed]) {
        for assessed in marks {
            if let Ok(mark) = serde_json::from_str::<Mark>(&assessed.summary) {
                self.marks.insert(assessed.key.record.clone(), mark.verdict);
            }
        }
    }
}

impl<'a> CallsModel<'a> {
    pub fn new(
        library: &Library,
        past: &Past,
        choice: &mut Choice,
        settings: &'a Settings,
        trouble: Option<&str>,
    ) -> Self {
        let roles = &library.standards.roles.roles;
        let offered: Vec<_> = roles
            .iter()
            .filter(|role| library.entries.iter().any(|entry| entry.scenario.roles.contains(&role.id)))
            .collect();
        let usual = offered.iter().find(|r| r.decides == Decides::ByGuide).or(offered.first());
        let chosen = choice.role.as_ref().and_then(|id| offered.iter().find(|r| r.id == *id)).or(usual);
        choice.role = chosen.map(|role| role.id.clone());
        let mut modes = vec![(Mode::Coach, "Coach"), (Mode::Exam, "Exam")];
        if chosen.is_some_and(|role| role.decides == Decides::ByGuide) {
            modes.push((Mode::JudgementExercise, "Judgement exercise"));
        }
        if !modes.iter().any(|(mode, _)| *mode == choice.mode) {
            choice.mode = Mode::Coach;
        }
        let number = |name: &str| {
            let known = library.entries.iter().find(|e| &*e.scenario.neutral_name() == name);
            known.map_or_else(|| "A call".into(), |e| crate::app::library::call_number(e.scenario.number))
        };
        let role_name = |id: &str| library.standards.role(id).map_or(id.to_owned(), |role| role.name.clone());
        CallsModel {
            roles: offered.iter().map(|role| (role.id.clone(), role.name.clone())).collect(),
            role: choice.role.clone(),
            scope: chosen.map(|role| role.scope.clone()).unwrap_or_default(),
            modes,
            mode: choice.mode,
            cards: library.entries.iter().map(|entry| Card::new(entry, choice.role.as_ref())).collect(),
            unfinished: past
                .unfinished
                .iter()
                .map(|call| Unfinished {
                    id: call.head.id.clone(),
                    number: number(&call.head.call),
                    at: call.clock,
                    elsewhere: call.elsewhere,
                })
                .collect(),
            recent: past
                .calls
                .iter()
                .rev()
                .filter(|call| call.finished)
                .take(20)
                .map(|call| Recent {
                    id: call.head.id.clone(),
                    number: number(&call.head.call),
                    about: format!("{} · {}", day(&call.head.taken), role_name(&call.head.role)),
                    verdict: past.marks.get(&call.head.id).copied(),
                })
                .collect(),
            settings,
            trouble: past.trouble.clone().or_else(|| trouble.map(str::to_owned)),
        }
    }
}

impl Card {
    fn new(entry: &Entry, role: Option<&Id>) -> Self {
        let call = entry.as_taken(entry.variant.as_ref());
        let notes: Vec<_> = call.content_notes.iter().map(|note| content_note(*note)).collect();
        let draft = if matches!(call.review, Review::Draft { .. }) { " · draft" } else { "" };
        Card {
            slug: call.id.clone(),
            number: call.number,
            caller: call.caller.name.to_string(),
            about: format!("About {} minutes · {}{draft}", minutes(&call), difficulty(call.difficulty)),
            notes: if notes.is_empty() { "No content notes".into() } else { notes.join(", ") },
            for_this_role: role.is_some_and(|role| call.roles.contains(role)),
        }
    }
}

/// About how long an expert takes: a line and its answer take some nine seconds.
fn minutes(call: &crate::scenario::Scenario) -> usize {
    let actions = call.model.calls.iter().map(|model| model.actions.len()).max().unwrap_or(0);
    (actions * 9 / 60).max(3)
}

/// Makes a kept call ready to go on with or to look at.
pub fn reopen(library: &Library, kept: &Kept) -> Result<Live, String> {
    let head = &kept.record.head;
    let changed = "the scenario or the standards of this call have changed since it was taken";
    let entry = library.of(head).ok_or(changed)?;
    if head.standards != library.standards.hash {
        return Err(changed.into());
    }
    let script = entry.script(&library.standards, head.variant.clone())?;
    Live::again(&script, kept.record.clone())
}

fn day(taken: &str) -> &str {
    taken.get(..10).unwrap_or("earlier")
}

/// Civil date and time in UTC, to the minute.
#[allow(clippy::disallowed_methods, reason = "the window is the shell: here the clock is read")]
pub fn now() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / 60).unwrap_or(0);
    let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
    let now = epoch.saturating_add(jiff::Span::new().minutes(days));
    format!("{}T{:02}:{:02}", now.date(), now.hour(), now.minute())
}

/// A verdict in a few words.
pub fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "In range",
        Verdict::RightNotAssured => "In range, not assured",
        Verdict::UnderTriage => "Under",
        Verdict::OverTriage => "Over",
        Verdict::WrongSetting => "Other setting",
        Verdict::Unsafe => "Safety cap",
        Verdict::NotDecided => "Not decided",
    }
}
