//! The desktop's store: SQLite on a thread of its own, so that a slow disk never stops the window.

mod calls;
mod claims;
mod database;
mod import;
mod open;

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::JoinHandle;

use super::store::{Failure, Reply, Request, Store, Ticket};
use database::Database;

type Answer = (Ticket, Result<Reply, Failure>);

/// How a store is opened.
#[derive(Default)]
pub struct Options {
    /// Called on the store's thread after every answer, to wake an event loop.
    pub wake: Option<Box<dyn Fn() + Send>>,
    /// Makes nothing that is not there: an empty place is [`Failure::Nothing`], and a medium that
    /// cannot be written to can be read.
    pub only_read: bool,
    /// The largest number of pages of 4 KiB, to try out a full disk.
    pub max_pages: Option<u32>,
}

/// A folder with calls in it.
///
/// Several processes may have the same folder open; one call is taken by one of them at a time.
/// Dropping the store finishes everything submitted.
pub struct SqliteStore {
    requests: Option<Sender<(Ticket, Request)>>,
    answers: Receiver<Answer>,
    thread: Option<JoinHandle<()>>,
    /// Under way, oldest first.
    waiting: VecDeque<Ticket>,
    submitted: u64,
}

impl SqliteStore {
    /// Opens the store in a folder, which is made if need be.
    ///
    /// # Errors
    /// The folder cannot be made or written to, the disk is full, or what is there is damaged,
    /// foreign or of a newer version.
    pub fn open(folder: &Path) -> Result<Self, Failure> {
        Self::open_with(folder, Options::default())
    }

    /// As [`SqliteStore::open`].
    ///
    /// # Errors
    /// As [`SqliteStore::open`], and [`Failure::Nothing`].
    pub fn open_with(folder: &Path, options: Options) -> Result<Self, Failure> {
        let mut database = Database::open(folder, &options)?;
        let (to_thread, requests) = channel::<(Ticket, Request)>();
        let (to_owner, answers) = channel();
        let wake = options.wake;
        let serve = move || {
            for (ticket, request) in requests {
                if to_owner.send((ticket, database.answer(request))).is_ok()
                    && let Some(wake) = &wake
                {
                    wake();
                }
            }
        };
        let thread = std::thread::Builder::new().name("records".to_owned()).spawn(serve);
        let thread = thread
            .map_err(|problem| Failure::Unusable { path: folder.display().to_string(), why: problem.to_string() })?;
        Ok(Self { requests: Some(to_thread), answers, thread: Some(thread), waiting: VecDeque::new(), submitted: 0 })
    }
}

impl Store for SqliteStore {
    fn submit(&mut self, request: Request) -> Ticket {
        self.submitted += 1;
        let ticket = Ticket(self.submitted);
        self.waiting.push_back(ticket);
        if let Some(requests) = &self.requests
            && requests.send((ticket, request)).is_err()
        {
            // The thread is gone: the next poll says so.
            self.requests = None;
        }
        ticket
    }

    fn poll(&mut self) -> Vec<Answer> {
        let mut answered = Vec::new();
        loop {
            match self.answers.try_recv() {
                Ok(answer) => {
                    self.waiting.retain(|ticket| *ticket != answer.0);
                    answered.push(answer);
                }
                Err(TryRecvError::Empty) => return answered,
                Err(TryRecvError::Disconnected) => break,
            }
        }
        answered.extend(self.waiting.drain(..).map(|ticket| (ticket, Err(Failure::Stopped))));
        answered
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            // It has panicked; whoever waited was told by `poll`.
        }
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteStore").field("waiting", &self.waiting).finish_non_exhaustive()
    }
}
