//! One action, done.

use super::action::{Action, LookUp, Sbar};
use super::engine::Call;
use super::event::{Ending, Event, Speaker};
use super::random::draw;
use super::refusal::Refusal;
use super::state::{Pending, Pin, What};
use crate::scenario::Trigger;
use crate::standards::{Id, Kind, Permission};

/// What notes may hold, in characters.
pub const NOTE_TEXT: usize = 3_000;
/// What one part of a handover may hold, in characters.
pub const SBAR_TEXT: usize = 2_000;

impl Call {
    pub(super) fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        let at = self.state.now;
        match action {
            Action::Say { utterance, to } => {
                if let Some(to) = to
                    && !self.script.patient_rings()
                    && *to != self.state.on_the_line
                {
                    // Nobody is fetched for what cannot be said.
                    self.can_say(utterance)?;
                    self.speak_to(*to)?;
                    let free = self.state.speaking_until;
                    self.advance(free);
                }
                self.say(utterance)
            }
            Action::SayFree { text, resolved } => self.say_free(text, resolved.as_ref()),
            Action::QuoteBack { line } => self.quote_back(*line),
            Action::Interrupt => self.interrupt(),
            Action::Wait { seconds } => {
                if !(1..=120).contains(seconds) {
                    return Err(Refusal::WaitingTime);
                }
                self.advance(at.saturating_add(seconds * 1000));
                Ok(())
            }
            Action::EnterStage(stage) => {
                self.state.stage = *stage;
                self.emit(at, Event::Stage(*stage));
                Ok(())
            }
            Action::SpeakTo(person) => self.speak_to(*person),
            Action::Hold => self.hold(),
            Action::Resume => self.resume(),
            Action::LookUp(what) => self.look_up(*what),
            Action::AskClinician { question } => self.ask_clinician(question),
            Action::Transfer { sbar } => self.transfer(sbar),
            Action::Field { name, text } => self.set_field(*name, text),
            Action::ConfirmField { name } => self.confirm_field(*name),
            Action::Pin { line, slot } => {
                let known = usize::try_from(*line).is_ok_and(|n| self.state.lines.get(n).is_some_and(|l| l.from <= at));
                if !known {
                    return Err(Refusal::NoSuchLine(*line));
                }
                self.state.pins.retain(|p| p.line != *line);
                self.state.pins.push(Pin { line: *line, slot: *slot });
                self.emit(at, Event::Pinned { line: *line, slot: *slot });
                Ok(())
            }
            Action::Unpin { line } => {
                let before = self.state.pins.len();
                self.state.pins.retain(|p| p.line != *line);
                if self.state.pins.len() == before {
                    return Err(Refusal::NotPinned);
                }
                self.emit(at, Event::Unpinned { line: *line });
                Ok(())
            }
            Action::Note(text) => {
                if text.chars().count() > NOTE_TEXT {
                    return Err(Refusal::TooLong(NOTE_TEXT));
                }
                self.state.notes = text.as_str().into();
                self.emit(at, Event::Note(text.as_str().into()));
                Ok(())
            }
            Action::ChooseGuide(guide) => self.choose_guide(guide),
            Action::Record { question, answer } => self.record_answer(question, *answer),
            Action::Decide { disposition, reason, confidence } => self.decide(disposition, reason, *confidence),
            Action::Revise => self.revise(),
            Action::Search => self.search(),
            Action::Offer(service) => self.offer(service),
            Action::Accept(service) => self.accept(service),
            Action::Reject { service, reason, comment } => self.reject(service, *reason, comment),
            Action::TickAdvice(id) => self.tick(id),
            Action::Pause => {
                self.emit(at, Event::Paused);
                Ok(())
            }
            Action::Close => {
                if self.state.decision.is_none() {
                    return Err(Refusal::Undecided);
                }
                let at = self.turn();
                if self.state.ended.is_none() {
                    self.end(at, Ending::Closed);
                }
                Ok(())
            }
            Action::EndEarly => {
                self.end(at, Ending::Early);
                Ok(())
            }
        }
    }

    fn hold(&mut self) -> Result<(), Refusal> {
        if self.state.held {
            return Err(Refusal::OnHold);
        }
        let at = self.turn();
        self.state.held = true;
        self.emit(at, Event::Held);
        self.set_off(at, |trigger| matches!(trigger, Trigger::Held));
        Ok(())
    }

    fn resume(&mut self) -> Result<(), Refusal> {
        if !self.state.held {
            return Err(Refusal::NotOnHold);
        }
        let at = self.turn();
        self.state.held = false;
        self.state.pending.retain(|p| p.what != What::Clinician);
        self.emit(at, Event::Resumed);
        let script = self.script.clone();
        if let Some(text) = self.one_of("resume", &script.standards.topics.back_from_hold) {
            self.speak(at + 300, Speaker::Caller, text, None, None);
        }
        Ok(())
    }

    fn look_up(&mut self, what: LookUp) -> Result<(), Refusal> {
        let may = &self.role().may;
        let scenario = &self.script.scenario;
        let (permission, found) = match what {
            LookUp::SpecialNotes => (Permission::ReadNotes, &scenario.special_notes),
            LookUp::PreviousContacts => (Permission::ReadNotes, &scenario.previous_contacts),
            LookUp::SummaryRecord => (Permission::ReadSummaryRecord, &scenario.summary_record),
        };
        if !may.contains(&permission) {
            return Err(Refusal::Scope("this record is for clinicians"));
        }
        let found = found.iter().map(|text| text.as_str().into()).collect();
        self.emit(self.state.now, Event::LookedUp { what, found });
        Ok(())
    }

    fn ask_clinician(&mut self, question: &str) -> Result<(), Refusal> {
        if !self.state.held {
            return Err(Refusal::NotOnHold);
        }
        if question.chars().count() > SBAR_TEXT {
            return Err(Refusal::TooLong(SBAR_TEXT));
        }
        if self.state.pending.iter().any(|p| p.what == What::Clinician) {
            return Err(Refusal::AlreadyAsking);
        }
        if question.trim().is_empty() {
            return Err(Refusal::Nothing);
        }
        let at = self.state.now;
        self.speak(at, Speaker::Trainee, question.trim().into(), None, None);
        let (least, most) = self.script.standards.marking.clinician.wait_seconds;
        let spread = most.saturating_sub(least).saturating_add(1);
        self.state.drawn += 1;
        let wait = least.saturating_add(draw(self.seed, "clinician", "wait", self.state.drawn, spread));
        let at = self.state.speaking_until.saturating_add(wait.saturating_mul(1000));
        self.state.pending.push(Pending { at, what: What::Clinician });
        Ok(())
    }

    pub(super) fn clinician_answers(&mut self, at: u32) {
        self.state.asked_clinician = true;
        let script = self.script.clone();
        let own = &script.scenario.clinician_says;
        let says = if own.is_empty() { &script.standards.topics.clinician_says } else { own };
        let at = at.max(self.state.speaking_until);
        if let Some(text) = self.one_of("clinician", says) {
            let (line, _) = self.speak(at, Speaker::Clinician, text, None, None);
            self.emit(at, Event::ClinicianAnswered { line });
        }
    }

    fn transfer(&mut self, sbar: &Sbar) -> Result<(), Refusal> {
        if !self.role().may.contains(&Permission::Transfer) {
            return Err(Refusal::Scope("handing a live call over"));
        }
        let parts = [&sbar.situation, &sbar.background, &sbar.assessment, &sbar.recommendation];
        if parts.iter().any(|part| part.chars().count() > SBAR_TEXT) {
            return Err(Refusal::TooLong(SBAR_TEXT));
        }
        if sbar.situation.trim().is_empty() {
            return Err(Refusal::SituationMissing);
        }
        let at = self.turn();
        if self.state.ended.is_some() {
            return Err(Refusal::Ended);
        }
        self.state.drawn += 1;
        let fails = self.script.standards.marking.clinician.transfer_fails;
        let sbar = sbar.clone();
        // Only the first try can fail: nobody is left hanging for ever.
        let first = !self.events.iter().any(|e| matches!(e.event, Event::TransferFailed { .. }));
        if first && draw(self.seed, "transfer", "transfer", 0, 1000) < fails {
            self.emit(at, Event::TransferFailed { sbar });
        } else {
            self.emit(at, Event::Transferred { sbar });
            self.end(at, Ending::Transferred);
        }
        Ok(())
    }

    fn tick(&mut self, id: &Id) -> Result<(), Refusal> {
        let utterance = self.script.utterance(id).and_then(|n| self.script.standards.bank.get(n)).map(|u| u.kind);
        if !matches!(utterance, Some(Kind::Interim | Kind::Worsening)) {
            return Err(Refusal::NotAdvice(id.clone()));
        }
        if !self.state.ticked.contains(id) {
            self.state.ticked.push(id.clone());
        }
        self.emit(self.state.now, Event::Ticked(id.clone()));
        Ok(())
    }
}
