//! `rightcall check`: what is wrong with scenarios and standards, where, and what to do.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::watch::Stamp;
use super::{explore as playing, sarif, say, voices};
use crate::diagnostic::{self, Diagnostic, Position, Severity, codes};
use crate::explore::{self, Lines, Plan};
use crate::ron_text::{self, SCENARIO_LIMIT, STANDARDS_LIMIT};
use crate::scenario::check::Depth;
use crate::scenario::{self, Loaded};
use crate::standards::{self, Standards};

/// Arguments of `rightcall check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// Scenarios, standards folders, or folders of them; none for what Rightcall ships with.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// Have every call taken thousands of times as well: lines that nobody comes to hear, habits that beat it, example
    /// plays that come out otherwise.
    #[arg(long)]
    pub explore: bool,
    /// Random plays for each role, with `--explore`.
    #[arg(long, value_name = "N", requires = "explore", default_value_t = Plan::default().plays, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub plays: u32,
    /// Go on, and check again whenever a file changes; Ctrl+C ends it.
    #[arg(long)]
    pub watch: bool,
    /// Do not play the model calls: what can be seen without, in an instant.
    #[arg(long)]
    pub no_play: bool,
    /// Say as well which lines have no clip, of calls that have any: the folder with the packs, `assets/voices` where
    /// nothing is named.
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "assets/voices", require_equals = true)]
    pub voices: Option<PathBuf>,
    /// The date against which reviews and standards are held; without it, today.
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
}

impl CheckArgs {
    fn scope(&self) -> Scope {
        let depth = if self.no_play { Depth::Text } else { Depth::Play };
        Scope { depth, voices: self.voices.clone(), on: self.on.clone().unwrap_or_else(today) }
    }
}

/// How far is looked, and as of when.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    pub depth: Depth,
    /// Where clips are looked for; without it they are not.
    pub voices: Option<PathBuf>,
    /// `YYYY-MM-DD`.
    pub on: String,
}

/// How a finding is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum CheckFormat {
    #[default]
    Human,
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
}

/// Today's date, in universal time.
#[allow(clippy::disallowed_methods, reason = "the shell is where the clock is read")]
fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(since.as_secs() / 86_400).unwrap_or(0);
    jiff::civil::date(1970, 1, 1).saturating_add(jiff::ToSpan::days(days)).to_string()
}

/// Checks and prints; 0 where all is well but for warnings, 1 otherwise.
pub fn run(args: &CheckArgs, standards: Option<&Path>) -> i32 {
    let plan = args.explore.then_some(Plan { plays: args.plays, ..Plan::default() });
    let mut watched: Vec<PathBuf> = args.paths.clone();
    watched.extend(standards.map(Path::to_owned));
    if args.watch && watched.is_empty() {
        eprintln!("rightcall: say what to watch: a file or a folder");
        return 2;
    }
    loop {
        // Before it is read: what changes meanwhile is seen as well.
        let stamp = args.watch.then(|| Stamp::of(&watched));
        let found = check(&args.paths, standards, args.scope(), plan);
        match args.format {
            CheckFormat::Json => say(&found.json()),
            CheckFormat::Human => say(&found.human()),
            CheckFormat::Sarif => say(&sarif::sarif(&found.diagnostics)),
        }
        let Some(stamp) = stamp else {
            return i32::from(found.diagnostics.iter().any(Diagnostic::is_error));
        };
        if args.format == CheckFormat::Human {
            say("watching; Ctrl+C ends it\n\n");
        }
        stamp.wait(&watched);
    }
}

/// Checks paths with the standards of a folder, or with those shipped; with a plan, plays the calls too.
pub fn check(paths: &[PathBuf], standards: Option<&Path>, scope: Scope, explore: Option<Plan>) -> Found {
    let mut found = Found { scope, explore, ..Found::default() };
    let standards = match standards {
        None => Some(Standards::shipped()),
        Some(folder) => found.standards_folder(folder, None).map(Arc::new),
    };
    let mut scenarios = Scenarios::default();
    if paths.is_empty() {
        if standards.as_ref().is_some_and(|standards| Arc::ptr_eq(standards, &Standards::shipped())) {
            found.standards_files("assets/standards", Standards::shipped_files(), None);
        }
        for (slug, text) in scenario::shipped() {
            scenarios.check(&mut found, &format!("scenarios/{slug}.ron"), text.as_bytes(), standards.as_ref());
        }
    }
    for path in paths {
        let mut files = Vec::new();
        found.collect(path, &mut files, 0);
        for file in files {
            match ron_text::read_file(&file, SCENARIO_LIMIT) {
                Ok(bytes) if is_example(&file) => found.example(&file, &bytes, standards.as_ref()),
                Ok(bytes) => {
                    scenarios.check(&mut found, &file.display().to_string(), &bytes, standards.as_ref());
                }
                Err(problem) => found.diagnostics.push(problem),
            }
        }
    }
    if let Some(standards) = &standards {
        scenarios.together(&mut found, standards, paths.is_empty());
    }
    found
}

/// What was checked, and what was found.
#[derive(Debug, Default)]
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    scenarios: usize,
    standards: usize,
    examples: usize,
    /// How much is explored, if anything.
    explore: Option<Plan>,
    scope: Scope,
    /// Texts of the files with findings, for excerpts.
    sources: BTreeMap<String, String>,
}

impl Found {
    /// An array of diagnostics.
    pub fn json(&self) -> String {
        match serde_json::to_string_pretty(&self.diagnostics) {
            Ok(text) => text + "\n",
            // Texts and numbers always make JSON; this is to have no way to panic.
            Err(problem) => format!("{problem}\n"),
        }
    }

    /// Excerpts, and a last line that sums up.
    pub fn human(&self) -> String {
        let in_colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            let source = self.sources.get(&diagnostic.file).map(String::as_str);
            text.push_str(&diagnostic::render(diagnostic, source, in_colour));
        }
        let errors = self.diagnostics.iter().filter(|d| d.is_error()).count();
        let others = self.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
        let findings = match (errors, others) {
            (0, 0) => "no problems".to_owned(),
            (0, _) => counted(others, "warning"),
            (_, 0) => counted(errors, "error"),
            _ => format!("{}, {}", counted(errors, "error"), counted(others, "warning")),
        };
        let checked =
            [(self.scenarios, "scenario"), (self.standards, "standards folder"), (self.examples, "example play")];
        let checked: Vec<_> = checked.iter().filter(|(n, _)| *n > 0).map(|(n, what)| counted(*n, what)).collect();
        let checked = match checked.split_last() {
            None => "nothing".to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        };
        text + &format!("{checked} checked: {findings}\n")
    }

    fn add(&mut self, file: &str, bytes: &[u8], problems: Vec<Diagnostic>) {
        if problems.iter().any(|problem| problem.file == file)
            && let Ok(text) = ron_text::normalise(file, bytes, STANDARDS_LIMIT)
        {
            self.sources.insert(file.to_owned(), text);
        }
        self.diagnostics.extend(problems);
    }

    fn error(&mut self, file: &Path, message: String) {
        let file = file.display().to_string();
        self.diagnostics.push(Diagnostic::error(codes::UNREADABLE, &file, Position::START, message));
    }

    /// An example play: whether it can be read, and with a plan whether it comes out as expected.
    fn example(&mut self, file: &Path, bytes: &[u8], standards: Option<&Arc<Standards>>) {
        self.examples += 1;
        let name = file.display().to_string();
        let problems = match (explore::load_example(&name, bytes), self.explore, standards) {
            (Err(problems), ..) => problems,
            (Ok((example, tree)), Some(_), Some(standards)) => {
                // What is wrong with the scenario itself is said of the scenario.
                let scenario = scenario_of(file).and_then(|path| {
                    let bytes = ron_text::read_file(&path, SCENARIO_LIMIT).ok()?;
                    scenario::load(&path.display().to_string(), &bytes).ok()
                });
                scenario.map_or_else(Vec::new, |loaded| {
                    explore::example_diagnostics(&name, &example, &tree, &loaded, standards)
                })
            }
            (Ok(_), ..) => Vec::new(),
        };
        self.add(&name, bytes, problems);
    }

    /// Plays a call that the checker has nothing against.
    fn played(&self, loaded: &Loaded, standards: &Arc<Standards>, plan: Plan) -> Vec<Diagnostic> {
        let lines = Lines::of(&loaded.scenario);
        match playing::in_threads(loaded, standards, &lines, plan) {
            Ok(found) => explore::diagnostics(loaded, standards, &lines, &found),
            Err(sentence) => vec![Diagnostic::error(codes::BAD_DATE, &loaded.file, Position::START, sentence)],
        }
    }

    /// The scenarios of a path; standards on the way are checked at once.
    fn collect(&mut self, path: &Path, files: &mut Vec<PathBuf>, depth: usize) {
        if standards::is_folder(path) {
            self.standards_folder(path, None);
        } else if path.is_dir() {
            let before = (files.len(), self.standards, self.diagnostics.len());
            self.collect_folder(path, files, depth);
            if depth == 0 && before == (files.len(), self.standards, self.diagnostics.len()) {
                self.error(path, format!("there is nothing to check in `{}`", path.display()));
            }
        } else if let Some((folder, name)) = standards::folder_of(path) {
            self.standards_folder(folder, Some(name));
        } else {
            files.push(path.to_owned());
        }
    }

    fn collect_folder(&mut self, folder: &Path, files: &mut Vec<PathBuf>, depth: usize) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(problem) => return self.error(folder, format!("`{}` cannot be read: {problem}", folder.display())),
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            // A link could lead out of the folder, or round in a circle.
            if is_hidden || path.is_symlink() {
                continue;
            }
            let is_ron = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
            if path.is_dir() && depth < 32 {
                self.collect(&path, files, depth + 1);
            } else if is_ron {
                files.push(path);
            }
        }
    }

    /// Checks a standards folder; with a name, only what concerns that file is kept.
    fn standards_folder(&mut self, folder: &Path, only: Option<&str>) -> Option<Standards> {
        if !folder.is_dir() {
            self.error(folder, format!("there is no folder `{}`", folder.display()));
            return None;
        }
        match standards::files_in(folder) {
            Ok(files) => self.standards_files(&folder.display().to_string(), files, only),
            Err(problems) => {
                self.diagnostics.extend(problems);
                None
            }
        }
    }

    fn standards_files(
        &mut self,
        folder: &str,
        files: BTreeMap<String, Vec<u8>>,
        only: Option<&str>,
    ) -> Option<Standards> {
        self.standards += 1;
        let (standards, mut problems) = Standards::read(&files);
        problems.retain(|problem| only.is_none_or(|only| problem.file == only));
        if let Some(standards) = &standards {
            problems.extend(standards.lapsed(&self.scope.on).filter(|problem| only.is_none_or(|o| problem.file == o)));
        }
        for problem in &mut problems {
            problem.file = Path::new(folder).join(&problem.file).display().to_string();
        }
        for (name, bytes) in &files {
            let file = Path::new(folder).join(name).display().to_string();
            let (own, rest) = problems.into_iter().partition(|problem| problem.file == file);
            problems = rest;
            self.add(&file, bytes, own);
        }
        self.diagnostics.extend(problems);
        standards
    }
}

/// The scenarios that are checked together.
#[derive(Debug, Default)]
struct Scenarios {
    good: Vec<Loaded>,
}

impl Scenarios {
    fn check(&mut self, found: &mut Found, file: &str, bytes: &[u8], standards: Option<&Arc<Standards>>) {
        found.scenarios += 1;
        let problems = match scenario::load(file, bytes) {
            Err(problems) => problems,
            Ok(loaded) => {
                let Scope { depth, on, voices } = &found.scope;
                let mut problems = standards
                    .map_or(Vec::new(), |standards| scenario::check::check_to(*depth, &loaded, standards, Some(on)));
                if !problems.iter().any(Diagnostic::keeps_from_use) {
                    problems.extend(scenario::check::unplayable(&loaded));
                }
                if let (Some(folder), Some(standards)) = (voices, standards)
                    && !problems.iter().any(Diagnostic::keeps_from_use)
                {
                    problems.extend(voices::unvoiced_of(folder, &loaded, standards));
                }
                if let (Some(plan), Some(standards)) = (found.explore, standards)
                    && !problems.iter().any(Diagnostic::keeps_from_use)
                {
                    problems.extend(found.played(&loaded, standards, plan));
                }
                self.good.push(loaded);
                problems
            }
        };
        found.add(file, bytes, problems);
    }

    /// What is wrong between them; for the whole library also what of the bank nobody answers.
    fn together(&self, found: &mut Found, standards: &Standards, is_library: bool) {
        let all: Vec<&Loaded> = self.good.iter().collect();
        let twins: Vec<Loaded> = all.iter().filter_map(|loaded| self.twin_beside(loaded)).collect();
        let beside: Vec<&Loaded> = twins.iter().collect();
        for problem in scenario::check::check_together(&all, &beside, standards) {
            if let Some(loaded) = all.iter().find(|loaded| loaded.file == problem.file) {
                found.sources.entry(problem.file.clone()).or_insert_with(|| loaded.text.clone());
            }
            found.diagnostics.push(problem);
        }
        if is_library {
            let library: Vec<_> = all.iter().map(|loaded| &loaded.scenario).collect();
            for mut note in scenario::check::unanswered(&library, standards) {
                note.file = Path::new("assets/standards").join(&note.file).display().to_string();
                found.diagnostics.push(note);
            }
        }
    }

    /// The other half of a look-alike pair, where it is not checked itself: it stands beside the first.
    fn twin_beside(&self, loaded: &Loaded) -> Option<Loaded> {
        let twin = loaded.scenario.twin.as_ref()?;
        if self.good.iter().any(|other| other.scenario.id == *twin) || twin.contains(['/', '\\']) {
            return None;
        }
        let path = Path::new(&loaded.file).with_file_name(format!("{twin}.ron"));
        let bytes = ron_text::read_file(&path, SCENARIO_LIMIT).ok()?;
        scenario::load(&path.display().to_string(), &bytes).ok()
    }
}

/// `plays/<slug>/<name>.ron`: how somebody takes a call, and no call.
fn is_example(file: &Path) -> bool {
    file.parent().and_then(Path::parent).and_then(Path::file_name).is_some_and(|name| name == "plays")
}

/// The scenario of `plays/<slug>/<name>.ron`.
fn scenario_of(example: &Path) -> Option<PathBuf> {
    let of = example.parent()?;
    let beside = of.parent()?.parent()?;
    Some(beside.join(of.file_name()?).with_extension("ron"))
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}
