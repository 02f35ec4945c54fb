//! A session as it stands: events in, state out. The same events give the same state, so a session that was broken off
//! goes on where it was.

use std::collections::BTreeMap;

use super::super::agenda::Step;
use super::event::{By, Channel, Kept, LearningPoint, Plan, SessionEvent, Side};
use crate::records::Rating;
use crate::standards::Id;

/// The most people in a session, things said of one call, and the longest of them in characters.
const MOST_PEOPLE: usize = 200;
const MOST_SAID: usize = 100;
const TEXT_LENGTH: usize = 1_000;
/// "Three that went well and three to do differently."
pub const THREE: usize = 3;

/// Why something cannot happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("a session begins with its plan, once")]
    NotPlanned,
    #[error("the session has not begun")]
    NotBegun,
    #[error("the session has begun already")]
    AlreadyBegun,
    #[error("the session is over")]
    Over,
    #[error("there is no such call in the session")]
    NoCall,
    #[error("a part ends after it begins")]
    NoPart,
    #[error("its owner has not been asked whether this call may be played")]
    NotAsked,
    #[error("this is not the time for it")]
    OtherStep,
    #[error("the decisions are revealed: none can be changed")]
    Revealed,
    #[error("nobody has decided")]
    NobodyDecided,
    #[error("not everybody has decided: wait, or reveal without them")]
    NotEverybody,
    #[error("there is no decision of this seat")]
    NoSeat,
    #[error("say first who speaks first, or that nobody wants to")]
    NobodyFirst,
    #[error("the volunteer speaks first: their score, {THREE} things that went well and {THREE} to do differently")]
    VolunteerFirst,
    #[error("write down what was agreed, or that nothing was")]
    NothingWritten,
    #[error("it is empty")]
    Empty,
    #[error("it is too long or there is too much of it")]
    TooMuch,
    #[error("more people agree than there are")]
    TooMany,
}

/// A decision of the blind round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub disposition: Id,
    pub registered: Option<bool>,
    pub by: Channel,
}

/// One call of the session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallState {
    /// What its owner said today; `None`: not asked.
    pub consent: Option<bool>,
    /// The part that is played of the call as it was taken, and of the model call, in milliseconds of call time.
    /// `None`: all that was planned.
    pub parts: [Option<(u32, u32)>; 2],
    /// By seat. Not to be shown before the reveal, and never with a name.
    pub decisions: BTreeMap<String, Decision>,
    pub not_all: bool,
    pub revealed: bool,
    /// `None`: not settled; `Some(None)`: nobody wants to.
    pub volunteer: Option<Option<String>>,
    pub self_score: Option<Rating>,
    pub well: Vec<(By, String)>,
    pub differently: Vec<(By, String)>,
    pub agreed: Option<LearningPoint>,
    pub nothing_agreed: bool,
    /// Looked at again: when, what was found, whether it was kept.
    pub followed_up: Vec<(String, String, Kept)>,
}

impl CallState {
    /// The volunteer has scored themselves and named what went well and what to do differently, or nobody wants to.
    #[must_use]
    pub fn volunteer_is_done(&self) -> bool {
        let own = |list: &[(By, String)]| list.iter().filter(|(by, _)| *by == By::Volunteer).count();
        match &self.volunteer {
            None => false,
            Some(None) => true,
            Some(Some(_)) => self.self_score.is_some() && own(&self.well) >= THREE && own(&self.differently) >= THREE,
        }
    }
}

/// What is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plays<'s> {
    /// This record; its owner said yes today, or it is nobody's.
    Record(&'s str),
    /// The model call of the scenario: there is no record, or its owner said no.
    ModelCall,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub plan: Plan,
    /// Civil date and time; `None`: not begun.
    pub begun: Option<String>,
    /// How many are there.
    pub present: u32,
    pub step: Step,
    /// Which call, from 0.
    pub call: usize,
    /// When the step began, in seconds since the session did.
    pub since: u32,
    pub calls: Vec<CallState>,
    pub take_aways: Vec<String>,
    pub over: bool,
    /// How many events there are: the sequence number of the next.
    pub events: u32,
}

impl Session {
    /// A session that was planned.
    #[must_use]
    pub fn planned(plan: Plan) -> Self {
        let calls = vec![CallState::default(); plan.calls.len()];
        Self {
            plan,
            begun: None,
            present: 0,
            step: Step::SetUp,
            call: 0,
            since: 0,
            calls,
            take_aways: Vec::new(),
            over: false,
            events: 1,
        }
    }

    /// A session from its events ([`super::events_of`]).
    ///
    /// # Errors
    /// [`Refused`] with the number of the event that cannot have happened.
    pub fn of<'e>(events: impl IntoIterator<Item = &'e SessionEvent>) -> Result<Self, (u32, Refused)> {
        let mut events = events.into_iter();
        let Some(SessionEvent::Planned(plan)) = events.next() else { return Err((0, Refused::NotPlanned)) };
        let mut session = Self::planned((**plan).clone());
        for event in events {
            let n = session.events;
            session.apply(event).map_err(|refused| (n, refused))?;
        }
        Ok(session)
    }

    /// Whether something can happen now: to be asked before it is saved.
    ///
    /// # Errors
    /// Why not, in a sentence.
    pub fn check(&self, event: &SessionEvent) -> Result<(), Refused> {
        self.clone().apply(event)
    }

    /// Takes in what happened. Refused, it changes nothing.
    ///
    /// # Errors
    /// Why it cannot have happened, in a sentence.
    pub fn apply(&mut self, event: &SessionEvent) -> Result<(), Refused> {
        self.may(event)?;
        self.events += 1;
        let here = self.calls.get_mut(self.call);
        match event {
            SessionEvent::Planned(_) => {}
            SessionEvent::Begun { at, present } => {
                self.begun = Some(at.clone());
                self.present = *present;
            }
            SessionEvent::Consent { call, given } => self.calls[*call as usize].consent = Some(*given),
            SessionEvent::Part { call, model, from, to } => {
                self.calls[*call as usize].parts[usize::from(*model)] = Some((*from, *to));
            }
            SessionEvent::Next { at } => {
                self.since = *at;
                (self.step, self.call) = self.following();
                if self.step == Step::Reveal {
                    self.calls[self.call].revealed = true;
                }
            }
            SessionEvent::TakeAway(text) => self.take_aways.push(text.trim().to_owned()),
            SessionEvent::Closed { at } => (self.over, self.since) = (true, *at),
            SessionEvent::FollowedUp { call, on, words, kept } => {
                self.calls[*call as usize].followed_up.push((on.clone(), words.clone(), *kept));
            }
            _ => {
                if let Some(here) = here {
                    of_a_call(here, event);
                }
            }
        }
        Ok(())
    }

    fn may(&self, event: &SessionEvent) -> Result<(), Refused> {
        let text = |text: &str| match text.trim() {
            "" => Err(Refused::Empty),
            long if long.chars().count() > TEXT_LENGTH => Err(Refused::TooMuch),
            _ => Ok(()),
        };
        match event {
            SessionEvent::Planned(_) => return Err(Refused::NotPlanned),
            // Afterwards, weeks later.
            SessionEvent::FollowedUp { call, words, .. } => {
                let there = self.calls.get(*call as usize).is_some_and(|call| call.agreed.is_some());
                return if there { text(words) } else { Err(Refused::NoCall) };
            }
            _ if self.over => return Err(Refused::Over),
            // A yes can be given before, and taken back at any moment.
            SessionEvent::Consent { call, .. } => {
                let known = self.plan.calls.get(*call as usize).is_some_and(|call| call.owner.is_some());
                return if known { Ok(()) } else { Err(Refused::NoCall) };
            }
            SessionEvent::Part { call, from, to, .. } => {
                return match self.calls.get(*call as usize) {
                    None => Err(Refused::NoCall),
                    Some(call) if call.revealed => Err(Refused::Revealed),
                    Some(_) if from >= to => Err(Refused::NoPart),
                    Some(_) => Ok(()),
                };
            }
            SessionEvent::Begun { .. } => {
                return if self.begun.is_none() { Ok(()) } else { Err(Refused::AlreadyBegun) };
            }
            _ if self.begun.is_none() => return Err(Refused::NotBegun),
            SessionEvent::Next { .. } => return self.may_go_on(),
            SessionEvent::TakeAway(words) => {
                text(words)?;
                return if self.take_aways.len() < MOST_PEOPLE { Ok(()) } else { Err(Refused::TooMuch) };
            }
            SessionEvent::Closed { .. } => {
                return if self.step == Step::Close { Ok(()) } else { Err(Refused::OtherStep) };
            }
            _ => {}
        }
        let Some(here) = self.calls.get(self.call) else { return Err(Refused::NoCall) };
        let at = |steps: &[Step]| if steps.contains(&self.step) { Ok(()) } else { Err(Refused::OtherStep) };
        match event {
            SessionEvent::Decided { seat, .. } => {
                self.may_decide(here)?;
                let new = !here.decisions.contains_key(seat);
                text(seat)?;
                if new && here.decisions.len() >= MOST_PEOPLE { Err(Refused::TooMuch) } else { Ok(()) }
            }
            SessionEvent::TakenBack { seat } => {
                self.may_decide(here)?;
                if here.decisions.contains_key(seat) { Ok(()) } else { Err(Refused::NoSeat) }
            }
            SessionEvent::NotAll => at(&[Step::Decide]),
            SessionEvent::Volunteer { .. } => at(&[Step::Reveal, Step::Discuss]),
            SessionEvent::SelfScore(_) => {
                at(&[Step::Discuss])?;
                if matches!(here.volunteer, Some(Some(_))) { Ok(()) } else { Err(Refused::NobodyFirst) }
            }
            SessionEvent::Said { by, side, text: words } => {
                at(&[Step::Discuss, Step::Agree])?;
                text(words)?;
                let list = if *side == Side::WentWell { &here.well } else { &here.differently };
                match by {
                    _ if list.len() >= MOST_SAID => Err(Refused::TooMuch),
                    _ if here.volunteer.is_none() => Err(Refused::NobodyFirst),
                    By::Volunteer if here.volunteer == Some(None) => Err(Refused::NobodyFirst),
                    By::Room if !here.volunteer_is_done() => Err(Refused::VolunteerFirst),
                    _ => Ok(()),
                }
            }
            SessionEvent::Agreed(point) => {
                at(&[Step::Agree])?;
                [&point.text, &point.owner, &point.on].into_iter().try_for_each(|words| text(words))?;
                if point.agree > point.of { Err(Refused::TooMany) } else { Ok(()) }
            }
            SessionEvent::NothingAgreed => at(&[Step::Agree]),
            _ => Ok(()),
        }
    }

    fn may_decide(&self, here: &CallState) -> Result<(), Refused> {
        match self.step {
            _ if here.revealed => Err(Refused::Revealed),
            // Whoever is quick decides while the others still listen.
            Step::Listen | Step::Decide => Ok(()),
            _ => Err(Refused::OtherStep),
        }
    }

    /// The step after this one, and of which call.
    fn following(&self) -> (Step, usize) {
        let place = Step::OF_A_CALL.iter().position(|step| *step == self.step);
        match place.map(|place| Step::OF_A_CALL.get(place + 1)) {
            Some(Some(next)) => (*next, self.call),
            Some(None) if self.call + 1 < self.calls.len() => (Step::Listen, self.call + 1),
            None if self.step == Step::SetUp && !self.calls.is_empty() => (Step::Listen, 0),
            _ => (Step::Close, self.call),
        }
    }

    fn may_go_on(&self) -> Result<(), Refused> {
        let here = self.calls.get(self.call);
        match (self.step, here) {
            (Step::Close, _) => return Err(Refused::OtherStep),
            (Step::Decide, Some(here)) => {
                let decided = u32::try_from(here.decisions.len()).unwrap_or(u32::MAX);
                if decided == 0 {
                    return Err(Refused::NobodyDecided);
                }
                if decided < self.present && !here.not_all {
                    return Err(Refused::NotEverybody);
                }
            }
            (Step::Discuss, Some(here)) if here.volunteer.is_none() => return Err(Refused::NobodyFirst),
            (Step::Agree, Some(here)) if here.agreed.is_none() && !here.nothing_agreed => {
                return Err(Refused::NothingWritten);
            }
            _ => {}
        }
        let (step, call) = self.following();
        let asked = |call: usize| self.plan.calls[call].owner.is_none() || self.calls[call].consent.is_some();
        if step == Step::Listen && !asked(call) { Err(Refused::NotAsked) } else { Ok(()) }
    }

    /// What may be played of a call.
    #[must_use]
    pub fn plays(&self, call: usize) -> Plays<'_> {
        let (Some(planned), Some(state)) = (self.plan.calls.get(call), self.calls.get(call)) else {
            return Plays::ModelCall;
        };
        let may = planned.owner.is_none() || state.consent == Some(true);
        planned.record.as_deref().filter(|_| may).map_or(Plays::ModelCall, Plays::Record)
    }

    /// From where to where a call is played, in milliseconds of call time; `None`: all of it.
    #[must_use]
    pub fn part(&self, call: usize, model: bool) -> Option<(u32, u32)> {
        let chosen = self.calls.get(call).and_then(|state| state.parts[usize::from(model)]);
        let planned = self.plan.calls.get(call).and_then(|planned| planned.clip);
        chosen.or(planned.filter(|_| !model))
    }

    /// How many have decided on the call that it is at, of how many: "6 of 8 in".
    #[must_use]
    pub fn in_of(&self) -> (u32, u32) {
        let decided = self.calls.get(self.call).map_or(0, |call| call.decisions.len());
        (u32::try_from(decided).unwrap_or(u32::MAX), self.present)
    }

    /// Seconds left of this step, `now` in seconds since the beginning; below zero: over time.
    #[must_use]
    pub fn seconds_left(&self, now: u32) -> i64 {
        let planned = i64::from(self.plan.format.minutes(self.step)) * 60;
        planned - (i64::from(now) - i64::from(self.since))
    }
}

/// What happens within a call.
fn of_a_call(here: &mut CallState, event: &SessionEvent) {
    match event {
        SessionEvent::Decided { seat, disposition, registered, by } => {
            let decision = Decision { disposition: disposition.clone(), registered: *registered, by: *by };
            here.decisions.insert(seat.clone(), decision);
        }
        SessionEvent::TakenBack { seat } => {
            here.decisions.remove(seat);
        }
        SessionEvent::NotAll => here.not_all = true,
        SessionEvent::Volunteer { name } => here.volunteer = Some(name.clone()),
        SessionEvent::SelfScore(score) => here.self_score = Some(*score),
        SessionEvent::Said { side, by, text } => {
            let list = if *side == Side::WentWell { &mut here.well } else { &mut here.differently };
            list.push((*by, text.trim().to_owned()));
        }
        SessionEvent::Agreed(point) => (here.agreed, here.nothing_agreed) = (Some(point.clone()), false),
        SessionEvent::NothingAgreed => (here.agreed, here.nothing_agreed) = (None, true),
        _ => {}
    }
}
