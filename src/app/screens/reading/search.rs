//! One search over a whole book.

use super::book::{Book, Entry};

/// An entry that was found.
pub struct Found<'a> {
    pub section: usize,
    pub group: usize,
    pub entry: &'a Entry,
    /// Where in the entry, unless the title says it.
    pub around: Option<String>,
}

/// What is looked for, word by word.
fn words_of(query: &str) -> Vec<String> {
    let lower = query.to_lowercase().replace('\'', "’");
    let strip = |c: char| !c.is_alphanumeric();
    let words = lower.split_whitespace().map(|word| word.trim_matches(strip));
    words.filter(|word| !word.is_empty()).map(singular).collect()
}

/// "ambulances" finds "ambulance".
fn singular(word: &str) -> String {
    let plural = word.len() > 4 && word.ends_with('s') && !word.ends_with("ss");
    if plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

/// Everything that holds every word; first where the title says it, else in the order of the book.
pub fn search<'a>(book: &'a Book, query: &str) -> Vec<Found<'a>> {
    let words = words_of(query);
    if words.is_empty() {
        return Vec::new();
    }
    let holds = |text: &str, word: &str| text.contains(word) || text.contains(&word.replace('’', "'"));
    let mut found = Vec::new();
    for (section, of) in book.sections.iter().enumerate() {
        for (group, of) in of.groups.iter().enumerate() {
            for entry in &of.entries {
                if !words.iter().all(|word| holds(entry.words(), word)) {
                    continue;
                }
                let title = format!("{} {}", entry.title, entry.beside).to_lowercase();
                let missing = words.iter().find(|word| !holds(&title, word));
                let around = missing.and_then(|word| entry.around(word));
                found.push((missing.is_some(), Found { section, group, entry, around }));
            }
        }
    }
    // The sort keeps the order of the book among equals.
    found.sort_by_key(|(elsewhere, _)| *elsewhere);
    found.into_iter().map(|(_, found)| found).collect()
}
