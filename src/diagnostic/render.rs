//! Diagnostics as people read them in a terminal: with the line they are about.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Severity};

/// Longer lines are cut behind the place, in characters.
const WIDTH: usize = 100;
/// No excerpt is made of a line of more bytes: nobody wrote it.
const LONGEST: usize = 8000;

/// One diagnostic in several lines, ending with a line end. `source` is the text of its file.
pub fn render(diagnostic: &Diagnostic, source: Option<&str>, in_colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let title = level.primary_title(&*diagnostic.message).id(&*diagnostic.code);
    let line = source.and_then(|text| text.lines().nth(diagnostic.line.max(1) as usize - 1));
    let mut group = match line {
        Some(line) if !line.trim().is_empty() && line.len() <= LONGEST => {
            let place = Place::of(line, diagnostic.column.max(1) as usize - 1);
            let snippet = Snippet::source(place.line)
                .path(&*diagnostic.file)
                .line_start(diagnostic.line as usize)
                .annotation(AnnotationKind::Primary.span(place.from..place.to));
            title.element(snippet)
        }
        _ => {
            let origin = Origin::path(&*diagnostic.file).line(diagnostic.line as usize);
            Group::with_title(title).element(origin.char_column(diagnostic.column as usize))
        }
    };
    if !diagnostic.hint.is_empty() {
        group = group.element(Level::HELP.message(&*diagnostic.hint));
    }
    let renderer = if in_colour { Renderer::styled().decor_style(DecorStyle::Unicode) } else { Renderer::plain() };
    let mut text = renderer.render(&[group]);
    text.push_str("\n\n");
    text
}

/// A line, or the part of it around a place, and the bytes of it to underline.
struct Place {
    line: String,
    from: usize,
    to: usize,
}

impl Place {
    fn of(line: &str, column: usize) -> Self {
        let characters: Vec<char> = line.chars().collect();
        let column = column.min(characters.len());
        // The place in the file stays true: only what follows a long line's place is cut off.
        let end = characters.len().min((column + WIDTH / 2).max(WIDTH));
        let word = word(&characters[column..end]);
        let bytes = |to: usize| characters[..to].iter().map(|c| c.len_utf8()).sum::<usize>();
        let cut = if end < characters.len() { "…" } else { "" };
        let shown: String = characters[..end].iter().collect();
        Self { from: bytes(column), to: bytes(column + word), line: shown + cut }
    }
}

/// How many characters from here on belong together: a text in quotes, a word, one sign.
fn word(rest: &[char]) -> usize {
    let ends = |accepts: &dyn Fn(char) -> bool| rest.iter().position(|&c| !accepts(c)).unwrap_or(rest.len());
    match rest.first() {
        Some('"') => rest[1..].iter().position(|&c| c == '"').map_or(rest.len(), |end| end + 2),
        Some(c) if c.is_alphanumeric() || *c == '_' => ends(&|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')),
        Some(_) => 1,
        None => 0,
    }
}
