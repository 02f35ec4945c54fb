//! Any size of window and of text.

use super::*;

#[test]
fn in_a_small_window_the_chosen_mark_shows_its_line() {
    let mut harness = screen(under(), vec2(NARROW.x, 6000.0));
    assert!(harness.query_by_label_contains("What would matter most").is_some());
    click(&mut harness, "Show in the transcript");
    let says = harness.state().page.rows[0].says();
    harness.get_by_label(&says);
    click(&mut harness, "Marks");
    assert!(harness.query_by_label(&says).is_none(), "the transcript has made room");
}

#[test]
fn nothing_is_wider_than_the_window() {
    let modern = |size: Vec2| {
        for page in [under(), as_modelled("back-mechanical", "clinical-advisor")] {
            let harness = screen(page, size);
            for node in harness.root().children_recursive() {
                let known = node.accesskit_node();
                let Some(bounds) = known.raw_bounds() else { continue };
                assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{size}: {bounds:?} {:?}", known.label());
            }
        }
    };
    for size in [vec2(468.0, 3500.0), vec2(640.0, 3000.0), vec2(968.0, 3000.0), WIDE, vec2(1816.0, 1000.0)] {
        modern(size);
    }
    modern(NARROW);
}
