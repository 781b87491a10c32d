//! Messages in parts, from servers that outline them oddly, leave sections out, or answer with others.

use super::*;

const OUTLINE_OF_5: &str = "UID FETCH 5 (UID BODYSTRUCTURE BODY.PEEK[HEADER])";

#[tokio::test]
async fn an_outline_comes_with_the_header_in_any_order() {
    let (mut session, mut peer) = selected("").await;
    let (outline, ()) = tokio::join!(session.fetch_outline(5), async {
        peer.answer(
            OUTLINE_OF_5,
            "* 2 FETCH (BODY[HEADER] {17}\nSubject: film\n\n UID 5 BODYSTRUCTURE \
             ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1 NIL \"inline\" NIL)\
             (\"video\" \"mp4\" NIL NIL NIL \"base64\" 40000000 NIL (NIL NIL) NIL) \"MIXED\"))\n",
        )
        .await;
    });
    let outline = outline.unwrap().expect("there is one");
    assert_eq!(outline.header, b"Subject: film\r\n\r\n");
    let parts: Vec<(&str, &str, u32)> = outline
        .parts
        .iter()
        .map(|part| (part.section.as_str(), part.media_type.as_str(), part.size))
        .collect();
    assert_eq!(
        parts,
        [
            ("", "multipart/mixed", 0),
            ("1", "text/plain", 5),
            ("2", "video/mp4", 40_000_000)
        ],
        "Exchange's dispositions do not disturb it"
    );
}

#[tokio::test]
async fn an_outline_that_makes_no_sense_is_none_and_the_session_goes_on() {
    let (mut session, mut peer) = selected("").await;
    for structure in ["NIL", "\"TEXT\"", "()", "42"] {
        let (outline, ()) = tokio::join!(session.fetch_outline(5), async {
            let data = format!("* 2 FETCH (UID 5 BODYSTRUCTURE {structure} BODY[HEADER] \"A: b\")\n");
            peer.answer(OUTLINE_OF_5, &data).await;
        });
        let parts = outline.unwrap().map(|outline| outline.parts.len());
        assert!(matches!(parts, None | Some(1)), "{structure}: {parts:?}");
    }
    let (outline, ()) = tokio::join!(session.fetch_outline(5), peer.answer(OUTLINE_OF_5, ""));
    assert_eq!(outline.unwrap(), None, "a message that is gone has none");
}

#[tokio::test]
async fn sections_are_told_apart_and_those_that_are_withheld_are_left_out() {
    let (mut session, mut peer) = selected("").await;
    let wanted: Vec<String> = ["1.MIME", "1", "2"].map(str::to_owned).into();
    let (sections, ()) = tokio::join!(session.fetch_sections(5, &wanted), async {
        peer.answer(
            "UID FETCH 5 (UID BODY.PEEK[1.MIME] BODY.PEEK[1] BODY.PEEK[2])",
            "* 3 FETCH (UID 6 BODY[1] \"another's\")\n\
             * 2 FETCH (UID 5 BODY[1] {4}\na)b( BODY[1.mime] \"C: d\" BODY[2] NIL)\n",
        )
        .await;
    });
    let sections = sections.unwrap();
    assert_eq!(sections.get("1").map(Vec::as_slice), Some(&b"a)b("[..]));
    assert_eq!(
        sections.get("1.MIME").map(Vec::as_slice),
        Some(&b"C: d"[..]),
        "whatever case it is named in"
    );
    assert_eq!(sections.get("2"), None, "what is not given is not there");
}

#[tokio::test]
async fn half_a_section_is_none() {
    let (mut session, mut peer) = selected("").await;
    let wanted = ["2".to_owned()];
    let (sections, ()) = tokio::join!(session.fetch_sections(5, &wanted), async move {
        peer.hear("UID FETCH 5 (UID BODY.PEEK[2])").await;
        peer.say("* 2 FETCH (UID 5 BODY[2] {99}\nonly this").await;
        drop(peer);
    });
    assert!(
        matches!(sections, Err(RemoteError::Closed { .. })),
        "{sections:?}"
    );
}
