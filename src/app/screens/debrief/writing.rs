//! What people add: a comment, a contested mark, a reflection that is one's own until shared.

use bevy_egui::egui::{
    self, CornerRadius, Frame, Margin, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::judging;
use super::model::Page;
use super::view::{About, Do};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{area, button, caption, card, notice, panel, primary, ring, title};
use crate::call::clock;
use crate::records::{Annotation, AnnotationKind};

/// What is being written: a comment, why a mark is contested, a trainer's own mark or answer.
pub fn draft_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let trainer = page.trainer;
    let about = page.view.draft.as_ref()?.about;
    let (name, hint, send, below) = match about {
        About::Row(row) => {
            let at = clock(page.rows[row].at);
            (format!("Comment at {at}"), "What did you notice here?", "Save comment", "")
        }
        About::Mark(_) => {
            let below = "Kept with the call, and shown to those who review it. The mark stands until they have looked.";
            ("Why this mark is contested".to_owned(), "What should the reviewers know?", "Contest this mark", below)
        }
        About::Own(_) => {
            let below = "Kept beside the machine's mark, never in its place. What other trainers gave is shown once \
                         yours is in.";
            ("Your own mark".to_owned(), "What do you go by? May stay empty.", "Save my mark", below)
        }
        About::Answer(n, place) => {
            let by = page.said_of(n).and_then(|line| line.contested.get(place)).map(|one| who(&one.by));
            let name = by.map_or("Your answer".to_owned(), |by| format!("Your answer to {by}"));
            (
                name,
                "Why, so that they understand it",
                "Save my answer",
                "Kept with the call, and shown to whoever took it.",
            )
        }
    };
    let out_of = page.view.draft.as_ref()?.mark().map_or(0, |n| page.marks[n].out_of);
    let mut done = None;
    ui.add_space(4.0);
    let fresh = page.view.draft.as_ref().is_some_and(|draft| draft.fresh);
    let shown = card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 8.0;
        let Some(draft) = page.view.draft.as_mut() else { return };
        caption(ui, &name);
        let first = match about {
            About::Own(_) => Some(judging::points_ui(ui, &mut draft.points, out_of)),
            About::Answer(..) => Some(judging::upheld_ui(ui, &mut draft.upheld)),
            About::Row(_) | About::Mark(_) => None,
        };
        let field = area(ui, egui::Id::new("debrief draft"), &mut draft.text, 2, &name, hint);
        if std::mem::take(&mut draft.fresh) {
            first.unwrap_or(field).request_focus();
        }
        if matches!(draft.about, About::Row(_)) && !trainer {
            switch(ui, &mut draft.shared, "Share with my trainer", "share comment");
        }
        if !below.is_empty() {
            caption(ui, below);
        }
        let ready = draft.is_ready();
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled_ui(ready, |ui| primary(ui, send)).inner.clicked() {
                done = Some(Do::Send);
            }
            if button(ui, "Leave it").clicked() {
                done = Some(Do::Drop);
            }
        });
    });
    if fresh {
        ui.scroll_to_rect(shown.response.rect, None);
    }
    ui.add_space(6.0);
    done
}

/// The name that somebody goes by; whoever practises without a profile has none.
pub fn who(by: &str) -> &str {
    if by.is_empty() { "Trainer" } else { by }
}

/// The reflection; of somebody else's call, what they share of it.
pub fn reflection_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if !page.is_own() {
            title(ui, "Reflection", "");
            let shared = page.notes.iter().rev().find(|n| n.kind == AnnotationKind::Reflection && n.by == page.head.by);
            let words = shared.map_or("Nothing has been shared.", |note| note.text.trim());
            ui.label(rich(words, text::regular(text::BODY), p.text2));
            if page.for_owner().is_some() {
                let name = format!("Write it into a file for {}", page.head.by);
                caption(ui, "Your marks, answers and comments on this call, for whoever took it to import.");
                if button(ui, &name).clicked() {
                    done = Some(Do::ForOwner);
                }
            }
            return;
        }
        let beside = if page.view.share { "Shared with your trainer" } else { "Only you see this until you share it" };
        title(ui, "Reflection", beside);
        if let Some((stars, words)) = rated(page) {
            let went = if words.is_empty() { String::new() } else { format!(" What went well: {words}") };
            caption(ui, &format!("You gave it {stars} of 5.{went}"));
        }
        caption(ui, &prompt(page));
        let before = page.view.reflection.len();
        let id = egui::Id::new("reflection");
        let field = area(ui, id, &mut page.view.reflection, 4, "Reflection", "What will you do differently, or keep?");
        if field.changed() || page.view.reflection.len() != before {
            page.view.has_typed();
        }
        let mut share = page.view.share;
        if switch(ui, &mut share, "Share with my trainer", "share reflection") {
            done = Some(Do::Share(share));
        }
        ui.horizontal_wrapped(|ui| {
            let ready = !page.view.reflection.trim().is_empty();
            if ui.add_enabled_ui(ready, |ui| primary(ui, "Save reflection")).inner.clicked() {
                done = Some(Do::SaveReflection);
            }
            if button(ui, page.back()).clicked() {
                done = Some(Do::Leave);
            }
        });
    });
    done
}

/// Comments about the whole call, from whoever said something of it.
pub fn general_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    let about = |note: &&Annotation| {
        note.kind == AnnotationKind::Comment && note.target.as_ref().is_some_and(|target| target.event.is_none())
    };
    let comments: Vec<_> = page.notes.iter().filter(about).collect();
    if comments.is_empty() {
        return;
    }
    Frame::new().inner_margin(Margin::symmetric(2, 0)).show(ui, |ui| {
        for note in comments {
            let words = format!("{} {}: “{}”", icons::CHAT_CIRCLE_DOTS, who(&note.by), note.text.trim());
            ui.label(rich(words, text::regular(text::BODY), p.text2));
        }
    });
}

/// What became of what was last saved: beside where it was done, and read out.
pub fn said_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    let Some(Ok(words)) = &page.view.said else { return };
    let shown = ui.label(rich(format!("{} {words}", icons::CHECK), text::regular(text::BODY), p.ok));
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// What could not be saved is said where nobody can miss it.
pub fn failed_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    let Some(Err(words)) = &page.view.said else { return };
    let shown = notice(ui, p.safety, p.safety_soft, |ui| {
        ui.label(rich(format!("{} {words}", icons::WARNING), text::regular(text::BODY), p.text))
    });
    ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Assertive));
}

/// What the viewer said when asked how it was.
fn rated(page: &Page) -> Option<(u8, &str)> {
    page.notes.iter().rev().filter(|note| note.by == page.viewer).find_map(|note| match note.kind {
        AnnotationKind::SelfRating(rating) => Some((u8::from(rating), note.text.trim())),
        _ => None,
    })
}

fn prompt(page: &Page) -> String {
    let mark = page.view.chosen.map(|n| &page.marks[n]);
    match mark.and_then(|mark| mark.at) {
        Some(at) if !page.changes.is_empty() => {
            format!("What did you hear at {}, and what did you make of it?", clock(at))
        }
        _ if page.changes.is_empty() && !page.unmarked => "What would you keep?".into(),
        _ => "What will you take with you?".into(),
    }
}

/// On or off, with words beside it. Says whether it was changed.
fn switch(ui: &mut Ui, on: &mut bool, words: &str, id: &str) -> bool {
    let p = Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), text::regular(text::BODY), p.text);
    let (rect, _) = ui.allocate_exact_size(vec2(46.0 + 10.0 + galley.size().x, 28.0), Sense::hover());
    let response = ui.interact(rect, egui::Id::new(id), Sense::click());
    let clicked = response.clicked();
    if clicked {
        *on = !*on;
    }
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, *on, words));
    let track = egui::Rect::from_center_size(pos2(rect.left() + 22.0, rect.center().y), vec2(42.0, 24.0));
    let (fill, edge, knob) = if *on { (p.accent, p.accent, p.on_accent) } else { (p.bg0, p.edge, p.text2) };
    ui.painter().rect(track, CornerRadius::same(12), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let x = if *on { track.right() - 12.0 } else { track.left() + 12.0 };
    ui.painter().circle_filled(pos2(x, track.center().y), 8.0, knob);
    if *on {
        let at = pos2(track.left() + 12.0, track.center().y);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CHECK, text::regular(13.0), p.on_accent);
    }
    ui.painter().galley(pos2(rect.left() + 54.0, rect.center().y - galley.size().y / 2.0), galley, p.text);
    ring(ui, &response);
    clicked
}
