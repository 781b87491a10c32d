//! What letters would tell, and what of it is left out.

use crate::{Details, Links, Options, RemoteImages, TrackerKind, examine_parts};

fn found(html: &str) -> Details {
    let reader = ["lena@waxwing.test".to_owned()];
    let options = Options {
        links: Links::Cleaned,
        reader: &reader,
        ..Options::blocked()
    };
    examine_parts(&[html.to_owned()], &options).2
}

fn kinds(html: &str) -> Vec<(TrackerKind, Option<&'static str>)> {
    found(html)
        .trackers
        .iter()
        .map(|tracker| (tracker.kind, tracker.service))
        .collect()
}

#[test]
fn pixels_counters_and_pictures_for_one_reader_are_told_apart() {
    for (html, expected) in [
        (
            "<img src=https://a.example/p.gif width=1 height=1>",
            vec![(TrackerKind::Pixel, None)],
        ),
        (
            "<img src=https://a.example/p.gif width=3 height=3px><img src=https://a.example/l.gif width=3 height=40>",
            vec![(TrackerKind::Pixel, None)],
        ),
        (
            "<img src=https://x.list-manage.com/track/open.php?u=1 width=1>",
            vec![(TrackerKind::Pixel, Some("Mailchimp"))],
        ),
        (
            "<img src=https://u1.ct.sendgrid.net/wf/open?upn=1>",
            vec![(TrackerKind::Counter, Some("SendGrid"))],
        ),
        ("<img src=https://notlist-manage.com/track/open.php>", vec![]),
        ("<img src=https://x.list-manage.com/pictures/a.png>", vec![]),
        (
            "<img src=https://a.example/b.png?m=Lena%40waxwing.test>",
            vec![(TrackerKind::Personal, None)],
        ),
        (
            "<img src=https://a.example/bGVuYUB3YXh3aW5nLnRlc3Q/b.png>",
            vec![(TrackerKind::Personal, None)],
        ),
        (
            "<img src=https://a.example/b.png?h=2f1d3ae5e4a6a5d7e4e56fa8ba4eb3c0>",
            vec![],
        ),
        ("<img src=https://a.example/b.png>", vec![]),
        ("<img src=cid:a>", vec![]),
    ] {
        assert_eq!(kinds(html), expected, "{html}");
    }
}

#[test]
fn pictures_that_something_around_them_hides_are_pixels() {
    let pixel = "<img src=https://a.example/p.gif>";
    for html in [
        format!("<div style='display:none'>{pixel}</div>"),
        format!("<div style='DISPLAY: None'><p><span>{pixel}</span></p></div>"),
        format!("<p style='opacity:0.01'>{pixel}"),
        format!("<div style='position:absolute;left:-9999px'>{pixel}</div>"),
        format!("<div style='margin-left:-9999px'>{pixel}</div>"),
        "<style>.p{width:1px;height:1px}</style><img class=p src=https://a.example/p.gif>".to_owned(),
        "<style>img.p{display:none}</style><img class='x p' src=https://a.example/p.gif>".to_owned(),
        "<img style='width:1pt;height:1pt' src=https://a.example/p.gif>".to_owned(),
        "<img style='width:0.5px;height:0.5px' src=https://a.example/p.gif>".to_owned(),
        "<img style='opacity:0.01' src=https://a.example/p.gif>".to_owned(),
        "<img style='position:absolute;left:-9999px' src=https://a.example/p.gif>".to_owned(),
        "<img width='1 px' height='1 px' src=https://a.example/p.gif>".to_owned(),
    ] {
        assert_eq!(kinds(&html), [(TrackerKind::Pixel, None)], "{html}");
    }
    for html in [
        format!("<div style='display:none'>x</div>{pixel}"),
        format!("<p style='display:none'>x<p>{pixel}"),
        format!("<div><span style='display:none'>x</span>{pixel}</div>"),
        // A picture for small screens.
        "<div style='display:none'><img width=320 src=https://a.example/p.gif></div>".to_owned(),
        "<style>.s{display:none}@media (max-width:600px){.s{display:block}}</style><img class=s src=https://a.example/p.gif>"
            .to_owned(),
        "<img style='width:2px;height:20px' src=https://a.example/p.gif>".to_owned(),
    ] {
        assert_eq!(kinds(&html), [], "{html}");
    }
}

#[test]
fn links_that_there_is_no_room_for_are_told() {
    let links = |count: usize| found(&"<a href=https://a.example/>x</a>".repeat(count));
    assert!(!links(2_000).more_links);
    assert!(links(2_001).more_links);
}

#[test]
fn hosts_are_counted_and_named_those_of_styles_too() {
    let details = found(
        "<img src=https://a.example/1.png><img src=//a.example/2.png><img src=https://b.example/p.gif width=1 height=1>\
         <p style='background:url(https://c.example/3.png)'>x</p><style>p{background:url(http://c.example/4.png)}</style>",
    );
    let hosts: Vec<_> = details
        .hosts
        .iter()
        .map(|(host, count)| (host.as_str(), *count))
        .collect();
    assert_eq!(
        hosts,
        [("a.example", 2), ("c.example", 2)],
        "pixels are counted apart"
    );
}

#[test]
fn counters_are_never_loaded() {
    let options = Options {
        remote_images: RemoteImages::Allowed,
        remote_image: &|url| Some(format!("letter://localhost/{}", url.len())),
        ..Options::blocked()
    };
    let html = "<img src=https://u1.ct.sendgrid.net/wf/open?upn=1><img src=https://a.example/b.png>";
    let (safe, findings, _) = examine_parts(&[html.to_owned()], &options);
    assert_eq!((findings.remote_images, findings.trackers), (1, 1));
    assert_eq!(
        safe.fragment().matches("letter://").count(),
        1,
        "{}",
        safe.fragment()
    );
}

#[test]
fn pictures_of_a_service_that_serves_some_are_shown_where_pictures_are_allowed() {
    let options = Options {
        remote_images: RemoteImages::Allowed,
        remote_image: &|url| Some(format!("letter://localhost/{}", url.len())),
        ..Options::blocked()
    };
    for host in [
        "www.movable-ink-1234.movableink.com",
        "img.eloqua.com",
        "static.responsys.net",
        "img.emsecure.emarsys.net",
        "news.inxserver.de",
        "t1.emailsys1a.net",
        "d.cordial.io",
    ] {
        let html = format!(
            "<img src=https://{host}/hero.png width=600><img src=https://{host}/o.gif width=1 height=1>"
        );
        let (safe, findings, details) = examine_parts(&[html], &options);
        assert_eq!((findings.remote_images, findings.trackers), (1, 1), "{host}");
        assert_eq!(
            safe.fragment().matches("letter://").count(),
            1,
            "{host}: the picture, and not the pixel"
        );
        assert!(details.trackers[0].service.is_some(), "{host} is named");
        let (safe, ..) = examine_parts(
            &[format!("<img src=https://{host}/hero.png>")],
            &Options::blocked(),
        );
        assert!(
            safe.fragment().contains("waxwing-remote"),
            "{host}: an empty place where they are not"
        );
    }
}

#[test]
fn what_cannot_be_seen_of_a_link_s_text_is_kept_apart() {
    for (html, text, apart) in [
        (
            "pay<span style='display:none'>.evil</span>pal.com",
            "paypal.com",
            "pay .evil pal.com",
        ),
        (
            "<span style=font-size:0>https://evil.example/</span>bank.example",
            "bank.example",
            "https://evil.example/ bank.example",
        ),
        (
            "<b style='-webkit-text-fill-color:transparent'>evil.example/</b>bank.example",
            "bank.example",
            "evil.example/ bank.example",
        ),
        ("<b style='COLOR:Transparent'>a<b>b</b></b>c", "c", "a b c"),
        (
            "kust<b>werk</b>.example",
            "kustwerk.example",
            "kust werk .example",
        ),
        ("one<br>two<img src=cid:a>three", "one two three", "one two three"),
        ("<span class=x>a</span>b", "ab", "a b"),
    ] {
        let details = found(&format!(
            "<a href=https://evil.example/>{html}</a><a href=https://a.example>after</a>"
        ));
        let link = &details.links[0];
        assert_eq!(
            (link.text.trim(), link.apart.trim(), link.cut),
            (text, apart, false),
            "{html}"
        );
        assert_eq!(
            details.links[1].text, "after",
            "{html}: nothing hidden reaches out of its link"
        );
    }
    let long = found(&format!(
        "<a href=https://a.example>{}bank.example</a>",
        "x ".repeat(3_000)
    ));
    assert!(
        long.links[0].cut,
        "who hides a name behind pages of text is told of"
    );
}

#[test]
fn links_are_remembered_with_their_text_and_those_of_one_reader_counted() {
    let details = found(
        "<a href='https://a.example/?utm_source=x&u=lena@waxwing.test' title='harmless.example'>Read <b>on</b></a> beside \
         <a href=https://a.example/c/9f8e7d6c5b4a39281706f5e4>more</a> <a href=https://a.example/plain>x</a>",
    );
    let texts: Vec<_> = details.links.iter().map(|link| link.text.as_str()).collect();
    assert_eq!(texts, ["Read on", "more", "x"]);
    assert_eq!(details.links[0].shown, "https://a.example/?u=lena@waxwing.test");
    assert_eq!(details.personal_links, 2);
}

#[test]
fn a_link_says_where_it_leads_and_not_what_its_sender_says_of_it() {
    let options = Options {
        links: Links::Told,
        ..Options::blocked()
    };
    let html = "<a href='https://evil.example/a?utm_source=x' title='https://bank.example'>bank</a>";
    let (safe, _, _) = examine_parts(&[html.to_owned()], &options);
    let shown = safe.fragment();
    assert!(shown.contains("title=\"evil.example/a\""), "{shown}");
    assert!(shown.contains("utm_source"), "told, not cleaned");
    assert!(!shown.contains("bank.example"), "the sender's own word is gone");
}

#[test]
fn what_a_picture_or_a_label_says_is_a_links_text_too() {
    for html in [
        "<a href=https://evil.example/><img src=https://evil.example/b.png alt='https://bank.example'></a>",
        "<a href=https://evil.example/ aria-label='https://bank.example'>x</a>",
        "<a href=https://evil.example/><span aria-label='https://bank.example'>x</span></a>",
        "<map name=m><area href=https://evil.example/ alt='https://bank.example'></map>",
    ] {
        let text = found(html).links[0].text.clone();
        assert!(text.contains("https://bank.example"), "{html}: {text:?}");
    }
    let hidden =
        "<a href=https://evil.example/>x<b style=display:none><img src=cid:a alt=bank.example></b></a>";
    assert_eq!(found(hidden).links[0].text.trim(), "x");
}

#[test]
fn what_stands_behind_an_area_is_no_text_of_it() {
    let details = found("<map name=m><area href=https://shop.example/ alt=Shop></map><p>Or ask bank.example");
    let texts: Vec<_> = details.links.iter().map(|link| link.text.trim()).collect();
    assert_eq!(texts, ["Shop"]);
}

#[test]
fn nothing_within_a_link_says_that_it_leads_elsewhere() {
    let options = Options {
        links: Links::Told,
        ..Options::blocked()
    };
    let html = "<a href=https://evil.example/><span title='https://bank.example'>x</span></a><span title=good>y</span>";
    let (safe, _, _) = examine_parts(&[html.to_owned()], &options);
    let shown = safe.fragment();
    assert!(!shown.contains("bank.example"), "{shown}");
    assert!(shown.contains("good"), "{shown}");
}
