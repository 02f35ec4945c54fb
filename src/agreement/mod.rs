//! How alike people decide: agreement of many raters over many items, each statistic under its own name.
//!
//! | name | what | source |
//! |---|---|---|
//! | [`Chance::raw`] | observed agreement: mean over items of the share of agreeing pairs | Fleiss 1971; Gwet 2014, p_a |
//! | [`Chance::pooled`] | agreeing pairs of all items ÷ all pairs: another number where ratings are missing | – |
//! | [`Chance::fleiss`] | Fleiss' kappa, equal numbers of ratings only | Fleiss 1971 |
//! | [`Chance::fleiss_general`] | the same with ratings missing | Gwet 2014, chapter 2 |
//! | [`Chance::ac1`], [`Chance::ac2_linear`], [`Chance::ac2_quadratic`] | Gwet's first and second coefficient | Gwet 2008, 2014 |
//! | [`alpha()`] | Krippendorff's alpha: nominal, ordinal, interval, ratio | Krippendorff 2011 |
//! | [`Kappa`] | Cohen's kappa of two raters: unweighted, linear, quadratic | Cohen 1960, 1968; Fleiss, Cohen & Everitt 1969 |
//! | [`Icc`] | intraclass correlation (1,1) to (3,k) | Shrout & Fleiss 1979 |
//! | [`with_model`] | agreement with the model answer | – |
//!
//! What is fixed, because good libraries differ: the scale is declared and never inferred; an item with one
//! rating enters the chance term of Gwet's coefficients and of the generalised kappa and nothing else, and
//! alpha not at all; "ordinal" is Krippendorff's metric of rank counts. Statistics are `f64`: they are not
//! marks. They use the four operations, the square root, and `libm` where a quantile needs a logarithm, so
//! they are the same on every platform.

mod alpha;
mod bootstrap;
mod chance;
mod counts;
pub mod direction;
mod distributions;
mod icc;
pub mod items;
mod kappa;
mod left_out;
mod measures;
mod model_answer;
mod ratings;
pub mod signal;
pub mod table;
#[cfg(test)]
mod tests;

pub use alpha::{Metric, alpha};
pub use bootstrap::{Bootstrap, Interval, Resample};
pub use chance::{Chance, Weights};
pub use counts::Counts;
pub use distributions::{f_quantile, normal_cdf, normal_quantile, t_quantile};
pub use icc::{Icc, IccForm};
pub use kappa::Kappa;
pub use measures::{Measures, Statistic};
pub use model_answer::{Model, with_model};
pub use ratings::{FEWEST_ITEMS, FEWEST_RATERS, Rating, Ratings, Scale};

/// A statistic, or why there is none.
pub type Value = Result<f64, Undefined>;

/// Why a statistic is not defined for some ratings. Never a number instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Undefined {
    #[error("no item has two ratings")]
    NoPairs,
    #[error("no rated item has a model answer")]
    NoModel,
    #[error("every rating is the same, so chance alone would agree as well")]
    Constant,
    #[error("the items have different numbers of ratings; see the generalised kappa")]
    Unequal,
    #[error("a rater did not rate every item")]
    Incomplete,
    #[error("it needs at least two items")]
    OneItem,
    #[error("it needs at least two raters")]
    OneRater,
    #[error("it is for two raters")]
    NotTwoRaters,
    #[error("the two raters have no item in common")]
    NoOverlap,
    #[error("it needs a declared scale, such as 1..10")]
    NoScale,
    #[error("a scale of one step cannot disagree")]
    OneStep,
    #[error("there are values below zero, and a ratio needs a true zero")]
    Negative,
    #[error("there are more than {0} different values")]
    TooManyValues(usize),
}
