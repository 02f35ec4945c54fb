//! From tokens to nodes, going on after a mistake where that makes sense.

use std::collections::BTreeMap;

use super::lex::{PROBLEM_LIMIT, Token, TokenKind, is_float_name};
use super::tree::{Entry, Node, NodeKind, Problem};
use crate::diagnostic::{Position, codes};

pub(super) struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Place of the next token; on one that is no blank and no comment.
    at: usize,
    /// A bracket closed what it did not open: nothing after it can be trusted.
    lost: bool,
    /// `#![enable(unwrap_variant_newtypes)]`: `Some(…)` may hold fields.
    some_holds_fields: bool,
    pub nodes: Vec<Node>,
    pub entries: Vec<Entry>,
    pub problems: Vec<Problem>,
}

impl<'a> Parser<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token], problems: Vec<Problem>) -> Self {
        let attributes = tokens.iter().rposition(|token| token.kind == TokenKind::Attribute);
        let end = attributes.map_or(0, |last| tokens.get(last + 1).map_or(text.len(), |next| next.start as usize));
        let mut parser = Self {
            text,
            tokens,
            at: 0,
            lost: false,
            some_holds_fields: text[..end].contains("unwrap_variant_newtypes"),
            nodes: Vec::new(),
            entries: Vec::new(),
            problems,
        };
        parser.skip_trivia();
        parser
    }

    /// The value that is the whole text.
    pub fn document(&mut self) -> Option<u32> {
        if self.peek().is_none() {
            self.problems.push(Problem::new(0, "the file is empty"));
            return None;
        }
        let root = self.value();
        if let (false, Some(token)) = (self.lost, self.peek()) {
            let found = self.found();
            self.problem(token.start as usize, format!("nothing may follow the end, found {found}"));
        }
        root
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn is_next(&self, kind: TokenKind) -> bool {
        self.peek().is_some_and(|token| token.kind == kind)
    }

    fn offset(&self) -> usize {
        self.peek().map_or(self.text.len(), |token| token.start as usize)
    }

    fn end_of(&self, at: usize) -> usize {
        self.tokens.get(at + 1).map_or(self.text.len(), |token| token.start as usize)
    }

    fn skip_trivia(&mut self) {
        while self.peek().is_some_and(|token| token.kind.is_trivia()) {
            self.at += 1;
        }
    }

    /// Goes on to the next token; the end of the one left behind.
    fn advance(&mut self) -> usize {
        let end = self.end_of(self.at);
        self.at += 1;
        self.skip_trivia();
        end
    }

    /// A value, or a problem and a broken node in its place.
    fn value(&mut self) -> Option<u32> {
        let token = self.peek()?;
        let start = token.start as usize;
        let scalar = match token.kind {
            TokenKind::Number => NodeKind::Number,
            TokenKind::Str | TokenKind::RawStr => NodeKind::Text,
            TokenKind::Bytes => NodeKind::Bytes,
            TokenKind::Char => NodeKind::Char,
            TokenKind::Broken => NodeKind::Broken,
            TokenKind::Ident => return self.named(),
            TokenKind::Open(open) => return Some(self.container(start, start, open)),
            _ => {
                let found = self.found();
                self.problem(start, format!("expected a value, found {found}"));
                return None;
            }
        };
        let end = self.advance();
        Some(self.leaf(scalar, start, end))
    }

    /// A name alone, or with what follows it in brackets.
    fn named(&mut self) -> Option<u32> {
        let start = self.offset();
        let name_end = self.advance();
        let name = &self.text[start..name_end];
        // `ron` takes these for what they mean before it looks for a bracket.
        let takes_bracket = !matches!(name, "true" | "false" | "None") && !is_float_name(name);
        if takes_bracket && self.is_next(TokenKind::Open(b'(')) {
            let node = self.container(start, name_end, b'(');
            if name == "Some" {
                self.check_some(node);
            }
            return Some(node);
        }
        if name == "Some" {
            self.problem(start, "`Some` needs a value in brackets".to_owned());
        }
        Some(self.leaf(NodeKind::Name, start, name_end))
    }

    fn check_some(&mut self, node: u32) {
        let node = &self.nodes[node as usize];
        let is_one = node.kind == NodeKind::Tuple && node.entries.len() == 1;
        if !is_one && !self.some_holds_fields && !self.lost {
            let start = node.start as usize;
            self.problem(start, "`Some` holds one value".to_owned());
        }
    }

    fn leaf(&mut self, kind: NodeKind, start: usize, end: usize) -> u32 {
        self.push(Node { kind, start: small(start), end: small(end), name_end: small(start), entries: 0..0 })
    }

    fn push(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        small(self.nodes.len() - 1)
    }

    /// A list, map, tuple or struct from its opening bracket. The tokenizer has bounded the depth.
    fn container(&mut self, start: usize, name_end: usize, open: u8) -> u32 {
        let opened = self.offset();
        let mut end = self.advance();
        let close = closing(open);
        let kind = match open {
            b'[' => NodeKind::List,
            b'{' => NodeKind::Map,
            _ if self.is_next(TokenKind::Ident) && self.is_colon_after() => NodeKind::Struct,
            _ => NodeKind::Tuple,
        };
        let mut children = Vec::new();
        while !self.lost {
            match self.peek().map(|token| token.kind) {
                Some(TokenKind::Close(found)) if found == close => {
                    end = self.advance();
                    break;
                }
                Some(TokenKind::Close(_)) | None => {
                    self.unclosed(opened, open);
                    end = self.offset();
                    break;
                }
                _ => {}
            }
            match self.entry(kind) {
                Some(entry) => children.push(entry),
                None => self.skip_to_comma(),
            }
            self.comma(close);
        }
        if matches!(kind, NodeKind::Struct | NodeKind::Map) {
            self.check_twice(kind, &children);
        }
        let first = small(self.entries.len());
        self.entries.extend(children);
        let entries = first..small(self.entries.len());
        self.push(Node { kind, start: small(start), end: small(end), name_end: small(name_end), entries })
    }

    fn is_colon_after(&self) -> bool {
        let mut rest = self.tokens[self.at + 1..].iter().filter(|token| !token.kind.is_trivia());
        rest.next().is_some_and(|token| token.kind == TokenKind::Colon)
    }

    fn entry(&mut self, kind: NodeKind) -> Option<Entry> {
        let start = self.offset();
        let label = match kind {
            NodeKind::Struct => {
                if !self.is_next(TokenKind::Ident) {
                    let found = self.found();
                    self.problem(start, format!("expected the name of a field, found {found}"));
                    return None;
                }
                let end = self.advance();
                self.colon(&format!("`{}`", &self.text[start..end]))?;
                (small(start), small(end))
            }
            NodeKind::Map => {
                let key = self.value()?;
                let end = self.nodes[key as usize].end;
                if !self.lost {
                    self.colon("the key")?;
                }
                (small(start), end)
            }
            _ => (small(start), small(start)),
        };
        if self.lost {
            return None;
        }
        let value = self.value()?;
        Some(Entry { label, value })
    }

    fn colon(&mut self, after: &str) -> Option<()> {
        if self.is_next(TokenKind::Colon) {
            self.advance();
            return Some(());
        }
        if self.peek().is_some() {
            let found = self.found();
            self.problem(self.offset(), format!("expected `:` after {after}, found {found}"));
        }
        None
    }

    /// After an entry: a comma, or the closing bracket, or a comma that was forgotten.
    fn comma(&mut self, close: u8) {
        match self.peek().map(|token| token.kind) {
            _ if self.lost => {}
            Some(TokenKind::Comma) => drop(self.advance()),
            Some(TokenKind::Close(_)) | None => {}
            Some(kind) => {
                let (offset, found) = (self.offset(), self.found());
                let message = format!("expected `,` or `{}`, found {found}", char::from(close));
                let problem = Problem::new(offset, message).hint(self.comma_hint());
                self.problems.push(problem);
                if kind == TokenKind::Colon {
                    self.skip_to_comma();
                    if self.is_next(TokenKind::Comma) {
                        self.advance();
                    }
                }
                self.give_up_after_many();
            }
        }
    }

    /// A text that runs over a line end is the usual sign of a quote that was forgotten before it.
    fn comma_hint(&self) -> String {
        let before = self.tokens[..self.at].iter().rposition(|token| !token.kind.is_trivia());
        if let Some(at) = before.filter(|&at| self.tokens[at].kind == TokenKind::Str) {
            let start = self.tokens[at].start as usize;
            if self.text[start..self.end_of(at)].contains('\n') {
                let line = Position::of(self.text, start).line;
                return format!("the text before it begins on line {line}: was its closing `\"` forgotten?");
            }
        }
        "put a comma between the two".to_owned()
    }

    fn skip_to_comma(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Comma if depth == 0 => return,
                TokenKind::Close(_) if depth == 0 => return,
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            self.advance();
        }
    }

    fn unclosed(&mut self, opened: usize, open: u8) {
        let at = Position::of(self.text, opened);
        let open = char::from(open);
        let close = char::from(closing(open as u8));
        let message = match self.peek() {
            Some(_) => format!("expected `{close}`, found {}", self.found()),
            None => format!("the text ends where a `{close}` is missing"),
        };
        let hint = format!("the `{open}` on line {}, column {} is not closed", at.line, at.column);
        self.problems.push(Problem::new(self.offset(), message).hint(hint));
        self.lost = true;
    }

    fn check_twice(&mut self, kind: NodeKind, children: &[Entry]) {
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for entry in children {
            if self.problems.len() >= PROBLEM_LIMIT {
                break;
            }
            let label = &self.text[entry.label.0 as usize..entry.label.1 as usize];
            // Two ways of writing a text are the same key.
            let key = if kind == NodeKind::Map && label.ends_with(['"', '#']) {
                ron::from_str::<String>(label).unwrap_or_else(|_| label.to_owned())
            } else {
                label.trim_start_matches("r#").to_owned()
            };
            let Some(first) = seen.insert(key, entry.label.0) else { continue };
            let at = Position::of(self.text, first as usize);
            let what = if kind == NodeKind::Map { "key" } else { "field" };
            let hint = format!("it is given on line {}, column {} as well; keep one", at.line, at.column);
            let message = format!("the {what} `{label}` is given twice");
            self.problems.push(Problem {
                code: codes::DUPLICATE_KEY,
                hint,
                ..Problem::new(entry.label.0 as usize, message)
            });
        }
        self.give_up_after_many();
    }

    fn problem(&mut self, offset: usize, message: String) {
        self.problems.push(Problem::new(offset, message));
        self.give_up_after_many();
    }

    fn give_up_after_many(&mut self) {
        if self.problems.len() >= PROBLEM_LIMIT {
            self.lost = true;
        }
    }

    /// The next token in words.
    fn found(&self) -> String {
        let Some(token) = self.peek() else { return "the end of the text".to_owned() };
        let text = &self.text[token.start as usize..self.end_of(self.at)];
        match token.kind {
            TokenKind::Str | TokenKind::RawStr => "a text".to_owned(),
            TokenKind::Bytes => "bytes".to_owned(),
            _ => format!("`{}`", text.chars().take(30).collect::<String>()),
        }
    }
}

fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// Offsets fit: the tokenizer has refused longer texts.
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
