//! Working through a guide: what it asks next, and what it yields.

use super::action::Recorded;
use super::engine::Call;
use super::event::{Event, Yielded};
use super::refusal::Refusal;
use super::state::{Entry, GuideState};
use crate::standards::{Guide, Guides, Id, Next, Permission, Step};

/// The steps of a guide with the opening ones before them. After a "go to" the opening is over.
pub fn steps<'g>(guides: &'g Guides, guide: &'g Guide, with_opening: bool) -> impl Iterator<Item = &'g Step> {
    let opening: &[Step] = if with_opening { &guides.opening } else { &[] };
    opening.iter().chain(&guide.steps)
}

impl Call {
    pub(super) fn choose_guide(&mut self, id: &Id) -> Result<(), Refusal> {
        if !self.role().may.contains(&Permission::AssessSymptoms) {
            return Err(Refusal::Scope("a guide is for roles that assess symptoms"));
        }
        if self.state.decision.is_some() {
            return Err(Refusal::AlreadyDecided);
        }
        let script = self.script.clone();
        let guides = &script.standards.guides;
        let guide = guides.guides.iter().find(|g| g.id == *id).ok_or_else(|| Refusal::UnknownGuide(id.clone()))?;
        self.emit(self.state.now, Event::GuideChosen(id.clone()));
        self.state.guide =
            Some(GuideState { chosen: id.clone(), guide: id.clone(), next: None, entries: Vec::new(), yields: None });
        self.come_to(guide, 0, true);
        Ok(())
    }

    /// Records an answer to the question in hand, or again to an earlier one: what followed the
    /// earlier answer falls away then.
    pub(super) fn record_answer(&mut self, question: &Id, answer: Recorded) -> Result<(), Refusal> {
        if self.state.decision.is_some() {
            return Err(Refusal::AlreadyDecided);
        }
        let script = self.script.clone();
        let guides = &script.standards.guides;
        let state = self.state.guide.as_mut().ok_or(Refusal::NoGuide)?;
        if state.next.as_ref() != Some(question) {
            let earlier = state.entries.iter().position(|e| e.question == *question);
            let earlier = earlier.ok_or_else(|| Refusal::NotAskedNow(question.clone()))?;
            state.guide = state.entries[earlier].guide.clone();
            state.entries.truncate(earlier);
            state.yields = None;
        }
        let guide = guides
            .guides
            .iter()
            .find(|g| g.id == state.guide)
            .ok_or_else(|| Refusal::UnknownGuide(state.guide.clone()))?;
        let with_opening = state.guide == state.chosen;
        let at = self.state.now;
        let entry = Entry { guide: guide.id.clone(), question: question.clone(), answer, at, event: self.events.len() };
        let state = self.state.guide.as_mut().ok_or(Refusal::NoGuide)?;
        state.entries.push(entry);
        let not_sure = state.entries.iter().filter(|e| e.answer == Recorded::NotSure).count();
        self.emit(at, Event::Recorded { guide: guide.id.clone(), question: question.clone(), answer });
        if not_sure >= usize::try_from(guides.not_sure_limit).unwrap_or(usize::MAX) {
            self.yields(&guide.id, &guides.not_sure_to, Yielded::NotSure);
            return Ok(());
        }
        let position = steps(guides, guide, with_opening).position(|s| s.question == *question);
        let step = position.and_then(|n| steps(guides, guide, with_opening).nth(n));
        let (Some(position), Some(step)) = (position, step) else {
            return Err(Refusal::NotAskedNow(question.clone()));
        };
        let next = match answer {
            Recorded::Yes => &step.yes,
            Recorded::NotSure => &step.not_sure,
            Recorded::No => &Next::Continue,
        };
        match next {
            Next::Continue => self.come_to(guide, position + 1, with_opening),
            Next::Yield(code) => self.yields(&guide.id, code, Yielded::Step),
            Next::GoTo(id) => {
                let been = self.state.guide.as_ref().is_some_and(|s| s.entries.iter().any(|e| e.guide == *id));
                match guides.guides.iter().find(|g| g.id == *id) {
                    // A guide is taken up once: two that point at each other must end.
                    Some(other) if !been => self.come_to(other, 0, false),
                    _ => self.yields(&guide.id, &guides.not_sure_to, Yielded::Step),
                }
            }
        }
        Ok(())
    }

    /// Goes on to the next step that has not been answered, or yields at the end.
    fn come_to(&mut self, guide: &Guide, from: usize, with_opening: bool) {
        let script = self.script.clone();
        let Some(state) = self.state.guide.as_mut() else { return };
        state.guide = guide.id.clone();
        let next = steps(&script.standards.guides, guide, with_opening)
            .skip(from)
            .find(|step| !state.entries.iter().any(|e| e.question == step.question));
        state.next = next.map(|step| step.question.clone());
        if next.is_none() {
            self.yields(&guide.id, &guide.otherwise, Yielded::End);
        }
    }

    fn yields(&mut self, guide: &Id, code: &Id, why: Yielded) {
        if let Some(state) = self.state.guide.as_mut() {
            state.next = None;
            state.yields = Some(code.clone());
        }
        self.emit(self.state.now, Event::Yielded { guide: guide.clone(), disposition: code.clone(), why });
    }

    /// The step in hand, if a guide is open and has not yielded.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        let state = self.state.guide.as_ref()?;
        let question = state.next.as_ref()?;
        let guides = &self.script.standards.guides;
        let guide = guides.guides.iter().find(|g| g.id == state.guide)?;
        steps(guides, guide, state.guide == state.chosen).find(|s| s.question == *question)
    }

    /// A step by the question under which its answer stands.
    #[must_use]
    pub fn step_of(&self, guide: &str, question: &str) -> Option<&Step> {
        let guides = &self.script.standards.guides;
        let guide = guides.guides.iter().find(|g| &*g.id == guide)?;
        steps(guides, guide, true).find(|s| &*s.question == question)
    }
}
