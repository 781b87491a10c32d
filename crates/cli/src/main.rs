//! `waxwing-cli`: the engine without a window, for scripts, benchmarks and checks. docs/cli.md describes it.
//!
//! Exit codes: 0 done, 1 refused or failed, 2 wrong use. Errors stand on standard error as sentences.

mod arguments;
mod commands;
mod failure;
mod output;
mod profile;

use std::process::ExitCode;

use clap::Parser;

use arguments::Arguments;
use output::Output;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("WAXWING_LOG").unwrap_or_default())
        .with_writer(std::io::stderr)
        .init();
    waxwing_engine::no_core_files();
    // clap itself exits with 2 on wrong use, and with 0 on --help.
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json);
    let runtime = match arguments.command.only_reads() {
        true => waxwing_engine::reading_runtime(),
        false => waxwing_engine::headless_runtime(),
    };
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments, &output)),
        Err(error) => Err(failure::Failure::from(error)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.error(&failure);
            failure.exit_code()
        }
    }
}
