//! What is done for each part of the pictures, step by step.

use bevy_egui::egui::{Key, Modifiers};

use super::Step::{self, *};

const ENTER: Step = Key(Modifiers::NONE, Key::Enter);
const ESCAPE: Step = Key(Modifiers::NONE, Key::Escape);
const ALL: Step = Key(Modifiers::COMMAND, Key::A);

/// Types the path of something that `remake` has laid ready.
fn prepared(name: &str) -> Step {
    let folder = std::env::var("RIGHTCALL_PICTURES").unwrap_or_default();
    Type(Box::leak(format!("{folder}/{name}").into_boxed_str()))
}

/// The steps of a part, in one look: `dark` or `light`.
pub fn steps(part: &str, look: &str) -> Vec<Step> {
    let picture = |name: &str| Picture(format!("{name}-{look}"));
    match part {
        // Nothing is pictured: what comes after begins in the light.
        "lights-on" => {
            vec![Until("Your profile"), Press("Practise without a profile"), to(Key::Num4), Press("Light"), Wait(900)]
        }
        "first-run" => vec![Until("Your profile"), Wait(900), picture("first-run")],
        "screens" => {
            let mut steps = profile();
            steps.extend([
                Until("Answer"),
                Wait(1200),
                picture("desk"),
                to(Key::Num2),
                Until("Find a call"),
                picture("calls"),
            ]);
            steps.extend([to(Key::Num3), Until("Contents"), Press("Outcomes"), picture("standards")]);
            steps.extend([
                to(Key::Num4),
                Until("Reduce motion"),
                picture("settings"),
                Press("Finish shift…"),
                Focus("Not now"),
                picture("finish-shift"),
            ]);
            steps.extend([Press("Not now"), Focus("Trainer's PIN"), Type("2580")]);
            steps.extend([Focus("The trainer's PIN again"), Type("2580"), ENTER, Until("It is open")]);
            steps.extend([
                to(Key::Num5),
                Until("Search all model answers"),
                Press("0412"),
                Press("Outcome"),
                picture("answers"),
            ]);
            steps.extend([
                to(Key::Num6),
                Press("Explore with a simulated team"),
                Until("Krippendorff"),
                Press("in the session"),
                Wait(600),
                picture("review-room"),
                Press("Create session"),
                Until("Before we begin"),
                Press("Begin the session"),
                Press("Begin with the first call"),
                Press("Play"),
                Wait(1500),
                picture("session-listen"),
                Press("On to the blind round"),
                Until("Codes of today"),
                picture("session-decide"),
            ]);
            steps
        }
        "trainers" => {
            let mut steps = profile();
            steps.extend([to(Key::Num4), Until("Reduce motion"), Press("Decide in a session")]);
            steps.extend([Until("Word of the round"), Press("Emergency department within 1 hour"), picture("round")]);
            steps.extend([Press("Back to the settings"), Focus("Trainer's PIN"), Type("2580")]);
            steps.extend([Focus("The trainer's PIN again"), Type("2580"), ENTER, Until("It is open")]);
            steps.extend([to(Key::Num6), Press("Explore with a simulated team"), Until("Contested marks")]);
            steps.extend([Press("to answer"), Wait(2500), picture("review-contested")]);
            steps.extend([Press("Open Call"), Until("contests this mark"), Press("Answer simulated")]);
            steps.extend([Press("The objection is right"), Focus("Your answer to"), Type("So you did.")]);
            steps.extend([picture("debrief-trainer")]);
            steps
        }
        "call" => {
            let mut steps = profile();
            steps.extend(take("Health Advisor"));
            steps.extend(opened());
            steps.extend([
                Type("when did it start"),
                ENTER,
                Until("speaking now"),
                Wait(600),
                Type("medic tak"),
                picture("call"),
                ESCAPE,
            ]);
            steps.extend([
                Size(1024, 700),
                Type("when did it"),
                ENTER,
                Wait(4200),
                Type("medic tak"),
                picture("call-1024"),
                ESCAPE,
            ]);
            steps.extend((0..5).map(|_| Key(Modifiers::COMMAND, Key::Plus)));
            steps.extend([Wait(1200), picture("call-200"), Press("Record"), picture("call-200-record"), ESCAPE]);
            steps.extend([
                Key(Modifiers::COMMAND, Key::Num0),
                Size(1440, 900),
                Type("/decide"),
                ENTER,
                Until("Search the guides"),
            ]);
            steps.extend([
                Wait(600),
                picture("outcome-guide-choose"),
                Press("Back pain"),
                Press("No"),
                Press("No"),
                picture("outcome-guide"),
            ]);
            steps
        }
        "ladder" => {
            let mut steps = profile();
            steps.extend(take("Clinical Advisor"));
            steps.extend(opened());
            steps.extend([
                Type("/decide"),
                ENTER,
                Until("Ladder"),
                Press("12 hours, ED or urgent centre"),
                Until("The window closes"),
            ]);
            steps.extend([
                Focus("Reason"),
                Type("Lifting strain, no weakness or numbness, walking, but the pain is not held."),
                Press("Fairly"),
                picture("outcome-ladder"),
            ]);
            steps.extend([
                Press("Decide on this"),
                Press("Search the directory"),
                Until("services"),
                Wait(900),
                picture("directory"),
            ]);
            steps
        }
        "handing" => {
            let mut steps = profile();
            steps.extend([to(Key::Num4), Until("Reduce motion"), Focus("File"), ALL, prepared("set.ron"), ENTER]);
            steps.extend([
                Press("Import calls or a call set"),
                Until("A call set from"),
                Wait(1200),
                picture("desk-set"),
                Press("Hand back"),
                Until("What may be seen"),
                picture("hand-back"),
            ]);
            steps.extend([to(Key::Num4), Until("Reduce motion"), Focus("Trainer's PIN"), Type("2580")]);
            steps.extend([Focus("The trainer's PIN again"), Type("2580"), ENTER, Until("It is open")]);
            steps.extend([to(Key::Num6), Press("Hand out and bring back"), Until("In the set")]);
            steps.extend([
                Press("Call 0412, as written"),
                Press("Call 0427, as written"),
                Focus("Name of the set"),
                Type("Winter refresher"),
                Focus("Due"),
                Type("2026-12-11"),
                Focus("Note"),
                Type("Colds and chests again: ask what is different from the last time."),
                picture("hand-out"),
            ]);
            steps.extend([Press("Bring files back"), Focus("File or folder"), prepared("back"), ENTER]);
            steps.extend([Until("Who is in the files"), Wait(600), picture("bring-back")]);
            steps.extend([Press("Bring in"), Until("came in"), Wait(600), picture("brought-in")]);
            steps
        }
        "debrief" => {
            let mut steps = profile();
            steps.extend([
                to(Key::Num2),
                Press("Taken"),
                Focus("Find a call"),
                Type("0412"),
                Press("Debrief of"),
                Until("How was that?"),
            ]);
            steps.extend([
                Press("3 of 5"),
                Focus("What went well?"),
                Type("I let her tell it in her own words."),
                picture("debrief-first"),
            ]);
            steps.extend([Press("Show me the call"), Until("What would matter most"), Wait(1200), picture("debrief")]);
            steps
        }
        other => panic!("there is no part `{other}`"),
    }
}

fn to(number: Key) -> Step {
    Key(Modifiers::ALT, number)
}

/// A profile, and past the guided first call.
fn profile() -> Vec<Step> {
    vec![
        Until("Your profile"),
        Focus("Name"),
        Type("Asha Khan"),
        Press("Health Advisor"),
        Press("Straight to my desk"),
        Until("Take a breather"),
    ]
}

/// Call 0427 in a role.
fn take(role: &'static str) -> Vec<Step> {
    vec![
        to(Key::Num2),
        Until("Find a call"),
        Press(role),
        Focus("Find a call"),
        Type("0427"),
        Press("Start call 0427"),
        Until("The line is open"),
    ]
}

/// The call as it stands after a few questions: the record begun, some lines pinned.
fn opened() -> Vec<Step> {
    let mut steps = vec![Press("Stage 2"), Press("Stage 3"), Press("Stage 4")];
    for words in ["hello", "location now", "call-back number", "saddle numb", "passing water"] {
        steps.extend([Type(words), ENTER, PressIfThere("Skip ahead"), ESCAPE]);
    }
    steps.extend([Focus("Where is the patient now?"), Type("At home, Southfold"), ESCAPE]);
    steps.extend([
        Press("Where is the patient now? confirmed aloud"),
        Press("Pin line at 00:0"),
        Press("S  Situation"),
    ]);
    steps.extend([
        Focus("Notes for the record"),
        Type("Low back since the weekend. No numbness, passing water as usual."),
        ESCAPE,
    ]);
    steps
}
