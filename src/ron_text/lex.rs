//! From text to tokens that add up to the text again, comments and blanks included.
//!
//! Depth is counted here, before anything that recurses sees the text. Where a scalar ends is decided
//! here, whether it is a good one is asked of `ron`, so that the two cannot disagree.

use serde::de::IgnoredAny;
use unicode_ident::{is_xid_continue, is_xid_start};

use super::DEPTH_LIMIT;
use super::tree::Problem;
use crate::diagnostic::codes;

/// More tokens than any honest file has; bounds the memory that a file can take.
const TOKEN_LIMIT: usize = 1_000_000;
/// After so many problems a reader has enough.
pub(super) const PROBLEM_LIMIT: usize = 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Blank,
    LineComment,
    BlockComment,
    /// `#![enable(…)]` and its like, as one token.
    Attribute,
    Open(u8),
    Close(u8),
    Comma,
    Colon,
    Ident,
    Number,
    Str,
    RawStr,
    Bytes,
    Char,
    /// What cannot be any of the others; a problem was noted.
    Broken,
}

impl TokenKind {
    pub(super) fn is_trivia(self) -> bool {
        matches!(self, Self::Blank | Self::LineComment | Self::BlockComment | Self::Attribute)
    }
}

/// Ends where the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub start: u32,
}

pub(super) struct Lexed {
    pub tokens: Vec<Token>,
    pub problems: Vec<Problem>,
    /// The rest of the text makes no sense.
    pub broken_off: bool,
}

/// Cuts a text into tokens.
pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), problems: Vec::new(), covered: 0 };
    let broken_off = lexer.run().is_none();
    if broken_off {
        let start = lexer.covered;
        lexer.tokens.extend(u32::try_from(start).map(|start| Token { kind: TokenKind::Broken, start }));
    }
    Lexed { tokens: lexer.tokens, problems: lexer.problems, broken_off }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Up to here there are tokens.
    covered: usize,
    tokens: Vec<Token>,
    problems: Vec<Problem>,
}

impl<'a> Lexer<'a> {
    /// Nothing when the rest of the text was given up.
    fn run(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        let mut value_seen = false;
        while self.at < self.text.len() {
            let start = self.at;
            let kind = if self.rest().starts_with('#') && !value_seen { self.attribute()? } else { self.token()? };
            if !kind.is_trivia() {
                value_seen = true;
            }
            match kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEPTH_LIMIT {
                let message = format!("brackets are nested more than {DEPTH_LIMIT} deep");
                self.problems = vec![Problem {
                    code: codes::TOO_DEEP,
                    hint: "no scenario needs this; check that the file is what it says".to_owned(),
                    ..Problem::new(start, message)
                }];
                return None;
            }
            if self.tokens.len() == TOKEN_LIMIT {
                let message = format!("the file has more than {TOKEN_LIMIT} words and signs");
                self.problems = vec![Problem { code: codes::TOO_LARGE, ..Problem::new(start, message) }];
                return None;
            }
            self.tokens.push(Token { kind, start: u32::try_from(start).ok()? });
            self.covered = self.at;
            if self.problems.len() >= PROBLEM_LIMIT {
                return None;
            }
        }
        Some(())
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take_while(&mut self, accepts: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !accepts(c)).unwrap_or(rest.len());
    }

    fn token(&mut self) -> Option<TokenKind> {
        let start = self.at;
        let rest = self.rest();
        let c = self.peek()?;
        match c {
            _ if is_blank(c) => {
                self.take_while(is_blank);
                Some(TokenKind::Blank)
            }
            '/' if rest.starts_with("//") => {
                self.take_while(|c| c != '\n');
                Some(TokenKind::LineComment)
            }
            '/' if rest.starts_with("/*") => self.block_comment(),
            '(' | '[' | '{' => self.one(TokenKind::Open(c as u8)),
            ')' | ']' | '}' => self.one(TokenKind::Close(c as u8)),
            ',' => self.one(TokenKind::Comma),
            ':' => self.one(TokenKind::Colon),
            '"' => {
                self.at += 1;
                self.quoted(start, TokenKind::Str)
            }
            '\'' => self.character(start),
            'b' if rest.starts_with("b\"") => {
                self.at += 2;
                self.quoted(start, TokenKind::Bytes)
            }
            'b' if rest.starts_with("b'") => self.number(start),
            'b' if rest.starts_with("br\"") || rest.starts_with("br#") => {
                self.at += 2;
                self.raw(start, TokenKind::Bytes)
            }
            'r' if rest.starts_with("r\"") || rest.starts_with("r#\"") || rest.starts_with("r##") => {
                self.at += 1;
                self.raw(start, TokenKind::RawStr)
            }
            'r' if rest.starts_with("r#") => {
                self.at += 2;
                self.take_while(|c| is_xid_continue(c) || matches!(c, '.' | '+' | '-'));
                if self.at > start + 2 {
                    return Some(TokenKind::Ident);
                }
                self.problem(start, "`r#` begins neither a raw string nor a name");
                Some(TokenKind::Broken)
            }
            '0'..='9' | '+' | '-' | '.' => self.number(start),
            _ if c == '_' || is_xid_start(c) => {
                self.take_while(is_xid_continue);
                // Alone it may be the name of a field as well; before `..` it is a number.
                if is_float_name(&rest[..self.at - start]) && self.rest().starts_with("..") {
                    self.at = start;
                    return self.number(start);
                }
                Some(TokenKind::Ident)
            }
            _ => {
                self.at += c.len_utf8();
                let problem = match c {
                    '\u{201C}' | '\u{201D}' => Problem::new(start, format!("`{c}` does not begin a text"))
                        .hint("use straight quotes, \"…\", around texts"),
                    '=' => Problem::new(start, "`=` has no meaning here").hint("a field is written `name: value`"),
                    ';' => Problem::new(start, "`;` has no meaning here").hint("use a comma"),
                    _ => Problem::new(start, format!("`{c}` has no meaning here")),
                };
                self.problems.push(problem);
                Some(TokenKind::Broken)
            }
        }
    }

    fn one(&mut self, kind: TokenKind) -> Option<TokenKind> {
        self.at += 1;
        Some(kind)
    }

    fn block_comment(&mut self) -> Option<TokenKind> {
        let start = self.at;
        let mut level = 0_usize;
        while let Some(next) = self.rest().find(['/', '*']) {
            self.at += next;
            if self.rest().starts_with("/*") {
                level += 1;
                self.at += 2;
            } else if self.rest().starts_with("*/") {
                level -= 1;
                self.at += 2;
                if level == 0 {
                    return Some(TokenKind::BlockComment);
                }
            } else {
                self.at += 1;
            }
        }
        self.unclosed(start, "the comment that begins here is never closed", "end it with `*/`")
    }

    /// From behind the opening quote.
    fn quoted(&mut self, start: usize, kind: TokenKind) -> Option<TokenKind> {
        let mut has_escapes = false;
        while let Some(next) = self.rest().find(['"', '\\']) {
            self.at += next;
            if self.rest().starts_with('"') {
                self.at += 1;
                return Some(if has_escapes { self.asked(start, kind) } else { kind });
            }
            has_escapes = true;
            self.at += 1;
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        self.unclosed(start, "the text that begins here is never closed", "end it with `\"`")
    }

    /// From behind the `r` or `br`.
    fn raw(&mut self, start: usize, kind: TokenKind) -> Option<TokenKind> {
        let from = self.at;
        self.take_while(|c| c == '#');
        let ending = format!("\"{}", &self.text[from..self.at]);
        if !self.rest().starts_with('"') {
            self.problem(start, "a raw text needs `\"` after its `#`");
            return Some(TokenKind::Broken);
        }
        self.at += 1;
        match self.rest().find(&ending) {
            Some(end) => {
                self.at += end + ending.len();
                Some(kind)
            }
            None => {
                let hint = format!("end it with `{ending}`");
                self.unclosed(start, "the raw text that begins here is never closed", &hint)
            }
        }
    }

    fn character(&mut self, start: usize) -> Option<TokenKind> {
        self.character_end();
        Some(self.asked(start, TokenKind::Char))
    }

    /// Goes behind a character in single quotes, or to where it stops being one.
    fn character_end(&mut self) {
        self.at += 1;
        let is_escape = self.rest().starts_with('\\');
        for _ in 0..=usize::from(is_escape) {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
        if is_escape {
            self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '{' | '}'));
        }
        if self.rest().starts_with('\'') {
            self.at += 1;
        }
    }

    /// A number, a byte in quotes, or a range of them.
    fn number(&mut self, start: usize) -> Option<TokenKind> {
        loop {
            if self.rest().starts_with("b'") {
                self.at += 1;
                self.character_end();
            }
            let from = self.at;
            self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-'));
            let taken = &self.text[from..self.at];
            if taken.ends_with("..") && self.rest().starts_with('=') {
                self.at += 1;
            } else if taken.ends_with("..b") && self.rest().starts_with('\'') {
                self.at -= 1;
            } else if taken.is_empty() || !(taken == "b" && self.rest().starts_with('\'')) {
                break;
            } else {
                self.at = from;
            }
        }
        let number = &self.text[start..self.at];
        let is_plain = number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit());
        Some(if is_plain { TokenKind::Number } else { self.asked(start, TokenKind::Number) })
    }

    /// `ron` says whether the scalar from `start` to here is a good one.
    fn asked(&mut self, start: usize, kind: TokenKind) -> TokenKind {
        let scalar = &self.text[start..self.at];
        let Err(problem) = ron::from_str::<IgnoredAny>(scalar) else { return kind };
        let what = match kind {
            TokenKind::Number => format!("`{}` is not a number", shortened(scalar)),
            TokenKind::Char => format!("`{}` is not a character in quotes", shortened(scalar)),
            _ => "the text has a bad escape".to_owned(),
        };
        let hint = match kind {
            TokenKind::Number => String::new(),
            TokenKind::Char => "a text is written in double quotes, \"…\"".to_owned(),
            _ => "write `\\\\` for a backslash and `\\\"` for a quote".to_owned(),
        };
        let offset = match kind {
            TokenKind::Number | TokenKind::Char => start,
            _ => start + offset_in(scalar, problem.span.start).saturating_sub(1),
        };
        self.problems.push(Problem { hint, ..Problem::new(offset, what) });
        kind
    }

    fn attribute(&mut self) -> Option<TokenKind> {
        let start = self.at;
        self.at += 1;
        while self.at < self.text.len() {
            match self.token()? {
                TokenKind::Close(b']') => {
                    let attribute = format!("{}()", &self.text[start..self.at]);
                    if ron::from_str::<IgnoredAny>(&attribute).is_err() {
                        self.problem(start, "this attribute is not known");
                    }
                    return Some(TokenKind::Attribute);
                }
                TokenKind::Broken if self.text[..self.at].ends_with('!') => drop(self.problems.pop()),
                TokenKind::Broken if self.text[..self.at].ends_with('=') => drop(self.problems.pop()),
                _ => {}
            }
        }
        self.unclosed(start, "the attribute that begins here is never closed", "end it with `]`")
    }

    fn problem(&mut self, offset: usize, message: &str) {
        self.problems.push(Problem::new(offset, message));
    }

    fn unclosed(&mut self, offset: usize, message: &str, hint: &str) -> Option<TokenKind> {
        self.problems.push(Problem::new(offset, message).hint(hint));
        None
    }
}

/// What `ron` takes for white space: not quite what Unicode does.
fn is_blank(c: char) -> bool {
    let odd = matches!(c, '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}');
    odd || matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}')
}

/// Names that `ron` reads as numbers.
pub(super) fn is_float_name(name: &str) -> bool {
    matches!(name, "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64")
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(20).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Byte offset of a position of `ron`'s, which counts characters.
fn offset_in(text: &str, at: ron::error::Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(at.line.saturating_sub(1)).map(str::len).sum();
    let column: usize = text[line..].chars().take(at.col.saturating_sub(1)).map(char::len_utf8).sum();
    line + column
}
