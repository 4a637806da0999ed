//! Where the places and flows of a two-column Sankey picture go.
//!
//! Input: flows. Output: positions in pixels from the top; the width is the page's affair. Invariants: every lead of
//! the given flows is drawn once on each side; places beyond the largest are drawn as one. The idea is that of
//! d3-sankey (M. Bostock), which with two columns needs no relaxation: the right column is ordered by where its leads
//! come from.
#![allow(clippy::float_arithmetic, reason = "pixels, never hashed")]

use std::collections::BTreeMap;

use interlock_core::preview::view::{Flow, Place, PlaceKind};

/// Room between places.
const GAP: f64 = 6.0;

/// The least room of a place, so that its label can be read.
const SLOT: f64 = 22.0;

/// What all flows together would like to be high.
const BODY: f64 = 220.0;

/// A place on one side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// The place; none for all the others together.
    pub(crate) place: Option<Place>,
    /// How many places it stands for.
    pub(crate) places: usize,
    /// Leads that pass it.
    pub(crate) leads: u32,
    /// Where its bar begins.
    pub(crate) top: f64,
    /// How high its bar is.
    pub(crate) height: f64,
}

/// A flow from a place on the left to one on the right.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Leads that the rules send this way, or that rotation does.
    pub(crate) leads: u32,
    pub(crate) kind: LinkKind,
    pub(crate) from_top: f64,
    pub(crate) to_top: f64,
    pub(crate) height: f64,
}

/// Why leads flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LinkKind {
    /// The rules send them elsewhere.
    Rule,
    /// Another member's turn came.
    Rotation,
    /// They stay.
    Stay,
}

/// The whole picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Picture {
    pub(crate) left: Vec<Node>,
    pub(crate) right: Vec<Node>,
    pub(crate) links: Vec<Link>,
    pub(crate) height: f64,
}

type Key = Option<(PlaceKind, String)>;

fn key(place: &Place) -> Key {
    Some((place.kind, place.id.clone()))
}

/// One side's places before they have a position.
struct Column {
    nodes: Vec<Node>,
    index: BTreeMap<Key, usize>,
}

impl Column {
    fn of<'a>(flows: impl Iterator<Item = (&'a Place, u32)>, most: usize) -> Self {
        let mut sums: BTreeMap<Key, (Place, u32)> = BTreeMap::new();
        for (place, leads) in flows {
            let sum = sums.entry(key(place)).or_insert_with(|| (place.clone(), 0));
            sum.1 += leads;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|(a, (_, x)), (b, (_, y))| y.cmp(x).then_with(|| a.cmp(b)));
        // One place left over is drawn itself: "1 other" would tell less in the same room.
        let own = if sums.len() > most + 1 { most } else { sums.len() };
        let mut column = Self { nodes: Vec::new(), index: BTreeMap::new() };
        for (position, (key, (place, leads))) in sums.into_iter().enumerate() {
            column.index.insert(key, position.min(own));
            match column.nodes.get_mut(own) {
                Some(others) => {
                    others.places += 1;
                    others.leads += leads;
                }
                None => column.nodes.push(Node {
                    place: (position < own).then_some(place),
                    places: 1,
                    leads,
                    top: 0.0,
                    height: 0.0,
                }),
            }
        }
        column
    }

    fn at(&self, place: &Place) -> usize {
        self.index.get(&key(place)).copied().unwrap_or_default()
    }
}

/// Places the flows. `most` is how many places a side shows by themselves.
pub(crate) fn picture(flows: &[Flow], most: usize, staying: bool) -> Picture {
    let flows: Vec<&Flow> = flows.iter().filter(|flow| flow.leads > 0 && (staying || flow.from != flow.to)).collect();
    let total: u32 = flows.iter().map(|flow| flow.leads).sum();
    if total == 0 {
        return Picture::default();
    }
    let left = Column::of(flows.iter().map(|flow| (&flow.from, flow.leads)), most);
    let right = Column::of(flows.iter().map(|flow| (&flow.to, flow.leads)), most);

    let mut sums: BTreeMap<(usize, usize, LinkKind), u32> = BTreeMap::new();
    for flow in flows {
        let ends = (left.at(&flow.from), right.at(&flow.to));
        let parts = if flow.from == flow.to {
            [(LinkKind::Stay, flow.leads), (LinkKind::Rotation, 0)]
        } else {
            let turned = flow.by_rotation.min(flow.leads);
            [(LinkKind::Rule, flow.leads - turned), (LinkKind::Rotation, turned)]
        };
        for (kind, leads) in parts.into_iter().filter(|(_, leads)| *leads > 0) {
            *sums.entry((ends.0, ends.1, kind)).or_default() += leads;
        }
    }

    let scale = BODY / f64::from(total);
    let (mut left, mut right) = (left.nodes, right.nodes);
    let order = by_origin(&right, &sums);
    let mut moved_to = vec![0; right.len()];
    for (after, before) in order.iter().enumerate() {
        if let Some(place) = moved_to.get_mut(*before) {
            *place = after;
        }
    }
    right = order.iter().filter_map(|index| right.get(*index).cloned()).collect();
    let height = stack(&mut left, scale).max(stack(&mut right, scale));
    centre(&mut left, height);
    centre(&mut right, height);

    let mut links: Vec<Link> = sums
        .into_iter()
        .map(|((from, to, kind), leads)| Link {
            from,
            to: moved_to.get(to).copied().unwrap_or_default(),
            leads,
            kind,
            from_top: 0.0,
            to_top: 0.0,
            height: f64::from(leads) * scale,
        })
        .collect();
    links.sort_by_key(|link| (link.from, link.to, link.kind));
    let mut used = vec![0.0; left.len()];
    for link in &mut links {
        if let (Some(node), Some(used)) = (left.get(link.from), used.get_mut(link.from)) {
            link.from_top = node.top + *used;
            *used += link.height;
        }
    }
    let mut used = vec![0.0; right.len()];
    links.sort_by_key(|link| (link.to, link.from, link.kind));
    for link in &mut links {
        if let (Some(node), Some(used)) = (right.get(link.to), used.get_mut(link.to)) {
            link.to_top = node.top + *used;
            *used += link.height;
        }
    }
    Picture { left, right, links, height }
}

/// The right side in the order of the mean place its leads come from; all the others stay last.
fn by_origin(right: &[Node], sums: &BTreeMap<(usize, usize, LinkKind), u32>) -> Vec<usize> {
    let mut means: Vec<(bool, f64, usize)> = right
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let weighted: f64 = sums
                .iter()
                .filter(|((_, to, _), _)| *to == index)
                .map(|((from, ..), leads)| index_of(*from) * f64::from(*leads))
                .sum();
            (node.place.is_none(), weighted / f64::from(node.leads.max(1)), index)
        })
        .collect();
    means.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    means.into_iter().map(|(.., index)| index).collect()
}

fn index_of(index: usize) -> f64 {
    u32::try_from(index).map_or(f64::MAX, f64::from)
}

/// Puts a column's places below each other; gives the height.
fn stack(nodes: &mut [Node], scale: f64) -> f64 {
    let mut top = 0.0;
    for node in nodes {
        node.height = f64::from(node.leads) * scale;
        let slot = node.height.max(SLOT);
        node.top = top + (slot - node.height) / 2.0;
        top += slot + GAP;
    }
    (top - GAP).max(0.0)
}

/// Moves a column to the middle.
fn centre(nodes: &mut [Node], height: f64) {
    let end = nodes.last().map_or(0.0, |node| node.top + node.height + (SLOT - node.height).max(0.0) / 2.0);
    let shift = ((height - end) / 2.0).max(0.0);
    for node in nodes {
        node.top += shift;
    }
}

/// The outline of a link on a picture 100 wide; thin ones are drawn a pixel high.
pub(crate) fn outline(link: &Link) -> String {
    let height = link.height.max(1.0);
    let (a, b) = (link.from_top, link.to_top);
    let (c, d) = (a + height, b + height);
    format!("M0 {a:.1}C50 {a:.1} 50 {b:.1} 100 {b:.1}L100 {d:.1}C50 {d:.1} 50 {c:.1} 0 {c:.1}Z")
}

#[cfg(test)]
mod tests {
    use interlock_core::preview::view::{Flow, Place, PlaceKind};

    use super::{LinkKind, Picture, picture};

    fn place(id: &str) -> Place {
        Place { kind: PlaceKind::Owner, id: id.to_owned(), label: id.to_uppercase() }
    }

    fn flow(from: &str, to: &str, leads: u32, by_rotation: u32) -> Flow {
        Flow { from: place(from), to: place(to), leads, by_rotation }
    }

    fn many() -> Vec<Flow> {
        (0..30_u32).map(|n| flow(&format!("a{n}"), &format!("b{}", (n * 7) % 11), n + 1, n / 2)).collect()
    }

    #[track_caller]
    fn sound(picture: &Picture, total: u32) {
        for side in [&picture.left, &picture.right] {
            assert_eq!(side.iter().map(|node| node.leads).sum::<u32>(), total);
            for pair in side.windows(2) {
                assert!(pair[0].top + pair[0].height <= pair[1].top, "{pair:?}");
            }
            let last = side.last().unwrap();
            assert!(last.top + last.height <= picture.height + 0.01);
        }
        assert_eq!(picture.links.iter().map(|link| link.leads).sum::<u32>(), total);
        for link in &picture.links {
            for (node, top) in [(&picture.left[link.from], link.from_top), (&picture.right[link.to], link.to_top)] {
                assert!(top >= node.top - 0.01, "{link:?}");
                assert!(top + link.height <= node.top + node.height + 0.01, "{link:?}");
            }
        }
    }

    #[test]
    fn every_lead_is_drawn_once_on_each_side() {
        let flows = many();
        let total = flows.iter().map(|flow| flow.leads).sum();
        for most in [1, 5, 10, 40] {
            let drawn = picture(&flows, most, false);
            sound(&drawn, total);
            assert!(drawn.left.len() <= most.max(29) + 1);
        }
    }

    #[test]
    fn small_places_are_drawn_as_one_and_last() {
        let drawn = picture(&many(), 5, false);
        assert_eq!(drawn.left.len(), 6);
        let others = drawn.left.last().unwrap();
        assert_eq!((others.place.clone(), others.places), (None, 25));
        assert!(drawn.right.last().unwrap().place.is_none());
    }

    #[test]
    fn leads_that_stay_are_drawn_when_asked_for() {
        let flows = [flow("a", "a", 90, 0), flow("a", "b", 10, 4)];
        let moved = picture(&flows, 10, false);
        sound(&moved, 10);
        let kinds: Vec<_> = moved.links.iter().map(|link| (link.kind, link.leads)).collect();
        assert_eq!(kinds, [(LinkKind::Rule, 6), (LinkKind::Rotation, 4)]);
        sound(&picture(&flows, 10, true), 100);
    }

    #[test]
    fn nothing_moved_is_an_empty_picture() {
        assert_eq!(picture(&[], 10, true), Picture::default());
        assert_eq!(picture(&[flow("a", "a", 3, 0)], 10, false), Picture::default());
    }
}
