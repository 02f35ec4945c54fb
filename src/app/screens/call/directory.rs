//! The directory: one works down the list, and says why one passes over what stands above.

use bevy_egui::egui::{self, Key, Modifiers, Sense, Stroke, Ui, WidgetInfo, WidgetType};

use super::state::{Do, Outcome};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::call::directory::{Found, OpenState, Results};
use crate::standards::{Capacity, Delivery, Id, Permission, Refer, Service};

pub fn directory_ui(ui: &mut Ui, live: &Live, state: &mut super::state::CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let standards = &call.script().standards;
    let say = |ui: &mut Ui, words: &str| drop(ui.label(rich(words, text::regular(text::BODY), p.text2)));
    widgets::title(ui, "2  Refer", &standards.directory.area);
    let Some(decision) = &call.state().decision else {
        return say(ui, "Decide first. What is found here follows from it.");
    };
    let Some(disposition) = standards.disposition(&decision.disposition) else { return };
    match disposition.refer {
        Refer::Dispatch => return say(ui, "Arranged with the outcome: nothing to search."),
        Refer::Nothing => return say(ui, "This outcome needs no service."),
        Refer::Search => {}
    }
    let Some(listed) = &call.state().listed else {
        say(ui, "The search goes from where the patient is, and from their age, as you recorded them.");
        let search = widgets::primary(ui, "Search the directory");
        state.outcome.land(live, &search);
        if search.clicked() {
            todo.push(Do::Act(Action::Search));
        }
        return;
    };
    ui.horizontal(|ui| {
        let count = format!("{} found", listed.len());
        ui.label(rich(count, text::regular(text::CAPTION), p.text3));
        if call.state().accepted.is_none() && widgets::chip(ui, false, "Search again").clicked() {
            todo.push(Do::Act(Action::Search));
        }
    });
    if call.state().gap {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.label("Nothing open in this window: only what is always there. This is noted as a gap.")
        });
    }
    let results = disposition.need.as_ref().and_then(|need| call.query(disposition, need).ok());
    for (n, id) in listed.iter().enumerate() {
        if let Some(service) = standards.service(id) {
            let found = results.as_ref().and_then(|r| found(r, &standards.directory.services, id));
            service_ui(ui, live, n, service, found, &mut state.outcome, todo);
        }
    }
}

fn found<'r>(results: &'r Results, services: &[Service], id: &Id) -> Option<&'r Found> {
    results.found.iter().find(|found| services.get(found.service).is_some_and(|s| s.id == *id))
}

fn service_ui(
    ui: &mut Ui,
    live: &Live,
    n: usize,
    service: &Service,
    found: Option<&Found>,
    state: &mut Outcome,
    todo: &mut Vec<Do>,
) {
    let p = Palette::of(ui);
    let call = live.call();
    let now = call.state();
    let accepted = now.accepted.as_ref() == Some(&service.id);
    let rejected = now.rejected.iter().find(|r| r.service == service.id);
    let offered = now.offered.iter().find(|(id, _)| *id == service.id).map(|(_, accepts)| *accepts);
    let mut frame = widgets::card(ui);
    if accepted {
        frame = frame.stroke(Stroke::new(2.0, p.accent));
    }
    let shown = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.horizontal_wrapped(|ui| {
            ui.label(rich(format!("{}", n + 1), text::mono(text::CAPTION), p.text3));
            ui.label(rich(&service.name, text::bold(text::BODY), if rejected.is_some() { p.text3 } else { p.text }));
            if found.is_some_and(|f| f.capacity == Capacity::Amber) {
                widgets::badge(ui, "Amber: little capacity", p.cue, p.cue_soft);
            }
        });
        facts_ui(ui, live, service, found);
        if let Some(rejection) = rejected {
            let why = call.script().standards.reject_reason(rejection.reason).map_or("", |r| r.name.as_str());
            ui.label(rich(
                format!("{} Passed over: {why}. {}", icons::PROHIBIT, rejection.comment),
                text::regular(14.0),
                p.text3,
            ));
            return;
        }
        if let Some(accepts) = offered {
            let words = if accepts { "Offered; they agree" } else { "Offered; they do not agree" };
            ui.label(rich(words, text::bold(14.0), p.text2));
        }
        if accepted {
            ui.label(rich(format!("{} Referred here", icons::CHECK), text::bold(text::BODY), p.accent));
        } else if now.accepted.is_none() {
            buttons_ui(ui, service, offered, state, todo);
        }
        if state.rejecting.as_ref() == Some(&service.id) && now.accepted.is_none() {
            reject_ui(ui, live, service, state, todo);
        }
    });
    keys(ui, live, n, service, &shown.response, state, todo);
}

fn facts_ui(ui: &mut Ui, live: &Live, service: &Service, found: Option<&Found>) {
    let p = Palette::of(ui);
    let kind = live.call().script().standards.service_type(service.kind).map_or("", |kind| kind.name.as_str());
    let small =
        |ui: &mut Ui, words: String| drop(ui.add(egui::Label::new(rich(words, text::regular(14.0), p.text2)).wrap()));
    small(ui, format!("{kind} · {}", delivery(service.delivery)));
    small(ui, service.about.clone());
    if let Some(found) = found {
        let distance = format!("{}.{} km", found.distance / 10, found.distance % 10);
        let journey = found.journey.as_ref().map(|j| format!(" · {j}")).unwrap_or_default();
        small(ui, format!("{}  {distance}{journey}", icons::MAP_PIN));
        small(ui, format!("{}  {}", icons::CLOCK, open(&found.open)));
    }
    if !service.notes.is_empty() {
        small(ui, format!("{}  {}", icons::INFO, service.notes));
    }
}

fn buttons_ui(ui: &mut Ui, service: &Service, offered: Option<bool>, state: &mut Outcome, todo: &mut Vec<Do>) {
    ui.horizontal_wrapped(|ui| {
        let button = |ui: &mut Ui, words: &str| {
            let response = widgets::button(ui, words);
            widgets::named(ui, &response, &format!("{words} {}", service.name));
            response.clicked()
        };
        if button(ui, if offered.is_some() { "Offer again" } else { "Offer" }) {
            todo.push(Do::Act(Action::Offer(service.id.clone())));
        }
        if offered == Some(true) && button(ui, "Refer here") {
            todo.push(Do::Act(Action::Accept(service.id.clone())));
        }
        if button(ui, "Reject") {
            let open = state.rejecting.as_ref() == Some(&service.id);
            state.rejecting = (!open).then(|| service.id.clone());
        }
    });
}

fn reject_ui(ui: &mut Ui, live: &Live, service: &Service, state: &mut Outcome, todo: &mut Vec<Do>) {
    let call = live.call();
    widgets::caption(ui, "Reason (* needs a few words)");
    let may = call.role().may.contains(&Permission::RejectClinically);
    let reasons = &call.script().standards.reject_reasons.reasons;
    ui.horizontal_wrapped(|ui| {
        for reason in reasons.iter().filter(|reason| may || !reason.clinician_only) {
            let star = if reason.needs_comment { " *" } else { "" };
            if widgets::chip(ui, state.reject_reason == Some(reason.id), &format!("{}{star}", reason.name)).clicked() {
                state.reject_reason = Some(reason.id);
            }
        }
    });
    widgets::field(ui, egui::Id::new("reject comment"), &mut state.comment, "Comment", "A few words");
    if let Some(reason) = state.reject_reason
        && widgets::button(ui, "Pass it over").clicked()
    {
        let comment = state.comment.clone();
        todo.push(Do::Act(Action::Reject { service: service.id.clone(), reason, comment }));
    }
}

/// `O` offers and `R` rejects the service that has the keyboard.
#[allow(clippy::too_many_arguments, reason = "each is what a key can act on")]
fn keys(
    ui: &Ui,
    live: &Live,
    n: usize,
    service: &Service,
    card: &egui::Response,
    state: &mut Outcome,
    todo: &mut Vec<Do>,
) {
    let p = Palette::of(ui);
    let region = ui.interact(card.rect, egui::Id::new(("service", n)), Sense::FOCUSABLE);
    region.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, format!("{}. {}", n + 1, service.name)));
    state.land(live, &region);
    if !region.has_focus() {
        return;
    }
    ui.painter().rect_stroke(card.rect, 8, Stroke::new(2.0, p.accent), egui::StrokeKind::Outside);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::O) {
        todo.push(Do::Act(Action::Offer(service.id.clone())));
    }
    if pressed(Key::R) {
        state.rejecting = Some(service.id.clone());
    }
    if pressed(Key::Enter) {
        todo.push(Do::Act(Action::Accept(service.id.clone())));
    }
}

fn open(state: &OpenState) -> String {
    let time = |at: &jiff::civil::DateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    let day = |at: &jiff::civil::DateTime| super::top::weekday(*at);
    match state {
        OpenState::Always => "Open all hours".into(),
        OpenState::OpenUntil(at) => format!("Open until {}, {}", time(at), day(at)),
        OpenState::OpensAt(at) => format!("Closed · opens {}, {}", time(at), day(at)),
    }
}

fn delivery(how: Delivery) -> &'static str {
    match how {
        Delivery::CallsBack => "they ring the patient",
        Delivery::Ring => "the patient rings",
        Delivery::RingAndGo => "the patient rings, then goes",
        Delivery::Go => "the patient goes there",
        Delivery::Visits => "they come to the patient",
    }
}
