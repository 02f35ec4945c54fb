//! Where the voices are: beside the program, or in the checkout that it is run from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// No pack is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Which packs there are, by the number of the call.
#[derive(Deserialize)]
struct Manifest {
    calls: BTreeMap<String, Vec<Listed>>,
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    bytes: u64,
}

/// The packs of a call; none where nobody has recorded it.
///
/// # Errors
/// A sentence with the path of what cannot be read.
pub fn packs(number: u32) -> Result<Vec<Vec<u8>>, String> {
    match places().into_iter().find(|place| place.join("manifest.json").is_file()) {
        Some(folder) => packs_in(&folder, number),
        None => Ok(Vec::new()),
    }
}

fn places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).map(|folder| folder.join("voices"));
    let checkout = std::env::current_dir().ok().map(|folder| folder.join("assets/voices"));
    beside.into_iter().chain(checkout).collect()
}

fn packs_in(folder: &Path, number: u32) -> Result<Vec<Vec<u8>>, String> {
    let list = folder.join("manifest.json");
    let failed = |path: &Path, why: &dyn std::fmt::Display| format!("`{}` cannot be read: {why}", path.display());
    let text = std::fs::read_to_string(&list).map_err(|problem| failed(&list, &problem))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|problem| failed(&list, &problem))?;
    let listed = manifest.calls.get(&format!("{number:04}")).map(Vec::as_slice).unwrap_or_default();
    listed.iter().map(|listed| read(folder, listed).map_err(|(path, why)| failed(&path, &why))).collect()
}

fn read(folder: &Path, listed: &Listed) -> Result<Vec<u8>, (PathBuf, String)> {
    let path = folder.join(&listed.file);
    // A name, not a way out of the folder.
    if Path::new(&listed.file).file_name().is_none_or(|name| name != listed.file.as_str()) || listed.bytes > LARGEST {
        return Err((path, "it is no pack of voices".into()));
    }
    match std::fs::read(&path) {
        Ok(bytes) if bytes.len() as u64 == listed.bytes => Ok(bytes),
        Ok(bytes) => {
            let why = format!("it has {} bytes, and the list says {}", bytes.len(), listed.bytes);
            Err((path, why))
        }
        Err(problem) => Err((path, problem.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(manifest: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("manifest.json"), manifest).expect("written");
        std::fs::write(folder.path().join("0412.voices"), b"RCV1").expect("written");
        folder
    }

    #[test]
    fn the_packs_of_a_call_are_read_and_nothing_else() {
        let listed = |file: &str, bytes: u32| {
            format!(r#"{{"calls":{{"0412":[{{"file":"{file}","bytes":{bytes},"blake3":"00"}}]}}}}"#)
        };
        let folder = with(&listed("0412.voices", 4));
        assert_eq!(packs_in(folder.path(), 412), Ok(vec![b"RCV1".to_vec()]));
        assert_eq!(packs_in(folder.path(), 446), Ok(vec![]));
        for (file, bytes, why) in
            [("0412.voices", 5, "has 4 bytes"), ("../0412.voices", 4, "no pack"), ("no.voices", 4, "no.voices")]
        {
            let problem = packs_in(with(&listed(file, bytes)).path(), 412).unwrap_err();
            assert!(problem.contains(why), "{problem}");
        }
        assert!(packs_in(with("{").path(), 412).unwrap_err().contains("manifest.json"));
    }
}
