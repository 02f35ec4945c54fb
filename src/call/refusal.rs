//! Why an action cannot be done now. Each is one sentence for the trainee.

use thiserror::Error;

use crate::standards::Id;

/// Why an action cannot be done now.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("there is no role `{0}` in the standards")]
    UnknownRole(String),
    #[error("the call has ended")]
    Ended,
    #[error("there is nothing called `{0}` in the bank")]
    UnknownUtterance(Id),
    #[error("there is no line {0} to refer to yet")]
    NoSuchLine(u32),
    #[error("the caller is on hold and cannot hear you: take them off hold first")]
    OnHold,
    #[error("the caller is not on hold")]
    NotOnHold,
    #[error("nobody is speaking just now")]
    NobodySpeaking,
    #[error("you are already speaking to them")]
    AlreadySpeaking,
    #[error("waiting takes from 1 to 120 seconds")]
    WaitingTime,
    #[error("your role may not do this: {0}")]
    Scope(&'static str),
    #[error("a clinician is being asked already")]
    AlreadyAsking,
    #[error("nothing is typed in the field that you want to read back or confirm")]
    EmptyField,
    #[error("this is longer than the {0} characters that fit here")]
    TooLong(usize),
    #[error("say in a few words what the situation is: the clinician starts from there")]
    SituationMissing,
    #[error("say something first")]
    Nothing,
    #[error("there is no guide `{0}`")]
    UnknownGuide(Id),
    #[error("choose the main symptom, and with it a guide, first")]
    NoGuide,
    #[error("the guide does not ask `{0}` now")]
    NotAskedNow(Id),
    #[error("there is no disposition `{0}` in the standards")]
    UnknownDisposition(Id),
    #[error("your role decides by guide: `{0}` is not what the guide yields")]
    NotYielded(Id),
    #[error("your role recognises and hands over; it does not decide on `{0}`")]
    HandsOver(Id),
    #[error("give a reason, in your own words, before you decide")]
    ReasonMissing,
    #[error("a decision stands already; take it back first")]
    AlreadyDecided,
    #[error("decide on an outcome first")]
    Undecided,
    #[error("this outcome needs no service from the directory")]
    NothingToSearch,
    #[error("a clinician has to be asked before this outcome is arranged (validation is switched on)")]
    ValidationFirst,
    #[error("record where the patient is first: the directory searches from there")]
    PlaceMissing,
    #[error("the place that is recorded is not in the directory: `{0}`")]
    PlaceUnknown(String),
    #[error("record the date of birth first: the directory needs the age")]
    AgeMissing,
    #[error("`{0}` does not read as a date of birth")]
    AgeUnreadable(String),
    #[error("search the directory first")]
    NotSearched,
    #[error("`{0}` is not among the services listed")]
    NotListed(Id),
    #[error("`{0}` has been passed over; search again to take it back")]
    PassedOver(Id),
    #[error("offer the service to the caller first")]
    NotOffered,
    #[error("the caller does not agree to this service")]
    Declined,
    #[error("give a reason for `{0}`, which stands above your choice")]
    ReasonAbove(Id),
    #[error("a service has been accepted already; take the decision back to change it")]
    AlreadyAccepted,
    #[error("there is no reject reason {0}")]
    UnknownReason(u16),
    #[error("this reason needs a few words of comment")]
    CommentMissing,
    #[error("`{0}` is not advice")]
    NotAdvice(Id),
    #[error("the line is not pinned")]
    NotPinned,
}
