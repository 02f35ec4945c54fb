//! What the review room says of a call, in plain words.

use crate::cohort::{Cohort, Flag};

/// Why a call looks broken.
pub fn flag(flag: &Flag, cohort: &Cohort) -> String {
    match flag {
        Flag::MostDecideElsewhere { rung } => {
            let rungs = &cohort.standards().dispositions.rungs;
            let name = usize::try_from(*rung).ok().and_then(|n| rungs.get(n)).map_or("another time", |rung| &rung.name);
            format!("most decide on “{name}”, outside its range: is the model answer right?")
        }
        Flag::TheBetterGetItWrong => "those who get the others right get this one wrong".into(),
        Flag::HardlyAnyoneFinds { fact } => {
            format!("hardly anybody finds out “{}”: can it be found?", fact.replace('-', " "))
        }
    }
}
