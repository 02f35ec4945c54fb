//! Files and folders of the desktop to bring in from.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::Source;
use crate::records::exchange::{open, plain};

/// The most files, and the deepest folder, that are looked into.
const MOST_FILES: usize = 20_000;
const DEEPEST: usize = 8;

/// A file of the desktop.
#[derive(Debug, Clone)]
pub struct AFile(pub PathBuf);

impl Source for AFile {
    fn name(&self) -> String {
        self.0.display().to_string()
    }

    fn size(&self) -> Option<u64> {
        std::fs::metadata(&self.0).ok().map(|metadata| metadata.len())
    }

    fn open(&self) -> Result<Box<dyn BufRead + Send>, String> {
        Ok(Box::new(open(&self.0)?))
    }
}

/// The files meant by some paths: a file itself, of a folder every `.jsonl` in it and below. Links to folders are
/// not followed.
///
/// # Errors
/// A sentence for each folder that cannot be read; the others are in the list all the same.
pub fn files_in(paths: &[PathBuf]) -> (Vec<AFile>, Vec<String>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let before = files.len();
            walk(path, DEEPEST, &mut files, &mut problems);
            if files.len() == before && problems.is_empty() {
                problems.push(format!("there is no file `*.jsonl` in `{}`", path.display()));
            }
        } else {
            files.push(AFile(path.clone()));
        }
    }
    (files, problems)
}

fn walk(folder: &Path, deeper: usize, files: &mut Vec<AFile>, problems: &mut Vec<String>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(problem) => {
            return problems.push(format!("`{}` cannot be read: {}", folder.display(), plain(&problem)));
        }
    };
    let mut paths: Vec<(PathBuf, bool)> =
        entries.flatten().filter_map(|entry| Some((entry.path(), entry.file_type().ok()?.is_dir()))).collect();
    paths.sort();
    for (path, is_folder) in paths {
        if files.len() >= MOST_FILES {
            return problems.push(format!("`{}` has more than {MOST_FILES} files in it", folder.display()));
        }
        let is_export = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"));
        if is_folder && deeper > 0 {
            walk(&path, deeper - 1, files, problems);
        } else if !is_folder && is_export {
            files.push(AFile(path));
        }
    }
}
