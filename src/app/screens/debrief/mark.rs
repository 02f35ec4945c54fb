//! A mark as it is shown: what kind it is, in whose words, and where in the call it sits.

use bevy_egui::egui::{Color32, FontId};

use super::rows::{Row, Voice};
use super::wording;
use crate::app::library::Library;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::call::{Call, Event};
use crate::marking::{Assessment, Criterion, Part};
use crate::standards::Stage;

/// What became of it. Shape and word come before colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Safety,
    Under,
    Over,
    NeverAsked,
    Ignored,
    Missed,
    Partly,
    Done,
}

impl Kind {
    pub fn icon(self) -> &'static str {
        match self {
            Kind::Safety => icons::SHIELD_WARNING,
            Kind::Under => icons::ARROW_DOWN,
            Kind::Over => icons::ARROW_UP,
            Kind::NeverAsked => icons::MINUS_CIRCLE,
            Kind::Ignored => icons::EAR_SLASH,
            Kind::Missed => icons::CIRCLE_DASHED,
            Kind::Partly => icons::CIRCLE_HALF,
            Kind::Done => icons::CHECK,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Kind::Safety => "Safety",
            Kind::Under => "Decided too late",
            Kind::Over => "Decided too soon",
            Kind::NeverAsked => "Never asked",
            Kind::Ignored => "Heard, not acted on",
            Kind::Missed => "Not done",
            Kind::Partly => "Done in part",
            Kind::Done => "Done well",
        }
    }

    /// The shield alone is filled.
    pub fn font(self, size: f32) -> FontId {
        if self == Kind::Safety { text::icon_fill(size) } else { text::regular(size) }
    }

    /// Strong and soft.
    pub fn colors(self, p: &Palette) -> (Color32, Color32) {
        match self {
            Kind::Done => (p.ok, p.ok_soft),
            Kind::Ignored | Kind::Partly => (p.cue, p.cue_soft),
            Kind::NeverAsked | Kind::Missed | Kind::Under => (p.under, p.under_soft),
            Kind::Over => (p.over, p.over_soft),
            Kind::Safety => (p.safety, p.safety_soft),
        }
    }
}

/// Which marks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    Done,
    Ignored,
    NeverAsked,
    Safety,
    Other,
}

impl Filter {
    /// All of them, with the kind that stands for each.
    pub const ALL: [(Filter, &'static str, Option<Kind>); 6] = [
        (Filter::All, "All", None),
        (Filter::Done, "Done well", Some(Kind::Done)),
        (Filter::Ignored, "Heard, not acted on", Some(Kind::Ignored)),
        (Filter::NeverAsked, "Never asked", Some(Kind::NeverAsked)),
        (Filter::Safety, "Safety", Some(Kind::Safety)),
        (Filter::Other, "Other", Some(Kind::Partly)),
    ];

    pub fn lets(self, kind: Kind) -> bool {
        match self {
            Filter::All => true,
            Filter::Done => kind == Kind::Done,
            Filter::Ignored => kind == Kind::Ignored,
            Filter::NeverAsked => kind == Kind::NeverAsked,
            Filter::Safety => kind == Kind::Safety,
            Filter::Other => matches!(kind, Kind::Under | Kind::Over | Kind::Missed | Kind::Partly),
        }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Id of its criterion.
    pub id: String,
    pub kind: Kind,
    pub title: String,
    /// Competence, and where it sits when that is no line.
    pub beneath: String,
    /// What earned or lost it, as a sentence.
    pub why: String,
    pub points: u32,
    pub out_of: u32,
    /// Milliseconds of call time; absent: it is about the whole call.
    pub at: Option<u32>,
    /// Rows of the transcript, the telling one first.
    pub rows: Vec<usize>,
}

/// All marks in the order of the call, those about all of it last.
pub fn marks(call: &Call, mark: &Assessment, rows: &[Row], library: &Library) -> Vec<Mark> {
    let steps = mark.triage.steps;
    let criteria = mark.criteria.iter().filter(|c| c.out_of > 0);
    let mut marks: Vec<Mark> = criteria.map(|c| one(call, c, steps, rows, library)).collect();
    marks.sort_by_key(|mark| (mark.at.is_none(), mark.at, mark.kind));
    marks
}

fn one(call: &Call, c: &Criterion, steps: i32, rows: &[Row], library: &Library) -> Mark {
    let kind = kind(c, steps);
    let moment = c.at.and_then(|at| rows.iter().position(|row| row.at == at && row.voice == Voice::Moment));
    let lines = c.evidence.iter().filter_map(|line| rows.iter().position(|row| row.line == Some(*line)));
    // What was last heard before a decision is no part of it where the decision itself can be shown.
    let decision = matches!(c.id.as_str(), "urgency" | "setting" | "best" | "reason");
    let lines = lines.filter(|_| !(decision && moment.is_some()));
    let mut own: Vec<usize> = moment.into_iter().chain(lines).collect();
    let shown = c.at.or_else(|| own.first().map(|&row| rows[row].at));
    let (at, place) = match shown {
        Some(at) => (Some(at), ""),
        None => place(call, c, kind),
    };
    // What left no trace sits where its time was up.
    if own.is_empty()
        && let Some(at) = at
    {
        own.extend(rows.iter().rposition(|row| row.at <= at));
    }
    let title = wording::title(c, kind, call, library);
    let competence = library.standards.competence(&c.competence).map_or("", |known| &known.name);
    let place = if place.is_empty() { String::new() } else { format!(" · {place}") };
    Mark {
        id: c.id.clone(),
        kind,
        why: wording::why(c, &title),
        title,
        beneath: format!("{} {competence}{place}", c.competence),
        points: c.points,
        out_of: c.out_of,
        at,
        rows: own,
    }
}

fn kind(c: &Criterion, steps: i32) -> Kind {
    let id = c.id.as_str();
    let silent = c.evidence.is_empty();
    if c.points == c.out_of {
        return Kind::Done;
    }
    match id {
        "urgency" if steps < 0 => Kind::Under,
        "urgency" if steps > 0 => Kind::Over,
        "recorded" if !silent => Kind::Ignored,
        "empathy" if c.why.starts_with("feeling was shown") => Kind::Ignored,
        _ if id.starts_with("fact/") && c.why.starts_with("was given") => Kind::Ignored,
        _ if id.starts_with("fact/") && silent => Kind::NeverAsked,
        _ if id.starts_with("cue/") && !silent => Kind::Ignored,
        _ if id.starts_with("asked/") || id.starts_with("read-back/") => Kind::NeverAsked,
        _ if c.part == Part::Safety => Kind::Safety,
        _ if c.points > 0 => Kind::Partly,
        _ => Kind::Missed,
    }
}

/// Where something sits that left no trace: where the stage was left to which it belongs.
fn place(call: &Call, c: &Criterion, kind: Kind) -> (Option<u32>, &'static str) {
    if kind == Kind::Done {
        return (None, "the whole call");
    }
    let entered = |stages: &[Stage]| {
        let mut events = call.events().iter();
        events.find(|timed| matches!(timed.event, Event::Stage(stage) if stages.contains(&stage))).map(|timed| timed.at)
    };
    let end = call.state().now;
    let decided = call.state().decision.as_ref().map(|decision| decision.at);
    use Stage::{Close, Context, Detail, First, Plan, Story};
    match (c.part, &*c.competence) {
        (Part::Safety, "C1") => match entered(&[First, Story, Detail, Context, Plan, Close]) {
            Some(at) => (Some(at), "when you left Open"),
            None => (decided.or(Some(end)), "by the time you decided"),
        },
        (Part::Assessment, "C2") => match entered(&[Story, Detail, Context, Plan, Close]) {
            Some(at) => (Some(at), "when you left the emergency check"),
            None => (decided.or(Some(end)), "by the time you decided"),
        },
        (Part::Assessment, _) => match entered(&[Plan, Close]) {
            Some(at) => (Some(at), "when you went on to the plan"),
            None => (decided.or(Some(end)), "by the time you decided"),
        },
        (Part::Communication, _) => (None, "the whole call"),
        _ => (Some(end), "by the end of the call"),
    }
}
