//! The structure that a reading program follows: what is a head, a text, a table, a drawing, in reading order.
//!
//! It grows while blocks are set; drawing then tells which marks on the pages belong to which leaf.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A node: a head, a text, a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(usize);

/// A leaf: what is drawn for a node on one line, or a link's area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Leaf(usize);

#[derive(Debug, Clone)]
enum Child {
    Node(NodeId),
    Leaf(Leaf),
}

#[derive(Debug, Clone)]
struct Entry {
    tag: Option<TagKind>,
    children: Vec<Child>,
}

/// The structure of a paper.
#[derive(Debug, Clone)]
pub(crate) struct Structure {
    entries: Vec<Entry>,
    marks: Vec<Option<Identifier>>,
}

impl Structure {
    /// Where everything begins.
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn new() -> Self {
        Self { entries: vec![Entry { tag: None, children: Vec::new() }], marks: Vec::new() }
    }

    /// A new last child of a node.
    pub(crate) fn node(&mut self, parent: NodeId, tag: impl Into<TagKind>) -> NodeId {
        let id = NodeId(self.entries.len());
        self.entries.push(Entry { tag: Some(tag.into()), children: Vec::new() });
        self.entries[parent.0].children.push(Child::Node(id));
        id
    }

    /// A new leaf of a node.
    pub(crate) fn leaf(&mut self, parent: NodeId) -> Leaf {
        let leaf = Leaf(self.marks.len());
        self.marks.push(None);
        self.entries[parent.0].children.push(Child::Leaf(leaf));
        leaf
    }

    /// Says what was drawn for a leaf.
    pub(crate) fn mark(&mut self, leaf: Leaf, drawn: Identifier) {
        self.marks[leaf.0] = Some(drawn);
    }

    /// The structure as the writer of PDF takes it.
    pub(crate) fn tree(mut self, language: &str) -> TagTree {
        let children = std::mem::take(&mut self.entries[0].children);
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for child in children {
            if let Some(node) = self.grown(child) {
                tree.push(node);
            }
        }
        tree
    }

    fn grown(&mut self, child: Child) -> Option<Node> {
        match child {
            Child::Leaf(leaf) => self.marks[leaf.0].map(Node::Leaf),
            Child::Node(id) => {
                let children = std::mem::take(&mut self.entries[id.0].children);
                let mut group = TagGroup::new(self.entries[id.0].tag.take()?);
                for child in children {
                    if let Some(node) = self.grown(child) {
                        group.push(node);
                    }
                }
                // An empty cell still holds its column.
                let is_cell = matches!(group.tag, TagKind::TD(_) | TagKind::TH(_));
                (is_cell || !group.children.is_empty()).then(|| Node::Group(group))
            }
        }
    }
}
