//! Files with something wrong in them: one clear message each, and the good part is offered.

use rightcall::records::exchange::{LINE_LIMIT, Reading, bring_in, check, read_records, write_one};
use rightcall::records::{MemoryStore, Request};

use super::sample::*;

/// An export of two calls, as lines: header, four texts, two records, one annotation.
fn lines() -> Vec<String> {
    let mut store = MemoryStore::new();
    take(&mut store, 1, 2, true);
    take(&mut store, 2, 3, true);
    saved(&mut store, Request::Annotate(Box::new(annotation(7, Some(1)))));
    let mut bytes = Vec::new();
    rightcall::records::exchange::export(&mut store, None, rightcall::records::exchange::Audience::Author, &mut bytes)
        .expect("exported");
    let text = String::from_utf8(bytes).expect("text");
    text.lines().map(str::to_owned).collect()
}

fn read(bytes: &[u8]) -> Reading {
    check("a.jsonl", bytes, &mut MemoryStore::new()).expect("read")
}

fn findings(bytes: &[u8]) -> Vec<(String, u32, u32)> {
    read(bytes).bad.into_iter().map(|bad| (bad.code, bad.line, bad.column)).collect()
}

/// The only finding when one line is another.
fn one(n: usize, line: &str) -> (String, u32, u32) {
    let mut lines = lines();
    lines[n] = line.to_owned();
    one_of(lines.join("\n").as_bytes())
}

fn one_of(bytes: &[u8]) -> (String, u32, u32) {
    let mut all = findings(bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn at(code: &str, line: u32, column: u32) -> (String, u32, u32) {
    (code.to_owned(), line, column)
}

#[test]
fn bad_lines_have_their_place() {
    let good = lines();
    let record = &good[6];
    assert_eq!(findings(good.join("\n").as_bytes()), []);
    let cut = &record[..record.len() / 2];
    assert_eq!(one(6, cut), at("J0005", 7, u32::try_from(cut.chars().count()).expect("short")));
    assert_eq!(one(6, "{\"record\": nonsense}").0, "J0006");
    assert_eq!(one(6, &"[".repeat(200_000)), at("J0007", 7, 65));
    let twice = record.replacen("\"rules\":1", "\"rules\":1,\"rules\":1", 1);
    let column = twice.rfind("\"rules\"").expect("there") + 7;
    assert_eq!(one(6, &twice), at("J0008", 7, u32::try_from(column).expect("short")));
    assert_eq!(one(6, &record.replace("\"format\":1", "\"format\":2")).0, "J0010");
    assert_eq!(one(6, "{\"recrod\":{}}"), at("J0011", 7, 1));
    assert_eq!(one(6, &record.replace("\"clock\":", "\"clocks\":")).0, "J0012");
    assert_eq!(one(6, &record.replace("\"seed\":", "\"seed\":-")).0, "J0012");
    assert_eq!(one(6, &record.replace("\"Hold\"", "\"Hang\"")).0, "J0012");
    assert_eq!(one(6, &record.replace(&id(2), "2")).0, "J0012");
    assert_eq!(one(7, &good[7].replace("\"Comment\"", "{\"SelfRating\":6}")).0, "J0012");
    let other = good[5].replace("Well.", "Wall.");
    assert_eq!(one(6, &other), at("J0014", 7, 1));
    assert_eq!(one(7, &good[7].replace(&id(1), &id(9))), at("J0015", 8, 1));
    assert_eq!(one(6, "{\"more\":{\"text\":\"x\"}}"), at("J0016", 7, 1));
    let endless = record.replace("\"finished\":true", "\"finished\":true,\"continues\":true");
    assert_eq!(one(6, &endless), at("J0016", 7, 1));
    assert_eq!(one(6, &good[0]).0, "J0011");
    let long = format!("{{\"record\":\"{}\"}}", "x".repeat(LINE_LIMIT));
    assert_eq!(one(6, &long), at("J0004", 7, 1));
}

#[test]
fn a_text_that_was_changed_is_refused() {
    let good = lines();
    let n = good.iter().position(|line| line.contains("\"name\":\"roles.ron\"")).expect("there");
    let changed = good[n].replace("roles:", "rules:");
    assert_eq!(one(n, &changed), at("J0013", u32::try_from(n + 1).expect("short"), 1));
    let mut lines = good;
    lines[n] = changed;
    let reading = read(lines.join("\n").as_bytes());
    assert_eq!(reading.warnings[0].code, "J0018");
    assert_eq!(reading.new.records, 2);
}

#[test]
fn bytes_that_are_no_text() {
    let good = lines().join("\n");
    let at_byte = |needle: &str, new: &[u8]| {
        // In the second call, which has no annotation.
        let n = good.rfind(needle).expect("there");
        [&good.as_bytes()[..n], new, &good.as_bytes()[n + 1..]].concat()
    };
    let (code, line, column) = one_of(&at_byte("numb on", b"\xFF"));
    assert_eq!((code.as_str(), line), ("J0002", 7));
    let before = lines()[6].clone();
    let before = &before[..before.rfind("numb on").expect("there")];
    let expected = before.chars().count() + 1;
    assert_eq!(column as usize, expected);
    let (code, line, column) = one_of(&at_byte("numb on", b"\0"));
    assert_eq!((code.as_str(), line, column as usize), ("J0003", 7, expected));
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one_of(&[b"\xFF\xFE", &utf16[..]].concat()), at("J0002", 1, 1));
    let marked = [b"\xEF\xBB\xBF", good.as_bytes()].concat();
    assert_eq!(findings(&marked), []);
}

#[test]
fn files_that_are_no_export() {
    assert_eq!(one_of(b""), at("J0009", 1, 1));
    assert_eq!(one_of(b"\n\n"), at("J0009", 1, 1));
    assert_eq!(one_of(b"( id: \"x\" )\nmore\nmore"), at("J0006", 1, 1));
    assert_eq!(one_of(b"[1]\n"), at("J0009", 1, 1));
    assert_eq!(one_of(b"{\"a\":1}\n{\"a\":1}\n"), at("J0009", 1, 1));
    assert_eq!(one_of(b"{\"rightcall\":\"set\",\"format\":1}\n"), at("J0009", 1, 1));
    assert_eq!(one_of(b"{\"rightcall\":\"export\",\"format\":2}\n{}"), at("J0010", 1, 1));
    assert_eq!(one_of("[".repeat(200_000).as_bytes()), at("J0007", 1, 65));
    assert_eq!(one_of(&vec![b'x'; 100 << 20]), at("J0004", 1, 1));
    // Headers need not count.
    let mut lines = lines();
    lines[0] = "{\"rightcall\":\"export\",\"format\":1,\"later\":[]}".to_owned();
    assert_eq!(findings(lines.join("\n").as_bytes()), []);
}

#[test]
fn a_file_cut_off_between_lines_is_noticed() {
    let lines = lines();
    let reading = read(lines[..6].join("\n").as_bytes());
    assert_eq!(reading.bad.len(), 1);
    assert_eq!(reading.bad[0].code, "J0005");
    assert_eq!(reading.bad[0].message, "the header says 2 records, the file has 1");
    assert_eq!(reading.new.records, 1);
}

#[test]
fn every_truncation_is_noticed_and_costs_no_good_line() {
    let all = lines().join("\n");
    let ends: Vec<usize> = all.match_indices('\n').map(|(n, _)| n).collect();
    for n in (0..all.len()).step_by(7).filter(|n| all.is_char_boundary(*n)) {
        let reading = read(&all.as_bytes()[..n]);
        assert_eq!(reading.bad.len(), 1, "cut at {n}");
        let whole = ends.iter().filter(|end| **end <= n).count();
        let records = whole.saturating_sub(5).min(2) as u64;
        assert_eq!(reading.new.records, records, "cut at {n}");
    }
}

#[test]
fn the_good_part_of_a_bad_file_is_kept() {
    let mut lines = lines();
    lines[5] = lines[5].replace("\"seed\"", "\"sead\"");
    let file = lines.join("\n");
    let mut store = MemoryStore::new();
    let reading = check("a.jsonl", file.as_bytes(), &mut store).expect("read");
    // The annotation of the bad record goes with it.
    let codes: Vec<&str> = reading.bad.iter().map(|bad| bad.code.as_str()).collect();
    assert_eq!(codes, ["J0012", "J0015"]);
    assert_eq!(reading.new.records, 1);
    assert_eq!(ids(&mut store, Request::List), Vec::<String>::new());
    let brought = bring_in("a.jsonl", file.as_bytes(), &mut store).expect("imported");
    assert_eq!((brought.new.records, brought.new.annotations), (1, 0));
    assert_eq!(ids(&mut store, Request::List), [id(2)]);
}

#[test]
fn a_line_lost_in_the_middle_costs_its_item_only() {
    let mut texts = texts();
    texts.push(rightcall::records::Text::new("long", "0123456789".repeat(60_000)));
    let file = write_one(&kept(1, 2, true).record, &texts);
    let mut lines: Vec<&str> = file.lines().collect();
    let begun = lines.iter().position(|line| line.contains("\"continues\"")).expect("there");
    lines[begun + 1] = "{";
    let reading = read(lines.join("\n").as_bytes());
    assert_eq!(reading.bad.len(), 1, "{:?}", reading.bad);
    assert!(reading.bad[0].message.ends_with(&format!("what line {} begins is lost", begun + 1)));
    assert_eq!((reading.new.texts, reading.new.records), (4, 1));
    // The same when it is the line that begins.
    let mut lines: Vec<&str> = file.lines().collect();
    lines[begun] = "{";
    let reading = read(lines.join("\n").as_bytes());
    assert_eq!(reading.bad.len(), 1, "{:?}", reading.bad);
}

#[test]
fn other_content_than_what_is_here_is_refused() {
    let mut store = MemoryStore::new();
    take(&mut store, 1, 2, true);
    let file = lines().join("\n").replace("Well. It’s line 0", "Fine. It’s line 0");
    let reading = check("a.jsonl", file.as_bytes(), &mut store).expect("read");
    assert_eq!(reading.bad.len(), 1);
    assert_eq!((reading.bad[0].code.as_str(), reading.bad[0].line), ("J0014", 6));
    assert!(reading.bad[0].message.contains("here already with other content"));
    bring_in("a.jsonl", file.as_bytes(), &mut store).expect("imported");
    assert_eq!(load(&mut store, 1), kept(1, 2, true));
    assert_eq!(ids(&mut store, Request::List), [id(1), id(2)]);
}

#[test]
fn many_bad_lines_are_counted_and_rubbish_is_given_up() {
    let file = lines()[0].clone() + "\n" + &"x\n".repeat(100_000);
    let reading = read(file.as_bytes());
    assert_eq!(reading.bad.len() as u64 + reading.more_bad, 1_001);
    assert!(reading.bad.len() <= 200);
    assert!(reading.warnings[0].message.contains("the rest was not read"), "{:?}", reading.warnings);
}

#[test]
fn record_files_that_are_neither() {
    let bad = |bytes: &[u8]| {
        let found = read_records("r.json", bytes);
        assert!(found.records.is_empty());
        assert_eq!(found.bad.len(), 1, "{:?}", found.bad);
        (found.bad[0].code.clone(), found.bad[0].line, found.bad[0].column)
    };
    assert_eq!(bad(b""), at("J0009", 1, 1));
    assert_eq!(bad(b"hello\n"), at("J0006", 1, 1));
    assert_eq!(bad(b"{\"a\": 1}\n"), at("J0009", 1, 1));
    assert_eq!(bad(b"{\n \"format\": 1,\n \"format\": 1\n}").0, "J0008");
    assert_eq!(bad(b"{\n \"actions\": [\0]\n}"), at("J0003", 2, 14));
    assert_eq!(bad("{\"a\":".repeat(200_000).as_bytes()).0, "J0007");
    let pretty = serde_json::to_string_pretty(&kept(1, 3, true).record).expect("JSON");
    let line = pretty.lines().position(|line| line.contains("\"Hold\"")).expect("there") + 1;
    let found = bad(pretty.replace("\"Hold\"", "\"Hang\"").as_bytes());
    assert_eq!((found.0.as_str(), found.1 as usize), ("J0012", line));
    assert_eq!(bad(&pretty.as_bytes()[..pretty.len() / 2]).0, "J0005");
}
