//! The blind round on paper and from devices.

use std::collections::BTreeMap;

use super::codes::Codes;
use super::event::{Channel, Plan, SessionEvent};
use crate::records::{Annotation, AnnotationKind};
use crate::review::html::{Html, escaped};
use crate::standards::{Id, Standards};

const STYLE: &str = include_str!("cards.css");

/// Cards to print and cut, one a person and call, and the list of codes that hangs in the room or lies on the tables:
/// one page of HTML that needs nothing else.
#[must_use]
pub fn cards(plan: &Plan, standards: &Standards) -> String {
    let codes = Codes::new(plan.seed, standards);
    let mut page = Html::default();
    page.raw("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.element("title", &format!("Decision cards: {}", plan.name));
    page.raw(&format!("<style>\n{STYLE}</style></head><body><main>"));
    page.raw("<section class=\"codes\">");
    page.element("h1", &format!("{}: codes of today", plan.name));
    page.paragraph("Decide by yourself, write the code on your card, turn it over. The codes are other ones every time. Training simulation only; whoever decides by guide at work decides here as an exercise in judgement.");
    page.raw("<div class=\"columns\">");
    let mut rung = None;
    for coded in &codes.list {
        if rung != Some(coded.rung) {
            if rung.is_some() {
                page.end_table();
            }
            let named = standards.dispositions.rungs.get(coded.rung as usize);
            page.table(named.map_or("", |named| &named.name), ["Code", "Outcome"]);
            rung = Some(coded.rung);
        }
        page.row([coded.code.as_str(), coded.name.as_str()]);
    }
    if rung.is_some() {
        page.end_table();
    }
    page.raw("</div></section><section class=\"cards\">");
    page.element("h2", "Cards, to be cut");
    for call in &plan.calls {
        for seat in 1..=plan.invited.clamp(1, 200) {
            page.raw(&format!(
                "<article><p>{}</p><p class=\"seat\">Card {seat}</p><p>Code <span class=\"box\"></span></p>\
                 <p class=\"small\">On a professional register? <span class=\"tick\"></span> yes <span class=\"tick\"></span> no, or leave it open</p></article>",
                escaped(&call.call)
            ));
        }
    }
    page.raw("</section></main></body></html>");
    page.0
}

/// The decisions on the replay of a record in the files of several devices ([`AnnotationKind::Judged`]), for the blind
/// round. The seat is a hash, the same for one person in one session, so that nobody counts twice and no name is kept;
/// `registered` says whether somebody is on a register, where that is known.
#[must_use]
pub fn decisions_from_file(
    annotations: &[Annotation],
    session: &str,
    record: &str,
    registered: impl Fn(&Annotation) -> Option<bool>,
) -> Vec<SessionEvent> {
    let mut last: BTreeMap<&str, (&str, &str, &Id, Option<bool>)> = BTreeMap::new();
    for one in annotations.iter().filter(|one| one.record() == Some(record)) {
        if let AnnotationKind::Judged { disposition } = &one.kind {
            let new = (one.at.as_str(), one.id.as_str(), disposition, registered(one));
            let known = last.entry(&one.by).or_insert(new);
            *known = (*known).max(new);
        }
    }
    let mut events: Vec<(String, SessionEvent)> = last
        .into_iter()
        .map(|(by, (_, _, disposition, registered))| {
            // Never the number of a card.
            let hash = blake3::hash(format!("{session}\n{by}").as_bytes()).to_hex();
            let (seat, by) = (format!("d{}", &hash[..12]), Channel::File);
            let event = SessionEvent::Decided { seat: seat.clone(), disposition: disposition.clone(), registered, by };
            (seat, event)
        })
        .collect();
    // In an order that says nothing of whose they are.
    events.sort_by(|(a, _), (b, _)| a.cmp(b));
    events.into_iter().map(|(_, event)| event).collect()
}
