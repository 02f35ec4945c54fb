//! A lossless tree over RON text: tokens that add up to the text, and nodes with spans over them.

use std::ops::Range;

use super::lex::{Token, lex};
use super::parse::Parser;
use crate::diagnostic::{Position, codes};

/// What is wrong at an offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: &'static str,
    pub offset: usize,
    pub message: String,
    pub hint: String,
}

impl Problem {
    pub(super) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { code: codes::SYNTAX, offset, message: message.into(), hint: String::new() }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A name alone: `None`, `true`, `Caller`.
    Name,
    Number,
    Text,
    Bytes,
    Char,
    /// `[…]`
    List,
    /// `{…}`
    Map,
    /// `(…)` or `Name(…)` with values alone.
    Tuple,
    /// `(…)` or `Name(…)` with named fields.
    Struct,
    /// Could not be made out; there is a problem about it.
    Broken,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: NodeKind,
    pub start: u32,
    pub end: u32,
    /// End of the name that a tuple or struct begins with; `start` where it has none.
    pub name_end: u32,
    /// Range of `Tree::entries`.
    pub entries: Range<u32>,
}

/// One child of a node.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Start and end of a field's name or a map's key; equal where there is none.
    pub label: (u32, u32),
    pub value: u32,
}

/// Tokens and nodes of one RON text.
#[derive(Debug, Clone)]
pub struct Tree {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    pub(super) nodes: Vec<Node>,
    pub(super) entries: Vec<Entry>,
    /// Node of the outermost value; absent where there is none.
    pub(super) root: Option<u32>,
    /// Offsets at which lines begin.
    lines: Vec<u32>,
}

impl Tree {
    /// Makes the tree of a text, as far as it goes, with what is wrong with it.
    pub fn parse(text: String) -> (Self, Vec<Problem>) {
        let lexed = lex(&text);
        let is_given_up = lexed.problems.iter().any(|problem| problem.code != codes::SYNTAX);
        let mut parser = Parser::new(&text, &lexed.tokens, lexed.problems);
        let root = if is_given_up { None } else { parser.document() };
        let Parser { nodes, entries, mut problems, .. } = parser;
        if lexed.broken_off {
            // That the text ends too early is plain already.
            problems.retain(|problem| problem.offset < text.len());
        }
        problems.sort_by_key(|problem| problem.offset);
        let line_starts = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let lines = std::iter::once(0).chain(line_starts).collect();
        (Self { tokens: lexed.tokens, nodes, entries, root, lines, text }, problems)
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every token with its text, in order: together they are the text.
    pub fn tokens(&self) -> impl Iterator<Item = (Token, &str)> {
        let ends = self.tokens.iter().skip(1).map(|token| token.start as usize);
        let ends = ends.chain([self.text.len()]);
        self.tokens.iter().zip(ends).map(|(token, end)| (*token, &self.text[token.start as usize..end]))
    }

    /// The comments, with their offsets.
    pub fn comments(&self) -> impl Iterator<Item = (usize, &str)> {
        use super::lex::TokenKind::{BlockComment, LineComment};
        self.tokens()
            .filter(|(token, _)| matches!(token.kind, LineComment | BlockComment))
            .map(|(token, text)| (token.start as usize, text))
    }

    /// The place of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|&start| start as usize <= offset);
        let start = self.lines.get(line - 1).map_or(0, |&start| start as usize);
        let column = self.text[start..offset].chars().count() + 1;
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: small(line), column: small(column) }
    }

    /// The offset of a place given in lines and characters.
    pub fn offset(&self, at: Position) -> usize {
        let Some(&start) = self.lines.get(at.line.max(1) as usize - 1) else { return self.text.len() };
        let start = start as usize;
        let characters = self.text[start..].chars().take(at.column.max(1) as usize - 1);
        start + characters.map(char::len_utf8).sum::<usize>()
    }

    /// The outermost value.
    pub fn root(&self) -> Cursor<'_> {
        Cursor { tree: self, node: self.root, span: 0..self.text.len() }
    }

    /// The span of what a path leads to, for instance `facts[3].feature`; a field's span is that of
    /// its value.
    pub fn find(&self, path: &str) -> Option<Range<usize>> {
        let mut at = self.root();
        for part in path.split(['.', '[']).filter(|part| !part.is_empty()) {
            at = match part.strip_suffix(']') {
                Some(index) => at.child_at(index.parse().ok()?)?,
                None => at.child_named(part)?,
            };
        }
        Some(at.span)
    }

    /// The innermost node around an offset, or just before it.
    pub(super) fn innermost(&self, offset: usize) -> Option<Cursor<'_>> {
        self.innermost_by(|at| at.span.start <= offset && offset <= at.span.end)
    }

    /// The innermost node around an offset.
    pub(super) fn around(&self, offset: usize) -> Option<Cursor<'_>> {
        self.innermost_by(|at| at.span.contains(&offset))
    }

    fn innermost_by(&self, holds: impl Fn(&Cursor<'_>) -> bool) -> Option<Cursor<'_>> {
        let mut at = Some(self.root()).filter(&holds)?;
        loop {
            let inner = at.children().find(&holds);
            match inner {
                Some(inner) => at = inner,
                None => return Some(at),
            }
        }
    }
}

/// A place in a tree. Going to what is not there stays at the nearest thing that is, because that is
/// where a diagnostic about it belongs.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    tree: &'a Tree,
    node: Option<u32>,
    span: Range<usize>,
}

impl<'a> Cursor<'a> {
    /// The value of a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.child_named(name).unwrap_or_else(|| self.clone())
    }

    /// The n-th element of a list or tuple, the n-th value of a map.
    #[must_use]
    pub fn index(&self, n: usize) -> Self {
        self.child_at(n).unwrap_or_else(|| self.clone())
    }

    pub fn kind(&self) -> Option<NodeKind> {
        self.node().map(|node| node.kind)
    }

    /// The name before a bracket, or the name alone.
    pub fn name(&self) -> Option<&'a str> {
        let node = self.node()?;
        let end = if node.kind == NodeKind::Name { node.end } else { node.name_end };
        let name = &self.tree.text[node.start as usize..end as usize];
        (!name.is_empty()).then_some(name)
    }

    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    pub fn position(&self) -> Position {
        self.tree.position(self.span.start)
    }

    fn node(&self) -> Option<&'a Node> {
        self.tree.nodes.get(self.node? as usize)
    }

    fn entries(&self) -> &'a [Entry] {
        let range = self.seen_through().map_or(0..0, |node| node.entries.clone());
        &self.tree.entries[range.start as usize..range.end as usize]
    }

    /// `Some(x)` is written for the same as `x`.
    fn seen_through(&self) -> Option<&'a Node> {
        let mut at = self.clone();
        loop {
            let node = at.node()?;
            let entry = self.tree.entries.get(node.entries.start as usize);
            match (at.name(), entry) {
                (Some("Some"), Some(entry)) if node.kind == NodeKind::Tuple => at = at.to(*entry),
                _ => return Some(node),
            }
        }
    }

    fn to(&self, entry: Entry) -> Self {
        let node = &self.tree.nodes[entry.value as usize];
        Self { tree: self.tree, node: Some(entry.value), span: node.start as usize..node.end as usize }
    }

    fn child_named(&self, name: &str) -> Option<Self> {
        let label = |entry: &Entry| &self.tree.text[entry.label.0 as usize..entry.label.1 as usize];
        let is_it = |entry: &&Entry| label(entry).trim_start_matches("r#") == name;
        self.entries().iter().find(is_it).map(|entry| self.to(*entry))
    }

    fn child_at(&self, n: usize) -> Option<Self> {
        self.entries().get(n).map(|entry| self.to(*entry))
    }

    fn children(&self) -> impl Iterator<Item = Self> {
        let node = self.node().map_or(0..0, |node| node.entries.clone());
        let entries = &self.tree.entries[node.start as usize..node.end as usize];
        entries.iter().map(|entry| self.to(*entry))
    }
}
