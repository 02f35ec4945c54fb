//! Triage and onward referral: urgency, care setting, the guide, the service.

use super::view::View;
use super::{Part, ReferralMark, ReferralStatus, Sheet, Triage, all_or_nothing, witness};
use crate::call::{Entry, Event, Recorded, Speaker, steps};
use crate::scenario::{Escalate, Referral};
use crate::standards::{Decides, Id, Refer};

pub(super) fn triage(view: &View) -> Triage {
    let state = view.call.state();
    let decided = if view.transferred {
        // The outcome is what the clinician then reaches, who asks again.
        Some(view.best.clone())
    } else {
        view.decided.map(|d| d.code.clone())
    };
    Triage {
        steps: if view.transferred { 0 } else { view.steps() },
        setting_ok: setting_ok(view),
        decided,
        best: view.best.clone(),
        acceptable: view.acceptable.to_vec(),
        transferred: view.transferred,
        guide_yielded: state.guide.as_ref().and_then(|g| g.yields.clone()),
    }
}

fn setting_ok(view: &View) -> bool {
    if view.transferred {
        return true;
    }
    let Some(decided) = view.decided else { return false };
    let mut settings =
        std::iter::once(view.best).chain(view.acceptable).filter_map(|code| view.standards.disposition(code));
    settings.any(|d| d.setting == decided.setting)
}

pub(super) fn mark(view: &View, sheet: &mut Sheet) {
    urgency(view, sheet);
    best(view, sheet);
    if view.by_guide() {
        guide(view, sheet);
    } else if view.call.role().decides == Decides::OnLadder || view.assesses() {
        reason(view, sheet);
    }
}

fn urgency(view: &View, sheet: &mut Sheet) {
    let rules = &view.standards.marking;
    let out_of = rules.under.first().copied().unwrap_or(0);
    let (points, why) = if view.transferred {
        match view.escalate {
            Escalate::Needless => (out_of / 2, "handed to a clinician what was yours to finish".to_owned()),
            _ => (out_of, "handed to a clinician, who decides".to_owned()),
        }
    } else {
        match (view.decided, view.steps()) {
            (None, _) => (0, "no decision".to_owned()),
            (Some(_), 0) => (out_of, "within the acceptable range".to_owned()),
            (Some(_), steps @ ..0) => {
                let far = steps.unsigned_abs();
                let points = rules.under.get(far as usize).copied().unwrap_or(0);
                (points, format!("{far} {} later than the acceptable range", steps_word(far)))
            }
            (Some(_), steps) => {
                let far = steps.unsigned_abs();
                let points = rules.over.get(far as usize).copied().unwrap_or(0);
                (points, format!("{far} {} sooner than the acceptable range", steps_word(far)))
            }
        }
    };
    let mark = sheet.add(
        "urgency",
        Part::Triage,
        "C6",
        "Decided on a safe and fitting urgency",
        why,
        (points, out_of),
        view.decision_line(),
    );
    mark.at = view.decided_at();
    let won = setting_ok(view) && !(view.transferred && view.escalate == Escalate::Needless);
    let why = match (won, view.decided) {
        (true, _) => "the right kind of place",
        (false, _) if view.transferred => "handed to a clinician what was yours to finish",
        (false, None) => "no decision",
        (false, Some(_)) => "another kind of place than any acceptable outcome's",
    };
    let out_of = view.weights.setting;
    let mark = sheet.add(
        "setting",
        Part::Triage,
        "C6",
        "Chose a fitting care setting",
        why,
        all_or_nothing(won, out_of),
        view.decision_line(),
    );
    mark.at = view.decided_at();
}

/// Within the range it is the best outcome that spares the patient, and the next one, most.
fn best(view: &View, sheet: &mut Sheet) {
    let won = match view.decided {
        _ if view.transferred => view.escalate != Escalate::Needless,
        Some(decided) => view.standards.same_decision(&decided.code, view.best),
        None => false,
    };
    let best = view.standards.disposition(view.best).map_or("", |d| &d.name);
    let text = "Chose the outcome that fits best";
    let mark = sheet.add(
        "best",
        Part::Triage,
        "C6",
        text,
        format!("best: {best}"),
        all_or_nothing(won, view.weights.best),
        view.decision_line(),
    );
    mark.at = view.decided_at();
}

fn steps_word(far: u32) -> &'static str {
    if far == 1 { "step" } else { "steps" }
}

fn reason(view: &View, sheet: &mut Sheet) {
    let reason = view.call.state().decision.as_ref().map_or(String::new(), |d| d.reason.to_lowercase());
    let counts = |n: usize| view.scenario.facts[n].key && view.light(n).is_some();
    let won = view.rightly_transferred()
        || view.scenario.facts.iter().enumerate().any(|(n, fact)| counts(n) && view.mentions(fact, &reason));
    let why = match (won, reason.is_empty()) {
        (true, _) => "the reason names what was found",
        (false, true) => "no reason given",
        (false, false) => "the reason names nothing that was found out in the call",
    };
    let out_of = view.weights.reason_given;
    let mark = sheet.add(
        "reason",
        Part::Triage,
        "C6",
        "Gave a reason that rests on what was said",
        why,
        all_or_nothing(won, out_of),
        view.decision_line(),
    );
    mark.at = view.decided_at();
}

fn guide(view: &View, sheet: &mut Sheet) {
    let state = view.call.state();
    let weights = view.weights;
    if view.rightly_transferred() && state.guide.is_none() {
        return;
    }
    let chosen = state.guide.as_ref().map(|g| &g.chosen);
    let won = chosen.is_some_and(|c| view.model.guides.contains(c));
    let title = |id: &str| view.standards.guide(id).map_or(id.to_owned(), |g| g.title.clone());
    let why = match chosen {
        None => "no guide was chosen".to_owned(),
        Some(id) if won => format!("chose “{}”", title(id)),
        Some(id) => {
            let tempts = view.model.wrong_guides.iter().find(|(wrong, _)| wrong == id);
            let why = tempts.map_or(String::new(), |(_, why)| format!(": {why}"));
            format!("chose “{}”{why}", title(id))
        }
    };
    let text = "Chose the guide for the main symptom";
    let points = all_or_nothing(won, weights.guide_chosen);
    let at = witness::last(view, |event| matches!(event, Event::GuideChosen(id) if chosen == Some(id)));
    let line = at.and_then(|at| witness::line_at(view, at));
    sheet.add("guide", Part::Triage, "C3", text, why, points, line.into_iter().collect()).at = at;
    recorded_as_said(view, sheet);
    let early = state.decision.as_ref().is_some_and(|d| d.early) || state.guide.is_none();
    let why = if early { "left the guide before it had an answer" } else { "followed the guide to its answer" };
    let out_of = weights.full_path;
    let mark = sheet.add(
        "full-path",
        Part::Triage,
        "C6",
        "Followed the guide to its answer",
        why,
        all_or_nothing(!early, out_of),
        vec![],
    );
    mark.at =
        if early { view.decided_at() } else { witness::last(view, |event| matches!(event, Event::Yielded { .. })) };
}

/// Holds each recorded answer against what was said.
fn recorded_as_said(view: &View, sheet: &mut Sheet) {
    let mut slips = Vec::new();
    let mut evidence = Vec::new();
    let mut unasked = None;
    let entries = view.call.state().guide.as_ref().map_or(&[][..], |g| &g.entries);
    for entry in entries {
        let expected = expected(view, entry);
        let wording = view.call.step_of(&entry.guide, &entry.question).map_or("", |s| &s.yes_means);
        match expected {
            None if entry.answer != Recorded::NotSure => {
                slips.push(format!("“{wording}” was recorded without asking"));
                unasked = unasked.or(Some(entry.at));
            }
            Some((answer, line)) if answer != entry.answer => {
                slips.push(format!("“{wording}” was not recorded as it was said"));
                evidence.push(line);
            }
            _ => {}
        }
    }
    let out_of = view.weights.recorded_as_said;
    let lost = u32::try_from(slips.len()).unwrap_or(u32::MAX).saturating_mul(view.weights.slip.saturating_mul(2));
    let points = if entries.is_empty() { 0 } else { out_of.saturating_sub(lost) };
    let why = match (entries.is_empty(), slips.is_empty()) {
        (true, _) => "nothing was recorded in the guide".to_owned(),
        (false, true) => "every answer was recorded as it was said".to_owned(),
        (false, false) => slips.join("; "),
    };
    let text = "Recorded in the guide what was said";
    let last = entries.last().map(|entry| entry.at);
    let at = unasked.or(if slips.is_empty() { last } else { None });
    sheet.add("recorded", Part::Triage, "C4", text, why, (points, out_of), evidence).at = at;
}

/// What should have been recorded by then, and the line that says so; `None` if it had not been asked
/// and nothing about it had come to light.
pub(super) fn expected(view: &View, entry: &Entry) -> Option<(Recorded, u32)> {
    let step = view
        .standards
        .guide(&entry.guide)
        .and_then(|g| steps(&view.standards.guides, g, true).find(|s| s.question == entry.question))?;
    let lines = &view.call.state().lines;
    let by_then = |line: u32| lines.get(line as usize).is_some_and(|l| l.from <= entry.at);
    let mut asked: Option<u32> = None;
    let mut worrying: Option<u32> = None;
    for id in std::iter::once(&step.question).chain(&step.or) {
        let said = view.call.said(id);
        if said.times > 0 && by_then(said.first) {
            asked = Some(asked.map_or(said.first, |line| line.min(said.first)));
        }
        let Some((_, utterance)) = view.standards.utterance(id) else { continue };
        for (n, fact) in view.scenario.facts.iter().enumerate() {
            if !utterance.probes.contains(&fact.feature) {
                continue;
            }
            if let Some(light) = view.light(n).filter(|light| light.at <= entry.at) {
                asked = asked.or(Some(light.line));
                if fact.worrying {
                    worrying = Some(worrying.map_or(light.line, |line| line.min(light.line)));
                }
            }
        }
        // Another question may have asked for just the same.
        for feature in &utterance.probes {
            asked = asked.or(view.call.first_asked(feature).filter(|line| by_then(*line)));
        }
    }
    worrying.map(|line| (Recorded::Yes, line)).or(asked.map(|line| (Recorded::No, line)))
}

pub(super) fn referral(view: &View, sheet: &mut Sheet) -> ReferralMark {
    let state = view.call.state();
    let chosen = state.accepted.clone();
    let wanted = view.referral;
    let status = status(view);
    let mark = ReferralMark { chosen, best: wanted.map(|r| r.best.clone()), status, gap: state.gap };
    if view.rightly_transferred() {
        return mark;
    }
    let weights = view.weights;
    let points = match status {
        ReferralStatus::Best | ReferralStatus::NotNeeded => weights.service,
        ReferralStatus::Acceptable => weights.service_acceptable,
        ReferralStatus::Other | ReferralStatus::Missing => 0,
    };
    let name = |id: &str| view.standards.service(id).map_or(id.to_owned(), |s| s.name.clone());
    let why = match (&mark.chosen, status) {
        (_, ReferralStatus::NotNeeded) => "no service had to be found".to_owned(),
        (_, ReferralStatus::Missing) => "no service was arranged".to_owned(),
        (None, ReferralStatus::Other) => "help was sent that was not needed".to_owned(),
        (Some(id), ReferralStatus::Other) => {
            let trap = view.model.traps.iter().find(|(trap, _)| trap == id);
            trap.map_or_else(|| name(id), |(_, why)| format!("{}: {why}", name(id)))
        }
        (Some(id), _) => name(id),
        (None, _) => String::new(),
    };
    let text = "Found a service that can do what is needed";
    let lines = offer_lines(view);
    // Without a service: the ambulance that was sent, or the list that was left.
    let at = witness::last(view, |event| matches!(event, Event::Accepted(_)))
        .or_else(|| witness::last(view, |event| matches!(event, Event::Listed { .. })))
        .or_else(|| view.decided_at());
    sheet.add("service", Part::Referral, "C7", text, why, (points, weights.service), lines).at = at;
    let wrongly = state.rejected.iter().find(|r| wanted.is_some_and(|w| w.best == r.service));
    let won = wrongly.is_none() && status != ReferralStatus::Missing && (wanted.is_none() || view.decided.is_some());
    let why = match wrongly {
        Some(rejection) => format!("passed over {}, which was the best", name(&rejection.service)),
        None if won => "worked down the list".to_owned(),
        None => "the list was not worked through".to_owned(),
    };
    let text = "Worked down the list, with a reason for what was passed over";
    let out_of = weights.reject_reasons;
    let told = wrongly.or(state.rejected.last()).and_then(|r| view.call.events().get(r.event)).map(|timed| timed.at);
    let listed = || witness::last(view, |event| matches!(event, Event::Listed { .. }));
    let points = all_or_nothing(won, out_of);
    sheet.add("reject-reasons", Part::Referral, "C7", text, why, points, vec![]).at =
        told.or_else(listed).or_else(|| view.decided_at());
    mark
}

/// The last offer of a service, and what the caller said to it.
fn offer_lines(view: &View) -> Vec<u32> {
    let Some(at) = witness::last(view, |event| matches!(event, Event::Offered { .. })) else { return vec![] };
    let lines = &view.call.state().lines;
    let offer = (0..).zip(lines).find(|(_, line)| line.from == at && line.by == Speaker::Trainee).map(|(n, _)| n);
    let answer = offer.map(|n| n + 1).filter(|n| {
        let said = usize::try_from(*n).ok().and_then(|n| lines.get(n));
        said.is_some_and(|line| line.by == Speaker::Caller)
    });
    offer.into_iter().chain(answer).collect()
}

fn status(view: &View) -> ReferralStatus {
    let accepted = view.call.state().accepted.as_ref();
    let refer = view.decided.map(|d| d.refer);
    let acceptable = view.decided.is_some_and(|d| view.is_acceptable(&d.code));
    referral_status(view.referral, accepted, refer, acceptable)
}

/// How a service stands to those wanted. `refer`: what the outcome decided on asks for; `acceptable`: whether that
/// outcome is.
#[must_use]
pub fn referral_status(
    wanted: Option<&Referral>,
    accepted: Option<&Id>,
    refer: Option<Refer>,
    acceptable: bool,
) -> ReferralStatus {
    match (wanted, accepted, refer) {
        (Some(wanted), Some(id), _) if wanted.best == *id => ReferralStatus::Best,
        (Some(wanted), Some(id), _) if wanted.acceptable.contains(id) => ReferralStatus::Acceptable,
        (None, Some(_), _) if acceptable => ReferralStatus::Acceptable,
        (_, Some(_), _) => ReferralStatus::Other,
        // An ambulance that may be sent needs no service.
        (_, None, Some(Refer::Dispatch)) if acceptable => ReferralStatus::NotNeeded,
        (_, None, Some(Refer::Dispatch)) => ReferralStatus::Other,
        (None, None, Some(Refer::Nothing)) => ReferralStatus::NotNeeded,
        (_, None, _) => ReferralStatus::Missing,
    }
}
