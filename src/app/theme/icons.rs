//! The icons in use: a subset of Phosphor regular (MIT), in the font of every family.
//!
//! One constant an icon, named as Phosphor names it.

#![allow(dead_code)]

pub const ARROW_COUNTER_CLOCKWISE: &str = "\u{e038}";
pub const ARROW_DOWN: &str = "\u{e03e}";
pub const ARROW_LEFT: &str = "\u{e058}";
pub const ARROW_RIGHT: &str = "\u{e06c}";
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
pub const ARROW_UP: &str = "\u{e08e}";
pub const BOOK_OPEN_TEXT: &str = "\u{e8f2}";
pub const CARET_DOWN: &str = "\u{e136}";
pub const CARET_LEFT: &str = "\u{e138}";
pub const CARET_RIGHT: &str = "\u{e13a}";
pub const CARET_UP: &str = "\u{e13c}";
pub const CHAT_CENTERED_TEXT: &str = "\u{e166}";
pub const CHAT_TEXT: &str = "\u{e17a}";
pub const CHECK: &str = "\u{e182}";
pub const CHECK_CIRCLE: &str = "\u{e184}";
pub const CHECK_SQUARE: &str = "\u{e186}";
pub const CIRCLE_DASHED: &str = "\u{e602}";
pub const CIRCLE_HALF: &str = "\u{e18c}";
pub const CLOCK: &str = "\u{e19a}";
pub const EAR_SLASH: &str = "\u{e70e}";
pub const EXPORT: &str = "\u{eaf0}";
pub const EYE_SLASH: &str = "\u{e224}";
pub const FILE_TEXT: &str = "\u{e23a}";
pub const FLAG: &str = "\u{e244}";
pub const GRADUATION_CAP: &str = "\u{e62c}";
pub const HAND_PALM: &str = "\u{e57e}";
pub const HEADSET: &str = "\u{e584}";
pub const HEART: &str = "\u{e2a8}";
pub const INFO: &str = "\u{e2ce}";
pub const LOCK_SIMPLE: &str = "\u{e308}";
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
pub const MAP_PIN: &str = "\u{e316}";
pub const MINUS_CIRCLE: &str = "\u{e32c}";
pub const MOON: &str = "\u{e330}";
pub const NOTEBOOK: &str = "\u{e34e}";
pub const PAUSE: &str = "\u{e39e}";
pub const PAUSE_CIRCLE: &str = "\u{e3a0}";
pub const PHONE: &str = "\u{e3b8}";
pub const PHONE_CALL: &str = "\u{e3ba}";
pub const PHONE_DISCONNECT: &str = "\u{e3bc}";
pub const PHONE_INCOMING: &str = "\u{e3be}";
pub const PHONE_TRANSFER: &str = "\u{e3c6}";
pub const PLAY: &str = "\u{e3d0}";
pub const PLUS: &str = "\u{e3d4}";
pub const PROHIBIT: &str = "\u{e3de}";
pub const PUSH_PIN: &str = "\u{e3e2}";
pub const QUOTES: &str = "\u{e660}";
pub const SHIELD_CHECK: &str = "\u{e40c}";
pub const SHIELD_WARNING: &str = "\u{e412}";
pub const SIGNPOST: &str = "\u{e89c}";
pub const SPEAKER_HIGH: &str = "\u{e44a}";
pub const SQUARE: &str = "\u{e45e}";
pub const TIMER: &str = "\u{e492}";
pub const USER: &str = "\u{e4c2}";
pub const USER_SWITCH: &str = "\u{e756}";
pub const USERS: &str = "\u{e4d6}";
pub const WARNING: &str = "\u{e4e0}";
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
pub const X: &str = "\u{e4f6}";
pub const X_CIRCLE: &str = "\u{e4f8}";
