//! What a part says about itself: Content-Type, Content-Disposition, Content-ID, Content-Location and their parameters
//! (RFC 2045, 2183, 2231, 2392, 2557). Nothing is decoded here but parameters.

mod media_type;

use crate::fields::{Field, first};
use crate::transfer::{Transfer, hexadecimal};
use crate::{charset, headers, visible, words};

/// The parameters of one field that are read.
const PARAMETER_LIMIT: usize = 100;
/// Octets of an address by which a part goes.
const LOCATION_LIMIT: usize = 2_000;

#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    /// Type and subtype in lower case; `None` where the part has no readable Content-Type.
    media_type: Option<String>,
    parameters: Parameters,
    disposition: Option<(String, Parameters)>,
    /// Whether its Content-Type, where it has one, is written as it should be.
    pub(crate) well_typed: bool,
    pub(crate) transfer: Transfer,
    /// Whether it names one transfer encoding that is known, or none.
    pub(crate) well_encoded: bool,
    /// Without angle brackets.
    pub(crate) content_id: Option<String>,
    /// Where it was found, by which the letter's HTML may name it (RFC 2557, section 4.2); relative or absolute.
    pub(crate) location: Option<String>,
    /// To what relative addresses in it belong, of before RFC 2557 (RFC 2110, section 4.3).
    pub(crate) base: Option<String>,
}

impl Content {
    pub(crate) fn read(fields: &[Field<'_>]) -> Self {
        let (media_type, parameters, well_typed) = match first(fields, "Content-Type") {
            Some(value) => {
                let found = media_type::read(&value);
                let parameters = parameters(Pieces { rest: found.rest });
                (found.media_type, parameters, found.well_formed)
            }
            None => (None, Parameters::default(), true),
        };
        let (transfer, well_encoded) = transfer(fields);
        Self {
            media_type,
            parameters,
            well_typed: well_typed && is_said_once(fields, "Content-Type"),
            transfer,
            well_encoded,
            disposition: first(fields, "Content-Disposition")
                .map(|value| disposition(&value))
                .filter(|(kind, _)| !kind.is_empty()),
            content_id: first(fields, "Content-ID").and_then(|value| content_id(&value)),
            location: first(fields, "Content-Location").and_then(|value| location(&value)),
            base: first(fields, "Content-Base").and_then(|value| location(&value)),
        }
    }

    /// Text is what a part without a readable type is (RFC 2045, section 5.2).
    pub(crate) fn media_type(&self) -> &str {
        self.media_type.as_deref().unwrap_or("text/plain")
    }

    /// The type as it was given, if it was.
    pub(crate) fn given_media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    pub(crate) fn set_media_type(&mut self, media_type: &str) {
        self.media_type = Some(media_type.to_owned());
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.media_type().starts_with("multipart/")
    }

    pub(crate) fn boundary(&self) -> Option<String> {
        self.parameters
            .get("boundary")
            .filter(|boundary| !boundary.is_empty())
    }

    pub(crate) fn charset(&self) -> Option<String> {
        self.parameters.get("charset")
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.parameters.get(name)
    }

    pub(crate) fn is_attachment(&self) -> bool {
        self.disposition
            .as_ref()
            .is_some_and(|(kind, _)| !kind.eq_ignore_ascii_case("inline"))
    }

    /// Nothing is said of it but its type.
    pub(crate) fn is_bare(&self) -> bool {
        self.disposition.is_none() && self.content_id.is_none() && self.name().is_none()
    }

    pub(crate) fn is_inline(&self) -> bool {
        self.disposition
            .as_ref()
            .is_some_and(|(kind, _)| kind.eq_ignore_ascii_case("inline"))
    }

    /// The name that the part goes by, as its sender wrote it.
    pub(crate) fn name(&self) -> Option<String> {
        let mut names = self.names().map(|name| visible::one_line(&name));
        names.find(|name| !name.is_empty())
    }

    /// The name with all that is not seen in it, for those who ask what it pretends.
    pub(crate) fn bare_name(&self) -> Option<String> {
        let is_seen = |name: &String| !visible::one_line(name).is_empty();
        self.names().find(is_seen).or_else(|| self.names().next())
    }

    /// Its names, the one that counts first (RFC 2183, section 2.3), and then those that stand where another should.
    fn names(&self) -> impl Iterator<Item = String> + '_ {
        let disposed = self.disposition.as_ref().map(|(_, parameters)| parameters);
        let places = [
            (disposed, "filename"),
            (Some(&self.parameters), "name"),
            (disposed, "name"),
            (Some(&self.parameters), "filename"),
        ];
        places
            .into_iter()
            .filter_map(|(parameters, name)| parameters?.bare(name))
    }
}

/// Parameters in their order, undecoded.
#[derive(Debug, Clone, Default)]
struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// One parameter, put together and decoded after RFC 2231, or after the habit of encoded words in quotes.
    fn get(&self, name: &str) -> Option<String> {
        self.bare(name).map(|value| visible::one_line(&value))
    }

    fn bare(&self, name: &str) -> Option<String> {
        // An empty form does not hide the other one.
        self.extended(name)
            .filter(|value| !value.trim().is_empty())
            .or_else(|| self.plain(name).map(words::decode))
    }

    fn plain(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// `name*=utf-8'de'gr%C3%BCn`, or the same in pieces `name*0*=`, `name*1=`.
    fn extended(&self, name: &str) -> Option<String> {
        let mut bytes = Vec::new();
        let mut label = None;
        let mut all_plain = true;
        let mut add = |value: &str, is_first: bool, is_encoded: bool| {
            let mut value = value;
            all_plain &= !is_encoded;
            if is_first && is_encoded {
                let mut pieces = value.splitn(3, '\'');
                if let (Some(charset), Some(_), Some(text)) = (pieces.next(), pieces.next(), pieces.next()) {
                    label = Some(charset.to_owned());
                    value = text;
                }
            }
            if is_encoded {
                hexadecimal(value.as_bytes(), b'%', &mut |run| bytes.extend_from_slice(run));
            } else {
                bytes.extend_from_slice(value.as_bytes());
            }
        };
        if let Some(value) = self.plain(&format!("{name}*")) {
            add(value, true, true);
        } else {
            // Some count from one.
            let first = (0..2).find(|&index| self.piece(name, index).is_some())?;
            for index in first..PARAMETER_LIMIT {
                let Some((value, is_encoded)) = self.piece(name, index) else {
                    break;
                };
                add(value, index == first, is_encoded);
            }
        }
        let text = charset::decode(&bytes, label.as_deref()).0;
        // Some cut encoded words into such pieces.
        Some(if all_plain { words::decode(&text) } else { text })
    }

    /// One piece of several, and whether it is encoded. Some write its number with two digits.
    fn piece(&self, name: &str, index: usize) -> Option<(&str, bool)> {
        let written = |number: String| {
            let encoded = self
                .plain(&format!("{name}*{number}*"))
                .map(|value| (value, true));
            encoded.or_else(|| Some((self.plain(&format!("{name}*{number}"))?, false)))
        };
        written(index.to_string()).or_else(|| written(format!("{index:02}")))
    }
}

/// Whether a field is there once, or says the same each time: readers differ in which of several they believe.
fn is_said_once(fields: &[Field<'_>], name: &str) -> bool {
    let mut values = fields
        .iter()
        .filter(|field| field.is(name))
        .map(|field| field.value.trim_ascii());
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// The transfer encoding, and whether it is named as it should be. Of several the first one counts that encodes anything.
fn transfer(fields: &[Field<'_>]) -> (Transfer, bool) {
    let named = fields
        .iter()
        .filter(|field| field.is("Content-Transfer-Encoding"));
    let named: Vec<_> = named
        .map(|field| Transfer::from_field(&field.unfolded()))
        .collect();
    let mut transfers = named.iter().map(|(transfer, _)| *transfer);
    let transfer = transfers.find(|transfer| *transfer != Transfer::Identity);
    let all_the_same = named.windows(2).all(|two| two.first() == two.last());
    (
        transfer.unwrap_or_default(),
        all_the_same && named.iter().all(|(_, known)| *known),
    )
}

/// What stands in the angle brackets, or all of it where a sender forgot them: it need not look like an address.
fn content_id(value: &str) -> Option<String> {
    let bare = || {
        let id = value.trim().trim_matches(['<', '>']);
        let is_one = !id.is_empty() && id.len() <= 998 && !id.contains(char::is_whitespace);
        is_one.then(|| id.to_owned())
    };
    headers::ids(value).into_iter().next().or_else(bare)
}

/// An address. It may be folded anywhere, and no white space belongs to it (RFC 2557, section 4.4.1).
fn location(value: &str) -> Option<String> {
    let address: String = words::decode(value)
        .chars()
        .filter(|sign| !sign.is_whitespace() && !sign.is_control())
        .collect();
    let address = address.trim_matches(['<', '>', '"']);
    (1..=LOCATION_LIMIT)
        .contains(&address.len())
        .then(|| address.to_owned())
}

/// A field's value, and what follows it after semicolons.
fn value_and_parameters(field: &str) -> (String, Parameters) {
    let mut pieces = Pieces { rest: field };
    let value = pieces
        .next()
        .map(|piece| without_comment(&piece.text))
        .unwrap_or_default();
    (value, parameters(pieces))
}

fn parameters(pieces: Pieces<'_>) -> Parameters {
    let mut parameters = Vec::new();
    for piece in pieces.take(PARAMETER_LIMIT) {
        if let Some((name, text)) = piece.text.split_once('=') {
            let text = if piece.quoted || is_bracketed_name(name, text) {
                text.to_owned()
            } else {
                without_comment(text)
            };
            // All of it may stand in brackets.
            let name = name.trim().trim_start_matches('(').to_ascii_lowercase();
            parameters.push((name, text));
        }
    }
    Parameters(parameters)
}

/// A disposition. What has a name and no kind, or no semicolon behind the kind, has one nevertheless (RFC 2183, section 2.8).
fn disposition(value: &str) -> (String, Parameters) {
    let (kind, parameters) = value_and_parameters(value);
    if !(kind.contains('=') || kind.is_empty() && value.contains('=')) {
        return (kind, parameters);
    }
    match value.trim_start().split_once(char::is_whitespace) {
        Some((kind, rest)) if !kind.contains(['=', ';']) => value_and_parameters(&format!("{kind}; {rest}")),
        _ => value_and_parameters(&format!("attachment; {value}")),
    }
}

/// A name without quotes, of which brackets are a part and no comment: it has no ending before them.
fn is_bracketed_name(name: &str, text: &str) -> bool {
    let is_name = ["filename", "name"]
        .iter()
        .any(|one| name.trim().eq_ignore_ascii_case(one));
    is_name
        && text
            .split_once(" (")
            .is_some_and(|(before, _)| !before.contains('.'))
}

fn without_comment(text: &str) -> String {
    match text.split_once(" (") {
        Some((before, after)) if after.trim_end().ends_with(')') => before.trim().to_owned(),
        _ => text.trim().to_owned(),
    }
}

/// Parameters before which a semicolon is forgotten.
const AFTER_SPACE: [&str; 5] = ["boundary=", "charset=", "delsp=", "format=", "name="];

/// Whether another parameter begins here, behind white space.
fn begins_another(rest: &str) -> bool {
    AFTER_SPACE.iter().any(|name| {
        rest.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

/// Whether this is a parameter, and not one that names a file, in which spaces stand.
fn takes_no_spaces(text: &str) -> bool {
    let name = text.split_once('=').map(|(name, _)| name.to_ascii_lowercase());
    name.is_some_and(|name| !name.contains("name"))
}

/// What stands between semicolons, with quoted strings unquoted (RFC 5322, section 3.2.4).
struct Pieces<'a> {
    rest: &'a str,
}

struct Piece {
    text: String,
    quoted: bool,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.rest.is_empty() {
            return None;
        }
        let mut piece = Piece {
            text: String::new(),
            quoted: false,
        };
        let mut within = false;
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    if !piece.quoted {
                        piece.text.truncate(piece.text.trim_end().len());
                    }
                    within = !within;
                    piece.quoted = true;
                }
                c if c.is_whitespace()
                    && !within
                    && self.rest.get(at + c.len_utf8()..).is_some_and(begins_another)
                    && takes_no_spaces(&piece.text) =>
                {
                    end = at + c.len_utf8();
                    break;
                }
                // White space around a quoted string is not part of it.
                c if c.is_whitespace() && piece.quoted && !within => {}
                // A backslash means something only before what it protects: Windows paths come unprotected.
                '\\' if within && matches!(chars.peek(), Some((_, '"' | '\\'))) => {
                    piece.text.extend(chars.next().map(|(_, c)| c));
                }
                ';' if !within => {
                    end = at + 1;
                    break;
                }
                c => piece.text.push(c),
            }
        }
        self.rest = self.rest.get(end..).unwrap_or_default();
        Some(piece)
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod name_tests;
