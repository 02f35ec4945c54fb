//! What a debrief shows, worked out once.

use crate::app::library::{Library, call_number};
use crate::app::live::Live;
use crate::app::theme::widgets::clock;
use crate::call::{Ending, Speaker};
use crate::marking::{self, Assessment, Criterion, Verdict};
use crate::records::Head;

/// One line of the transcript.
pub struct Line {
    pub number: u32,
    pub at: String,
    pub who: String,
    pub text: String,
    pub own: bool,
    pub sound: bool,
    /// Criteria that point here, by place in the assessment.
    pub marks: Vec<usize>,
}

/// A rung of the strip.
pub struct Rung {
    pub name: String,
    pub in_range: bool,
    pub best: bool,
    pub decided: bool,
}

/// Everything on the page, and what is being typed into it.
pub struct Page {
    pub head: Head,
    pub mark: Assessment,
    /// Number, title, length, role.
    pub heading: String,
    pub headline: String,
    /// What was decided and what would have been best, in words.
    pub decided: String,
    pub best: String,
    pub rungs: Vec<Rung>,
    pub lines: Vec<Line>,
    /// The two or three lost marks that weigh most, by place.
    pub changes: Vec<usize>,
    pub rationale: String,
    pub left_out: Vec<String>,
    pub afterwards: String,
    pub competences: Vec<(String, u32, u32)>,
    pub secure_percent: u32,
    pub building_percent: u32,
    /// "How was that?" has been answered or passed over.
    pub rated: bool,
    pub rating: Option<u8>,
    pub went_well: String,
    pub reflection: String,
    /// A mark being contested, with the words.
    pub contest: Option<(usize, String)>,
    /// The chosen line of the transcript.
    pub line: Option<u32>,
    pub scrolled_to: Option<u32>,
    /// What became of what was last saved.
    pub said: Option<Result<String, String>>,
}

impl Page {
    pub fn new(live: &Live, library: &Library, just_now: bool) -> Self {
        let call = live.call();
        let standards = &library.standards;
        let scenario = &call.script().scenario;
        let mark = marking::mark(call, &live.head.id);
        let name = |code: Option<&str>| {
            code.and_then(|c| standards.disposition(c)).map_or_else(|| "Nothing".to_owned(), |d| d.name.clone())
        };
        let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
        let lines = (0..)
            .zip(&call.state().lines)
            .map(|(number, line)| Line {
                number,
                at: clock(line.from),
                who: match &line.by {
                    Speaker::Trainee => "You".into(),
                    Speaker::Caller => first(&scenario.caller.name),
                    Speaker::Patient => first(&scenario.patient.name),
                    Speaker::Other(name) => name.to_string(),
                    Speaker::Clinician => "Clinician".into(),
                    Speaker::Sound => String::new(),
                },
                text: line.text.to_string(),
                own: line.by == Speaker::Trainee,
                sound: line.by == Speaker::Sound,
                marks: (0..)
                    .zip(&mark.criteria)
                    .filter(|(_, c)| c.evidence.contains(&number))
                    .map(|(n, _)| n)
                    .collect(),
            })
            .collect();
        let role = &call.role().name;
        let heading = format!(
            "{} “{}” · {} · {role} scope · content version {}",
            call_number(scenario.number),
            scenario.title,
            clock(call.state().now),
            scenario.version
        );
        let handover = scenario.handover.as_ref().filter(|h| h.roles.contains(&call.role().id));
        let competences = mark.competences.iter().map(|c| {
            let name = standards.competence(&c.id).map_or("", |known| &known.name);
            (format!("{} {name}", c.id), c.points, c.out_of)
        });
        Page {
            heading,
            headline: headline(&mark, call.state().ended, &name(Some(&mark.triage.best))),
            decided: name(mark.triage.decided.as_deref()),
            best: name(Some(&mark.triage.best)),
            rungs: rungs(&mark, library),
            lines,
            changes: changes(&mark),
            rationale: scenario.model.rationale.clone(),
            left_out: handover.map(|h| h.leaves_out.clone()).unwrap_or_default(),
            afterwards: scenario.afterwards.clone(),
            competences: competences.collect(),
            secure_percent: standards.marking.secure_percent,
            building_percent: standards.marking.building_percent,
            rated: !just_now,
            rating: None,
            went_well: String::new(),
            reflection: String::new(),
            contest: None,
            line: None,
            scrolled_to: None,
            said: None,
            head: live.head.clone(),
            mark,
        }
    }
}

/// One sentence that says what the patient needed.
fn headline(mark: &Assessment, ended: Option<Ending>, best: &str) -> String {
    let far = mark.triage.steps.unsigned_abs();
    let steps = match far {
        1 => "One step".to_owned(),
        2 => "Two steps".to_owned(),
        3 => "Three steps".to_owned(),
        n => format!("{n} steps"),
    };
    match mark.verdict {
        Verdict::NotDecided if ended == Some(Ending::Early) => {
            "You broke this call off. Nothing is marked against you.".into()
        }
        Verdict::NotDecided => "The call ended without a decision.".into(),
        Verdict::Right if mark.triage.transferred => "In safe hands: a clinician took the call over.".into(),
        Verdict::Right => "In range, and you asked what mattered.".into(),
        Verdict::RightNotAssured => "In range, not assured: what decides this call was never asked.".into(),
        Verdict::UnderTriage => format!("{steps} under. The patient needed: {best}."),
        Verdict::OverTriage => format!("{steps} over. This was enough: {best}."),
        Verdict::WrongSetting => format!("The right urgency, another kind of place. Best: {best}."),
        Verdict::Unsafe if far > 0 && mark.triage.steps < 0 => {
            format!("{steps} under, and not safe. The patient needed: {best}.")
        }
        Verdict::Unsafe => "Not safe to close like this: see the safety cap.".into(),
    }
}

fn rungs(mark: &Assessment, library: &Library) -> Vec<Rung> {
    let standards = &library.standards;
    let rung = |code: &str| standards.rung_of(code);
    let acceptable: Vec<u32> =
        std::iter::once(&mark.triage.best).chain(&mark.triage.acceptable).filter_map(|code| rung(code)).collect();
    let (low, high) = (acceptable.iter().min().copied(), acceptable.iter().max().copied());
    let decided = mark.triage.decided.as_deref().and_then(rung);
    let best = rung(&mark.triage.best);
    (0..)
        .zip(&standards.dispositions.rungs)
        .map(|(n, named)| Rung {
            name: named.name.clone(),
            in_range: low.is_some_and(|low| n >= low) && high.is_some_and(|high| n <= high),
            best: best == Some(n),
            decided: decided == Some(n),
        })
        .collect()
}

/// What would matter most: the marks that lost most, those of safety first among equals.
fn changes(mark: &Assessment) -> Vec<usize> {
    let lost = |c: &Criterion| c.out_of - c.points;
    let mut places: Vec<usize> = (0..mark.criteria.len()).filter(|&n| lost(&mark.criteria[n]) > 0).collect();
    places.sort_by_key(|&n| (std::cmp::Reverse(lost(&mark.criteria[n])), mark.criteria[n].part, n));
    places.truncate(3);
    places
}
