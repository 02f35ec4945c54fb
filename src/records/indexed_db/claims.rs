//! Which tab may append to an unfinished call: the one whose page is named in the claim. It is looked at in the
//! transaction of every write, so a tab that slept while another took its call over appends nothing.

use serde::{Deserialize, Serialize};

use super::bindings;
use super::change::Change;
use crate::records::store::{Failure, call_id};

/// How long a claim holds where only time can tell, in milliseconds. A hidden tab is woken once a minute.
const LEASE: f64 = 90_000.0;
const SHELF: &str = "claims";

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Claim {
    page: String,
    /// Milliseconds since 1970.
    until: f64,
}

/// The claims as this page sees them.
pub(super) struct Claims {
    page: String,
    /// A page that is known to be gone: its claims do not count.
    gone: Vec<String>,
    /// The claim that stood in the way last.
    in_the_way: Option<Claim>,
}

impl Claims {
    pub(super) fn new() -> Self {
        Self { page: bindings::page_id(), gone: Vec::new(), in_the_way: None }
    }

    /// Makes this page the only one to append to a call.
    pub(super) async fn take(&mut self, change: &Change, id: &str) -> Result<(), Failure> {
        let id = call_id(id)?;
        let now = bindings::now();
        if let Some(claim) = change.get::<Claim>(SHELF, id).await? {
            if claim.page == self.page && claim.until - now > LEASE / 2.0 {
                return Ok(());
            }
            if claim.page != self.page && !self.gone.contains(&claim.page) {
                self.in_the_way = Some(claim);
                return Err(Failure::InUse { id: id.to_owned() });
            }
        }
        change.put(SHELF, id, &Claim { page: self.page.clone(), until: now + LEASE })
    }

    /// After a refusal: whether the page that stood in the way is gone, so that it is worth trying again.
    pub(super) async fn may_try_again(&mut self) -> bool {
        let Some(claim) = self.in_the_way.take() else { return false };
        let gone = !is_there(&claim).await;
        if gone {
            self.gone.push(claim.page);
        }
        gone
    }

    /// Nobody will append to this call any more.
    pub(super) fn drop_for_ever(change: &Change, id: &str) -> Result<(), Failure> {
        change.remove(SHELF, id)
    }

    /// Ids of the calls that another page may be taking, to be looked at when the transaction is over.
    pub(super) async fn of_others(&self, change: &Change) -> Result<Others, Failure> {
        let mut found = Vec::new();
        for (id, json) in change.all_texts(SHELF, "").await? {
            let Ok(claim) = serde_json::from_str::<Claim>(&json) else { continue };
            if claim.page != self.page {
                found.push((id, claim));
            }
        }
        Ok(Others(found))
    }
}

/// Claims of other pages.
pub(super) struct Others(Vec<(String, Claim)>);

impl Others {
    /// Those whose page is there.
    pub(super) async fn there(self) -> Vec<String> {
        let mut there = Vec::new();
        for (id, claim) in self.0 {
            if is_there(&claim).await {
                there.push(id);
            }
        }
        there
    }
}

async fn is_there(claim: &Claim) -> bool {
    // Where the browser cannot say, nobody's call is taken away.
    bindings::is_there(&claim.page, claim.until).await.map_or(true, |there| there.is_truthy())
}
