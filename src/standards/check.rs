//! What in the standards refers to something that is not there, or cannot be.

use super::load::{Standards, Trees};
use crate::diagnostic::Diagnostic;

/// Everything that is wrong within standards that could be read.
pub(crate) fn check(_standards: &Standards, _trees: &Trees) -> Vec<Diagnostic> {
    Vec::new()
}
