//! A standards folder, read and indexed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;

use super::model::*;
use crate::diagnostic::{Diagnostic, Position, codes};
use crate::ron_text::{self, STANDARDS_LIMIT, Tree};

/// The files of a standards folder, all of them needed.
pub const FILES: [&str; 11] = [
    "competences.ron",
    "roles.ron",
    "dispositions.ron",
    "topics.ron",
    "questions.ron",
    "statements.ron",
    "advice.ron",
    "guides.ron",
    "directory.ron",
    "reject-reasons.ron",
    "marking.ron",
];

/// The files whose utterances make up the bank, in the order of the bank.
pub(super) const BANK_FILES: [&str; 3] = ["questions.ron", "statements.ron", "advice.ron"];

/// Everything a service agrees on, with what has an id found by its id.
#[derive(Debug, Clone)]
pub struct Standards {
    pub competences: Competences,
    pub roles: Roles,
    pub dispositions: Dispositions,
    pub topics: Topics,
    /// Questions, statements and advice, in this order.
    pub bank: Vec<Utterance>,
    /// The files that the bank was put together from.
    pub bank_parts: [BankPart; 3],
    pub guides: Guides,
    pub directory: Directory,
    pub reject_reasons: RejectReasons,
    pub marking: MarkingRules,
    /// BLAKE3 of the sorted list of file names and their hashes.
    pub hash: String,
    /// File name → text, as hashed: a record's store keeps them.
    pub texts: BTreeMap<String, String>,
    index: Index,
}

/// One file of the bank.
#[derive(Debug, Clone)]
pub struct BankPart {
    pub file: &'static str,
    pub header: Header,
    /// Its places in the bank.
    pub utterances: Range<usize>,
}

/// Id → place in its list.
#[derive(Debug, Clone, Default)]
struct Index {
    utterances: BTreeMap<Id, usize>,
    probing: BTreeMap<Id, Vec<usize>>,
    dispositions: BTreeMap<Id, usize>,
    rungs: BTreeMap<Id, u32>,
    roles: BTreeMap<Id, usize>,
    competences: BTreeMap<Id, usize>,
    guides: BTreeMap<Id, usize>,
    services: BTreeMap<Id, usize>,
    places: BTreeMap<Id, usize>,
    features: BTreeMap<Id, usize>,
    manners: BTreeMap<Id, usize>,
}

/// The positions of everything in a standards folder, by file name.
pub(crate) type Trees = BTreeMap<&'static str, Tree>;

impl Standards {
    /// The standards that Rightcall ships with.
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: OnceLock<Arc<Standards>> = OnceLock::new();
        let standards = SHIPPED.get_or_init(|| match Self::parse(&Self::shipped_files()) {
            Ok((standards, _)) => Arc::new(standards),
            // Embedded text does not change after the build, and a test reads it.
            Err(problems) => panic!("the shipped standards are broken: {}", problems[0]),
        });
        Arc::clone(standards)
    }

    /// File name → bytes of the shipped standards.
    pub fn shipped_files() -> BTreeMap<String, Vec<u8>> {
        let text = |bytes: &[u8]| bytes.to_vec();
        SHIPPED_TEXTS.iter().map(|(name, bytes)| ((*name).to_owned(), text(bytes.as_bytes()))).collect()
    }

    /// Reads and checks standards. Files of other names are left alone.
    ///
    /// # Errors
    /// All that is wrong, when any of it keeps the standards from use.
    pub fn from_files(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, Vec<Diagnostic>> {
        let (standards, problems) = Self::read(files);
        standards.ok_or(problems)
    }

    /// Reads and checks standards: what came of it unless something keeps them from use, and all that was
    /// found.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> (Option<Self>, Vec<Diagnostic>) {
        match Self::parse(files) {
            Err(problems) => (None, problems),
            Ok((standards, trees)) => {
                let problems = super::check::check(&standards, &trees);
                let is_good = !problems.iter().any(Diagnostic::keeps_from_use);
                (is_good.then_some(standards), problems)
            }
        }
    }

    /// Reads and checks a standards folder.
    ///
    /// # Errors
    /// All that is wrong, a missing file included.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_dir(folder: &std::path::Path) -> Result<Self, Vec<Diagnostic>> {
        Self::from_files(&super::folder::files_in(folder)?).map_err(|mut problems| {
            super::folder::name_in_full(folder, &mut problems);
            problems
        })
    }

    /// Reads standards without checking what they refer to.
    pub(crate) fn parse(files: &BTreeMap<String, Vec<u8>>) -> Result<(Self, Trees), Vec<Diagnostic>> {
        let sizes = FILES.iter().filter_map(|name| files.get(*name).map(Vec::len));
        if sizes.sum::<usize>() > STANDARDS_LIMIT {
            return Err(vec![ron_text::too_large("standards", STANDARDS_LIMIT)]);
        }
        let mut reader = Reader { files, problems: Vec::new(), trees: Trees::new() };
        let competences = reader.read::<Competences>("competences.ron");
        let roles = reader.read::<Roles>("roles.ron");
        let dispositions = reader.read::<Dispositions>("dispositions.ron");
        let topics = reader.read::<Topics>("topics.ron");
        let banks = BANK_FILES.map(|name| reader.read::<Bank>(name));
        let (bank, bank_parts) = join(banks);
        let guides = reader.read::<Guides>("guides.ron");
        let directory = reader.read::<Directory>("directory.ron");
        let reject_reasons = reader.read::<RejectReasons>("reject-reasons.ron");
        let marking = reader.read::<MarkingRules>("marking.ron");
        let Reader { problems, trees, .. } = reader;
        let all = (competences, roles, dispositions, topics, guides, directory, reject_reasons, marking, bank_parts);
        let (
            Some(competences),
            Some(roles),
            Some(dispositions),
            Some(topics),
            Some(guides),
            Some(directory),
            Some(reject_reasons),
            Some(marking),
            Some(bank_parts),
        ) = all
        else {
            return Err(problems);
        };
        let texts: BTreeMap<String, String> =
            trees.iter().map(|(name, tree)| ((*name).to_owned(), tree.text().to_owned())).collect();
        let mut standards = Self {
            competences,
            roles,
            dispositions,
            topics,
            bank,
            bank_parts,
            guides,
            directory,
            reject_reasons,
            marking,
            hash: hash_of(&texts),
            texts,
            index: Index::default(),
        };
        standards.index = Index::of(&standards);
        Ok((standards, trees))
    }

    /// Files that do not apply on a date (`YYYY-MM-DD`): not yet, or no longer.
    pub fn lapsed(&self, on: &str) -> impl Iterator<Item = Diagnostic> {
        let of_bank = self.bank_parts.iter().map(|part| (part.file, &part.header));
        let others = [
            ("competences.ron", &self.competences.header),
            ("roles.ron", &self.roles.header),
            ("dispositions.ron", &self.dispositions.header),
            ("topics.ron", &self.topics.header),
            ("guides.ron", &self.guides.header),
            ("directory.ron", &self.directory.header),
            ("reject-reasons.ron", &self.reject_reasons.header),
            ("marking.ron", &self.marking.header),
        ];
        // Dates are written year first, so that they sort as text.
        let says = |header: &Header| match &header.effective_until {
            Some(until) if &**until < on => Some(format!("this applied until {until}, and no longer")),
            _ if &*header.effective_from > on => Some(format!("this applies from {} only", header.effective_from)),
            _ => None,
        };
        let found: Vec<Diagnostic> = others
            .into_iter()
            .chain(of_bank)
            .filter_map(|(file, header)| {
                let problem = Diagnostic::warning(codes::LAPSED, file, Position::START, says(header)?);
                Some(problem.hint("see whether there is a newer version, or change the dates of the header"))
            })
            .collect();
        found.into_iter()
    }

    /// An utterance and its place in the bank.
    pub fn utterance(&self, id: &str) -> Option<(usize, &Utterance)> {
        let at = *self.index.utterances.get(id)?;
        Some((at, &self.bank[at]))
    }

    /// The part of the bank that came from a file.
    pub fn bank_part(&self, file: &str) -> Option<&BankPart> {
        self.bank_parts.iter().find(|part| part.file == file)
    }

    /// Places in the bank of the utterances that ask for a feature.
    pub fn probing(&self, feature: &str) -> &[usize] {
        self.index.probing.get(feature).map_or(&[], Vec::as_slice)
    }

    /// A disposition by its code.
    pub fn disposition(&self, code: &str) -> Option<&Disposition> {
        self.index.dispositions.get(code).map(|&at| &self.dispositions.dispositions[at])
    }

    /// Place of a rung on the ladder; 0 is the most urgent.
    pub fn rung(&self, id: &str) -> Option<u32> {
        self.index.rungs.get(id).copied()
    }

    /// Place of a disposition's rung on the ladder; 0 is the most urgent.
    pub fn rung_of(&self, code: &str) -> Option<u32> {
        self.rung(&self.disposition(code)?.rung)
    }

    /// Whether two codes are the same decision.
    pub fn same_decision(&self, a: &str, b: &str) -> bool {
        let family = |code| self.disposition(code).map(|d| d.family.as_ref().unwrap_or(&d.code));
        a == b || (family(a).is_some() && family(a) == family(b))
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.index.roles.get(id).map(|&at| &self.roles.roles[at])
    }

    pub fn competence(&self, id: &str) -> Option<&Competence> {
        self.index.competences.get(id).map(|&at| &self.competences.competences[at])
    }

    pub fn guide(&self, id: &str) -> Option<&Guide> {
        self.index.guides.get(id).map(|&at| &self.guides.guides[at])
    }

    pub fn service(&self, id: &str) -> Option<&Service> {
        self.index.services.get(id).map(|&at| &self.directory.services[at])
    }

    /// A type of service.
    pub fn service_type(&self, id: u16) -> Option<&ServiceType> {
        self.directory.types.iter().find(|kind| kind.id == id)
    }

    pub fn place(&self, id: &str) -> Option<&Place> {
        self.index.places.get(id).map(|&at| &self.directory.places[at])
    }

    /// A feature and the words for it.
    pub fn feature(&self, id: &str) -> Option<&Named> {
        self.index.features.get(id).map(|&at| &self.topics.features[at])
    }

    pub fn manner(&self, id: &str) -> Option<&Manner> {
        self.index.manners.get(id).map(|&at| &self.topics.manners[at])
    }

    pub fn reject_reason(&self, id: u16) -> Option<&RejectReason> {
        self.reject_reasons.reasons.iter().find(|reason| reason.id == id)
    }
}

impl Index {
    fn of(standards: &Standards) -> Self {
        let mut probing: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, utterance) in standards.bank.iter().enumerate() {
            for feature in &utterance.probes {
                probing.entry(feature.clone()).or_default().push(at);
            }
        }
        Self {
            utterances: places(&standards.bank, |u| &u.id),
            probing,
            dispositions: places(&standards.dispositions.dispositions, |d| &d.code),
            rungs: (0u32..).zip(&standards.dispositions.rungs).map(|(n, r)| (r.id.clone(), n)).collect(),
            roles: places(&standards.roles.roles, |r| &r.id),
            competences: places(&standards.competences.competences, |c| &c.id),
            guides: places(&standards.guides.guides, |g| &g.id),
            services: places(&standards.directory.services, |s| &s.id),
            places: places(&standards.directory.places, |p| &p.id),
            features: places(&standards.topics.features, |f| &f.id),
            manners: places(&standards.topics.manners, |m| &m.id),
        }
    }
}

fn places<T>(list: &[T], id: impl Fn(&T) -> &Id) -> BTreeMap<Id, usize> {
    list.iter().enumerate().map(|(at, item)| (id(item).clone(), at)).collect()
}

/// The bank, and where in it each file's part lies; none if a file could not be read.
fn join(banks: [Option<Bank>; 3]) -> (Vec<Utterance>, Option<[BankPart; 3]>) {
    let mut bank = Vec::new();
    let mut parts = Vec::new();
    for (file, part) in BANK_FILES.into_iter().zip(banks) {
        let Some(part) = part else { continue };
        let start = bank.len();
        bank.extend(part.utterances);
        parts.push(BankPart { file, header: part.header, utterances: start..bank.len() });
    }
    (bank, parts.try_into().ok())
}

/// BLAKE3 of the sorted (file name, hash) list, one pair a line.
fn hash_of(texts: &BTreeMap<String, String>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, text) in texts {
        hasher.update(format!("{name} {}\n", ron_text::hash(text)).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// Reads file after file and keeps what is wrong with all of them.
struct Reader<'a> {
    files: &'a BTreeMap<String, Vec<u8>>,
    problems: Vec<Diagnostic>,
    trees: Trees,
}

impl Reader<'_> {
    fn read<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        let Some(bytes) = self.files.get(name) else {
            let message = format!("the standards have no `{name}`");
            let hint = format!("a standards folder holds {}", FILES.join(", "));
            self.problems.push(Diagnostic::error(codes::UNREADABLE, name, Position::START, message).hint(hint));
            return None;
        };
        match ron_text::read(name, bytes, STANDARDS_LIMIT) {
            Ok((value, tree)) => {
                self.trees.insert(name, tree);
                Some(value)
            }
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        }
    }
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../assets/standards/", $name)))),*]
    };
}

static SHIPPED_TEXTS: [(&str, &str); 11] = shipped![
    "competences.ron",
    "roles.ron",
    "dispositions.ron",
    "topics.ron",
    "questions.ron",
    "statements.ron",
    "advice.ron",
    "guides.ron",
    "directory.ron",
    "reject-reasons.ron",
    "marking.ron",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_standards_are_read_and_found_by_id() {
        let standards = Standards::shipped();
        for (at, utterance) in standards.bank.iter().enumerate() {
            assert_eq!(standards.utterance(&utterance.id).map(|(n, _)| n), Some(at));
        }
        for disposition in &standards.dispositions.dispositions {
            assert!(standards.rung_of(&disposition.code).is_some(), "{}", disposition.code);
        }
        assert_eq!(standards.texts.len(), FILES.len());
    }

    #[test]
    fn the_hash_ignores_byte_order_marks_and_line_ends() {
        let files = Standards::shipped_files();
        let odd: BTreeMap<String, Vec<u8>> = files
            .iter()
            .map(|(name, bytes)| {
                let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
                (name.clone(), format!("\u{feff}{text}").into_bytes())
            })
            .collect();
        let hash = |files| Standards::from_files(files).map(|s| s.hash);
        assert_eq!(hash(&files), hash(&odd));
    }
}
