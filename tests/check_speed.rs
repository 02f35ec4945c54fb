//! How long checking takes: run by hand, figures in `docs/performance.md`.
//!
//! `cargo test --release --no-default-features --test check_speed -- --ignored --nocapture`

use std::collections::BTreeMap;
use std::ops::Range;

use rightcall::call::draw;
use rightcall::diagnostic::Diagnostic;
use rightcall::scenario::check::{Depth, check, check_to, check_together, unanswered};
use rightcall::scenario::{self, Loaded};
use rightcall::standards::Standards;

/// Time of this thread on a processor, in nanoseconds: what others do on the machine does not count.
fn processor_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("a Linux system");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("a number")
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, u64) {
    let from = processor_time();
    let made = what();
    (made, processor_time() - from)
}

/// The shortest of several.
fn best(times: u32, mut what: impl FnMut()) -> u64 {
    (0..times).map(|_| timed(&mut what).1).min().unwrap_or(0)
}

fn milliseconds(nanoseconds: u64) -> String {
    format!("{}.{:02} ms", nanoseconds / 1_000_000, nanoseconds / 10_000 % 100)
}

#[test]
#[ignore = "a measurement: run by hand, in release"]
fn the_library_is_checked_in_a_blink() {
    let standards = Standards::shipped();
    let files: BTreeMap<String, Vec<u8>> = Standards::shipped_files();
    let of_standards = best(20, || drop(Standards::read(&files)));
    println!("standards read and checked: {}", milliseconds(of_standards));
    let mut sum = of_standards;
    let mut played = of_standards;
    for (slug, text) in scenario::shipped() {
        let file = format!("{slug}.ron");
        let read = || scenario::load(&file, text.as_bytes()).expect("good");
        let reading = best(20, || drop(read()));
        let one = best(20, || drop(check(&read(), &standards)));
        let with_play = best(3, || drop(check_to(Depth::Play, &read(), &standards, None)));
        let (size, base) = (text.len() / 1024, milliseconds(reading));
        println!(
            "{slug}, {size} KiB: read {base}, read and checked {}, with play {}",
            milliseconds(one),
            milliseconds(with_play)
        );
        sum += one;
        played += with_play;
    }
    let library: Vec<Loaded> = scenario::shipped()
        .iter()
        .map(|(slug, text)| scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("good"))
        .collect();
    let all: Vec<&Loaded> = library.iter().collect();
    let scenarios: Vec<_> = all.iter().map(|loaded| &loaded.scenario).collect();
    let together = best(20, || drop((check_together(&all, &[], &standards), unanswered(&scenarios, &standards))));
    println!("together: {}", milliseconds(together));
    println!(
        "the library without play: {}; with play: {}",
        milliseconds(sum + together),
        milliseconds(played + together)
    );
    assert!(sum + together <= 200_000_000 && played + together <= 20_000_000_000);
}

/// A call with some of its answers and variants left out, so that it is smaller and as good.
fn smaller(loaded: &Loaded, seed: u64) -> String {
    let standards = Standards::shipped();
    let (call, root) = (&loaded.scenario, loaded.tree.root());
    let mut gone: Vec<Range<usize>> = Vec::new();
    let drops = |n: usize, of: u32| draw(seed, "smaller", "smaller", u32::try_from(n).expect("few"), 100) < of;
    let share = draw(seed, "share", "share", 0, 100);
    for (n, answer) in call.answers.iter().enumerate() {
        let denies = answer.to.as_ref().and_then(|id| standards.utterance(id)).is_none_or(|(_, u)| u.denies);
        if answer.tells.is_empty() && answer.when.is_none() && !denies && drops(n, share) {
            gone.push(root.field("answers").index(n).span());
        }
    }
    for n in 0..call.variants.len() {
        if drops(1000 + n, 50) {
            gone.push(root.field("variants").index(n).span());
        }
    }
    let mut text = loaded.text.clone();
    for span in gone.into_iter().rev() {
        let comma = usize::from(text[span.end..].starts_with(','));
        text.replace_range(span.start..span.end + comma, "");
    }
    text
}

#[test]
#[ignore = "a measurement: run by hand, in release"]
fn a_thousand_calls_take_time_by_their_size() {
    let standards = Standards::shipped();
    let library: Vec<Loaded> = scenario::shipped()
        .iter()
        .map(|(slug, text)| scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("good"))
        .collect();
    // Size in steps of 16 KiB → bytes, nanoseconds, calls.
    let mut by_size: BTreeMap<usize, (u64, u64, u64)> = BTreeMap::new();
    for n in 0..1000_u64 {
        let base = &library[usize::try_from(n).expect("few") % library.len()];
        let text = smaller(base, n);
        let (found, time) = timed(|| {
            let loaded = scenario::load(&base.file, text.as_bytes()).unwrap_or_else(|found| panic!("{found:#?}"));
            check(&loaded, &standards)
        });
        assert!(!found.iter().any(Diagnostic::keeps_from_use), "{}: {found:#?}", base.file);
        let size = by_size.entry(text.len() >> 14).or_default();
        size.0 += text.len() as u64;
        size.1 += time;
        size.2 += 1;
    }
    let total = by_size.values().map(|(_, time, _)| time).sum::<u64>();
    println!("1,000 calls: {}", milliseconds(total));
    let rates: Vec<u64> = by_size
        .iter()
        .filter(|(_, (_, _, calls))| *calls >= 20)
        .map(|(step, (bytes, time, calls))| {
            println!("{} to {} KiB: {calls} calls, {} ns a byte", step * 16, (step + 1) * 16, time / bytes);
            time / bytes
        })
        .collect();
    let (least, most) = (rates.iter().min().expect("some"), rates.iter().max().expect("some"));
    assert!(most <= &(least * 2), "the time for a byte stays the same: {rates:?}");
}
