//! The navigation rail: where one can go, on every screen but the first.

use bevy::prelude::*;
use bevy_egui::egui::{
    self, Color32, CornerRadius, Rect, Sense, Stroke, StrokeKind, WidgetInfo, WidgetType, pos2, vec2,
};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::Screen;
use super::egui::{Ui, Wake, leave_room};
use super::keys::{self, Command};
use super::library::call_number;
use super::profile::{Who, Workspace};
use super::screens::call::InHand;
use super::screens::calls;
use super::screens::settings::trainer_pin;
use super::theme::icons;
use super::theme::palette::Palette;
use super::theme::text;
use super::theme::widgets;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Rail));
    app.add_systems(Update, entitle.run_if(state_changed::<Screen>));
}

/// One entry of the rail.
struct Entry {
    screen: Screen,
    name: &'static str,
    icon: &'static str,
    for_trainers: bool,
}

const ENTRIES: [Entry; 5] = [
    Entry { screen: Screen::Desk, name: "Desk", icon: icons::DESK, for_trainers: false },
    Entry { screen: Screen::Calls, name: "Calls", icon: icons::PHONE_CALL, for_trainers: false },
    Entry { screen: Screen::Standards, name: "Standards", icon: icons::SCALES, for_trainers: false },
    Entry { screen: Screen::Answers, name: "Model answers", icon: icons::CHALKBOARD_TEACHER, for_trainers: true },
    Entry { screen: Screen::Review, name: "Review room", icon: icons::GRID_NINE, for_trainers: true },
];

/// What the rail knows.
pub struct Rail<'a> {
    pub screen: Screen,
    pub name: &'a str,
    pub trainer: bool,
    /// A call is going on: going elsewhere pauses it.
    pub in_call: bool,
}

fn show(
    mut contexts: EguiContexts,
    screen: Res<State<Screen>>,
    who: Res<Who>,
    mut in_hand: ResMut<InHand>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let window = ctx.content_rect();
    // Who is not known yet goes nowhere; a session is shown to a room.
    if matches!(screen.get(), Screen::FirstRun | Screen::Session) {
        leave_room(ctx, window);
        return Ok(());
    }
    let width = width(window.width());
    let rect = Rect::from_min_size(window.min, vec2(width, window.height()));
    leave_room(ctx, window.with_min_x(rect.max.x));
    let mut ui = egui::Ui::new(
        ctx.clone(),
        egui::Id::new("rail"),
        egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(rect),
    );
    let live = in_hand.live.as_mut();
    let model = Rail {
        screen: *screen.get(),
        name: who.name(),
        trainer: who.workspace == Workspace::Trainer,
        in_call: live.is_some(),
    };
    // Nobody is taken out of a call for it.
    let closed = !model.trainer && !model.in_call;
    let wants_pin = closed && keys_of_trainers().any(|command| keys::pressed(ctx, command));
    let key = || if wants_pin { Some(Screen::Settings) } else { by_key(ctx, model.trainer) };
    let Some(there) = rail_ui(&mut ui, &model).or_else(key) else { return Ok(()) };
    if wants_pin {
        ctx.memory_mut(|memory| memory.request_focus(trainer_pin()));
    }
    let there = if there == Screen::Calls && live.is_some() { Screen::Call } else { there };
    if there == *screen.get() {
        // Whoever is there already wants to get at what is there.
        if there == Screen::Calls {
            ctx.memory_mut(|memory| memory.request_focus(calls::search_id()));
        }
        return Ok(());
    }
    // Whoever goes elsewhere in mid-call has stepped away from the phone.
    if let Some(live) = live.filter(|live| *screen.get() == Screen::Call && !live.paused()) {
        live.toggle_pause();
    }
    next.set(there);
    wake.now();
    Ok(())
}

/// The window says where one is: task bars and screen readers read it.
fn entitle(
    screen: Res<State<Screen>>,
    in_hand: Res<InHand>,
    mut windows: Query<&mut Window, With<bevy::window::PrimaryWindow>>,
) {
    let Ok(mut window) = windows.single_mut() else { return };
    let call = in_hand.live.as_ref().map(|live| call_number(live.call().script().scenario.number));
    let place = match screen.get() {
        Screen::FirstRun => None,
        Screen::Desk => Some("Desk".to_owned()),
        Screen::Calls => Some("Calls".to_owned()),
        Screen::Call => call,
        Screen::Debrief => Some("Debrief".to_owned()),
        Screen::Standards => Some("Standards".to_owned()),
        Screen::Answers => Some("Model answers".to_owned()),
        Screen::Review => Some("Review room".to_owned()),
        Screen::HandBack => Some("Hand back".to_owned()),
        Screen::Handing => Some("Hand out and bring back".to_owned()),
        Screen::Session => Some("Session".to_owned()),
        Screen::Round => Some("Decide in a session".to_owned()),
        Screen::Settings => Some("Settings".to_owned()),
    };
    window.title = place.map_or_else(|| "Rightcall".into(), |place| format!("{place} – Rightcall"));
}

/// Model answers and other people's calls are the trainer's alone.
fn is_for_trainers(screen: Screen) -> bool {
    ENTRIES.iter().any(|entry| entry.screen == screen && entry.for_trainers)
}

/// Where a key leads.
const PLACES: [(Command, Screen); 6] = [
    (Command::ToDesk, Screen::Desk),
    (Command::ToCalls, Screen::Calls),
    (Command::ToStandards, Screen::Standards),
    (Command::ToSettings, Screen::Settings),
    (Command::ToAnswers, Screen::Answers),
    (Command::ToReview, Screen::Review),
];

/// Keys to places that are the trainer's.
fn keys_of_trainers() -> impl Iterator<Item = Command> {
    PLACES.into_iter().filter(|(_, screen)| is_for_trainers(*screen)).map(|(command, _)| command)
}

/// Where a key leads; to a trainer's place by a trainer's key alone.
fn by_key(ctx: &egui::Context, trainer: bool) -> Option<Screen> {
    let open = |screen| trainer || !is_for_trainers(screen);
    let mut places = PLACES.into_iter().filter(|(_, screen)| open(*screen));
    places.find(|(command, _)| keys::pressed(ctx, *command)).map(|(_, screen)| screen)
}

/// With names where there is room, else icons alone.
fn width(window: f32) -> f32 {
    if window >= 1100.0 {
        84.0
    } else if window >= 700.0 {
        56.0
    } else {
        44.0
    }
}

/// The rail; where somebody wants to go.
pub fn rail_ui(ui: &mut egui::Ui, model: &Rail) -> Option<Screen> {
    let p = Palette::of(ui);
    let rect = ui.max_rect();
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(egui::accesskit::Role::Navigation);
        node.set_label("Rightcall");
    });
    ui.painter().rect_filled(rect, CornerRadius::ZERO, p.bg1);
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, p.line));
    let mut go = None;
    // Whoever has come to a screen and presses Tab wants its first control, not the way out of it.
    let passed = ui.memory(|memory| memory.focused().is_none())
        && ui.input(|input| input.key_pressed(egui::Key::Tab) && !input.modifiers.shift);
    let sense = if passed { Sense::CLICK } else { Sense::click() };
    ui.spacing_mut().item_spacing = vec2(0.0, 4.0);
    egui::ScrollArea::vertical().id_salt("rail").auto_shrink(false).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            let roomy = rect.height() > 560.0;
            if roomy {
                ui.add_space(14.0);
                logo(ui);
                ui.add_space(10.0);
            } else {
                ui.add_space(6.0);
            }
            for entry in ENTRIES.iter().filter(|entry| model.trainer || !entry.for_trainers) {
                if entry_ui(ui, entry, model, sense).clicked() {
                    go = Some(entry.screen);
                }
            }
            let below = 60.0 + 52.0 + 12.0;
            if roomy {
                ui.add_space((rect.bottom() - ui.cursor().top() - below).max(0.0));
            }
            let settings =
                Entry { screen: Screen::Settings, name: "Settings", icon: icons::GEAR_SIX, for_trainers: false };
            if entry_ui(ui, &settings, model, sense).clicked() {
                go = Some(Screen::Settings);
            }
            if me_ui(ui, model.name, sense).clicked() {
                go = Some(Screen::Settings);
            }
            ui.add_space(8.0);
        });
    });
    go
}

fn entry_ui(ui: &mut egui::Ui, entry: &Entry, model: &Rail, sense: Sense) -> egui::Response {
    let p = Palette::of(ui);
    let named = ui.max_rect().width() > 80.0;
    let on = entry.screen == place_of(model.screen);
    let size = if named { vec2(72.0, 60.0) } else { vec2(40.0, 40.0) };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let says = match entry.screen {
        Screen::Calls if model.in_call && model.screen != Screen::Call => "Calls: back to the call".to_owned(),
        _ => entry.name.to_owned(),
    };
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, enabled, on, &says));
    let fill = if on {
        p.bg3
    } else if response.hovered() {
        p.bg2
    } else {
        Color32::TRANSPARENT
    };
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(8), fill);
    if on {
        let bar = Rect::from_min_max(
            pos2(rect.left() - 6.0, rect.top() + 14.0),
            pos2(rect.left() - 2.0, rect.bottom() - 14.0),
        );
        painter.rect_filled(bar, CornerRadius::same(2), p.accent);
    }
    let icon_font = if on { text::icon_fill(23.0) } else { text::regular(23.0) };
    let icon_color = if on { p.accent } else { p.text2 };
    if named {
        let font = if on { text::bold(text::CAPTION) } else { text::regular(text::CAPTION) };
        let mut job =
            egui::text::LayoutJob::simple(entry.name.to_owned(), font, if on { p.text } else { p.text2 }, 68.0);
        job.halign = egui::Align::Center;
        let words = painter.layout_job(job);
        let height = 24.0 + 3.0 + words.size().y;
        let top = rect.center().y - height / 2.0;
        painter.text(pos2(rect.center().x, top), egui::Align2::CENTER_TOP, entry.icon, icon_font, icon_color);
        painter.galley(pos2(rect.center().x, top + 27.0), words, p.text2);
    } else {
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, entry.icon, icon_font, icon_color);
        // A picture alone says its name to the mouse and to the keyboard.
        if response.has_focus() {
            response.show_tooltip_text(&says);
        }
        response.clone().on_hover_text(&says);
    }
    if model.in_call && entry.screen == Screen::Calls && model.screen != Screen::Call {
        painter.circle_filled(rect.right_top() + vec2(-12.0, 12.0), 5.0, p.accent);
    }
    widgets::ring(ui, &response);
    response
}

/// Where in the rail a screen belongs.
fn place_of(screen: Screen) -> Screen {
    match screen {
        Screen::Call | Screen::Debrief => Screen::Calls,
        Screen::HandBack => Screen::Desk,
        Screen::Handing => Screen::Review,
        screen => screen,
    }
}

fn me_ui(ui: &mut egui::Ui, name: &str, sense: Sense) -> egui::Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(40.0, 40.0), sense);
    let says =
        if name.is_empty() { "Who is practising".to_owned() } else { format!("{name}: profile and finish shift") };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &says));
    let painter = ui.painter();
    painter.circle(rect.center(), 19.0, p.bg3, Stroke::new(1.0, p.edge));
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect();
    if initials.is_empty() {
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, icons::USER, text::regular(20.0), p.text);
    } else {
        let initials = initials.to_uppercase();
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, initials, text::bold(14.0), p.text);
    }
    widgets::ring(ui, &response);
    response.on_hover_text(&says)
}

/// A speech bubble with a tick: a call taken rightly.
pub fn logo(ui: &mut egui::Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(44.0, 44.0), Sense::hover());
    let size = rect.width().min(ui.available_width().max(28.0));
    paint_logo(ui.painter(), Rect::from_center_size(rect.center(), vec2(size, size)), Palette::of(ui));
}

fn paint_logo(painter: &egui::Painter, rect: Rect, p: &Palette) {
    let unit = rect.width() / 44.0;
    painter.rect_filled(rect, CornerRadius::same(10), p.accent);
    let bubble = Rect::from_min_max(rect.min + vec2(9.0, 10.0) * unit, rect.min + vec2(35.0, 30.0) * unit);
    painter.rect(
        bubble,
        CornerRadius::same(5),
        Color32::TRANSPARENT,
        Stroke::new(3.0 * unit, p.on_accent),
        StrokeKind::Middle,
    );
    let tail = [vec2(15.0, 30.0), vec2(15.0, 37.0), vec2(22.0, 30.0)].map(|at| rect.min + at * unit);
    painter.add(egui::Shape::convex_polygon(tail.to_vec(), p.on_accent, Stroke::NONE));
    let tick = [vec2(16.0, 20.0), vec2(20.5, 24.5), vec2(28.5, 16.0)].map(|at| rect.min + at * unit);
    painter.line(tick.to_vec(), Stroke::new(3.0 * unit, p.on_accent));
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT, Queryable};

    use super::*;
    use crate::app::screens::testing;

    fn harness(trainer: bool, size: egui::Vec2) -> Harness<'static, Option<Screen>> {
        testing::harness(size, None, move |ui, went: &mut Option<Screen>| {
            let model = Rail { screen: Screen::Desk, name: "Asha Khan", trainer, in_call: false };
            *went = rail_ui(ui, &model).or_else(|| by_key(ui.ctx(), trainer)).or(*went);
        })
    }

    #[test]
    fn every_place_is_reached_by_key_and_model_answers_by_trainers_alone() {
        use egui::{Key, Modifiers};
        let keys = [
            (Key::Num1, Screen::Desk),
            (Key::Num2, Screen::Calls),
            (Key::Num3, Screen::Standards),
            (Key::Num4, Screen::Settings),
            (Key::Num5, Screen::Answers),
            (Key::Num6, Screen::Review),
        ];
        for trainer in [true, false] {
            for (key, screen) in keys {
                let mut harness = harness(trainer, egui::vec2(84.0, 800.0));
                harness.run();
                harness.key_press_modifiers(Modifiers::ALT, key);
                harness.run();
                let open = trainer || !matches!(screen, Screen::Answers | Screen::Review);
                assert_eq!(*harness.state(), open.then_some(screen), "{key:?}");
            }
        }
    }

    #[test]
    fn every_place_is_reached_by_name() {
        let mut harness = harness(true, egui::vec2(84.0, 800.0));
        harness.run();
        for entry in &ENTRIES {
            harness.get_by_label(entry.name).click();
            harness.run();
            assert_eq!(*harness.state(), Some(entry.screen));
        }
        harness.get_by_label_contains("finish shift").click();
        harness.run();
        assert_eq!(*harness.state(), Some(Screen::Settings));
    }

    #[test]
    fn the_keys_of_trainers_are_those_that_lead_to_the_pin() {
        let keys: Vec<Command> = keys_of_trainers().collect();
        assert_eq!(keys, [Command::ToAnswers, Command::ToReview]);
    }

    #[test]
    fn tab_from_nowhere_comes_to_the_screen_and_not_to_the_way_out_of_it() {
        let mut harness = testing::harness(egui::vec2(400.0, 800.0), (), |ui, ()| {
            let model = Rail { screen: Screen::Desk, name: "Asha Khan", trainer: true, in_call: false };
            ui.scope(|ui| rail_ui(ui, &model));
            _ = ui.button("First of the screen");
        });
        harness.run();
        harness.key_press(egui::Key::Tab);
        harness.run();
        assert!(harness.get_by_label("First of the screen").accesskit_node().is_focused());
        // The rail comes round after the last.
        harness.key_press(egui::Key::Tab);
        harness.run();
        assert!(harness.get_by_label("Desk").accesskit_node().is_focused());
    }

    #[test]
    fn a_trainee_is_not_shown_what_gives_calls_away() {
        let mut harness = harness(false, egui::vec2(44.0, 350.0));
        harness.run();
        assert!(harness.query_by_label("Model answers").is_none());
        assert!(harness.query_by_label("Desk").is_some());
    }
}
