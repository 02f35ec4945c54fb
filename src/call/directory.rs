//! stub
use jiff::civil::{Date, DateTime};
use crate::standards::{Capacity, Directory, Id, Place, Sex};
pub struct Query<'a> { pub now: DateTime, pub minutes: Option<u32>, pub need: &'a str, pub symptom_group: &'a str, pub age_years: u32, pub sex: Option<Sex>, pub place: &'a Place, pub gp_practice: &'a str, pub role: &'a str, pub capacity: &'a [(Id, Capacity)] }
pub enum OpenState { Always }
pub struct Found { pub service: usize, pub distance: u32, pub open: OpenState, pub capacity: Capacity, pub journey: Option<String>, pub catch_all: bool }
pub struct Results { pub found: Vec<Found>, pub gap: bool, pub missed_by_one: Vec<usize> }
pub fn search(_: &Directory, _: &Query) -> Results { Results { found: vec![], gap: true, missed_by_one: vec![] } }
pub fn place_in<'d>(d: &'d Directory, _: &str) -> Option<&'d Place> { d.places.first() }
pub fn age_on(_: &str, _: Date) -> Option<u32> { Some(40) }
pub fn date_of_birth(s: &str) -> Option<Date> { s.parse().ok() }
