//! The JSON Schema of a scenario says what a scenario is: every shipped call conforms to it, and what is wrong does not.

use rightcall::scenario::{self, Scenario};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::to_value(schemars::schema_for!(Scenario)).expect("a schema is JSON")
}

fn shipped() -> Vec<(String, Value)> {
    let json = |(slug, text): &(&str, &str)| {
        let loaded = scenario::load(slug, text.as_bytes()).expect("it is read");
        ((*slug).to_owned(), serde_json::to_value(&loaded.scenario).expect("it is written"))
    };
    scenario::shipped().iter().map(json).collect()
}

/// As much of JSON Schema as the schema uses. What it does not know it does not pass over: it panics.
fn conforms(value: &Value, schema: &Value, root: &Value) -> Result<(), String> {
    let Some(rules) = schema.as_object() else {
        return if schema == &json!(false) { Err("nothing is allowed".into()) } else { Ok(()) };
    };
    for (rule, wanted) in rules {
        let holds = match rule.as_str() {
            "$schema" | "title" | "description" | "$defs" | "default" | "format" => true,
            "$ref" => {
                let name = wanted.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a reference within");
                conforms(value, &root["$defs"][name], root)?;
                true
            }
            "type" => {
                let is = |kind: &str| match kind {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_i64() || value.is_u64(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("a type that this test does not know: {other}"),
                };
                match wanted {
                    Value::String(kind) => is(kind),
                    Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
                    other => panic!("{other}"),
                }
            }
            "enum" => wanted.as_array().expect("a list").contains(value),
            "const" => wanted == value,
            "minimum" => value.as_f64().is_none_or(|n| n >= wanted.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|n| n <= wanted.as_f64().expect("a number")),
            "minItems" => value.as_array().is_none_or(|list| list.len() as u64 >= wanted.as_u64().expect("a number")),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= wanted.as_u64().expect("a number")),
            "items" => {
                let after = rules.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                for item in value.as_array().into_iter().flatten().skip(after) {
                    conforms(item, wanted, root)?;
                }
                true
            }
            "prefixItems" => {
                for (item, wanted) in value.as_array().into_iter().flatten().zip(wanted.as_array().expect("a list")) {
                    conforms(item, wanted, root)?;
                }
                true
            }
            "required" => {
                let names = wanted.as_array().expect("a list").iter().filter_map(Value::as_str);
                value.as_object().is_none_or(|object| names.clone().all(|name| object.contains_key(name)))
            }
            "properties" => {
                for (name, wanted) in wanted.as_object().expect("an object") {
                    if let Some(inner) = value.get(name) {
                        conforms(inner, wanted, root).map_err(|problem| format!("{name}: {problem}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = rules.get("properties").and_then(Value::as_object);
                let is_known = |name: &String| known.is_some_and(|known| known.contains_key(name));
                wanted != &json!(false) || value.as_object().is_none_or(|object| object.keys().all(is_known))
            }
            "anyOf" => wanted.as_array().expect("a list").iter().any(|one| conforms(value, one, root).is_ok()),
            "oneOf" => {
                wanted.as_array().expect("a list").iter().filter(|one| conforms(value, one, root).is_ok()).count() == 1
            }
            other => panic!("a rule that this test does not know: {other}"),
        };
        if !holds {
            let shown: String = value.to_string().chars().take(120).collect();
            return Err(format!("{rule} {wanted} is not so of {shown}"));
        }
    }
    Ok(())
}

#[test]
fn every_shipped_call_conforms_and_comes_back_the_same() {
    let schema = schema();
    for (slug, value) in shipped() {
        conforms(&value, &schema, &schema).unwrap_or_else(|problem| panic!("{slug}: {problem}"));
        let again: Scenario = serde_json::from_value(value.clone()).expect("it is read");
        assert_eq!(serde_json::to_value(&again).expect("it is written"), value, "{slug}");
    }
}

#[test]
fn what_the_program_refuses_does_not_conform() {
    let schema = schema();
    let (_, good) = shipped().remove(0);
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut value = good.clone();
        change(&mut value);
        value
    };
    let bad = [
        changed(&|v| v["number"] = json!("four")),
        changed(&|v| v["number"] = json!(-4)),
        changed(&|v| v["difficulty"] = json!("Hard")),
        changed(&|v| v["facts"][0]["featur"] = json!("x")),
        changed(&|v| v["caller"]["relation"] = json!("Aunt")),
        changed(&|v| v["model"]["unsafe_if"] = json!([{ "Latest": "Dx02" }])),
        changed(&|v| v["model"]["calls"][0]["actions"][0] = json!({ "Say": { "utter": "s-greet" } })),
        changed(&|v| v["beats"][0]["at"] = json!({ "Seconds": "soon" })),
        changed(&|v| {
            v.as_object_mut().expect("an object").remove("patient");
        }),
    ];
    for value in bad {
        assert!(serde_json::from_value::<Scenario>(value.clone()).is_err(), "the program takes it");
        assert!(conforms(&value, &schema, &schema).is_err(), "the schema takes what the program refuses");
    }
}

#[test]
fn what_a_field_means_stands_in_the_schema() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let description = schema["$defs"]["Fact"]["properties"]["at_least"]["description"].as_str().unwrap_or_default();
    assert!(description.contains("What it means at least"), "{description}");
}
