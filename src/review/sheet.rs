//! The sheet: the call in plain words, everything to rule on with room for a ruling and a dissent,
//! and the signatures. One page of HTML that needs nothing else, to be printed or filled in.

use std::sync::Arc;

use super::html::{Html, escaped};
use super::words;
use crate::call::{Call, Event, Script, Speaker, clock, play};
use crate::records::Mode;
use crate::scenario::{Fact, Model, Person, Review, Scenario, VariantKind};
use crate::standards::Standards;

const STYLE: &str = include_str!("sheet.css");

/// The sheet of a scenario.
#[must_use]
pub fn sheet(scenario: &Scenario, standards: &Arc<Standards>) -> String {
    let mut page = Html::default();
    let title = format!("Review of call {}: {}", scenario.number, scenario.title);
    page.raw("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.element("title", &title);
    page.raw(&format!("<style>\n{STYLE}</style></head><body><main>"));
    page.element("h1", &title);
    banner(&mut page, scenario);
    who(&mut page, scenario, standards);
    facts(&mut page, "F", &scenario.facts, standards);
    outcome(&mut page, "", scenario, &scenario.model, standards);
    variants(&mut page, scenario, standards);
    if !scenario.open_points.is_empty() {
        page.raw("<section><h2>Open points</h2><p>What the author asks you.</p>");
        for (n, point) in (1..).zip(&scenario.open_points) {
            page.item(&format!("P{n}"), point, &[]);
        }
        page.raw("</section>");
    }
    page.raw("<section><h2>What happened next</h2>");
    page.paragraph(&scenario.afterwards);
    page.element("h3", "What it rests on");
    page.list(scenario.sources.iter().map(String::as_str));
    page.raw("</section>");
    model_call(&mut page, scenario, standards);
    signatures(&mut page, scenario);
    page.raw("</main></body></html>");
    page.0
}

fn banner(page: &mut Html, scenario: &Scenario) {
    let (status, by) = match &scenario.review {
        Review::Draft { author } => ("Draft, not clinically reviewed", format!("Written by {author}.")),
        Review::Reviewed { by, until } => {
            let names: Vec<String> = by.iter().map(|r| format!("{} ({}), {}", r.name, r.registration, r.on)).collect();
            let status = if scenario.is_reviewed() { "Reviewed" } else { "Changed since it was reviewed" };
            (status, format!("Signed by {}; until {until}.", names.join("; ")))
        }
    };
    page.raw("<div class=\"banner\">");
    page.raw(&format!("<p><strong>{status}.</strong> {}</p>", escaped(&by)));
    page.paragraph("Training simulation only: never decision support, not NHS Pathways, not endorsed by the NHS. All people, places and services are invented.");
    page.raw("</div>");
    page.raw("<p class=\"how\">Every numbered item is yours to rule on: right as it is, to be changed, or right to the others and not to you. \
        A dissent is kept, not outvoted. What you sign for is named by the code at the end: it changes with every change of content, and with it your signature is void.</p>");
}

fn who(page: &mut Html, scenario: &Scenario, standards: &Standards) {
    let patient = &scenario.patient;
    page.raw("<section><h2>The call</h2><dl>");
    page.pair("Rings", &format!("{}, {}", scenario.caller.name, words::relation(scenario)));
    page.pair("About", &format!("{}, born {}, {:?}", patient.name, patient.born, patient.sex));
    page.pair("When", &scenario.clock.replace('T', ", "));
    page.pair("Where", &patient.at);
    let roles: Vec<String> = scenario.roles.iter().map(|id| words::role(standards, id)).collect();
    page.pair("Taken by", &roles.join(", "));
    page.pair("Difficulty", words::difficulty(scenario.difficulty));
    let notes: Vec<&str> = scenario.content_notes.iter().map(|note| words::note(*note)).collect();
    page.pair("Content notes", &if notes.is_empty() { "none".to_owned() } else { notes.join(", ") });
    page.raw("</dl>");
    page.element("h3", "How it begins");
    for opening in &scenario.opening {
        page.element("blockquote", opening);
    }
    let on_file = [
        ("Special notes on file", &scenario.special_notes),
        ("Earlier contacts on file", &scenario.previous_contacts),
        ("Summary record, for clinicians", &scenario.summary_record),
    ];
    for (name, texts) in on_file.into_iter().filter(|(_, texts)| !texts.is_empty()) {
        page.element("h3", name);
        page.list(texts.iter().map(String::as_str));
    }
    if let Some(handover) = &scenario.handover {
        page.element("h3", "What a clinician who rings back is handed");
        page.element("blockquote", &handover.says);
        page.paragraph("What it leaves out:");
        page.list(handover.leaves_out.iter().map(String::as_str));
    }
    page.raw("</section>");
}

fn facts(page: &mut Html, letter: &str, facts: &[Fact], standards: &Standards) {
    if facts.is_empty() {
        return;
    }
    page.raw("<section><h2>What is so, and what it means at least</h2>");
    for (n, fact) in (1..).zip(facts) {
        let feature = standards.feature(&fact.feature).map_or(&*fact.feature, |f| &f.name);
        let means = match &fact.at_least {
            Some(bound) => format!("Means at least: {}. ", words::bound(standards, bound)),
            None => "Means nothing by itself. ".to_owned(),
        };
        let knows: Vec<&str> = fact
            .known_to
            .iter()
            .map(|who| match who {
                Person::Caller => "the caller",
                Person::Patient => "the patient",
            })
            .collect();
        let knows = if knows.is_empty() { "nobody on the line".to_owned() } else { knows.join(" and ") };
        let key = if fact.key { "Has to be found out. " } else { "" };
        let worrying = if fact.worrying { " Counts as “yes” in a guide." } else { "" };
        let mut details = vec![format!("{means}{key}Known to {knows}; asked for as: {feature}.{worrying}")];
        for (word, moment) in [("From", &fact.from), ("Until", &fact.until)] {
            if let Some(moment) = moment {
                details.push(format!("{word} {}.", words::moment(moment)));
            }
        }
        page.item(&format!("{letter}{n}"), &fact.is, &details);
    }
    page.raw("</section>");
}

fn outcome(page: &mut Html, prefix: &str, scenario: &Scenario, model: &Model, standards: &Standards) {
    page.raw("<section><h2>What is right, and why</h2>");
    let outcomes = |codes: &[crate::standards::Id]| {
        let names: Vec<String> = codes.iter().map(|code| words::outcome(standards, code)).collect();
        if names.is_empty() { "nothing else".to_owned() } else { names.join("; ") }
    };
    page.item(
        &format!("{prefix}O1"),
        &format!("Best: {}", words::outcome(standards, &model.best)),
        &[format!("Acceptable: {}", outcomes(&model.acceptable)), model.rationale.clone()],
    );
    let mut n = 1;
    let mut number = || {
        n += 1;
        format!("{prefix}O{n}")
    };
    for own in &model.by_role {
        let best =
            own.best.as_ref().map_or(String::new(), |code| format!("Best: {}. ", words::outcome(standards, code)));
        let acceptable =
            own.acceptable.as_ref().map_or(String::new(), |codes| format!("Acceptable: {}. ", outcomes(codes)));
        let service = own
            .referral
            .as_ref()
            .map_or(String::new(), |r| format!("Service: {}. ", words::service(standards, &r.best)));
        let details = [format!("{best}{acceptable}{service}For this role {}.", words::escalate(own.escalate))];
        page.item(&number(), &format!("As {}", words::role(standards, &own.role)), &details);
    }
    let unsafe_if: Vec<String> = model.unsafe_if.iter().map(|one| words::unsafe_if(standards, one)).collect();
    page.item(&number(), "Unsafe is", &unsafe_if);
    if let Some(referral) = &model.referral {
        let others: Vec<String> = referral.acceptable.iter().map(|id| words::service(standards, id)).collect();
        let others = if others.is_empty() { String::new() } else { format!("Acceptable: {}", others.join("; ")) };
        let traps = model.traps.iter().map(|(id, why)| format!("Misleads: {}. {why}", words::service(standards, id)));
        let details: Vec<String> = std::iter::once(others).chain(traps).collect();
        page.item(&number(), &format!("Service: {}", words::service(standards, &referral.best)), &details);
    }
    let said = |ids: &[crate::standards::Id]| ids.iter().map(|id| words::said(standards, id)).collect::<Vec<_>>();
    if !model.interim.is_empty() {
        page.item(&number(), "Said: what to do now", &said(&model.interim));
    }
    page.item(&number(), "Said: when to ring again", &said(&model.worsening));
    let guides: Vec<String> = model.guides.iter().map(|id| words::guide(standards, id)).collect();
    let wrong: Vec<String> = model
        .wrong_guides
        .iter()
        .map(|(id, why)| format!("Misleads: {}. {why}", words::guide(standards, id)))
        .collect();
    page.item(&number(), &format!("Guide: {}", guides.join("; ")), &wrong);
    for own in &scenario.criteria {
        let roles: Vec<String> = own.roles.iter().map(|id| words::role(standards, id)).collect();
        let roles = if roles.is_empty() { String::new() } else { format!("Only for: {}", roles.join(", ")) };
        page.item(&number(), &format!("Marked in this call alone: {} ({} points)", own.text, own.points), &[roles]);
    }
    page.raw("</section>");
}

fn variants(page: &mut Html, scenario: &Scenario, standards: &Standards) {
    for (n, variant) in (1..).zip(&scenario.variants) {
        let kind = match variant.kind {
            VariantKind::Surface => "the same answer under another surface",
            VariantKind::Twist => "a changed fact and another answer",
        };
        page.raw("<section class=\"variant\">");
        page.element("h2", &format!("Variant {n}: {kind}"));
        page.item(&format!("V{n}"), &variant.about, &[]);
        let gone: Vec<&str> = scenario
            .facts
            .iter()
            .filter(|fact| variant.without_facts.contains(&fact.id))
            .map(|fact| &*fact.is)
            .collect();
        if !gone.is_empty() {
            page.paragraph("No longer so:");
            page.list(gone);
        }
        facts(page, &format!("V{n}F"), &variant.facts, standards);
        if let Some(model) = &variant.model {
            outcome(page, &format!("V{n}"), &scenario.overlaid(variant), model, standards);
        }
        page.raw("</section>");
    }
}

/// The first model call as it sounds.
fn model_call(page: &mut Html, scenario: &Scenario, standards: &Arc<Standards>) {
    let Some(model) = scenario.model.calls.first() else { return };
    let Ok(script) = Script::new(standards.clone(), scenario.clone(), String::new(), None) else { return };
    let Ok(mut call) = Call::new(script.clone(), &model.role, 0, Mode::Coach) else { return };
    let actions = script.model_call(&model.role).unwrap_or_default();
    // As far as it goes: a draft need not be finished.
    let _ = play(&mut call, actions.iter().map(|action| (None, action)));
    page.raw("<section class=\"transcript\">");
    page.element("h2", &format!("How it sounds: the model call as {}", words::role(standards, &model.role)));
    page.raw("<table><thead><tr><th scope=\"col\">Time</th><th scope=\"col\">Who</th><th scope=\"col\">What</th></tr></thead><tbody>");
    let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
    let mut events: Vec<_> = call.events().iter().collect();
    events.sort_by_key(|timed| timed.at);
    for timed in events {
        let (by, text) = match &timed.event {
            Event::Line { by, text, .. } => {
                let by = match by {
                    Speaker::Trainee => "You".to_owned(),
                    Speaker::Caller => first(&scenario.caller.name),
                    Speaker::Patient => first(&scenario.patient.name),
                    Speaker::Other(name) => name.to_string(),
                    Speaker::Clinician => "Clinician".to_owned(),
                    Speaker::Sound => String::new(),
                };
                (by, text.to_string())
            }
            Event::Decided { disposition, .. } => {
                (String::new(), format!("Decided: {}", words::outcome(standards, disposition)))
            }
            Event::Accepted(service) => (String::new(), format!("Referred to: {}", words::service(standards, service))),
            Event::Transferred { .. } => (String::new(), "Handed over to a clinician".to_owned()),
            _ => continue,
        };
        page.raw(&format!(
            "<tr><td>{}</td><th scope=\"row\">{}</th><td>{}</td></tr>",
            clock(timed.at),
            escaped(&by),
            escaped(&text)
        ));
    }
    page.raw("</tbody></table></section>");
}

fn signatures(page: &mut Html, scenario: &Scenario) {
    page.raw("<section class=\"signatures\"><h2>Signatures</h2>");
    page.raw("<p>I have read this call and ruled on every item. What is above may be used to train call takers.</p>");
    page.raw("<table><caption>Reviewers: registered clinicians, by name</caption><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Registration</th><th scope=\"col\">Date</th><th scope=\"col\">Signature</th></tr></thead><tbody>");
    for _ in 0..3 {
        page.raw("<tr><td></td><td></td><td></td><td></td></tr>");
    }
    page.raw("</tbody></table>");
    page.raw(&format!(
        "<p>Content signed for: <code>{}</code>, version {}, standards {}.</p>",
        scenario.content_hash(),
        scenario.version,
        escaped(&scenario.standards)
    ));
    page.raw(&format!(
        "<p>To put a signature into the file: <code>rightcall sign {}.ron --name &quot;…&quot; --registration &quot;…&quot; --content {}</code></p></section>",
        escaped(&scenario.id),
        &scenario.content_hash()
    ));
}
