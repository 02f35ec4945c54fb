//! For the clinician who reviews a call: a sheet to read, rule on and sign, and the signature in the file.

pub(crate) mod html;
mod sheet;
mod sign;
mod words;

pub use sheet::sheet;
pub use sign::{SignError, Signature, sign};
