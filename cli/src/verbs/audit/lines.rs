//! The lines of a file, piece by piece.

/// Cuts pieces into lines.
#[derive(Debug, Default)]
pub(super) struct Lines(Vec<u8>);

impl Lines {
    /// Calls `each` with every line that ends in the piece, without its line feed.
    pub(super) fn feed(&mut self, mut piece: &[u8], each: &mut dyn FnMut(&[u8])) {
        while let Some(end) = piece.iter().position(|byte| *byte == b'\n') {
            let (line, after) = piece.split_at(end);
            if self.0.is_empty() {
                each(line);
            } else {
                self.0.extend_from_slice(line);
                each(&self.0);
                self.0.clear();
            }
            piece = after.get(1..).unwrap_or_default();
        }
        self.0.extend_from_slice(piece);
    }
}
