//! Pictures that are written into HTML, and how much memory they would take.

use super::*;

/// PNG files in base64 that tell how large they are and hold nothing.
mod octets {
    pub(super) const OF_22000: &str = "iVBORw0KGgoAAAANSUhEUgAAVfAAAFXwAQAAAAA=";
    pub(super) const OF_10000: &str = "iVBORw0KGgoAAAANSUhEUgAAJxAAACcQAQAAAAA=";
    pub(super) const OF_9999: &str = "iVBORw0KGgoAAAANSUhEUgAAJxAAACcPAQAAAAA=";
    pub(super) const OF_1000: &str = "iVBORw0KGgoAAAANSUhEUgAAA+gAAAPoAQAAAAA=";
}

#[test]
fn pictures_that_are_written_into_html_do_not_fill_the_memory() {
    let drawn = |pictures: &[&str]| {
        let images = pictures
            .iter()
            .map(|picture| format!("<img src='data:image/png;base64,{picture}'>"));
        let html: String = images.collect();
        let raw = format!("Subject: x\r\nContent-Type: text/html\r\n\r\n{html}<p>words");
        let document = shown(raw.as_bytes(), &Look::default()).document;
        assert!(document.contains("words"));
        document.matches("src=\"data:").count()
    };
    use octets::{OF_1000, OF_9999, OF_10000, OF_22000};
    assert_eq!(drawn(&[OF_22000]), 0, "two gigabytes, were it drawn");
    assert_eq!(
        drawn(&[OF_10000, OF_9999, OF_1000]),
        2,
        "the second is too much, the third is not"
    );
    assert_eq!(drawn(&[OF_10000; 20]), 20, "the same one is drawn once");
    assert_eq!(drawn(&["R0lGODlhAQABAAAAACw="]), 1);
    assert_eq!(drawn(&["d29yZHM="]), 0, "words are no picture");
}
