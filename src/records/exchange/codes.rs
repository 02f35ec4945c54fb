//! Numbers of the findings about exports. A number never changes its meaning.

/// The file cannot be read.
pub const UNREADABLE: &str = "J0001";
/// A line is not UTF-8.
pub const NOT_UTF8: &str = "J0002";
/// A line has a NUL byte in it.
pub const NUL: &str = "J0003";
/// A line, text or record is too long.
pub const TOO_LONG: &str = "J0004";
/// A line ends in the middle, or the file does.
pub const CUT_OFF: &str = "J0005";
/// A line is not JSON.
pub const NOT_JSON: &str = "J0006";
/// Brackets are nested too deeply.
pub const TOO_DEEP: &str = "J0007";
/// A key stands twice in one object.
pub const KEY_TWICE: &str = "J0008";
/// The file is not an export of Rightcall's.
pub const NOT_AN_EXPORT: &str = "J0009";
/// The export, or a record in it, has a format this version does not read.
pub const FORMAT: &str = "J0010";
/// A line is of no known kind.
pub const UNKNOWN_KIND: &str = "J0011";
/// Something is missing, unknown, of the wrong type or not allowed.
pub const SHAPE: &str = "J0012";
/// A text does not have the hash it is said to have.
pub const HASH: &str = "J0013";
/// There is something else under the same id.
pub const OTHER_CONTENT: &str = "J0014";
/// An annotation of a call that is not there.
pub const STRAY: &str = "J0015";
/// A line continues nothing, or is not continued.
pub const CONTINUATION: &str = "J0016";
/// There is less in the file than its header says.
pub const COUNT: &str = "J0017";
/// Warning: a record refers to a text that is not there.
pub const TEXT_MISSING: &str = "J0018";
