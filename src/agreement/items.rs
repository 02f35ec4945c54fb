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
    }
}
