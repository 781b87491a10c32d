//! What a caller decides about a letter, and what is found in it. Not here: how any of it is done.

/// Whether pictures that are not in the letter may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteImages {
    /// They become empty, counted placeholders. The rule until a person says otherwise.
    Blocked,
    /// They are shown through our own scheme, behind which Rust fetches them.
    Allowed,
}

/// On what the letter is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// In its sender's colours.
    #[default]
    Own,
    /// In its sender's colours changed for dark paper, unless they were chosen for dark paper already.
    Dark,
}

/// What becomes of the quote of an earlier letter that a letter ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quotes {
    /// It is shown.
    #[default]
    Open,
    /// It is folded away behind a button, where something stands before it.
    Folded,
    /// It was passed on, and is what the letter is for: it is shown as what the letter says itself.
    PassedOn,
}

/// What becomes of links to the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Links {
    /// They stay.
    #[default]
    AsGiven,
    /// They stay, and say where they lead to whoever rests on them.
    Told,
    /// The same, without what only tells who follows them.
    Cleaned,
}

/// How pictures are to be found, those of styles among them. All answers must be URLs in our own scheme, `letter://localhost/…` (or its
/// Windows form `http://letter.localhost/…`); anything else is treated as no answer.
pub struct Options<'a> {
    pub remote_images: RemoteImages,
    /// Where the picture with this Content-ID (RFC 2392, decoded, without `cid:` and brackets) is served.
    pub inline_image: &'a dyn Fn(&str) -> Option<String>,
    /// Where the picture is served that came with the letter and goes by this address (RFC 2557), relative or whole, as its HTML
    /// has it. The number is that of the part, for each may have a base of its own.
    pub image_by_location: &'a dyn Fn(usize, &str) -> Option<String>,
    /// The number of the part that is made safe. Whoever has several made safe together need not say it.
    pub part: usize,
    /// Where the picture at this http or https URL is served. Asked only when remote images are allowed.
    pub remote_image: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a picture that is written into the HTML, as these signs of base64, may be drawn: it is one, and would not fill the memory.
    pub written_image: &'a dyn Fn(&str) -> bool,
    pub colours: Colours,
    pub quotes: Quotes,
    pub links: Links,
    /// Addresses of whoever reads, to be recognised in what the letter asks for.
    pub reader: &'a [String],
}

impl Options<'static> {
    /// No picture from anywhere but the letter's own `data:` URLs.
    pub fn blocked() -> Self {
        Options {
            remote_images: RemoteImages::Blocked,
            inline_image: &|_| None,
            image_by_location: &|_, _| None,
            part: 0,
            remote_image: &|_| None,
            written_image: &|_| true,
            colours: Colours::Own,
            quotes: Quotes::Open,
            links: Links::AsGiven,
            reader: &[],
        }
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Options")
            .field("remote_images", &self.remote_images)
            .field("colours", &self.colours)
            .field("quotes", &self.quotes)
            .finish_non_exhaustive()
    }
}

/// What a letter held that its reader should know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Findings {
    /// Remote pictures that a reader may ask for, those in styles among them. A tracker is none: it is counted below.
    pub remote_images: u32,
    /// Remote pictures that nobody could see: of one pixel, or hidden. They are never loaded.
    pub trackers: u32,
    /// Scripts, event handlers and links that would run a script.
    pub removed_scripts: u32,
    /// Forms; what they say is shown, and nothing can be sent with them.
    pub removed_forms: u32,
    /// Style sheets from the network. They are never loaded.
    pub remote_sheets: u32,
    /// Tags were nested deeper than any letter needs, and were flattened.
    pub too_deep: bool,
    /// The letter was longer than can be shown, and ends early.
    pub truncated: bool,
    /// Some of its looks were left out, which a web view could not have drawn in any useful time.
    pub plainer: bool,
}

impl Findings {
    /// Adds what was found in another part of the same letter.
    pub fn add(&mut self, other: Findings) {
        self.remote_images = self.remote_images.saturating_add(other.remote_images);
        self.trackers = self.trackers.saturating_add(other.trackers);
        self.removed_scripts = self.removed_scripts.saturating_add(other.removed_scripts);
        self.removed_forms = self.removed_forms.saturating_add(other.removed_forms);
        self.remote_sheets = self.remote_sheets.saturating_add(other.remote_sheets);
        self.too_deep |= other.too_deep;
        self.truncated |= other.truncated;
        self.plainer |= other.plainer;
    }
}
