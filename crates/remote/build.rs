//! Puts the providers of `providers.d` into the program: each file as JSON, with the client id that stands in the environment
//! variable that the file names. A build without any has none, and the setup screen then leads to an app password.

use std::error::Error;
use std::path::PathBuf;

use serde_json::{Map, Value};

/// What names an environment variable, and is filled in with what stands there.
const FILLED_IN: [&str; 2] = ["client_id", "client_secret"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=providers.d");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = std::fs::read_dir("providers.d")?
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut providers = Vec::new();
    for file in files {
        let wrong = |error: &dyn Error| format!("{}: {error}", file.display());
        let text = std::fs::read_to_string(&file).map_err(|error| wrong(&error))?;
        let mut provider: Map<String, Value> = toml::from_str(&text).map_err(|error| wrong(&error))?;
        for name in FILLED_IN {
            let Some(Value::String(variable)) = provider.remove(name) else {
                continue;
            };
            println!("cargo::rerun-if-env-changed={variable}");
            if let Some(value) = std::env::var(&variable)
                .ok()
                .filter(|value| !value.trim().is_empty())
            {
                provider.insert(name.to_owned(), Value::String(value.trim().to_owned()));
            }
        }
        providers.push(Value::Object(provider));
    }
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(
        PathBuf::from(out).join("providers.json"),
        Value::Array(providers).to_string(),
    )?;
    Ok(())
}
