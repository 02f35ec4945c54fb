//! Variants: the same call under another surface, and twists that change the answer.

use super::{Told, about, facts, outcome, played};
use crate::app::screens::reading::{Entry, Group};
use crate::app::theme::icons;
use crate::scenario::{Variant, VariantKind};

pub fn variants(base: &Told) -> Vec<Group> {
    base.scenario.variants.iter().flat_map(|of| variant(base, of)).collect()
}

fn variant(base: &Told, of: &Variant) -> Vec<Group> {
    let scenario = base.scenario.overlaid(of);
    let told = Told { scenario: &scenario, id: format!("{} {}", base.id, of.id), ..*base };
    let (kind, icon, what) = match of.kind {
        VariantKind::Surface => ("Variant", icons::USER_SWITCH, "Another surface, the same right answer."),
        VariantKind::Twist => ("Twist", icons::GIT_BRANCH, "A changed fact and another right answer."),
    };
    let id = |part: &str| format!("{} {part}", told.id);
    let mut entries = vec![
        Entry::new(id("about"), format!("{kind}: {}", of.id.replace('-', " "))).icon(icon).beside(what).text(&of.about),
    ];
    if of.caller.is_some() || of.patient.is_some() {
        entries.push(about::people(&scenario, id("people")));
    }
    if let Some(opening) = &of.opening {
        entries.push(Entry::new(id("opening"), "How it begins").list("One of these", opening.iter().map(|say| &**say)));
    }
    if let Some(handover) = &of.handover {
        entries.push(about::handed(&told, handover, id("given handover")));
    }
    let gone = of.without_facts.iter().map(|fact| base.fact(fact));
    let gone = Entry::new(id("gone"), "No longer so").list("", gone);
    if !gone.body.is_empty() {
        entries.push(gone);
    }
    entries.extend(of.facts.iter().map(|fact| facts::fact(&told, fact)));
    if let Some(model) = &of.model {
        entries.push(Entry::new(id("why"), "Why").text(&model.rationale));
        entries.extend(outcome::outcome(&told));
        entries.extend(outcome::advice(&told));
    }
    if let Some(afterwards) = &of.afterwards {
        entries.push(Entry::new(id("afterwards"), "What happened afterwards").text(afterwards));
    }
    let mut groups = vec![Group::new(format!("{kind}: {}", of.id.replace('-', " ")), entries)];
    if of.kind == VariantKind::Twist {
        groups.extend(played::calls(&told, Some(&of.id)));
    }
    groups
}
