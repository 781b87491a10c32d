//! Tells Tauri where the capabilities are, since the package stands at the root.
fn main() {
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script speaks to cargo through standard output.
        println!("cargo::error={error:#}");
    }
}
