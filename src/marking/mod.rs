//! A finished call held against its model answer: an assessment, every mark with its evidence.
//!
//! Six parts, one verdict. A safety cap bounds the verdict for an unsafe outcome only.

mod assessing;
mod assessment;
mod caps;
mod communicating;
mod deciding;
mod keeping;
mod keeping_safe;
mod view;
mod witness;

pub use assessment::*;
pub use deciding::referral_status;
pub use keeping::field_name;

use std::collections::BTreeMap;

use crate::call::{Call, RULES, Script};
use crate::standards::Id;
use view::View;

/// Marks a call. `record` is the id of its record.
///
/// The same call gives the same assessment on every platform: only integers are involved.
#[must_use]
pub fn mark(call: &Call, record: &str) -> Assessment {
    let view = View::new(call);
    let mut sheet = Sheet(Vec::with_capacity(48));
    deciding::mark(&view, &mut sheet);
    let referral = deciding::referral(&view, &mut sheet);
    let facts = assessing::mark(&view, &mut sheet);
    keeping_safe::mark(&view, &mut sheet);
    communicating::mark(&view, &mut sheet);
    keeping::mark(&view, &mut sheet);
    let criteria = sheet.0;

    let safety_caps = caps::caps(&view);
    let sum = |of: fn(&Criterion) -> u32| criteria.iter().fold(0_u32, |sum, c| sum.saturating_add(of(c)));
    let earned = sum(|c| c.points);
    let out_of = sum(|c| c.out_of);
    let cap = out_of.saturating_mul(view.standards.marking.cap_percent.min(100)) / 100;
    let points = if safety_caps.is_empty() { earned } else { earned.min(cap) };
    let triage = deciding::triage(&view);
    Assessment {
        record: record.to_owned(),
        scenario: view.scenario.id.clone(),
        variant: call.script().variant.clone(),
        role: call.role().id.clone(),
        rules: RULES,
        draft: !call.script().reviewed,
        verdict: verdict(&view, &triage, &safety_caps),
        points,
        earned,
        out_of,
        triage,
        referral,
        facts,
        safety_caps,
        competences: by_competence(&criteria),
        criteria,
    }
}

/// The best outcome of a call for a role, and the others that are acceptable.
#[must_use]
pub fn model_outcomes<'s>(script: &'s Script, role: &str) -> (&'s Id, &'s [Id]) {
    let model = &script.scenario.model;
    let own = model.by_role.iter().find(|own| &*own.role == role);
    let best = own.and_then(|own| own.best.as_ref()).unwrap_or(&model.best);
    let acceptable = own.and_then(|own| own.acceptable.as_ref()).unwrap_or(&model.acceptable);
    (best, acceptable)
}

fn verdict(view: &View, triage: &Triage, caps: &[Cap]) -> Verdict {
    if !caps.is_empty() {
        return Verdict::Unsafe;
    }
    if triage.decided.is_none() {
        return Verdict::NotDecided;
    }
    match triage.steps {
        ..0 => Verdict::UnderTriage,
        1.. => Verdict::OverTriage,
        0 if !triage.setting_ok => Verdict::WrongSetting,
        0 if !view.assesses() => Verdict::Right,
        0 if view.model.assured_by.iter().all(|feature| view.covered(feature)) => Verdict::Right,
        0 => Verdict::RightNotAssured,
    }
}

fn by_competence(criteria: &[Criterion]) -> Vec<CompetenceMark> {
    let mut sums: BTreeMap<(usize, Id), (u32, u32)> = BTreeMap::new();
    for criterion in criteria {
        // C2 stands before C10.
        let sum = sums.entry((criterion.competence.len(), criterion.competence.clone())).or_default();
        sum.0 += criterion.points;
        sum.1 += criterion.out_of;
    }
    sums.into_iter().map(|((_, id), (points, out_of))| CompetenceMark { id, points, out_of }).collect()
}

/// The criteria so far.
struct Sheet(Vec<Criterion>);

impl Sheet {
    #[allow(clippy::too_many_arguments, reason = "a criterion has so many parts, and this is where it is written")]
    fn add(
        &mut self,
        id: impl Into<String>,
        part: Part,
        competence: &str,
        text: impl Into<String>,
        why: impl Into<String>,
        (points, out_of): (u32, u32),
        evidence: Vec<u32>,
    ) -> &mut Criterion {
        let place = self.0.len();
        self.0.push(Criterion {
            id: id.into(),
            part,
            competence: competence.into(),
            text: text.into(),
            why: why.into(),
            points: points.min(out_of),
            out_of,
            evidence,
            at: None,
        });
        &mut self.0[place]
    }
}

/// All of it or nothing.
fn all_or_nothing(won: bool, out_of: u32) -> (u32, u32) {
    (if won { out_of } else { 0 }, out_of)
}
