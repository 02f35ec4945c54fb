//! Variants: checked as written, and as the call that comes of them.

use super::super::load::Loaded;
use super::super::model::{Beat, Scenario, Trigger, Variant, VariantKind};
use super::call::circles;
use super::{Checker, Known, each};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

impl Checker<'_> {
    pub(super) fn variants(&mut self, loaded: &Loaded) {
        let scenario = &loaded.scenario;
        let list = loaded.tree.root().field("variants");
        self.findings.unique("variant", each(&scenario.variants, &list).map(|(v, at)| (&*v.id, at.field("id"))));
        for (variant, at) in each(&scenario.variants, &list) {
            let call = scenario.overlaid(variant);
            self.known = Known::of(&call);
            self.variant(scenario, variant, &call, &at);
            self.bank_default_in(scenario, variant, &call, &at);
        }
    }

    fn variant(&mut self, base: &Scenario, variant: &Variant, call: &Scenario, at: &Cursor<'_>) {
        self.findings.filled(&variant.about, "`about`", &at.field("about"));
        match (variant.kind, &variant.model) {
            (VariantKind::Surface, Some(_)) => {
                let message = "a surface variant has the model answer of the call, not its own";
                let hint = "leave `model` out, or call it a `Twist`";
                self.findings.error(codes::VARIANT_KIND, &at.field("model"), message, hint);
            }
            (VariantKind::Twist, None) => {
                let message = format!("the twist `{}` has no model answer", variant.id);
                let hint = "add `model: (…)` with the outcome that is right now, or call it `Surface`";
                self.findings.error(codes::VARIANT_KIND, at, message, hint);
            }
            _ => {}
        }
        if let Some(caller) = &variant.caller {
            self.caller(caller, &at.field("caller"));
        }
        if let Some(patient) = &variant.patient {
            self.patient(patient, &base.clock, &at.field("patient"));
        }
        if let Some(opening) = &variant.opening {
            self.opening(opening, &at.field("opening"));
        }
        self.background(variant.background.as_ref(), &at.field("background"));
        self.heard(&variant.heard, std::slice::from_ref(call), &at.field("heard"));
        if let Some(handover) = &variant.handover {
            self.handover(handover, &at.field("handover"));
        }
        self.fact_list(&variant.facts, &at.field("facts"));
        self.answer_list(&variant.answers, &at.field("answers"));
        self.beat_list(&variant.beats, &at.field("beats"));
        if let Some(model) = &variant.model {
            self.model(model, &at.field("model"));
        }
        if let Some(criteria) = &variant.criteria {
            self.criteria(criteria, &at.field("criteria"));
        }
        self.left_out(base, variant, at);
        self.still_told(variant, call, at);
    }

    /// What is left out has to be there in the first place.
    fn left_out(&mut self, base: &Scenario, variant: &Variant, at: &Cursor<'_>) {
        for (id, at) in each(&variant.without_facts, &at.field("without_facts")) {
            if !base.facts.iter().any(|fact| fact.id == *id) {
                let all = base.facts.iter().map(|fact| &*fact.id);
                self.findings.unknown(codes::UNKNOWN_FACT, "fact", id, &at, all);
            }
        }
        for (id, at) in each(&variant.without_beats, &at.field("without_beats")) {
            if !base.beats.iter().any(|beat| beat.id == *id) {
                let all = base.beats.iter().map(|beat| &*beat.id);
                self.findings.unknown(codes::UNKNOWN_BEAT, "beat", id, &at, all);
            }
        }
        for (id, at) in each(&variant.without_answers, &at.field("without_answers")) {
            let keys = || base.answers.iter().filter_map(|answer| answer.to.as_ref().or(answer.feature.as_ref()));
            if !keys().any(|key| key == id) {
                let message = format!("the call has no answer to `{id}`");
                let near = crate::ron_text::nearest(id, keys().map(|key| &**key));
                let hint = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
                self.findings.error(codes::UNKNOWN_UTTERANCE, &at, message, hint);
            }
        }
    }

    /// A fact that is left out must not be told by an answer or a beat that stayed.
    fn still_told(&mut self, variant: &Variant, call: &Scenario, at: &Cursor<'_>) {
        for (id, at) in each(&variant.without_facts, &at.field("without_facts")) {
            if self.known.facts.contains(id) {
                continue;
            }
            let answer = call.answers.iter().find(|answer| answer.tells.contains(id));
            let answer = answer.and_then(|answer| answer.to.as_ref().or(answer.feature.as_ref()));
            let beat = call.beats.iter().find(|beat| beat.tells.contains(id)).map(|beat| &beat.id);
            let (what, by) = match (answer, beat) {
                (Some(key), _) => ("the answer to", key),
                (None, Some(beat)) => ("the beat", beat),
                (None, None) => continue,
            };
            let message = format!("`{id}` is left out, and {what} `{by}` still tells it");
            self.findings.error(codes::STILL_TOLD, &at, message, format!("replace or leave out {what} `{by}` here"));
        }
        for (id, at) in each(&variant.without_beats, &at.field("without_beats")) {
            let waits = |beat: &&Beat| matches!(&beat.at, Trigger::Beat(before) if before == id);
            if let Some(beat) = call.beats.iter().find(waits).filter(|_| !self.known.beats.contains(id)) {
                let message = format!("`{id}` is left out, and the beat `{}` waits for it", beat.id);
                self.findings.error(codes::STILL_TOLD, &at, message, format!("leave out `{}` as well", beat.id));
            }
        }
        // A circle that runs through none of the variant's own beats is one of the call itself.
        for circle in circles(&call.beats) {
            let own = |n: &usize| variant.beats.iter().position(|beat| beat.id == call.beats[*n].id);
            if let Some(own) = circle.iter().find_map(own) {
                self.circle(&circle, &at.field("beats").index(own).field("at"), &call.beats);
            }
        }
    }
}
