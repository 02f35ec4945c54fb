//! What a call is worth as a measure: how hard it is, and whether those who get it right get others right.

use serde::Serialize;

/// Fewer people and no item-total correlation is shown: with 30, its standard error is still 0.19.
pub const FEWEST_PEOPLE: usize = 30;
/// Whoever took fewer other calls does not count towards the correlation.
pub const FEWEST_OTHERS: usize = 5;

/// One call, as all who took it took it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ItemFigures {
    pub people: usize,
    /// Share who got it right.
    pub right: Option<f64>,
    /// Corrected item-total correlation: right or not, against the share of their *other* calls that they got right.
    pub item_total: Option<f64>,
}

/// The figures of each of `items` calls. `taken`: by person, which calls and whether right.
#[must_use]
pub fn figures(taken: &[Vec<(u32, bool)>], items: usize) -> Vec<ItemFigures> {
    let mut pairs: Vec<Vec<(f64, Option<f64>)>> = vec![Vec::new(); items];
    for person in taken {
        let right = person.iter().filter(|(_, right)| *right).count();
        for &(item, own) in person {
            let others = person.len() - 1;
            #[allow(clippy::cast_precision_loss, reason = "a number of calls")]
            let rest = (others >= FEWEST_OTHERS).then(|| (right - usize::from(own)) as f64 / others as f64);
            if let Some(list) = pairs.get_mut(item as usize) {
                list.push((f64::from(u8::from(own)), rest));
            }
        }
    }
    let of = |list: &Vec<(f64, Option<f64>)>| {
        let compared: Vec<(f64, f64)> = list.iter().filter_map(|(own, rest)| Some((*own, (*rest)?))).collect();
        #[allow(clippy::cast_precision_loss, reason = "a number of people")]
        let right = (!list.is_empty()).then(|| list.iter().map(|(own, _)| own).sum::<f64>() / list.len() as f64);
        let item_total = if compared.len() >= FEWEST_PEOPLE { correlation(&compared) } else { None };
        ItemFigures { people: list.len(), right, item_total }
    };
    pairs.iter().map(of).collect()
}

/// Whether those who are good at the *other* calls get each of `items` calls wrong, beyond chance: the correlation of right
/// or not with how good they are lies more than two standard errors below zero. `taken`: by person, which calls, whether
/// right, and whether the call is an urgent one.
///
/// How good somebody is at the others is the mean of their shares of urgent and of not urgent ones; it takes another of
/// the same kind to say. Whoever calls everything urgent gets the urgent ones right and the rest wrong: held against the plain share, that alone would make a
/// sound call of the rarer kind look broken.
#[must_use]
pub fn upside_down(taken: &[Vec<(u32, bool, bool)>], items: usize) -> Vec<bool> {
    let mut pairs: Vec<Vec<(f64, f64)>> = vec![Vec::new(); items];
    for person in taken {
        if person.len() <= FEWEST_OTHERS {
            continue;
        }
        // Right and all, of those that are not urgent and of those that are.
        let mut sides = [(0_usize, 0_usize); 2];
        for &(_, right, urgent) in person {
            let side = &mut sides[usize::from(urgent)];
            *side = (side.0 + usize::from(right), side.1 + 1);
        }
        for &(item, own, urgent) in person {
            let mut others = sides;
            let side = &mut others[usize::from(urgent)];
            *side = (side.0 - usize::from(own), side.1 - 1);
            if side.1 == 0 {
                continue;
            }
            #[allow(clippy::cast_precision_loss, reason = "a number of calls")]
            let shares: Vec<f64> =
                others.iter().filter(|(_, all)| *all > 0).map(|(right, all)| *right as f64 / *all as f64).collect();
            #[allow(clippy::cast_precision_loss, reason = "one or two")]
            let good = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
            if let Some(list) = pairs.get_mut(item as usize) {
                list.push((f64::from(u8::from(own)), good));
            }
        }
    }
    let of = |list: &Vec<(f64, f64)>| {
        #[allow(clippy::cast_precision_loss, reason = "a number of people")]
        let error = 1.0 / (list.len().max(2) as f64 - 1.0).sqrt();
        list.len() >= FEWEST_PEOPLE && correlation(list).is_some_and(|r| r < -2.0 * error)
    };
    pairs.iter().map(of).collect()
}

/// Pearson's correlation; `None` where one of the two does not vary.
#[must_use]
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    #[allow(clippy::cast_precision_loss, reason = "a number of people")]
    let n = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / n, y + pair.1 / n));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xx += (a - x) * (a - x);
        yy += (b - y) * (b - y);
        xy += (a - x) * (b - y);
    }
    (xx > 1e-12 && yy > 1e-12).then(|| xy / (xx * yy).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_the_better_get_wrong_stands_out() {
        // 40 people of rising ability on eight calls; call 0 is right for the poorer half only.
        let person = |n: u32| (0..8).map(|item| (item, if item == 0 { n < 20 } else { n > item * 5 })).collect();
        let taken: Vec<Vec<(u32, bool)>> = (0..40).map(person).collect();
        let found = figures(&taken, 9);
        assert!(found[0].item_total.unwrap() < -0.5 && found[3].item_total.unwrap() > 0.5, "{found:?}");
        assert_eq!(found[0].right, Some(0.5));
        assert_eq!((found[8].people, found[8].right, found[8].item_total), (0, None, None));
        assert_eq!(figures(&taken[..29], 8)[3].item_total, None, "too few people");
        let with_side = |person: &Vec<(u32, bool)>| person.iter().map(|(n, right)| (*n, *right, n % 2 == 0)).collect();
        let taken: Vec<Vec<(u32, bool, bool)>> = taken.iter().map(with_side).collect();
        let mut broken = vec![false; 9];
        broken[0] = true;
        assert_eq!(upside_down(&taken, 9), broken);
        assert_eq!(upside_down(&taken[..29], 9), [false; 9], "too few people");
    }

    #[test]
    fn a_rare_urgent_call_is_not_broken_because_some_call_everything_urgent() {
        // Of sixty people a third call everything urgent, a third nothing, a third see what is there. Two calls in eight
        // are urgent.
        let right = |n: u32, item: u32| match n % 3 {
            0 => item < 2,
            1 => item >= 2,
            _ => !(n + item).is_multiple_of(7),
        };
        let person = |n: u32| (0..8).map(|item| (item, right(n, item), item < 2)).collect();
        let taken: Vec<Vec<(u32, bool, bool)>> = (0..60).map(person).collect();
        let plain: Vec<Vec<(u32, bool)>> =
            taken.iter().map(|calls| calls.iter().map(|(item, right, _)| (*item, *right)).collect()).collect();
        assert!(figures(&plain, 8)[0].item_total.unwrap() < -0.3, "held against the plain share it looks broken");
        assert_eq!(upside_down(&taken, 8), [false; 8]);
    }
}
