//! What stands in a cell of the ladder.

use super::state::Cell;
use crate::app::live::Live;
use crate::standards::{Disposition, Id};

/// What can be decided on in a cell, in table order.
pub fn codes(live: &Live, (row, column): Cell) -> Vec<&Disposition> {
    let d = &live.call().script().standards.dispositions;
    let (Some(rung), Some(column)) = (d.rungs.get(row), d.columns.get(column)) else { return Vec::new() };
    let here = d.dispositions.iter().filter(|x| x.rung == rung.id && x.column == column.id);
    here.filter(|x| live.call().may_decide_on(x).is_ok()).collect()
}

/// Where an outcome stands.
pub fn place(live: &Live, code: &Id) -> Option<Cell> {
    let standards = &live.call().script().standards;
    let d = &standards.dispositions;
    let disposition = standards.disposition(code)?;
    let row = d.rungs.iter().position(|rung| rung.id == disposition.rung)?;
    let column = d.columns.iter().position(|column| column.id == disposition.column)?;
    Some((row, column))
}

/// The category of an ambulance, which is the name of its cell.
pub fn category(codes: &[&Disposition]) -> Option<String> {
    let ambulance = codes.iter().find(|d| &*d.setting == "ambulance")?;
    let (_, number) = ambulance.group.split_once("Category ")?;
    Some(format!("Cat {number}"))
}
