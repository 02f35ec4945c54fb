//! Where the voices are: beside the program, or in the checkout that it is run from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// No pack is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Which packs there are, by name.
#[derive(Deserialize)]
struct Manifest {
    packs: BTreeMap<String, Listed>,
}

#[derive(Deserialize)]
struct Listed {
    bytes: u64,
}

/// The pack of this name; none where nobody has recorded it.
///
/// # Errors
/// A sentence with the path of what cannot be read.
pub fn pack(name: &str) -> Result<Option<Vec<u8>>, String> {
    match places().into_iter().find(|place| place.join("manifest.json").is_file()) {
        Some(folder) => pack_in(&folder, name),
        None => Ok(None),
    }
}

fn places() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).map(|folder| folder.join("voices"));
    let checkout = std::env::current_dir().ok().map(|folder| folder.join("assets/voices"));
    beside.into_iter().chain(checkout).collect()
}

fn pack_in(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, String> {
    let list = folder.join("manifest.json");
    let failed = |path: &Path, why: &dyn std::fmt::Display| format!("`{}` cannot be read: {why}", path.display());
    let text = std::fs::read_to_string(&list).map_err(|problem| failed(&list, &problem))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|problem| failed(&list, &problem))?;
    let Some(listed) = manifest.packs.get(name) else { return Ok(None) };
    let path = folder.join(format!("{name}.voices"));
    if listed.bytes > LARGEST {
        return Err(failed(&path, &"it is no pack of voices"));
    }
    match std::fs::read(&path) {
        Ok(bytes) if bytes.len() as u64 == listed.bytes => Ok(Some(bytes)),
        Ok(bytes) => {
            let why = format!("it has {} bytes, and the list says {}", bytes.len(), listed.bytes);
            Err(failed(&path, &why))
        }
        Err(problem) => Err(failed(&path, &problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(manifest: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("manifest.json"), manifest).expect("written");
        std::fs::write(folder.path().join("0412.voices"), b"RCV2").expect("written");
        folder
    }

    #[test]
    fn the_pack_of_a_surface_is_read_and_nothing_else() {
        let listed = |name: &str, bytes: u64| format!(r#"{{"packs":{{"{name}":{{"bytes":{bytes},"blake3":"00"}}}}}}"#);
        let folder = with(&listed("0412", 4));
        assert_eq!(pack_in(folder.path(), "0412"), Ok(Some(b"RCV2".to_vec())));
        assert_eq!(pack_in(folder.path(), "0412-00112233"), Ok(None));
        for (name, bytes, why) in
            [("0412", 5, "has 4 bytes"), ("0412", LARGEST + 1, "no pack"), ("0446", 4, "0446.voices")]
        {
            let problem = pack_in(with(&listed(name, bytes)).path(), name).unwrap_err();
            assert!(problem.contains(why), "{problem}");
        }
        assert!(pack_in(with("{").path(), "0412").unwrap_err().contains("manifest.json"));
    }
}
