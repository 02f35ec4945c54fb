//! Type: Atkinson Hyperlegible for words, its Mono for times, counts and keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy_egui::egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, RichText, TextStyle};

/// 13, the smallest.
pub const CAPTION: f32 = 13.0;
pub const BODY: f32 = 15.0;
pub const TRANSCRIPT: f32 = 16.0;
pub const LIVE: f32 = 18.0;
pub const PANEL_TITLE: f32 = 17.0;
pub const PAGE_TITLE: f32 = 22.0;
pub const TIMER: f32 = 27.0;
pub const HERO: f32 = 28.0;

const BOLD: &str = "bold";
const ITALIC: &str = "italic";
const FILL: &str = "icons filled";
const MONO_BOLD: &str = "mono bold";

macro_rules! font {
    ($file:literal) => {
        FontData::from_static(include_bytes!(concat!("../../../assets/fonts/", $file)))
    };
}

/// The fonts, embedded; icons stand behind each.
pub fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files = [
        ("regular", font!("AtkinsonHyperlegible-Regular.ttf")),
        (BOLD, font!("AtkinsonHyperlegible-Bold.ttf")),
        (ITALIC, font!("AtkinsonHyperlegible-Italic.ttf")),
        ("mono", font!("AtkinsonHyperlegibleMono-Regular.ttf")),
        (MONO_BOLD, font!("AtkinsonHyperlegibleMono-Bold.ttf")),
        ("icons", font!("Phosphor-Icons.ttf")),
        (FILL, font!("Phosphor-Icons-Fill.ttf")),
    ];
    for (name, data) in files {
        fonts.font_data.insert(name.into(), Arc::new(data));
    }
    let families = [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "mono"),
        (FontFamily::Name(BOLD.into()), BOLD),
        (FontFamily::Name(ITALIC.into()), ITALIC),
        (FontFamily::Name(MONO_BOLD.into()), MONO_BOLD),
        (FontFamily::Name(FILL.into()), FILL),
    ];
    for (family, first) in families {
        fonts.families.insert(family, vec![first.into(), "icons".into(), "regular".into()]);
    }
    fonts
}

pub fn styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Small, regular(CAPTION)),
        (TextStyle::Body, regular(BODY)),
        (TextStyle::Button, regular(BODY)),
        (TextStyle::Heading, bold(PAGE_TITLE)),
        (TextStyle::Monospace, mono(BODY)),
    ]
    .into()
}

pub fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

pub fn italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(ITALIC.into()))
}

pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

pub fn mono_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MONO_BOLD.into()))
}

/// The filled icons: for what is chosen.
pub fn icon_fill(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(FILL.into()))
}

/// Text in a font and colour.
pub fn rich(text: impl Into<String>, font: FontId, color: Color32) -> RichText {
    RichText::new(text).font(font).color(color)
}
