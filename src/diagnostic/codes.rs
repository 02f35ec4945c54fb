//! The codes of diagnostics. A code keeps its meaning for ever; `docs/diagnostics.md` lists them.

/// The text is not RON (or JSON).
pub const SYNTAX: &str = "R0001";
/// A value of the wrong type, an unknown field, a missing field.
pub const TYPE: &str = "R0002";
/// The same field or key twice.
pub const DUPLICATE_KEY: &str = "R0003";
/// The file is larger than its kind may be.
pub const TOO_LARGE: &str = "R0004";
/// The file is not UTF-8.
pub const NOT_UTF8: &str = "R0005";
/// Brackets nested too deep.
pub const TOO_DEEP: &str = "R0006";
/// A control character.
pub const FORBIDDEN_CHARACTER: &str = "R0007";
/// The file is missing or cannot be read.
pub const UNREADABLE: &str = "R0008";
