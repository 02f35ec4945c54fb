//! A person's own evidence by competence: for themselves, their appraisal and their apprenticeship; made by nobody else.

use std::collections::BTreeMap;

use super::page::{banner, begin};
use super::{LABEL, csv_row};
use crate::cohort::Case;
use crate::marking::Verdict;
use crate::records::{Annotation, Mode, Summary, was_read};
use crate::review::html::Html;
use crate::simulation::is_simulated;
use crate::standards::{Competence, Id, Standards};

/// What somebody's calls show, by competence.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Pseudonym.
    pub by: String,
    /// Marked competences in the order of the standards; those without a call are there with none. What is called
    /// otherwise where calls were read stands there a second time, under that name and with those calls.
    pub competences: Vec<(Competence, Vec<Shown>)>,
    /// Calls on drafts, which are practice and no evidence.
    pub on_drafts: usize,
    pub simulated: bool,
}

/// A call that shows something of a competence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Neutral name.
    pub call: Id,
    /// Day, `YYYY-MM-DD`; may be empty.
    pub on: String,
    pub role: Id,
    pub mode: Mode,
    pub verdict: Verdict,
    pub points: u32,
    pub out_of: u32,
    /// The call has not been reviewed by a clinician: shown, and not counted as evidence.
    pub draft: bool,
}

/// Gathers the evidence of one person. `calls`: theirs, in any order; others are left out. `notes`: what was said of
/// them, among it which were heard.
#[must_use]
pub fn evidence(by: &str, calls: &[(Summary, Case)], notes: &[Annotation], standards: &Standards) -> Evidence {
    let mut shown: BTreeMap<(&Id, bool), Vec<Shown>> = BTreeMap::new();
    let mut on_drafts = 0;
    let is_own = |summary: &Summary| {
        summary.finished
            && summary.head.by == by
            && !matches!(summary.head.mode, Mode::Guided | Mode::JudgementExercise)
    };
    for (summary, case) in calls.iter().filter(|(summary, _)| is_own(summary)) {
        on_drafts += usize::from(case.draft);
        let read = was_read(&summary.head.id, notes);
        for (competence, points, out_of) in &case.competences {
            let apart = read && standards.competence(competence).is_some_and(|known| known.when_read.is_some());
            shown.entry((competence, apart)).or_default().push(Shown {
                call: summary.head.call.clone(),
                on: summary.head.taken.get(..10).unwrap_or_default().to_owned(),
                role: summary.head.role.clone(),
                mode: summary.head.mode,
                verdict: case.verdict,
                points: *points,
                out_of: *out_of,
                draft: case.draft,
            });
        }
    }
    for list in shown.values_mut() {
        list.sort_by(|a, b| (&b.on, &a.call).cmp(&(&a.on, &b.call)));
    }
    let marked = standards.competences.competences.iter().filter(|competence| competence.scored);
    let mut competences = Vec::new();
    for one in marked {
        competences.push((one.clone(), shown.remove(&(&one.id, false)).unwrap_or_default()));
        if let (Some(name), Some(read)) = (&one.when_read, shown.remove(&(&one.id, true))) {
            competences.push((Competence { name: name.clone(), ..one.clone() }, read));
        }
    }
    Evidence { by: by.to_owned(), competences, on_drafts, simulated: is_simulated(by) }
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::RightNotAssured => "right, not assured",
        Verdict::UnderTriage => "under-triage",
        Verdict::OverTriage => "over-triage",
        Verdict::WrongSetting => "another setting",
        Verdict::Unsafe => "unsafe",
        Verdict::NotDecided => "not decided",
    }
}

/// Evidence as a page to print.
#[must_use]
pub fn evidence_page(evidence: &Evidence, standards: &Standards) -> String {
    let mut page = Html::default();
    begin(&mut page, &format!("Evidence by competence: {}", evidence.by));
    banner(&mut page, evidence.simulated, evidence.on_drafts > 0);
    if evidence.on_drafts > 0 {
        page.paragraph("Calls marked “draft” are practice. They are listed and are no evidence.");
    }
    for (competence, shown) in &evidence.competences {
        page.raw("<section>");
        page.element("h2", &format!("{} {}", competence.id, competence.name));
        page.paragraph(&competence.about);
        if shown.is_empty() {
            page.paragraph("No calls yet.");
        } else {
            page.table("Calls, the latest first", ["Call", "Day", "Role", "Verdict", "Points", "Counts"]);
            for one in shown {
                let role = standards.role(&one.role).map_or(&*one.role, |role| &role.name);
                let points = format!("{} of {}", one.points, one.out_of);
                let counts = if one.draft { "draft" } else { "yes" };
                page.row([&*one.call, &one.on, role, words(one.verdict), &points, counts]);
            }
            page.end_table();
        }
        page.raw("</section>");
    }
    page.raw("</main></body></html>");
    page.0
}

/// Evidence as a table for a spreadsheet.
#[must_use]
pub fn evidence_table(evidence: &Evidence) -> String {
    let mut out = String::from("\u{feff}");
    let columns =
        ["person", "competence", "name", "call", "day", "role", "mode", "verdict", "points", "out of", "counts"];
    out.push_str(&csv_row(columns));
    for (competence, shown) in &evidence.competences {
        for one in shown {
            let (mode, points, out_of) = (format!("{:?}", one.mode), one.points.to_string(), one.out_of.to_string());
            let counts = if one.draft { "draft" } else { "yes" };
            let cells: [&str; 11] = [
                &evidence.by,
                &competence.id,
                &competence.name,
                &one.call,
                &one.on,
                &one.role,
                &mode,
                words(one.verdict),
                &points,
                &out_of,
                counts,
            ];
            out.push_str(&csv_row(cells));
        }
    }
    out.push_str(&csv_row([LABEL]));
    out
}
