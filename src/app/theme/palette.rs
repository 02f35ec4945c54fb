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
