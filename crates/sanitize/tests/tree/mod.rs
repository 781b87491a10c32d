//! The tree that a browser's parser makes of a document, with the parser's work counted. It knows nothing of the sanitiser:
//! what counts is what a reader's web view would build. Not here: what in a tree is dangerous.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

/// Reads a whole document, as a browser does whose scripts are on or off.
pub fn document(html: &str, scripting: bool) -> Tree {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: scripting,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    parse_document(Sink::default(), options).one(html)
}

pub struct Tree {
    nodes: Vec<Node>,
    /// How often the parser asked for something to be done.
    pub steps: u64,
    /// How often it looked at the name of an element: at each tag it looks through those that are open.
    pub looks: u64,
}

#[derive(Default)]
struct Node {
    name: Option<QualName>,
    attributes: Vec<Attribute>,
    text: String,
    parent: Option<usize>,
    children: Vec<usize>,
}

/// An element where it stands.
pub struct Element<'t> {
    pub depth: usize,
    /// The names of what it stands in, outermost first, and three at most.
    pub above: Vec<&'t str>,
    pub namespace: &'t str,
    pub name: &'t str,
    pub attributes: &'t [Attribute],
    /// The text right in it.
    pub text: String,
}

impl Tree {
    /// All elements, in the order in which they begin.
    pub fn elements(&self) -> Vec<Element<'_>> {
        let mut found = Vec::new();
        let mut stack = vec![(0_usize, 0_usize, Vec::new())];
        while let Some((index, depth, above)) = stack.pop() {
            let node = &self.nodes[index];
            let mut below = above.clone();
            if let Some(name) = &node.name {
                let text = node.children.iter().map(|child| &self.nodes[*child]);
                found.push(Element {
                    depth,
                    above,
                    namespace: &name.ns,
                    name: &name.local,
                    attributes: &node.attributes,
                    text: text.map(|child| child.text.as_str()).collect(),
                });
                if below.len() < 3 {
                    below.push(&*name.local);
                }
            }
            let children = node.children.iter().rev();
            stack.extend(children.map(|child| (*child, depth + 1, below.clone())));
        }
        found
    }
}

#[derive(Default)]
struct Sink {
    nodes: RefCell<Vec<Node>>,
    steps: Cell<u64>,
    looks: Cell<u64>,
}

impl Sink {
    fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    fn make(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            nodes.push(Node::default());
        }
        nodes.push(node);
        nodes.len() - 1
    }

    fn detach(&self, node: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[node].parent.take() {
            nodes[parent].children.retain(|child| *child != node);
        }
    }

    fn put(&self, parent: usize, at: Option<usize>, child: NodeOrText<usize>) {
        self.step();
        let child = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                // Text beside text is one text.
                let beside = {
                    let nodes = self.nodes.borrow();
                    let children = &nodes[parent].children;
                    let before = at.map_or(children.len(), |at| at).checked_sub(1);
                    before
                        .map(|before| children[before])
                        .filter(|node| nodes[*node].name.is_none())
                };
                if let Some(beside) = beside {
                    self.nodes.borrow_mut()[beside].text.push_str(&text);
                    return;
                }
                self.make(Node {
                    text: text.to_string(),
                    ..Node::default()
                })
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[child].parent = Some(parent);
        let children = &mut nodes[parent].children;
        let at = at.unwrap_or(children.len()).min(children.len());
        children.insert(at, child);
    }
}

/// A name that is lent out while the tree grows.
#[derive(Debug)]
struct Lent<'a>(Ref<'a, QualName>);

impl ElemName for Lent<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = Lent<'a>;

    fn finish(self) -> Tree {
        Tree {
            nodes: self.nodes.into_inner(),
            steps: self.steps.get(),
            looks: self.looks.get(),
        }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        if self.nodes.borrow().is_empty() {
            self.nodes.borrow_mut().push(Node::default());
        }
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Lent<'a> {
        self.looks.set(self.looks.get() + 1);
        Lent(Ref::map(self.nodes.borrow(), |nodes| {
            nodes[*target].name.as_ref().expect("an element has a name")
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> usize {
        self.step();
        self.make(Node {
            name: Some(name),
            attributes,
            ..Node::default()
        })
    }

    fn create_comment(&self, _text: StrTendril) -> usize {
        self.make(Node::default())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> usize {
        self.make(Node::default())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        if self.nodes.borrow()[*element].parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// What a template holds is looked at like anything else.
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes[*sibling].parent;
            parent.map(|parent| {
                (
                    parent,
                    nodes[parent].children.iter().position(|one| one == sibling),
                )
            })
        };
        if let Some((parent, at)) = place {
            self.put(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        self.step();
        let mut nodes = self.nodes.borrow_mut();
        let there = &mut nodes[*target].attributes;
        for attribute in attributes {
            if there.iter().all(|one| one.name != attribute.name) {
                there.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.step();
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let children = std::mem::take(&mut self.nodes.borrow_mut()[*node].children);
        for child in children {
            self.step();
            let mut nodes = self.nodes.borrow_mut();
            nodes[child].parent = Some(*parent);
            nodes[*parent].children.push(child);
        }
    }
}
