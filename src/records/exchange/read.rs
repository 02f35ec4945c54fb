//! An export read line by line, in little memory however large it is.

use std::collections::VecDeque;
use std::io::BufRead;

use super::line::{Counts, HeaderLine, Line, More, check_text, header, line, shape};
use super::look::Fault;
use super::{ENTRY_LIMIT, LINE_LIMIT, RECORD_LIMIT, codes};
use crate::diagnostic::{Diagnostic, Severity};
use crate::records::record::Kept;
use crate::records::store::Item;
use crate::records::text::TEXT_LIMIT;

/// One item of an export.
#[derive(Debug)]
pub struct Found {
    /// Number of its first line.
    pub line: u32,
    pub item: Item,
    /// Hash of its lines: tells whether two are written alike.
    pub digest: u64,
}

/// Reads an export: yields each item, or what is wrong with a line.
///
/// After a bad line it goes on with the next one. It ends at once where the file cannot be read or
/// is no export of a known format.
pub struct Reader<R> {
    /// As the user named it.
    file: String,
    from: R,
    buffer: Vec<u8>,
    /// Lines read.
    lines: u32,
    bytes: u64,
    header: Option<HeaderLine<'static>>,
    pending: Pending,
    found: Counts,
    faults: u64,
    ready: VecDeque<Result<Found, Diagnostic>>,
    ended: bool,
}

/// What the next line may continue.
enum Pending {
    Nothing,
    /// An item begun, of so many bytes up to now.
    Item(Found, usize),
    /// An item of which a line was bad: the rest of it is passed over.
    Lost,
}

impl<R: BufRead> Reader<R> {
    /// `file` is the name to say in messages.
    pub fn new(file: &str, from: R) -> Self {
        Self {
            file: file.to_owned(),
            from,
            buffer: Vec::new(),
            lines: 0,
            bytes: 0,
            header: None,
            pending: Pending::Nothing,
            found: Counts::default(),
            faults: 0,
            ready: VecDeque::new(),
            ended: false,
        }
    }

    /// How many bytes have been read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads one line and does what is to be done with it.
    fn step(&mut self) {
        match self.next_line() {
            Err(problem) => {
                self.ended = true;
                self.fault(self.lines + 1, &fault(codes::UNREADABLE, problem.to_string()));
            }
            Ok(None) => {
                self.ended = true;
                self.finish();
            }
            Ok(Some(long)) => {
                let bytes = std::mem::take(&mut self.buffer);
                match readable(&bytes, long) {
                    Ok(text) if text.trim_ascii().is_empty() => {}
                    Ok(text) if self.header.is_none() => self.take_header(text),
                    Ok(text) => self.take_line(text),
                    Err(fault) => self.bad_line(&fault),
                }
                self.buffer = bytes;
            }
        }
    }

    /// Fills the buffer with the next line without its end. `None` at the end of the file, else
    /// whether the line was too long; then its beginning is in the buffer and the rest is skipped.
    fn next_line(&mut self) -> std::io::Result<Option<bool>> {
        self.buffer.clear();
        let (mut any, mut long) = (false, false);
        loop {
            let chunk = match self.from.fill_buf() {
                Ok(chunk) => chunk,
                Err(problem) if problem.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(problem) => return Err(problem),
            };
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = chunk.iter().position(|&b| b == b'\n');
            let part = &chunk[..end.unwrap_or(chunk.len())];
            let room = (LINE_LIMIT + 2).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&part[..part.len().min(room)]);
            long |= self.buffer.len() > LINE_LIMIT + 1;
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.from.consume(used);
            self.bytes += used as u64;
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.lines = self.lines.saturating_add(1);
        if self.lines == 1 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.buffer.drain(..3);
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        Ok(Some(long || self.buffer.len() > LINE_LIMIT))
    }

    fn take_header(&mut self, text: &str) {
        match header(text) {
            Ok(header) => self.header = Some(header),
            Err(fault) => self.bad_line(&fault),
        }
    }

    fn take_line(&mut self, text: &str) {
        let (size, digest) = (text.len(), digest(text));
        let line = match line(text) {
            Ok(line) => line,
            Err(fault) => return self.bad_line(&fault),
        };
        if let Line::More(more, continues) = line {
            return self.take_more(more, continues, size, digest);
        }
        self.lose_pending();
        let (item, continues) = match line {
            Line::Text(text, continues) => (Item::Text(text), continues),
            Line::Record(record, finished, continues) => {
                (Item::Record(Box::new(Kept { record: *record, finished })), continues)
            }
            Line::Annotation(annotation) => (Item::Annotation(annotation), false),
            Line::More(..) => return,
        };
        self.go_on(Found { line: self.lines, item, digest }, size, continues);
    }

    fn take_more(&mut self, more: More<'_>, continues: bool, size: usize, digest: u64) {
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Lost if continues => self.pending = Pending::Lost,
            Pending::Lost => {}
            Pending::Nothing => {
                let message = "the line continues nothing".to_owned();
                self.fault(self.lines, &fault(codes::CONTINUATION, message));
            }
            Pending::Item(mut found, before) => {
                found.digest = found.digest.rotate_left(1) ^ digest;
                let begun = found.line;
                let fits = match &mut found.item {
                    Item::Text(text) => {
                        text.text.push_str(&more.text);
                        more.actions.is_empty() && more.events.is_empty()
                    }
                    Item::Record(kept) => {
                        kept.record.actions.extend(more.actions.into_owned());
                        kept.record.events.extend(more.events.into_owned());
                        more.text.is_empty()
                    }
                    Item::Annotation(_) => false,
                };
                let size = before + size;
                let limit = match &found.item {
                    Item::Text(text) if text.text.len() > TEXT_LIMIT => Some(TEXT_LIMIT),
                    Item::Record(kept) if size > RECORD_LIMIT || kept.record.entries() > ENTRY_LIMIT => {
                        Some(RECORD_LIMIT)
                    }
                    _ => None,
                };
                if fits && limit.is_none() {
                    return self.go_on(found, size, continues);
                }
                self.pending = if continues { Pending::Lost } else { Pending::Nothing };
                if let Some(limit) = limit {
                    let message = format!("what begins here is longer than {} MiB", limit >> 20);
                    self.fault(begun, &fault(codes::TOO_LONG, message));
                } else {
                    let message = format!("the line does not continue what line {begun} begins");
                    self.fault(self.lines, &fault(codes::CONTINUATION, message));
                }
            }
        }
    }

    /// Keeps an item for the next line, or has it ready.
    fn go_on(&mut self, found: Found, size: usize, continues: bool) {
        if continues {
            self.pending = Pending::Item(found, size);
            return;
        }
        let checked = match &found.item {
            Item::Text(text) => check_text(text),
            Item::Record(kept) if size > LINE_LIMIT / 2 => kept.record.check().map_err(shape),
            Item::Record(_) | Item::Annotation(_) => Ok(()),
        };
        if let Err(fault) = checked {
            return self.fault(found.line, &fault);
        }
        match &found.item {
            Item::Text(_) => self.found.texts += 1,
            Item::Record(_) => self.found.records += 1,
            Item::Annotation(_) => self.found.annotations += 1,
        }
        self.ready.push_back(Ok(found));
    }

    fn bad_line(&mut self, fault: &Fault) {
        let mut fault = fault.clone();
        if let Pending::Item(begun, _) = std::mem::replace(&mut self.pending, Pending::Lost) {
            let begun = begun.line;
            fault.message = format!("{}; what line {begun} begins is lost", fault.message);
        }
        // Without a header nothing in the file can be understood.
        self.ended = self.header.is_none();
        self.fault(self.lines, &fault);
    }

    fn lose_pending(&mut self) {
        if let Pending::Item(begun, _) = std::mem::replace(&mut self.pending, Pending::Nothing) {
            let begun = begun.line;
            let message = "what begins here is not continued in the next line".to_owned();
            self.fault(begun, &fault(codes::CONTINUATION, message));
        }
    }

    /// At the end of the file.
    fn finish(&mut self) {
        self.lose_pending();
        let Some(header) = &self.header else {
            let message = "the file is empty".to_owned();
            return self.fault(1, &fault(codes::NOT_AN_EXPORT, message));
        };
        let Counts { texts, records, annotations } = self.found;
        let kinds = [
            ("texts", header.texts, texts),
            ("records", header.records, records),
            ("annotations", header.annotations, annotations),
        ];
        let differs = kinds.iter().find(|(_, said, found)| said.is_some_and(|said| said != *found));
        // Where a line was bad, that is why.
        if let Some((kind, Some(said), found)) = differs
            && self.faults == 0
        {
            let message = format!("the header says {said} {kind}, the file has {found}");
            let code = if found < said { codes::CUT_OFF } else { codes::COUNT };
            self.fault(self.lines, &fault(code, message));
        }
    }

    fn fault(&mut self, line: u32, fault: &Fault) {
        self.faults += 1;
        self.ready.push_back(Err(diagnostic(&self.file, line, fault)));
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Found, Diagnostic>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            self.step();
        }
        self.ready.pop_front()
    }
}

fn digest(text: &str) -> u64 {
    let mut eight = [0; 8];
    eight.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..8]);
    u64::from_le_bytes(eight)
}

/// The text of a line, if it can be one.
pub(super) fn readable(bytes: &[u8], long: bool) -> Result<&str, Fault> {
    let valid = std::str::from_utf8(bytes);
    let column = |upto: usize| 1 + String::from_utf8_lossy(&bytes[..upto]).chars().count();
    if long {
        let message = format!("the line is longer than {} MiB", LINE_LIMIT >> 20);
        return Err(fault(codes::TOO_LONG, message));
    }
    match (valid, bytes.iter().position(|&b| b == 0)) {
        (Err(problem), nul) if nul.is_none_or(|nul| problem.valid_up_to() < nul) => {
            let message = match bytes {
                [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the file is UTF-16, not UTF-8".to_owned(),
                _ => match bytes.get(problem.valid_up_to()) {
                    Some(byte) if problem.error_len().is_some() => {
                        format!("the byte 0x{byte:02X} is not UTF-8")
                    }
                    _ => "the line breaks off within a character".to_owned(),
                },
            };
            let at = column(problem.valid_up_to());
            Err(Fault { column: at, ..fault(codes::NOT_UTF8, message) })
        }
        (_, Some(nul)) => {
            let message = "a NUL byte: this is no text".to_owned();
            Err(Fault { column: column(nul), ..fault(codes::NUL, message) })
        }
        (Ok(text), None) => Ok(text),
        (Err(_), None) => Err(fault(codes::NOT_UTF8, "the line is not UTF-8".to_owned())),
    }
}

pub(super) fn fault(code: &'static str, message: String) -> Fault {
    Fault { code, line: 1, column: 1, message }
}

/// A fault in a line of a file, with what can be done about it.
pub(super) fn diagnostic(file: &str, line: u32, fault: &Fault) -> Diagnostic {
    let hint = match fault.code {
        codes::NOT_UTF8 => "save the file as UTF-8",
        codes::CUT_OFF | codes::CONTINUATION => "the file is not complete: export it again",
        codes::NOT_AN_EXPORT => "exports are made by `rightcall records export`",
        codes::FORMAT => "use the version of Rightcall that wrote it, or a later one",
        codes::HASH => "the text was changed after the export: export it again",
        codes::OTHER_CONTENT => "one of the two was changed; what is here stays as it is",
        codes::STRAY => "import the call first",
        codes::TEXT_MISSING => "import a complete export of the call to be able to mark it again",
        _ => "",
    };
    Diagnostic {
        code: fault.code.to_owned(),
        severity: if fault.code == codes::TEXT_MISSING { Severity::Warning } else { Severity::Error },
        file: file.to_owned(),
        line,
        column: u32::try_from(fault.column).unwrap_or(u32::MAX),
        message: fault.message.clone(),
        hint: hint.to_owned(),
    }
}
