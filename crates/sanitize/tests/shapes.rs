//! Which pictures keep the height that was said of them, since a shape in its place would make them grow. Not here: how they are drawn.

use waxwing_sanitize::{Options, sanitize};

fn has_shape(html: &str) -> bool {
    let fragment = sanitize(html, &Options::blocked()).0.fragment().to_owned();
    let (has, says) = (fragment.contains("aspect-ratio"), fragment.contains("height"));
    assert!(has || says, "it has a shape or its height: {fragment}");
    has
}

#[test]
fn a_picture_that_something_stretches_keeps_its_height() {
    let spacer = "<img class=wide width=1 height=20 src=https://a.example/1.png>";
    let word = "<img class=wide style='width:1px;height:20px' src=https://a.example/1.png>";
    for picture in [spacer, word] {
        assert!(has_shape(picture));
        for sheet in [
            ".wide{width:100%}",
            "@media (max-width:600px){img[class=wide]{width:100%!important}}",
            ".row{display:flex}",
        ] {
            let html = format!("<style>{sheet}</style>{picture}");
            assert!(!has_shape(&html), "{sheet}: as high as a tower: {picture}");
        }
        let fluid =
            "<style>@media (max-width:600px){.wide{width:100%!important;height:auto!important}}</style>";
        assert!(
            has_shape(&format!("{fluid}{picture}")),
            "its height follows anyhow"
        );
        for row in ["display:flex", "display:inline-grid"] {
            let within = format!("<div style='{row}'><p>x<b>{picture}</b></div>");
            assert!(!has_shape(&within), "{row} stretches what has no height");
            let behind = format!("<div style='{row}'>x</div><div>{picture}</div>");
            assert!(has_shape(&behind), "and nothing behind it");
        }
    }
}
