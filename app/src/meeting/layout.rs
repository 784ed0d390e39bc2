//! How many columns and rows of tiles waste the least space. The style sheet does the rest (`style/call.css`).

/// The room there is for tiles, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stage {
    /// Inner width.
    pub width: f64,
    /// Inner height.
    pub height: f64,
    /// Width of the whole window: it decides how many tiles a page may hold.
    pub viewport: f64,
}

/// Columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Tiles beside each other.
    pub cols: usize,
    /// Tiles above each other.
    pub rows: usize,
}

const WIDEST: f64 = 16.0 / 9.0;
/// A new choice must be this much better than the present one, or tiles would flip while a window is dragged.
const BETTER: f64 = 1.04;
/// Narrower tiles are pages, not faces.
const NARROWEST: f64 = 120.0;

impl Stage {
    /// The space between tiles, as the style sheet has it.
    pub fn gap(self) -> f64 {
        if self.viewport < 704.0 { 6.0 } else { 8.0 }
    }

    /// The shape of the tallest tile (width to height).
    pub fn tallest(self, tiles: usize) -> f64 {
        match self.width / self.height < 0.8 {
            true if tiles == 1 => 9.0 / 16.0,
            true => 3.0 / 4.0,
            false => 4.0 / 3.0,
        }
    }

    /// How many tiles one page may hold.
    pub fn page(self) -> usize {
        let most = if self.viewport < 704.0 {
            12
        } else if self.viewport < 1088.0 {
            20
        } else {
            30
        };
        (1..=most).rev().find(|&tiles| self.fits(tiles)).unwrap_or(1)
    }

    fn fits(self, tiles: usize) -> bool {
        self.width <= 0.0 || self.tile(choose(self, tiles, None), tiles).0 >= NARROWEST
    }

    fn tile(self, grid: Grid, tiles: usize) -> (f64, f64) {
        let (cols, rows, gap) = (grid.cols as f64, grid.rows as f64, self.gap());
        let (cell_width, cell_height) =
            ((self.width - (cols - 1.0) * gap) / cols, (self.height - (rows - 1.0) * gap) / rows);
        let width = cell_width.min(cell_height * WIDEST);
        (width, cell_height.min(width / self.tallest(tiles)))
    }

    fn score(self, grid: Grid, tiles: usize) -> f64 {
        let (width, height) = self.tile(grid, tiles);
        let empty = grid.cols * grid.rows - tiles;
        tiles as f64 * width * height / (self.width * self.height) - 0.015 * empty as f64
    }
}

/// The best grid for this many tiles. `present` is kept unless another is clearly better.
pub fn choose(stage: Stage, tiles: usize, present: Option<Grid>) -> Grid {
    let mut best = Grid { cols: 1, rows: tiles.max(1) };
    if tiles < 2 || stage.width <= 0.0 || stage.height <= 0.0 {
        return best;
    }
    for cols in 2..=tiles {
        let rows = tiles.div_ceil(cols);
        // The same rows with fewer columns leave no cell empty that could be filled.
        if tiles.div_ceil(cols - 1) == rows {
            continue;
        }
        let grid = Grid { cols, rows };
        if stage.score(grid, tiles) > stage.score(best, tiles) + 1e-9 {
            best = grid;
        }
    }
    match present {
        Some(kept)
            if kept.rows == tiles.div_ceil(kept.cols)
                && stage.score(best, tiles) < stage.score(kept, tiles) * BETTER =>
        {
            kept
        }
        _ => best,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(width: f64, height: f64) -> Stage {
        // What `call.css` leaves of a window: margins, bar, and below 1088 px the strip at the top.
        if width < 704.0 {
            Stage { width: width - 16.0, height: height - 56.0 - 72.0, viewport: width }
        } else if width < 1088.0 {
            Stage { width: width - 24.0, height: height - 56.0 - 72.0, viewport: width }
        } else {
            Stage { width: width - 24.0, height: height - 12.0 - 72.0, viewport: width }
        }
    }

    fn pairs(stage: Stage, counts: &[usize]) -> Vec<(usize, usize)> {
        counts.iter().map(|&tiles| choose(stage, tiles, None)).map(|grid| (grid.cols, grid.rows)).collect()
    }

    #[test]
    fn the_table_of_the_drawings() {
        let counts = [1, 2, 3, 5, 9, 16, 30];
        assert_eq!(pairs(stage(1440.0, 900.0), &counts), [(1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (4, 4), (6, 5)]);
        let panel = Stage { width: 1440.0 - 24.0 - 372.0, ..stage(1440.0, 900.0) };
        assert_eq!(pairs(panel, &counts), [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (4, 4), (5, 6)]);
        assert_eq!(pairs(stage(834.0, 1194.0), &counts), [(1, 1), (1, 2), (1, 3), (2, 3), (3, 3), (4, 4), (5, 6)]);
        assert_eq!(pairs(stage(390.0, 844.0), &counts[..5]), [(1, 1), (1, 2), (1, 3), (2, 3), (2, 5)]);
    }

    #[test]
    fn a_page_never_gets_too_small() {
        assert_eq!(stage(1440.0, 900.0).page(), 30);
        assert_eq!(stage(834.0, 1194.0).page(), 20);
        assert_eq!(stage(390.0, 844.0).page(), 12);
        assert!(stage(320.0, 500.0).page() < 12);
        assert_eq!(Stage::default().page(), 12);
    }

    #[test]
    fn the_present_choice_is_kept_until_another_is_clearly_better() {
        let present = choose(stage(1440.0, 900.0), 2, None);
        let flip = (700..1440)
            .rev()
            .find(|&w| choose(stage(f64::from(w), 900.0), 2, None) != present)
            .expect("flips somewhere");
        assert_eq!(choose(stage(f64::from(flip), 900.0), 2, Some(present)), present);
        assert_ne!(choose(stage(f64::from(flip) - 250.0, 900.0), 2, Some(present)), present);
    }

    #[test]
    fn every_tile_has_a_cell() {
        for tiles in 1..60 {
            for (width, height) in [(320.0, 568.0), (844.0, 390.0), (2560.0, 1440.0)] {
                let grid = choose(stage(width, height), tiles, None);
                assert!(grid.cols * grid.rows >= tiles && grid.cols * (grid.rows - 1) < tiles, "{tiles} {grid:?}");
            }
        }
    }
}
