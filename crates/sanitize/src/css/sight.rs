//! What a style is read with: who takes note of what is seen, who knows where pictures are, and what has a name. Not here: any
//! decision about either.

use cssparser::Token;

use super::dark::Role;
use super::writer::Writer;
use super::{Found, Variables};

/// Whoever knows where the pictures of styles are to be had. They take note of those that are blocked.
pub(crate) trait Pictures {
    /// The address at which the picture of this URL is shown; `None`: it is not. `unseen`: it would stand where nobody sees it.
    fn at(&self, url: &str, unseen: bool) -> Option<String>;

    /// Whether pictures from the network may be shown, so that their sender hears when one is asked for.
    fn shows_remote(&self) -> bool;
}

#[derive(Clone, Copy)]
pub(crate) struct Sight<'s> {
    pub(crate) found: &'s Found,
    pictures: Option<&'s dyn Pictures>,
    variables: Option<&'s Variables>,
    unseen: bool,
    only_paint: bool,
    /// What the colours that are read are for.
    role: Role,
    /// Counts the elements that a style is for; it is for one where nobody does.
    count: Option<&'s dyn Fn() -> usize>,
    /// Says whether a style is for what stands below as good as all of the letter, where it may be for a part.
    of_all: Option<&'s dyn Fn() -> bool>,
}

impl<'s> Sight<'s> {
    /// No picture stays, and nothing has a name.
    pub(crate) fn bare(found: &'s Found) -> Self {
        Self {
            found,
            pictures: None,
            variables: None,
            unseen: false,
            only_paint: false,
            role: Role::default(),
            count: None,
            of_all: None,
        }
    }

    /// For what may be a part of the letter, a button for one, whose paper is not the letter's. It is found out where that matters.
    pub(crate) fn of_all_where<'t>(self, of_all: &'t dyn Fn() -> bool) -> Sight<'t>
    where
        's: 't,
    {
        Sight {
            of_all: Some(of_all),
            ..self
        }
    }

    pub(super) fn is_of_all(self) -> bool {
        self.of_all.is_none_or(|is_of_all| is_of_all())
    }

    /// For so many elements, counted where that matters.
    pub(super) fn counted<'t>(self, count: &'t dyn Fn() -> usize) -> Sight<'t>
    where
        's: 't,
    {
        Sight {
            count: Some(count),
            ..self
        }
    }

    pub(super) fn elements(self) -> usize {
        self.count.map_or(1, |count| count())
    }

    /// The same names, for a look at what would become of a style: no picture stays, and `found` takes the notes.
    pub(super) fn apart<'t>(self, found: &'t Found) -> Sight<'t>
    where
        's: 't,
    {
        Sight {
            variables: self.variables,
            only_paint: self.only_paint,
            ..Sight::bare(found)
        }
    }

    pub(crate) fn with_pictures(self, pictures: &'s dyn Pictures) -> Self {
        Self {
            pictures: Some(pictures),
            ..self
        }
    }

    pub(crate) fn without_pictures(self) -> Self {
        Self {
            pictures: None,
            ..self
        }
    }

    /// For what holds only where something is so. It brings no picture; and where pictures from the network are shown it may
    /// only paint, for all else can decide whether a picture is asked for, and so tell its sender that it is so.
    pub(super) fn asking(self) -> Self {
        Self {
            pictures: None,
            only_paint: self.only_paint || self.pictures.is_some_and(Pictures::shows_remote),
            ..self
        }
    }

    /// For an element that nobody sees, or one that everybody does.
    pub(crate) fn unseen(self, unseen: bool) -> Self {
        Self { unseen, ..self }
    }

    /// For a property whose colours are for this.
    pub(super) fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    pub(super) fn role(self) -> Role {
        self.role
    }

    pub(super) fn only_paints(self) -> bool {
        self.only_paint
    }

    /// With names that have values, where this piece of style asks for any.
    pub(crate) fn with_variables(self, variables: &'s Variables, css: &str) -> Self {
        Self {
            variables: Variables::are_asked_for(css).then_some(variables),
            ..self
        }
    }

    pub(super) fn variables(self) -> Option<&'s Variables> {
        self.variables
    }

    /// A declaration that puts a picture behind an element, with its end.
    pub(crate) fn background(self, url: &str) -> Option<String> {
        let url = self.picture(url)?;
        let mut behind = String::from("background-image: url(");
        let token = Token::QuotedString(url.as_str().into());
        Writer::new(&mut behind).token(&token).ok()?;
        behind.push_str("); ");
        Some(behind)
    }

    /// The address of a picture in place of its URL. What is not shown is noted.
    pub(super) fn picture(self, url: &str) -> Option<String> {
        match self.pictures {
            Some(pictures) => pictures.at(url, self.unseen),
            None => {
                self.found.url(url);
                None
            }
        }
    }
}
