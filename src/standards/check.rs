//! What in the standards refers to something that is not there, or cannot be.

mod bank;
mod directory;
mod guides;
mod ladder;
mod people;

use super::findings::Findings;
use super::load::{Standards, Trees};
use super::model::{Header, Named};
use crate::diagnostic::{Diagnostic, codes};
use crate::ron_text::Cursor;

/// Everything that is wrong within standards that could be read, file by file.
pub(crate) fn check(standards: &Standards, trees: &Trees) -> Vec<Diagnostic> {
    let mut all = limits(standards, trees);
    // Everything else may take its time with every item.
    if !all.is_empty() {
        return all;
    }
    let mut file = |name: &str, check: fn(&mut Findings<'_>, &Cursor<'_>)| {
        let Some((name, tree)) = trees.get_key_value(name) else { return };
        let mut findings = Findings::new(name, standards);
        check(&mut findings, &tree.root());
        all.extend(findings.into_list());
    };
    file("competences.ron", competences);
    file("roles.ron", roles);
    file("dispositions.ron", dispositions);
    file("topics.ron", topics);
    for name in super::load::BANK_FILES {
        file(name, bank::utterances);
    }
    file("guides.ron", guides::guides);
    file("directory.ron", directory::directory);
    file("reject-reasons.ron", reject_reasons);
    file("marking.ron", marking);
    // What it means is looked at once everything in it refers to something that is there.
    if all.iter().any(Diagnostic::keeps_from_use) {
        all.retain(|found| codes::is_about_form(&found.code));
    }
    all
}

/// No more of anything than a service could agree on: checking takes time with every item.
fn limits(standards: &Standards, trees: &Trees) -> Vec<Diagnostic> {
    let Standards { competences, roles, dispositions, topics, guides, directory, reject_reasons, marking, .. } =
        standards;
    let steps = guides.guides.iter().map(|guide| guide.steps.len()).max().unwrap_or(0).max(guides.opening.len());
    let mut limits = vec![
        ("competences.ron", "competences", competences.competences.len(), 100),
        ("roles.ron", "roles", roles.roles.len(), 100),
        ("dispositions.ron", "rungs", dispositions.rungs.len(), 100),
        ("dispositions.ron", "columns", dispositions.columns.len(), 100),
        ("dispositions.ron", "settings", dispositions.settings.len(), 200),
        ("dispositions.ron", "needs", dispositions.needs.len(), 500),
        ("dispositions.ron", "dispositions", dispositions.dispositions.len(), 2000),
        ("topics.ron", "systems", topics.systems.len(), 200),
        ("topics.ron", "regions", topics.regions.len(), 100),
        ("topics.ron", "features", topics.features.len(), 5000),
        ("topics.ron", "synonyms", topics.synonyms.len(), 5000),
        ("topics.ron", "manners", topics.manners.len(), 200),
        ("guides.ron", "guides", guides.guides.len(), 500),
        ("guides.ron", "steps", steps, 100),
        ("directory.ron", "places", directory.places.len(), 2000),
        ("directory.ron", "types", directory.types.len(), 500),
        ("directory.ron", "symptom_groups", directory.symptom_groups.len(), 500),
        ("directory.ron", "services", directory.services.len(), 2000),
        ("reject-reasons.ron", "reasons", reject_reasons.reasons.len(), 500),
        ("marking.ron", "exclude_first", marking.exclude_first.len(), 100),
    ];
    limits.extend(standards.bank_parts.iter().map(|part| (part.file, "utterances", part.utterances.len(), 5000)));
    let mut all = Vec::new();
    for (file, what, count, most) in limits {
        let Some(tree) = trees.get(file) else { continue };
        let mut findings = Findings::new(file, standards);
        findings.at_most(count, most, what, &tree.root().field(what));
        all.extend(findings.into_list());
    }
    all
}

fn header(findings: &mut Findings<'_>, header: &Header, root: &Cursor<'_>) {
    let at = root.field("header");
    findings.filled(&header.version, "the version", &at.field("version"));
    let from = findings.date(&header.effective_from, &at.field("effective_from"));
    if let Some(until) = &header.effective_until {
        let at = at.field("effective_until");
        let until = findings.date(until, &at);
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            findings.error(codes::BAD_DATE, &at, "it ends before it begins", "");
        }
    }
}

/// The cursors of a list beside its items.
fn each<'b, T>(list: &'b [T], at: &'b Cursor<'b>) -> impl Iterator<Item = (&'b T, Cursor<'b>)> {
    list.iter().enumerate().map(|(n, item)| (item, at.index(n)))
}

fn named(findings: &mut Findings<'_>, what: &str, list: &[Named], at: &Cursor<'_>) {
    findings.unique(what, each(list, at).map(|(item, at)| (&*item.id, at.field("id"))));
    if list.is_empty() {
        findings.error(codes::EMPTY, at, format!("at least one {what} is needed"), "");
    }
    for (item, at) in each(list, at) {
        findings.filled(&item.name, "the name", &at.field("name"));
    }
}

fn competences(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.competences;
    header(findings, &file.header, root);
    let list = root.field("competences");
    findings.unique("competence", each(&file.competences, &list).map(|(c, at)| (&*c.id, at.field("id"))));
    people::competences(findings, &list);
}

fn roles(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.roles;
    header(findings, &file.header, root);
    let list = root.field("roles");
    findings.unique("role", each(&file.roles, &list).map(|(role, at)| (&*role.id, at.field("id"))));
    for (role, at) in each(&file.roles, &list) {
        for (code, at) in each(&role.early_exits, &at.field("early_exits")) {
            findings.disposition(code, &at);
        }
        if !(2..=9).contains(&role.level) {
            let message = format!("level {} is none of 2 to 9", role.level);
            findings.error(codes::OUT_OF_RANGE, &at.field("level"), message, "");
        }
        people::role(findings, role, &at);
    }
    if file.roles.is_empty() {
        findings.error(codes::EMPTY, &list, "nobody may take a call", "add a role");
    }
}

fn dispositions(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.dispositions;
    header(findings, &file.header, root);
    named(findings, "rung", &file.rungs, &root.field("rungs"));
    named(findings, "column", &file.columns, &root.field("columns"));
    named(findings, "care setting", &file.settings, &root.field("settings"));
    named(findings, "clinical need", &file.needs, &root.field("needs"));
    let list = root.field("dispositions");
    findings.unique("disposition", each(&file.dispositions, &list).map(|(d, at)| (&*d.code, at.field("code"))));
    for (disposition, at) in each(&file.dispositions, &list) {
        findings.rung(&disposition.rung, &at.field("rung"));
        findings.setting(&disposition.setting, &at.field("setting"));
        one_of(findings, "column", &disposition.column, &file.columns, &at.field("column"));
        let searched = disposition.refer == super::model::Refer::Search;
        match &disposition.need {
            Some(need) => one_of(findings, "clinical need", need, &file.needs, &at.field("need")),
            None if searched => {
                let message = format!("`{}` is referred by search and names no need", disposition.code);
                findings.error(codes::EMPTY, &at, message, "add `need: …`, by which the directory finds a service");
            }
            None => {}
        }
        if let Some(code) = &disposition.validated_as {
            findings.disposition(code, &at.field("validated_as"));
        }
        // A family is named after one of its codes, or has a name of its own that others share.
        if let Some(family) = &disposition.family {
            let shared = |d: &&super::model::Disposition| d.family.as_ref() == Some(family) || d.code == *family;
            if file.dispositions.iter().filter(shared).count() < 2 {
                let message = format!("no other disposition is of the family `{family}`");
                findings.warning(
                    codes::UNKNOWN_DISPOSITION,
                    &at.field("family"),
                    message,
                    "leave it out, or name the same",
                );
            }
        }
    }
    ladder::ladder(findings, root);
}

fn one_of(findings: &mut Findings<'_>, what: &str, id: &str, list: &[Named], at: &Cursor<'_>) {
    if !list.iter().any(|item| &*item.id == id) {
        findings.unknown(codes::UNKNOWN_STEP, what, id, at, list.iter().map(|item| &*item.id));
    }
}

fn topics(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.topics;
    header(findings, &file.header, root);
    named(findings, "body system", &file.systems, &root.field("systems"));
    named(findings, "feature", &file.features, &root.field("features"));
    let regions = root.field("regions");
    findings.unique("region", each(&file.regions, &regions).map(|(region, at)| (&*region.id, at.field("id"))));
    for (region, at) in each(&file.regions, &regions) {
        findings.filled(&region.name, "the name", &at.field("name"));
        for (system, at) in each(&region.systems, &at.field("systems")) {
            if !file.systems.iter().any(|known| known.id == *system) {
                let all = file.systems.iter().map(|system| &*system.id);
                findings.unknown(codes::UNKNOWN_NAME, "body system", system, &at, all);
            }
        }
        for (feature, at) in each(&region.features, &at.field("features")) {
            findings.feature(feature, &at);
        }
    }
    ladder::headings(findings, root);
    let manners = root.field("manners");
    findings.unique("manner", each(&file.manners, &manners).map(|(manner, at)| (&*manner.id, at.field("id"))));
    for (manner, at) in each(&file.manners, &manners) {
        for (text, at) in each(&manner.lead_ins, &at.field("lead_ins")).chain(each(&manner.again, &at.field("again"))) {
            findings.placeholders(text, &[], &at);
        }
    }
    for (name, lines, besides) in [
        ("would_have_to_ask", &file.would_have_to_ask, &[][..]),
        ("what_do_you_mean", &file.what_do_you_mean, &[]),
        ("corrections", &file.corrections, &["truth"]),
        ("agrees", &file.agrees, &[]),
        ("back_from_hold", &file.back_from_hold, &[]),
        ("clinician_says", &file.clinician_says, &[]),
    ] {
        let at = root.field(name);
        if lines.is_empty() {
            findings.error(codes::EMPTY, &at, format!("`{name}` needs at least one wording"), "");
        }
        for (text, at) in each(lines, &at) {
            findings.filled(text, "the wording", &at);
            findings.placeholders(text, besides, &at);
        }
    }
}

fn reject_reasons(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.reject_reasons;
    header(findings, &file.header, root);
    let list = root.field("reasons");
    directory::unique_numbers(findings, "reject reason", file.reasons.iter().map(|reason| reason.id), &list);
    for (reason, at) in each(&file.reasons, &list) {
        findings.filled(&reason.name, "the name", &at.field("name"));
        if !["Patient", "Service", "Clinician", "Other"].contains(&reason.category.as_str()) {
            let message = format!("there is no category `{}`", reason.category);
            let hint = "the categories are Patient, Service, Clinician and Other";
            findings.error(codes::UNKNOWN_NAME, &at.field("category"), message, hint);
        }
    }
}

fn marking(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.marking;
    header(findings, &file.header, root);
    for (name, table) in [("under", &file.under), ("over", &file.over)] {
        let at = root.field(name);
        if table.first().is_none_or(|&points| points == 0) {
            let message = format!("`{name}` gives no points for a decision in range");
            findings.error(codes::EMPTY, &at, message, "its first number is for a decision in range");
        }
        if table.windows(2).any(|pair| pair[1] > pair[0]) {
            let message = format!("`{name}` gives more points farther from the range");
            findings.error(codes::OUT_OF_RANGE, &at, message, "");
        }
    }
    for (name, value) in [
        ("cap_percent", file.cap_percent),
        ("secure_percent", file.secure_percent),
        ("building_percent", file.building_percent),
    ] {
        findings.percent(value, name, &root.field(name));
    }
    if file.building_percent > file.secure_percent {
        let at = root.field("building_percent");
        findings.error(codes::OUT_OF_RANGE, &at, "`building_percent` lies above `secure_percent`", "");
    }
    for (name, value) in [("empathy_one_in", file.empathy_one_in), ("cue_within", file.cue_within)] {
        if value == 0 {
            findings.error(codes::OUT_OF_RANGE, &root.field(name), format!("`{name}` is at least 1"), "");
        }
    }
    findings.disposition(&file.emergency, &root.field("emergency"));
    people::marking(findings, root);
    // Sums and products of these have to stay numbers.
    let mut bounded = |value: u32, most: u32, name: &str, at: Cursor<'_>| {
        if value > most {
            findings.error(codes::OUT_OF_RANGE, &at, format!("`{name}` is {value}, and {most} is the most"), "");
        }
    };
    for (name, table) in [("under", &file.under), ("over", &file.over)] {
        for (n, &points) in table.iter().enumerate() {
            bounded(points, 1000, name, root.field(name).index(n));
        }
    }
    for (name, value) in [
        ("questions_percent", file.questions_percent),
        ("questions_spare", file.questions_spare),
        ("empathy_one_in", file.empathy_one_in),
        ("cue_within", file.cue_within),
    ] {
        bounded(value, 1000, name, root.field(name));
    }
    let timing = &file.timing;
    for (name, value) in [
        ("caller_per_word", timing.caller_per_word),
        ("trainee_per_word", timing.trainee_per_word),
        ("thinking", timing.thinking),
    ] {
        bounded(value, 10_000, name, root.field("timing").field(name));
    }
    // Weights are plain numbers with a name each.
    if let Ok(serde_json::Value::Object(weights)) = serde_json::to_value(&file.weights) {
        for (name, value) in &weights {
            let value = value.as_u64().and_then(|value| u32::try_from(value).ok()).unwrap_or(u32::MAX);
            bounded(value, 1000, name, root.field("weights").field(name));
        }
    }
    for (list, at) in each(&file.exclude_first, &root.field("exclude_first")) {
        for (feature, at) in each(list, &at) {
            findings.feature(feature, &at);
        }
    }
    let at = root.field("matcher");
    for (name, value) in [("threshold", file.matcher.threshold), ("margin", file.matcher.margin)] {
        if value > 1000 {
            let message = format!("`{name}` is {value}, and goes from 0 to 1000");
            findings.error(codes::OUT_OF_RANGE, &at.field(name), message, "");
        }
    }
    let at = root.field("clinician");
    let (shortest, longest) = file.clinician.wait_seconds;
    if shortest > longest || longest > 3600 {
        let hint = "the shortest wait comes first, and an hour is the longest";
        findings.error(codes::OUT_OF_RANGE, &at.field("wait_seconds"), "the wait cannot be this", hint);
    }
    if file.clinician.transfer_fails > 1000 {
        findings.error(codes::OUT_OF_RANGE, &at.field("transfer_fails"), "`transfer_fails` goes from 0 to 1000", "");
    }
}
