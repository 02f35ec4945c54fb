//! Standards in a folder of the file system.

use std::collections::BTreeMap;
use std::path::Path;

use super::load::FILES;
use crate::diagnostic::Diagnostic;
use crate::ron_text::{self, STANDARDS_LIMIT};

/// Whether a folder is one of standards: its dispositions tell.
pub fn is_folder(path: &Path) -> bool {
    path.join("dispositions.ron").is_file()
}

/// The standards folder that a file belongs to, and which of its files it is.
pub fn folder_of(path: &Path) -> Option<(&Path, &'static str)> {
    let name = path.file_name()?;
    let name = FILES.into_iter().find(|file| *file == name)?;
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    (is_folder(folder) && path.is_file()).then_some((folder, name))
}

/// The bytes of the standards files in a folder; what is not there is left out.
///
/// # Errors
/// A diagnostic for every file that cannot be read or is too large.
pub fn files_in(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Vec<Diagnostic>> {
    let mut files = BTreeMap::new();
    let mut problems = Vec::new();
    let mut left = STANDARDS_LIMIT;
    for name in FILES {
        let path = folder.join(name);
        if path.exists() {
            match ron_text::read_file(&path, STANDARDS_LIMIT) {
                Ok(bytes) if bytes.len() > left => {
                    problems.push(ron_text::too_large(&folder.display().to_string(), STANDARDS_LIMIT));
                    break;
                }
                Ok(bytes) => {
                    left -= bytes.len();
                    files.insert(name.to_owned(), bytes);
                }
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
