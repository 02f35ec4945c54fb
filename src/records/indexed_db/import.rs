//! Taking over what others exported.

use super::calls;
use super::change::Change;
use super::serve::{keep_annotation, keep_text, outcome_of, text};
use crate::records::store::{Failure, Item, Outcome, compare};

/// What becomes of an item; unless it is only a check, it is kept if it is wanted.
pub(super) async fn import(change: &Change, item: Item, only_check: bool) -> Result<Outcome, Failure> {
    match item {
        Item::Text(new) => {
            let is_new =
                if only_check { text(change, &new.hash).await?.is_none() } else { keep_text(change, &new).await? };
            Ok(if is_new { Outcome::New } else { Outcome::AlreadyHere })
        }
        Item::Record(new) => {
            let outcome = match calls::load(change, &new.record.head.id).await? {
                None => Outcome::New,
                Some(here) => compare(&here, &new),
            };
            if !only_check && matches!(outcome, Outcome::New | Outcome::Continued) {
                calls::insert(change, &new)?;
            }
            Ok(outcome)
        }
        Item::Annotation(new) => {
            let outcome = outcome_of(change, &new).await?;
            if outcome == Outcome::New && !only_check {
                keep_annotation(change, &new)?;
            }
            Ok(outcome)
        }
    }
}
