//! Before any mark: how was that, and what went well?

use bevy_egui::egui::{self, Align2, ScrollArea, Ui, vec2};

use super::DebriefAction;
use super::model::Page;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{area, button, caption, choice, panel, primary};

const WORDS: [&str; 5] = ["1 Hard", "2", "3 Middling", "4", "5 Good"];

/// Asks before it tells.
pub fn first_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let width = ui.available_width().min(680.0);
    let rect =
        Align2::CENTER_TOP.align_size_within_rect(vec2(width, ui.available_height()), ui.max_rect()).shrink(24.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ScrollArea::vertical().show(ui, |ui| {
            ui.add_space(40.0);
            panel(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.label(rich("How was that?", text::bold(text::HERO), p.text));
                ui.label(rich(
                    "Take a moment. Nobody else sees this unless you share it.",
                    text::regular(text::BODY),
                    p.text2,
                ));
                ui.add_space(8.0);
                ui.horizontal_wrapped(|ui| {
                    for (stars, words) in (1..).zip(WORDS) {
                        if choice(ui, page.rating == Some(stars), words).clicked() {
                            page.rating = Some(stars);
                        }
                    }
                });
                ui.add_space(8.0);
                caption(ui, "What went well?");
                let id = egui::Id::new("went well");
                area(ui, id, &mut page.went_well, 4, "What went well?", "Something you would do again");
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    if primary(ui, "Show me the call").clicked() {
                        let went_well = page.went_well.trim().to_owned();
                        action = Some(DebriefAction::Rated { rating: page.rating, went_well });
                    }
                    if button(ui, "Back to the calls").clicked() {
                        action = Some(DebriefAction::Back);
                    }
                });
            });
        });
    });
    action
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    use super::*;
    use crate::app::library::Library;
    use crate::app::live::Live;
    use crate::app::theme::{self, Theme};
    use crate::call::RULES;
    use crate::records::{Head, Mode};

    fn page() -> Page {
        let library = Library::open(None).expect("the shipped calls");
        let entry = &library.entries[0];
        let script = entry.script(&library.standards, None).expect("ready");
        let head = Head {
            id: "0".repeat(32),
            rules: RULES,
            call: entry.scenario.neutral_name(),
            scenario: entry.hash.clone(),
            standards: library.standards.hash.clone(),
            variant: None,
            seed: 7,
            role: "clinical-advisor".into(),
            mode: Mode::Coach,
            by: String::new(),
            taken: String::new(),
        };
        Page::new(&Live::begin(&script, head).expect("begun"), &library, true)
    }

    #[test]
    fn it_asks_how_it_was_before_it_tells() {
        let mut dressed = false;
        let mut harness = Harness::builder().with_size(vec2(1440.0, 900.0)).build_ui_state(
            move |ui, (page, done): &mut (Page, Option<DebriefAction>)| {
                if !dressed {
                    dressed = true;
                    theme::install(ui.ctx(), Theme::Dark);
                    return;
                }
                if let Some(action) = first_ui(ui, page) {
                    *done = Some(action);
                }
            },
            (page(), None),
        );
        harness.run();
        harness.get_by_label("How was that?");
        harness.get_by_label("5 Good").click();
        harness.run();
        harness.get_by_label("Show me the call").click();
        harness.run();
        let rated = DebriefAction::Rated { rating: Some(5), went_well: String::new() };
        assert_eq!(harness.state().1, Some(rated));
    }
}
