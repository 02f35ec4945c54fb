//! How an expert would take the call, made from its facts and the guide: a draft for `model.calls`,
//! which an author then makes their own.

use std::sync::Arc;

use super::players::{as_heard, best_for, decision, known, play_leniently};
use super::reaching::leads_to;
use crate::call::{Action, Call, FIELDS, LookUp, Sbar, Script, truth};
use crate::records::Mode;
use crate::scenario::{Person, When};
use crate::standards::{Decides, FieldName, Id, Kind, Permission};

/// What is said in every call alike. Standards with another bank have other ids: what is refused is left out.
const GREET: &str = "s-greet";
const SIGNPOST: &str = "s-signpost-personal";
const EMPATHY: &str = "s-empathy-hard";
const OUTCOME: &str = "s-offer-outcome";
const CLOSE: &str = "s-close-thanks";
/// Nobody is asked more on the way to one fact.
const TRIES: usize = 2;

/// Drafts the model call of a role, and returns it with the call as it went. None where there is no such role.
#[must_use]
pub fn draft(script: &Arc<Script>, role: &str) -> Option<(Vec<Action>, Call)> {
    let call = Call::new(script.clone(), role, 0, Mode::Coach).ok()?;
    let mut drafting = Drafting { call, actions: Vec::new(), tried: Vec::new() };
    drafting.open();
    let decides = drafting.call.role().decides;
    if decides == Decides::HandsOver {
        drafting.hand_over();
    } else {
        drafting.assess();
        drafting.details();
        drafting.decide();
        drafting.refer();
        drafting.advise();
    }
    Some((drafting.actions, drafting.call))
}

struct Drafting {
    call: Call,
    actions: Vec<Action>,
    /// Places of the cues that have been taken up, or tried.
    tried: Vec<usize>,
}

impl Drafting {
    /// Does it, and writes it down if it could be done.
    fn act(&mut self, action: Action) -> bool {
        let is_done = !play_leniently(&mut self.call, std::slice::from_ref(&action)).is_empty();
        if is_done {
            self.actions.push(action);
        }
        is_done
    }

    fn say(&mut self, utterance: &str) -> bool {
        if self.call.state().ended.is_some() {
            return false;
        }
        let feelings = self.feelings();
        let is_said = self.act(Action::Say { utterance: utterance.into(), to: None });
        // What has been asked comes to light when the line has been spoken.
        let now = self.call.next_turn();
        self.call.advance(now);
        if self.feelings() > feelings {
            self.act(Action::Say { utterance: EMPATHY.into(), to: None });
        }
        self.take_up();
        is_said
    }

    /// Takes up what has been let slip.
    fn take_up(&mut self) {
        let script = self.call.script().clone();
        if self.call.role().decides == Decides::HandsOver || self.call.state().decision.is_some() {
            return;
        }
        for (n, beat) in script.scenario.beats.iter().enumerate() {
            let is_cue = !beat.picked_up_by.is_empty() && self.call.beat_at(n).is_some() && !self.tried.contains(&n);
            let taken_up = |id: &Id| self.call.times_said(id) > 0 || self.call.asked(id);
            if is_cue && !beat.picked_up_by.iter().any(taken_up) {
                self.tried.push(n);
                if let Some(id) = beat.picked_up_by.iter().find_map(|id| utterance_for(&script, id)) {
                    self.say(&id);
                }
            }
        }
    }

    fn ask_once(&mut self, utterance: &str) {
        if self.call.times_said(utterance) == 0 {
            self.say(utterance);
        }
    }

    /// How often somebody has shown what they feel so far.
    fn feelings(&self) -> usize {
        let beats = &self.call.script().scenario.beats;
        (0..beats.len()).filter(|n| beats[*n].calls_for_empathy && self.call.beat_at(*n).is_some()).count()
    }

    fn is_handed_over(&self, field: FieldName) -> bool {
        let handover = self.call.script().scenario.handover.as_ref();
        handover.is_some_and(|h| h.roles.contains(&self.call.role().id) && h.fields.contains(&field))
    }

    fn field(&mut self, name: FieldName) {
        if !self.is_handed_over(name) {
            let text = truth(&self.call.script().scenario, name);
            self.act(Action::Field { name, text });
        }
    }

    fn read_back(&mut self, name: FieldName) {
        let bank = &self.call.script().standards.bank;
        let Some(id) = bank.iter().find(|u| u.reads_back == Some(name)).map(|u| u.id.clone()) else { return };
        if self.say(&id) {
            self.act(Action::ConfirmField { name });
        }
    }

    fn open(&mut self) {
        let script = self.call.script().clone();
        let looks = [
            (LookUp::SpecialNotes, !script.scenario.special_notes.is_empty(), Permission::ReadNotes),
            (LookUp::PreviousContacts, !script.scenario.previous_contacts.is_empty(), Permission::ReadNotes),
            (LookUp::SummaryRecord, !script.scenario.summary_record.is_empty(), Permission::ReadSummaryRecord),
        ];
        for (what, is_any, permission) in looks {
            if is_any && self.call.role().may.contains(&permission) {
                self.act(Action::LookUp(what));
            }
        }
        self.say(GREET);
        for (asks, name) in [("q-location-now", FieldName::Location), ("q-callback-number", FieldName::CallBack)] {
            self.say(asks);
            self.field(name);
            self.read_back(name);
        }
        for step in &script.standards.guides.opening {
            self.ask_once(&step.question);
        }
    }

    /// The guide's questions in their order, as far as it goes; then what else has to be found out.
    fn assess(&mut self) {
        let script = self.call.script().clone();
        let scenario = &script.scenario;
        let guide = scenario.model.guides.first().and_then(|id| script.standards.guide(id));
        if self.call.times_said(EMPATHY) == 0 {
            self.say(EMPATHY);
        }
        for step in guide.map_or(&[][..], |guide| &guide.steps) {
            self.ask_once(&step.question);
            if as_heard(&self.call, &step.question, &step.or) == crate::call::Recorded::Yes
                && step.yes != crate::standards::Next::Continue
            {
                break;
            }
        }
        for (n, fact) in scenario.facts.iter().enumerate() {
            for _ in 0..TRIES {
                if !fact.key || self.call.light(n).is_some() {
                    break;
                }
                self.find_out(n);
            }
        }
        for feature in &scenario.model.assured_by {
            if let Some(place) = script.asking(feature).first()
                && !self.call.asked(feature)
            {
                self.say(&script.standards.bank[usize::from(*place)].id);
            }
        }
        // What may yet be let slip, and what this call marks besides.
        for beat in &scenario.beats {
            let taken_up = |id: &Id| self.call.times_said(id) > 0 || self.call.asked(id);
            if !beat.picked_up_by.is_empty()
                && !beat.picked_up_by.iter().any(taken_up)
                && let Some(id) = beat.picked_up_by.iter().find_map(|id| utterance_for(&script, id))
            {
                self.say(&id);
            }
        }
    }

    /// Asks for a fact by what tells it.
    fn find_out(&mut self, fact: usize) {
        let script = self.call.script().clone();
        let scenario = &script.scenario;
        let id = &scenario.facts[fact].id;
        for (n, answer) in scenario.answers.iter().enumerate() {
            if !answer.tells.contains(id) {
                continue;
            }
            if let Some(utterance) = leads_to(&self.call, n) {
                if answer.by == Person::Patient
                    && !script.patient_rings()
                    && self.call.state().on_the_line == Person::Caller
                {
                    self.act(Action::SpeakTo(Person::Patient));
                }
                if script.standards.utterance(&utterance).is_some_and(|(_, u)| &*u.system == "genital-sexual") {
                    self.ask_once(SIGNPOST);
                }
                self.say(&utterance);
                return;
            }
        }
    }

    fn details(&mut self) {
        let script = self.call.script().clone();
        if !self.is_handed_over(FieldName::PatientName) {
            if !script.patient_rings() {
                self.say("q-who-calling");
                self.say("q-relationship");
            }
            self.say("q-patient-details");
        }
        for name in FIELDS.into_iter().skip(2).take(4) {
            self.field(name);
        }
        self.read_back(FieldName::DateOfBirth);
        if !self.is_handed_over(FieldName::GpPractice) {
            self.say("q-gp-registered");
            self.field(FieldName::GpPractice);
        }
    }

    /// What is known, in the words of the facts: those that matter first.
    fn heard(&self, keys_only: bool, most: usize) -> String {
        let script = self.call.script();
        let mut words: Vec<String> = Vec::new();
        for n in known(&self.call) {
            let fact = &script.scenario.facts[n];
            let is_wanted = fact.key || (!keys_only && script.scenario.model.handover.contains(&fact.id));
            if is_wanted {
                let says = fact.is.to_lowercase();
                let is_mentioned = fact.noted.iter().any(|noted| says.contains(noted.as_str()));
                let noted = fact.noted.first().filter(|_| !is_mentioned);
                words.push(noted.map_or(fact.is.clone(), |noted| format!("{} ({noted})", fact.is)));
            }
        }
        let mut text = words.join(". ");
        text.truncate(text.floor_char_boundary(most));
        text
    }

    fn decide(&mut self) {
        let script = self.call.script().clone();
        let notes = self.heard(false, 2500);
        self.act(Action::Note(notes));
        let reason = self.heard(true, 900);
        let by_guide = self.call.role().decides == Decides::ByGuide;
        let mut code = best_for(&script, &self.call.role().id);
        if by_guide && let Some(guide) = script.scenario.model.guides.first() {
            self.act(Action::ChooseGuide(guide.clone()));
            while let Some((question, or)) = self.call.step().map(|step| (step.question.clone(), step.or.clone())) {
                let answer = as_heard(&self.call, &question, &or);
                if !self.act(Action::Record { question, answer }) {
                    break;
                }
            }
            code = self.call.state().guide.as_ref().and_then(|guide| guide.yields.clone()).unwrap_or(code);
        }
        self.act(decision(&code, &reason));
        self.say(OUTCOME);
    }

    /// Down the list to the best service, with a reason for what is passed over.
    fn refer(&mut self) {
        let script = self.call.script().clone();
        let role = self.call.role().id.clone();
        let model = &script.scenario.model;
        let own = model.by_role.iter().find(|own| own.role == role).and_then(|own| own.referral.as_ref());
        let Some(wanted) = own.or(model.referral.as_ref()) else { return };
        if !self.act(Action::Search) {
            return;
        }
        let listed = self.call.state().listed.clone().unwrap_or_default();
        if !listed.contains(&wanted.best) {
            return;
        }
        let other = script.standards.reject_reasons.reasons.iter().rev().find(|reason| !reason.clinician_only);
        let reason = other.map_or(0, |reason| reason.id);
        for above in listed.iter().take_while(|id| **id != wanted.best) {
            let why = model.traps.iter().find(|(id, _)| id == above).map_or("write here why not", |(_, why)| why);
            self.act(Action::Reject { service: above.clone(), reason, comment: why.to_owned() });
        }
        self.act(Action::Offer(wanted.best.clone()));
        self.act(Action::Accept(wanted.best.clone()));
    }

    fn advise(&mut self) {
        let script = self.call.script().clone();
        let model = &script.scenario.model;
        for id in model.interim.iter().chain(&model.worsening) {
            self.say(id);
            self.act(Action::TickAdvice(id.clone()));
        }
        // What this call marks besides, where it is a matter of saying it.
        for own in script
            .scenario
            .criteria
            .iter()
            .filter(|own| !self.call.is(&own.when))
            .map(|own| own.when.clone())
            .collect::<Vec<_>>()
        {
            match own {
                When::Said(id) => {
                    self.say(&id);
                }
                When::Asked(feature) => {
                    if let Some(id) = utterance_for(&script, &feature) {
                        self.say(&id);
                    }
                }
                _ => {}
            }
        }
        self.say(CLOSE);
        self.act(Action::Close);
    }

    /// Recognised and handed over; or, where nothing has to be recognised, seen through.
    fn hand_over(&mut self) {
        let script = self.call.script().clone();
        let best = best_for(&script, &self.call.role().id);
        self.details();
        let can_decide = script.standards.disposition(&best).is_some_and(|d| self.call.may_decide_on(d).is_ok());
        if can_decide {
            let reason = self.heard(true, 900);
            self.act(Action::Note(self.heard(false, 2500)));
            self.act(decision(&best, &reason));
            self.say(OUTCOME);
            self.refer();
            self.advise();
            return;
        }
        let patient = &script.scenario.patient.name;
        let sbar = Sbar {
            situation: format!("{patient}: {}", self.heard(false, 1500)),
            background: format!("Ringing: {}.", script.scenario.caller.name),
            assessment: "Not assessed: recognised and handed over.".into(),
            recommendation: "Please take the call now.".into(),
        };
        self.act(Action::Transfer { sbar });
    }
}

/// The utterance itself, or the first that asks for the feature.
fn utterance_for(script: &Script, id: &Id) -> Option<Id> {
    match script.standards.utterance(id) {
        Some((_, utterance)) => Some(utterance.id.clone()),
        None => script.asking(id).first().map(|n| script.standards.bank[usize::from(*n)].id.clone()),
    }
}

/// The actions as they stand in `model.calls`, one a line.
#[must_use]
pub fn written(role: &str, actions: &[Action]) -> String {
    let mut out = format!("(role: \"{role}\", actions: [\n");
    for action in actions {
        out.push_str("    ");
        out.push_str(&line(action));
        out.push_str(",\n");
    }
    out.push_str("]),\n");
    out
}

/// RON escapes what Rust escapes, but for a few characters that nobody speaks.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn line(action: &Action) -> String {
    match action {
        Action::Say { utterance, .. } => format!("Say(utterance: {})", text(utterance)),
        Action::SpeakTo(person) => format!("SpeakTo({person:?})"),
        Action::LookUp(what) => format!("LookUp({what:?})"),
        Action::Field { name, text: typed } => format!("Field(name: {name:?}, text: {})", text(typed)),
        Action::ConfirmField { name } => format!("ConfirmField(name: {name:?})"),
        Action::Note(note) => format!("Note({})", text(note)),
        Action::ChooseGuide(guide) => format!("ChooseGuide({})", text(guide)),
        Action::Record { question, answer } => format!("Record(question: {}, answer: {answer:?})", text(question)),
        Action::Decide { disposition, reason, confidence } => {
            format!("Decide(disposition: {}, reason: {}, confidence: {confidence:?})", text(disposition), text(reason))
        }
        Action::Reject { service, reason, comment } => {
            format!("Reject(service: {}, reason: {reason}, comment: {})", text(service), text(comment))
        }
        Action::Offer(service) => format!("Offer({})", text(service)),
        Action::Accept(service) => format!("Accept({})", text(service)),
        Action::TickAdvice(id) => format!("TickAdvice({})", text(id)),
        Action::Transfer { sbar } => format!(
            "Transfer(sbar: (situation: {}, background: {}, assessment: {}, recommendation: {}))",
            text(&sbar.situation),
            text(&sbar.background),
            text(&sbar.assessment),
            text(&sbar.recommendation)
        ),
        // Everything else that a draft does has no parts.
        other => format!("{other:?}"),
    }
}

/// Questions of a kind that a draft asks, for its summary.
#[must_use]
pub fn questions(script: &Script, actions: &[Action]) -> usize {
    let is_question = |id: &Id| script.standards.utterance(id).is_some_and(|(_, u)| u.kind == Kind::Question);
    actions.iter().filter(|action| matches!(action, Action::Say { utterance, .. } if is_question(utterance))).count()
}
