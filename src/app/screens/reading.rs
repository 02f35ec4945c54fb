//! Long texts to read: sections, groups and entries, searched by any word.

mod blocks;
mod book;
mod contents;
mod find;
mod page;
mod search;
mod section;
#[cfg(test)]
pub mod tests;

pub use book::{Block, Book, Entry, Group, Link, Section, Table, Tone};
pub use page::{Place, book_ui};
