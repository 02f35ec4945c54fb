//! Calls played and marked, one line each: its name, its points and the hashes of its events and of its assessment.

use std::sync::Arc;

use rightcall::call::{Action, Confidence, LookUp, Recorded, Sbar, Script, Slot, draw};
use rightcall::marking;
use rightcall::records::text_hash;
use rightcall::standards::{FieldName, Id, Stage, Standards};

use crate::common::{model, model_roles, new_call, play_leniently, scripts};

const ROLES: [&str; 4] = ["service-advisor", "health-advisor", "senior-health-advisor", "clinical-advisor"];
const RANDOM: u32 = 200;

/// Every model call in every role, variant and two seeds, and the random plays.
pub fn all() -> Vec<String> {
    let mut lines = Vec::new();
    for script in scripts() {
        for role in model_roles(&script) {
            for seed in [0, 77] {
                lines.push(line("model", &script, &role, seed, &model(&script, &role)));
            }
        }
    }
    let scripts = scripts();
    for n in 0..RANDOM {
        let seed = u64::from(n) * 0x9E37_79B9 + 1;
        let place = draw(seed, "script", "", 0, u32::try_from(scripts.len()).unwrap_or(1));
        let role = ROLES[draw(seed, "role", "", 0, 4) as usize];
        let script = &scripts[place as usize];
        lines.push(line("random", script, role, seed, &random(seed, &script.standards)));
    }
    lines
}

fn line(kind: &str, script: &Arc<Script>, role: &str, seed: u64, actions: &[Action]) -> String {
    let mut call = new_call(script, role, seed);
    play_leniently(&mut call, actions);
    let mark = marking::mark(&call, "00112233445566778899aabbccddeeff");
    let json = |thing: Result<String, serde_json::Error>| text_hash(&thing.expect("it is written"));
    format!(
        "{kind} {} {} {role} {seed}: {} events {} marks {}/{} {}",
        script.scenario.id,
        script.variant.as_deref().unwrap_or("-"),
        call.events().len(),
        json(serde_json::to_string(call.events())),
        mark.points,
        mark.out_of,
        json(serde_json::to_string(&mark)),
    )
}

/// Some eighty actions, drawn by place: the same on every platform.
fn random(seed: u64, standards: &Standards) -> Vec<Action> {
    let actions = (0..80).map(|n| one(&|what, of| draw(seed, what, "play", n, of), standards));
    actions.collect()
}

fn one(pick: &dyn Fn(&str, u32) -> u32, standards: &Standards) -> Action {
    let of = |what: &str, ids: Vec<&Id>| -> Id {
        let n = pick(what, u32::try_from(ids.len()).unwrap_or(1));
        ids.get(n as usize).map_or_else(|| "none".into(), |id| (*id).clone())
    };
    let utterance = || of("utterance", standards.bank.iter().map(|u| &u.id).collect());
    let service = || of("service", standards.directory.services.iter().map(|s| &s.id).collect());
    let words = ["14 Canal Street", "02/03/1981", "numb on wiping – é 🩺", "it came on suddenly, chest, left arm"];
    let text = || words[pick("text", 4) as usize].to_owned();
    match pick("kind", 40) {
        0..12 => Action::Say { utterance: utterance(), to: None },
        12 | 13 => Action::SayFree { text: text(), resolved: None },
        14 => Action::QuoteBack { line: pick("line", 30) },
        15 => Action::Interrupt,
        16 => Action::Wait { seconds: 1 + pick("wait", 60) },
        17 => Action::EnterStage(Stage::Detail),
        18 => Action::Hold,
        19 => Action::Resume,
        20 => Action::LookUp(LookUp::SpecialNotes),
        21 => Action::AskClinician { question: text() },
        22 => Action::Transfer { sbar: Sbar { situation: text(), ..Sbar::default() } },
        23 | 24 => Action::Field { name: FieldName::Location, text: text() },
        25 => Action::ConfirmField { name: FieldName::Location },
        26 => Action::Pin { line: pick("line", 30), slot: Slot::Situation },
        27 => Action::Note(text()),
        28 | 29 => Action::ChooseGuide(of("guide", standards.guides.guides.iter().map(|g| &g.id).collect())),
        30..33 => {
            let steps = standards.guides.guides.iter().flat_map(|g| &g.steps).chain(&standards.guides.opening);
            let question = of("question", steps.map(|step| &step.question).collect());
            let answers = [Recorded::Yes, Recorded::No, Recorded::NotSure];
            Action::Record { question, answer: answers[pick("answer", 3) as usize] }
        }
        33 | 34 => Action::Decide {
            disposition: of("code", standards.dispositions.dispositions.iter().map(|d| &d.code).collect()),
            reason: text(),
            confidence: Confidence::Leaning,
        },
        35 => Action::Search,
        36 => Action::Offer(service()),
        37 => Action::Accept(service()),
        38 => Action::TickAdvice(utterance()),
        _ => Action::Reject { service: service(), reason: 21, comment: text() },
    }
}
