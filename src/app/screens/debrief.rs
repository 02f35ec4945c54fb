//! A call that was taken: first how it was, then what it came to, with every mark on its lines.

mod first;
mod marks;
mod model;
mod page;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::past::assessed;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::when::now;
use crate::records::{Annotation, AnnotationKind, Rating, Reply, Request, Target, fresh_id};
use model::Page;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Shown>();
    app.add_systems(OnEnter(Screen::Debrief), keep_assessment);
    app.add_systems(Update, take_answers.run_if(in_state(Screen::Debrief)));
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Debrief)));
}

/// The call that is looked at.
#[derive(Resource, Default)]
pub struct Shown(Option<Page>);

impl Shown {
    /// Takes a call that has ended: just now, or one that is looked at again.
    pub fn show(&mut self, live: Live, library: &Library, just_now: bool) {
        self.0 = Some(Page::new(&live, library, just_now));
    }

    #[cfg(test)]
    pub fn heading(&self) -> Option<&str> {
        self.0.as_ref().map(|page| page.heading.as_str())
    }
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DebriefAction {
    /// "How was that?", and what went well.
    Rated {
        rating: Option<u8>,
        went_well: String,
    },
    /// A line of the transcript was chosen.
    Line(u32),
    Reflect,
    Contest {
        criterion: String,
        text: String,
    },
    Back,
}

/// The assessment is kept, so that the lists need not mark again.
fn keep_assessment(shown: Res<Shown>, mut shelf: ResMut<Shelf>) {
    let Some(page) = &shown.0 else { return };
    if let Some(assessed) = assessed(&page.head, &page.mark) {
        shelf.ask(Purpose::Assessment, Request::PutAssessment(Box::new(assessed)));
    }
}

fn take_answers(mut answers: MessageReader<Answered>, mut shown: ResMut<Shown>, mut wake: ResMut<Wake>) {
    let Some(page) = &mut shown.0 else { return };
    for answer in answers.read() {
        if answer.purpose != Purpose::Annotate {
            continue;
        }
        page.said = Some(match &answer.result {
            Ok(Reply::Saved) => Ok("Saved on this machine. Only you see it until you share it.".into()),
            Ok(_) => continue,
            Err(failure) => Err(format!("It could not be saved: {failure}")),
        });
        wake.now();
    }
}

fn show(
    mut contexts: EguiContexts,
    mut shown: ResMut<Shown>,
    mut shelf: ResMut<Shelf>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Some(page) = &mut shown.0 else {
        next.set(Screen::Calls);
        return Ok(());
    };
    let action = if page.rated { page::page_ui(&mut ui, page) } else { first::first_ui(&mut ui, page) };
    let Some(action) = action else { return Ok(()) };
    wake.now();
    match action {
        DebriefAction::Rated { rating, went_well } => {
            page.rated = true;
            if let Some(rating) = rating.and_then(|stars| Rating::try_from(stars).ok()) {
                annotate(page, &mut shelf, AnnotationKind::SelfRating(rating), went_well);
            } else if !went_well.is_empty() {
                annotate(page, &mut shelf, AnnotationKind::Reflection, went_well);
            }
        }
        DebriefAction::Line(line) => page.line = Some(line),
        DebriefAction::Reflect => {
            let text = page.reflection.trim().to_owned();
            annotate(page, &mut shelf, AnnotationKind::Reflection, text);
        }
        DebriefAction::Contest { criterion, text } => {
            annotate(page, &mut shelf, AnnotationKind::Contested { criterion: criterion.into() }, text);
            page.contest = None;
        }
        DebriefAction::Back => next.set(Screen::Calls),
    }
    Ok(())
}

fn annotate(page: &mut Page, shelf: &mut Shelf, kind: AnnotationKind, text: String) {
    let id = match fresh_id() {
        Ok(id) => id,
        Err(failure) => {
            page.said = Some(Err(failure.to_string()));
            return;
        }
    };
    let target = Some(Target { record: page.head.id.clone(), event: None });
    let annotation = Annotation { id, by: page.head.by.clone(), target, at: now(), kind, text, shared: false };
    shelf.ask(Purpose::Annotate, Request::Annotate(Box::new(annotation)));
}
