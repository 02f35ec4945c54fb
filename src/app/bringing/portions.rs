//! Marks on their way to the store: many at once.

use crate::records::{Assessed, Request};

/// So many marks are one write to the disk: each waits for the disk, and twelve thousand would wait for minutes. What a
/// crash takes is marked again.
const AT_ONCE: usize = 100;

/// Marks that are not kept yet.
#[derive(Debug, Default)]
pub struct Portion(Vec<Assessed>);

impl Portion {
    /// Takes one more, and asks for a write where there are enough.
    #[must_use]
    pub fn with(&mut self, mark: Option<Assessed>) -> Option<Request> {
        self.0.extend(mark);
        if self.0.len() >= AT_ONCE { self.rest() } else { None }
    }

    /// Asks for the last write, where there is anything left.
    #[must_use]
    pub fn rest(&mut self) -> Option<Request> {
        let marks = std::mem::take(&mut self.0);
        (!marks.is_empty()).then_some(Request::PutAssessments(marks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::AssessmentKey;

    #[test]
    fn every_mark_goes_out_once_and_no_portion_is_empty() {
        let mark = |n: usize| {
            let key = AssessmentKey { record: n.to_string(), scenario: "s".into(), standards: "t".into(), rules: 1 };
            Assessed { key, summary: String::new(), full: String::new() }
        };
        let (mut portion, mut out) = (Portion::default(), Vec::new());
        let mut take = |request: Option<Request>| {
            if let Some(Request::PutAssessments(marks)) = request {
                assert!(!marks.is_empty() && marks.len() <= AT_ONCE);
                out.extend(marks.into_iter().map(|mark| mark.key.record));
            }
        };
        for n in 0..2 * AT_ONCE + 1 {
            take(portion.with(Some(mark(n))));
            take(portion.with(None));
        }
        take(portion.rest());
        take(portion.rest());
        assert_eq!(out, (0..2 * AT_ONCE + 1).map(|n| n.to_string()).collect::<Vec<_>>());
    }
}
