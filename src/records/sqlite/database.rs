//! What the store's thread does with each request: one transaction.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::claims::Claims;
use super::{Options, calls, import, open};
use crate::records::annotation::Annotation;
use crate::records::store::{Assessed, AssessmentKey, Failure, Outcome, Reply, Request};
use crate::records::text::Text;
use crate::standards::Names;

/// The file and what this process holds of it.
pub(super) struct Database {
    connection: Connection,
    file: PathBuf,
    claims: Claims,
}

/// A transaction under way, and the file it is about.
pub(super) struct Change<'a> {
    pub(super) sql: Transaction<'a>,
    pub(super) file: &'a Path,
    pub(super) claims: &'a mut Claims,
}

impl Database {
    pub(super) fn open(folder: &Path, options: &Options) -> Result<Self, Failure> {
        let connection = open::open(folder, options)?;
        Ok(Self { connection, file: folder.join(open::FILE), claims: Claims::new(folder) })
    }

    pub(super) fn answer(&mut self, request: Request) -> Result<Reply, Failure> {
        request.check()?;
        let behavior = if request.only_reads() {
            TransactionBehavior::Deferred
        } else {
            // From the start: a change that begins by reading could not be completed if another
            // process writes in between.
            TransactionBehavior::Immediate
        };
        let over = match &request {
            Request::Finish { id, .. } | Request::Abandon(id) => Some(id.clone()),
            _ => None,
        };
        let begun = match &request {
            Request::Begin { head, .. } if !self.claims.holds(&head.id) => Some(head.id.clone()),
            _ => None,
        };
        // A profile that is forgotten is a setting.
        let wiping = matches!(request, Request::Wipe { .. } | Request::PutSetting { .. });
        match self.transact(behavior, request) {
            Ok((reply, gone)) => {
                for id in gone.into_iter().chain(over) {
                    self.claims.drop_for_ever(&id);
                }
                if wiping {
                    self.empty_journal()?;
                }
                Ok(reply)
            }
            Err(failure) => {
                if let Some(id) = begun.filter(|id| self.claims.holds(id)) {
                    self.claims.drop_for_ever(&id);
                }
                Err(failure)
            }
        }
    }

    /// All of a request or nothing.
    fn transact(&mut self, behavior: TransactionBehavior, request: Request) -> Result<(Reply, Vec<String>), Failure> {
        let failed = |problem: rusqlite::Error| open::failure(&self.file, &problem);
        let sql = self.connection.transaction_with_behavior(behavior).map_err(failed)?;
        let mut change = Change { sql, file: &self.file, claims: &mut self.claims };
        let answer = change.answer(request)?;
        change.sql.commit().map_err(failed)?;
        Ok(answer)
    }

    /// The journal still has what was wiped; a reader elsewhere keeps it a little longer.
    fn empty_journal(&self) -> Result<(), Failure> {
        let emptied = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        emptied.map_err(|problem| open::failure(&self.file, &problem))
    }
}

impl Change<'_> {
    /// The reply, and the ids of unfinished calls that are no more.
    fn answer(&mut self, request: Request) -> Result<(Reply, Vec<String>), Failure> {
        let reply = match request {
            Request::Begin { head, texts } => calls::begin(self, *head, &texts)?,
            Request::Act { id, sequence, action, events } => calls::act(self, &id, sequence, &action, &events)?,
            Request::ClockMark { id, at } => calls::clock_mark(self, &id, at)?,
            Request::Finish { id, clock, events } => calls::finish(self, &id, clock, events)?,
            Request::Resume(id) => calls::resume(self, &id)?,
            Request::Abandon(id) => calls::abandon(self, &id)?,
            Request::Wipe { by } => return calls::wipe(self, by.as_deref()),
            Request::List => Reply::Calls(calls::list(self, "")?),
            Request::Unfinished => {
                let mut found = calls::list(self, "WHERE NOT finished")?;
                for call in &mut found {
                    call.elsewhere = self.claims.is_elsewhere(&call.head.id);
                }
                Reply::Calls(found)
            }
            Request::Load(id) => match calls::load(self, &id)? {
                Some(kept) => Reply::Record(Box::new(kept)),
                None => return Err(Failure::NoCall { id }),
            },
            Request::Texts(hash) => Reply::Texts(self.texts(&hash)?),
            Request::Annotate(annotation) => self.annotate(&annotation)?,
            Request::Annotations { of } => Reply::Annotations(self.annotations(of.as_deref())?),
            Request::Import { items, only_check } => {
                let import = |item| import::import(self, item, only_check);
                Reply::Imported(items.into_iter().map(import).collect::<Result<_, _>>()?)
            }
            Request::PutAssessment(assessed) => self.put_assessment(&assessed)?,
            Request::PutAssessments(all) => {
                for assessed in &all {
                    match self.put_assessment(assessed) {
                        Ok(_) | Err(Failure::NoCall { .. }) => {}
                        Err(failure) => return Err(failure),
                    }
                }
                Reply::Saved
            }
            Request::PutSetting { name, value } => self.put_setting(&name, value.as_deref())?,
            Request::Settings => {
                let query = "SELECT name, value FROM settings";
                Reply::Settings(self.rows(query, [], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
            }
            Request::Assessment(key) => Reply::Assessments(self.assessment(key)?),
            Request::Assessments { rules } => Reply::Assessments(self.assessments(rules)?),
        };
        Ok((reply, Vec::new()))
    }

    pub(super) fn text(&self, hash: &str) -> Result<Option<Text>, Failure> {
        let query = "SELECT hash, name, text FROM texts WHERE hash = ?1";
        let text = |row: &Row| Ok(Text { hash: row.get(0)?, name: row.get(1)?, text: row.get(2)? });
        self.sql.query_row(query, [hash], text).optional().map_err(|e| self.failed(&e))
    }

    /// Whether it was new.
    pub(super) fn keep_text(&self, text: &Text) -> Result<bool, Failure> {
        let insert = "INSERT OR IGNORE INTO texts (hash, name, text) VALUES (?1, ?2, ?3)";
        Ok(self.run(insert, params![text.hash, text.name, text.text])? > 0)
    }

    fn texts(&self, hash: &str) -> Result<Vec<Text>, Failure> {
        let text = self.text(hash)?.ok_or_else(|| Failure::NoText { hash: hash.to_owned() })?;
        let mut files = Vec::new();
        for (_, hash) in text.listed() {
            files.extend(self.text(hash)?);
        }
        Ok(std::iter::once(text).chain(files).collect())
    }

    /// What would become of an annotation.
    pub(super) fn outcome_of(&self, new: &Annotation) -> Result<Outcome, Failure> {
        let query = "SELECT json FROM annotations WHERE id = ?1";
        let here = self.sql.query_row(query, [&new.id], |row| row.get::<_, String>(0)).optional();
        if let Some(json) = here.map_err(|e| self.failed(&e))? {
            let here: Annotation = self.parse(&json, &new.id)?;
            return Ok(if here == *new { Outcome::AlreadyHere } else { Outcome::Differs });
        }
        let Some(record) = new.record() else { return Ok(Outcome::New) };
        let query = "SELECT 1 FROM records WHERE id = ?1";
        let found = self.sql.query_row(query, [record], |_| Ok(())).optional();
        let found = found.map_err(|e| self.failed(&e))?.is_some();
        Ok(if found { Outcome::New } else { Outcome::Stray })
    }

    pub(super) fn keep_annotation(&self, new: &Annotation) -> Result<(), Failure> {
        let insert = "INSERT INTO annotations (id, record, by, at, json) VALUES (?1,?2,?3,?4,?5)";
        let json = self.json(new)?;
        self.run(insert, params![new.id, new.record(), new.by, new.at, json]).map(drop)
    }

    fn annotate(&self, new: &Annotation) -> Result<Reply, Failure> {
        self.outcome_of(new)?.must_be_new(new)?;
        self.keep_annotation(new)?;
        Ok(Reply::Saved)
    }

    fn annotations(&self, of: Option<&str>) -> Result<Vec<Annotation>, Failure> {
        let query = "SELECT id, json FROM annotations WHERE ?1 IS NULL OR record = ?1 \
                     ORDER BY at, id";
        let found: Vec<(String, String)> = self.rows(query, params![of], |row| Ok((row.get(0)?, row.get(1)?)))?;
        found.iter().map(|(id, json)| self.parse(json, id)).collect()
    }

    fn put_assessment(&self, assessed: &Assessed) -> Result<Reply, Failure> {
        let Assessed { key, summary, full } = assessed;
        let query = "SELECT 1 FROM records WHERE id = ?1";
        let found = self.sql.query_row(query, [&key.record], |_| Ok(())).optional();
        if found.map_err(|e| self.failed(&e))?.is_none() {
            return Err(Failure::NoCall { id: key.record.clone() });
        }
        // What there was under the same key goes, its full text with it.
        self.run(
            "INSERT OR REPLACE INTO assessments (record, scenario, standards, rules, summary) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![key.record, &*key.scenario, &*key.standards, key.rules, summary],
        )?;
        let number = self.sql.last_insert_rowid();
        self.run("INSERT INTO assessments_in_full (assessment, text) VALUES (?1, ?2)", params![number, full])?;
        Ok(Reply::Saved)
    }

    fn put_setting(&self, name: &str, value: Option<&str>) -> Result<Reply, Failure> {
        match value {
            Some(value) => {
                self.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", params![name, value])
            }
            None => self.run("DELETE FROM settings WHERE name = ?1", [name]),
        }?;
        Ok(Reply::Saved)
    }

    fn assessment(&self, key: AssessmentKey) -> Result<Vec<Assessed>, Failure> {
        let query = "SELECT summary, text FROM assessments JOIN assessments_in_full ON assessment = number \
                     WHERE record = ?1 AND scenario = ?2 AND standards = ?3 AND rules = ?4";
        let of = params![key.record, &*key.scenario, &*key.standards, key.rules];
        let found: Vec<(String, String)> = self.rows(query, of, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let assessed = |(summary, full)| Assessed { key: key.clone(), summary, full };
        Ok(found.into_iter().map(assessed).collect())
    }

    fn assessments(&self, rules: u32) -> Result<Vec<Assessed>, Failure> {
        let query = "SELECT record, scenario, standards, rules, summary FROM assessments \
                     WHERE rules = ?1";
        let mut names = Names::default();
        // In no order: by its index the database would go to and fro in the file.
        self.rows(query, params![rules], |row| {
            let (scenario, standards) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_str()?);
            let (scenario, standards) = (names.id(scenario), names.id(standards));
            let key = AssessmentKey { record: row.get(0)?, scenario, standards, rules: row.get(3)? };
            Ok(Assessed { key, summary: row.get(4)?, full: String::new() })
        })
    }

    /// Runs a statement; how many rows it changed.
    pub(super) fn run(&self, sql: &str, of: impl rusqlite::Params) -> Result<usize, Failure> {
        self.sql.execute(sql, of).map_err(|problem| self.failed(&problem))
    }

    /// All rows of a query.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        of: impl rusqlite::Params,
        read: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Failure> {
        let mut query = self.sql.prepare(sql).map_err(|problem| self.failed(&problem))?;
        let rows = query.query_map(of, read).map_err(|problem| self.failed(&problem))?;
        rows.collect::<Result<_, _>>().map_err(|problem| self.failed(&problem))
    }

    pub(super) fn failed(&self, problem: &rusqlite::Error) -> Failure {
        open::failure(self.file, problem)
    }

    pub(super) fn json(&self, thing: &impl Serialize) -> Result<String, Failure> {
        serde_json::to_string(thing).map_err(|problem| Failure::Invalid(problem.to_string()))
    }

    /// Reads back what was written as JSON.
    pub(super) fn parse<T: DeserializeOwned>(&self, json: &str, id: &str) -> Result<T, Failure> {
        serde_json::from_str(json).map_err(|problem| Failure::Damaged {
            path: self.file.display().to_string(),
            what: format!("entry `{id}`: {problem}"),
        })
    }
}
