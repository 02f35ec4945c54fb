//! Taking over what others exported.

use super::calls;
use super::database::Change;
use crate::records::store::{Failure, Item, Outcome, compare};

/// What becomes of an item; unless it is only a check, it is kept if it is wanted.
pub(super) fn import(change: &Change, item: Item, only_check: bool) -> Result<Outcome, Failure> {
    match item {
        Item::Text(text) => {
            let new = if only_check { change.text(&text.hash)?.is_none() } else { change.keep_text(&text)? };
            Ok(if new { Outcome::New } else { Outcome::AlreadyHere })
        }
        Item::Record(new) => {
            let outcome = match calls::load(change, &new.record.head.id)? {
                None => Outcome::New,
                Some(here) => compare(&here, &new),
            };
            match outcome {
                Outcome::New if !only_check => calls::insert(change, &new)?,
                Outcome::Continued if !only_check => calls::replace(change, &new)?,
                _ => {}
            }
            Ok(outcome)
        }
        Item::Annotation(new) => {
            let outcome = change.outcome_of(&new)?;
            if outcome == Outcome::New && !only_check {
                change.keep_annotation(&new)?;
            }
            Ok(outcome)
        }
    }
}
