//! What a debrief shows, worked out once.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mark::{Kind, Mark, marks};
use super::rows::{Row, rows, told_of};
use super::strip::Strip;
use super::view::View;
use super::{timeline, wording};
use crate::app::library::{Library, call_number};
use crate::app::live::Live;
use crate::call::{Call, Ending, Script};
use crate::cohort::Case;
use crate::marking::{self, Assessment};
use crate::records::{Annotation, AnnotationKind, Assessed, Head, Mode, Shared, was_read};
use crate::scenario::{ContentNote, Scenario, Variant, VariantKind};
use crate::sharing::room::{MarkLine, mark_lines};

/// One competence in this call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competence {
    pub id: String,
    pub name: String,
    /// Its name where the call was read, if it has another then.
    pub when_read: Option<String>,
    pub percent: u32,
    /// The mean of the last five calls before this one.
    pub before: Option<u32>,
}

/// Everything on the page.
pub struct Page {
    pub head: Head,
    pub mark: Assessment,
    /// The mark as it is kept, until it has been.
    pub kept: Option<Assessed>,
    /// Nothing is marked: the guided call, and one that was broken off.
    pub unmarked: bool,
    /// A call that can weigh on whoever took it.
    pub heavy: bool,
    /// What the patient is called.
    pub patient: String,
    /// Number, title, length, role.
    pub heading: String,
    pub headline: String,
    pub strip: Option<Strip>,
    /// Care setting: whether it fits, and in words. Absent: nothing was decided.
    pub setting: Option<(bool, String)>,
    /// Features that would have made sure, where they were not asked for.
    pub unasked: Vec<String>,
    pub stages: Vec<(&'static str, u32, u32)>,
    pub rows: Vec<Row>,
    /// What the call was played from: who has which voice.
    pub script: Arc<Script>,
    pub marks: Vec<Mark>,
    /// The two or three lost marks that weigh most, by place.
    pub changes: Vec<usize>,
    /// What came to light, in plain words: for the debrief without marks.
    pub found_out: Vec<String>,
    pub decided: String,
    /// Why the model answer is what it is; empty where that is not known of this version.
    pub rationale: String,
    pub left_out: Vec<String>,
    pub afterwards: String,
    pub competences: Vec<Competence>,
    pub secure_percent: u32,
    pub building_percent: u32,
    /// Milliseconds of call time.
    pub end: u32,
    /// Pseudonym of whoever looks, and whether in the trainer's workspace.
    pub viewer: String,
    /// What the owner of the call handed over with it, besides what they shared by itself.
    pub shown_by_owner: BTreeSet<Shared>,
    /// It is somebody else's call, and told as theirs.
    pub told_of_another: bool,
    pub trainer: bool,
    /// What was said of this call, as far as the viewer may see it.
    pub notes: Vec<Annotation>,
    /// Every criterion with what people say of its mark.
    pub said: Vec<MarkLine>,
    /// It was opened from the review room, and one goes back there.
    pub from_room: bool,
    /// A simulated person's: what is said of it is kept nowhere.
    pub simulated: bool,
    pub view: View,
}

impl Page {
    pub fn new(live: &Live, library: &Library, just_now: bool) -> Self {
        let call = live.call();
        let standards = &library.standards;
        let scenario = &call.script().scenario;
        let mark = marking::mark(call, &live.head.id);
        let rows = rows(call, library);
        let marks = marks(call, &mark, &rows, library);
        let broken_off = mark.triage.decided.is_none() && call.state().ended == Some(Ending::Early);
        let unmarked = broken_off || live.head.mode == Mode::Guided;
        let twist = variant(live, library).filter(|variant| variant.kind == VariantKind::Twist);
        let best = standards.disposition(&mark.triage.best).map_or("", |d| &d.name);
        let name = scenario.patient.known_as.to_string();
        let heavy = scenario.content_notes.iter().any(|note| *note != ContentNote::Swearing);
        let handover = scenario.handover.as_ref().filter(|h| h.roles.contains(&call.role().id));
        let handover = handover.filter(|_| twist.is_none_or(|twist| twist.handover.is_some()));
        let decided = mark.triage.decided.as_deref().filter(|_| !mark.triage.transferred);
        let competences = mark.competences.iter().map(|c| Competence {
            id: c.id.to_string(),
            name: standards.competence(&c.id).map_or(String::new(), |known| known.name.clone()),
            when_read: standards.competence(&c.id).and_then(|known| known.when_read.clone()),
            percent: c.points * 100 / c.out_of.max(1),
            before: None,
        });
        let changes = if unmarked { vec![] } else { changes(&marks) };
        let mut view = View::new(just_now, heavy, unmarked, changes.first().copied(), &marks);
        view.story &= !broken_off;
        if live.head.mode == Mode::Guided {
            view.choose_nothing();
        }
        Page {
            kept: Case::assessed(&live.record(), &mark, &call.script().standards),
            heading: heading(live, scenario, variant(live, library), broken_off),
            headline: wording::headline(&mark, call.state().ended, &name, best),
            strip: Strip::new(&mark, library),
            setting: setting(&mark, library),
            unasked: unasked(call, library),
            stages: timeline::stages(call),
            found_out: mark
                .facts
                .iter()
                .filter(|fact| fact.key && fact.status == marking::FactStatus::Elicited)
                .map(|fact| fact.is.clone())
                .collect(),
            decided: match decided.and_then(|code| standards.disposition(code)) {
                Some(disposition) => disposition.name.clone(),
                None if mark.triage.transferred => "handing over to a clinician".into(),
                None => String::new(),
            },
            rationale: rationale(scenario, live, library, twist),
            left_out: handover.map(|h| h.leaves_out.clone()).unwrap_or_default(),
            // The base's story would be another patient's.
            afterwards: match twist {
                Some(twist) => twist.afterwards.clone().unwrap_or_default(),
                None => scenario.afterwards.clone(),
            },
            competences: competences.collect(),
            secure_percent: standards.marking.secure_percent,
            building_percent: standards.marking.building_percent,
            end: call.state().now,
            viewer: live.head.by.clone(),
            shown_by_owner: BTreeSet::new(),
            told_of_another: false,
            trainer: false,
            notes: Vec::new(),
            said: Vec::new(),
            from_room: false,
            simulated: false,
            head: live.head.clone(),
            patient: name,
            unmarked,
            heavy,
            changes,
            marks,
            rows,
            script: call.script().clone(),
            mark,
            view,
        }
    }

    /// Who looks: of somebody else's call it is said whose it is, and nothing in it is "you".
    pub fn seen_by(&mut self, viewer: &str) {
        viewer.clone_into(&mut self.viewer);
        if !self.is_own() && !self.told_of_another {
            self.told_of_another = true;
            let name = self.head.by.clone();
            self.heading = format!("{name} · {}", self.heading);
            self.headline = wording::told_of(&self.headline, &name);
            told_of(&mut self.rows, &name);
            if let Some(strip) = &mut self.strip {
                strip.told_of(&name);
            }
        }
    }

    /// Whoever looks took the call.
    pub fn is_own(&self) -> bool {
        self.head.by.is_empty() || self.head.by == self.viewer
    }

    /// Where one goes back to, as the button says it.
    pub fn back(&self) -> &'static str {
        if self.from_room { "Back to the review room" } else { "Back to the calls" }
    }

    /// Guided calls are told, not marked.
    pub fn guided(&self) -> bool {
        self.head.mode == Mode::Guided
    }

    /// Places of the marks that are listed.
    pub fn shown(&self) -> Vec<usize> {
        if self.guided() {
            return vec![];
        }
        let lets = |kind: Kind| self.view.filter.lets(kind) && (!self.unmarked || kind == Kind::Done);
        (0..self.marks.len()).filter(|&n| lets(self.marks[n].kind)).collect()
    }

    /// Takes over what was said of the call, as far as the viewer may see it.
    pub fn take_notes(&mut self, notes: &[Annotation]) {
        // What the owner handed over with the call they show, whether or not they shared it by itself.
        let handed_over = |note: &Annotation| {
            let kind = match note.kind {
                AnnotationKind::Reflection => Shared::Reflections,
                AnnotationKind::SelfRating(_) => Shared::SelfRatings,
                AnnotationKind::Comment => Shared::Comments,
                _ => return false,
            };
            note.by == self.head.by && self.shown_by_owner.contains(&kind)
        };
        let may_see = |note: &&Annotation| note.shared || note.by == self.viewer || handed_over(note);
        self.notes = notes.iter().filter(may_see).cloned().collect();
        self.said = mark_lines(&self.mark, &self.notes);
        self.call_listening_by_its_name();
        self.view.take_notes(&self.notes, &self.viewer);
    }

    /// Whoever read a call showed something else than whoever heard it.
    fn call_listening_by_its_name(&mut self) {
        if !was_read(&self.head.id, &self.notes) {
            return;
        }
        for competence in &mut self.competences {
            let Some(read) = competence.when_read.take() else { continue };
            let (old, new) = (format!("{} {}", competence.id, competence.name), format!("{} {read}", competence.id));
            for mark in self.marks.iter_mut().filter(|mark| mark.beneath.starts_with(&old)) {
                mark.beneath = mark.beneath.replacen(&old, &new, 1);
            }
            competence.name = read;
        }
    }

    /// What people say of a mark, by its place.
    pub fn said_of(&self, n: usize) -> Option<&MarkLine> {
        let mark = self.marks.get(n)?;
        self.said.iter().find(|line| line.criterion == mark.id)
    }

    /// Whoever looks is a trainer, and it is not their own call: they may mark it and answer.
    pub fn may_judge(&self) -> bool {
        self.trainer && !self.is_own() && !self.unmarked
    }

    /// The mark of a criterion is what is looked at.
    pub fn point_at(&mut self, criterion: &str) {
        if let Some(n) = self.marks.iter().position(|mark| mark.id == criterion) {
            self.act(super::view::Do::Mark(n));
            self.view.show_said = true;
        }
    }

    /// The means of the calls before this one.
    pub fn take_history(&mut self, before: &[Assessment]) {
        for competence in &mut self.competences {
            let of = before.iter().flat_map(|mark| &mark.competences).filter(|c| *c.id == *competence.id);
            let (points, out_of) = of.fold((0, 0), |(points, out_of), c| (points + c.points, out_of + c.out_of));
            competence.before = (out_of > 0).then(|| points * 100 / out_of);
        }
    }
}

fn variant<'l>(live: &Live, library: &'l Library) -> Option<&'l Variant> {
    let id = live.head.variant.as_ref()?;
    library.of(&live.head)?.scenario.variants.iter().find(|variant| variant.id == *id)
}

/// Number, title, length, role, version. The title is of the call as written: in a variant things may have come about
/// otherwise, and a twist is another call.
fn heading(live: &Live, scenario: &Scenario, variant: Option<&Variant>, broken_off: bool) -> String {
    let call = live.call();
    // Whoever broke off may want to take it again: the title says what it is about.
    let title = match variant {
        _ if broken_off => format!(" · {}", scenario.caller.name),
        Some(variant) if variant.kind == VariantKind::Twist => ", another version".to_owned(),
        Some(_) => String::new(),
        None => format!(" “{}”", scenario.title),
    };
    let seconds = call.state().now / 1000;
    let exercise = match live.head.mode {
        Mode::JudgementExercise => " · judgement exercise",
        Mode::Exam => " · exam call",
        Mode::Coach | Mode::Guided => "",
    };
    format!(
        "{}{title} · {} min {:02} · {} scope{exercise} · content\u{a0}version\u{a0}{}",
        call_number(scenario.number),
        seconds / 60,
        seconds % 60,
        call.role().name,
        scenario.version
    )
}

/// The rationale of a twist has to be its own.
fn rationale(scenario: &Scenario, live: &Live, library: &Library, twist: Option<&Variant>) -> String {
    let base = library.of(&live.head).map(|entry| &entry.scenario.model.rationale);
    if twist.is_some() && base == Some(&scenario.model.rationale) {
        return String::new();
    }
    scenario.model.rationale.clone()
}

fn setting(mark: &Assessment, library: &Library) -> Option<(bool, String)> {
    let standards = &library.standards;
    let of = |code: &str| {
        let setting = &standards.disposition(code)?.setting;
        standards.dispositions.settings.iter().find(|named| named.id == *setting).map(|named| named.name.clone())
    };
    if mark.triage.transferred {
        return Some((true, "You handed over, and a clinician takes it from there".into()));
    }
    let decided = of(mark.triage.decided.as_deref()?)?;
    let words = match of(&mark.triage.best) {
        Some(best) if !mark.triage.setting_ok => format!("{decided}; needed: {best}"),
        _ => format!("{decided}, as it should be"),
    };
    Some((mark.triage.setting_ok, words))
}

/// Features that make sure and were neither asked for nor came to light before the decision.
fn unasked(call: &Call, library: &Library) -> Vec<String> {
    let decided = call.state().decision.as_ref().map_or(u32::MAX, |decision| decision.at);
    let scenario = &call.script().scenario;
    let covered = |feature: &str| {
        let asked = call.first_asked(feature).and_then(|n| call.state().lines.get(n as usize));
        let facts = scenario.facts.iter().enumerate().filter(|(_, fact)| &*fact.feature == feature);
        asked.is_some_and(|line| line.from <= decided)
            || facts.filter_map(|(n, _)| call.light(n)).any(|light| light.at <= decided)
    };
    let missing = scenario.model.assured_by.iter().filter(|feature| !covered(feature));
    missing.map(|id| library.standards.feature(id).map_or_else(|| id.to_string(), |f| f.name.clone())).collect()
}

/// What would matter most: the marks that lost most, the gravest first among equals.
fn changes(marks: &[Mark]) -> Vec<usize> {
    let lost = |n: usize| marks[n].out_of - marks[n].points;
    let mut places: Vec<usize> = (0..marks.len()).filter(|&n| lost(n) > 0).collect();
    places.sort_by_key(|&n| (std::cmp::Reverse(lost(n)), marks[n].kind, n));
    // An outcome that was missed loses several marks at once: it is said once.
    let outcome = |n: &usize| matches!(marks[*n].id.as_str(), "urgency" | "setting" | "best");
    let mut told = false;
    places.retain(|n| !outcome(n) || !std::mem::replace(&mut told, true));
    places.truncate(3);
    places
}
