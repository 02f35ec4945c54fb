//! `rightcall simulate`: a cohort of simulated people, as a file that `rightcall records import` takes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::library::{self, Problems};
use crate::records::exchange::{Counts, plain, write_header, write_item};
use crate::records::{Annotation, AnnotationKind, Item, Kept, Shared, Text};
use crate::scenario;
use crate::simulation::{self, Calls, Person};
use crate::standards::Standards;

/// Makes calls of simulated people, played through the real engine. Nobody real is meant: every pseudonym says so.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// How many people.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    people: u32,
    /// How many calls each.
    #[arg(long, value_name = "M", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    calls: u32,
    /// The same seed gives the same file.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// A file for each of them, in this folder, as people hand their calls back.
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    each: Option<PathBuf>,
    /// The file to write; `-` is the terminal.
    #[arg(default_value = "-")]
    file: PathBuf,
}

pub(super) fn run(args: &SimulateArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let calls = Calls::shipped(&standards)?;
    let texts = texts(&calls, &standards);
    let everybody: Vec<Person> = (0..args.people).map(|number| simulation::person(number, args.seed)).collect();
    let cohort = Cohort { args, calls: &calls, texts: &texts };
    let unwritable = |path: &Path, problem: &std::io::Error| {
        Problems::from(format!("`{}` cannot be written: {}", path.display(), plain(problem)))
    };
    let written = if let Some(folder) = &args.each {
        std::fs::create_dir_all(folder).map_err(|problem| unwritable(folder, &problem))?;
        let mut written = 0;
        for person in &everybody {
            let path = folder.join(format!("{}.jsonl", person.name.replace(' ', "-")));
            written += cohort
                .write_file(&path, std::slice::from_ref(person))
                .map_err(|problem| unwritable(&path, &problem))?;
        }
        written
    } else if args.file == Path::new("-") {
        match cohort.write(&everybody, &mut BufWriter::new(std::io::stdout().lock())) {
            // Whoever reads has seen enough.
            Err(problem) if problem.kind() == std::io::ErrorKind::BrokenPipe => Ok(0),
            other => other,
        }
        .map_err(|problem| unwritable(&args.file, &problem))?
    } else {
        cohort.write_file(&args.file, &everybody).map_err(|problem| unwritable(&args.file, &problem))?
    };
    eprintln!("{written} simulated calls of {} simulated people: nobody real is meant", args.people);
    Ok(())
}

/// The standards and the scenarios, by hash.
fn texts(calls: &Calls, standards: &Standards) -> Vec<Text> {
    let mut texts = Text::standards(&standards.texts);
    for (slug, text) in scenario::shipped() {
        let number = calls.scripts.iter().find(|script| &*script.scenario.id == *slug);
        let name = number.map_or_else(|| (*slug).into(), |script| script.scenario.neutral_name());
        texts.push(Text::new(name.to_string(), *text));
    }
    texts.sort_by(|a, b| a.hash.cmp(&b.hash));
    texts.dedup_by(|a, b| a.hash == b.hash);
    texts
}

/// What is written.
struct Cohort<'a> {
    args: &'a SimulateArgs,
    calls: &'a Calls,
    texts: &'a [Text],
}

impl Cohort<'_> {
    fn write_file(&self, path: &Path, people: &[Person]) -> std::io::Result<u64> {
        self.write(people, &mut BufWriter::new(File::create(path)?))
    }

    /// The calls of these people. Returns how many there are.
    fn write(&self, people: &[Person], to: &mut dyn Write) -> std::io::Result<u64> {
        let able = people.iter().filter(|person| self.calls.has_any_for(person)).count() as u64;
        let records = able * u64::from(self.args.calls);
        let counts = Counts { texts: self.texts.len() as u64, records, annotations: 2 * people.len() as u64 };
        to.write_all(write_header(counts).as_bytes())?;
        for text in self.texts {
            to.write_all(write_item(&Item::Text(text.clone())).as_bytes())?;
        }
        for person in people {
            for taken in simulation::calls_of(self.calls, person.clone(), self.args.calls, self.args.seed) {
                let item = Item::Record(Box::new(Kept { record: taken.record, finished: true }));
                to.write_all(write_item(&item).as_bytes())?;
            }
        }
        for person in people {
            for (n, kind) in [
                AnnotationKind::Site(person.site.clone()),
                AnnotationKind::Consent { given: true, to: "trainer".to_owned(), what: vec![Shared::Calls] },
            ]
            .into_iter()
            .enumerate()
            {
                let id = format!("{}\n{}\nannotation\n{n}", self.args.seed, person.name);
                let annotation = Annotation {
                    id: blake3::hash(id.as_bytes()).to_hex()[..32].to_owned(),
                    by: person.name.clone(),
                    target: None,
                    at: String::new(),
                    kind,
                    text: String::new(),
                    shared: true,
                };
                to.write_all(write_item(&Item::Annotation(Box::new(annotation))).as_bytes())?;
            }
        }
        to.flush()?;
        Ok(records)
    }
}
