//! A person's own evidence by competence, made by themselves alone: a page to print and a table.

use bevy::prelude::*;

use super::Drafts;
use crate::app::Screen;
use crate::app::egui::Wake;
use crate::app::files::put;
use crate::app::library::Library;
use crate::app::profile::Who;
use crate::app::screens::parts::count;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::call::RULES;
use crate::cohort::Case;
use crate::records::{Annotation, Assessed, Mode, Reply, Request, Summary};
use crate::sharing::pack::{evidence, evidence_page, evidence_table};
use crate::standards::{Names, Standards};

pub fn plugin(app: &mut App) {
    app.init_resource::<Asked>();
    app.add_systems(Update, hear.run_if(in_state(Screen::Settings)));
}

/// What has come from the store so far.
#[derive(Resource, Default)]
struct Asked {
    calls: Option<Vec<Summary>>,
    notes: Vec<Annotation>,
}

/// Asks for the calls and their marks; the files are written when all have come.
pub fn ask(shelf: &mut Shelf) {
    shelf.ask(Purpose::Evidence, Request::List);
    shelf.ask(Purpose::Evidence, Request::Annotations { of: None });
    shelf.ask(Purpose::Evidence, Request::Assessments { rules: RULES });
}

fn hear(
    mut answers: MessageReader<Answered>,
    library: Res<Library>,
    who: Res<Who>,
    mut asked: ResMut<Asked>,
    mut drafts: ResMut<Drafts>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Evidence) {
        match &answer.result {
            Ok(Reply::Calls(calls)) => asked.calls = Some(calls.clone()),
            Ok(Reply::Annotations(notes)) => asked.notes.clone_from(notes),
            Ok(Reply::Assessments(marks)) => {
                let (calls, notes) = (asked.calls.take().unwrap_or_default(), std::mem::take(&mut asked.notes));
                drafts.0.said = Some(write(who.name(), calls, marks, &notes, &library.standards));
            }
            Ok(_) => {}
            Err(failure) => drafts.0.said = Some(Err(failure.to_string())),
        }
        wake.now();
    }
}

fn write(
    by: &str,
    calls: Vec<Summary>,
    marks: &[Assessed],
    notes: &[Annotation],
    standards: &Standards,
) -> Result<String, String> {
    let (cases, unmarked) = own(by, calls, marks);
    if cases.is_empty() {
        return Err("There is no marked call of yours yet that could show anything.".into());
    }
    let found = evidence(by, &cases, notes, standards);
    let name: String = by.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    let said = put(&format!("rightcall-evidence-{name}.html"), &evidence_page(&found, standards))?;
    put(&format!("rightcall-evidence-{name}.csv"), &evidence_table(&found))?;
    let missing = match unmarked {
        0 => String::new(),
        n => format!(" {} no mark yet and not in it.", count(n, "call has", "calls have")),
    };
    Ok(format!("{said} The table lies beside it.{missing}"))
}

/// The marked calls of one person, and how many have no mark that fits what they were taken under.
fn own(by: &str, calls: Vec<Summary>, marks: &[Assessed]) -> (Vec<(Summary, Case)>, usize) {
    let (mut cases, mut unmarked, mut names) = (Vec::new(), 0, Names::default());
    for call in calls.into_iter().filter(|call| call.finished && call.head.by == by && call.head.mode != Mode::Guided) {
        let head = &call.head;
        let fits = |mark: &&Assessed| {
            let key = &mark.key;
            key.record == head.id && key.scenario == head.scenario && key.standards == head.standards
        };
        match marks.iter().filter(fits).find_map(|mark| Case::read(&mark.summary, &mut names)) {
            Some(case) => cases.push((call, case)),
            None => unmarked += 1,
        }
    }
    (cases, unmarked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::screens::testing;
    use crate::marking;
    use crate::records::Kept;

    #[test]
    fn evidence_is_of_ones_own_marked_calls_alone() {
        let library = testing::library();
        let taken = |id: char, by: &str| {
            let mut head = testing::head(library, "back-saddle-numb", "health-advisor", Mode::Coach, None);
            (head.id, head.by) = (id.to_string().repeat(32), by.to_owned());
            let live = testing::taken(library, head, "back-saddle-numb", |action| vec![action]);
            let mark = marking::mark(live.call(), &live.head.id);
            let record = live.record();
            let assessed = Case::assessed(&record, &mark, &library.standards).expect("JSON");
            (Summary::of(&Kept { record, finished: true }), assessed)
        };
        let (one, other, unmarked) = (taken('a', "Wren"), taken('b', "Kite"), taken('c', "Wren"));
        let calls = vec![one.0, other.0, unmarked.0];
        let (cases, without) = own("Wren", calls, &[one.1, other.1]);
        assert_eq!((cases.len(), without), (1, 1));
        assert_eq!(cases[0].0.head.id, "a".repeat(32));
        let page = evidence_page(&evidence("Wren", &cases, &[], &library.standards), &library.standards);
        assert!(page.contains("Wren") && page.contains("call-0412") && !page.contains("Kite"));
    }
}
