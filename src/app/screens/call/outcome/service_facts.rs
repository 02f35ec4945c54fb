//! What the directory says of a service.

use bevy_egui::egui::{Align, Layout, Ui};
use jiff::civil::DateTime;

use super::roving;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::directory::{Found, OpenState};
use crate::standards::{Capacity, Delivery, Service};

/// Kind, way, hours: what one looks at first.
pub fn facts_ui(ui: &mut Ui, live: &Live, service: &Service, found: Option<&Found>) {
    let p = Palette::of(ui);
    let standards = &live.call().script().standards;
    let kind = standards.service_type(service.kind).map_or("", |kind| kind.name.as_str());
    roving::words(ui, kind, text::regular(14.0), p.text2);
    if let Some(found) = found {
        let journey = found.journey.as_ref().map_or(String::new(), |journey| format!(", {journey}"));
        fact(ui, icons::MAP_PIN, &format!("{}.{} km{journey}", found.distance / 10, found.distance % 10));
        let icon = if matches!(found.open, OpenState::OpensAt(_)) { icons::MOON } else { icons::CLOCK };
        fact(ui, icon, &open(&found.open, live.call().wall_clock()));
    }
    let (icon, how) = delivery(service.delivery);
    fact(ui, icon, how);
}

/// What has to be read: limits stand here.
pub fn notes_ui(ui: &mut Ui, service: &Service, found: Option<&Found>) {
    let p = Palette::of(ui);
    if !service.about.is_empty() {
        fact(ui, icons::INFO, &service.about);
    }
    if !service.notes.is_empty() {
        fact(ui, icons::FILE_TEXT, &service.notes);
    }
    if found.is_some_and(|found| found.capacity == Capacity::Amber) {
        widgets::badge(ui, &format!("{} Amber: little capacity", icons::GAUGE), p.cue, p.cue_soft);
    }
}

fn fact(ui: &mut Ui, icon: &str, words: &str) {
    let p = Palette::of(ui);
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(rich(icon, text::regular(15.0), p.text3));
        roving::words(ui, words, text::regular(14.0), p.text2);
    });
}

fn open(state: &OpenState, now: DateTime) -> String {
    let time = |at: &DateTime| {
        let day = if at.date() == now.date() { String::new() } else { format!("{} ", super::super::top::weekday(*at)) };
        format!("{day}{:02}:{:02}", at.hour(), at.minute())
    };
    match state {
        OpenState::Always => "Open all hours".into(),
        OpenState::OpenUntil(at) => format!("Open until {}", time(at)),
        OpenState::OpensAt(at) => format!("Closed · opens {}", time(at)),
    }
}

fn delivery(how: Delivery) -> (&'static str, &'static str) {
    match how {
        Delivery::CallsBack => (icons::PHONE_INCOMING, "They ring the patient"),
        Delivery::Ring => (icons::PHONE, "The patient rings"),
        Delivery::RingAndGo => (icons::PHONE, "The patient rings, then goes"),
        Delivery::Go => (icons::ARROW_SQUARE_OUT, "The patient goes there"),
        Delivery::Visits => (icons::CAR, "They come to the patient"),
    }
}
