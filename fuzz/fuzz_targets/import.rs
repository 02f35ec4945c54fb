//! A file to import from anybody: looked at, taken in, and given out again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightcall::records::MemoryStore;
use rightcall::records::exchange::{Audience, bring_in, check, export, read_records};

fuzz_target!(|data: &[u8]| {
    let mut store = MemoryStore::new();
    let Ok(reading) = check("fuzz.jsonl", data, &mut store) else { return };
    let is_good = reading.is_good();
    let _ = bring_in("fuzz.jsonl", data, &mut store);
    if is_good {
        // What was taken in can be given out, and that is good again.
        let mut out = Vec::new();
        export(&mut store, None, Audience::Author, &mut out).expect("what is kept can be exported");
        let again = check("again.jsonl", &out[..], &mut MemoryStore::new()).expect("it is read");
        assert!(again.is_good(), "{:?}", again.bad);
    }
    let _ = read_records("fuzz.jsonl", data);
});
