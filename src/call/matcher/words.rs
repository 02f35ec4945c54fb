//! From a text to words that can be compared: case, apostrophes, irregular forms, stems.

use rust_stemmers::{Algorithm, Stemmer};

/// Nothing beyond so many characters of a text is looked at.
const LONGEST_TEXT: usize = 400;
/// Nothing beyond so many words of a text is looked at.
const MOST_WORDS: usize = 80;
/// No word of English is longer; nor is any that is looked at.
const LONGEST_WORD: usize = 32;

/// As much of a text as is looked at.
pub(super) fn beginning(text: &str) -> &str {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Lower case, without apostrophe.
    pub surface: String,
    /// What is compared.
    pub stem: String,
    pub weight: Weight,
    /// Written with a capital inside a sentence: a name, perhaps.
    pub capital: bool,
}

/// How much a word says about what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Next to nothing: "the", "you", "have".
    Stop,
    /// A little, however rare it is in the bank: "tell", "really", "okay".
    Soft,
    /// What makes a question of it: "where", "how". Much, but not as much as it is rare.
    Asking,
    /// As much as it is rare.
    Content,
}

/// Groups of everyday speech that mean the same: no author should have to think of them.
pub(super) const EVERYDAY: &[&[&str]] = &[
    &["remedy", "anything for", "something for", "owt for"],
    &["onset", "been going on"],
    &["weight bear", "bear weight", "take weight", "put weight on", "put any weight on"],
    &["story", "what happened", "what's going on"],
];

/// Turns texts into words. Holds the stemmer.
pub(super) struct Reader {
    stemmer: Stemmer,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English) }
    }

    /// The sentences of a text, each as its words. Placeholders such as `{name}` are left out.
    pub(super) fn sentences(&self, text: &str) -> Vec<Vec<Word>> {
        let mut sentences = vec![Vec::new()];
        let mut read = Reading { reader: self, words: 0, start: true, word: String::new() };
        let mut placeholder = false;
        let mut chars = beginning(text).chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '}' if placeholder => placeholder = false,
                _ if placeholder => {}
                '{' if chars.peek().is_some_and(|next| next.is_ascii_lowercase()) => {
                    read.finish(&mut sentences);
                    placeholder = true;
                }
                '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' => {
                    read.word.push('\'');
                }
                c if c.is_alphanumeric() => read.word.push(c),
                c => {
                    read.finish(&mut sentences);
                    if matches!(c, '.' | '?' | '!' | ':' | ';') {
                        read.start = true;
                        if sentences.last().is_some_and(|words| !words.is_empty()) {
                            sentences.push(Vec::new());
                        }
                    }
                }
            }
        }
        read.finish(&mut sentences);
        sentences.retain(|words| !words.is_empty());
        sentences
    }

    /// All words of a text.
    pub(super) fn words(&self, text: &str) -> Vec<Word> {
        self.sentences(text).into_iter().flatten().collect()
    }

    /// One word as it stands in a text; nothing where only an ending is left of it.
    fn word(&self, raw: &str, start: bool) -> Option<Word> {
        let capital = !start && raw.chars().next().is_some_and(char::is_uppercase);
        let lower: String = raw.chars().flat_map(char::to_lowercase).take(LONGEST_WORD).collect();
        let surface = without_apostrophe(&lower);
        if surface.is_empty() {
            return None;
        }
        let base = base_form(&surface);
        // The stemmer knows English only; anything else is compared as it stands.
        let stem = if base.bytes().all(|b| b.is_ascii_lowercase()) {
            self.stemmer.stem(base).into_owned()
        } else {
            base.to_owned()
        };
        let weight = weight(base);
        Some(Word { surface, stem, weight, capital })
    }
}

/// A text half read.
struct Reading<'a> {
    reader: &'a Reader,
    words: usize,
    start: bool,
    word: String,
}

impl Reading<'_> {
    /// Puts the word just read into the last sentence.
    fn finish(&mut self, sentences: &mut [Vec<Word>]) {
        if self.word.is_empty() || self.words >= MOST_WORDS {
            self.word.clear();
            return;
        }
        if let Some(word) = self.reader.word(&self.word, self.start) {
            if let Some(last) = sentences.last_mut() {
                last.push(word);
                self.words += 1;
            }
            self.start = false;
        }
        self.word.clear();
    }
}

/// "what's" → "what", "can't" → "not", "o'clock" → "oclock".
fn without_apostrophe(word: &str) -> String {
    let word = word.trim_end_matches('\'');
    if word.len() > 3 && word.ends_with("n't") {
        return "not".to_owned();
    }
    match word.rsplit_once('\'') {
        Some((base, "s" | "re" | "ve" | "ll" | "d" | "m")) => base.replace('\'', ""),
        Some(_) => word.replace('\'', ""),
        None => word.to_owned(),
    }
}

/// What no stemmer knows: irregular forms, and contractions typed without their apostrophe.
fn base_form(word: &str) -> &str {
    match word {
        "no" | "cannot" | "cant" | "dont" | "wont" | "isnt" | "arent" | "wasnt" | "werent" | "hasnt" | "havent"
        | "hadnt" | "doesnt" | "didnt" | "couldnt" | "wouldnt" | "shouldnt" | "aint" => "not",
        "whats" => "what",
        "wheres" => "where",
        "whos" => "who",
        "hows" => "how",
        "whens" => "when",
        "youre" | "youve" | "youd" | "youll" | "ya" | "u" => "you",
        "theyre" | "theyve" => "they",
        "hes" => "he",
        "shes" => "she",
        "theres" => "there",
        "thats" => "that",
        "im" | "ive" => "i",
        "lets" => "let",
        "em" => "them",
        "ur" => "your",
        "felt" => "feel",
        "took" | "taken" => "take",
        "gave" | "given" => "give",
        "told" => "tell",
        "said" => "say",
        "saw" | "seen" => "see",
        "went" | "gone" => "go",
        "came" => "come",
        "began" | "begun" => "begin",
        "broke" | "broken" => "break",
        "fell" | "fallen" => "fall",
        "swollen" => "swell",
        "bled" => "bleed",
        "bitten" => "bite",
        "stung" => "sting",
        "burnt" => "burn",
        "slept" => "sleep",
        "woke" | "woken" => "wake",
        "ate" | "eaten" => "eat",
        "drank" => "drink",
        "spoke" | "spoken" => "speak",
        "rang" | "rung" => "ring",
        "knew" | "known" => "know",
        "lost" => "lose",
        "held" => "hold",
        "kept" => "keep",
        "made" => "make",
        "sent" => "send",
        "bought" => "buy",
        "brought" => "bring",
        "caught" => "catch",
        "threw" | "thrown" => "throw",
        "children" | "kid" | "kids" => "child",
        "feet" => "foot",
        "teeth" => "tooth",
        "mum" | "mummy" | "mam" => "mother",
        "calves" => "calf",
        "anyone" | "anybody" | "somebody" => "someone",
        "everybody" => "everyone",
        other => other,
    }
}

/// Pronouns, articles, auxiliary verbs: they stand in half of the bank and tell nothing apart.
/// Question words, "now", "not", "before", "after", "with", "without" are no stop words.
fn weight(base: &str) -> Weight {
    match base {
        "a" | "an" | "the" | "this" | "that" | "these" | "those" | "there" | "it" | "its" | "i" | "me" | "my"
        | "mine" | "we" | "us" | "our" | "you" | "your" | "yours" | "yourself" | "he" | "him" | "his" | "himself"
        | "she" | "her" | "hers" | "herself" | "they" | "them" | "their" | "theirs" | "themselves" | "is" | "are"
        | "am" | "was" | "were" | "be" | "been" | "being" | "do" | "does" | "did" | "done" | "doing" | "have"
        | "has" | "had" | "having" | "can" | "could" | "will" | "would" | "shall" | "should" | "may" | "might"
        | "must" | "of" | "to" | "in" | "on" | "at" | "for" | "from" | "by" | "as" | "and" | "or" | "but" | "so"
        | "if" | "then" | "than" | "any" | "some" | "got" | "get" | "s" | "t" | "please" | "all" | "also" | "about"
        | "just" | "ok" | "okay" | "um" | "er" | "erm" | "oh" | "hi" | "mate" | "love" | "dear" | "sir" | "madam"
        | "ll" | "re" | "ve" | "d" | "m" => Weight::Stop,
        "tell" | "say" | "think" | "know" | "really" | "quite" | "very" | "bit" | "little" | "thing" | "things"
        | "something" | "anything" | "going" | "go" | "like" | "want" | "need" | "let" | "right" | "well" | "sort"
        | "kind" | "actually" | "moment" | "perhaps" | "maybe" | "sorry" | "thank" | "thanks" | "too" | "still"
        | "again" | "ask" | "mind" | "noticed" | "notice" | "able" | "somehow" | "happen" | "happened"
        | "happening" | "into" | "out" | "up" | "down" | "with" | "chance" | "possible" | "possibly" | "currently"
        | "minute" | "second" | "make" | "take" | "give" | "come" | "look" | "see" | "feel" | "put" | "way"
        | "else" | "now" | "today" | "trouble" | "problem" | "problems" | "difficulty" | "issue" | "issues" => {
            Weight::Soft
        }
        "what" | "where" | "when" | "who" | "how" | "why" => Weight::Asking,
        _ => Weight::Content,
    }
}

/// Whether a text opens like a question, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// "what", "where", "how", …
    QuestionWord,
    /// "can", "could", "would": a question or a polite instruction.
    Request,
    /// "is", "do", "have", "any", …
    Question,
    /// "don't", "please", "if", …
    Instruction,
    Other,
}

/// How a text opens, what one says to gain a moment left aside.
pub(super) fn opening(words: &[Word]) -> Opening {
    let mut words = words.iter().map(|word| (base_form(&word.surface), word));
    let first = words
        .find(|(base, _)| !matches!(*base, "and" | "so" | "ok" | "okay" | "right" | "now" | "sorry" | "but" | "well"));
    match first.map(|(base, _)| base) {
        Some("what" | "where" | "when" | "who" | "how" | "which" | "why") => Opening::QuestionWord,
        Some("can" | "could" | "would" | "will") => Opening::Request,
        Some("is" | "are" | "was" | "were" | "do" | "does" | "did" | "have" | "has" | "had" | "any") => {
            Opening::Question
        }
        Some(
            "not" | "please" | "if" | "never" | "just" | "call" | "ring" | "stay" | "keep" | "take" | "avoid" | "sit"
            | "lie" | "give" | "go" | "come" | "use" | "rest" | "stop",
        ) => Opening::Instruction,
        _ => Opening::Other,
    }
}

/// Whether a question pushes towards an answer: it denies, or ends in "…, have you", "…, yes".
pub(super) fn leads(words: &[Word]) -> bool {
    let tag = match words {
        [.., last] if matches!(last.surface.as_str(), "yes" | "yeah" | "right" | "correct") => true,
        [_, _, .., verb, subject] => {
            let verb = base_form(&verb.surface);
            matches!(verb, "is" | "are" | "do" | "does" | "did" | "have" | "has" | "was" | "not")
                && matches!(subject.surface.as_str(), "you" | "he" | "she" | "they" | "it" | "there")
        }
        _ => false,
    };
    tag || words.iter().any(|word| word.stem == "not")
}

/// Whether a text only makes sure that somebody is on the line.
pub(super) fn only_keeps_in_touch(words: &[Word]) -> bool {
    let mut words: Vec<&str> = words.iter().map(|word| word.surface.as_str()).collect();
    words.retain(|word| !matches!(*word, "hello" | "ok" | "okay" | "still" | "sorry" | "so"));
    matches!(
        words.as_slice(),
        ["can" | "could", "you", "hear", "me"]
            | ["are", "you", "there"]
            | ["are", "you", "with", "me"]
            | ["how", "are", "you"]
            | ["yes" | "no" | "right" | "thanks"]
            | ["thank", "you"]
    )
}
