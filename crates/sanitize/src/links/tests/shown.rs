//! What is told of where a link leads, while the pointer rests on it.

use super::*;

fn title(href: &str) -> String {
    for_frame(href, true).1
}

#[test]
fn a_port_of_its_own_is_told() {
    for (href, told) in [
        ("https://harmless.example:8443/pay", "harmless.example:8443/pay"),
        ("http://localhost:8080/x", "localhost:8080/x"),
        ("http://[2001:db8::1]:81/", "[2001:db8::1]:81"),
        ("https://harmless.example:443/", "harmless.example"),
        ("http://harmless.example:80/a", "harmless.example/a"),
        ("http://harmless.example:443/a", "harmless.example:443/a"),
    ] {
        assert_eq!(title(href), told, "{href}");
    }
}

#[test]
fn signs_that_turn_or_hide_the_text_stay_as_they_travel() {
    for (href, told) in [
        (
            "https://shop.example/%E2%80%AEfdp.exe",
            "shop.example/%E2%80%AEfdp.exe",
        ),
        (
            "https://shop.example/a%E2%81%A6b%E2%80%8Bc",
            "shop.example/a%E2%81%A6b%E2%80%8Bc",
        ),
        ("https://shop.example/a%0D%0Ab", "shop.example/a%0D%0Ab"),
        ("https://shop.example/a%C2%A0b", "shop.example/a%C2%A0b"),
        ("https://shop.example/a%E3%85%A4b", "shop.example/a%E3%85%A4b"),
        ("https://shop.example/a%E2%81%84b", "shop.example/a%E2%81%84b"),
        // A stroke of the path is no part of a name, and a percent sign that was meant stays told from one that was not.
        ("https://shop.example/a%2Fb%25E2", "shop.example/a%2Fb%25E2"),
        ("https://shop.example/a%20b/%C3%A9t%C3%A9", "shop.example/a b/été"),
        ("https://shop.example/%FF%C3", "shop.example/%FF%C3"),
        ("mailto:lena%E2%80%AE@shop.example", "lena%E2%80%AE@shop.example"),
    ] {
        assert_eq!(title(href), told, "{href}");
    }
}
