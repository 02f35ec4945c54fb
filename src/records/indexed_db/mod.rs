//! The browser's store: IndexedDB, each request one transaction whose end is awaited before it is answered.
//!
//! `web/page/store.js` is the other half. Requests are answered one after the other by a task of the page; the
//! store itself only passes messages, as on the desktop.

mod bindings;
mod calls;
mod change;
mod claims;
mod import;
mod serve;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

use super::store::{Failure, Reply, Request, Store, Ticket};

type Answer = (Ticket, Result<Reply, Failure>);

/// What failures call the place where calls are kept.
const PLACE: &str = "this browser's storage";

/// A database of this browser with calls in it.
///
/// Several tabs may have it open; one call is taken by one of them at a time. What has been submitted is done even
/// if the store is dropped.
#[derive(Debug)]
pub struct IndexedDbStore {
    shared: Arc<Mutex<Shared>>,
    submitted: u64,
}

#[derive(Debug, Default)]
struct Shared {
    requests: VecDeque<(Ticket, Request)>,
    answers: Vec<Answer>,
    /// Whoever answers waits for a request.
    waker: Option<Waker>,
    /// Whoever asked waits for an answer.
    asking: Option<Waker>,
    /// The store is dropped.
    over: bool,
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl IndexedDbStore {
    /// Opens the database of this name, which is made if need be. `wake` is called after every answer.
    ///
    /// # Errors
    /// The browser keeps nothing for this page, the disk is full, or what is there is of a newer version.
    pub async fn open(name: &str, wake: impl Fn() + 'static) -> Result<Self, Failure> {
        bindings::open(name).await.map_err(|problem| change::failure(&problem))?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        wasm_bindgen_futures::spawn_local(serve::serve(shared.clone(), wake));
        Ok(Self { shared, submitted: 0 })
    }

    /// Asks and waits for the answer. No other request may be under way in this store; an answer to one would be
    /// thrown away.
    ///
    /// # Errors
    /// What the store says.
    pub async fn ask(&mut self, request: Request) -> Result<Reply, Failure> {
        let ticket = self.submit(request);
        poll_fn(|context| {
            let mut own = self.poll().into_iter().filter(|(answered, _)| *answered == ticket);
            match own.next() {
                Some((_, answer)) => Poll::Ready(answer),
                None => {
                    lock(&self.shared).asking = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

impl Store for IndexedDbStore {
    fn submit(&mut self, request: Request) -> Ticket {
        self.submitted += 1;
        let ticket = Ticket(self.submitted);
        let mut shared = lock(&self.shared);
        shared.requests.push_back((ticket, request));
        if let Some(waker) = shared.waker.take() {
            waker.wake();
        }
        ticket
    }

    fn poll(&mut self) -> Vec<Answer> {
        std::mem::take(&mut lock(&self.shared).answers)
    }
}

impl Drop for IndexedDbStore {
    fn drop(&mut self) {
        let mut shared = lock(&self.shared);
        shared.over = true;
        if let Some(waker) = shared.waker.take() {
            waker.wake();
        }
    }
}
