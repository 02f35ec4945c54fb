//! What is worked out once for a call and all of its variants: most lines, and most searches of the directory, are the
//! same in each.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::model::Right;
use crate::scenario::Scenario;
use crate::standards::words::{Vocabulary, longest_sentence};
use crate::standards::{Id, Standards};

/// What there is to say about the words of a line.
#[derive(Debug)]
pub(super) struct Heard {
    /// Words of the longest sentence.
    pub longest: usize,
    /// A word of the trade.
    pub jargon: Option<String>,
    /// Conditions that are named: places in the vocabulary's list.
    pub diagnoses: Vec<usize>,
}

/// What a search of the directory depends on within one scenario: its clock, practice list and `capacity` are the same
/// under every variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Search {
    /// Who is looked for: age in years, whether female, place and practice.
    pub patient: (u32, bool, Id, Arc<str>),
    pub need: Id,
    /// Within how many minutes somebody is to be seen.
    pub minutes: Option<u32>,
    pub role: Id,
    /// Minutes into the call.
    pub after: i64,
}

#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub vocabulary: Vocabulary<'a>,
    /// Outcomes that are right for somebody, in the call or in one of its variants.
    pub rights: BTreeSet<Id>,
    /// By address and length: the wordings of a variant are those of the call, not copies of them.
    lines: RefCell<BTreeMap<(usize, usize), Rc<Heard>>>,
    pub searches: RefCell<BTreeMap<Search, Rc<BTreeSet<Id>>>>,
}

impl<'a> Shared<'a> {
    pub fn of(scenario: &Scenario, standards: &'a Standards) -> Self {
        let models = std::iter::once(&scenario.model).chain(scenario.variants.iter().filter_map(|v| v.model.as_ref()));
        let roles = || scenario.roles.iter().filter_map(|id| standards.role(id));
        let rights =
            models.flat_map(|model| roles().flat_map(|role| Right::of(model, role).codes())).cloned().collect();
        Self {
            rights,
            vocabulary: Vocabulary::of(&standards.topics),
            lines: RefCell::default(),
            searches: RefCell::default(),
        }
    }

    /// The words of a line that lives as long as the scenario.
    pub fn heard(&self, line: &Arc<str>) -> Rc<Heard> {
        let key = (line.as_ptr().addr(), line.len());
        if let Some(known) = self.lines.borrow().get(&key) {
            return Rc::clone(known);
        }
        let lower = line.to_lowercase();
        let heard = Rc::new(Heard {
            longest: longest_sentence(line),
            jargon: self.vocabulary.jargon_in(&lower).map(str::to_owned),
            diagnoses: self.vocabulary.diagnoses_in(&lower).collect(),
        });
        self.lines.borrow_mut().insert(key, Rc::clone(&heard));
        heard
    }
}
