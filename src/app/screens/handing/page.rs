//! The page for trainers: hand out, bring back.

use bevy_egui::egui::Ui;

use super::back::{BackForm, back_ui};
use super::make::Draft;
use super::out::out_ui;
use super::{HandingAction, Tab};
use crate::app::bringing::Stage;
use crate::app::library::Library;
use crate::app::screens::parts::{Bar, icon_button, screen_ui, tag};
use crate::app::theme::{icons, widgets};

/// How things stand.
pub struct HandingModel<'a> {
    pub tab: Tab,
    pub library: &'a Library,
    /// Something is under way with a file.
    pub busy: bool,
    /// Calls are kept here.
    pub kept: bool,
    /// Pseudonyms that look like one person's, each group.
    pub alike: &'a [Vec<String>],
}

/// The page.
pub fn handing_ui(
    ui: &mut Ui,
    model: &HandingModel,
    draft: &mut Draft,
    stage: &mut Stage,
    back: &mut BackForm,
) -> Option<HandingAction> {
    let bar = Bar { title: "Hand out and bring back", beside: "call sets, and the files that people return" };
    let right = |ui: &mut Ui| {
        let review = icon_button(ui, icons::GRID_NINE, "To the review room");
        tag(ui, icons::EYE_SLASH, "Pseudonyms only");
        review.clicked().then_some(HandingAction::ToReview)
    };
    screen_ui(ui, &bar, right, |ui| {
        let mut made = None;
        ui.horizontal_wrapped(|ui| {
            for (tab, words) in [(Tab::Out, "Make a call set"), (Tab::Back, "Bring files back")] {
                if widgets::choice(ui, model.tab == tab, words).clicked() {
                    made = Some(HandingAction::Tab(tab));
                }
            }
        });
        ui.add_space(6.0);
        made.or(match model.tab {
            Tab::Out => out_ui(ui, model, draft),
            Tab::Back => back_ui(ui, model, stage, back),
        })
    })
}
