//! Standards from anybody: the first byte says which file of the folder is replaced by the rest.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightcall::standards::Standards;

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let mut files = Standards::shipped_files();
    let names: Vec<String> = files.keys().cloned().collect();
    let name = names[usize::from(*which) % names.len()].clone();
    files.insert(name, text.to_vec());
    let (standards, problems) = Standards::read(&files);
    assert!(standards.is_some() || !problems.is_empty(), "refused without a word");
});
