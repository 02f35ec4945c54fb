//! Whatever anybody does: no panic, the same again, nothing lost.

mod common;

use common::*;
use proptest::prelude::*;
use rightcall::call::*;
use rightcall::marking;
use rightcall::records::{Mode, replay};
use rightcall::scenario::Person;
use rightcall::standards::{FieldName, Stage, Standards};

const ROLES: [&str; 4] = ["service-advisor", "health-advisor", "senior-health-advisor", "clinical-advisor"];

/// Any action, likely ones more often.
fn any_action() -> impl Strategy<Value = Action> {
    let standards = Standards::shipped();
    let utterances: Vec<_> = standards.bank.iter().map(|u| u.id.clone()).collect();
    let codes: Vec<_> = standards.dispositions.dispositions.iter().map(|d| d.code.clone()).collect();
    let services: Vec<_> = standards.directory.services.iter().map(|s| s.id.clone()).collect();
    let guides: Vec<_> = standards.guides.guides.iter().map(|g| g.id.clone()).collect();
    let mut questions: Vec<_> = standards.guides.opening.iter().map(|s| s.question.clone()).collect();
    questions.extend(standards.guides.guides.iter().flat_map(|g| g.steps.iter().map(|s| s.question.clone())));
    let field = prop::sample::select(FIELDS.to_vec());
    let text = prop_oneof![
        Just("14 Canal Street, Bridge End".to_owned()),
        Just("02/03/1981".to_owned()),
        "\\PC{0,40}",
        Just("x".repeat(50_000)),
        Just("a\0b\u{202e}".to_owned()),
    ];
    prop_oneof![
        12 => prop::sample::select(utterances.clone()).prop_map(|utterance| Action::Say { utterance, to: None }),
        1 => Just(Action::Say { utterance: "no-such".into(), to: Some(Person::Patient) }),
        2 => (text.clone(), prop::option::of(prop::sample::select(utterances.clone())))
            .prop_map(|(text, resolved)| Action::SayFree { text, resolved }),
        1 => (0_u32..60).prop_map(|line| Action::QuoteBack { line }),
        1 => Just(Action::Interrupt),
        1 => (0_u32..200).prop_map(|seconds| Action::Wait { seconds }),
        1 => Just(Action::EnterStage(Stage::Detail)),
        1 => Just(Action::SpeakTo(Person::Patient)),
        1 => Just(Action::Hold),
        2 => Just(Action::Resume),
        1 => Just(Action::LookUp(LookUp::SummaryRecord)),
        1 => text.clone().prop_map(|question| Action::AskClinician { question }),
        1 => text.clone().prop_map(|situation| Action::Transfer { sbar: Sbar { situation, ..Sbar::default() } }),
        4 => (field.clone(), text.clone()).prop_map(|(name, text)| Action::Field { name, text }),
        1 => field.prop_map(|name| Action::ConfirmField { name }),
        1 => (0_u32..60).prop_map(|line| Action::Pin { line, slot: Slot::Situation }),
        1 => (0_u32..60).prop_map(|line| Action::Unpin { line }),
        1 => text.clone().prop_map(Action::Note),
        2 => prop::sample::select(guides).prop_map(Action::ChooseGuide),
        5 => (prop::sample::select(questions), prop::sample::select(vec![Recorded::Yes, Recorded::No, Recorded::NotSure]))
            .prop_map(|(question, answer)| Action::Record { question, answer }),
        3 => (prop::sample::select(codes), text.clone()).prop_map(|(disposition, reason)| Action::Decide {
            disposition, reason, confidence: Confidence::Leaning
        }),
        1 => Just(Action::Revise),
        3 => Just(Action::Search),
        3 => prop::sample::select(services.clone()).prop_map(Action::Offer),
        3 => prop::sample::select(services.clone()).prop_map(Action::Accept),
        2 => (prop::sample::select(services), prop::sample::select(vec![21_u16, 23, 99, 7]), text)
            .prop_map(|(service, reason, comment)| Action::Reject { service, reason, comment }),
        1 => prop::sample::select(utterances).prop_map(Action::TickAdvice),
        1 => Just(Action::Pause),
        1 => Just(Action::Close),
    ]
}

fn any_play() -> impl Strategy<Value = (usize, usize, u64, Vec<(u32, Action)>)> {
    let scripts = scripts().len();
    (0..scripts, 0..ROLES.len(), any::<u64>(), prop::collection::vec((0_u32..20_000, any_action()), 0..80))
}

/// Plays what is not refused, at increasing times.
fn take(script: usize, role: usize, seed: u64, actions: &[(u32, Action)]) -> (Call, Vec<TimedAction>) {
    let script = scripts().swap_remove(script);
    let mut call = new_call(&script, ROLES[role], seed);
    let mut done = Vec::new();
    let mut at = 0;
    for (after, action) in actions {
        at += after;
        if call.act(at, action).is_ok() {
            done.push(TimedAction { at, action: action.clone() });
        }
    }
    (call, done)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_play_replays_and_marks_the_same((script, role, seed, actions) in any_play()) {
        let (call, done) = take(script, role, seed, &actions);
        let record = record(&call, done);
        let again = replay(&record, call.script()).expect("it replays");
        prop_assert_eq!(again.events(), call.events());
        prop_assert_eq!(again.state(), call.state());
        let mark = marking::mark(&call, "x");
        prop_assert_eq!(&mark, &marking::mark(&again, "x"));
        prop_assert!(mark.points <= mark.out_of);
        prop_assert!(mark.criteria.iter().all(|c| c.points <= c.out_of));
        prop_assert_eq!(mark.out_of, mark.criteria.iter().map(|c| c.out_of).sum::<u32>());
        let text = serde_json::to_string(&record).expect("it is written");
        let read: rightcall::records::Record = serde_json::from_str(&text).expect("it is read");
        prop_assert_eq!(read, record);
    }

    #[test]
    fn time_in_one_step_or_in_many_is_the_same(
        (script, role, seed, actions) in any_play(),
        ticks in prop::collection::vec(1_u32..7_000, 0..60),
    ) {
        let (mut coarse, done) = take(script, role, seed, &actions);
        let mut fine = Call::new(coarse.script().clone(), ROLES[role], seed, Mode::Coach).expect("known");
        let mut now = 0;
        let mut ticks = ticks.into_iter();
        for timed in &done {
            for tick in ticks.by_ref().take(3) {
                now = timed.at.min(now + tick);
                fine.advance(now);
            }
            fine.act(timed.at, &timed.action).expect("it was done before");
        }
        coarse.advance(1_000_000);
        for at in (0..=1_000_000).step_by(777) {
            fine.advance(at);
        }
        fine.advance(1_000_000);
        prop_assert_eq!(fine.events(), coarse.events());
    }

    #[test]
    fn a_refused_action_changes_nothing((script, role, seed, actions) in any_play()) {
        let script = scripts().swap_remove(script);
        let mut call = new_call(&script, ROLES[role], seed);
        let mut at = 0;
        for (after, action) in &actions {
            at += after;
            call.advance(at);
            let before = call.clone();
            if call.act(at, action).is_err() {
                prop_assert_eq!(call.events(), before.events());
                prop_assert_eq!(call.state(), before.state());
            }
        }
    }
}

#[test]
fn an_extra_question_rewords_nothing_else() {
    // The same seed, one more question in between: what the others are answered stays.
    let script = script("back-saddle-numb");
    let ask = |ids: &[&str]| {
        let mut call = new_call(&script, "health-advisor", 9);
        let mut heard = std::collections::BTreeMap::new();
        for id in ids {
            let action = Action::Say { utterance: (*id).into(), to: None };
            play(&mut call, [(None, &action)]).expect("it can be said");
            let answer = call.state().lines.iter().rev().find(|l| l.by != Speaker::Trainee && l.beat.is_none());
            heard.insert(id.to_string(), answer.map(|l| l.text.clone()));
        }
        heard
    };
    let few = ask(&["s-greet", "q-sleep", "q-what-helps", "q-allergies"]);
    let more = ask(&["s-greet", "q-mood", "q-sleep", "q-transport", "q-what-helps", "q-allergies"]);
    for (question, answer) in few {
        assert_eq!(more[&question], answer, "{question}");
    }
}

#[test]
fn what_is_cut_short_is_not_heard() {
    let script = script("back-saddle-numb");
    let mut call = new_call(&script, "health-advisor", 0);
    let say = |id: &str| Action::Say { utterance: id.into(), to: None };
    play(&mut call, [(None, &say("s-greet")), (None, &say("q-saddle-numb"))]).expect("it can be said");
    let answer = call.state().lines.last().expect("there is an answer").clone();
    call.act(answer.from + 100, &Action::Interrupt).expect("somebody is speaking");
    call.advance(answer.until + 60_000);
    let fact = script.scenario.facts.iter().position(|f| &*f.feature == "saddle-sensation").expect("the fact");
    assert!(call.light(fact).is_none(), "a line cut short told its fact");
    play(&mut call, [(None, &say("q-saddle-numb"))]).expect("it can be said");
    call.advance(call.next_turn());
    assert!(call.light(fact).is_some());
}

#[test]
fn a_wrong_number_read_back_is_put_right() {
    let script = script("back-saddle-numb");
    let mut call = new_call(&script, "health-advisor", 0);
    let say = |id: &str| Action::Say { utterance: id.into(), to: None };
    let wrong = Action::Field { name: FieldName::CallBack, text: "07700 900000".into() };
    play(&mut call, [(None, &say("s-greet")), (None, &wrong), (None, &say("q-readback-number"))]).expect("done");
    let answer = &call.state().lines.last().expect("an answer").text;
    assert!(answer.contains(&*script.scenario.patient.call_back), "{answer}");
}

#[test]
fn a_call_ends_by_itself_after_an_hour_and_after_two_thousand_actions() {
    let script = script("back-mechanical");
    let mut call = new_call(&script, "health-advisor", 0);
    call.advance(LONGEST + 5);
    assert_eq!(call.state().ended, Some(Ending::TimeUp));
    assert_eq!(call.act(LONGEST + 10, &Action::Hold), Err(Refusal::Ended));

    let mut call = new_call(&script, "health-advisor", 0);
    for n in 0..MOST_ACTIONS {
        call.act(u32::try_from(n).unwrap(), &Action::Note(format!("{n}"))).expect("not yet");
    }
    assert_eq!(call.state().ended, Some(Ending::TooLong));
}
