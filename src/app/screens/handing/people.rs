//! Whose calls are in the files, to be ticked and filtered.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, Sense, Ui, vec2};

use crate::app::bringing::Found;
use crate::app::screens::parts::{count, registered_mark, toggle};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::sharing::bringing::Incoming;

/// How many people are shown at first, and how many more each time.
const PAGE: usize = 40;

/// The table.
pub fn people_ui(ui: &mut Ui, found: &mut Found) {
    let beside =
        format!("{} in {}", count(found.people.len(), "person", "people"), count(found.files, "file", "files"));
    widgets::title(ui, "Who is in the files", &beside);
    filters_ui(ui, found);
    let shown: Vec<Incoming> = found.shown().into_iter().cloned().collect();
    let page = PAGE + found.choice.more;
    widgets::part(ui, Role::List, "", |ui| {
        for person in shown.iter().take(page) {
            ui.separator();
            widgets::part(ui, Role::ListItem, "", |ui| person_ui(ui, found, person));
        }
    });
    let rest = shown.len().saturating_sub(page);
    if rest > 0 {
        ui.separator();
        if widgets::button(ui, &format!("Show {} more of {rest}", rest.min(PAGE))).clicked() {
            found.choice.more += PAGE;
        }
    }
}

fn filters_ui(ui: &mut Ui, found: &mut Found) {
    let roles = found.roles.clone();
    ui.horizontal_wrapped(|ui| {
        for (id, name) in &roles {
            let without = &mut found.choice.without_roles;
            let on = !without.contains(id);
            if toggle(ui, on, name).clicked() {
                if on {
                    without.insert(id.clone());
                } else {
                    without.remove(id);
                }
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        let choice = &mut found.choice;
        let fields = [
            ("person in the files", &mut choice.search, "Find a person", "Pseudonym or site", 220.0),
            ("calls from", &mut choice.from, "From", "From 2026-03-01", 150.0),
            ("calls until", &mut choice.until, "Until", "Until 2026-03-31", 150.0),
        ];
        for (id, words, name, hint, width) in fields {
            ui.allocate_ui(vec2(width, 34.0), |ui| widgets::field(ui, egui::Id::new(id), words, name, hint));
        }
        if widgets::button(ui, "Everybody").clicked() {
            choice.without.clear();
        }
        if widgets::button(ui, "Nobody").clicked() {
            choice.without = found.people.iter().map(|person| person.by.clone()).collect();
        }
    });
}

/// Everything about somebody, in words.
fn about(found: &Found, person: &Incoming) -> String {
    let name = |id| found.roles.iter().find(|(known, _)| known == id).map_or("", |(_, name)| name.as_str());
    let mut parts: Vec<String> = Vec::new();
    let roles: Vec<&str> = person.roles.iter().map(name).collect();
    if !roles.is_empty() {
        parts.push(roles.join(", "));
        parts.push(if person.registered { "registered".into() } else { "not registered".into() });
    }
    parts.push(if person.site.is_empty() { "no site".into() } else { person.site.clone() });
    match (person.from.as_str(), person.until.as_str()) {
        ("", _) => {}
        (from, until) if from == until => parts.push(from.to_owned()),
        (from, until) => parts.push(format!("{from} to {until}")),
    }
    parts.push(format!("{} new", person.new));
    if person.already_here > 0 {
        parts.push(format!("{} already here", person.already_here));
    }
    if person.decisions_only > 0 {
        parts.push(format!("{} as decisions only", person.decisions_only));
    }
    if person.withdraws {
        parts.push("takes back what was shared".into());
    }
    if person.simulated {
        parts.push("simulated".into());
    }
    parts.join(" · ")
}

fn person_ui(ui: &mut Ui, found: &mut Found, person: &Incoming) {
    let p = Palette::of(ui);
    let about = about(found, person);
    ui.horizontal(|ui| {
        let mut on = !found.choice.without.contains(&person.by);
        if widgets::tick(ui, &mut on, "", &format!("{}: {about}", person.by)).changed() {
            if on {
                found.choice.without.remove(&person.by);
            } else {
                found.choice.without.insert(person.by.clone());
            }
        }
        if !person.roles.is_empty() {
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
            registered_mark(ui.painter(), rect.center(), 5.0, person.registered, p);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let left_out = if found.is_wanted(person) { "" } else { "  (left out)" };
            let color = if left_out.is_empty() { p.text } else { p.text3 };
            let name = if person.by.is_empty() { "without a name" } else { person.by.as_str() };
            ui.label(rich(format!("{name}{left_out}"), text::bold(text::BODY), color));
            let icon = if person.withdraws { format!("{}  ", icons::EYE_SLASH) } else { String::new() };
            ui.add(egui::Label::new(rich(format!("{icon}{about}"), text::regular(text::CAPTION), p.text2)).wrap());
        });
    });
}
