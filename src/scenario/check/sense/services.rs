//! The directory as the call meets it: services that are right, and traps, at its clock.

use std::collections::BTreeSet;
use std::rc::Rc;

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::model::Right;
use super::shared::Search;
use super::{Place, Sense};
use crate::call::directory::{self, Query};
use crate::diagnostic::codes;
use crate::scenario::Escalate;
use crate::standards::{Capacity, Decides, Disposition, Id, Place as Where, Refer, Role, Service, Sex};

/// A service is looked for so many minutes into a call.
const SEARCHED_AFTER: [i64; 2] = [5, 20];

/// What a search needs from the call.
struct Seeker<'a> {
    clock: DateTime,
    place: &'a Where,
    age: u32,
}

impl Sense<'_> {
    pub(super) fn services(&mut self) {
        let call = self.call;
        let patient = &call.patient;
        let directory = &self.standards.directory;
        let found = directory::place_in(directory, &patient.at);
        let place = Place::root("patient").field("at");
        match found {
            None => {
                let message = format!("the directory knows no place in “{}”: nothing can be searched for", patient.at);
                let words = self.standards.place(&patient.place).map(|place| place.known_by.join(", "));
                let hint = format!("write an address with one of these words: {}", words.unwrap_or_default());
                self.error(codes::PLACE_UNKNOWN, place, message, hint);
            }
            Some(other) if *other.id != *patient.place => {
                let message =
                    format!("by its address the patient is in `{}`, and `place` says `{}`", other.id, patient.place);
                self.error(codes::PLACE_UNKNOWN, place, message, "change one of the two");
            }
            Some(_) => {}
        }
        let clock: Option<DateTime> = call.clock.parse().ok();
        let place = self.standards.place(&patient.place);
        let (Some(clock), Some(place)) = (clock, place) else { return };
        let Some(age) = directory::age_on(&patient.born, clock.date()) else { return };
        let seeker = Seeker { clock, place, age };
        let mut said = BTreeSet::new();
        let mut listed: Vec<Listed> = Vec::new();
        for role in self.roles.clone() {
            let right = Right::of(&self.call.model, role);
            listed.push(self.listed(&seeker, role, right.codes()));
        }
        for (n, role) in self.roles.clone().into_iter().enumerate() {
            let right = Right::of(&self.call.model, role);
            self.right_services(&seeker, role, &right, (&listed, n), &mut said);
        }
        self.traps(&seeker, &listed);
    }

    /// Services that are listed for these outcomes: early and late in the call, and at either time.
    fn listed<'b>(&self, seeker: &Seeker<'_>, role: &Role, codes: impl Iterator<Item = &'b Id>) -> Listed {
        let mut listed = Listed::default();
        for (n, code) in codes.enumerate() {
            let Some(disposition) = self.standards.disposition(code) else { continue };
            if disposition.refer != Refer::Search {
                continue;
            }
            let [early, late] = SEARCHED_AFTER.map(|after| self.search(seeker, role, disposition, after));
            let both: BTreeSet<Id> = early.intersection(&late).cloned().collect();
            if n == 0 {
                listed.for_best = Some(both.clone());
            }
            listed.always.extend(both);
            listed.at_times.extend(early.iter().chain(&*late).cloned());
        }
        listed
    }

    fn search(&self, seeker: &Seeker<'_>, role: &Role, disposition: &Disposition, after: i64) -> Rc<BTreeSet<Id>> {
        let Some(need) = &disposition.need else { return Rc::default() };
        let patient = &self.call.patient;
        let key = Search {
            patient: (seeker.age, patient.sex == Sex::Female, seeker.place.id.clone(), patient.gp.clone()),
            need: need.clone(),
            minutes: disposition.minutes,
            role: role.id.clone(),
            after,
        };
        if let Some(known) = self.shared.searches.borrow().get(&key) {
            return Rc::clone(known);
        }
        let query = Query {
            now: seeker.clock.saturating_add(after.minutes()),
            minutes: disposition.minutes,
            need,
            symptom_group: &self.call.symptom_group,
            age_years: seeker.age,
            sex: Some(self.call.patient.sex),
            place: seeker.place,
            gp_practice: &self.call.patient.gp,
            role: &role.id,
            capacity: &self.call.capacity,
        };
        let results = directory::search(&self.standards.directory, &query);
        let services = &self.standards.directory.services;
        let found: Rc<BTreeSet<Id>> =
            Rc::new(results.found.iter().map(|found| services[found.service].id.clone()).collect());
        self.shared.searches.borrow_mut().insert(key, Rc::clone(&found));
        found
    }

    /// The best is listed for the best outcome, whatever else is right for some right outcome of some role.
    fn right_services(
        &mut self,
        seeker: &Seeker<'_>,
        role: &Role,
        right: &Right<'_>,
        (all, own): (&[Listed], usize),
        said: &mut BTreeSet<Id>,
    ) {
        let Some(referral) = right.referral else { return };
        let by_role = right.own.filter(|&n| self.call.model.by_role[n].referral.is_some());
        let at = by_role.map_or_else(Place::model, |n| Place::model().field("by_role").index(n)).field("referral");
        let leaves_it = right.escalate == Escalate::Expected && role.decides != Decides::OnLadder;
        let somewhere = |id: &Id| all.iter().any(|listed| listed.always.contains(id));
        let best = |id: &Id| match &all[own].for_best {
            Some(listed) if !leaves_it => listed.contains(id),
            _ => somewhere(id),
        };
        let mut services = Vec::new();
        if !best(&referral.best) {
            services.push((&referral.best, at.clone().field("best")));
        }
        for (n, id) in referral.acceptable.iter().enumerate().filter(|(_, id)| !somewhere(id)) {
            services.push((id, at.clone().field("acceptable").index(n)));
        }
        for (id, place) in services {
            if said.insert(id.clone()) {
                let message =
                    format!("`{id}` is not to be had in this call: {}", self.why_not(seeker, id, role, right));
                let hint =
                    "choose a service that the directory lists then, or change the clock, the place or `capacity`";
                self.error(codes::SERVICE_UNABLE, place, message, hint);
            }
        }
    }

    /// The first reason why a service is not listed.
    fn why_not(&self, seeker: &Seeker<'_>, id: &str, role: &Role, right: &Right<'_>) -> String {
        let Some(service) = self.standards.service(id) else { return "it is not known".into() };
        let needs: Vec<&Id> =
            right.codes().filter_map(|code| self.standards.disposition(code)?.need.as_ref()).collect();
        let group = &self.call.symptom_group;
        let capacity =
            self.call.capacity.iter().rfind(|(known, _)| **known == *id).map_or(service.capacity, |(_, c)| *c);
        if !service.active {
            "it is not active".into()
        } else if service.refuses.contains(group) || !service.takes.is_empty() && !service.takes.contains(group) {
            format!("it does not take `{group}`")
        } else if capacity == Capacity::Red {
            "it is full".into()
        } else if !needs.iter().any(|need| service.meets.contains(need)) {
            let needs: Vec<_> = needs.iter().map(|need| format!("`{need}`")).collect();
            format!("it meets none of the needs of the right outcomes ({})", needs.join(", "))
        } else if !service.roles.is_empty() && !service.roles.contains(&role.id) {
            format!("a {} may not refer to it", role.name.to_lowercase())
        } else if !fits(service, seeker.age) {
            format!("it does not see somebody of {}", seeker.age)
        } else {
            "it is closed then, out of range, for another sex or practice, or others of its kind stand before it".into()
        }
    }

    /// A trap is one that survives the filters: for a right outcome, or for a wrong one that tempts.
    fn traps(&mut self, seeker: &Seeker<'_>, listed: &[Listed]) {
        for (n, (id, _)) in self.call.model.traps.iter().enumerate() {
            if listed.iter().any(|list| list.at_times.contains(id)) || self.is_listed_for_any(seeker, id) {
                continue;
            }
            let message = format!("`{id}` is no trap: the directory lists it for no outcome of this call");
            let hint =
                "a trap is a service that stands in the list and is wrong; leave it out, or change what filters it";
            self.warning(codes::TRAP_FILTERED, Place::model().field("traps").index(n).index(0), message, hint);
        }
    }

    fn is_listed_for_any(&self, seeker: &Seeker<'_>, id: &Id) -> bool {
        let Some(service) = self.standards.service(id) else { return false };
        let all = &self.standards.dispositions.dispositions;
        let met = all.iter().filter(|d| d.need.as_ref().is_some_and(|need| service.meets.contains(need)));
        let mut tried = BTreeSet::new();
        for disposition in met.filter(|d| d.refer == Refer::Search) {
            if tried.insert((&disposition.need, disposition.minutes))
                && self.roles.iter().any(|role| self.search(seeker, role, disposition, SEARCHED_AFTER[0]).contains(id))
            {
                return true;
            }
        }
        false
    }
}

/// Services that a search lists.
#[derive(Debug, Default)]
struct Listed {
    /// For the best outcome, early and late in the call; absent where nothing is searched for it.
    for_best: Option<BTreeSet<Id>>,
    /// For some right outcome, early and late in the call.
    always: BTreeSet<Id>,
    /// For some right outcome, early or late.
    at_times: BTreeSet<Id>,
}

fn fits(service: &Service, age: u32) -> bool {
    service.from_age.is_none_or(|from| from <= age) && service.to_age.is_none_or(|to| age <= to)
}
