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

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// Sizes written as numbers where a font is made.
    fn sizes(source: &str) -> Vec<f32> {
        let makers = [
            "regular(",
            "bold(",
            "italic(",
            "mono(",
            "icon_fill(",
            "FontId::new(",
            "proportional(",
            "monospace(",
            ".size(",
        ];
        let after =
            makers.iter().flat_map(|maker| source.match_indices(maker).map(|(at, _)| &source[at + maker.len()..]));
        let number = |rest: &str| {
            let rest = rest.trim_start();
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            rest[..end].parse().ok()
        };
        after.filter_map(number).collect()
    }

    #[test]
    fn no_size_is_below_the_smallest() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app");
        let mut files = Vec::new();
        sources(&root, &mut files);
        assert!(files.len() > 30);
        for file in files {
            let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let small: Vec<f32> =
                sizes(&std::fs::read_to_string(&file).unwrap()).into_iter().filter(|size| *size < CAPTION).collect();
            assert!(small.is_empty(), "{name}: {small:?}");
        }
    }

    #[test]
    fn sizes_are_found_where_fonts_are_made() {
        // In two pieces, or this file would be found itself.
        let small = ["rich(words, text::regular", "(12.0), p.text); FontId::proportional", "( 9 )"].concat();
        assert_eq!(sizes(&small), vec![12.0, 9.0]);
    }

    #[test]
    fn the_named_sizes_are_large_enough() {
        for size in [CAPTION, BODY, TRANSCRIPT, LIVE, PANEL_TITLE, PAGE_TITLE, TIMER, HERO] {
            assert!(size >= 13.0);
        }
        for (_, font) in styles() {
            assert!(font.size >= 13.0);
        }
    }
}
