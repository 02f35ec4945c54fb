//! `rightcall explain`: the page of a diagnostic.

use super::say;
use crate::diagnostic::{PAGES, page};

/// Arguments of `rightcall explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// A code as the checker prints it, for instance R0030; none for a list of all.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Prints the page; 1 where there is no such code.
pub fn run(args: &ExplainArgs) -> i32 {
    let Some(code) = &args.code else {
        let titles = PAGES.iter().map(|(_, text)| text.lines().next().unwrap_or_default().trim_start_matches("# "));
        say(&(titles.collect::<Vec<_>>().join("\n") + "\n"));
        return 0;
    };
    match page(code) {
        Some(text) => {
            say(text);
            0
        }
        None => {
            eprintln!("rightcall: there is no diagnostic `{code}`; `rightcall explain` lists all");
            1
        }
    }
}
