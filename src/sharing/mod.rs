//! Skill-sharing: calls handed out and brought back, what is worth talking about, and the session that does.
//!
//! | module | what |
//! |---|---|
//! | [`call_set`] | calls in an order that a trainer hands out as one file |
//! | [`returning`] | handing calls back with what may be seen of them; taking it back |
//! | [`bringing`] | many people's files: a survey, then what is wanted |
//! | [`decisions`] | decisions that were shared without their calls |
//! | [`opening`] | from what a store keeps to a cohort |
//! | [`room`] | the review room: grid, figures, groups, leaning, marks |
//! | [`plan`], [`prompts`] | where there is most to learn, and what to ask |
//! | [`agenda`], [`facilitation`], [`session`] | the session: minutes, scripts, what happens in it |
//! | [`follow_up`] | what became of what was agreed |
//! | [`calibration`] | several trainers mark the same replays |
//! | [`pack`] | what is taken away: page, table, evidence |

pub mod agenda;
pub mod bringing;
pub mod calibration;
pub mod call_set;
pub mod decisions;
pub mod facilitation;
pub mod follow_up;
pub mod opening;
pub mod pack;
pub mod plan;
pub mod prompts;
pub mod returning;
pub mod room;
pub mod session;
#[cfg(not(target_arch = "wasm32"))]
pub mod shell;
#[cfg(test)]
mod tests;
mod words;

pub use words::FactWords;
