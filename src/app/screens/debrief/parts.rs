//! The parts of the debrief.

use bevy_egui::egui::{self, Color32, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use super::DebriefAction;
use super::shown::{Open, Shown};
use crate::app::screens::calls::list::verdict_look;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{self, Shape};
use crate::call::Speaker;
use crate::marking::{Criterion, FactStatus, Part, ReferralStatus, Verdict};

fn full<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        contents(ui)
    });
    ui.add_space(2.0);
    shown.inner
}

fn name_of(open: &Open, code: &str) -> String {
    open.live.call().script().standards.disposition(code).map_or_else(|| code.to_owned(), |d| d.name.clone())
}

/// What it came to, in one sentence, and how.
pub fn verdict_ui(ui: &mut Ui, open: &Open) {
    let p = Palette::of(ui);
    let m = &open.marks;
    let (color, _, shape) = verdict_look(p, m.verdict);
    full(ui, |ui| {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(52.0, 52.0), Sense::hover());
            ui.painter().circle_stroke(rect.center(), 24.0, Stroke::new(2.0, color));
            widgets::paint_shape(ui, shape, color, rect.center(), 11.0);
            ui.vertical(|ui| {
                ui.label(rich(headline(open), text::bold(text::PAGE_TITLE), p.text));
                let points = format!("{} of {} points", m.points, m.out_of);
                let capped = if m.safety_caps.is_empty() { String::new() } else { format!(", earned {} before the safety cap", m.earned) };
                let draft = if m.draft { " · draft, not clinically reviewed" } else { "" };
                ui.label(rich(format!("{points}{capped}{draft}"), text::regular(text::BODY), p.text2));
            });
        });
        ui.separator();
        egui::Grid::new("decision").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
            let mut row = |name: &str, words: String| {
                ui.label(rich(name, text::regular(14.0), p.text3));
                ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
                ui.end_row();
            };
            let decided = m.triage.decided.as_ref().map_or("Nothing was decided".into(), |code| name_of(open, code));
            row(if m.triage.transferred { "Reached after your handover" } else { "Your decision" }, decided);
            row("Model answer", name_of(open, &m.triage.best));
            if !m.triage.acceptable.is_empty() {
                let all: Vec<_> = m.triage.acceptable.iter().map(|code| name_of(open, code)).collect();
                row("Also acceptable", all.join("; "));
            }
            if m.triage.decided.is_some() {
                row("Urgency", steps(m.triage.steps));
                row("Care setting", if m.triage.setting_ok { "as in an acceptable outcome" } else { "another than any acceptable outcome's" }.into());
            }
            if let Some(code) = &m.triage.guide_yielded {
                row("Your guide yielded", name_of(open, code));
            }
            row("Referral", referral(open));
        });
        let model = &open.live.call().script().scenario.model;
        ui.add(egui::Label::new(rich(&model.rationale, text::regular(text::BODY), p.text2)).wrap());
    });
}

fn headline(open: &Open) -> String {
    let m = &open.marks;
    match m.verdict {
        Verdict::Right => "In range. What mattered was asked.".into(),
        Verdict::RightNotAssured => "In range, not assured: right without asking what mattered.".into(),
        Verdict::WrongSetting => "Right urgency, another care setting.".into(),
        Verdict::NotDecided => "Nothing was decided.".into(),
        Verdict::UnderTriage | Verdict::OverTriage | Verdict::Unsafe => {
            let unsafely = if m.verdict == Verdict::Unsafe { "An unsafe outcome. " } else { "" };
            let steps = steps(m.triage.steps);
            let first = steps.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            format!("{unsafely}{first}{}.", &steps[first.len()..])
        }
    }
}

fn steps(steps: i32) -> String {
    let count = |n: u32| if n == 1 { "one step".to_owned() } else { format!("{n} steps") };
    match steps {
        0 => "in the acceptable range".into(),
        ..0 => format!("{} under: later than the acceptable range", count(steps.unsigned_abs())),
        1.. => format!("{} over: sooner than the acceptable range", count(steps.unsigned_abs())),
    }
}

fn referral(open: &Open) -> String {
    let m = &open.marks.referral;
    let standards = &open.live.call().script().standards;
    let name = |id: &Option<crate::standards::Id>| {
        id.as_ref().map_or("none".to_owned(), |id| standards.service(id).map_or_else(|| id.to_string(), |s| s.name.clone()))
    };
    match m.status {
        ReferralStatus::Best => format!("{}: the best", name(&m.chosen)),
        ReferralStatus::Acceptable => format!("{}: acceptable; best was {}", name(&m.chosen), name(&m.best)),
        ReferralStatus::Other => format!("{}; best was {}", name(&m.chosen), name(&m.best)),
        ReferralStatus::Missing => format!("None was arranged; best was {}", name(&m.best)),
        ReferralStatus::NotNeeded => "None was needed".into(),
    }
}

/// Two or three changes that would matter most.
pub fn most_ui(ui: &mut Ui, open: &Open) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut lost: Vec<&Criterion> = open.marks.criteria.iter().filter(|c| c.points < c.out_of).collect();
    lost.sort_by_key(|c| std::cmp::Reverse(c.out_of - c.points));
    lost.truncate(3);
    let mut action = None;
    full(ui, |ui| {
        if lost.is_empty() {
            widgets::title(ui, "What would you keep?", "nothing was lost in this call");
            return;
        }
        widgets::title(ui, "What would have mattered most", "");
        for criterion in lost {
            ui.horizontal_top(|ui| {
                widgets::shape(ui, Shape::Diamond, p.cue);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    ui.add(egui::Label::new(rich(&criterion.text, text::bold(text::BODY), p.text)).wrap());
                    ui.add(egui::Label::new(rich(&criterion.why, text::regular(text::BODY), p.text2)).wrap());
                    action = action.take().or(evidence_ui(ui, open, &criterion.evidence));
                });
            });
        }
    });
    action
}

/// Where in the call that shows; a click goes there.
fn evidence_ui(ui: &mut Ui, open: &Open, lines: &[u32]) -> Option<DebriefAction> {
    let mut action = None;
    if lines.is_empty() {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        for line in lines {
            let Some(at) = usize::try_from(*line).ok().and_then(|n| open.live.call().state().lines.get(n)) else { continue };
            let time = widgets::clock(at.from);
            let response = widgets::chip(ui, false, &time);
            widgets::named(ui, &response, &format!("To the line at {time}"));
            if response.on_hover_text(at.text.to_string()).clicked() {
                action = Some(DebriefAction::Line(*line));
            }
        }
    });
    action
}

pub fn facts_ui(ui: &mut Ui, open: &Open, action: &mut Option<DebriefAction>) {
    let p = Palette::of(ui);
    full(ui, |ui| {
        widgets::title(ui, "What there was to find out", "");
        for fact in &open.marks.facts {
            let (shape, color, words) = match fact.status {
                FactStatus::Elicited => (Shape::Dot, p.ok, "Elicited"),
                FactStatus::NeverAsked => (Shape::Down, p.under, "Never asked"),
                FactStatus::GivenAndIgnored => (Shape::Diamond, p.cue, "Given and ignored"),
            };
            ui.horizontal_top(|ui| {
                widgets::shape(ui, shape, color);
                ui.add_sized([130.0, 20.0], egui::Label::new(rich(words, text::bold(14.0), color)).halign(egui::Align::LEFT));
                ui.vertical(|ui| {
                    let key = if fact.key { "" } else { " (not essential)" };
                    ui.add(egui::Label::new(rich(format!("{}{key}", fact.is), text::regular(text::BODY), p.text)).wrap());
                    *action = action.take().or(evidence_ui(ui, open, &fact.evidence));
                });
            });
        }
    });
}

const PARTS: [(Part, &str); 6] = [
    (Part::Triage, "Triage"),
    (Part::Referral, "Onward referral"),
    (Part::Assessment, "Assessment"),
    (Part::Safety, "Safety"),
    (Part::Communication, "Communication"),
    (Part::Record, "Record and handover"),
];

pub fn criteria_ui(ui: &mut Ui, open: &Open, shown: &mut Shown) -> Option<DebriefAction> {
    let mut action = None;
    full(ui, |ui| {
        widgets::title(ui, "The marks", "each with what earned or lost it");
        ui.horizontal_wrapped(|ui| {
            for (part, name) in PARTS {
                let of = open.marks.criteria.iter().filter(|c| c.part == part);
                let (won, all) = of.fold((0, 0), |(won, all), c| (won + c.points, all + c.out_of));
                if widgets::choice(ui, shown.part == Some(part), &format!("{name}  {won}/{all}")).clicked() {
                    shown.part = (shown.part != Some(part)).then_some(part);
                }
            }
        });
        for criterion in open.marks.criteria.iter().filter(|c| shown.part.is_none_or(|part| c.part == part)) {
            ui.separator();
            action = action.take().or(criterion_ui(ui, open, criterion, shown));
        }
    });
    action
}

fn criterion_ui(ui: &mut Ui, open: &Open, criterion: &Criterion, shown: &mut Shown) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let (shape, color) = match criterion.points {
        all if all == criterion.out_of => (Shape::Dot, p.ok),
        0 => (Shape::Circle, p.under),
        _ => (Shape::Diamond, p.cue),
    };
    ui.horizontal_top(|ui| {
        widgets::shape(ui, shape, color);
        let points = format!("{}/{}", criterion.points, criterion.out_of);
        ui.add_sized([44.0, 20.0], egui::Label::new(rich(points, text::mono(14.0), p.text2)));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add(egui::Label::new(rich(&criterion.text, text::regular(text::BODY), p.text)).wrap());
            let why = format!("{} · {}", criterion.competence, criterion.why);
            ui.add(egui::Label::new(rich(why, text::regular(14.0), p.text2)).wrap());
            action = evidence_ui(ui, open, &criterion.evidence);
            action = action.take().or(contest_ui(ui, criterion, shown));
        });
    });
    action
}

/// "I do not agree": goes to whoever keeps the scenario.
fn contest_ui(ui: &mut Ui, criterion: &Criterion, shown: &mut Shown) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    match &mut shown.contesting {
        Some((id, why)) if *id == criterion.id => {
            widgets::field(ui, egui::Id::new("contest"), why, "Why do you contest this mark?", "Why?");
            let mut action = None;
            let mut away = false;
            ui.horizontal(|ui| {
                if widgets::button(ui, "Contest this mark").clicked() {
                    action = Some(DebriefAction::Contest(id.clone(), why.trim().to_owned()));
                }
                away = widgets::button(ui, "Leave it").clicked();
            });
            if away {
                shown.contesting = None;
            }
            action
        }
        _ => {
            let link = ui.add(egui::Button::new(rich("Contest", text::regular(text::CAPTION), p.text3)).frame(false));
            widgets::named(ui, &link, &format!("Contest: {}", criterion.text));
            if link.clicked() {
                shown.contesting = Some((criterion.id.clone(), String::new()));
            }
            None
        }
    }
}

pub fn competences_ui(ui: &mut Ui, open: &Open) {
    let p = Palette::of(ui);
    let standards = &open.live.call().script().standards;
    full(ui, |ui| {
        widgets::title(ui, "Competences", "in this call");
        for mark in open.marks.competences.iter().filter(|mark| mark.out_of > 0) {
            let name = standards.competence(&mark.id).map_or("", |c| c.name.as_str());
            let percent = mark.points * 100 / mark.out_of;
            let (words, shape, color) = if percent >= standards.marking.secure_percent {
                ("Secure", Shape::Dot, p.ok)
            } else if percent >= standards.marking.building_percent {
                ("Building", Shape::Diamond, p.cue)
            } else {
                ("Revisit", Shape::Circle, p.under)
            };
            ui.add(egui::Label::new(rich(format!("{} {name}", mark.id), text::regular(14.0), p.text)).truncate());
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 96.0, 8.0), Sense::hover());
                bar(ui, rect, percent, p.text2, p.bg3);
                widgets::shape(ui, shape, color);
                ui.label(rich(words, text::regular(text::CAPTION), p.text2));
            });
        }
    });
}

fn bar(ui: &Ui, rect: Rect, percent: u32, color: Color32, under: Color32) {
    ui.painter().rect_filled(rect, CornerRadius::same(4), under);
    let filled = Rect::from_min_size(rect.min, vec2(rect.width() * percent.min(100) as f32 / 100.0, rect.height()));
    ui.painter().rect_filled(filled, CornerRadius::same(4), color);
}

pub fn cap_ui(ui: &mut Ui, open: &Open) {
    let p = Palette::of(ui);
    let m = &open.marks;
    if m.safety_caps.is_empty() {
        return;
    }
    let frame = widgets::panel(ui).stroke(Stroke::new(1.0, p.safety));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, &format!("Safety cap: {} becomes {}", m.earned, m.points), "");
        for cap in &m.safety_caps {
            ui.add(egui::Label::new(rich(&cap.text, text::regular(text::BODY), p.text)).wrap());
        }
    });
    ui.add_space(2.0);
}

pub fn afterwards_ui(ui: &mut Ui, open: &Open) {
    let p = Palette::of(ui);
    let words = &open.live.call().script().scenario.afterwards;
    full(ui, |ui| {
        widgets::title(ui, "What happened next", "");
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
    });
}

pub fn reflection_ui(ui: &mut Ui, shown: &mut Shown) -> Option<DebriefAction> {
    let mut action = None;
    full(ui, |ui| {
        widgets::title(ui, "Reflection", "only you see this until you share it");
        widgets::area(ui, egui::Id::new("reflection"), &mut shown.reflection, 5, "Reflection", "What will you do the same, and what differently?");
        let words = shown.reflection.trim().to_owned();
        ui.add_enabled_ui(!words.is_empty(), |ui| {
            if widgets::primary(ui, "Keep it").clicked() {
                action = Some(DebriefAction::Reflect(words));
            }
        });
    });
    action
}

/// The whole call, with a sign beside every line that a mark points at.
pub fn transcript_ui(ui: &mut Ui, open: &Open, jump: Option<u32>) {
    let p = Palette::of(ui);
    let here = egui::Id::new("debrief line");
    if let Some(line) = jump {
        ui.data_mut(|data| data.insert_temp(here, line));
    }
    let chosen = ui.data(|data| data.get_temp::<u32>(here));
    full(ui, |ui| {
        widgets::title(ui, "The call", "");
        for (n, line) in (0_u32..).zip(&open.live.call().state().lines) {
            let marks: Vec<&Criterion> = open.marks.criteria.iter().filter(|c| c.evidence.contains(&n)).collect();
            let shown = ui.horizontal_top(|ui| {
                ui.add_sized([52.0, 20.0], egui::Label::new(rich(widgets::clock(line.from), text::mono(text::CAPTION), p.text3)));
                let lost = marks.iter().any(|c| c.points < c.out_of);
                match (marks.is_empty(), lost) {
                    (true, _) => drop(ui.allocate_exact_size(vec2(14.0, 18.0), Sense::hover())),
                    (false, true) => widgets::shape(ui, Shape::Diamond, p.cue),
                    (false, false) => widgets::shape(ui, Shape::Dot, p.ok),
                }
                let own = line.by == Speaker::Trainee;
                let name = crate::app::screens::call::speaker(&open.live, &line.by);
                let color = if own { p.accent } else { p.text3 };
                ui.add_sized([70.0, 20.0], egui::Label::new(rich(name, text::regular(14.0), color)).truncate().halign(egui::Align::LEFT));
                let words = if line.by == Speaker::Sound {
                    rich(line.text.to_string(), text::italic(text::BODY), p.text2)
                } else {
                    rich(line.text.to_string(), text::regular(text::BODY), if own { p.text2 } else { p.text })
                };
                ui.add(egui::Label::new(words).wrap());
            });
            if chosen == Some(n) {
                let rect = shown.response.rect.expand(3.0);
                ui.painter().rect_stroke(rect, CornerRadius::same(6), Stroke::new(2.0, p.cue), StrokeKind::Outside);
                if jump.is_some() {
                    ui.scroll_to_rect(rect, Some(egui::Align::Center));
                }
            }
        }
    });
}
