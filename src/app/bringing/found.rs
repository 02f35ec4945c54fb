//! What a survey found, as the page shows it, and what of it is wanted.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::records::exchange::say;
use crate::sharing::bringing::{FileReport, Incoming, Survey, Wanted};
use crate::standards::{Id, Standards};

/// Findings that are shown of one file.
const FINDINGS: usize = 3;

/// Whose calls are in the files, and what is wrong with some.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub people: Vec<Incoming>,
    /// Id and name of every role among them.
    pub roles: Vec<(Id, String)>,
    pub files: usize,
    pub bad: Vec<BadFile>,
    /// Folders that could not be read.
    pub problems: Vec<String>,
    pub choice: Choice,
}

/// A file that is bad, or bad in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFile {
    pub name: String,
    /// With file, line and column.
    pub findings: Vec<String>,
    pub more: u64,
    /// What is good in it, in words; empty: nothing.
    pub good: String,
}

impl BadFile {
    fn of(report: &FileReport) -> Self {
        let reading = &report.reading;
        let mut findings: Vec<String> = reading.bad.iter().take(FINDINGS).map(ToString::to_string).collect();
        findings.extend(report.unreadable.clone());
        let good = report.good();
        let good = if good.records + good.annotations > 0 { say(good) } else { String::new() };
        let more = reading.bad.len().saturating_sub(FINDINGS) as u64 + reading.more_bad;
        Self { name: report.name.clone(), findings, more, good }
    }
}

/// What is wanted, as it is ticked and typed.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// A part of a name or a site.
    pub search: String,
    /// Pseudonyms that are not wanted.
    pub without: BTreeSet<String>,
    pub without_roles: BTreeSet<Id>,
    /// Days, `YYYY-MM-DD`; empty: any.
    pub from: String,
    pub until: String,
    /// Also what is good in a file that is partly bad.
    pub good: bool,
    /// How many more people are shown than at first.
    pub more: usize,
}

impl Found {
    /// Calls of some days alone are wanted: of whom how many that are is known once they come in.
    pub fn has_days(&self) -> bool {
        !self.choice.from.trim().is_empty() || !self.choice.until.trim().is_empty()
    }

    pub fn of(survey: &Survey, problems: Vec<String>, standards: &Standards) -> Self {
        let people: Vec<Incoming> = survey.people().into_iter().cloned().collect();
        let ids: BTreeSet<&Id> = people.iter().flat_map(|person| &person.roles).collect();
        let name = |id: &Id| standards.role(id).map_or_else(|| id.to_string(), |role| role.name.clone());
        Self {
            roles: ids.into_iter().map(|id| (id.clone(), name(id))).collect(),
            files: survey.files.len(),
            bad: survey.files.iter().filter(|file| !file.is_good()).map(BadFile::of).collect(),
            people,
            problems,
            choice: Choice::default(),
        }
    }

    /// People who are shown, by what is searched for.
    pub fn shown(&self) -> Vec<&Incoming> {
        let wanted = self.choice.search.trim().to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&wanted);
        self.people.iter().filter(|person| wanted.is_empty() || fits(&person.by) || fits(&person.site)).collect()
    }

    /// Whether somebody's calls are wanted, as far as it can be said before they are looked at one by one.
    pub fn is_wanted(&self, person: &Incoming) -> bool {
        let choice = &self.choice;
        let (from, until) = (choice.from.trim(), choice.until.trim());
        let calls = person.new + person.already_here > 0;
        !choice.without.contains(&person.by)
            && (!calls || person.roles.is_empty() || person.roles.iter().any(|id| !choice.without_roles.contains(id)))
            && (from.is_empty() || !calls || person.until.as_str() >= from)
            && (until.is_empty() || !calls || person.from.as_str() <= until)
    }

    /// What is to be brought in.
    ///
    /// # Errors
    /// A sentence: a day is none, or nothing is left.
    pub fn wanted(&self) -> Result<Wanted, String> {
        let choice = &self.choice;
        let day = |typed: &str, what: &str| match typed.trim() {
            "" => Ok(None),
            typed => match typed.parse::<Date>() {
                Ok(day) => Ok(Some(day)),
                Err(_) => Err(format!("`{typed}` under “{what}” is not a date like 2026-03-14.")),
            },
        };
        let (from, until) = (day(&choice.from, "From")?, day(&choice.until, "Until")?);
        let people: BTreeSet<String> =
            self.people.iter().filter(|person| self.is_wanted(person)).map(|person| person.by.clone()).collect();
        if people.is_empty() {
            return Err("Nobody is left of those who were found.".to_owned());
        }
        let everybody = people.len() == self.people.len();
        let roles = self.roles.iter().map(|(id, _)| id).filter(|id| !choice.without_roles.contains(*id));
        // Whoever plans until a day means that day, too.
        let before = until.and_then(|day| day.tomorrow().ok());
        Ok(Wanted {
            people: (!everybody).then_some(people),
            roles: (!choice.without_roles.is_empty()).then(|| roles.cloned().collect()),
            from: from.map(|day| day.to_string()),
            before: before.map(|day| day.to_string()),
            good_of_partly_bad_files: choice.good,
        })
    }
}
