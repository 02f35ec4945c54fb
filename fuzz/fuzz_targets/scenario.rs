//! A scenario from anybody: read, checked, and if nothing is against it played, marked and printed for review.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rightcall::call::{Call, Script};
use rightcall::diagnostic::Diagnostic;
use rightcall::explore::{Dice, bounds, finish, wander};
use rightcall::records::Mode;
use rightcall::standards::Standards;
use rightcall::{marking, review, scenario};

fuzz_target!(|data: &[u8]| {
    let Ok(loaded) = scenario::load("fuzz.ron", data) else { return };
    let standards = Standards::shipped();
    let problems = scenario::check::check(&loaded, &standards);
    for problem in &problems {
        assert!(problem.line >= 1 && problem.column >= 1);
    }
    // A file that is refused is not played; one of which only the name is wrong is.
    if problems.iter().any(|found| Diagnostic::is_error(found) && found.code != "R0022") {
        return;
    }
    let base = &loaded.scenario;
    let surfaces = std::iter::once(base.clone()).chain(base.variants.iter().map(|variant| base.overlaid(variant)));
    for scenario in surfaces.take(3) {
        let script = Script::new(standards.clone(), scenario, loaded.hash.clone(), None).expect("it was checked");
        for role in &base.roles {
            let mut call = Call::new(script.clone(), role, 1, Mode::Coach).expect("it was checked");
            wander(&mut call, &mut Dice::new(1, role));
            finish(&mut call).expect("there is a way out");
            bounds(&marking::mark(&call, "")).expect("the marks add up");
        }
    }
    let page = review::sheet(base, &standards);
    assert!(page.ends_with("</html>\n"));
});
