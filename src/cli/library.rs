//! Which standards and scenarios a command works with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::call::Script;
use crate::diagnostic::Diagnostic;
use crate::ron_text::{self, SCENARIO_LIMIT};
use crate::scenario::{self, Loaded};
use crate::standards::Standards;

/// Why a command cannot go on: sentences for standard error.
#[derive(Debug, Default)]
pub(super) struct Problems(pub Vec<String>);

impl From<String> for Problems {
    fn from(sentence: String) -> Self {
        Self(vec![sentence])
    }
}

impl From<Vec<Diagnostic>> for Problems {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self(diagnostics.iter().map(ToString::to_string).collect())
    }
}

impl From<Diagnostic> for Problems {
    fn from(diagnostic: Diagnostic) -> Self {
        vec![diagnostic].into()
    }
}

/// The standards of `--standards`, or those shipped.
pub(super) fn standards(folder: Option<&Path>) -> Result<Arc<Standards>, Problems> {
    match folder {
        None => Ok(Standards::shipped()),
        Some(folder) => Ok(Arc::new(Standards::from_dir(folder)?)),
    }
}

/// A scenario by path or, if there is no such file, by the slug of a shipped one.
pub(super) fn scenario(named: &str) -> Result<Loaded, Problems> {
    let path = Path::new(named);
    let is_file = path.extension().is_some() || path.components().count() > 1 || path.is_file();
    if is_file {
        let bytes = ron_text::read_file(path, SCENARIO_LIMIT)?;
        return Ok(scenario::load(named, &bytes)?);
    }
    let shipped = scenario::shipped();
    match shipped.iter().find(|(slug, _)| *slug == named) {
        Some((slug, text)) => Ok(scenario::load(&format!("{slug}.ron"), text.as_bytes())?),
        None => {
            let near = shipped
                .iter()
                .map(|(slug, _)| (strsim::osa_distance(slug, named), *slug))
                .min()
                .map_or(String::new(), |(_, slug)| format!("; did you mean `{slug}`?"));
            Err(format!("there is no file and no shipped scenario `{named}`{near}").into())
        }
    }
}

/// The RON files of a folder, by name.
pub(super) fn ron_files(folder: &Path) -> Result<Vec<PathBuf>, Problems> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("`{}` cannot be read: {error}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ron")))
        .collect();
    files.sort();
    Ok(files)
}

/// Makes a scenario ready, after checking it.
pub(super) fn script(
    standards: Arc<Standards>,
    loaded: &Loaded,
    variant: Option<&str>,
) -> Result<Arc<Script>, Problems> {
    let problems: Vec<Diagnostic> = scenario::check::check(loaded, &standards);
    if problems.iter().any(Diagnostic::keeps_from_use) {
        return Err(problems.into_iter().filter(Diagnostic::keeps_from_use).collect::<Vec<_>>().into());
    }
    unchecked_script(standards, loaded, variant)
}

/// Makes a scenario ready as it is: a record's own text was checked when the call was taken.
pub(super) fn unchecked_script(
    standards: Arc<Standards>,
    loaded: &Loaded,
    variant: Option<&str>,
) -> Result<Arc<Script>, Problems> {
    let scenario = match variant {
        None => loaded.scenario.clone(),
        Some(id) => loaded.scenario.variant(id).ok_or_else(|| {
            let known: Vec<&str> = loaded.scenario.variants.iter().map(|v| &*v.id).collect();
            format!("`{}` has no variant `{id}`; it has: {}", loaded.scenario.id, known.join(", "))
        })?,
    };
    Script::new(standards, scenario, loaded.hash.clone(), variant.map(Into::into))
        .map_err(|sentence| format!("{}: {sentence}", loaded.file).into())
}

/// Standards from the texts of a record.
pub(super) fn standards_from(files: &BTreeMap<String, String>) -> Result<Arc<Standards>, Problems> {
    let files = files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    Ok(Arc::new(Standards::from_files(&files)?))
}
