//! What was found by playing, as an author reads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::example::Example;
use super::lines::Lines;
use super::players::{Always, Player};
use super::report::Explored;
use crate::call::Script;
use crate::diagnostic::{Diagnostic, Position, codes};
use crate::marking::Verdict;
use crate::ron_text::Tree;
use crate::scenario::Loaded;
use crate::standards::{Decides, Standards};

/// From so many hundredths of the points a call without questions is as good as one with them.
const WITHOUT_QUESTIONS: u32 = 80;
/// Whoever hands over asks little anyway.
const HANDING_OVER: u32 = 90;

/// Lines that no play reached, habits that beat the call, and rules that playing broke.
#[must_use]
pub fn diagnostics(loaded: &Loaded, standards: &Standards, lines: &Lines, found: &Explored) -> Vec<Diagnostic> {
    let mut list = Vec::new();
    for (broken, place) in &found.broken {
        let hint = "this is a fault of Rightcall's own: please report it with the file and this line";
        let message = format!("{broken} ({place})");
        list.push(Diagnostic::error(codes::BROKEN_BY_PLAY, &loaded.file, Position::START, message).hint(hint));
    }
    // Wordings of one answer are one thing to look at.
    let mut groups: BTreeMap<(u32, u32), Vec<String>> = BTreeMap::new();
    for unheard in found.unheard(lines, &loaded.tree) {
        let list = unheard.path.strip_suffix(']').and_then(|path| path.rsplit_once('['));
        let wordings = list.map_or(&*unheard.path, |(wordings, _)| wordings);
        let at = loaded.tree.position(loaded.tree.find(wordings).map_or(0, |span| span.start));
        groups.entry((at.line, at.column)).or_default().push(unheard.text);
    }
    for ((line, column), texts) in groups {
        let first: String = texts[0].chars().take(60).collect();
        let more = if texts.len() > 1 { format!(" and {} more", texts.len() - 1) } else { String::new() };
        let message = format!("no play came to hear “{first}”{more}");
        let hint = "its condition holds at no time, or a line above it is always given first: change `when`, move it up, or delete it";
        list.push(Diagnostic::warning(codes::UNHEARD, &loaded.file, Position { line, column }, message).hint(hint));
    }
    let at = loaded.tree.position(loaded.tree.find("model").map_or(0, |span| span.start));
    for row in found.players() {
        let Some(role) = standards.role(&row.role) else { continue };
        let hands_over = role.decides == Decides::HandsOver;
        let right = row.marks.verdicts.get(&Verdict::Right).copied().unwrap_or(0);
        let least = if hands_over { HANDING_OVER } else { WITHOUT_QUESTIONS };
        let beats = match row.player {
            // To hand over at once is what such a role is for.
            Player::Always(_) if hands_over => false,
            Player::Always(_) => right > 0 || row.marks.most >= standards.marking.secure_percent,
            Player::AskNothing => (right > 0 && !hands_over) || row.marks.most >= least,
            Player::AskEverything => row.marks.full > 0,
            _ => false,
        };
        if !beats {
            continue;
        }
        let surface = row.marks.best_in.as_deref().map_or(String::new(), |id| format!(" in variant `{id}`"));
        let does = match row.player {
            Player::AskEverything => "asks every question of the bank",
            Player::AskNothing => "asks nothing and decides as the model does",
            Player::Always(Always::Yes | Always::No | Always::NotSure) => "records the same in every step of the guide",
            _ => "always decides the same, without a question",
        };
        let hint = if row.player == Player::AskEverything {
            "there is no call control to be learnt here: give `model.calls` fewer questions, or this call more decoys"
        } else {
            "name in `model.assured_by` the features without which the outcome is a guess, and make their facts `key`"
        };
        let message = format!(
            "as {} a habit beats the call: who {does} (“{}”) {} {} % of the points{surface}",
            role.name.to_lowercase(),
            row.player.words(),
            if right > 0 { "is right, with" } else { "earns" },
            row.marks.most,
        );
        list.push(Diagnostic::warning(codes::HABIT, &loaded.file, at, message).hint(hint));
    }
    list
}

/// What an example play comes to otherwise than it expects, each at its place in `expect`.
#[must_use]
pub fn example_diagnostics(
    file: &str,
    example: &Example,
    tree: &Tree,
    loaded: &Loaded,
    standards: &Arc<Standards>,
) -> Vec<Diagnostic> {
    let warning = |path: &str, message: String| {
        let span = tree.find(path).or_else(|| tree.find("expect"));
        let at = tree.position(span.map_or(0, |span| span.start));
        let hint = "`rightcall test --transcript` shows how it went: mend the call, or the play";
        Diagnostic::warning(codes::PLAY_DIFFERS, file, at, message).hint(hint)
    };
    let scenario = match &example.variant {
        None => loaded.scenario.clone(),
        Some(id) => match loaded.scenario.variant(id) {
            Some(scenario) => scenario,
            None => return vec![warning("variant", format!("`{}` has no variant `{id}`", loaded.scenario.id))],
        },
    };
    let script = Script::new(standards.clone(), scenario, loaded.hash.clone(), example.variant.clone());
    let call = script.and_then(|script| example.play(&script));
    match call {
        Err(sentence) => vec![warning("role", sentence)],
        Ok(call) => example
            .differences(&call)
            .into_iter()
            .map(|one| {
                let message = format!("expected {}: {}, and got {}", one.field, one.expected, one.got);
                warning(&format!("expect.{}", one.field), message)
            })
            .collect(),
    }
}
