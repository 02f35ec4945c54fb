//! Somebody who does anything: what they do is likely to be possible, and never planned.

use super::dice::Dice;
use crate::call::{Action, Call, Confidence, FIELDS, LookUp, Recorded, Sbar, Slot, TimedAction, play, truth};
use crate::scenario::Person;
use crate::standards::{Decides, Id, Kind, Stage};

/// No wanderer does more.
const MOST: usize = 90;

/// Plays at random and returns what was done. The call may or may not have ended.
pub fn wander(call: &mut Call, dice: &mut Dice) -> Vec<TimedAction> {
    let script = call.script().clone();
    let bank = &script.standards.bank;
    // Half of what is asked is what this call has an answer to: otherwise most plays hear nothing.
    let answered: Vec<usize> = (0..bank.len())
        .filter(|n| [Person::Caller, Person::Patient].iter().any(|who| !script.answers_to(*n, *who).is_empty()))
        .collect();
    let kind: Vec<usize> = (0..bank.len()).filter(|n| bank[*n].mood > 0).collect();
    let unkind: Vec<usize> = (0..bank.len()).filter(|n| bank[*n].mood < 0).collect();
    let rude = dice.below(3);
    let most = 10 + dice.below(MOST - 10);
    let mut done = Vec::with_capacity(most);
    let mut last: Option<Id> = None;
    for _ in 0..most {
        if call.state().ended.is_some() {
            break;
        }
        let of = |dice: &mut Dice, from: &[usize]| dice.one(from).map(|n| bank[*n].id.clone());
        let utterance = match dice.below(20) {
            0..9 => of(dice, &answered),
            9 | 10 if rude == 1 => of(dice, &unkind),
            9 | 10 if rude == 2 => of(dice, &kind),
            9..12 => bank.get(dice.below(bank.len())).map(|u| u.id.clone()),
            12 => last.clone(),
            _ => None,
        };
        let action = match utterance {
            Some(utterance) => {
                last = Some(utterance.clone());
                let to = dice.percent(4).then_some(if dice.percent(60) { Person::Patient } else { Person::Caller });
                Action::Say { utterance, to }
            }
            None => anything(call, dice),
        };
        // What is refused was tried; the next thing is tried instead.
        done.extend(play(call, [(None, &action)]).unwrap_or_default());
    }
    done
}

/// Everything but to say something, likelier where it can be done.
fn anything(call: &Call, dice: &mut Dice) -> Action {
    let script = call.script();
    let standards = &script.standards;
    let state = call.state();
    let lines = u32::try_from(state.lines.len()).unwrap_or(0);
    if state.held && dice.percent(50) {
        return Action::Resume;
    }
    if let Some(step) = call.step()
        && state.decision.is_none()
        && dice.percent(60)
    {
        let answer = [Recorded::No, Recorded::No, Recorded::No, Recorded::Yes, Recorded::NotSure][dice.below(5)];
        return Action::Record { question: step.question.clone(), answer };
    }
    if let Some(listed) = &state.listed
        && state.accepted.is_none()
        && dice.percent(60)
        && let Some(service) = dice.one(listed)
    {
        let service = service.clone();
        return match dice.below(3) {
            0 => Action::Offer(service),
            1 => Action::Accept(service),
            _ => Action::Reject { service, reason: reason(call, dice), comment: "full".into() },
        };
    }
    match dice.below(36) {
        0..8 => {
            let name = FIELDS[dice.below(FIELDS.len())];
            let text = if dice.percent(85) { truth(&script.scenario, name) } else { "12/03/1980".into() };
            Action::Field { name, text }
        }
        8 => Action::ConfirmField { name: FIELDS[dice.below(FIELDS.len())] },
        9 | 10 => Action::Wait { seconds: 1 + u32::try_from(dice.below(60)).unwrap_or(0) },
        11 => Action::Interrupt,
        12 => Action::Hold,
        13 => Action::Resume,
        14 => Action::AskClinician { question: "What would you do?".into() },
        15 => Action::LookUp([LookUp::SpecialNotes, LookUp::PreviousContacts, LookUp::SummaryRecord][dice.below(3)]),
        16 => Action::SpeakTo(if dice.percent(50) { Person::Patient } else { Person::Caller }),
        17 => {
            Action::QuoteBack { line: u32::try_from(dice.below(usize::try_from(lines).unwrap_or(0) + 1)).unwrap_or(0) }
        }
        18 => Action::Pin {
            line: u32::try_from(dice.below(usize::try_from(lines).unwrap_or(0) + 1)).unwrap_or(0),
            slot: Slot::Situation,
        },
        19 => Action::EnterStage(Stage::Detail),
        20 => Action::Note(
            script
                .scenario
                .facts
                .iter()
                .filter_map(|fact| fact.noted.first())
                .take(dice.below(6))
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(" "),
        ),
        21..25 => decide(call, dice),
        25 | 26 => Action::Search,
        27 | 28 => {
            let own =
                script.scenario.model.guides.iter().chain(script.scenario.model.wrong_guides.iter().map(|(id, _)| id));
            let own: Vec<&Id> = own.collect();
            match dice.one(&own) {
                Some(guide) if dice.percent(70) => Action::ChooseGuide((*guide).clone()),
                _ => match dice.one(&standards.guides.guides) {
                    Some(guide) => Action::ChooseGuide(guide.id.clone()),
                    None => Action::Revise,
                },
            }
        }
        29 => Action::Revise,
        30..33 => {
            let advice: Vec<&Id> = standards
                .bank
                .iter()
                .filter(|u| matches!(u.kind, Kind::Interim | Kind::Worsening))
                .map(|u| &u.id)
                .collect();
            let own: Vec<&Id> = script.scenario.model.worsening.iter().chain(&script.scenario.model.interim).collect();
            let from = if dice.percent(60) && !own.is_empty() { own } else { advice };
            match dice.one(&from) {
                Some(id) if dice.percent(80) => Action::Say { utterance: (*id).clone(), to: None },
                Some(id) => Action::TickAdvice((*id).clone()),
                None => Action::Pause,
            }
        }
        33 => Action::SayFree { text: "And how is that, then?".into(), resolved: None },
        34 if dice.percent(30) => {
            Action::Transfer { sbar: Sbar { situation: "over to you".into(), ..Sbar::default() } }
        }
        _ if dice.percent(20) => Action::Close,
        _ => Action::Pause,
    }
}

fn decide(call: &Call, dice: &mut Dice) -> Action {
    let script = call.script();
    let standards = &script.standards;
    let yielded = call.state().guide.as_ref().and_then(|guide| guide.yields.clone());
    let model = &script.scenario.model;
    let right: Vec<Id> = std::iter::once(&model.best).chain(&model.acceptable).cloned().collect();
    let from: Vec<Id> = match call.role().decides {
        _ if yielded.is_some() && dice.percent(80) => yielded.into_iter().collect(),
        Decides::ByGuide => call.role().early_exits.clone(),
        Decides::OnLadder if dice.percent(50) => right,
        _ => standards.dispositions.dispositions.iter().map(|d| d.code.clone()).collect(),
    };
    let disposition = dice.one(&from).cloned().unwrap_or_else(|| model.best.clone());
    Action::Decide { disposition, reason: "seems right to me".into(), confidence: Confidence::Leaning }
}

fn reason(call: &Call, dice: &mut Dice) -> u16 {
    let reasons = &call.script().standards.reject_reasons.reasons;
    dice.one(reasons).map_or(0, |reason| reason.id)
}
