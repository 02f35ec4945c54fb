//! What is taken away: a page to print, a table of everything on it, and a person's own evidence by competence.
//!
//! Pages are HTML that needs nothing else: no request leaves them, they are read by a screen reader in the order in
//! which they are printed, and fit A4. Simulated people and drafts are said to be such on every one of them.

mod csv;
mod evidence;
mod page;

pub use csv::table;
pub use evidence::{Evidence, Shown, evidence, evidence_page, evidence_table};
pub use page::page;

use super::plan::FollowUp;
use super::room::Figures;
use super::session::Session;
use crate::standards::Standards;

/// A session with what is printed beside it.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'p> {
    pub session: &'p Session,
    pub standards: &'p Standards,
    /// One a call of the session, in their order; may be empty.
    pub calls: &'p [CallPack],
}

/// What is said of a call besides what the room did.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CallPack {
    /// Its title: everybody in the room has heard it by now.
    pub title: String,
    /// Why it was chosen, in sentences.
    pub reasons: Vec<String>,
    /// How alike the cohort decided before the session.
    pub before: Option<Figures>,
    /// Whether the next round agreed better, once there is one.
    pub follow_up: Option<FollowUp>,
    pub draft: bool,
}

/// What has to be said on everything that leaves the program.
pub(super) const LABEL: &str = "Training simulation: not clinical decision support, not NHS Pathways, not endorsed by the NHS. \
    For learning, not for managing anybody's performance.";
pub(super) const SIMULATED_LABEL: &str = "Simulated people: nobody real decided what is told of them.";
pub(super) const DRAFT_LABEL: &str = "A call in it is a draft and has not been reviewed by a clinician.";

/// One row of a table for a spreadsheet, ended as the standard for such files says (RFC 4180). A text that a spreadsheet
/// would take for a formula gets an apostrophe in front.
pub(super) fn csv_row<'t>(cells: impl IntoIterator<Item = &'t str>) -> String {
    let cell = |text: &str| {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
        let text = if formula { format!("'{text}") } else { text.to_owned() };
        if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}
