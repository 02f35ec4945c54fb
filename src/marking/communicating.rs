//! Communication: cues, empathy, plain and fair questions, call control.

use super::view::View;
use super::{Part, Sheet, all_or_nothing};
use crate::call::{Ending, Event};
use crate::standards::{Flaw, Kind};

/// With fewer own lines there is too little to mark.
const TOO_FEW: usize = 6;

pub(super) fn mark(view: &View, sheet: &mut Sheet) {
    // Who hands over says little, and should.
    let enough = view.own_lines().count() >= if view.assesses() { TOO_FEW } else { 2 };
    if view.assesses() {
        cues(view, sheet);
    }
    empathy(view, sheet, enough);
    let manners: [(&str, &str, &str, &[Flaw]); 4] = [
        (
            "fair-questions",
            "C3",
            "Asked one open thing at a time",
            &[Flaw::Leading, Flaw::DoubleBarrelled, Flaw::Vague, Flaw::ClosesTheCaller],
        ),
        (
            "plain-language",
            "C10",
            "Spoke so that anybody understands and nobody is slighted",
            &[Flaw::Jargon, Flaw::Stigma, Flaw::Inequality],
        ),
        ("respect", "C5", "Kept the caller's trust", &[Flaw::Judging, Flaw::Dismissive, Flaw::Interrupting]),
        ("honesty", "C8", "Promised and reassured only with grounds", &[Flaw::FalsePromise, Flaw::FalseReassurance]),
    ];
    for (id, competence, text, flaws) in manners {
        let out_of = if id == "fair-questions" { view.weights.fair_questions } else { view.weights.plain_language };
        let slips: Vec<u32> = view
            .own_lines()
            .filter(|(_, _, u)| u.is_some_and(|u| u.flaws.iter().any(|f| flaws.contains(f))))
            .map(|(n, _, _)| n)
            .collect();
        let lost = u32::try_from(slips.len()).unwrap_or(u32::MAX).saturating_mul(out_of.div_ceil(2));
        let (points, why) = match (enough, slips.is_empty()) {
            (false, _) => (0, "there was too little said to mark"),
            (true, true) => (out_of, "nothing to fault"),
            (true, false) => (out_of.saturating_sub(lost), "see the lines marked"),
        };
        sheet.add(id, Part::Communication, competence, text, why, (points, out_of), slips);
    }
    control(view, sheet, enough);
}

fn cues(view: &View, sheet: &mut Sheet) {
    for (n, beat) in view.scenario.beats.iter().enumerate() {
        if beat.picked_up_by.is_empty() {
            continue;
        }
        let cue = (0..).zip(&view.call.state().lines).find(|(_, line)| line.beat == Some(n)).map(|(line, _)| line);
        let within = usize::try_from(view.standards.marking.cue_within).unwrap_or(usize::MAX);
        let takes_up = |line: &crate::call::Line, utterance: Option<&crate::standards::Utterance>| {
            let by_quote = line.quotes.is_some() && line.quotes == cue;
            by_quote
                || utterance.is_some_and(|u| {
                    beat.picked_up_by.contains(&u.id) || u.probes.iter().any(|f| beat.picked_up_by.contains(f))
                })
        };
        let before = view.own_lines().find(|(line, own, u)| cue.is_none_or(|cue| *line < cue) && takes_up(own, *u));
        let after = || {
            let cue = cue?;
            view.own_lines().filter(|(line, _, _)| *line > cue).take(within).find(|(_, own, u)| takes_up(own, *u))
        };
        let found = before.or_else(after).map(|(line, _, _)| line);
        if cue.is_none() && found.is_none() && view.call.state().ended == Some(Ending::Closed) {
            // It was never let slip.
            continue;
        }
        let heard = cue.and_then(|n| view.call.state().lines.get(n as usize)).map_or("", |l| &*l.text);
        let text = if heard.is_empty() {
            "Took up what the caller let slip".to_owned()
        } else {
            format!("Took up what the caller let slip: “{heard}”")
        };
        let why = match (found, cue) {
            (Some(_), _) => "taken up",
            (None, Some(_)) => "heard and not taken up",
            (None, None) => "the call was over before it could be heard",
        };
        sheet.add(
            format!("cue/{}", beat.id),
            Part::Communication,
            "C4",
            text,
            why,
            all_or_nothing(found.is_some(), view.weights.cue),
            cue.into_iter().chain(found).collect(),
        );
    }
}

fn empathy(view: &View, sheet: &mut Sheet, enough: bool) {
    let own: Vec<_> = view.own_lines().collect();
    let empathic: Vec<u32> = own.iter().filter(|(_, _, u)| u.is_some_and(|u| u.empathy)).map(|(n, _, _)| *n).collect();
    let mut called_for = 0;
    let mut met = 0;
    let mut unmet = Vec::new();
    for (n, _) in view.scenario.beats.iter().enumerate().filter(|(_, b)| b.calls_for_empathy) {
        let Some(at) = view.call.beat_at(n) else { continue };
        called_for += 1;
        let heard =
            (0..).zip(&view.call.state().lines).find(|(_, l)| l.beat == Some(n) || l.from >= at).map(|(n, _)| n);
        // Three own lines after it; or what was said just before, when the two of them overlap.
        let (before, after): (Vec<u32>, Vec<u32>) =
            own.iter().map(|(n, _, _)| *n).partition(|n| heard.is_none_or(|heard| *n < heard));
        let near: Vec<u32> = before.iter().rev().take(3).chain(after.iter().take(3)).copied().collect();
        if empathic.iter().any(|line| near.contains(line)) {
            met += 1;
        } else {
            unmet.extend(heard);
        }
    }
    let one_in = usize::try_from(view.standards.marking.empathy_one_in.max(1)).unwrap_or(1);
    let too_often = empathic.len() > 2 && empathic.len() * one_in > own.len();
    let out_of = view.weights.empathy;
    let (points, why) = if !enough {
        (0, "there was too little said to mark")
    } else if met < called_for {
        (out_of * met / called_for.max(1), "feeling was shown and not acknowledged")
    } else if empathic.is_empty() {
        (out_of / 2, "nothing acknowledged how the caller feels")
    } else if too_often {
        (out_of / 2, "after every line, empathy sounds like a script")
    } else {
        (out_of, "acknowledged feeling where it was shown")
    };
    let text = "Acknowledged feeling where it was called for";
    let evidence = if unmet.is_empty() { empathic } else { unmet };
    sheet.add("empathy", Part::Communication, "C5", text, why, (points, out_of), evidence);
}

/// Needless questions cost the caller time, and the next caller theirs.
fn control(view: &View, sheet: &mut Sheet, enough: bool) {
    let rules = &view.standards.marking;
    let mut asked = 0_u32;
    let mut again = 0_u32;
    let mut repeats_at = Vec::new();
    let mut asked_at = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (number, line, utterance) in view.own_lines() {
        match utterance {
            Some(u) if u.kind == Kind::Question => {
                asked += 1;
                asked_at.push(number);
                if let Some(n) = line.utterance
                    && !seen.insert(n)
                {
                    again += 1;
                    repeats_at.push(number);
                }
            }
            _ => {}
        }
    }
    let model = view.model_questions().unwrap_or(30);
    let most = (model.saturating_mul(rules.questions_percent) / 100).max(model.saturating_add(rules.questions_spare));
    let cuts_at: Vec<u32> = view
        .call
        .events()
        .iter()
        .filter_map(|e| match e.event {
            Event::Cut { line } => Some(line),
            _ => None,
        })
        .collect();
    let cuts = cuts_at.len();
    let needless = asked.saturating_sub(most).div_ceil(3);
    let repeats = again.saturating_sub(2);
    let slips = needless + repeats + u32::try_from(cuts).unwrap_or(u32::MAX).saturating_sub(1);
    let out_of = view.weights.call_control;
    let (points, why) = if !enough {
        (0, "there was too little said to mark".to_owned())
    } else if slips == 0 {
        (out_of, "kept to what the call needed".to_owned())
    } else {
        let why = format!("{asked} questions, where {most} would have been plenty; {again} asked again");
        (out_of.saturating_sub(slips.saturating_mul(view.weights.slip)), why)
    };
    // What was asked again, what was asked beyond what the call needed, and where the caller was cut short.
    let mut evidence = Vec::new();
    if enough && slips > 0 {
        evidence.extend(asked_at.iter().skip(usize::try_from(most).unwrap_or(usize::MAX)));
        if repeats > 0 {
            evidence.extend(repeats_at);
        }
        if cuts > 1 {
            evidence.extend(cuts_at);
        }
        evidence.sort_unstable();
        evidence.dedup();
    }
    let text = "Kept the call to what it needed";
    sheet.add("call-control", Part::Communication, "C5", text, why, (points, out_of), evidence);
}
