//! The directory as the call meets it: services that are right, and traps, at its clock.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::model::Right;
use super::{Place, Sense};
use crate::call::directory::{self, Query};
use crate::diagnostic::codes;
use crate::scenario::Escalate;
use crate::standards::{Capacity, Decides, Id, Place as Where, Role, Service};

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
                let message = format!("by its address the patient is in `{}`, and `place` says `{}`", other.id, patient.place);
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
        let mut traps: Vec<BTreeSet<Id>> = Vec::new();
        for role in self.roles.clone() {
            let right = Right::of(&call.model, role);
            traps.push(self.listed(&seeker, role, right.codes(), false));
            if right.escalate == Escalate::Expected && role.decides != Decides::OnLadder {
                continue;
            }
            self.right_services(&seeker, role, &right, &mut said);
        }
        self.traps(&seeker, &traps);
    }

    /// Services that are listed for one of these outcomes: early and late in the call, or at either time.
    fn listed<'b>(
        &self,
        seeker: &Seeker<'_>,
        role: &Role,
        codes: impl Iterator<Item = &'b Id>,
        always: bool,
    ) -> BTreeSet<Id> {
        let mut all = BTreeSet::new();
        for code in codes {
            let Some(disposition) = self.standards.disposition(code) else { continue };
            let Some(need) = disposition.need.as_ref().filter(|_| self.is_searched(code)) else { continue };
            let lists = SEARCHED_AFTER.map(|minutes| {
                let results = directory::search(
                    &self.standards.directory,
                    &Query {
                        now: seeker.clock.saturating_add(minutes.minutes()),
                        minutes: disposition.minutes,
                        need,
                        symptom_group: &self.call.symptom_group,
                        age_years: seeker.age,
                        sex: Some(self.call.patient.sex),
                        place: seeker.place,
                        gp_practice: &self.call.patient.gp,
                        role: &role.id,
                        capacity: &self.call.capacity,
                    },
                );
                let services = &self.standards.directory.services;
                results.found.iter().map(|found| services[found.service].id.clone()).collect::<BTreeSet<Id>>()
            });
            let [early, late] = lists;
            if always {
                all.extend(early.intersection(&late).cloned());
            } else {
                all.extend(early);
                all.extend(late);
            }
        }
        all
    }

    fn right_services(&mut self, seeker: &Seeker<'_>, role: &Role, right: &Right<'_>, said: &mut BTreeSet<Id>) {
        let Some(referral) = right.referral else { return };
        let own = right.own.filter(|&n| self.call.model.by_role[n].referral.is_some());
        let at = own.map_or_else(Place::model, |n| Place::model().field("by_role").index(n)).field("referral");
        let best = self.listed(seeker, role, std::iter::once(right.best).filter(|code| self.is_searched(code)), true);
        let any = self.listed(seeker, role, right.codes(), true);
        let best = if self.is_searched(right.best) { best } else { any.clone() };
        let services = std::iter::once((&referral.best, at.clone().field("best"), &best));
        let acceptable = referral.acceptable.iter().enumerate();
        let services =
            services.chain(acceptable.map(|(n, id)| (id, at.clone().field("acceptable").index(n), &any)));
        for (id, place, listed) in services {
            if listed.contains(id) || !said.insert(id.clone()) {
                continue;
            }
            let message = format!("`{id}` is not to be had in this call: {}", self.why_not(seeker, id, role, right));
            let hint = "choose a service that the directory lists then, or change the clock, the place or `capacity`";
            self.error(codes::SERVICE_UNABLE, place, message, hint);
        }
    }

    /// The first reason why a service is not listed.
    fn why_not(&self, seeker: &Seeker<'_>, id: &str, role: &Role, right: &Right<'_>) -> String {
        let Some(service) = self.standards.service(id) else { return "it is not known".into() };
        let needs: Vec<&Id> =
            right.codes().filter_map(|code| self.standards.disposition(code)?.need.as_ref()).collect();
        let group = &self.call.symptom_group;
        let capacity = self.call.capacity.iter().rfind(|(known, _)| **known == *id).map_or(service.capacity, |(_, c)| *c);
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

    /// A trap is one that survives the filters.
    fn traps(&mut self, seeker: &Seeker<'_>, listed: &[BTreeSet<Id>]) {
        for (n, (id, _)) in self.call.model.traps.iter().enumerate() {
            if listed.iter().any(|list| list.contains(id)) {
                continue;
            }
            let role = self.roles.first().copied();
            let why = role.map_or_else(String::new, |role| {
                format!(": {}", self.why_not(seeker, id, role, &Right::of(&self.call.model, role)))
            });
            let message = format!("`{id}` is no trap: the directory does not list it in this call{why}");
            let hint = "a trap is a service that stands in the list and is wrong; leave this one out, or change what filters it";
            self.warning(codes::TRAP_FILTERED, Place::model().field("traps").index(n).index(0), message, hint);
        }
    }
}

fn fits(service: &Service, age: u32) -> bool {
    service.from_age.is_none_or(|from| from <= age) && service.to_age.is_none_or(|to| age <= to)
}
