//! One call of the list: number and caller, about how long, what it mentions, how often one had it.

use bevy_egui::egui::{Align, Layout, Ui, vec2};

use super::CallsAction;
use super::model::CallsModel;
use crate::app::library::{call_number, difficulty};
use crate::app::offers::Offer;
use crate::app::screens::desk::{mentions, title_of};
use crate::app::screens::parts::{badge, count, disc, verdict_look};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::app::when;

/// The row.
pub fn card_ui(ui: &mut Ui, model: &CallsModel, offer: &Offer) -> Option<CallsAction> {
    let open = offer.is_open_to(&model.how.role);
    let mut action = None;
    if ui.available_width() > 560.0 {
        ui.horizontal(|ui| {
            ui.set_min_height(64.0);
            ui.spacing_mut().item_spacing.x = 14.0;
            disc(ui, if open { icons::PHONE_INCOMING } else { icons::LOCK_SIMPLE });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                action = start_ui(ui, offer, open);
                ui.with_layout(Layout::top_down(Align::Min), |ui| words_ui(ui, model, offer, open));
            });
        });
    } else {
        words_ui(ui, model, offer, open);
        action = start_ui(ui, offer, open);
    }
    action
}

fn start_ui(ui: &mut Ui, offer: &Offer, open: bool) -> Option<CallsAction> {
    if !open {
        return None;
    }
    let start = widgets::button(ui, "Start");
    widgets::named(ui, &start, &format!("Start {}. {}", call_number(offer.number).to_lowercase(), offer.who));
    start.clicked().then(|| CallsAction::Take(offer.slug.clone()))
}

fn words_ui(ui: &mut Ui, model: &CallsModel, offer: &Offer, open: bool) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing = vec2(8.0, 3.0);
    ui.spacing_mut().interact_size.y = 0.0;
    let (strong, soft) = if open { (p.text, p.text2) } else { (p.text3, p.text3) };
    let title = format!("{} · {}", call_number(offer.number), offer.name);
    ui.label(rich(title, text::bold(text::TRANSCRIPT), strong));
    ui.label(rich(&offer.who, text::regular(14.0), soft));
    let length = count(offer.minutes as usize, "minute", "minutes");
    let mut about = format!("About {length} · {}", difficulty(offer.difficulty));
    match mentions(&offer.notes) {
        Some(notes) => about += &format!(" · mentions {notes}"),
        None => about += " · no content notes",
    }
    if offer.draft {
        about += " · draft, not clinically reviewed";
    }
    ui.label(rich(about, text::regular(text::CAPTION), p.text3));
    if !open {
        ui.horizontal_wrapped(|ui| {
            ui.label(rich(model.open_to(offer), text::regular(text::CAPTION), p.text2));
        });
    }
    history_ui(ui, model, offer, p);
}

fn history_ui(ui: &mut Ui, model: &CallsModel, offer: &Offer, p: &Palette) {
    let today = model.offers.today;
    let due = offer.is_due(today);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 24.0;
        if due {
            badge(ui, &(icons::ARROW_CLOCKWISE, "Due today".into(), p.cue, p.cue_soft));
        }
        let Some(last) = &offer.last else {
            badge(ui, &(icons::PLUS_CIRCLE, "New to you".into(), p.text2, p.bg3));
            return;
        };
        let times = match offer.times {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        let day = last.on.map_or_else(|| "earlier".into(), |on| in_a_sentence(&when::day(on, today)));
        // Under another variant somebody else rings: the name above may never have been spoken to.
        let other = title_of(last, model.library) != format!("{} · {}", call_number(offer.number), offer.name);
        let with = if other { " with another caller" } else { "" };
        let words = match offer.times {
            1 => format!("Taken once{with}, {day}"),
            _ => format!("Taken {times}, the last time{with} {day}"),
        };
        ui.label(rich(words, text::regular(text::CAPTION), p.text2));
        badge(ui, &verdict_look(last, p));
        if let Some(next) = offer.due.as_ref().filter(|_| !due) {
            let words = format!("comes back on {}", when::in_short(next.on));
            ui.label(rich(words, text::regular(text::CAPTION), p.text3));
        }
    });
}

fn in_a_sentence(day: &str) -> String {
    match day {
        "Today" | "Yesterday" => day.to_lowercase(),
        day => format!("on {day}"),
    }
}
