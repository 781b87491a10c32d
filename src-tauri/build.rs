//! Tells Tauri where the capabilities are, since the package stands at the root.
fn main() {
    // A capability that is added later would otherwise be left out of a build that stands already.
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    // Tauri watches the usual folder only: with one of our own, the shell would keep the permissions of its first build.
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=src-tauri/build.rs");
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script speaks to cargo through standard output.
        println!("cargo::error={error:#}");
    }
}
