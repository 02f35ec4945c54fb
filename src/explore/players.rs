//! Everybody who is not random: the expert, people in a hurry, and people of habit.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::changes::{Changes, changed, refer};
use super::dice::Dice;
use super::finish::finish;
use crate::call::{Action, Call, Confidence, Recorded, Sbar, Script, TimedAction, play};
use crate::records::Mode;
use crate::scenario::Bound;
use crate::standards::{Decides, Disposition, Id, Kind, Refer, Stage, Standards};

/// A kind of player.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Player {
    /// The expert: the model call of the role.
    Model,
    /// Everything of the model call in any order.
    Shuffled,
    /// Asks what the guide asks, listens, records what was said, takes what the guide yields.
    Careful,
    /// Leaves half of it out, and records "no" for what was not asked.
    Careless,
    /// The model call without a question.
    AskNothing,
    /// The model call with every question of the bank.
    AskEverything,
    /// Who and where, and then always the same.
    Always(Always),
    /// The model call, but for the decision: that is always the same.
    ModelBut(Always),
    /// Anything at random.
    Wanderer,
}

/// What somebody does in every call alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Always {
    Ambulance,
    SelfCare,
    Clinician,
    Yes,
    No,
    NotSure,
}

impl Always {
    /// All habits that a role can have.
    #[must_use]
    pub fn of(decides: Decides) -> &'static [Self] {
        match decides {
            Decides::ByGuide => &[Self::Ambulance, Self::SelfCare, Self::Clinician, Self::Yes, Self::No, Self::NotSure],
            Decides::OnLadder => &[Self::Ambulance, Self::SelfCare, Self::Clinician],
            Decides::HandsOver => &[Self::Ambulance, Self::Clinician],
        }
    }

    /// The outcome that it always is; none where it is an answer in a guide.
    #[must_use]
    pub fn code(self, standards: &Standards) -> Option<&Id> {
        let all = &standards.dispositions.dispositions;
        let of = |wanted: &dyn Fn(&&Disposition) -> bool| all.iter().find(wanted).map(|d| &d.code);
        match self {
            // The least urgent ambulance for which nobody has to wait for a guide.
            Self::Ambulance => {
                let exits = standards.roles.roles.iter().flat_map(|role| &role.early_exits);
                let is_ambulance = |code: &&Id| standards.disposition(code).is_some_and(|d| d.refer == Refer::Dispatch);
                exits
                    .filter(is_ambulance)
                    .max_by_key(|code| standards.rung_of(code))
                    .or(of(&|d| d.refer == Refer::Dispatch))
            }
            Self::SelfCare => of(&|d| d.refer == Refer::Nothing && &*d.setting == "self-care" && !d.registered_only),
            Self::Clinician => Some(&standards.guides.not_sure_to),
            Self::Yes | Self::No | Self::NotSure => None,
        }
    }

    fn records(self) -> Option<Recorded> {
        match self {
            Self::Yes => Some(Recorded::Yes),
            Self::No => Some(Recorded::No),
            Self::NotSure => Some(Recorded::NotSure),
            Self::Ambulance | Self::SelfCare | Self::Clinician => None,
        }
    }
}

impl Player {
    /// All but the wanderer, for a role that decides so.
    #[must_use]
    pub fn all(decides: Decides) -> Vec<Self> {
        use Player::{AskEverything, AskNothing, Careful, Careless, Model, Shuffled};
        let mut all = vec![Model, Shuffled, Careful, Careless, AskNothing, AskEverything];
        all.extend(Always::of(decides).iter().map(|always| Self::Always(*always)));
        // Self-care is no way out of a guide.
        let can = |always: &&Always| decides != Decides::ByGuide || **always != Always::SelfCare;
        all.extend(Always::of(decides).iter().filter(can).map(|always| Self::ModelBut(*always)));
        all
    }

    /// Rolls dice of their own.
    #[must_use]
    pub fn is_drawn(self) -> bool {
        matches!(self, Self::Shuffled | Self::Careless | Self::Wanderer)
    }

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Model => "the model call",
            Self::Shuffled => "the model call in any order",
            Self::Careful => "careful",
            Self::Careless => "careless",
            Self::AskNothing => "asks nothing",
            Self::AskEverything => "asks everything",
            Self::Always(Always::Ambulance) => "always 999",
            Self::Always(Always::SelfCare) => "always self-care",
            Self::Always(Always::Clinician) => "always a clinician",
            Self::Always(Always::Yes) => "always yes",
            Self::Always(Always::No) => "always no",
            Self::Always(Always::NotSure) => "always not sure",
            Self::ModelBut(Always::Ambulance) => "model, but 999",
            Self::ModelBut(Always::SelfCare) => "model, but self-care",
            Self::ModelBut(Always::Clinician) => "model, but a clinician",
            Self::ModelBut(Always::Yes) => "model, but always yes",
            Self::ModelBut(Always::No) => "model, but always no",
            Self::ModelBut(Always::NotSure) => "model, but always not sure",
            Self::Wanderer => "at random",
        }
    }
}

impl Serialize for Player {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.words())
    }
}

/// Plays what is not refused.
pub fn play_leniently(call: &mut Call, actions: &[Action]) -> Vec<TimedAction> {
    let mut done = Vec::new();
    for action in actions {
        done.extend(play(call, [(None, action)]).unwrap_or_default());
    }
    done
}

/// The call as this player takes it; none where the role has no model call to go by.
#[must_use]
pub fn take(script: &Arc<Script>, role: &str, player: Player, seed: u64) -> Option<Call> {
    let mut call = Call::new(script.clone(), role, seed, Mode::Coach).ok()?;
    let mut dice = Dice::new(seed, player.words());
    if player == Player::Wanderer {
        super::wander(&mut call, &mut dice);
        return Some(call);
    }
    script.model_call(role)?;
    actions_of(&mut call, player, &mut dice);
    Some(call)
}

/// Does what the player does, and returns it.
pub fn actions_of(call: &mut Call, player: Player, dice: &mut Dice) -> Vec<TimedAction> {
    let script = call.script().clone();
    let role = call.role().id.clone();
    let Some(model) = script.model_call(&role) else { return Vec::new() };
    match player {
        Player::Model => play_leniently(call, &model),
        Player::Shuffled => {
            let mut mixed = model;
            dice.mix(&mut mixed);
            let mut done = play_leniently(call, &mixed);
            // Somebody who has done it all goes home, whatever the order was.
            done.extend(finish(call).unwrap_or_default());
            done
        }
        Player::Careful => careful(call, &model),
        Player::Careless => careless(call, &model, dice),
        Player::AskNothing => play_leniently(call, &without_questions(&script, &role)),
        Player::AskEverything => play_leniently(call, &with_every_question(&script, &role)),
        Player::Always(always) => {
            let mut done = play_leniently(call, &identity(&script, &role));
            done.extend(by_habit(call, always));
            done.extend(play_leniently(call, &[Action::Close]));
            done
        }
        Player::ModelBut(always) => {
            let changes = match always.records() {
                Some(answer) => {
                    let asked = script.standards.guides.guides.iter().flat_map(|guide| &guide.steps);
                    let asked = asked.chain(&script.standards.guides.opening);
                    Changes {
                        record: asked.map(|step| (step.question.clone(), answer)).collect(),
                        ..Changes::default()
                    }
                }
                None => Changes { decide: always.code(&script.standards).cloned(), ..Changes::default() },
            };
            changed(call, &changes)
        }
        Player::Wanderer => super::wander(call, dice),
    }
}

/// Who they are and where: what of the model call belongs to the opening.
#[must_use]
pub fn identity(script: &Script, role: &str) -> Vec<Action> {
    let opens = |id: &str| script.standards.utterance(id).is_some_and(|(_, u)| u.stage == Stage::Open);
    let keep = |action: &Action| match action {
        Action::Say { utterance, .. } => opens(utterance),
        Action::Field { .. } | Action::ConfirmField { .. } => true,
        _ => false,
    };
    script.model_call(role).unwrap_or_default().into_iter().filter(keep).collect()
}

/// The model's decision, referral and advice, asking nothing.
#[must_use]
pub fn without_questions(script: &Script, role: &str) -> Vec<Action> {
    let is_question = |id: &str| script.standards.utterance(id).is_some_and(|(_, u)| u.kind == Kind::Question);
    let keep = |action: &Action| !matches!(action, Action::Say { utterance, .. } if is_question(utterance));
    script.model_call(role).unwrap_or_default().into_iter().filter(keep).collect()
}

/// The model call with every other question of the bank asked before the decision.
#[must_use]
pub fn with_every_question(script: &Script, role: &str) -> Vec<Action> {
    let model = script.model_call(role).unwrap_or_default();
    let mut actions = Vec::new();
    let mut asked = false;
    for action in &model {
        if matches!(action, Action::Decide { .. } | Action::Transfer { .. }) && !std::mem::replace(&mut asked, true) {
            for u in &script.standards.bank {
                let ordinary = u.kind == Kind::Question && u.flaws.is_empty() && u.stage != Stage::Plan;
                let new = !model.iter().any(|a| matches!(a, Action::Say { utterance, .. } if *utterance == u.id));
                if ordinary && new {
                    actions.push(Action::Say { utterance: u.id.clone(), to: None });
                }
            }
        }
        actions.push(action.clone());
    }
    actions
}

/// The habit's way to a decision.
fn by_habit(call: &mut Call, always: Always) -> Vec<TimedAction> {
    let script = call.script().clone();
    let mut done = Vec::new();
    if let Some(answer) = always.records() {
        if let Some(guide) = script.scenario.model.guides.first() {
            done.extend(play_leniently(call, &[Action::ChooseGuide(guide.clone())]));
        }
        done.extend(through(call, |_, _| answer));
        done.extend(take_what_is_yielded(call, "as always"));
    } else if always == Always::Clinician && call.role().decides == Decides::HandsOver {
        let sbar = Sbar { situation: "one for you".into(), ..Sbar::default() };
        done.extend(play_leniently(call, &[Action::Transfer { sbar }]));
    } else if let Some(code) = always.code(&script.standards) {
        // Self-care is no way out of a guide: it takes "no" to everything.
        if call.role().decides == Decides::ByGuide && !call.role().early_exits.contains(code) {
            if let Some(guide) = script.scenario.model.guides.first() {
                done.extend(play_leniently(call, &[Action::ChooseGuide(guide.clone())]));
            }
            done.extend(through(call, |_, _| Recorded::No));
        }
        done.extend(play_leniently(call, &[decision(code, "as always")]));
        if call.state().decision.is_none() {
            // It was not to be had: whatever the guide has come to, then.
            done.extend(take_what_is_yielded(call, "as always"));
        }
    }
    done
}

pub(super) fn decision(code: &Id, reason: &str) -> Action {
    Action::Decide { disposition: code.clone(), reason: reason.into(), confidence: Confidence::Certain }
}

/// Through a guide to its end.
fn through(call: &mut Call, answer: impl Fn(&Call, &Id) -> Recorded) -> Vec<TimedAction> {
    let mut done = Vec::new();
    while let Some(question) = call.step().map(|step| step.question.clone()) {
        let answer = answer(call, &question);
        let played = play_leniently(call, &[Action::Record { question, answer }]);
        if played.is_empty() {
            break;
        }
        done.extend(played);
    }
    done
}

fn take_what_is_yielded(call: &mut Call, reason: &str) -> Vec<TimedAction> {
    let yielded = call.state().guide.as_ref().and_then(|guide| guide.yields.clone());
    yielded.map_or(Vec::new(), |code| play_leniently(call, &[decision(&code, reason)]))
}

/// Asks, listens, and does what the answers lead to; knows nothing of the model but who and where,
/// the guide and the advice.
fn careful(call: &mut Call, model: &[Action]) -> Vec<TimedAction> {
    let script = call.script().clone();
    let role = call.role().id.clone();
    let decides = call.role().decides;
    if decides == Decides::HandsOver {
        return play_leniently(call, model);
    }
    let mut done = play_leniently(call, &identity(&script, &role));
    let say = |id: &Id| Action::Say { utterance: id.clone(), to: None };
    let guide = script.scenario.model.guides.first().cloned();
    if decides == Decides::ByGuide {
        done.extend(guide.map_or(Vec::new(), |guide| play_leniently(call, &[Action::ChooseGuide(guide)])));
        while let Some((question, or)) = call.step().map(|step| (step.question.clone(), step.or.clone())) {
            for id in std::iter::once(&question).chain(&or) {
                if call.times_said(id) == 0 {
                    done.extend(play_leniently(call, &[say(id)]));
                }
            }
            // What the last line tells comes to light when it has been spoken.
            let now = call.next_turn();
            call.advance(now);
            let answer = as_heard(call, &question, &or);
            let played = play_leniently(call, &[Action::Record { question, answer }]);
            if played.is_empty() {
                break;
            }
            done.extend(played);
        }
    } else {
        let steps = guide.and_then(|id| script.standards.guide(&id)).map_or(&[][..], |guide| &guide.steps);
        for step in script.standards.guides.opening.iter().chain(steps) {
            done.extend(play_leniently(call, &[say(&step.question)]));
        }
        // What else the model asks: a clinician asks what the story calls for.
        for action in model.iter().filter(|a| matches!(a, Action::Say { utterance, .. } if call.times_said(utterance) == 0 && is_question(&script, utterance))).cloned().collect::<Vec<_>>() {
            done.extend(play_leniently(call, &[action]));
        }
    }
    let now = call.next_turn();
    call.advance(now);
    let heard =
        known(call).filter_map(|n| script.scenario.facts[n].noted.first().cloned()).collect::<Vec<_>>().join(", ");
    done.extend(play_leniently(call, &[Action::Note(heard.clone())]));
    if decides == Decides::ByGuide {
        done.extend(take_what_is_yielded(call, &heard));
    } else {
        let code = most_urgent_known(call).unwrap_or_else(|| best_for(&script, &role));
        done.extend(play_leniently(call, &[decision(&code, &heard)]));
    }
    done.extend(refer(call, None));
    let advice = script.scenario.model.worsening.iter().chain(&script.scenario.model.interim);
    let advice: Vec<Action> = advice.map(say).collect();
    done.extend(play_leniently(call, &advice));
    done.extend(play_leniently(call, &[Action::Close]));
    done
}

fn is_question(script: &Script, id: &str) -> bool {
    script.standards.utterance(id).is_some_and(|(_, u)| u.kind == Kind::Question)
}

/// Half of it left out; "no" for what was not asked.
fn careless(call: &mut Call, model: &[Action], dice: &mut Dice) -> Vec<TimedAction> {
    let script = call.script().clone();
    let mut done = Vec::new();
    let mut guided = false;
    for action in model {
        match action {
            Action::Say { .. } | Action::ConfirmField { .. } | Action::Note(_) | Action::Field { .. }
                if dice.percent(45) => {}
            Action::ChooseGuide(_) => {
                guided = true;
                done.extend(play_leniently(call, std::slice::from_ref(action)));
                done.extend(through(call, |call, question| {
                    if call.times_said(question) == 0 { Recorded::No } else { as_heard(call, question, &[]) }
                }));
            }
            Action::Record { .. } => {}
            Action::Decide { .. } if guided => done.extend(take_what_is_yielded(call, "")),
            Action::Decide { disposition, .. } => {
                let none = || Always::SelfCare.code(&script.standards).cloned();
                let code = most_urgent_known(call).or_else(none).unwrap_or_else(|| disposition.clone());
                done.extend(play_leniently(call, &[decision(&code, "seems right")]));
            }
            Action::Search => done.extend(refer(call, None)),
            Action::Offer(_) | Action::Accept(_) | Action::Reject { .. } => {}
            _ => done.extend(play_leniently(call, std::slice::from_ref(action))),
        }
    }
    done
}

/// Places of the facts that have come to light.
pub(super) fn known(call: &Call) -> impl Iterator<Item = usize> {
    (0..call.script().scenario.facts.len()).filter(|n| call.light(*n).is_some())
}

/// What somebody records who has listened: yes if anything worrying has come to light.
pub(super) fn as_heard(call: &Call, question: &Id, or: &[Id]) -> Recorded {
    let script = call.script();
    let asked: Vec<&Id> = std::iter::once(question).chain(or).collect();
    let asks = |feature: &Id| {
        asked.iter().any(|id| script.standards.utterance(id).is_some_and(|(_, u)| u.probes.contains(feature)))
    };
    let worrying = known(call).any(|n| script.scenario.facts[n].worrying && asks(&script.scenario.facts[n].feature));
    if worrying { Recorded::Yes } else { Recorded::No }
}

/// The most urgent outcome that a known fact asks for at least.
fn most_urgent_known(call: &Call) -> Option<Id> {
    let script = call.script();
    let bounds = known(call).filter_map(|n| match &script.scenario.facts[n].at_least {
        Some(Bound::Code(code)) => Some(code.clone()),
        _ => None,
    });
    bounds.min_by_key(|code| script.standards.rung_of(code))
}

pub(super) fn best_for(script: &Script, role: &str) -> Id {
    let model = &script.scenario.model;
    let own = model.by_role.iter().find(|own| &*own.role == role);
    own.and_then(|own| own.best.clone()).unwrap_or_else(|| model.best.clone())
}
