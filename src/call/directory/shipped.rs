//! The shipped directory against what the calls need of it: every list as its brief says.

use std::sync::LazyLock;

use ron::extensions::Extensions;

use super::*;
use crate::standards::Directory;

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .from_str(include_str!("../../../assets/standards/directory.ron"))
        .expect("the directory can be read")
});

/// November 2026: the 2nd is a Monday.
const MON: i8 = 2;
const TUE: i8 = 3;
const WED: i8 = 4;
const THU: i8 = 5;
const FRI: i8 = 6;
const SAT: i8 = 7;
const SUN: i8 = 8;

struct Ask<'a> {
    role: &'a str,
    practice: &'a str,
    capacity: &'a [(Id, Capacity)],
}

const PLAIN: Ask = Ask { role: "health-advisor", practice: "Teasel Street Surgery", capacity: &[] };

/// Day, hour, minute.
type When = (i8, i8, i8);

/// Need, timeframe in minutes.
type What<'a> = (&'a str, Option<u32>);

/// Symptom group, age, sex.
type Whom<'a> = (&'a str, u32, Sex);

fn results(address: &str, (day, hour, minute): When, what: What, whom: Whom, ask: &Ask) -> Results {
    let place = place_in(&DIRECTORY, address).expect("the address names a place");
    let now = jiff::civil::date(2026, 11, day).at(hour, minute, 0, 0);
    let query = Query {
        now,
        minutes: what.1,
        need: what.0,
        symptom_group: whom.0,
        age_years: whom.1,
        sex: Some(whom.2),
        place,
        gp_practice: ask.practice,
        role: ask.role,
        capacity: ask.capacity,
    };
    search(&DIRECTORY, &query)
}

fn ids(results: &Results) -> Vec<&'static str> {
    results.found.iter().map(|found| &*DIRECTORY.services[found.service].id).collect()
}

#[track_caller]
fn lists(address: &str, when: When, what: What, whom: Whom, expected: &[&str]) {
    lists_for(&PLAIN, address, when, what, whom, expected);
}

#[track_caller]
fn lists_for(ask: &Ask, address: &str, when: When, what: What, whom: Whom, expected: &[&str]) {
    let results = results(address, when, what, whom, ask);
    assert_eq!(ids(&results), expected);
    assert!(!results.gap);
}

use Sex::{Female, Male};

const ED1: What = ("ed-full", Some(60));
const ED4: What = ("ed-full", Some(240));
const ED12: What = ("utc", Some(720));
const PC2: What = ("primary-care-face-to-face", Some(120));
const PC6: What = ("primary-care-face-to-face", Some(360));
const PC12: What = ("primary-care-face-to-face", Some(720));
const PC24: What = ("primary-care-face-to-face", Some(1440));
const SPEAK1: What = ("primary-care-speak", Some(60));
const SPEAK24: What = ("primary-care-speak", Some(1440));
const ROUTINE: What = ("primary-care-routine", Some(7200));
const PHARMACY: What = ("pharmacy", Some(1440));
const CALLBACK: What = ("clinician-callback", Some(0));

#[test]
fn it_is_consistent() {
    let directory = &*DIRECTORY;
    assert!(directory.services.len() >= 25 && directory.places.len() >= 8);
    let groups: Vec<&str> = directory.symptom_groups.iter().map(|group| &*group.id).collect();
    for (index, service) in directory.services.iter().enumerate() {
        let id = &service.id;
        assert!(!directory.services[..index].iter().any(|before| before.id == *id), "{id} twice");
        assert!(directory.types.iter().any(|kind| kind.id == service.kind), "{id}: type");
        for group in service.takes.iter().chain(&service.refuses) {
            assert!(groups.contains(&&**group), "{id}: {group}");
        }
        for journey in &service.journeys {
            assert!(directory.places.iter().any(|place| place.id == journey.from), "{id}: {}", journey.from);
        }
        let hours = [Some(&service.hours), service.holiday_hours.as_ref()];
        for hours in hours.into_iter().flatten() {
            if let crate::standards::Hours::Weekly(spans) = hours {
                for span in spans {
                    assert!(parse_time(&span.from).is_some() && parse_time(&span.to).is_some(), "{id}: hours");
                }
            }
        }
    }
    assert!(directory.public_holidays.iter().all(|day| parse_date(day).is_some()));
    assert!(directory.catch_all.iter().all(|id| directory.services.iter().any(|service| service.id == *id)));
}

#[test]
fn streets_name_their_places() {
    for (address, place) in [
        ("14 Tanner's Row, Southfold, TV4 2AB", "southfold"),
        ("3 Mill Lane, Harrowmere", "millbank"),
        ("22 Canal Street", "town-centre"),
        ("7 Orchard Close", "southfold"),
        ("Flat 2, 9 Gasworks Terrace", "northgate"),
        ("1 linden grove", "millbank"),
        ("Station Road", "town-centre"),
        ("Bridge End Cottage", "southfold"),
        ("Room 214, Brunel Halls", "brunel-halls"),
        ("the halls", "brunel-halls"),
        ("TV101AB", "hartsmoor"),
    ] {
        assert_eq!(place_in(&DIRECTORY, address).map(|place| &*place.id), Some(place), "{address}");
    }
    assert!(place_in(&DIRECTORY, "40 Acacia Avenue, Elsewhere").is_none());
}

#[test]
fn call_01_the_nearer_department_has_no_scanner_tonight() {
    let address = "14 Tanner's Row, Southfold";
    let list = ["svc-ed-stbryd", "svc-ed-harrowmere"];
    lists(address, (TUE, 19, 40), ED1, ("back-pain", 44, Female), &list);
    let clinical = Ask { role: "clinical-advisor", ..PLAIN };
    lists_for(&clinical, address, (TUE, 19, 40), ED1, ("back-pain", 44, Female), &list);
    let found = results(address, (TUE, 19, 40), ED1, ("back-pain", 44, Female), &PLAIN).found;
    assert_eq!(found[0].journey.as_deref(), Some("8 minutes by car"));
    assert!(DIRECTORY.services[found[0].service].notes.contains("MRI on weekdays 09:00-17:00"));
    assert!(DIRECTORY.services[found[1].service].notes.contains("MRI and CT day and night"));
    assert!(found[0].distance < found[1].distance);
}

#[test]
fn calls_02_06_and_10_the_nearest_pharmacy_is_shut() {
    let list = ["svc-ph-linden", "svc-ph-northgate"];
    for address in ["Tanner's Row", "Mill Lane", "Canal Street", "Brunel Halls", "Low Teasel", "Marl Cross"] {
        lists(address, (TUE, 19, 40), PHARMACY, ("back-pain", 45, Female), &list);
        lists(address, (SUN, 16, 30), PHARMACY, ("chest-upper-abdomen", 46, Female), &list);
        lists(address, (WED, 20, 20), PHARMACY, ("headache", 31, Female), &list);
    }
    let found = results("Mill Lane", (SUN, 16, 30), PHARMACY, ("chest-upper-abdomen", 46, Female), &PLAIN).found;
    let opens = jiff::civil::date(2026, 11, 9).at(9, 0, 0, 0);
    assert_eq!(found[0].open, OpenState::OpensAt(opens));
    assert_eq!(found[1].open, OpenState::OpenUntil(jiff::civil::date(2026, 11, 8).at(23, 0, 0, 0)));
    assert_eq!(found[1].capacity, Capacity::Amber);
}

#[test]
fn calls_03_and_04_a_feverish_child_on_saturday_night() {
    let list = ["svc-utc-quayside", "svc-ed-harrowmere", "svc-ed-stbryd"];
    lists("Low Teasel", (SAT, 21, 15), ED1, ("fever-rash", 3, Male), &list);
    lists("Low Teasel", (SAT, 21, 15), PHARMACY, ("fever-rash", 3, Male), &["svc-ph-northgate"]);
}

#[test]
fn calls_07_and_08_a_bang_on_the_head() {
    let list = ["svc-utc-quayside", "svc-ed-harrowmere", "svc-ed-stbryd"];
    lists("Canal Street", (THU, 18, 50), ED1, ("head-injury", 68, Male), &list);
    lists("Canal Street", (THU, 18, 50), PC24, ("head-injury", 67, Male), &["svc-utc-quayside", "svc-gp-own"]);
}

#[test]
fn calls_09_and_31_a_maternity_unit() {
    let now = ("midwife", Some(0));
    lists("Tanner's Row", (WED, 20, 20), now, ("headache", 31, Female), &["svc-maternity"]);
    lists("Marl Cross", (SUN, 20, 5), now, ("pregnancy", 24, Female), &["svc-maternity"]);
    let list = ["svc-ed-stbryd", "svc-ed-harrowmere"];
    lists("Tanner's Row", (WED, 20, 20), ED1, ("headache", 31, Female), &list);
    lists("Marl Cross", (SUN, 20, 5), ED1, ("pregnancy", 24, Female), &list);
}

#[test]
fn call_11_a_blood_count_the_same_morning() {
    let whom = ("sore-throat", 29, Female);
    lists("Canal Street", (MON, 10, 5), PC2, whom, &["svc-utc-quayside", "svc-gp-own"]);
    let clinical = Ask { role: "clinical-advisor", ..PLAIN };
    let list = ["svc-utc-quayside", "svc-gp-own", "svc-sdec"];
    lists_for(&clinical, "Canal Street", (MON, 10, 5), PC2, whom, &list);
    let unregistered = Ask { practice: "", ..PLAIN };
    lists_for(&unregistered, "Canal Street", (MON, 10, 5), PC2, whom, &["svc-utc-quayside"]);
}

#[test]
fn call_12_two_pharmacies_in_the_morning() {
    let amber = [("svc-ph-linden".into(), Capacity::Amber)];
    let ask = Ask { capacity: &amber, ..PLAIN };
    let whom = ("sore-throat", 29, Female);
    for address in ["Canal Street", "Mill Lane", "Tanner's Row"] {
        let list = ["svc-ph-linden", "svc-ph-tolland", "svc-ph-northgate"];
        lists_for(&ask, address, (MON, 10, 5), PHARMACY, whom, &list);
        let found = results(address, (MON, 10, 5), PHARMACY, whom, &ask).found;
        assert_eq!((found[0].capacity, found[1].capacity), (Capacity::Amber, Capacity::Green));
    }
}

#[test]
fn calls_13_and_14_across_the_river() {
    for hours in [2, 6, 12, 24] {
        let what = ("urgent-medicines", Some(hours * 60));
        let list = ["svc-ph-linden", "svc-ph-northgate"];
        lists("Brunel Halls", (FRI, 18, 10), what, ("asthma-medicines", 22, Male), &list);
        let found = results("Brunel Halls", (FRI, 18, 10), what, ("asthma-medicines", 22, Male), &PLAIN).found;
        assert!(found[0].distance <= found[1].distance);
        assert!(found[0].journey.as_deref().is_some_and(|says| says.starts_with("55 minutes on foot")));
        assert_eq!(found[1].journey.as_deref(), Some("15 minutes on foot"));
    }
}

#[test]
fn calls_15_and_16_he_cannot_do_this_any_more() {
    let crisis = ("mental-health", Some(60));
    let list = ["svc-mh-haven", "svc-mh-crisis", "svc-safeguarding"];
    lists("Mill Lane", (SUN, 23, 10), crisis, ("mental-health", 51, Male), &list);
    let list = ["svc-gp-ooh", "svc-gp-own", "svc-safeguarding"];
    lists("Mill Lane", (SUN, 23, 10), SPEAK24, ("mental-health", 52, Male), &list);
    let list = ["svc-gp-own", "svc-carers-line", "svc-safeguarding"];
    lists("Mill Lane", (SUN, 23, 10), ROUTINE, ("mental-health", 52, Male), &list);
}

#[test]
fn calls_19_to_24_traps_behind_a_wrong_code() {
    lists("Mill Lane", (MON, 7, 35), PC12, ("neurological", 74, Female), &["svc-gp-own"]);
    let list = ["svc-epau", "svc-gp-ooh", "svc-gp-own"];
    lists("Canal Street", (THU, 22, 30), PC24, ("abdominal", 27, Female), &list);
    lists("Mill Lane", (SUN, 9, 20), PC2, ("poisoning-fumes", 82, Female), &["svc-gp-ooh"]);
    lists("Mill Lane", (WED, 9, 5), PC2, ("falls", 83, Female), &["svc-ucr", "svc-gp-own"]);
    lists("Mill Lane", (TUE, 20, 40), PC6, ("falls", 86, Male), &["svc-gp-ooh"]);
}

#[test]
fn calls_25_to_28_children() {
    let list = ["svc-ed-stbryd", "svc-ed-harrowmere"];
    lists("Tanner's Row", (FRI, 17, 15), ED1, ("fever-infant", 0, Male), &list);
    lists("Tanner's Row", (SAT, 7, 40), ED1, ("abdominal", 13, Male), &list);
    let list = ["svc-utc-quayside", "svc-ed-stbryd", "svc-ed-harrowmere"];
    lists("Tanner's Row", (FRI, 17, 15), ED1, ("fever-infant", 40, Male), &list);
    let list = ["svc-ed-stbryd", "svc-ed-harrowmere", "svc-safeguarding"];
    lists("Tanner's Row", (WED, 18, 30), ED4, ("injury-child", 0, Male), &list);
    let list = ["svc-utc-quayside", "svc-ed-harrowmere", "svc-ed-stbryd"];
    lists("Upper Teasel", (SUN, 18, 50), ED4, ("injury-limb", 10, Female), &list);
}

#[test]
fn calls_29_and_30() {
    let van = Ask { practice: "none", ..PLAIN };
    let list = ["svc-gp-ooh", "svc-utc-quayside", "svc-miu-southfold", "svc-ed-harrowmere", "svc-ed-stbryd"];
    lists_for(&van, "Gasworks Terrace", (THU, 15, 20), ED12, ("wound", 34, Male), &list);
    let list = ["svc-ed-stbryd", "svc-ed-harrowmere"];
    lists("Tanner's Row", (SAT, 11, 10), ED1, ("cancer-emergency", 66, Male), &list);
    let palliative = ("palliative", Some(60));
    lists(
        "Tanner's Row",
        (SAT, 11, 10),
        palliative,
        ("cancer-emergency", 66, Male),
        &["svc-palliative", "svc-cn-team"],
    );
}

#[test]
fn calls_33_to_38_below_hospital() {
    lists("Mill Lane", (WED, 19, 35), SPEAK1, ("abnormal-result", 79, Male), &["svc-cas", "svc-gp-ooh"]);
    lists("Mill Lane", (SUN, 19, 55), CALLBACK, ("dental", 39, Male), &["svc-cas"]);
    lists("Mill Lane", (SUN, 19, 55), ("dental", Some(720)), ("dental", 39, Male), &["svc-dental-urgent"]);
    let list = ["svc-gp-ooh", "svc-palliative", "svc-cn-team"];
    lists("Mill Lane", (SUN, 6, 20), ("palliative", Some(60)), ("palliative", 71, Male), &list);
    lists("Mill Lane", (FRI, 14, 15), PC6, ("postnatal", 32, Female), &["svc-gp-hub", "svc-gp-own"]);
    let list = ["svc-utc-quayside", "svc-gp-hub", "svc-gp-ooh"];
    lists("Mill Lane", (SAT, 10, 15), PC12, ("urinary", 68, Female), &list);
    lists("Mill Lane", (THU, 11, 30), PC24, ("cough", 38, Male), &["svc-cas", "svc-gp-own"]);
}

#[test]
fn calls_37_and_45_no_pharmacy_at_that_age() {
    let gap = |what, whom| results("Mill Lane", (SAT, 10, 15), what, whom, &PLAIN);
    let old = gap(PHARMACY, ("urinary", 68, Female));
    assert!(old.gap && ids(&old) == ["svc-ed-harrowmere"] && old.found[0].catch_all);
    assert_eq!(ids(&gap(PHARMACY, ("urinary", 30, Female))), ["svc-ph-linden-uti"]);
    assert!(gap(PHARMACY, ("urinary", 30, Male)).gap);
    let contraception = ("emergency-contraception", Some(720));
    lists(
        "East Reach",
        (SAT, 11, 45),
        contraception,
        ("sexual-health", 15, Female),
        &["svc-gp-hub", "svc-sexual-health"],
    );
}

#[test]
fn calls_39_to_44() {
    let dentist = |minutes| ("dental", Some(minutes));
    let list = ["svc-dental-urgent", "svc-dental-own", "svc-dental-child"];
    lists("Gasworks Terrace", (WED, 14, 25), dentist(60), ("dental-injury", 9, Male), &list);
    let list = ["svc-ed-harrowmere", "svc-ed-stbryd"];
    lists("Gasworks Terrace", (WED, 14, 25), ED1, ("dental-injury", 9, Male), &list);
    lists("Mill Lane", (SAT, 13, 0), dentist(10080), ("dental", 42, Female), &["svc-dental-urgent"]);
    for address in ["East Reach", "Canal Street", "Mill Lane"] {
        let list = ["svc-ph-tolland", "svc-ph-northgate"];
        lists(address, (TUE, 18, 35), PHARMACY, ("ear-nose-throat", 4, Male), &list);
    }
    let medicines = ("urgent-medicines", Some(360));
    lists("Mill Lane", (FRI, 20, 10), medicines, ("medicines", 28, Female), &["svc-gp-ooh", "svc-ph-northgate"]);
    let nurse = ("community-nurse", Some(240));
    lists("Mill Lane", (SUN, 7, 50), nurse, ("urinary", 78, Male), &["svc-gp-ooh", "svc-cn-team"]);
    let optician = ("optician", Some(4320));
    lists("Mill Lane", (TUE, 14, 0), optician, ("eye", 71, Female), &["svc-optical", "svc-optician-arcade"]);
    let list = ["svc-eye-casualty", "svc-ed-harrowmere", "svc-ed-stbryd"];
    lists("Mill Lane", (TUE, 14, 0), ED1, ("eye", 71, Female), &list);
}

#[test]
fn calls_47_and_48() {
    let list = ["svc-gp-hub", "svc-gp-ooh", "svc-gp-own"];
    lists("Mill Lane", (MON, 19, 25), SPEAK24, ("infant-cold", 0, Female), &list);
    let lorry = Ask { practice: "Harbour Street Practice, Grimsby", ..PLAIN };
    lists_for(&lorry, "Moor Road lay-by", (WED, 13, 10), ROUTINE, ("bowel", 59, Male), &["svc-gp-hub", "svc-gp-own"]);
}

#[test]
fn every_symptom_can_be_rung_back() {
    for group in &DIRECTORY.symptom_groups {
        let found = results("Hartsmoor", (SUN, 3, 0), CALLBACK, (&group.id, 30, Female), &PLAIN);
        assert!(!found.gap && found.found.len() == 1, "{}", group.id);
    }
}

#[test]
#[ignore = "a measurement: cargo test --release -- --ignored --nocapture"]
fn how_long_a_search_takes() {
    let place = &DIRECTORY.places[0];
    let now = jiff::civil::date(2026, 11, SUN).at(16, 30, 0, 0);
    for (need, minutes) in [("pharmacy", 1440), ("primary-care-routine", 20160), ("ed-full", 60)] {
        let query = Query {
            now,
            minutes: Some(minutes),
            need,
            symptom_group: "sore-throat",
            age_years: 30,
            sex: Some(Female),
            place,
            gp_practice: "Mill Lane Surgery",
            role: "health-advisor",
            capacity: &[],
        };
        let (rounds, mut found) = (10_000_u32, 0);
        #[allow(clippy::disallowed_methods)]
        let start = std::time::Instant::now();
        for _ in 0..rounds {
            found += search(&DIRECTORY, std::hint::black_box(&query)).found.len();
        }
        println!("{need}: {} ns a search, {found} found", start.elapsed().as_nanos() / u128::from(rounds));
    }
}
