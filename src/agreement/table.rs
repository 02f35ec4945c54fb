//! A long-form table of ratings, `rater,item,value`, as a spreadsheet writes it.
//!
//! Columns are found by their header, in any order, others are passed over. A byte order mark, CRLF, spaces
//! around and quotes are accepted. An absent pair, or an empty value, is a missing rating.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ratings::{Rating, Ratings, Scale};

/// The longest table, in bytes.
pub const TABLE_LIMIT: usize = 64 << 20;
/// The most rows.
pub const MOST_ROWS: usize = 4_000_000;

/// A table that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// In the order in which they first occur.
    pub raters: Vec<String>,
    pub items: Vec<String>,
    pub ratings: Ratings,
}

/// Why a table is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("the file is empty; it needs the columns rater, item, value")]
    Empty,
    #[error("line 1: there is no column `{0}`; the columns rater, item, value are needed")]
    NoColumn(&'static str),
    #[error("line 1: there are two columns `{0}`")]
    TwoColumns(&'static str),
    #[error("the file is longer than {} MiB", TABLE_LIMIT >> 20)]
    TooLong,
    #[error("line {line}: there are more than {MOST_ROWS} ratings")]
    TooMany { line: usize },
    #[error("line {line}: this is not UTF-8 text")]
    NotText { line: usize },
    #[error("line {line}: a quote is opened and not closed")]
    OpenQuote { line: usize },
    #[error("line {line}: {found} values, where the header has {wanted}")]
    Columns { line: usize, found: usize, wanted: usize },
    #[error("line {line}: the {what} has no name")]
    NoName { line: usize, what: &'static str },
    #[error("line {line}: `{text}` is not a number")]
    NotANumber { line: usize, text: String },
    #[error("line {line}: {text} is not on the declared scale {low}..{high}")]
    OffScale { line: usize, text: String, low: i32, high: i32 },
    #[error("line {line}: `{rater}` has rated `{item}` before, on line {before}, with another value")]
    Twice { line: usize, before: usize, rater: String, item: String },
}

/// Reads a table. Nothing is guessed: what does not fit is refused with its line.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(bytes: &[u8], scale: Option<Scale>) -> Result<Table, TableError> {
    if bytes.len() > TABLE_LIMIT {
        return Err(TableError::TooLong);
    }
    let text = std::str::from_utf8(bytes).map_err(|problem| TableError::NotText {
        line: 1 + bytes[..problem.valid_up_to()].iter().filter(|byte| **byte == b'\n').count(),
    })?;
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Rows { rest, line: 0, has_quotes: rest.contains('"') };
    let mut fields = Vec::new();
    if rows.next(&mut fields)?.is_none() {
        return Err(TableError::Empty);
    }
    let columns = columns(&fields)?;
    let wanted = fields.len();
    let (mut raters, mut items) = (Names::default(), Names::default());
    // (item, rater), value, line.
    let mut list: Vec<(Rating, usize)> = Vec::with_capacity((text.len() / 16).min(MOST_ROWS));
    while let Some(line) = rows.next(&mut fields)? {
        if fields.len() != wanted {
            return Err(TableError::Columns { line, found: fields.len(), wanted });
        }
        let [rater, item, value] = columns.map(|column| fields[column].trim());
        for (name, what) in [(rater, "rater"), (item, "item")] {
            if name.is_empty() {
                return Err(TableError::NoName { line, what });
            }
        }
        if value.is_empty() {
            continue;
        }
        let number = number(value).ok_or_else(|| TableError::NotANumber { line, text: shortened(value) })?;
        if let Some(Scale { low, high }) = scale.filter(|scale| !scale.has(number)) {
            return Err(TableError::OffScale { line, text: shortened(value), low, high });
        }
        if list.len() == MOST_ROWS {
            return Err(TableError::TooMany { line });
        }
        list.push((Rating { rater: raters.number(rater), item: items.number(item), value: number }, line));
    }
    let list = by_item(list, items.names.len());
    let same = |pair: &&[(Rating, usize)]| (pair[0].0.item, pair[0].0.rater) == (pair[1].0.item, pair[1].0.rater);
    let twice = list.windows(2).filter(same).filter(|pair| pair[0].0.value != pair[1].0.value);
    if let Some(pair) = twice.min_by_key(|pair| pair[1].1) {
        let Rating { rater, item, .. } = pair[1].0;
        let (rater, item) = (shortened(&raters.names[rater as usize]), shortened(&items.names[item as usize]));
        return Err(TableError::Twice { line: pair[1].1, before: pair[0].1, rater, item });
    }
    Ok(Table {
        ratings: Ratings::new(list.into_iter().map(|(rating, _)| rating), scale),
        raters: raters.names,
        items: items.names,
    })
}

/// By item, then rater, then line. Most tables are in some order, and then each item's ratings are in order already once they
/// lie together: to sort them all would take longer than to read them.
fn by_item(list: Vec<(Rating, usize)>, items: usize) -> Vec<(Rating, usize)> {
    let mut ends = vec![0; items];
    for (rating, _) in &list {
        ends[rating.item as usize] += 1;
    }
    let mut begin = 0;
    for end in &mut ends {
        (begin, *end) = (begin + *end, begin);
    }
    let mut placed = list.clone();
    for one in list {
        let place = &mut ends[one.0.item as usize];
        placed[*place] = one;
        *place += 1;
    }
    let key = |(rating, line): &(Rating, usize)| (rating.rater, *line);
    for part in placed.chunk_by_mut(|a, b| a.0.item == b.0.item) {
        if !part.is_sorted_by_key(key) {
            part.sort_unstable_by_key(key);
        }
    }
    placed
}

/// Where the three columns are.
fn columns(header: &[Cow<'_, str>]) -> Result<[usize; 3], TableError> {
    let mut found = [0; 3];
    for (place, name) in found.iter_mut().zip(["rater", "item", "value"]) {
        let mut at = header.iter().enumerate().filter(|(_, field)| field.trim().eq_ignore_ascii_case(name));
        *place = at.next().ok_or(TableError::NoColumn(name))?.0;
        if at.next().is_some() {
            return Err(TableError::TwoColumns(name));
        }
    }
    Ok(found)
}

fn number(text: &str) -> Option<f64> {
    if let [digit @ b'0'..=b'9'] = text.as_bytes() {
        return Some(f64::from(digit - b'0'));
    }
    // "inf" and "nan" are numbers to Rust.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|number: &f64| plain && number.is_finite())
}

/// What somebody wrote, as far as a sentence can take it.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

/// Numbers for names, in the order in which they first occur.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    known: BTreeMap<String, u32>,
    /// Which name came after this one the last time: most tables are in some order.
    after: Vec<u32>,
    last: usize,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if self.names.get(self.last).is_some_and(|last| last == name) {
            return u32::try_from(self.last).unwrap_or(u32::MAX);
        }
        if let Some(&guess) = self.after.get(self.last)
            && self.names[guess as usize] == name
        {
            self.last = guess as usize;
            return guess;
        }
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = match self.known.get(name) {
            Some(&number) => number,
            None => {
                self.known.insert(name.to_owned(), next);
                self.names.push(name.to_owned());
                self.after.push(0);
                next
            }
        };
        self.after[self.last] = number;
        self.last = number as usize;
        number
    }
}

/// Rows of a text of comma-separated values.
struct Rows<'t> {
    rest: &'t str,
    /// How many lines were read.
    line: usize,
    /// There is a quote somewhere.
    has_quotes: bool,
}

impl<'t> Rows<'t> {
    /// The fields of the next row that is not blank, and the line on which it begins.
    fn next(&mut self, fields: &mut Vec<Cow<'t, str>>) -> Result<Option<usize>, TableError> {
        while !self.rest.is_empty() {
            let begins = self.line + 1;
            fields.clear();
            let (mut line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            if self.has_quotes && line.contains('"') {
                self.quoted(fields, begins)?;
            } else {
                (self.rest, self.line) = (rest, begins);
                line = line.strip_suffix('\r').unwrap_or(line);
                // Fields are short: to look byte by byte is quicker than to begin a search for each.
                let mut from = 0;
                for (at, _) in line.bytes().enumerate().filter(|(_, byte)| *byte == b',') {
                    fields.push(Cow::Borrowed(&line[from..at]));
                    from = at + 1;
                }
                fields.push(Cow::Borrowed(&line[from..]));
            }
            if fields.iter().any(|field| field.chars().any(|c| !c.is_whitespace())) {
                return Ok(Some(begins));
            }
        }
        Ok(None)
    }

    /// A row with quotes: commas and line ends may stand within them, and two quotes are one.
    fn quoted(&mut self, fields: &mut Vec<Cow<'t, str>>, begins: usize) -> Result<(), TableError> {
        let (mut field, mut within) = (String::new(), false);
        let mut characters = self.rest.char_indices().peekable();
        self.line = begins;
        while let Some((at, character)) = characters.next() {
            match character {
                '"' if within && characters.peek().is_some_and(|(_, next)| *next == '"') => {
                    characters.next();
                    field.push('"');
                }
                '"' => within = !within,
                ',' if !within => fields.push(Cow::Owned(std::mem::take(&mut field))),
                '\n' if !within => {
                    self.rest = &self.rest[at + 1..];
                    fields.push(Cow::Owned(field));
                    return Ok(());
                }
                '\n' => {
                    self.line += 1;
                    field.push('\n');
                }
                other => field.push(other),
            }
        }
        self.rest = "";
        fields.push(Cow::Owned(field));
        if within { Err(TableError::OpenQuote { line: begins }) } else { Ok(()) }
    }
}
