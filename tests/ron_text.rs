//! The token tree and `ron` come to the same verdict on any text, and the tree loses nothing.

use proptest::prelude::*;
use rightcall::ron_text::{TokenKind, Tree};
use serde::de::IgnoredAny;

/// Whether `ron` takes the text for RON of whatever type.
fn ron_accepts(text: &str) -> Result<(), ron::error::SpannedError> {
    ron::Options::default().with_recursion_limit(1000).from_str::<IgnoredAny>(text).map(drop)
}

#[track_caller]
fn assert_same_verdict(text: &str) {
    let (tree, problems) = Tree::parse(text.to_owned());
    let joined: String = tree.tokens().map(|(_, token)| token).collect();
    assert_eq!(joined, text, "tokens add up to the text");
    // Twice the same key is a matter of types to `ron`.
    let broken = problems.iter().find(|problem| problem.code != "R0003");
    assert_eq!(broken.is_none(), ron_accepts(text).is_ok(), "{text:?}\ntree: {broken:?}\nron: {:?}", ron_accepts(text));
}

#[test]
fn the_odd_corners_of_ron() {
    for text in [
        "",
        " ",
        "1",
        "()",
        "( )",
        "(,)",
        "[,]",
        "[1,,2]",
        "[1,]",
        "(1 2)",
        "{1:2,}",
        "{1}",
        "{1:}",
        "{:1}",
        "{a:b}",
        "a",
        "a()",
        "a ()",
        "a /*x*/ (1)",
        "a(b:1)",
        "a(b:1,)",
        "a(b:1,c)",
        "a(1,b:2)",
        "(b)",
        "(b,)",
        "(a:1 b:2)",
        "Some(1)",
        "Some",
        "Some()",
        "Some(1,)",
        "Some(1,2)",
        "Some(a:1)",
        "Some (1)",
        "Some 1",
        "None",
        "None()",
        "true",
        "true()",
        "(true: 1)",
        "false false",
        "1..2",
        "1..=2",
        "..",
        "..=",
        "..=3",
        "..3",
        "1..",
        "1 .. 2",
        "inf",
        "-inf",
        "NaN",
        "inff32",
        "inf..5",
        "1..inf",
        "inf(1)",
        "(inf: 1)",
        "(NaN: inf)",
        "{inf: 1}",
        "b'a'",
        "b'a'..b'b'",
        "1..b'x'",
        "b'\\x41'",
        "b'ab'",
        "b\"x\"",
        "br\"x\"",
        "br#\"x\"#",
        "br#x",
        "r\"x\"",
        "r#\"x\"y\"#",
        "r##\"\"#\"##",
        "r#a-b",
        "r#",
        "r##a",
        "(r#a-b: 1)",
        "(a-b: 1)",
        "rabc",
        "br",
        "b",
        "r",
        "'a'",
        "''",
        "'''",
        "'\\''",
        "'ab'",
        "'\\u{41}'",
        "'\\q'",
        "'",
        "\"\"",
        "\"\\q\"",
        "\"\\u{d800}\"",
        "\"\\xff\"",
        "\"\\xc3\\xa9\"",
        "\"a\\\n   b\"",
        "\"",
        "\"\\",
        "\"\\\"",
        "1x",
        "1u8",
        "300u8",
        "1_0",
        "_1",
        "1._0",
        "1.5",
        ".5",
        "5.",
        "1e5",
        "1e",
        "0x1F",
        "0b12",
        "+1",
        "-",
        "+-1",
        "- 1",
        "99999999999999999999999",
        "1.5.2",
        "1f32",
        "// x",
        "1 // x",
        "1 /* x",
        "1 /* /* */ */",
        "1 /*/ */",
        "/",
        "1 / 2",
        "#![enable(implicit_some)] 1",
        "#![enable(implicit_some)]",
        "# ! [ enable ( implicit_some , ) ] 1",
        "#![enable(nothing)] 1",
        "#![type = \"x]\"] 1",
        "#![schema = \"x\"] #![enable(unwrap_newtypes)] ()",
        "#![x] 1",
        "1 #![enable(implicit_some)]",
        "#",
        "#![",
        "[1)",
        "(1]",
        "[",
        "(",
        "{",
        "]",
        "(a:",
        "(a",
        "(a:1",
        "a:1",
        "[1 /*,*/ , 2]",
        "(a /*x*/ : /*y*/ 1)",
        "[\"a\"\"b\"]",
        "[a b]",
        "\u{201C}x\u{201D}",
        "é",
        "(é: 1)",
        "\u{feff}1",
        "1\u{200E}",
        "1\u{a0}",
        "a=1",
        ";",
        "[(), {}, []]",
        "a.b",
        "(a.b: 1)",
        "((((1))))",
        "[1..2, 3]",
        "@",
        "a(b)(c)",
        "'\\u{110000}'",
        "'\\x4'",
        "'\u{e9}'",
        "b'\u{e9}'",
        "{\"a\": 1, \"b\": (c: [d(e)])}",
        "Some(Some(None))",
    ] {
        assert_same_verdict(text);
    }
}

#[test]
fn paths_lead_to_values_and_comments_are_kept() {
    let text = "// first\nCall(facts: [\n  (id: \"a\"), // second\n  Some((id: \"b\", at: Beat(\"é\", 3))),\n])";
    let (tree, problems) = Tree::parse(text.to_owned());
    assert_eq!(problems, []);
    let find = |path: &str| tree.find(path).map(|span| &text[span]);
    assert_eq!(find("facts[1].id"), Some("\"b\""));
    assert_eq!(find("facts[1].at[1]"), Some("3"));
    assert_eq!(find("facts[0]"), Some("(id: \"a\")"));
    assert_eq!(find("facts[2]"), None);
    let at = tree.root().field("facts").index(1).field("at").index(1).position();
    assert_eq!((at.line, at.column), (4, 32));
    assert_eq!(tree.offset(at), text.find("3)").unwrap_or(0));
    // What is not there is looked for in vain, from the nearest thing that is.
    assert_eq!(tree.root().field("facts").index(1).field("nothing").position().column, 3);
    let comments: Vec<_> = tree.comments().map(|(_, comment)| comment).collect();
    assert_eq!(comments, ["// first", "// second"]);
    assert_eq!(tree.tokens().filter(|(token, _)| token.kind == TokenKind::Str).count(), 3);
}

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z_][a-z0-9_]{0,4}",
        "-?[0-9]{1,4}",
        "[0-9]{1,2}\\.[0-9]{0,2}",
        "\"[ a-z,()é]{0,5}\"",
        "r#\"[ a-z\"]{0,3}\"#",
        Just("'x'".to_owned()),
        Just("None".to_owned()),
        Just("true".to_owned()),
        Just("b\"bytes\"".to_owned()),
        Just("\"\\n\\u{e9}\"".to_owned()),
        Just("()".to_owned()),
    ]
}

fn blank() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(vec!["", "", " ", "\n  ", "/* , */", "// )\n", "\t"])
}

/// RON as people write it.
fn value() -> impl Strategy<Value = String> {
    scalar().prop_recursive(4, 40, 5, |inner| {
        let spaced = (blank(), inner, blank()).prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let list = prop::collection::vec(spaced.clone(), 0..5);
        let fields = prop::collection::vec(("[a-z]{1,3}", spaced.clone()), 0..5);
        let pairs = prop::collection::vec((spaced.clone(), spaced.clone()), 0..4);
        let name = prop::sample::select(vec!["", "Call", "Not ", "r#type"]);
        prop_oneof![
            list.clone().prop_map(|items| format!("[{}]", items.join(","))),
            (name.clone(), list).prop_map(|(name, items)| format!("{name}({})", items.join(","))),
            (name, fields).prop_map(|(name, fields)| {
                let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}:{value}")).collect();
                format!("{name}({})", fields.join(","))
            }),
            pairs.prop_map(|pairs| {
                let pairs: Vec<_> = pairs.iter().map(|(key, value)| format!("{key}:{value}")).collect();
                format!("{{{}}}", pairs.join(","))
            }),
            spaced.prop_map(|value| format!("Some({value})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_texts(text in value()) {
        prop_assert!(ron_accepts(&text).is_ok(), "{text}");
        assert_same_verdict(&text);
    }

    #[test]
    fn mutated_texts(
        text in value(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, "[\\]\\[(){}:,\"'/*#.a1rb \n\\\\]"), 1..4),
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        for (place, change, new) in changes {
            let place = place.index(characters.len() + 1);
            let new = new.chars();
            match change {
                0 => drop(characters.splice(place..place, new)),
                1 if place < characters.len() => drop(characters.remove(place)),
                _ => drop(characters.splice(place..characters.len().min(place + 1), new)),
            }
        }
        assert_same_verdict(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn texts_of_signs(text in "([\\]\\[(){}:,'\"#a-]|Some|None|inf|true|r#|b'|\\.\\.|1|/\\*|\\*/| ){0,14}") {
        assert_same_verdict(&text);
    }

    #[test]
    fn any_text_at_all(text in "\\PC{0,40}") {
        assert_same_verdict(&text);
    }
}
