//! Why a service is passed over. Some reasons need a few words.

use bevy_egui::egui::{self, Key, Ui};

use super::super::state::Do;
use super::state::Outcome;
use super::{chosen, roving};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::{Action, COMMENT_TEXT, Speaker};
use crate::standards::{Permission, Service};

pub fn comment_id() -> egui::Id {
    egui::Id::new("reject comment")
}

pub fn reject_ui(ui: &mut Ui, live: &Live, service: &Service, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let standards = &live.call().script().standards;
    ui.spacing_mut().item_spacing.y = 5.0;
    let (fresh, top) = (state.fresh_reasons, ui.cursor().top());
    ui.separator();
    if let Some(chosen) = state.choosing.as_ref().and_then(|id| standards.service(id)) {
        let words = format!("This stands above {}. Why not this one?", chosen.name);
        roving::words(ui, words, text::bold(14.0), p.text);
    }
    widgets::caption(ui, "Reason for rejecting (* needs a comment)");
    reasons_ui(ui, live, state);
    let typing = ui.memory(|memory| memory.has_focus(comment_id()));
    let submits = typing && (roving::pressed(ui, Key::Enter) || keys::pressed(ui.ctx(), Command::ReferAndClose));
    let comment = widgets::field(ui, comment_id(), &mut state.comment, "Comment", "A few words");
    if std::mem::take(&mut state.fresh_comment) {
        comment.request_focus();
    }
    if state.comment_missing {
        chosen::complaint(ui, "Add a few words");
    }
    ui.horizontal_wrapped(|ui| {
        let reject = widgets::button(ui, "Reject it");
        if std::mem::take(&mut state.fresh_submit) {
            reject.request_focus();
        }
        if (reject.clicked() || submits)
            && let Some(reason) = state.reject_reason
        {
            let needs = standards.reject_reason(reason).is_some_and(|reason| reason.needs_comment);
            if needs && state.comment.trim().is_empty() {
                state.comment_missing = true;
                comment.request_focus();
            } else {
                let comment = state.comment.clone();
                todo.push(Do::Act(Action::Reject { service: service.id.clone(), reason, comment }));
            }
        } else if reject.clicked() || submits {
            state.fresh_reasons = true;
        }
        if let Some(words) = last_words(live)
            && widgets::chip(ui, false, "Their last words").clicked()
        {
            state.comment = words;
        }
        if widgets::chip(ui, false, "Not now").clicked() {
            state.close();
        }
    });
    if fresh {
        ui.scroll_to_rect(ui.min_rect().with_min_y(top), None);
    }
    if !state.comment.trim().is_empty() {
        state.comment_missing = false;
    }
}

fn reasons_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let call = live.call();
    let may = call.role().may.contains(&Permission::RejectClinically);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for reason in &call.script().standards.reject_reasons.reasons {
            if reason.clinician_only && !may {
                continue;
            }
            let star = if reason.needs_comment { " *" } else { "" };
            let chosen = state.reject_reason == Some(reason.id);
            let words = format!("{}{star}", reason.name);
            let chip = roving::pill(ui, chosen, &words, &words);
            if std::mem::take(&mut state.fresh_reasons) {
                chip.request_focus();
            }
            if chip.clicked() {
                state.reject_reason = Some(reason.id);
                state.comment_missing = false;
                state.fresh_comment = reason.needs_comment;
                state.fresh_submit = !reason.needs_comment;
            }
        }
    });
}

/// What whoever is on the line said last: a comment by mouse alone.
fn last_words(live: &Live) -> Option<String> {
    let clock = live.clock();
    let mut lines = live.call().state().lines.iter().rev();
    let line = lines.find(|line| line.until <= clock && matches!(line.by, Speaker::Caller | Speaker::Patient));
    line.map(|line| line.text.chars().take(COMMENT_TEXT).collect())
}
