//! The colour tokens of the design, dark and light. Contrast ratios stand in `design.md`.

use bevy_egui::egui::{Color32, Ui};

/// One theme's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub dark: bool,
    /// Window, panel, card, control.
    pub bg0: Color32,
    pub bg1: Color32,
    pub bg2: Color32,
    pub bg3: Color32,
    /// Dividers; never a control's only edge.
    pub line: Color32,
    /// Borders of controls.
    pub edge: Color32,
    pub text: Color32,
    /// Secondary; the trainee's own lines.
    pub text2: Color32,
    /// Labels, times, words not spoken yet.
    pub text3: Color32,
    /// Focus, chosen, the live voice.
    pub accent: Color32,
    pub accent_soft: Color32,
    pub on_accent: Color32,
    pub under: Color32,
    pub under_soft: Color32,
    pub over: Color32,
    pub over_soft: Color32,
    pub ok: Color32,
    pub ok_soft: Color32,
    pub cue: Color32,
    pub cue_soft: Color32,
    pub safety: Color32,
    pub safety_soft: Color32,
}

const fn hex(rgb: u32) -> Color32 {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

impl Palette {
    pub const DARK: Palette = Palette {
        dark: true,
        bg0: hex(0x0E1415),
        bg1: hex(0x151D1F),
        bg2: hex(0x1D2729),
        bg3: hex(0x283539),
        line: hex(0x324145),
        edge: hex(0x71878B),
        text: hex(0xEDF3F1),
        text2: hex(0xBBC9C8),
        text3: hex(0x9BADAE),
        accent: hex(0x57D0C0),
        accent_soft: hex(0x143733),
        on_accent: hex(0x06211E),
        under: hex(0xFF9A6B),
        under_soft: hex(0x3A231A),
        over: hex(0xB7A9FF),
        over_soft: hex(0x2A2646),
        ok: hex(0x9BD65B),
        ok_soft: hex(0x22331A),
        cue: hex(0xF3CD63),
        cue_soft: hex(0x37301A),
        safety: hex(0xFF83A3),
        safety_soft: hex(0x3D1F2A),
    };

    pub const LIGHT: Palette = Palette {
        dark: false,
        bg0: hex(0xEFEBE2),
        bg1: hex(0xF8F5EE),
        bg2: hex(0xFFFFFF),
        bg3: hex(0xE6E0D3),
        line: hex(0xD3CBBB),
        edge: hex(0x7A7566),
        text: hex(0x1B2322),
        text2: hex(0x46514F),
        text3: hex(0x59635F),
        accent: hex(0x0A6A62),
        accent_soft: hex(0xD5ECE7),
        on_accent: hex(0xFFFFFF),
        under: hex(0xA63F0C),
        under_soft: hex(0xFBE3D6),
        over: hex(0x5240B8),
        over_soft: hex(0xE6E2FA),
        ok: hex(0x38650B),
        ok_soft: hex(0xE1EFCF),
        cue: hex(0x735200),
        cue_soft: hex(0xF8EBC4),
        safety: hex(0xA8174A),
        safety_soft: hex(0xFADFE7),
    };

    /// The colours of the theme in which this is painted.
    pub fn of(ui: &Ui) -> &'static Palette {
        if ui.visuals().dark_mode { &Palette::DARK } else { &Palette::LIGHT }
    }
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::Rgba;

    use super::*;

    /// Ordinary text; large text, control edges and signs need 3.
    const TEXT: f32 = 4.5;
    const EDGE: f32 = 3.0;

    /// Relative luminance as WCAG 2 has it.
    fn luminance(color: Color32) -> f32 {
        let linear = Rgba::from(color);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    }

    fn contrast(a: Color32, b: Color32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    impl Palette {
        fn surfaces(&self) -> [(&'static str, Color32); 10] {
            [
                ("bg0", self.bg0),
                ("bg1", self.bg1),
                ("bg2", self.bg2),
                ("bg3", self.bg3),
                ("accent_soft", self.accent_soft),
                ("under_soft", self.under_soft),
                ("over_soft", self.over_soft),
                ("ok_soft", self.ok_soft),
                ("cue_soft", self.cue_soft),
                ("safety_soft", self.safety_soft),
            ]
        }

        fn colors(&self) -> [(&'static str, Color32); 6] {
            [
                ("accent", self.accent),
                ("under", self.under),
                ("over", self.over),
                ("ok", self.ok),
                ("cue", self.cue),
                ("safety", self.safety),
            ]
        }
    }

    #[test]
    fn contrast_is_computed_as_the_standard_says() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 0.01);
        assert!((contrast(hex(0x777777), Color32::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_text_can_be_read_on_every_surface() {
        for p in [Palette::DARK, Palette::LIGHT] {
            let inks = [("text", p.text), ("text2", p.text2), ("text3", p.text3)];
            for (ink, color) in inks.into_iter().chain(p.colors()) {
                for (surface, ground) in p.surfaces() {
                    let found = contrast(color, ground);
                    assert!(found >= TEXT, "{ink} on {surface}, dark: {}: {found:.2}", p.dark);
                }
            }
        }
    }

    #[test]
    fn words_can_be_read_on_solid_colours() {
        for p in [Palette::DARK, Palette::LIGHT] {
            for (name, ground) in p.colors() {
                let found = contrast(p.on_accent, ground);
                assert!(found >= TEXT, "on_accent on {name}, dark: {}: {found:.2}", p.dark);
            }
        }
    }

    #[test]
    fn controls_have_an_edge_that_can_be_seen() {
        for p in [Palette::DARK, Palette::LIGHT] {
            for (surface, ground) in p.surfaces() {
                let found = contrast(p.edge, ground);
                assert!(found >= EDGE, "edge on {surface}, dark: {}: {found:.2}", p.dark);
            }
        }
    }
}
