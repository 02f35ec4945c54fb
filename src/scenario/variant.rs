//! Variants: the call under another surface, or with a twist.

use std::collections::BTreeSet;

use super::model::{Answer, Scenario, Variant};
use crate::standards::Id;

impl Scenario {
    /// The call as one of its variants has it; none if there is no such variant.
    ///
    /// What comes back has no variants of its own.
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<Self> {
        let overlay = self.variants.iter().find(|variant| &*variant.id == id)?;
        Some(self.overlaid(overlay))
    }

    /// The call under an overlay: lists are merged by id, what is named replaces.
    #[must_use]
    pub fn overlaid(&self, overlay: &Variant) -> Self {
        let mut call = self.clone();
        call.variants.clear();
        replace(&mut call.caller, overlay.caller.as_ref());
        replace(&mut call.patient, overlay.patient.as_ref());
        replace(&mut call.opening, overlay.opening.as_ref());
        replace(&mut call.model, overlay.model.as_ref());
        replace(&mut call.afterwards, overlay.afterwards.as_ref());
        replace(&mut call.criteria, overlay.criteria.as_ref());
        if overlay.handover.is_some() {
            call.handover.clone_from(&overlay.handover);
        }
        if overlay.background.is_some() {
            call.background.clone_from(&overlay.background);
        }
        replace(&mut call.reception, overlay.reception.as_ref());
        merge(&mut call.heard, &overlay.heard, |heard| &heard.text);
        call.facts.retain(|fact| !overlay.without_facts.contains(&fact.id));
        merge(&mut call.facts, &overlay.facts, |fact| &fact.id);
        call.beats.retain(|beat| !overlay.without_beats.contains(&beat.id));
        merge(&mut call.beats, &overlay.beats, |beat| &beat.id);
        let taken = Taken::by(overlay);
        call.answers.retain(|answer| taken.leaves(answer));
        call.answers.extend(overlay.answers.iter().cloned());
        call
    }

    /// Places of the answers that stay under an overlay; its own come after them.
    pub(crate) fn kept_answers<'a>(&'a self, overlay: &'a Variant) -> impl Iterator<Item = usize> + 'a {
        let taken = Taken::by(overlay);
        self.answers.iter().enumerate().filter(move |(_, answer)| taken.leaves(answer)).map(|(n, _)| n)
    }

    /// Ids of the facts under an overlay, in their order.
    pub(crate) fn facts_under<'a>(&'a self, overlay: &'a Variant) -> Vec<&'a Id> {
        under(&self.facts, &overlay.facts, &overlay.without_facts, |fact| &fact.id)
    }

    /// Ids of the beats under an overlay, in their order.
    pub(crate) fn beats_under<'a>(&'a self, overlay: &'a Variant) -> Vec<&'a Id> {
        under(&self.beats, &overlay.beats, &overlay.without_beats, |beat| &beat.id)
    }
}

/// What an overlay answers itself or leaves out. Looked up, because a call has hundreds of answers and an overlay as many.
struct Taken<'a> {
    own: BTreeSet<(Option<&'a Id>, Option<&'a Id>, super::Person)>,
    without: BTreeSet<&'a Id>,
}

impl<'a> Taken<'a> {
    fn by(overlay: &'a Variant) -> Self {
        Self { own: overlay.answers.iter().map(key_of).collect(), without: overlay.without_answers.iter().collect() }
    }

    /// Whether an answer of the call is given under the overlay as well.
    fn leaves(&self, answer: &Answer) -> bool {
        let key = key_of(answer);
        let left_out = |id: Option<&Id>| id.is_some_and(|id| self.without.contains(id));
        !left_out(key.0) && !left_out(key.1) && !self.own.contains(&key)
    }
}

fn under<'a, T>(base: &'a [T], own: &'a [T], without: &[Id], id: impl Fn(&'a T) -> &'a Id) -> Vec<&'a Id> {
    let mut ids: Vec<&Id> = base.iter().map(&id).filter(|id| !without.contains(id)).collect();
    for new in own.iter().map(&id) {
        if !ids.contains(&new) {
            ids.push(new);
        }
    }
    ids
}

/// What an answer is to, and whose it is. Answers of the same key give way together, because they
/// are alternatives to each other.
fn key_of(answer: &Answer) -> (Option<&Id>, Option<&Id>, super::Person) {
    (answer.to.as_ref(), answer.feature.as_ref(), answer.by)
}

fn replace<T: Clone>(old: &mut T, new: Option<&T>) {
    if let Some(new) = new {
        old.clone_from(new);
    }
}

/// Items of the same id are replaced in place, others added at the end.
fn merge<T: Clone>(list: &mut Vec<T>, new: &[T], id: impl Fn(&T) -> &Id) {
    for item in new {
        match list.iter_mut().find(|old| id(old) == id(item)) {
            Some(old) => old.clone_from(item),
            None => list.push(item.clone()),
        }
    }
}
