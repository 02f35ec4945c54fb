//! Standards in a folder of the file system.

use std::collections::BTreeMap;
use std::path::Path;

use super::load::FILES;
use crate::diagnostic::Diagnostic;
use crate::ron_text::{self, STANDARDS_LIMIT};

/// The bytes of the standards files in a folder; what is not there is left out.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Vec<Diagnostic>> {
    let mut files = BTreeMap::new();
    let mut problems = Vec::new();
    for name in FILES {
        let path = folder.join(name);
        if path.exists() {
            match ron_text::read_file(&path, STANDARDS_LIMIT) {
                Ok(bytes) => drop(files.insert(name.to_owned(), bytes)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Puts the folder before the file names of what was found in it.
pub(super) fn name_in_full(folder: &Path, problems: &mut [Diagnostic]) {
    for problem in problems {
        problem.file = folder.join(&problem.file).display().to_string();
    }
}
