//! Rightcall: a simulator in which people who answer England's urgent-care line practise calls.

pub mod call;
pub mod scenario;
pub mod standards;
