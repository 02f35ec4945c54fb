//! Decisions that were shared without their calls, made ready to stand beside whole calls in a cohort.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::call::{Ending, RULES, Script};
use crate::cohort::Case;
use crate::records::{Annotation, AnnotationKind, Head, Summary};
use crate::standards::Id;

/// Scripts by hash of the scenario's text and variant.
pub type Scripts = BTreeMap<(String, Option<Id>), Arc<Script>>;

/// Scripts in the form in which [`shared_decisions`] looks them up.
#[must_use]
pub fn by_text(scripts: &[Arc<Script>]) -> Scripts {
    scripts.iter().map(|script| ((script.scenario_hash.clone(), script.variant.clone()), script.clone())).collect()
}

/// The decisions among some annotations, for [`Cohort::new`](crate::cohort::Cohort::new). `whole`: records that are
/// here themselves and count in place of their decision. Decisions on calls that are not in `scripts` are left out:
/// nothing can be held against a model answer that nobody has.
#[must_use]
pub fn shared_decisions(annotations: &[Annotation], whole: &BTreeSet<&str>, scripts: &Scripts) -> Vec<(Summary, Case)> {
    let shared = annotations.iter().filter_map(|one| match &one.kind {
        AnnotationKind::Decided(shared) if !whole.contains(&*shared.record) => Some((&one.by, shared)),
        _ => None,
    });
    shared
        .filter_map(|(by, shared)| {
            let script = scripts.get(&(shared.scenario.clone(), shared.variant.clone()))?;
            let case = Case::of_decision(shared, script);
            let head = Head {
                id: shared.record.clone(),
                rules: RULES,
                call: shared.call.clone(),
                scenario: shared.scenario.as_str().into(),
                standards: shared.standards.as_str().into(),
                variant: shared.variant.clone(),
                seed: 0,
                role: shared.role.clone(),
                mode: shared.mode,
                by: by.clone(),
                taken: shared.taken.clone(),
            };
            let ending = Some(if shared.transferred { Ending::Transferred } else { Ending::Closed });
            let decided = shared.disposition.clone();
            let clock = shared.clock;
            Some((Summary { head, finished: true, clock, actions: 0, ending, decided, elsewhere: false }, case))
        })
        .collect()
}
