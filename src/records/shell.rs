//! What the shell gives the core: random numbers, a place on the disk, and waiting.

use super::store::{Failure, Reply, Request, Store};

/// A new id for a record or an annotation: 128 random bits in hexadecimal.
///
/// # Errors
/// The system gives no random numbers.
pub fn fresh_id() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(format!("{:032x}", u128::from_be_bytes(bytes))),
        Err(problem) => Err(Failure::NoRandomness { why: problem.to_string() }),
    }
}

/// Where calls are kept unless `--data` says otherwise: `$RIGHTCALL_DATA`, else the folder
/// `rightcall` where the operating system keeps data (Linux: `~/.local/share`). `None` where the
/// user has no home.
#[cfg(not(target_arch = "wasm32"))]
pub fn default_data_dir() -> Option<std::path::PathBuf> {
    use etcetera::BaseStrategy;
    if let Some(dir) = std::env::var_os("RIGHTCALL_DATA").filter(|dir| !dir.is_empty()) {
        return Some(dir.into());
    }
    let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(strategy.data_dir().join("rightcall"))
}

/// How long [`wait`] waits, in seconds.
pub const PATIENCE: u32 = 60;

/// Asks a store and waits for the answer: for the command line, where nothing else has to go on.
/// No other request may be under way in this store; an answer to one would be thrown away.
///
/// # Errors
/// What the store says, or [`Failure::NoAnswer`] after [`PATIENCE`].
#[cfg(not(target_arch = "wasm32"))]
pub fn wait(store: &mut dyn Store, request: Request) -> Result<Reply, Failure> {
    use std::time::Duration;
    const NAP: Duration = Duration::from_micros(200);
    let ticket = store.submit(request);
    let mut slept = Duration::ZERO;
    let mut turns = 0_u32;
    while slept < Duration::from_secs(PATIENCE.into()) {
        for (answered, answer) in store.poll() {
            if answered == ticket {
                return answer;
            }
        }
        // Most answers take microseconds, those that reach the disk milliseconds.
        if turns < 100 {
            std::thread::yield_now();
            turns += 1;
        } else {
            std::thread::sleep(NAP);
            slept += NAP;
        }
    }
    Err(Failure::NoAnswer { seconds: PATIENCE })
}

/// The same in a browser, where nothing can wait: only a store in memory has its answer ready.
///
/// # Errors
/// What the store says, or [`Failure::NoAnswer`] where the answer is not there yet.
#[cfg(target_arch = "wasm32")]
pub fn wait(store: &mut dyn Store, request: Request) -> Result<Reply, Failure> {
    let ticket = store.submit(request);
    let answers = store.poll().into_iter();
    let mut own = answers.filter(|(answered, _)| *answered == ticket).map(|(_, answer)| answer);
    own.next().unwrap_or(Err(Failure::NoAnswer { seconds: 0 }))
}
