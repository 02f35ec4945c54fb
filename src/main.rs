//! `rightcall`: the simulator, or with a subcommand one of its tools.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(not(target_arch = "wasm32"))]
    return rightcall::cli::main();
    #[cfg(target_arch = "wasm32")]
    {
        #[cfg(feature = "app")]
        rightcall::app::open_in_browser();
        ExitCode::SUCCESS
    }
}
