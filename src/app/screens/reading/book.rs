//! What is read, apart from how it is painted.

/// Everything that one screen has to read.
pub struct Book {
    pub title: &'static str,
    /// What the search is for.
    pub find: &'static str,
    pub sections: Vec<Section>,
}

/// One part of a book, with its own version.
pub struct Section {
    pub icon: &'static str,
    pub name: String,
    /// Version and from when it applies.
    pub version: String,
    /// What has to be seen at all times: that it is a draft.
    pub watermark: Option<&'static str>,
    /// What else a reader should know.
    pub note: String,
    /// At least one; only one group at a time is painted.
    pub groups: Vec<Group>,
}

/// As much of a section as is read at once.
pub struct Group {
    pub name: String,
    pub entries: Vec<Entry>,
}

/// One thing with a title.
pub struct Entry {
    /// Unique within the book.
    pub id: String,
    pub icon: &'static str,
    pub title: String,
    /// A few words beside the title.
    pub beside: String,
    pub body: Vec<Block>,
    /// By which it is found besides what is shown.
    also: String,
    /// Everything in it in lower case.
    words: String,
}

/// How something is meant, said by a sign, a word and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Best,
    Acceptable,
    Unsafe,
    Caution,
}

impl Tone {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Best => "Best",
            Self::Acceptable => "Acceptable",
            Self::Unsafe => "Unsafe",
            Self::Caution => "Take care",
        }
    }
}

/// A piece of an entry.
pub enum Block {
    Text(String),
    Small(String),
    Pair(String, String),
    List(String, Vec<String>),
    Marked(Tone, String),
    /// A line of a transcript.
    Line {
        at: String,
        who: String,
        text: String,
        own: bool,
    },
    /// Something that was done, between the lines.
    Did {
        at: String,
        text: String,
    },
    Table(Table),
}

/// Rows and columns of entries that are found elsewhere in the book.
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<Vec<Link>>)>,
}

/// The words for an entry, and its id.
pub struct Link {
    pub words: String,
    pub to: String,
}

impl Group {
    pub fn new(name: impl Into<String>, mut entries: Vec<Entry>) -> Self {
        for entry in &mut entries {
            entry.words = entry.all_words().to_lowercase();
        }
        Self { name: name.into(), entries }
    }
}

impl Entry {
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            icon: "",
            title: title.into(),
            beside: String::new(),
            body: Vec::new(),
            also: String::new(),
            words: String::new(),
        }
    }

    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }

    pub fn beside(mut self, words: impl Into<String>) -> Self {
        self.beside = words.into();
        self
    }

    /// A paragraph; an empty one is left out, as with all that follow.
    pub fn text(self, words: impl Into<String>) -> Self {
        let words = words.into();
        self.block_unless(words.is_empty(), Block::Text(words))
    }

    pub fn small(self, words: impl Into<String>) -> Self {
        let words = words.into();
        self.block_unless(words.is_empty(), Block::Small(words))
    }

    pub fn pair(self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.block_unless(value.is_empty(), Block::Pair(name.to_owned(), value))
    }

    pub fn list<S: Into<String>>(self, name: &str, items: impl IntoIterator<Item = S>) -> Self {
        let items: Vec<String> = items.into_iter().map(Into::into).collect();
        self.block_unless(items.is_empty(), Block::List(name.to_owned(), items))
    }

    pub fn marked(self, tone: Tone, words: impl Into<String>) -> Self {
        self.block_unless(false, Block::Marked(tone, words.into()))
    }

    pub fn blocks(mut self, blocks: impl IntoIterator<Item = Block>) -> Self {
        self.body.extend(blocks);
        self
    }

    /// Words by which it is found besides those that are shown.
    pub fn found_by(mut self, words: impl Into<String>) -> Self {
        self.also = words.into();
        self
    }

    fn block_unless(mut self, empty: bool, block: Block) -> Self {
        if !empty {
            self.body.push(block);
        }
        self
    }

    /// Everything in it in lower case, for the search.
    pub fn words(&self) -> &str {
        &self.words
    }

    fn all_words(&self) -> String {
        let mut all = vec![self.title.as_str(), &self.beside, &self.also];
        for block in &self.body {
            match block {
                Block::Text(words) | Block::Small(words) | Block::Marked(_, words) => all.push(words),
                Block::Pair(name, value) => all.extend([name.as_str(), value]),
                Block::List(name, items) => {
                    all.push(name);
                    all.extend(items.iter().map(String::as_str));
                }
                Block::Line { text, .. } | Block::Did { text, .. } => all.push(text),
                // Its cells are entries of their own.
                Block::Table(_) => {}
            }
        }
        all.join("\n")
    }

    /// The first words of it that hold this one, with a little before and after.
    pub fn around(&self, word: &str) -> Option<String> {
        let texts = self.body.iter().flat_map(|block| match block {
            Block::Text(words) | Block::Small(words) | Block::Marked(_, words) => vec![words.clone()],
            Block::Pair(name, value) => vec![format!("{name}: {value}")],
            Block::List(_, items) => items.clone(),
            Block::Line { who, text, .. } => vec![format!("{who}: {text}")],
            Block::Did { text, .. } => vec![text.clone()],
            Block::Table(_) => vec![],
        });
        let found = texts.into_iter().find(|text| text.to_lowercase().contains(word))?;
        let words: Vec<&str> = found.split_whitespace().collect();
        let here = words.iter().position(|one| one.to_lowercase().contains(word)).unwrap_or(0);
        let (from, until) = (here.saturating_sub(8), (here + 14).min(words.len()));
        let before = if from > 0 { "… " } else { "" };
        let after = if until < words.len() { " …" } else { "" };
        Some(format!("{before}{}{after}", words[from..until].join(" ")))
    }
}

impl Book {
    /// Where an entry stands: section and group.
    pub fn find(&self, id: &str) -> Option<(usize, usize)> {
        self.sections.iter().enumerate().find_map(|(section, of)| {
            let group = of.groups.iter().position(|group| group.entries.iter().any(|entry| entry.id == id))?;
            Some((section, group))
        })
    }
}
