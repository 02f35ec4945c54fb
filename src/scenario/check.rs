//! Checking a scenario against the standards.

/// Stub.
pub fn check(_: &super::Loaded, _: &crate::standards::Standards) -> Vec<crate::diagnostic::Diagnostic> { Vec::new() }
