//! What `ron` says about types, in plain words and at the right place.

use ron::error::{Error, SpannedError};

use super::tree::{Cursor, NodeKind, Tree};
use crate::diagnostic::{Diagnostic, Position, codes};

/// The finding for an error of `ron`'s about a text whose syntax is good.
pub(super) fn diagnostic(file: &str, tree: &Tree, error: &SpannedError) -> Diagnostic {
    let start = offset(tree, error.span.start);
    let end = offset(tree, error.span.end);
    let make = |offset: usize, message: String| Diagnostic::error(codes::TYPE, file, tree.position(offset), message);
    let leaf = |offset: usize| tree.innermost(offset).map_or(offset, |at| at.span().start);
    match &error.code {
        Error::NoSuchStructField { expected, found, outer } => {
            let message = format!("{} has no field `{found}`", described(outer.as_deref()));
            make(start, message).hint(choices(found, expected, "fields"))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let whose = outer.as_ref().map_or(String::new(), |outer| format!(" of `{outer}`"));
            make(start, format!("`{found}` is none of the choices{whose}")).hint(choices(found, expected, "choices"))
        }
        Error::MissingStructField { field, outer } => {
            let whole = enclosing(tree, end).unwrap_or(end);
            make(whole, format!("{} needs the field `{field}`", described(outer.as_deref())))
                .hint(format!("add `{field}: …`"))
        }
        Error::DuplicateStructField { field, .. } => make(start, format!("the field `{field}` is given twice")),
        Error::ExpectedDifferentStructName { expected, found } => {
            make(start, format!("expected `{expected}`, found `{found}`")).hint("leave the name out")
        }
        Error::InvalidValueForType { expected, found } => {
            make(leaf(start), format!("expected {}, found {}", plain(expected), plain(found)))
        }
        Error::ExpectedDifferentLength { expected, found } => {
            make(leaf(start), format!("expected {}, found {found} of them", plain(expected)))
        }
        Error::IntegerOutOfBounds => make(leaf(start), "the number is too large or too small here".to_owned())
            .hint("whole numbers of this kind have bounds; a negative one is often not allowed"),
        Error::NoSuchExtension(name) => make(start, format!("there is no extension `{name}`")),
        Error::ExceededRecursionLimit => make(leaf(start), "values are nested too deep".to_owned()),
        Error::SuggestRawIdentifier(found) => make(start, format!("`{found}` is not a name"))
            .hint("names hold letters, digits and underscores; put other words in quotes"),
        Error::Message(message) => make(leaf(start), plain(message)),
        other => {
            let at = leaf(end);
            let message = match wanted(other) {
                Some(wanted) => format!("expected {wanted}, found {}", found(tree, at)),
                None => plain(&other.to_string()),
            };
            make(at, message).hint(remedy(other))
        }
    }
}

fn offset(tree: &Tree, at: ron::error::Position) -> usize {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    tree.offset(Position { line: small(at.line), column: small(at.col) })
}

/// Where the struct begins within which `ron` stood when it missed something.
fn enclosing(tree: &Tree, offset: usize) -> Option<usize> {
    let is_bracket = |at: &Cursor<'_>| matches!(at.kind(), Some(NodeKind::Struct | NodeKind::Tuple));
    // It stands on or behind the closing bracket, or on whatever follows it.
    let before = tree.text()[..offset].trim_end().len();
    let behind = if tree.text()[offset..].starts_with(')') { offset } else { before.saturating_sub(1) };
    tree.around(behind).filter(is_bracket).map(|at| at.span().start)
}

fn described(outer: Option<&str>) -> String {
    outer.map_or_else(|| "this".to_owned(), |outer| format!("`{outer}`"))
}

/// The nearest of the choices, and all of them.
pub(crate) fn choices(found: &str, expected: &[&str], what: &str) -> String {
    if expected.is_empty() {
        return format!("there are no {what} here");
    }
    let list = expected.join(", ");
    match nearest(found, expected.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? the {what} are {list}"),
        None => format!("the {what} are {list}"),
    }
}

/// What may have been meant: near in spelling, or none.
pub(crate) fn nearest<'a>(found: &str, choices: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    let length = found.chars().count();
    // Comparing long texts costs their product, and they are no misspelt names.
    if length > 60 {
        return None;
    }
    let near = |choice: &&str| choice.len().abs_diff(found.len()) <= 4;
    let distance = |choice: &str| strsim::osa_distance(&found, &choice.to_lowercase());
    let (distance, choice) = choices.filter(near).map(|c| (distance(c), c)).min_by_key(|(d, _)| *d)?;
    (distance * 3 <= length.max(3)).then_some(choice)
}

fn wanted(error: &Error) -> Option<String> {
    let words = match error {
        Error::ExpectedArray => "a list in `[…]`",
        Error::ExpectedArrayEnd => "the end of the list",
        Error::ExpectedBoolean => "`true` or `false`",
        Error::ExpectedChar => "a character in single quotes",
        Error::ExpectedFloat => "a number",
        Error::ExpectedInteger => "a whole number",
        Error::ExpectedMap => "a map in `{…}`",
        Error::ExpectedStructLike => "`(…)`",
        Error::ExpectedStructLikeEnd => "the closing `)`",
        Error::ExpectedUnit => "`()`",
        Error::ExpectedString => "a text in double quotes",
        Error::ExpectedIdentifier => "a name without quotes",
        Error::ExpectedByteString => "bytes",
        Error::ExpectedNamedStructLike(name) => return Some(format!("`(…)` for `{name}`")),
        _ => return None,
    };
    Some(words.to_owned())
}

fn remedy(error: &Error) -> &'static str {
    match error {
        Error::ExpectedArray => "a list of one is written `[…]` as well",
        Error::ExpectedString => "put the words in double quotes",
        Error::ExpectedIdentifier => "this is one of several fixed choices, written without quotes",
        _ => "",
    }
}

/// What stands at an offset, in words.
fn found(tree: &Tree, offset: usize) -> String {
    let at = tree.innermost(offset);
    match at.as_ref().and_then(Cursor::kind) {
        Some(NodeKind::Name) => format!("`{}`", at.and_then(|at| at.name()).unwrap_or_default()),
        Some(NodeKind::Number) => "a number".to_owned(),
        Some(NodeKind::Text) => "a text".to_owned(),
        Some(NodeKind::Bytes) => "bytes".to_owned(),
        Some(NodeKind::Char) => "a character".to_owned(),
        Some(NodeKind::List) => "a list".to_owned(),
        Some(NodeKind::Map) => "a map".to_owned(),
        Some(NodeKind::Tuple | NodeKind::Struct) => "`(…)`".to_owned(),
        Some(NodeKind::Broken) | None => "something else".to_owned(),
    }
}

/// A sentence of `ron`'s or `serde`'s as ours are: lower case, without a full stop.
fn plain(message: &str) -> String {
    let message = message.trim_end_matches('.').replace(" instead", "");
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => message,
    }
}
