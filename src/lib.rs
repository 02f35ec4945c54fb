//! Rightcall: a simulator in which people who answer England's urgent-care line practise calls.

pub mod agreement;
#[cfg(feature = "app")]
pub mod app;
pub mod calendar;
pub mod call;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod cohort;
pub mod coverage;
pub mod diagnostic;
pub mod explore;
pub mod marking;
pub mod practice;
pub mod records;
pub mod review;
pub mod ron_text;
pub mod scenario;
pub mod sharing;
pub mod simulation;
pub mod standards;
