//! Finding an utterance from what was typed.
