//! Agreement with the model answer: not how alike people decide, but how near they come to what was agreed.

use super::bootstrap::{Bootstrap, Interval};
use super::ratings::Ratings;
use super::{Undefined, Value};

/// What is held to be right for an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Model {
    pub best: f64,
    /// The acceptable range, both ends included; it holds the best.
    pub low: f64,
    pub high: f64,
}

/// Share of ratings that are the best answer, and that are within the acceptable range. Each rating counts once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WithModel {
    pub best: Value,
    pub within: Value,
    pub best_limits: Option<Interval>,
    pub within_limits: Option<Interval>,
}

/// Holds ratings against the model answer of each item; items without one do not count.
#[must_use]
pub fn with_model(ratings: &Ratings, models: &[Option<Model>], bootstrap: Option<Bootstrap>) -> WithModel {
    let compute = |raters: &[f64], items: &[f64], values: &mut [Value]| {
        let (mut all, mut best, mut within) = (0.0, 0.0, 0.0);
        for (item, model) in models.iter().enumerate().take(ratings.items()) {
            let Some(model) = model else { continue };
            for (rater, value) in ratings.of_item(item) {
                let times = raters[rater] * items[item];
                all += times;
                best += if value == model.best { times } else { 0.0 };
                within += if value >= model.low && value <= model.high { times } else { 0.0 };
            }
        }
        let share = |part: f64| if all > 0.0 { Ok(part / all) } else { Err(Undefined::NoModel) };
        values[0] = share(best);
        values[1] = share(within);
    };
    let mut values = [Ok(0.0); 2];
    compute(&vec![1.0; ratings.raters()], &vec![1.0; ratings.items()], &mut values);
    let limits = match bootstrap {
        Some(bootstrap) => bootstrap.limits((ratings.raters(), ratings.items()), &[0.0; 2], compute),
        None => vec![None; 2],
    };
    WithModel { best: values[0], within: values[1], best_limits: limits[0], within_limits: limits[1] }
}
