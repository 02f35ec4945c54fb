//! A signature, written into the file: the rest of the text stays as it is, comments and all.

use crate::scenario::{Loaded, Review, Reviewer};

/// Who signs, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub name: String,
    /// With the register, for instance `GMC 0000000`.
    pub registration: String,
    /// `YYYY-MM-DD`.
    pub on: String,
    /// `YYYY-MM-DD`: after it the review has lapsed.
    pub until: String,
    /// [`crate::scenario::Scenario::content_hash`] as it stands on the sheet that was read.
    pub content: String,
}

/// Why a signature cannot be put in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    #[error(
        "what was signed for ({signed}) is not what the file holds now ({now}): print the sheet again, and read what has changed"
    )]
    OtherContent { signed: String, now: String },
    #[error("a signature needs a name and a registration")]
    Nameless,
    #[error("`{0}` is not a date like 2026-11-20")]
    BadDate(String),
    #[error("a review cannot lapse ({until}) before it is signed ({on})")]
    Lapsed { on: String, until: String },
    #[error("the file has no field `review` to be signed in")]
    NoReview,
}

/// The text of the scenario with the signature in its `review`. Others' signatures stay where they are for the
/// same content, and fall away where the content has changed since.
///
/// # Errors
/// A [`SignError`] in a sentence.
pub fn sign(loaded: &Loaded, signature: &Signature) -> Result<String, SignError> {
    let now = loaded.scenario.content_hash();
    if signature.content != now {
        return Err(SignError::OtherContent { signed: signature.content.clone(), now });
    }
    if signature.name.trim().is_empty() || signature.registration.trim().is_empty() {
        return Err(SignError::Nameless);
    }
    let date = |text: &str| {
        let read = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10);
        read.ok_or_else(|| SignError::BadDate(text.to_owned()))
    };
    if date(&signature.until)? < date(&signature.on)? {
        return Err(SignError::Lapsed { on: signature.on.clone(), until: signature.until.clone() });
    }
    let mut by: Vec<Reviewer> = match &loaded.scenario.review {
        Review::Draft { .. } => Vec::new(),
        Review::Reviewed { by, .. } => by.iter().filter(|other| other.content == now).cloned().collect(),
    };
    // Whoever signs again signs once.
    by.retain(|other| other.registration != signature.registration.trim());
    by.push(Reviewer {
        name: signature.name.trim().to_owned(),
        registration: signature.registration.trim().to_owned(),
        on: signature.on.clone(),
        content: now,
    });
    let span = loaded.tree.find("review").ok_or(SignError::NoReview)?;
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut review = String::from("Reviewed(\n        by: [\n");
    for one in &by {
        review.push_str(&format!(
            "            (name: {}, registration: {}, on: {}, content: {}),\n",
            quoted(&one.name),
            quoted(&one.registration),
            quoted(&one.on),
            quoted(&one.content)
        ));
    }
    review.push_str(&format!("        ],\n        until: {},\n    )", quoted(&signature.until)));
    let mut text = loaded.text.clone();
    text.replace_range(span, &review);
    Ok(text)
}
