//! Opens the window. Everything else is the library's, so that tests and the bindings' generator can reach it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    waxwing_shell::main(std::env::args().skip(1).collect())
}
