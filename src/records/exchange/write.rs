//! Writing an export.

use std::borrow::Cow;

use super::line::{AnnotationLine, Counts, HeaderLine, More, MoreLine, RecordLine, TextLine};
use super::{EXPORT_FORMAT, LINE_LIMIT};
use crate::records::record::{Kept, Record, json_len};
use crate::records::store::Item;
use crate::records::text::Text;

/// A text goes on in a further line after so many bytes; JSON makes six of one at most.
const TEXT_PORTION: usize = 128 << 10;
/// A record goes on in a further line after so many bytes of JSON.
const RECORD_PORTION: usize = 512 << 10;

/// The first line of an export, with its end.
pub fn write_header(counts: Counts) -> String {
    let Counts { texts, records, annotations } = counts;
    json_line(&HeaderLine {
        rightcall: Cow::Borrowed("export"),
        format: EXPORT_FORMAT,
        texts: Some(texts),
        records: Some(records),
        annotations: Some(annotations),
    })
}

/// The line, or lines, of one item, with their ends.
pub fn write_item(item: &Item) -> String {
    match item {
        Item::Text(text) => text_lines(text),
        Item::Record(kept) => record_lines(&kept.record, kept.finished),
        Item::Annotation(annotation) => json_line(&AnnotationLine { annotation: Cow::Borrowed(annotation) }),
    }
}

/// An export of one record, finished if the call has ended, and the texts it refers to.
pub fn write_one(record: &Record, texts: &[Text]) -> String {
    let mut texts: Vec<&Text> = texts.iter().collect();
    texts.sort_by(|a, b| a.hash.cmp(&b.hash));
    texts.dedup_by(|a, b| a.hash == b.hash);
    let counts = Counts { texts: texts.len() as u64, records: 1, annotations: 0 };
    let mut file = write_header(counts);
    file.extend(texts.into_iter().map(text_lines));
    file.push_str(&record_lines(record, record.has_ended()));
    file
}

fn text_lines(text: &Text) -> String {
    let mut portions = Vec::new();
    let mut rest = text.text.as_str();
    while rest.len() > TEXT_PORTION {
        let (portion, after) = rest.split_at(rest.floor_char_boundary(TEXT_PORTION));
        portions.push(portion);
        rest = after;
    }
    portions.push(rest);
    let last = portions.len() - 1;
    let mut lines = String::new();
    for (n, portion) in portions.into_iter().enumerate() {
        let continues = n < last;
        lines.push_str(&if n == 0 {
            let first = Text { text: portion.to_owned(), hash: text.hash.clone(), name: text.name.clone() };
            json_line(&TextLine { text: Cow::Owned(first), continues })
        } else {
            let more = More { text: Cow::Borrowed(portion), ..More::default() };
            json_line(&MoreLine { more, continues })
        });
    }
    lines
}

fn record_lines(record: &Record, finished: bool) -> String {
    let whole = RecordLine { record: Cow::Borrowed(record), finished, continues: false };
    let line = json_line(&whole);
    if line.len() <= LINE_LIMIT {
        return line;
    }
    let first = Record { actions: Vec::new(), events: Vec::new(), ..record.clone() };
    let first = RecordLine { record: Cow::Owned(first), finished, continues: true };
    let mut lines = vec![json_line(&first)];
    for actions in portions(&record.actions) {
        let more = More { actions: Cow::Borrowed(actions), ..More::default() };
        lines.push(json_line(&MoreLine { more, continues: true }));
    }
    let mut events = portions(&record.events).into_iter().peekable();
    while let Some(portion) = events.next() {
        let more = More { events: Cow::Borrowed(portion), ..More::default() };
        lines.push(json_line(&MoreLine { more, continues: events.peek().is_some() }));
    }
    if record.events.is_empty() {
        lines.push(json_line(&MoreLine { more: More::default(), continues: false }));
    }
    lines.concat()
}

/// Runs of a list of which each is about a line long.
fn portions<T: serde::Serialize>(list: &[T]) -> Vec<&[T]> {
    let (mut portions, mut from, mut size) = (Vec::new(), 0, 0);
    for (n, entry) in list.iter().enumerate() {
        let length = json_len(entry);
        if n > from && size + length > RECORD_PORTION {
            portions.push(&list[from..n]);
            (from, size) = (n, 0);
        }
        size += length + 1;
    }
    if from < list.len() {
        portions.push(&list[from..]);
    }
    portions
}

/// Nothing that is exported can fail to become JSON: there are no maps with odd keys in it.
fn json_line(line: &impl serde::Serialize) -> String {
    let mut json = serde_json::to_string(line).unwrap_or_default();
    json.push('\n');
    json
}

pub use whole::{Audience, ExportError, export};

mod whole {
    use std::collections::{BTreeMap, BTreeSet};
    use std::io::Write;

    use super::{Counts, Item, Kept, write_header, write_item};
    use crate::records::annotation::{Annotation, AnnotationKind};
    use crate::records::shell::wait;
    use crate::records::store::{Failure, Reply, Request, Store};

    /// Why an export was not written.
    #[derive(Debug, thiserror::Error)]
    pub enum ExportError {
        #[error(transparent)]
        Store(#[from] Failure),
        #[error("{0}")]
        Write(#[from] std::io::Error),
    }

    /// Whom an export is for.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Audience {
        /// Whoever takes their calls with them: nothing is left out.
        Author,
        /// Somebody else: reflections, ratings and comments that are not shared stay here.
        Others,
    }

    impl Audience {
        fn may_read(self, annotation: &Annotation) -> bool {
            use AnnotationKind::{Comment, Reflection, SelfRating};
            let own = matches!(annotation.kind, Reflection | SelfRating(_) | Comment);
            self == Self::Author || annotation.shared || !own
        }
    }

    /// Writes the records with these ids, or all that is kept, with texts and annotations. Waits for
    /// the store.
    ///
    /// # Errors
    /// What the store or the writer says; a part may have been written.
    pub fn export(
        store: &mut dyn Store,
        ids: Option<&BTreeSet<String>>,
        audience: Audience,
        to: &mut dyn Write,
    ) -> Result<Counts, ExportError> {
        let Reply::Calls(mut calls) = wait(store, Request::List)? else { return Err(unexpected()) };
        if let Some(ids) = ids {
            if let Some(id) = ids.iter().find(|id| calls.iter().all(|call| call.head.id != **id)) {
                return Err(Failure::NoCall { id: id.clone() }.into());
            }
            calls.retain(|call| ids.contains(&call.head.id));
        }
        calls.sort_by(|a, b| a.head.id.cmp(&b.head.id));
        let named: BTreeSet<&str> =
            calls.iter().flat_map(|call| [&*call.head.scenario, &*call.head.standards]).collect();
        let mut texts = BTreeSet::new();
        for hash in named {
            match wait(store, Request::Texts(hash.to_owned())) {
                Ok(Reply::Texts(found)) => texts.extend(found.into_iter().map(|text| text.hash)),
                // It was not in the file that the record came from.
                Err(Failure::NoText { .. }) => {}
                Ok(_) => return Err(unexpected()),
                Err(failure) => return Err(failure.into()),
            }
        }
        let Reply::Annotations(mut annotations) = wait(store, Request::Annotations { of: None })? else {
            return Err(unexpected());
        };
        if let Some(ids) = ids {
            // One's own file has also what one said of oneself, to whom one showed the calls among it.
            let authors: BTreeSet<&str> =
                calls.iter().filter(|_| audience == Audience::Author).map(|call| &*call.head.by).collect();
            annotations.retain(|a| match a.record() {
                Some(record) => ids.contains(record),
                None => a.goes_with_its_author() && authors.contains(&*a.by),
            });
        }
        if audience == Audience::Others {
            only_last_reflections(&mut annotations);
        }
        annotations.retain(|annotation| audience.may_read(annotation));
        annotations.sort_by(|a, b| a.id.cmp(&b.id));
        let counts =
            Counts { texts: texts.len() as u64, records: calls.len() as u64, annotations: annotations.len() as u64 };
        to.write_all(write_header(counts).as_bytes())?;
        for hash in texts {
            let Reply::Texts(found) = wait(store, Request::Texts(hash))? else {
                return Err(unexpected());
            };
            if let Some(text) = found.into_iter().next() {
                to.write_all(write_item(&Item::Text(text)).as_bytes())?;
            }
        }
        for call in calls {
            let Reply::Record(kept) = wait(store, Request::Load(call.head.id))? else {
                return Err(unexpected());
            };
            let kept: Box<Kept> = kept;
            to.write_all(write_item(&Item::Record(kept)).as_bytes())?;
        }
        for annotation in annotations {
            to.write_all(write_item(&Item::Annotation(Box::new(annotation))).as_bytes())?;
        }
        to.flush()?;
        Ok(counts)
    }

    /// Of a call somebody's last reflection is what they say of it: whoever no longer shares it, or shares
    /// it in other words, has appended another.
    fn only_last_reflections(annotations: &mut Vec<Annotation>) {
        let key = |a: &Annotation| (a.by.clone(), a.target.clone().map(|target| target.record));
        let mut last = BTreeMap::new();
        for a in annotations.iter().filter(|a| a.kind == AnnotationKind::Reflection) {
            let when = (a.at.clone(), a.id.clone());
            let known = last.entry(key(a)).or_insert_with(|| when.clone());
            *known = when.max(known.clone());
        }
        annotations
            .retain(|a| a.kind != AnnotationKind::Reflection || last.get(&key(a)).is_none_or(|(_, id)| *id == a.id));
    }

    fn unexpected() -> ExportError {
        Failure::Invalid("the store gave an answer of the wrong kind".to_owned()).into()
    }
}
