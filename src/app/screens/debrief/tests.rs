//! The debrief, found by label as a screen reader finds it.

mod adding;
mod before;
mod judging;
mod marks;
mod sizes;
mod told;

use bevy_egui::egui::{Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::debrief_ui;
use super::mark::Kind;
use super::model::Page;
use super::view::{Do, Outcome, Step};
use crate::app::screens::testing::{self, harness, head, library};
use crate::call::Action;
use crate::records::{Annotation, AnnotationKind, Mode, Target};

const WIDE: Vec2 = vec2(1356.0, 900.0);
/// 200 % text in a window of 1024×700, beside the rail.
const NARROW: Vec2 = vec2(468.0, 350.0);

struct Screen {
    page: Page,
    kept: Vec<Outcome>,
}

fn screen(page: Page, size: Vec2) -> Harness<'static, Screen> {
    let mut harness = harness(size, Screen { page, kept: Vec::new() }, |ui, screen: &mut Screen| {
        if let Some(done) = debrief_ui(ui, &mut screen.page) {
            let outcomes = screen.page.act(done);
            screen.kept.extend(outcomes);
        }
    });
    harness.run();
    harness.run();
    harness
}

fn page(slug: &str, role: &str, mode: Mode, variant: Option<&str>, change: impl Fn(Action) -> Vec<Action>) -> Page {
    let library = library();
    let live = testing::taken(library, head(library, slug, role, mode, variant), slug, change);
    let mut page = Page::new(&live, library, false);
    page.view.step = Step::Page;
    page
}

fn as_modelled(slug: &str, role: &str) -> Page {
    page(slug, role, Mode::Coach, None, |action| vec![action])
}

/// Decides on this code, arranges nothing, and never says when to ring again.
fn decides_on(code: &'static str) -> impl Fn(Action) -> Vec<Action> {
    move |action| match action {
        Action::Decide { confidence, .. } => {
            let reason = "it sounds like a strain".into();
            vec![Action::Decide { disposition: code.into(), reason, confidence }]
        }
        Action::Offer(_) | Action::Accept(_) | Action::Reject { .. } | Action::Search => vec![],
        Action::Say { utterance, .. } if utterance.starts_with("aw-") || &*utterance == "q-saddle-numb" => vec![],
        other => vec![other],
    }
}

fn under() -> Page {
    page("back-saddle-numb", "clinical-advisor", Mode::Coach, None, decides_on("Dx08"))
}

fn just_taken(slug: &str, role: &str) -> Page {
    let library = library();
    let live = testing::taken(library, head(library, slug, role, Mode::Coach, None), slug, |a| vec![a]);
    Page::new(&live, library, true)
}

fn click(harness: &mut Harness<'static, Screen>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    harness.run();
}

fn press(harness: &mut Harness<'static, Screen>, key: Key) {
    harness.key_press(key);
    harness.run();
    harness.run();
}

fn note(by: &str, kind: AnnotationKind, text: &str, shared: bool, event: Option<u32>) -> Annotation {
    let target = Some(Target { record: "0".repeat(32), event });
    Annotation { id: "1".repeat(32), by: by.into(), target, at: String::new(), kind, text: text.into(), shared }
}
