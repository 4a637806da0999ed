//! Merkle trees: one hash for many, a proof that one of them is among them, and that more of them begin with fewer.
//!
//! Input: hashes in order, the leaves' data. Output: [`Tree::root`], [`inclusion`] and [`consistency`] proofs, and whether a
//! proof holds. Invariant: a leaf is hashed after a byte 0 and a node after a byte 1, so that no node passes for a leaf
//! (second preimage); a proof holds for one place in one size of tree alone. Source: RFC 6962, section 2.1; the
//! iterative checks are those of RFC 9162, sections 2.1.3.2 and 2.1.4.2.

use super::Hash;

/// The root of a tree without leaves: the hash of nothing.
#[must_use]
pub fn empty() -> Hash {
    Hash::of(b"")
}

/// The hash of a leaf.
#[must_use]
pub fn leaf(data: &[u8]) -> Hash {
    Hash::of_parts(&[&[0], data])
}

/// The hash of the node above two.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[&[1], &left.0, &right.0])
}

/// A tree that grows: of its inner nodes those alone that its root is made of, one for each bit of its size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// The roots of whole subtrees, the largest first.
    whole: Vec<Hash>,
}

impl Tree {
    /// How many leaves it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its data.
    pub fn push(&mut self, data: &[u8]) {
        let mut hash = leaf(data);
        // A carry of binary addition: two subtrees of one size become one of twice the size.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.whole.pop() {
                hash = node(&left, &hash);
            }
        }
        self.whole.push(hash);
        self.size += 1;
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut from_small = self.whole.iter().rev();
        let Some(last) = from_small.next() else { return empty() };
        from_small.fold(*last, |right, left| node(left, &right))
    }
}

/// The root over leaf hashes.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty(),
        [one] => *one,
        several => {
            let (left, right) = several.split_at(split(several.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The largest power of two below a number above one.
const fn split(len: usize) -> usize {
    1 << (usize::BITS - 1 - (len - 1).leading_zeros())
}

/// The proof that the leaf at a place is in the tree over these leaf hashes: the hashes beside its way to the root, from
/// below. None where there is no such place.
#[must_use]
pub fn inclusion(leaves: &[Hash], place: usize) -> Option<Vec<Hash>> {
    if place >= leaves.len() {
        return None;
    }
    let (mut path, mut leaves, mut place) = (Vec::new(), leaves, place);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if place < left.len() {
            path.push(root(right));
            leaves = left;
        } else {
            path.push(root(left));
            (leaves, place) = (right, place - left.len());
        }
    }
    path.reverse();
    Some(path)
}

/// Whether a leaf hash stands at a place of a tree of this size and root.
#[must_use]
pub fn includes(leaf: &Hash, place: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if place >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (place, size - 1, *leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node(beside, &hash);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node(&hash, beside);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && hash == *root
}

/// The proof that the tree over these leaf hashes begins with the tree over its first `old`. None where it has not so many,
/// or none are asked for: any tree begins with an empty one.
#[must_use]
pub fn consistency(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let (mut path, mut leaves, mut old, mut whole) = (Vec::new(), leaves, old, true);
    while old < leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            path.push(root(right));
            leaves = left;
        } else {
            path.push(root(left));
            (leaves, old, whole) = (right, old - left.len(), false);
        }
    }
    if !whole {
        path.push(root(leaves));
    }
    path.reverse();
    Some(path)
}

/// Whether a tree of `new` leaves and `new_root` begins with the tree of `old` leaves and `old_root`.
#[must_use]
pub fn begins_with(old: u64, old_root: &Hash, new: u64, new_root: &Hash, path: &[Hash]) -> bool {
    if old == new {
        return path.is_empty() && old_root == new_root;
    }
    if old == 0 || old > new {
        return false;
    }
    // Where the old tree is one whole subtree of the new one, its root is not in the proof.
    let (first, rest) = match path {
        path if old.is_power_of_two() => (old_root, path),
        [first, rest @ ..] => (first, rest),
        [] => return false,
    };
    let (mut place, mut last) = (old - 1, new - 1);
    while place & 1 == 1 {
        (place, last) = (place >> 1, last >> 1);
    }
    let (mut of_old, mut of_new) = (*first, *first);
    for beside in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            (of_old, of_new) = (node(beside, &of_old), node(beside, &of_new));
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            of_new = node(&of_new, beside);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves of the reference implementation's tests (certificate-transparency, `merkletree/merkle_tree_test.cc`),
    /// and the roots of the trees over the first 1 to 8 of them.
    const DATA: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaves() -> Vec<Hash> {
        DATA.iter().map(|data| leaf(data)).collect()
    }

    fn known(size: usize) -> Hash {
        Hash::parse(&format!("sha256:{}", ROOTS[size - 1])).unwrap_or_else(empty)
    }

    #[test]
    fn roots_are_those_of_the_reference() {
        let mut tree = Tree::default();
        assert_eq!(tree.root().to_string(), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (size, data) in (1..).zip(DATA) {
            tree.push(data);
            assert_eq!((tree.root(), root(&leaves()[..size])), (known(size), known(size)), "{size}");
        }
        // Two of its inclusion proofs.
        let of = |place, size| inclusion(&leaves()[..size], place).unwrap_or_default();
        assert_eq!(of(0, 1), []);
        let hex: Vec<String> = of(0, 8).iter().map(ToString::to_string).collect();
        assert_eq!(
            hex,
            [
                "sha256:96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "sha256:5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "sha256:6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
    }

    #[test]
    fn a_proof_holds_for_one_place_in_one_tree() {
        let many: Vec<Hash> = (0..70_u8).map(|data| leaf(&[data])).collect();
        for size in 1..=many.len() {
            let (some, root) = (&many[..size], root(&many[..size]));
            for place in 0..size {
                let path = inclusion(some, place).unwrap_or_default();
                assert!(includes(&some[place], place as u64, size as u64, &path, &root));
                for other in (0..size + 2).filter(|other| *other != place) {
                    assert!(!includes(&some[place], other as u64, size as u64, &path, &root), "{place} {other} {size}");
                }
                // Neither a shorter nor a longer path, nor one with two hashes exchanged.
                let mut longer = path.clone();
                longer.push(root);
                assert!(!includes(&some[place], place as u64, size as u64, &longer, &root));
                if let [.., _] = path.as_slice() {
                    assert!(!includes(&some[place], place as u64, size as u64, &path[1..], &root));
                    assert!(!includes(&some[place], place as u64, size as u64, &path[..path.len() - 1], &root));
                }
            }
            assert_eq!(inclusion(some, size), None);
        }
    }

    #[test]
    fn a_node_is_no_leaf_and_sizes_are_not_exchanged() {
        let leaves = leaves();
        let inner = node(&leaves[0], &leaves[1]);
        // The second preimage: the tree over the two nodes is not the tree over their four leaves.
        assert_ne!(root(&leaves[..4]), root(&[leaf(&inner.0), leaf(&node(&leaves[2], &leaves[3]).0)]));
        // A node given as a leaf, with the path that is left above it, stands nowhere in the tree.
        let path = inclusion(&leaves, 0).unwrap_or_default();
        assert!(!(0..8).any(|place| includes(&inner, place, 8, &path[1..], &known(8))));
        // A proof of one size does not hold for another with the same path length.
        let path = inclusion(&leaves[..7], 2).unwrap_or_default();
        assert!(includes(&leaves[2], 2, 7, &path, &known(7)));
        for (size, of) in [(5, 5), (6, 6), (8, 8)] {
            assert!(!includes(&leaves[2], 2, size, &path, &known(of)));
        }
        assert!(!includes(&leaves[2], u64::MAX, u64::MAX, &path, &known(7)));
    }

    #[test]
    fn a_tree_begins_with_every_tree_before_it_and_with_no_other() {
        let many: Vec<Hash> = (0..40_u8).map(|data| leaf(&[data])).collect();
        for new in 1..=many.len() {
            for old in 1..=new {
                let path = consistency(&many[..new], old).unwrap_or_default();
                let roots = (root(&many[..old]), root(&many[..new]));
                let holds = |old_root: &Hash, new_root: &Hash, path: &[Hash]| {
                    begins_with(old as u64, old_root, new as u64, new_root, path)
                };
                assert!(holds(&roots.0, &roots.1, &path), "{old} {new}");
                assert!(!holds(&leaf(b"else"), &roots.1, &path) && !holds(&roots.0, &leaf(b"else"), &path));
                if old < new {
                    assert!(!holds(&roots.0, &roots.1, &path[..path.len() - 1]), "{old} {new}");
                    assert!(!begins_with(old as u64 + 1, &roots.0, new as u64, &roots.1, &path));
                }
            }
            assert_eq!((consistency(&many[..new], 0), consistency(&many[..new], new + 1)), (None, None));
        }
    }
}
