//! Long texts to read: sections, groups and entries, searched by any word.

mod blocks;
mod book;
mod page;
mod search;
#[cfg(test)]
pub mod tests;

pub use book::{Block, Book, Entry, Group, Link, Section, Table, Tone};
pub use page::{Place, book_ui};
