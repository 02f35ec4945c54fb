//! What the desktop does on all its cores.

use super::opening::cases;
use crate::cohort::Case;
use crate::records::Assessed;

/// [`cases`], the marks shared out to the machine's cores: the same result in the same order.
#[must_use]
pub fn cases_on_all_cores(marks: &[Assessed]) -> Vec<Option<Case>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = marks.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = marks.chunks(share).map(|part| scope.spawn(|| cases(part))).collect();
        let read = parts.into_iter().zip(marks.chunks(share));
        // A thread that was lost leaves its share to this one.
        read.flat_map(|(part, marks)| part.join().unwrap_or_else(|_| cases(marks))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::AssessmentKey;

    #[test]
    fn what_is_read_on_all_cores_is_what_is_read_on_one() {
        let summary = |points: u32| {
            format!(
                r#"{{"case":2,"shape":1,"verdict":"right","points":{points},"out_of":9,"steps":0,"caps":[],"missed":["a"],
                "competences":[["C1",1,2]],"transferred":false,"range":[1,2],"best":1,"setting_ok":true,"referral":"best",
                "recorded":[["q-fit-now","No"]],"facts":[["a","never-asked"]],"draft":true,"clock":1}}"#
            )
        };
        let mark = |n: u32| {
            let key = AssessmentKey { record: n.to_string(), scenario: "s".into(), standards: "t".into(), rules: 1 };
            // Every third is from before there was all that is needed.
            let summary = if n.is_multiple_of(3) { "{}".to_owned() } else { summary(n) };
            Assessed { key, summary, full: String::new() }
        };
        for number in [0, 1, 2, 7, 100] {
            let marks: Vec<Assessed> = (0..number).map(mark).collect();
            let read = cases_on_all_cores(&marks);
            assert_eq!(read, cases(&marks));
            let points: Vec<Option<u32>> = read.iter().map(|case| case.as_ref().map(|case| case.points)).collect();
            let expected: Vec<Option<u32>> = (0..number).map(|n| (!n.is_multiple_of(3)).then_some(n)).collect();
            assert_eq!(points, expected);
        }
    }
}
